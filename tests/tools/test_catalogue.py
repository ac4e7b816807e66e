"""The catalogue tool: merging, refusing, finding what is missing, compiling."""

import gettext
import json
import multiprocessing
import os
from pathlib import Path

import pytest

from tools import catalogue
from tools.catalogue import BadEntry, add, missing, parse_entries, po_path, unused, used

pytestmark = pytest.mark.pure

DAYS = {"%(num)d day": {"plural": "%(num)d days", "id": "%(num)d hari"}}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "forum").mkdir()
    (tmp_path / "templates" / "ui").mkdir(parents=True)
    (tmp_path / "forum" / "a.py").write_text(
        'x = _("Send")\ny = ngettext("%(num)d day", "%(num)d days", 3)\nz = _l("Log " "in")\nw = lazy_gettext("Out")\n'
    )
    (tmp_path / "templates" / "ui" / "b.html").write_text(
        '{{ _("Save") }} {% trans who=name %}By {{ who }}{% endtrans %}'
        "{% trans n=n %}{{ n }} letter{% pluralize %}{{ n }} letters{% endtrans %}"
    )
    return tmp_path


def put(root: Path, data: dict[str, object]) -> list[str]:
    return add(parse_entries(data), po_path(root))


def test_used_finds_code_and_templates(root: Path) -> None:
    assert {(place.msgid, place.plural) for place in used(root)} == {
        ("Send", None),
        ("%(num)d day", "%(num)d days"),
        ("Log in", None),
        ("Out", None),
        ("Save", None),
        ("By %(who)s", None),
        ("%(n)s letter", "%(n)s letters"),
    }


def test_add_missing_unused_and_replace(root: Path) -> None:
    assert put(root, {"Send": "Kirim", "Old": "Lama", "%(num)d day": "%(num)d hari"}) == []
    assert unused(root) == ["Old"]
    assert "Send" not in {place.msgid for place in missing(root)}
    assert "%(num)d day" in {place.msgid for place in missing(root)}, "its plural is not there"
    assert put(root, DAYS) == []
    assert "%(num)d day" not in {place.msgid for place in missing(root)}
    assert put(root, {"Send": "Kirimkan"}) == ["replaced 'Send': 'Kirim' -> 'Kirimkan'"]
    with pytest.raises(BadEntry):
        put(root, {"%(num)d day": "%(num)d hari"})


def test_the_file_is_sorted_and_stable(root: Path) -> None:
    put(root, {"b": "B", "a": "A\nbaris “dua”", **DAYS})
    first = po_path(root).read_bytes()
    put(root, {"a": "A\nbaris “dua”"})
    assert po_path(root).read_bytes() == first
    lines = [line for line in first.decode().splitlines() if line.startswith("msgid ")]
    assert lines == sorted(lines)
    assert b"#:" not in first
    assert b"Date" not in first


@pytest.mark.parametrize(
    "data",
    [
        ["a"],
        {"a": ""},
        {"a": None},
        {"": "x"},
        {"%(name)s": "%(nama)s"},
        {"%(n)d": "%(n)s"},
        {"%(n)d x": {"plural": "%(n)d xs", "id": "x"}},
        {"a": {"id": "x"}},
        {"a": {"plural": "as", "id": "x", "en": "y"}},
    ],
)
def test_bad_entries_are_refused(data: object) -> None:
    with pytest.raises(BadEntry):
        parse_entries(data)


def test_a_doubled_percent_sign_is_no_placeholder() -> None:
    assert parse_entries({"100%% of %(n)s": "%(n)s dari 100%%"})


def _put_many(root: Path, number: int) -> None:
    for at in range(10):
        put(root, {f"word {number} {at}": f"kata {number} {at}"})


def test_helpers_at_once_lose_nothing(root: Path) -> None:
    people = [multiprocessing.Process(target=_put_many, args=(root, number)) for number in range(4)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert len(catalogue.load(po_path(root))) == 40
    assert [path.name for path in po_path(root).parent.iterdir()] == ["messages.po"]


def test_compile_only_when_older(root: Path) -> None:
    put(root, {"Send": "Kirim", **DAYS})
    path = po_path(root)
    assert catalogue.compile_catalogue(path)
    assert not catalogue.compile_catalogue(path)
    put(root, {"Save": "Simpan"})
    os.utime(path.with_suffix(".mo"), (0, 0))
    assert catalogue.compile_catalogue(path)
    words = gettext.translation("messages", root / "forum" / "translations", ["id"])
    assert words.gettext("Send") == "Kirim"
    assert words.gettext("Save") == "Simpan"
    assert words.ngettext("%(num)d day", "%(num)d days", 1) == "%(num)d hari"


def test_command_line(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(catalogue, "po_path", lambda _root=None: po_path(root))
    file = root / "new.json"
    file.write_text(json.dumps({"Send": "Kirim"}))
    assert catalogue.main(["add", str(file)]) == 0
    assert capsys.readouterr().out == "1 in\n"
    file.write_text("{")
    assert catalogue.main(["add", str(file)]) == 1
    assert catalogue.main(["compile"]) == 0
