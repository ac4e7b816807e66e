"""The journey of a letter: every kind that can show has words, and nobody reads more than is meant for them."""

import pytest

from forum.core.db import unit_of_work
from forum.core.events import FACTS, Audience, Kind, Role, record
from forum.letters.queries import letter_for
from forum.letters.queries.journey import journey, kinds

OF_ROWS = {Kind.CONTEST_FILED, Kind.CONTEST_ANSWERED, Kind.CONTEST_DECIDED}
"""What reacts to them asks for their contest: tests/contests."""
SHOWN = [kind for kind in kinds({Audience.PUBLIC, Audience.PARTIES}) if kind not in OF_ROWS]


@unit_of_work
def happen(letter, *chosen):
    for kind in chosen:
        record(
            kind, by=None, role=Role.SYSTEM, letter_id=letter.id, case_id=letter.cases[0].id,
            reason="insult", outcome="solved", message="Kata-kata kepada penulis.", decision="upheld",
        )  # fmt: skip


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("kind", SHOWN)
def test_every_kind_that_can_show_has_a_line(cast, browse, kind, language):
    letter = letter_for(cast.ana, cast.letter().id)
    happen(letter, kind)
    guest = browse(language=language).open(f"/letters/{letter.id}")
    public = FACTS[kind].audience is Audience.PUBLIC
    assert len(guest.find("li", class_="timeline__item")) == public
    author = browse(cast.ana).open(f"/letters/{letter.id}")
    [line] = author.find("li", class_="timeline__item")
    words = " ".join("".join(line.itertext()).split()).partition("WIB")[2]
    assert len(words) > 8
    assert "Kata-kata kepada penulis." not in words  # the message is for the author, at another place


@pytest.mark.parametrize("kind", [Kind.COMMENT_POSTED, Kind.COMMENT_HIDDEN, Kind.REPORT_MADE, Kind.QUEUE_ALARM])
def test_what_only_moderators_read_is_in_no_journey(cast, kind):
    assert FACTS[kind].audience is Audience.MODERATORS
    letter = letter_for(cast.dewi, cast.letter().id)
    happen(letter, kind)
    assert journey(cast.dewi, letter).steps == []


def test_no_circle_of_readers_adds_the_moderators_kinds():
    assert not [kind for kind in kinds(set(Audience)) if FACTS[kind].audience is Audience.MODERATORS]


@pytest.mark.parametrize(("name", "sees"), [("ana", 2), ("bima", 2), ("dewi", 2), ("citra", 1), ("fajar", 1)])
def test_parties_read_more_than_the_public(cast, name, sees):
    person = getattr(cast, name)
    letter = letter_for(person, cast.letter().id)
    happen(letter, Kind.LETTER_SUBMITTED, Kind.LETTER_PUBLISHED)
    assert len(journey(person, letter).steps) == sees


def test_events_of_other_letters_stay_there(cast):
    mine, other = (letter_for(cast.ana, cast.letter(title=f"Surat ke-{number} milik Ana").id) for number in range(2))
    happen(other, Kind.LETTER_PUBLISHED)
    assert journey(cast.ana, mine).steps == []


def test_the_business_is_named(cast, browse):
    letter = letter_for(cast.ana, cast.letter(merchants=[cast.courier, cast.shop]).id)
    happen(letter, Kind.CASE_ACKNOWLEDGED)
    assert "Kurir Kilat menyatakan telah menerima surat ini." in browse().open(f"/letters/{letter.id}")
