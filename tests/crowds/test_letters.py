"""Letters in the queue: near-equal ones about one business stand as one, words of the lists are marked, nothing is dropped."""

from sqlalchemy import select

from forum.core.db import db
from forum.core.jobs import Job
from forum.crowds.models import Sketched
from forum.letters.actions import submit
from forum.letters.lifecycle import Move, Publication
from forum.moderation.actions import decide_letter
from forum.moderation.jobs import LOOK_AT_TEXT, look_at_text
from forum.moderation.lifecycle import Reason
from forum.moderation.queries.desk import desk_letter
from forum.moderation.queries.queue_of_letters import waiting_letters
from tests.cast import TEXT, make_person
from tests.letters.test_submit import content

SAID = "Ini iklan, bukan surat pembaca."
STORY = (
    "Saya memesan kulkas dua pintu pada awal bulan, membayar lunas, lalu menunggu dua pekan tanpa kabar. "
    "Layanan pelanggan hanya menjawab dengan kalimat yang sama, dan uang saya belum kembali sampai surat ini saya tulis."
)


def wait(cast, *, author=None, merchants=None, text=STORY, title="Kulkas tidak dikirim"):
    letter = cast.letter(author=author, merchants=merchants, title=title, text=text, publication=Publication.SUBMITTED)
    look_at_text(f"letter:{letter.id}", None)
    return letter


def test_near_equal_letters_about_one_business_are_one_group(cast, browse) -> None:
    crowd = [wait(cast, author=make_person(f"Orang{number} X"), text=f"{STORY} Nomor pesanan {number}.") for number in range(5)]
    other = wait(cast, author=cast.citra, merchants=[cast.courier])  # the same words about another business
    alone = wait(cast, author=cast.citra, text=TEXT, title="Kipas tidak dikirim")
    assert [(row.id, row.number) for row in waiting_letters().items] == [(crowd[0].id, 5), (other.id, 1), (alone.id, 1)]
    browser = browse(cast.dewi)
    page = browser.open("/moderation")
    assert "5 yang hampir sama" in page
    page = browser.open(page.link("5 yang hampir sama"))
    assert {f"/moderation/letters/{one.id}" for one in crowd} <= set(page.links())
    assert browse(cast.citra).open(f"/moderation/letters/{crowd[0].id}/alike").status == 403
    assert browser.open(f"/moderation/letters/{alone.id}/alike").status == 404


def test_the_first_one_decided_the_next_one_stands_for_the_group(cast) -> None:
    crowd = [wait(cast, author=make_person(f"Orang{number} X")) for number in range(3)]
    decide_letter(desk_letter(cast.dewi, crowd[0].id), Move.PUBLISH, by=cast.dewi)
    assert [(row.id, row.number) for row in waiting_letters().items] == [(crowd[1].id, 2)]


def test_words_of_the_lists_and_known_advertising_are_marked_and_stay_in_the_queue(cast, browse) -> None:
    spam = wait(cast, author=make_person("Iklansatu X"), text=f"{STORY} Main slot gacor di bit.ly/xyz saja.", title="Slot gacor resmi")
    decide_letter(desk_letter(cast.dewi, spam.id), Move.REJECT, by=cast.dewi, reason=Reason.ADVERTISING, message=SAID)
    assert db.session.scalars(select(Job.kind).where(Job.kind == LOOK_AT_TEXT)).all()
    look_at_text(f"letter:{spam.id}", True)
    again = wait(cast, author=make_person("Iklandua X"), text=f"{STORY} Main slot gacor di bit.ly/abc saja.", title="Slot gacor resmi")
    (row,) = waiting_letters().items
    assert (row.id, set(row.hits), row.marks) == (again.id, {"slot gacor", "bit.ly"}, ("new_account", "like_spam"))
    page = browse(cast.dewi).open(f"/moderation/letters/{again.id}")
    assert "Mirip iklan yang dikenal" in page
    assert "slot gacor" in page


def test_a_sent_letter_is_looked_at_by_the_worker_twice_is_once(cast) -> None:
    letter = submit(content(), by=cast.ana, once="a-key-of-one-form-7777")
    jobs = db.session.scalars(select(Job).where(Job.kind == LOOK_AT_TEXT)).all()
    assert [job.payload for job in jobs] == [{"about": f"letter:{letter.id}", "spam": None}]
    look_at_text(f"letter:{letter.id}", None)
    look_at_text(f"letter:{letter.id}", None)
    (row,) = db.session.scalars(select(Sketched)).all()
    assert (row.about, row.group_id, row.spam) == (f"letter:{letter.id}", None, False)
