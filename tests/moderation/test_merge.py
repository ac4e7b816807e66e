"""One business goes up into another: what goes over, what does not, and that a wrong merge is undone."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import event, func, insert, select

from forum.accounts.models import User
from forum.contests import actions as contests
from forum.contests.lifecycle import Ground
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.errors import Invalid, NotAllowed, NotNow, Stale
from forum.core.events import Event, Kind
from forum.core.freshness import Freshness
from forum.desk import actions as desk
from forum.letters import actions as letters
from forum.letters.lifecycle import Outcome, Publication, ResponseState, Untold
from forum.letters.models import Case, Letter, Question
from forum.merchants import actions as merchants
from forum.merchants.lifecycle import ClaimState, NameKind
from forum.merchants.models import Merchant, MerchantName, Representative
from forum.merchants.policy import may_claim
from forum.moderation import actions
from forum.moderation.lifecycle import JoinReason
from forum.moderation.models import Merge, MergedCase
from forum.responses import actions as responses
from forum.responses.models import Response, ResponseDraft
from forum.search import queries as search
from forum.search.queries import Order
from forum.statistics import figures
from forum.statistics.models import business
from tests.cast import represent
from tests.letters.test_submit import content
from tests.moderation.stage import events, make_claim, make_response
from tests.notifications.helping import work

OVER = {"reason": JoinReason.SAME_BUSINESS, "kind": NameKind.ALIAS}


def merge(cast, **more) -> Merge:
    return actions.merge(cast.courier, cast.shop, **{"by": cast.dewi, **OVER, **more})


def case_of(letter: Letter, merchant: Merchant) -> Case | None:
    db.session.expire_all()
    return db.session.scalar(select(Case).where(Case.letter_id == letter.id, Case.merchant_id == merchant.id))


@unit_of_work
def change(thing, **values) -> None:
    for name, value in values.items():
        setattr(thing, name, value)


@unit_of_work
def question(case: Case, by: User, **more) -> Question:
    made = Question(case_id=case.id, asked_by_id=by.id, text="Nomor resi?", html="<p>Nomor resi?</p>", renderer=1, **more)
    db.session.add(made)
    return made


def answer(letter: Letter, merchant: Merchant, by: User, **more) -> Response:
    case = case_of(letter, merchant)
    made = make_response(letter, by)
    change(made, case_id=case.id, **more)
    change(case, response=ResponseState.ANSWERED, answered_at=utcnow())
    return made


def test_letters_names_and_the_address_go_over(cast, browse) -> None:
    letter = cast.letter(merchants=[cast.courier])
    merchants.add_name(cast.courier, by=cast.dewi, name="Kilat Kirim", kind=NameKind.BRAND)
    done = merge(cast)
    assert done.letters == 1
    assert case_of(letter, cast.shop) is not None
    assert case_of(letter, cast.courier) is None
    page = browse().open("/merchants/toko-melati")
    assert letter.title in page
    assert "Juga dikenal sebagai: Kilat Kirim, Kurir Kilat" in page
    assert "menggabungkan Kurir Kilat ke pelaku usaha ini" in page
    again = letters.submit(content(merchants=("KURIR kilat",)), by=cast.ana, once="o" * 20)
    assert [case.merchant_id for case in again.cases] == [cast.shop.id]


@pytest.mark.parametrize("rest", ["", "?tab=waiting", "/feed.atom", "/proof", "/claim", "/names"])
def test_every_address_of_it_leads_on(cast, browse, rest: str) -> None:
    cast.letter(merchants=[cast.courier])
    merge(cast)
    for person in (None, cast.ana, cast.dewi):
        if person is None and rest in {"/claim", "/names"}:
            continue
        answer = browse(person).request("GET", f"/merchants/kurir-kilat{rest}")
        assert answer.status == 301
        assert answer.response.headers["Location"].endswith(f"/merchants/toko-melati{rest}")
    assert browse(cast.ana).request("POST", "/merchants/kurir-kilat/claim", data=token(browse(cast.ana))).status in {308, 409}


def token(browser) -> dict[str, str]:
    return {"csrf_token": browser.open("/about").find("input", name="csrf_token")[0].get("value")}


def test_its_page_is_in_no_list_and_no_suggestion(cast, browse) -> None:
    cast.letter(merchants=[cast.courier])
    merge(cast)
    assert "Kurir Kilat" not in browse().open("/merchants")
    assert "kurir-kilat" not in browse().open("/sitemap-merchants-0.xml").text
    assert browse().open("/merchants/suggest?q=kurir").response.json == [
        {"name": "Toko Melati", "slug": "toko-melati", "via": "Kurir Kilat"}
    ]


def test_the_search_and_the_figures_follow(cast) -> None:
    letter = cast.letter(merchants=[cast.courier])
    figures.count_all()
    merge(cast, kind=NameKind.FORMER)
    work_later()
    for words in ("kurir kilat", "toko melati"):
        found = search.find(words, order=Order.NEWEST, category=None, after=None)
        assert [hit.row.id for hit in found.hits] == [letter.id]
    assert (figures.of(business(cast.shop.id)).letters, figures.of(business(cast.courier.id)).letters) == (1, 0)


def work_later() -> None:
    import time_machine

    work()
    with time_machine.travel(utcnow() + timedelta(minutes=2), tick=False):
        work()


def test_its_representatives_speak_for_nobody_unless_the_moderator_says_so(cast) -> None:
    letter = cast.letter(merchants=[cast.courier])
    merge(cast, by=cast.dewi) if cast.fajar else None
    fajar = db.session.get_one(User, cast.fajar.id)
    assert (fajar.merchant_ids, fajar.answering_ids) == (frozenset(), frozenset())
    with pytest.raises(NotAllowed):
        responses.acknowledge(case_of(letter, cast.shop), by=fajar)


def test_with_the_moderators_word_they_speak_for_the_other(cast) -> None:
    both = cast.person("Gita Ayu")
    represent(both, cast.courier)
    represent(both, cast.shop)
    _fajar, _bima = cast.fajar, cast.bima
    merge(cast, voices=True)
    assert db.session.get_one(User, cast.fajar.id).merchant_ids == {cast.shop.id}
    assert db.session.get_one(User, both.id).merchant_ids == {cast.shop.id}
    standing = select(func.count()).where(Representative.ended_at.is_(None), Representative.user_id == both.id)
    assert db.session.scalar(standing) == 1


def test_open_claims_go_to_a_moderator_and_their_links_die(cast) -> None:
    made = merchants.claim(cast.courier, by=cast.citra, work_email="c@kurirkilat.example", job_title="Humas")
    double, first = make_claim(cast.ana, cast.courier), make_claim(cast.ana, cast.shop)
    merge(cast)
    db.session.expire_all()
    assert (made.merchant_id, made.state, made.token_hash) == (cast.shop.id, ClaimState.WAITING_MODERATOR, None)
    assert (double.state, first.state) == (ClaimState.REFUSED, ClaimState.WAITING_MODERATOR)


def test_a_claim_that_went_over_is_looked_at_anew(cast) -> None:
    made = make_claim(cast.citra, cast.courier)
    change(made, first_by_id=cast.eko.id, first_at=utcnow(), first_note="Benar kurir itu.")
    seen = made.version
    merge(cast)
    db.session.expire_all()
    assert (made.first_by_id, made.first_at, made.first_note) == (None, None, "")
    with pytest.raises(Stale):  # the page that is open names another business
        actions.decide_claim(made, approve=True, by=cast.eko, seen=seen)


def test_the_notes_of_its_team_are_read_by_that_team_alone(cast, browse) -> None:
    letter = cast.letter(merchants=[cast.courier])
    desk.add_note(case_of(letter, cast.courier), by=cast.fajar, text="Rahasia dapur kurir.")
    done = merge(cast)
    case_id = case_of(letter, cast.shop).id
    assert "Rahasia dapur" not in browse(cast.bima).open(f"/desk/cases/{case_id}")
    actions.undo_merge(done, by=cast.dewi)
    assert "Rahasia dapur" in browse(cast.fajar).open(f"/desk/cases/{case_id}")
    merge(cast, voices=True)
    assert "Rahasia dapur" in browse(cast.bima).open(f"/desk/cases/{case_id}")


@pytest.mark.parametrize("both", [False, True])
def test_its_contests_go_along_and_come_back(cast, both) -> None:
    letter = cast.letter(merchants=[cast.shop, cast.courier] if both else [cast.courier])
    case = case_of(letter, cast.courier)
    case_id = case.id
    made = contests.contest(
        case.letter, contests.Claimed(Ground.DUPLICATE, [letter.title], "x" * 30), by=cast.fajar, case=case, address="::1"
    )
    done = merge(cast)
    db.session.expire_all()
    assert db.session.get(Case, made.case_id).merchant_id == cast.shop.id
    actions.undo_merge(done, by=cast.dewi)
    db.session.expire_all()
    assert (made.case_id, db.session.get(Case, made.case_id).merchant_id) == (case_id, cast.courier.id)


@pytest.mark.parametrize("waits", ["kurir-kilat", "toko-melati"])
def test_a_case_that_waits_for_its_business_to_be_told_gives_no_days(cast, waits) -> None:
    letter = cast.letter(merchants=[cast.shop, cast.courier])
    published, told = letter.cases[0].started_at, letter.cases[0].started_at + timedelta(days=60)
    for case in letter.cases:
        if case.merchant.slug == waits:
            change(case, notified_at=None, untold=Untold.NO_ADDRESS)
        else:
            change(case, notified_at=told, started_at=told)
    done = merge(cast)
    kept = case_of(letter, cast.shop)
    assert (kept.started_at, kept.notified_at, kept.untold) == (told, told, None)
    actions.undo_merge(done, by=cast.dewi)
    waiting = case_of(letter, cast.shop if waits == "toko-melati" else cast.courier)
    assert (waiting.started_at, waiting.notified_at, waiting.untold) == (published, None, Untold.NO_ADDRESS)


def test_a_letter_to_both_is_one_case_with_the_earliest_dates_and_all_details(cast) -> None:
    letter = cast.letter(merchants=[cast.shop, cast.courier], details={"order": "INV-1"})
    shop, courier = (case_of(letter, one) for one in (cast.shop, cast.courier))
    early = utcnow() - timedelta(days=9)
    change(courier, acknowledged_at=early, opened_at=early, response=ResponseState.ACKNOWLEDGED)
    change(courier, details={"order": "INV-2", "tracking": "JP-7"})
    merge(cast)
    kept = case_of(letter, cast.shop)
    assert kept.id == shop.id
    assert (kept.response, kept.acknowledged_at, kept.opened_at) == (ResponseState.ACKNOWLEDGED, early, early)
    assert kept.details == {"order": "INV-1 / INV-2", "tracking": "JP-7"}
    assert db.session.scalar(select(func.count()).select_from(Case)) == 1


def test_the_case_with_the_response_counts_and_everything_hangs_on_it(cast) -> None:
    letter = cast.letter(merchants=[cast.shop, cast.courier])
    response = answer(letter, cast.courier, cast.fajar)
    change(case_of(letter, cast.courier), outcome=Outcome.SOLVED, outcome_at=utcnow())
    asked = question(case_of(letter, cast.shop), cast.bima)
    change(case_of(letter, cast.shop), response=ResponseState.ASKED)
    merge(cast)
    kept = case_of(letter, cast.shop)
    assert (kept.response, kept.outcome) == (ResponseState.ANSWERED, Outcome.SOLVED)
    db.session.expire_all()
    assert response.case_id == kept.id
    assert asked.resumed_at is not None  # nobody owes an answer to a question on an answered case


def test_drafts_to_both_cases_are_one_with_every_word(cast) -> None:
    letter = cast.letter(merchants=[cast.shop, cast.courier])
    for merchant, words in ((cast.shop, "Kata untuk toko."), (cast.courier, "Kata untuk kurir.")):
        responses.save_draft(case_of(letter, merchant), by=cast.citra, fields={"text": [words]}, seen=1)
    merge(cast)
    (draft,) = db.session.scalars(select(ResponseDraft)).all()
    assert draft.case_id == case_of(letter, cast.shop).id
    assert draft.fields["text"] == ["Kata untuk toko.\n\nKata untuk kurir."]


def test_two_answered_cases_cannot_become_one(cast, browse) -> None:
    letter = cast.letter(merchants=[cast.shop, cast.courier])
    answer(letter, cast.shop, cast.bima)
    answer(letter, cast.courier, cast.fajar)
    with pytest.raises(NotNow) as refused:
        merge(cast)
    assert (refused.value.code, refused.value.facts["letters"]) == ("both_answered", [letter.id])
    assert db.session.get_one(Merchant, cast.courier.id).merged_into_id is None
    page = browse(cast.dewi).open(f"/moderation/businesses/{cast.shop.id}/merge?with=kurir+kilat")
    assert letter.title in page
    assert not page.find("select", name="reason")


def test_who_speaks_for_one_or_wrote_against_one_merges_nothing(cast, browse) -> None:
    represent(cast.eko, cast.courier)
    gilang = cast.person("Gilang Moderator", standing=cast.dewi.standing)
    cast.letter(author=gilang, merchants=[cast.shop], publication=Publication.REJECTED)
    for person in (cast.ana, cast.bima, cast.eko, gilang):
        with pytest.raises(NotAllowed):
            merge(cast, by=person)
    merge(cast)
    with pytest.raises(NotAllowed):
        actions.undo_merge(db.session.scalars(select(Merge)).one(), by=gilang)


def test_sent_twice_it_is_one_merge(cast) -> None:
    first = merge(cast)
    assert merge(cast).id == first.id
    assert len(events(Kind.MERCHANT_MERGED)) == 1
    with pytest.raises(Invalid):
        actions.merge(cast.shop, cast.shop, by=cast.dewi, **OVER)
    with pytest.raises(NotNow):
        actions.merge(cast.shop, cast.courier, by=cast.dewi, **OVER)
    with pytest.raises(NotNow):
        actions.merge(cast.courier, cast.merchant("Kedai Kopi"), by=cast.dewi, **OVER)


def test_the_record_says_who_by_role_why_and_how_many(cast) -> None:
    cast.letter(merchants=[cast.courier])
    merge(cast, reason=JoinReason.TAKEOVER)
    (happened,) = events(Kind.MERCHANT_MERGED)
    assert (happened.role, happened.about, happened.merchant_id) == ("moderator", f"merchant:{cast.shop.id}", cast.shop.id)
    assert {name: happened.data[name] for name in ("name", "reason", "letters")} == {
        "name": "Kurir Kilat",
        "reason": "takeover",
        "letters": 1,
    }
    with pytest.raises(Invalid):
        actions.merge(cast.merchant("Lain"), cast.shop, by=cast.dewi, reason=JoinReason.WRONG_MERGE, kind=NameKind.ALIAS)


def test_a_merged_business_is_claimed_by_nobody(cast) -> None:
    merge(cast)
    courier = db.session.get_one(Merchant, cast.courier.id)
    assert not may_claim(cast.citra, courier)
    with pytest.raises(NotAllowed):
        merchants.claim(courier, by=cast.citra, work_email="c@kurirkilat.example", job_title="Humas")


def test_a_wrong_merge_is_undone_whole(cast, browse) -> None:
    _fajar = cast.fajar
    letter, own = cast.letter(merchants=[cast.courier]), cast.letter(merchants=[cast.shop])
    both = cast.letter(merchants=[cast.shop, cast.courier], details={"order": "INV-1"})
    response = answer(both, cast.courier, cast.fajar)
    brand = merchants.add_name(cast.courier, by=cast.dewi, name="Kilat Kirim", kind=NameKind.BRAND)
    claim = make_claim(cast.citra, cast.courier)
    before = {case.id: (case.merchant_id, case.response, case.notified_at) for case in db.session.scalars(select(Case))}
    done = merge(cast)
    assert db.session.get_one(User, cast.fajar.id).merchant_ids == frozenset()
    assert actions.undo_merge(done, by=cast.eko) == 2
    db.session.expire_all()
    after = {case.id: (case.merchant_id, case.response, case.notified_at) for case in db.session.scalars(select(Case))}
    assert after == before
    assert (brand.merchant_id, claim.merchant_id, response.case_id) == (
        cast.courier.id,
        cast.courier.id,
        case_of(both, cast.courier).id,
    )
    assert db.session.get_one(User, cast.fajar.id).merchant_ids == {cast.courier.id}
    assert db.session.scalars(select(MerchantName.name)).all() == ["Kilat Kirim"]
    page = browse().open("/merchants/kurir-kilat")
    assert (page.url.endswith("kurir-kilat"), letter.title in page) == (True, True)
    assert case_of(own, cast.shop) is not None
    assert actions.undo_merge(done, by=cast.eko) == 0
    assert len(events(Kind.MERCHANT_SPLIT)) == 1


def test_the_verdict_that_came_meanwhile_goes_with_the_answer(cast) -> None:
    both = cast.letter(merchants=[cast.shop, cast.courier])
    answer(both, cast.courier, cast.fajar)
    done = merge(cast)
    change(case_of(both, cast.shop), outcome=Outcome.SOLVED, outcome_at=utcnow(), version=9)
    actions.undo_merge(done, by=cast.dewi)
    assert case_of(both, cast.courier).outcome is Outcome.SOLVED
    assert (case_of(both, cast.shop).outcome, case_of(both, cast.shop).response) == (Outcome.NONE, ResponseState.AWAITING)


def test_what_the_other_business_answered_since_stays_with_it(cast) -> None:
    letter = cast.letter(merchants=[cast.courier])
    done = merge(cast)
    answer(letter, cast.shop, cast.bima, created_at=utcnow() + timedelta(seconds=5))
    assert actions.undo_merge(done, by=cast.dewi) == 0
    assert case_of(letter, cast.shop) is not None


def test_merges_in_a_row_lead_on_and_are_undone_from_the_last(cast, browse) -> None:
    kedai = cast.merchant("Kedai Kopi")
    letter = cast.letter(merchants=[cast.courier])
    first = merge(cast)
    second = actions.merge(cast.shop, kedai, by=cast.dewi, **OVER)
    assert browse().open("/merchants/kurir-kilat").url.endswith("/merchants/kedai-kopi")
    assert merchants.find_or_add("Kurir Kilat", by=None).id == kedai.id
    with pytest.raises(NotNow) as refused:
        actions.undo_merge(first, by=cast.dewi)
    assert refused.value.code == "merged_further"
    actions.undo_merge(second, by=cast.dewi)
    actions.undo_merge(first, by=cast.dewi)
    assert case_of(letter, cast.courier) is not None


def test_a_business_that_passed_for_it_is_settled(cast) -> None:
    _shop = cast.shop
    fake = merchants.find_or_add("T0ko Melati", by=cast.ana, another=True)
    assert fake.suspect_of_id == cast.shop.id
    actions.merge(fake, cast.shop, by=cast.dewi, reason=JoinReason.IMPOSTOR, kind=NameKind.MISSPELLING)
    assert db.session.get_one(Merchant, fake.id).suspect_of_id is None
    assert events(Kind.MERCHANT_MERGED)[0].data["name"] == ""  # an impostor's name is shown nowhere


def test_a_moderator_sees_what_would_happen_and_does_it(cast, browse) -> None:
    cast.letter(merchants=[cast.courier])
    _fajar = cast.fajar
    dewi = browse(cast.dewi)
    page = dewi.submit(f"/moderation/businesses/{cast.shop.id}/merge", **{"with": "Kurir Kilat"})
    assert "Surat yang berpindah1" in page
    assert len(page.queries) <= 20
    page = dewi.submit(form="/merge$", kind="brand", reason="")
    assert page.find("div", class_="problems")
    page = dewi.submit(form="/merge$", kind="brand", reason="brand")
    assert f"Digabungkan: 1 surat berpindah ke {cast.shop.name}." in page
    assert "Merek dari yang lain" in page
    dewi.submit(form="/undo", button=None)
    assert "Dipisahkan: 1 surat kembali ke Kurir Kilat." in dewi.page


@pytest.mark.parametrize("typed", ["", "Tidak Ada", "Toko Melati", "x" * 5000, "%00", "'"])
def test_a_business_that_is_none_is_told(cast, browse, typed: str) -> None:
    page = browse(cast.dewi).open(f"/moderation/businesses/{cast.shop.id}/merge?with={typed}")
    assert page.status in {200, 400}
    assert not page.find("select", name="reason")


@pytest.mark.parametrize("source", ["", "x", "0", str(2**63), "-1", "9" * 30])
def test_a_forged_source_is_nobody(cast, browse, source: str) -> None:
    dewi = browse(cast.dewi)
    answer = dewi.request(
        "POST", f"/moderation/businesses/{cast.shop.id}/merge", data={**token(dewi), "source": source, "reason": "brand", "kind": "brand"}
    )
    assert answer.status == 404


def test_ten_thousand_cases_go_over_in_a_few_statements(cast) -> None:
    letter = cast.letter(merchants=[cast.shop])
    many(letter, cast.courier, 10_000)
    statements: list[str] = []
    listen = lambda *arguments: statements.append(arguments[2])  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        done = merge(cast)
        merged = len(statements)
        assert (done.letters, db.session.scalar(select(func.count()).select_from(MergedCase))) == (10_000, 10_000)
        assert actions.undo_merge(done, by=cast.dewi) == 10_000
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)
    assert merged < 60
    assert len(statements) < 150


@unit_of_work
def many(letter: Letter, merchant: Merchant, number: int) -> None:
    """So many published letters about a business, copies of one."""
    columns = [column.name for column in Letter.__table__.columns if column.name != "id"]
    row = {name: getattr(letter, name) for name in columns}
    ids = [*db.session.scalars(insert(Letter).returning(Letter.id), [row] * number)]
    db.session.execute(
        insert(Case),
        [
            {"letter_id": one, "merchant_id": merchant.id, "category": letter.category, "started_at": letter.published_at}
            for one in ids
        ],
    )


def test_a_letter_sent_while_two_are_merged_reaches_the_one_that_stands(committing_app) -> None:
    from tests.cast import Cast

    with committing_app.app_context():
        cast = Cast()
        source, target, dewi, ana = cast.courier.id, cast.shop.id, cast.dewi.id, cast.ana.id
        db.session.remove()
    problems: list[BaseException] = []

    def run(work) -> None:
        with committing_app.app_context():
            try:
                work()
            except BaseException as problem:  # noqa: BLE001 - shown below
                problems.append(problem)
            finally:
                db.session.remove()

    def send(number: int) -> None:
        letters.submit(content(merchants=("Kurir Kilat",)), by=db.session.get_one(User, ana), once=f"key-of-one-form-{number:04}")

    def join() -> None:
        actions.merge(
            db.session.get_one(Merchant, source), db.session.get_one(Merchant, target), by=db.session.get_one(User, dewi), **OVER
        )

    threads = [threading.Thread(target=run, args=(lambda n=number: send(n),)) for number in range(4)]
    threads += [threading.Thread(target=run, args=(join,)) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert problems == []
    assert set(db.session.scalars(select(Case.merchant_id))) == {target}
    assert db.session.scalar(select(func.count()).where(Event.kind == Kind.MERCHANT_MERGED)) == 1


def test_ready_pages_grow_old_with_a_merge_and_lists_with_a_name(cast) -> None:
    def versions() -> tuple[int, int]:
        return tuple(db.session.execute(select(Freshness.epoch, Freshness.version)).one())

    first = versions()
    merchants.add_name(cast.shop, by=cast.dewi, name="Melati Online", kind=NameKind.BRAND)
    named = versions()
    done = merge(cast)
    merged = versions()
    actions.undo_merge(done, by=cast.dewi)
    assert (named[0], named[1] > first[1]) == (first[0], True)
    assert first[0] < merged[0] < versions()[0]
