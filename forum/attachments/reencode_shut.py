"""The child opens no files but the code that it runs and its own folder, and connects to nothing (Landlock of Linux).

A decoder that a hostile file took over finds neither the keys nor the database. Source: the kernel's userspace-api/landlock.rst.
"""

import ctypes
import os
import struct
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same number on every architecture
ASK_VERSION, PATH_BENEATH = 1, 1
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, REMOVE_FILE, MAKE_REG, TRUNCATE = 0, 1, 2, 3, 5, 8, 14
READS: Final = 1 << EXECUTE | 1 << READ_FILE | 1 << READ_DIR
WRITES: Final = READS | 1 << WRITE_FILE | 1 << REMOVE_FILE | 1 << MAKE_REG | 1 << TRUNCATE
OF_FILES: Final = 1 << EXECUTE | 1 << WRITE_FILE | 1 << READ_FILE | 1 << TRUNCATE  # what a rule of one file may hold
RIGHTS: Final = {1: 13, 2: 14, 3: 15, 5: 16}  # how many rights on files a version knows
TCP: Final = 0b11  # to bind and to connect, from version 4 on
OTHERS: Final = 0b11  # abstract sockets and signals to other processes, from version 6 on
CODE = Path(__file__).resolve().parents[1]
LIBRARIES = ("/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/dev/null", "/dev/urandom")


def shut_in(folder: Path) -> bool:
    """Give up everything but reading the code and the libraries, and working in this folder; returns whether the kernel can.

    Needs PR_SET_NO_NEW_PRIVS. It holds for good, and for every process that is started from here.
    """
    version = _call(CREATE_RULESET, None, 0, ASK_VERSION)
    if version < 1:
        return False
    known = (1 << max(count for since, count in RIGHTS.items() if since <= version)) - 1
    asked = struct.pack("=QQQ", known, TCP if version >= 4 else 0, OTHERS if version >= 6 else 0)
    asked = asked[: 8 if version < 4 else 16 if version < 6 else 24]
    rules = _call(CREATE_RULESET, asked, len(asked), 0)
    if rules < 0:
        return False
    for path in {CODE, *map(Path, (sys.prefix, sys.base_prefix, *LIBRARIES)), *_search_path()}:
        _allow(rules, path, READS & known)
    _allow(rules, folder, WRITES & known)
    done = _call(RESTRICT_SELF, rules, 0)
    os.close(rules)
    return done == 0


def _search_path() -> Iterable[Path]:
    """Where modules may lie beside the environment; the folder of the whole project is none of them."""
    return (Path(one) for one in sys.path if one and Path(one).resolve() not in {CODE.parent, Path.cwd()})


def _allow(rules: int, path: Path, rights: int) -> None:
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    if not path.is_dir():
        rights &= OF_FILES
    _call(ADD_RULE, rules, PATH_BENEATH, struct.pack("=Qi", rights, opened), 0)
    os.close(opened)


def _call(number: int, *values: bytes | int | None) -> int:
    return int(ctypes.CDLL(None).syscall(number, *values))
