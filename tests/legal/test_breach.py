"""After a breach: whom it concerns, what they and the authority are told, each once."""

import stat
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from forum.cli.breach import breach as command
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.mail import Mail
from forum.legal import breach as about
from forum.legal.breach import Breach, Exposed
from tests.attachments.rows import stored

NOW = utcnow()
HOW, DONE = "Kunci cadangan tersalin.", "Kunci diganti."


def known(*kinds: Exposed, **values: object) -> Breach:
    words = {"how": {"id": HOW, "en": "A key was copied."}, "done": {"id": DONE, "en": "The key was changed."}}
    return Breach(
        kinds or (Exposed.ACCOUNTS,), NOW - timedelta(days=1), NOW + timedelta(days=1), NOW, **{**words, **values}
    )


def names(*kinds: Exposed, since: datetime | None = None, until: datetime | None = None) -> list[str]:
    found = about.concerned(kinds, since or NOW - timedelta(days=1), until or utcnow() + timedelta(minutes=1))
    return [one.name for one in found]


def test_each_kind_of_data_concerns_its_people(cast) -> None:
    cast.citra, cast.ana, cast.bima  # noqa: B018
    letter = cast.letter(details={"order": "INV-1"})
    assert names(Exposed.ACCOUNTS) == ["Citra", "Ana Wijaya", "Bima Santoso"]
    assert names(Exposed.DETAILS) == ["Ana Wijaya"]
    assert names(Exposed.FILES) == []
    stored(cast.citra, letter)
    assert names(Exposed.FILES) == ["Citra"]
    assert names(Exposed.SESSIONS) == []
    assert names(Exposed.ACCOUNTS, until=NOW - timedelta(hours=1)) == []
    people = about.concerned(
        [Exposed.ACCOUNTS, Exposed.FILES], NOW - timedelta(days=1), utcnow() + timedelta(minutes=1)
    )
    assert [one.kinds for one in people if one.name == "Citra"] == [(Exposed.ACCOUNTS, Exposed.FILES)]


def test_the_notice_says_what_the_law_asks_for(cast) -> None:
    (ana,) = [one for one in _people(cast) if one.name == "Ana Wijaya"]
    subject, text, html = about.notice_to(ana, known(Exposed.ACCOUNTS, Exposed.SESSIONS))
    assert "Data pribadi Anda" in subject
    for words in ("Pasal 46", "hash kata sandi", HOW, DONE, "Ganti kata sandi"):
        assert words in text
        assert words in html
    assert "alamat jaringan" not in text  # only the data of this person
    english = about.notice_to_all("en", known())
    assert "article 46" in english
    assert "A key was copied." in english
    authority = about.notice_to_authority("id", known(), 1234)
    assert "1.234" in authority
    assert "3 × 24 jam" in authority


def _people(cast) -> list[about.Concerned]:
    cast.ana  # noqa: B018
    return about.concerned([Exposed.ACCOUNTS], NOW - timedelta(days=1), utcnow() + timedelta(minutes=1))


def test_everybody_is_told_once(cast) -> None:
    cast.citra  # noqa: B018
    people = _people(cast)
    assert about.send(people, known()) == 2
    assert about.send(people, known()) == 0  # called again, it goes on where it stopped
    mails = db.session.scalars(select(Mail).where(Mail.kind == "breach")).all()
    assert {one.to for one in mails} == {"ana@surat.example", "citra@surat.example"}
    assert about.send(people, known(how={"id": "x"}, done={"id": "y"})) == 0  # better words are the same breach


ARGUMENTS = [
    "--since",
    "2026-01-01",
    "--until",
    "2999-01-01",
    "--found",
    "2999-01-01",
    "--data",
    "accounts",
    "--how",
    HOW,
    "--done",
    DONE,
]


def test_the_command_writes_for_its_operator_alone(app, cast, tmp_path) -> None:
    person = cast.person("=HYPERLINK(1)")
    assert person.id
    result = app.test_cli_runner().invoke(
        command, [*ARGUMENTS, "--to", str(tmp_path / "b"), "--how-en", "A key.", "--done-en", "Changed."]
    )
    assert result.exit_code == 0, result.output
    files = sorted((tmp_path / "b").iterdir())
    assert len(files) == 5
    assert {stat.S_IMODE(one.stat().st_mode) for one in files} == {0o600}
    (table,) = [one for one in files if one.suffix == ".csv"]
    assert "'=HYPERLINK" in table.read_text("utf-8-sig")
    assert "Nothing was sent" in result.output
    assert db.session.scalars(select(Mail).where(Mail.kind == "breach")).all() == []


def test_the_command_mails_only_after_a_yes(app, cast, tmp_path) -> None:
    cast.ana  # noqa: B018
    arguments = [*ARGUMENTS, "--to", str(tmp_path), "--send"]
    assert app.test_cli_runner().invoke(command, arguments, input="n\n").exit_code == 1
    assert db.session.scalars(select(Mail).where(Mail.kind == "breach")).all() == []
    result = app.test_cli_runner().invoke(command, arguments, input="y\n")
    assert result.exit_code == 0, result.output
    assert "1 mails are queued" in result.output


@pytest.mark.parametrize("wrong", [["--until", "2020-01-01"], ["--how-en", "x"], ["--data", "everything"]])
def test_the_command_refuses_nonsense(app, cast, tmp_path, wrong: list[str]) -> None:
    assert app.test_cli_runner().invoke(command, [*ARGUMENTS, "--to", str(tmp_path), *wrong]).exit_code == 2


def test_three_days_run_from_the_finding() -> None:
    assert known().due_at == NOW + timedelta(hours=72)
    assert NOW.tzinfo is UTC
