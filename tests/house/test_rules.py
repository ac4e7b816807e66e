"""Rules of the house that a reader of one file cannot see broken."""

import ast
import importlib
import importlib.util
import inspect
import pkgutil
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment

import forum
from forum.core.events import FACTS, Audience, Kind
from tools import catalogue

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "forum").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
MAY_MAKE_MARKUP = {
    "forum/pages/specimens.py",
    "forum/core/templating.py",
    "forum/core/web.py",
    "forum/core/translating.py",
}  # a field, icons, columns that text.render filled, and our own sentences


def _names(path: Path) -> Iterator[tuple[str, int]]:
    """Every called or raised name of a file, as `a.b.c`, with its line."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node.lineno


def _where(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def test_only_the_unit_of_work_commits() -> None:
    found = [
        _where(path, line)
        for path in SOURCES
        for name, line in _names(path)
        if name.endswith(".commit") and path.name != "db.py"
    ]
    assert not found


def test_a_held_row_can_be_referred_to_where_it_is_not_removed() -> None:
    """FOR UPDATE makes the foreign keys of others wait, and deadlock where they hold what the holder wants next."""
    found = {
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        if re.search(r"with_for_update(=True|\((?!.*key_share=True))", path.read_text())
    }
    assert found == {"forum/letters/actions/drafts.py"}


def test_nothing_swallows_every_exception() -> None:
    found = [
        _where(path, node.lineno)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
        and not any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
        and "worker" not in path.parts[-1]
    ]
    assert not found


def test_markup_is_made_in_few_places() -> None:
    found = [
        _where(path, line)
        for path in SOURCES
        for name, line in _names(path)
        if name == "Markup" and str(path.relative_to(ROOT)) not in MAY_MAKE_MARKUP
    ]
    assert not found
    unsafe = [path.name for path in TEMPLATES if path.is_file() and re.search(r"\|\s*safe\b", path.read_text())]
    assert not unsafe


def _actions() -> Iterator[tuple[str, Any]]:
    """The verbs of each feature: what `forum.<feature>.actions` offers."""
    for feature in pkgutil.iter_modules(forum.__path__, "forum."):
        if importlib.util.find_spec(f"{feature.name}.actions") is None if feature.ispkg else True:
            continue
        module = importlib.import_module(f"{feature.name}.actions")
        for name, thing in inspect.getmembers(module, inspect.isfunction):
            if not name.startswith("_") and inspect.unwrap(thing).__module__.startswith(module.__name__):
                yield f"{module.__name__}.{name}", thing


ONLY_ASKS = {"forum.responses.actions.check"}  # whether words hold, before a guest is led away with them


def test_every_action_is_one_unit_of_work_or_prepares_one() -> None:
    """An action commits as one; those that hash or re-encode first hold a private unit inside."""
    broken = []
    for name, thing in _actions():
        whole = hasattr(thing, "__unit_of_work__")
        source = inspect.getsource(inspect.unwrap(thing))
        calls = {
            ast.unparse(node.func)
            for node in ast.walk(ast.parse(textwrap.dedent(source)))
            if isinstance(node, ast.Call)
        }
        module = importlib.import_module(inspect.unwrap(thing).__module__)
        prepares = any(hasattr(getattr(module, call, None), "__unit_of_work__") for call in calls)
        if not whole and not prepares and name not in ONLY_ASKS:
            broken.append(name)
    assert not broken


def test_what_counts_every_try_stays_out_of_units_of_work() -> None:
    """There the database would forget the try with the rest of a refused unit; `limits.permit` is made for it."""
    found = [
        _where(path, line)
        for path in SOURCES
        if path.stem == "actions" or "actions" in path.parts
        for name, line in _names(path)
        if name in {"limits.allow", "limits.count", "limits.forget"}
    ]
    assert not found


def test_every_action_says_what_it_does() -> None:
    assert not [name for name, thing in _actions() if not inspect.getdoc(thing)]


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_is_declared_and_has_words_where_people_see_it(kind: Kind) -> None:
    assert kind in FACTS
    if FACTS[kind].audience is Audience.PUBLIC:
        assert (ROOT / "templates" / "events" / f"{kind.value}.html").is_file()


def test_every_sentence_has_its_indonesian() -> None:
    assert not [place.msgid for place in catalogue.missing()]


ALLOWED_WORDS = {"autosave", "WhatsApp", "Telegram", "Facebook", "Atom", "WebP", "Surat Pembaca"}


def bare_text(source: str) -> list[str]:
    """The words of a template that do not pass gettext: its data without tags, trans blocks and class names."""
    kept, skipped, block = [], None, []
    for _line, kind, value in Environment(autoescape=True).lex(source):
        if kind == "block_begin":
            block = []
        elif kind == "name":
            block.append(value)
        elif kind == "block_end" and block:
            ends = {"trans": "endtrans", "main_class": "endblock"}
            if block[0] == "trans" or block[-1] == "main_class":
                skipped = ends[block[0] if block[0] == "trans" else "main_class"]
            elif block[0] == skipped:
                skipped = None
        kept.append(value if kind == "data" and skipped is None else "\x00")
    text = re.sub(r"<(script|style)\b.*?</\1>|<!--.*?-->|<[^>]*>", "\n", "".join(kept), flags=re.DOTALL)
    text = re.sub(r'&[a-z#0-9]+;|\x00|\b[a-z-]+="|"', "\n", text)  # entities, and attributes that a macro makes
    words = [part.strip() for part in text.splitlines()]
    return [part for part in words if re.search(r"[^\W\d_]{2,}", part) and part not in ALLOWED_WORDS]


@pytest.mark.parametrize(
    "path",
    [p for p in TEMPLATES if p.suffix == ".html" and "styleguide" not in p.name],
    ids=lambda p: str(p.relative_to(ROOT / "templates")),
)
def test_no_template_holds_words_of_its_own(path: Path) -> None:
    assert not bare_text(path.read_text())


def test_the_finder_of_bare_words_finds_them() -> None:
    assert bare_text('<p>Hello {{ name }}</p><a title="x">{{ _("ok") }}</a>') == ["Hello"]


def test_ci_finds_every_browser_test_where_it_looks() -> None:
    marked = [path for path in (ROOT / "tests").rglob("*.py") if re.search(r"mark\.browser\b", path.read_text())]
    assert marked
    assert {path.parent.name for path in marked} == {"e2e"}


def test_files_stay_small() -> None:
    long = {
        str(path.relative_to(ROOT)): count for path in SOURCES if (count := len(path.read_text().splitlines())) > 300
    }
    assert not long
