"""Words above every page: for everybody, in their language, from one moment to another, on ready pages as well."""

from datetime import timedelta

from flask import Flask

from forum.console import actions
from forum.console.lifecycle import Level
from forum.console.models import Announcement
from forum.core import steering
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.events import Kind
from forum.core.freshness import Freshness
from tests.moderation.stage import events

WORDS, ENGLISH = "Situs pindah ke server baru malam ini.", "The site moves to a new server tonight."


def announce(cast, words: str = WORDS, **values: object) -> Announcement:
    given = {"level": Level.WARNING, "starts_at": None, "ends_at": None, **values}
    return actions.announce(words, ENGLISH, by=cast.surya, **given)


@unit_of_work
def age(row: Announcement, **moments: object) -> None:
    for name, value in moments.items():
        setattr(row, name, value)
    steering.changed()


def epoch() -> int:
    db.session.expire_all()
    return db.session.get_one(Freshness, 1).epoch


def test_everybody_reads_it_in_their_language_without_a_cookie(cast, browse) -> None:
    surya, guest = browse(cast.surya), browse()
    surya.open("/console/announcements")
    page = surya.submit(form="/console/announcements", indonesian=WORDS, english=ENGLISH, level="warning")
    assert page.status == 200
    letter = cast.letter()
    for path in ("/", f"/letters/{letter.id}", "/sign-in", "/nothing-here"):
        page = guest.open(path)
        assert WORDS in page.words, path
        assert ENGLISH not in page.words
        assert "Set-Cookie" not in page.response.headers
        assert page.find("div", class_="notice--warning")
    guest.client.set_cookie("language", "en")
    assert ENGLISH in guest.open("/").words


def test_hostile_words_stay_words(cast, browse) -> None:
    announce(cast, '<script>alert(1)</script> & "kutip"\n\nAlinea kedua')
    page = browse().open("/")
    assert "<script>alert(1)" not in page.text
    assert '<script>alert(1)</script> & "kutip"' in page.words


def test_it_begins_and_ends_by_the_clock(cast, browse) -> None:
    row = announce(cast, starts_at=utcnow() + timedelta(hours=1), ends_at=utcnow() + timedelta(hours=2))
    assert WORDS not in browse().open("/").words
    before = epoch()
    actions.turn_announcements()
    assert epoch() == before
    age(row, starts_at=utcnow() - timedelta(minutes=1))
    assert WORDS in browse().open("/").words
    actions.turn_announcements()
    assert epoch() == before + 1  # ready pages are made anew, once
    actions.turn_announcements()
    assert epoch() == before + 1
    age(row, ends_at=utcnow())
    assert WORDS not in browse().open("/").words
    actions.turn_announcements()
    assert epoch() == before + 2


def test_a_change_makes_ready_pages_old(app: Flask, cast) -> None:
    before = epoch()
    row = announce(cast)
    assert epoch() == before + 1
    actions.end_announcement(row, by=cast.surya)
    assert epoch() == before + 2


def test_it_is_changed_and_ended_and_each_leaves_a_row(cast, browse) -> None:
    surya, row = browse(cast.surya), announce(cast)
    surya.open(f"/console/announcements/{row.id}")
    surya.submit(form=f"/console/announcements/{row.id}", indonesian="Sudah selesai pindah.", level="info")
    assert "Sudah selesai pindah." in browse().open("/").words
    surya.open("/console/announcements")
    surya.submit(form=f"/console/announcements/{row.id}/end")
    assert "Sudah selesai pindah." not in browse().open("/").words
    told = [one.data for one in events(Kind.SITE_CHANGED)]
    assert [one["before"] and one["before"]["level"] for one in told] == [None, "warning", "info"]
    assert told[2]["after"]["until"]
    assert f"{WORDS} → Sudah selesai pindah." in surya.open("/console/changes").words
    assert len(surya.open("/console/announcements").find("form", action=f"/console/announcements/{row.id}/end")) == 0


def test_the_time_is_the_sites_and_wrong_ones_are_explained(cast, browse) -> None:
    surya = browse(cast.surya)
    surya.open("/console/announcements")
    bad = {"starts_at": "2026-12-01T22:00", "ends_at": "2026-12-01T21:00"}
    page = surya.submit(form="/console/announcements", indonesian=WORDS, **bad)
    assert page.status == 422
    assert WORDS in page.text
    page = surya.submit(form="/console/announcements", indonesian=WORDS, starts_at="besok", ends_at="")
    assert page.status == 422
    surya.submit(form="/console/announcements", indonesian=WORDS, starts_at="2026-12-01T22:00", ends_at="")
    (event,) = events(Kind.SITE_CHANGED)
    assert event.data["after"]["from"] == "2026-12-01T15:00+00:00"  # 22.00 WIB


def test_three_at_most_stand_above_a_page(cast, browse) -> None:
    for number in range(5):
        announce(cast, f"Pengumuman nomor {number}.")
    page = browse().open("/")
    assert "Pengumuman nomor 4." in page.words
    assert "Pengumuman nomor 1." not in page.words
