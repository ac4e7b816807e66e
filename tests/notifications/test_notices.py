"""Who hears of each event, in which words, and who does not."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask_babel import force_locale
from sqlalchemy import update

from forum.accounts.models import User
from forum.accounts.rights import Standing
from forum.core.db import db, unit_of_work
from forum.core.events import FACTS, Kind
from forum.letters.lifecycle import Publication, Visibility
from forum.letters.models import Case, Letter
from forum.merchants.lifecycle import ContactState
from forum.merchants.models import Representative
from forum.notifications.choices import GROUPS, Choice
from forum.notifications.deliver import deliver
from forum.notifications.models import MailChoice
from forum.notifications.notices import BY_KIND, NOTICES
from forum.notifications.subjects import load
from forum.notifications.words import WORDS, words_of
from forum.notifications.words.choices import choice_words, group_words
from forum.responses.models import AnswerLink, Response
from tests.cast import make_comment, make_contact
from tests.notifications.helping import happen, mailed, mails, make_claim, make_report, told, work

LETTER_KINDS = {
    Kind.LETTER_RETURNED: "returned",
    Kind.LETTER_REJECTED: "rejected",
    Kind.LETTER_TAKEN_DOWN: "taken_down",
    Kind.LETTER_REINSTATED: "reinstated",
    Kind.REVISION_ACCEPTED: "revision_accepted",
    Kind.REVISION_REFUSED: "revision_refused",
    Kind.ATTACHMENT_HIDDEN: "attachment_hidden",
    Kind.ATTACHMENT_RESTORED: "attachment_restored",
    Kind.COMMENTS_LOCKED: "comments_locked",
    Kind.COMMENTS_UNLOCKED: "comments_unlocked",
}
WITHOUT_REASON = {
    Kind.LETTER_REINSTATED,
    Kind.REVISION_ACCEPTED,
    Kind.ATTACHMENT_RESTORED,
    Kind.COMMENTS_UNLOCKED,
}


def test_every_kind_that_tells_is_in_the_table_and_no_other():
    assert set(NOTICES) == {kind for kind, facts in FACTS.items() if facts.tells}


def test_every_notice_has_words_and_every_choice_is_offered_once():
    assert set(WORDS) == set(BY_KIND)
    assert sum(len(notices) for notices in NOTICES.values()) == len(BY_KIND)
    offered = [choice for choices in GROUPS.values() for choice in choices]
    assert sorted(offered) == sorted(Choice)
    assert {notice.choice for notice in BY_KIND.values()} - {None} == set(Choice) - {Choice.DESK_DIGEST}


def test_choices_and_groups_have_words(app):
    for language in ("id", "en"):
        with force_locale(language):
            assert len({choice_words(choice) for choice in Choice}) == len(Choice)
            assert len({group_words(group) for group in GROUPS}) == len(GROUPS)


@pytest.mark.parametrize("kind", sorted(BY_KIND))
def test_words_of_every_notice_in_both_languages(cast, kind):
    letter = cast.letter(title="Surat <b>&amp; {{7*7}} “aneh”")
    comment = make_comment(letter, cast.citra)
    claim = make_claim(cast.citra, cast.shop)
    report = make_report(letter, reporter=cast.citra)
    event_kind = next(k for k, notices in NOTICES.items() for n in notices if n.kind == kind)
    abouts = {"comment": comment.id, "claim": claim.id, "user": cast.ana.id, "question": 1, "response": 1, "update": 1, "contest": 1, "objection": 1, "answer": 1}
    abouts["representative"] = cast.bima.representations[0].id
    prefix = {
        Kind.COMMENT_POSTED: "comment", Kind.COMMENT_HIDDEN: "comment", Kind.COMMENT_RESTORED: "comment",
        Kind.CLAIM_STARTED: "claim", Kind.CLAIM_APPROVED: "claim", Kind.CLAIM_REFUSED: "claim", Kind.CASE_ASKED: "question",
        Kind.UPDATE_ADDED: "update", Kind.PASSWORD_CHANGED: "user", Kind.EMAIL_CHANGED: "user",
        Kind.TEAM_JOINED: "representative", Kind.TEAM_ROLE_CHANGED: "representative", Kind.REPRESENTATIVE_ENDED: "representative",
    }.get(event_kind) or {"contest_again": "contest", "objection_again": "objection", "answer_again": "answer"}.get(kind)  # fmt: skip
    event = happen(
        event_kind, letter=letter, case=letter.cases[0], about=f"{prefix}:{abouts[prefix]}" if prefix else None,
        report_id=report.id, reason="insult", message="Mohon <i>diperhalus</i>.", day=3, outcome="solved", decision="upheld",
    )  # fmt: skip
    subject = load([event], cast.ana)[event.id]
    said = {}
    for language in ("id", "en"):
        with force_locale(language):
            said[language] = words_of(kind, subject)
    assert said["id"].line != said["en"].line
    assert said["id"].path == said["en"].path
    assert said["id"].path.startswith("/")
    assert said["id"].button
    assert "%(" not in str(said)
    assert app_knows(said["id"].path)


def app_knows(path: str) -> bool:
    from flask import current_app

    endpoint, _values = current_app.url_map.bind("localhost").match(path.split("#", maxsplit=1)[0])
    return bool(endpoint)


@pytest.mark.parametrize(("kind", "notice"), LETTER_KINDS.items())
def test_a_decision_reaches_the_author_with_its_reason(cast, kind, notice):
    letter = cast.letter()
    event = happen(kind, by=cast.dewi, letter=letter, reason="insult", message="Mohon diperhalus.")
    work()
    assert told(event) == {("Ana", notice)}
    (mail,) = mails(notice)
    assert mail.to == "ana@surat.example"
    assert letter.title in mail.content["subject"]
    if kind not in WITHOUT_REASON:
        assert "Penghinaan" in mail.content["text"] or "hina" in mail.content["text"].lower()
    assert "Mohon diperhalus." in mail.content["text"]
    assert "Mohon diperhalus." in mail.content["html"]


def test_a_sent_letter_is_received_and_waits_for_those_who_may_decide(cast):
    _dewi, _eko = cast.dewi, cast.eko
    letter = cast.letter(author=cast.eko, publication=Publication.SUBMITTED)
    event = happen(Kind.LETTER_SUBMITTED, by=cast.eko, letter=letter)
    work()
    assert told(event) == {("Eko", "submitted"), ("Dewi", "to_review")}


def test_a_published_letter_is_told_to_its_author_and_to_its_businesses(cast):
    _bima, _fajar = cast.bima, cast.fajar
    letter = cast.letter(merchants=[cast.shop, cast.courier])
    first, second = (case.id for case in letter.cases)
    forget_notified(letter)
    event = happen(Kind.LETTER_PUBLISHED, by=cast.dewi, letter=letter)
    work()
    assert told(event) == {("Ana", "published"), ("Bima", "new_letter"), ("Fajar", "new_letter")}
    assert mailed() == {("ana", "published"), ("bima", "new_letter"), ("fajar", "new_letter")}
    db.session.expire_all()
    assert all(case.notified_at for case in db.session.query(Case).all())
    assert events(Kind.CASE_NOTIFIED) == 2
    by_address = {mail.to.split("@")[0]: mail for mail in mails("new_letter")}
    assert "Toko Melati" in by_address["bima"].content["text"]
    links = {link.address.split("@")[0]: link for link in db.session.query(AnswerLink)}
    assert {name: link.case_id for name, link in links.items()} == {"bima": first, "fajar": second}
    assert re.search(r"http://localhost/answer/[\w-]{43}\s", by_address["fajar"].content["text"])


def test_a_business_without_anybody_is_not_told_and_that_is_known(cast):
    letter = cast.letter()
    forget_notified(letter)
    happen(Kind.LETTER_PUBLISHED, by=cast.dewi, letter=letter)
    work()
    db.session.expire_all()
    assert db.session.query(Case).one().notified_at is None
    assert events(Kind.CASE_NOTIFIED) == 0


def test_a_contact_address_is_told_without_an_account_and_can_leave(cast, browse):
    address = make_contact(cast.shop, "halo@tokomelati.example")
    letter = cast.letter()
    forget_notified(letter)
    happen(Kind.LETTER_PUBLISHED, by=cast.dewi, letter=letter)
    work()
    mail = next(m for m in mails() if m.to == "halo@tokomelati.example")
    assert "Toko Melati" in mail.content["text"]
    assert events(Kind.CASE_NOTIFIED) == 1
    url = mail.content["unsubscribe"]
    page = browse().open(url)
    assert page.status == 200
    browse().submit(url, form="unsubscribe")
    db.session.expire_all()
    assert address.state is ContactState.REFUSED


def test_an_old_link_does_not_remove_a_new_contact(cast, browse):
    old = make_contact(cast.shop, "lama@tokomelati.example")
    happen(Kind.LETTER_PUBLISHED, by=cast.dewi, letter=cast.letter())
    work()
    url = next(m for m in mails() if m.to == "lama@tokomelati.example").content["unsubscribe"]
    new = make_contact(cast.shop, "baru@tokomelati.example")
    browse().submit(url, form="unsubscribe")
    db.session.expire_all()
    assert (old.state, new.state) == (ContactState.REFUSED, ContactState.WORKING)


def test_a_comment_reaches_the_author_and_a_reply_the_one_it_answers(cast):
    letter = cast.letter()
    first = make_comment(letter, cast.citra)
    happen(Kind.COMMENT_POSTED, by=cast.citra, letter=letter, about=f"comment:{first.id}")
    reply = make_comment(letter, cast.fajar, "Sama, saya juga.", parent=first)
    event = happen(Kind.COMMENT_POSTED, by=cast.fajar, letter=letter, about=f"comment:{reply.id}")
    work()
    assert told() == {("Ana", "commented"), ("Citra", "replied")}
    assert told(event) == {("Ana", "commented"), ("Citra", "replied")}  # both comments share Ana's line


def test_an_answer_to_the_author_s_own_comment_is_a_reply_only(cast):
    letter = cast.letter()
    own = make_comment(letter, cast.ana)
    reply = make_comment(letter, cast.citra, parent=own)
    event = happen(Kind.COMMENT_POSTED, by=cast.citra, letter=letter, about=f"comment:{reply.id}")
    work()
    assert told(event) == {("Ana", "replied")}


def test_nobody_is_told_of_their_own_act(cast):
    letter = cast.letter()
    own = make_comment(letter, cast.ana)
    again = make_comment(letter, cast.ana, parent=own)
    happen(Kind.COMMENT_POSTED, by=cast.ana, letter=letter, about=f"comment:{own.id}")
    happen(Kind.COMMENT_POSTED, by=cast.ana, letter=letter, about=f"comment:{again.id}")
    happen(Kind.CLAIM_APPROVED, by=cast.citra, about=f"claim:{make_claim(cast.citra, cast.shop).id}", merchant_id=cast.shop.id)
    work()
    assert told() == set()
    assert mails() == []


def test_what_is_hidden_before_delivery_is_told_to_nobody(cast):
    letter = cast.letter()
    comment = make_comment(letter, cast.citra)
    happen(Kind.COMMENT_POSTED, by=cast.citra, letter=letter, about=f"comment:{comment.id}")
    hide_comment(comment)
    work()
    assert told() == set()
    assert mails() == []


@pytest.mark.parametrize(
    ("kind", "notice"),
    [
        (Kind.CASE_ANSWERED, "response"),
        (Kind.CASE_ACKNOWLEDGED, "acknowledged"),
        (Kind.CASE_ASKED, "question"),
        (Kind.OUTCOME_ASKED, "outcome_asked"),
    ],
)
def test_what_the_business_does_reaches_the_author(cast, kind, notice):
    letter = cast.letter(merchants=[cast.shop, cast.courier])
    event = happen(kind, by=cast.bima if kind is not Kind.OUTCOME_ASKED else None, letter=letter, case=letter.cases[0])
    work()
    assert told(event) == {("Ana", notice)}
    assert "Toko Melati" in mails(notice)[0].content["subject"]


@pytest.mark.parametrize(
    ("kind", "notice"),
    [
        (Kind.QUESTION_ANSWERED, "question_answered"),
        (Kind.OUTCOME_SET, "outcome_set"),
        (Kind.OUTCOME_REOPENED, "outcome_reopened"),
    ],
)
def test_what_the_author_says_reaches_that_business_alone(cast, kind, notice):
    _bima, _fajar = cast.bima, cast.fajar
    letter = cast.letter(merchants=[cast.shop, cast.courier])
    event = happen(kind, by=cast.ana, letter=letter, case=letter.cases[1], outcome="solved")
    work()
    assert told(event) == {("Fajar", notice)}


def test_an_update_reaches_every_business_of_the_letter(cast):
    _bima, _fajar = cast.bima, cast.fajar
    letter = cast.letter(merchants=[cast.shop, cast.courier])
    event = happen(Kind.UPDATE_ADDED, by=cast.ana, letter=letter, about="update:1")
    work()
    assert told(event) == {("Bima", "update_added"), ("Fajar", "update_added")}


def test_a_former_representative_and_a_closed_account_hear_nothing(cast):
    _bima, _fajar = cast.bima, cast.fajar
    letter = cast.letter(merchants=[cast.shop, cast.courier])
    end_voice(cast.bima)
    close(cast.fajar)
    happen(Kind.UPDATE_ADDED, by=cast.ana, letter=letter, about="update:1")
    work()
    assert told() == set()


def test_a_hidden_response_is_told_to_who_signed_it(cast):
    letter = cast.letter()
    response = respond(letter.cases[0], cast.bima)
    event = happen(Kind.RESPONSE_HIDDEN, by=cast.dewi, letter=letter, case=letter.cases[0], about=f"response:{response.id}")
    work()
    assert told(event) == {("Bima", "response_hidden")}


@pytest.mark.parametrize(("kind", "notice"), [(Kind.COMMENT_HIDDEN, "comment_hidden"), (Kind.COMMENT_RESTORED, "comment_restored")])
def test_a_hidden_comment_is_told_to_its_author(cast, kind, notice):
    letter = cast.letter()
    comment = make_comment(letter, cast.citra)
    event = happen(kind, by=cast.dewi, letter=letter, about=f"comment:{comment.id}", reason="insult", message="Kata kasar.")
    work()
    assert told(event) == {("Citra", notice)}


def test_a_claim_reaches_the_moderators_who_may_decide_when_one_must(cast):
    _dewi, _eko = cast.dewi, cast.eko
    cast.letter(author=cast.person("Gita", standing=Standing.MODERATOR))  # she wrote against the shop
    claim = make_claim(cast.eko, cast.shop)
    by_mail = happen(Kind.CLAIM_STARTED, by=cast.eko, about=f"claim:{claim.id}", merchant_id=cast.shop.id, way="email")
    event = happen(Kind.CLAIM_STARTED, by=cast.eko, about=f"claim:{claim.id}", merchant_id=cast.shop.id, way="moderator")
    work()
    assert told(by_mail) == set()
    assert told(event) == {("Dewi", "claim_started")}


@pytest.mark.parametrize(("kind", "notice"), [(Kind.CLAIM_APPROVED, "claim_approved"), (Kind.CLAIM_REFUSED, "claim_refused")])
def test_a_decided_claim_reaches_the_claimant(cast, kind, notice):
    claim = make_claim(cast.citra, cast.shop)
    event = happen(kind, by=cast.dewi, about=f"claim:{claim.id}", merchant_id=cast.shop.id, message="Terima kasih.")
    work()
    assert told(event) == {("Citra", notice)}
    assert "Toko Melati" in mails(notice)[0].content["subject"]
    there = "/desk" if kind is Kind.CLAIM_APPROVED else f"/merchants/{cast.shop.slug}/claim"
    assert there in mails(notice)[0].content["text"]


def test_a_decided_report_reaches_its_reporter_with_or_without_an_account(cast):
    letter = cast.letter(publication=Publication.TAKEN_DOWN)
    mine = make_report(letter, reporter=cast.citra)
    guest = make_report(letter, email="tamu@lain.example", language="en")
    for report in (mine, guest):
        happen(Kind.REPORT_DECIDED, by=cast.dewi, letter=letter, report_id=report.id, decision="upheld")
    work()
    assert told() == {("Citra", "report_decided")}
    assert mailed() == {("citra", "report_decided"), ("tamu", "report_decided")}
    mail = next(m for m in mails() if m.to == "tamu@lain.example")
    assert "Your report" in mail.content["subject"]
    assert guest.number in mail.content["text"]
    for found in mails():
        assert letter.title not in str(found.content)


def test_an_alarm_reaches_the_moderators_by_one_mail_an_hour(cast):
    _dewi, _eko = cast.dewi, cast.eko
    for title in ("Surat pertama yang menunggu", "Surat kedua yang menunggu"):
        letter = cast.letter(title=title, publication=Publication.SUBMITTED)
        happen(Kind.QUEUE_ALARM, letter=letter)
    work()
    assert told() == {("Dewi", "queue_alarm"), ("Eko", "queue_alarm")}
    assert len(mails("queue_alarm")) == 2
    db.session.expire_all()
    assert db.session.get(User, cast.dewi.id).unread == 2


def test_a_reviewed_letter_alarms_nobody_any_more(cast):
    _dewi = cast.dewi
    happen(Kind.QUEUE_ALARM, letter=cast.letter())
    work()
    assert told() == set()


def test_security_is_told_to_its_owner_in_the_site(cast):
    happen(Kind.PASSWORD_CHANGED, by=cast.ana, about=f"user:{cast.ana.id}")
    happen(Kind.EMAIL_CHANGED, by=cast.ana, about=f"user:{cast.ana.id}")
    work()
    assert told() == {("Ana", "password_changed"), ("Ana", "email_changed")}
    assert mails() == []  # forum/accounts mails it, to the old address too


@pytest.mark.parametrize("visibility", [Visibility.TOMBSTONE, Visibility.AUTHOR_ONLY])
def test_who_may_not_read_the_letter_any_more_is_not_told(cast, visibility):
    _bima = cast.bima
    make_contact(cast.shop, "halo@tokomelati.example")
    letter = cast.letter()
    comment = make_comment(letter, cast.citra)
    reply = make_comment(letter, cast.fajar, parent=comment)
    happen(Kind.UPDATE_ADDED, by=cast.ana, letter=letter, about="update:1")
    happen(Kind.BUSINESS_REMINDED, letter=letter, case=letter.cases[0], day=3)
    happen(Kind.COMMENT_POSTED, by=cast.fajar, letter=letter, about=f"comment:{reply.id}")
    hide_letter(letter, visibility)
    work()
    assert told() == {("Ana", "commented")}
    assert {name for name, _kind in mailed()} == {"ana"}


def test_private_details_are_in_no_mail(cast):
    secrets = {"order": "ORD-778812", "phone": "081234567890", "customer": "PLG-4411"}
    _bima, _dewi = cast.bima, cast.dewi
    make_contact(cast.shop, "halo@tokomelati.example")
    letter = cast.letter(details=secrets)
    waiting = cast.letter(details=secrets, publication=Publication.SUBMITTED)
    for kind in NOTICES:
        happen(kind, by=cast.citra, letter=letter, case=letter.cases[0], reason="insult", day=3, outcome="solved")
        happen(kind, by=cast.citra, letter=waiting, case=waiting.cases[0])
    work()
    everything = str([mail.content for mail in mails()])
    assert len(mails()) > 10
    assert not [value for value in secrets.values() if value in everything]
    assert letter.text[:40] not in everything


def test_unconfirmed_addresses_get_no_mail(cast):
    ghost = cast.person("Hantu", confirmed=False)
    happen(Kind.CLAIM_REFUSED, by=cast.dewi, about=f"claim:{make_claim(ghost, cast.shop).id}", merchant_id=cast.shop.id)
    work()
    assert told() == {("Hantu", "claim_refused")}
    assert mails() == []


def test_each_person_reads_their_own_language(cast):
    speak_english(cast.ana)
    letter = cast.letter(publication=Publication.RETURNED)
    happen(Kind.LETTER_RETURNED, by=cast.dewi, letter=letter, reason="unclear", message="Kapan kejadiannya?")
    work()
    (mail,) = mails("returned")
    assert "needs changes" in mail.content["subject"]
    assert "Perbaiki" not in mail.content["text"]
    assert f"/letters/{letter.id}/mend" in mail.content["text"]
    assert 'lang="en"' in mail.content["html"]


def test_hostile_words_are_escaped_in_html_and_add_no_line_to_the_subject(cast):
    letter = cast.letter(title="<script>alert(1)</script> {{7*7}} Bcc: semua@surat.example")
    happen(Kind.LETTER_REJECTED, by=cast.dewi, letter=letter, reason="insult", message="<img src=x onerror=alert(1)>\n\n{{7*7}}")
    work()
    (mail,) = mails("rejected")
    assert "<script>" not in mail.content["html"]
    assert "<img" not in mail.content["html"]
    assert "{{7*7}}" in mail.content["text"]
    assert "\n" not in mail.content["subject"]
    assert len(mail.content["subject"]) <= 200


def test_a_mail_names_why_it_came_and_the_way_out(cast):
    letter = cast.letter()
    happen(Kind.LETTER_PUBLISHED, by=cast.dewi, letter=letter)
    work()
    (mail,) = mails("published")
    text = mail.content["text"]
    assert "karena Anda penulis surat tersebut" in text
    assert mail.content["unsubscribe"] in text
    assert mail.content["unsubscribe"].startswith("http://localhost/unsubscribe/")
    assert f"http://localhost/letters/{letter.id}-" in text
    assert "http://localhost/notifications/settings" in mail.content["html"]


def test_delivering_twice_tells_once(cast):
    _bima = cast.bima
    letter = cast.letter()
    comment = make_comment(letter, cast.citra)
    one = happen(Kind.LETTER_PUBLISHED, by=cast.dewi, letter=letter)
    two = happen(Kind.COMMENT_POSTED, by=cast.citra, letter=letter, about=f"comment:{comment.id}")
    for _ in range(3):
        deliver(one.id)
        deliver(two.id)
    assert told() == {("Ana", "published"), ("Ana", "commented"), ("Bima", "new_letter")}
    assert len(mails()) == 3
    db.session.expire_all()
    assert db.session.get(User, cast.ana.id).unread == 2


def test_an_event_that_is_gone_is_no_failure(app):
    deliver(987654321)


@pytest.mark.parametrize("about", [None, "comment:", "comment:x", "comment:99999999999", "klaim:1", "comment:-1"])
def test_events_about_nothing_tell_nobody(cast, about):
    letter = cast.letter()
    happen(Kind.COMMENT_POSTED, by=cast.citra, letter=letter, about=about)
    happen(Kind.CLAIM_APPROVED, by=cast.dewi, about=about)
    happen(Kind.PASSWORD_CHANGED, by=cast.dewi, about=about)
    happen(Kind.REPORT_DECIDED, by=cast.dewi, letter=letter)
    work()
    assert told() == set()


def test_the_unwanted_is_not_mailed_but_told_in_the_site(cast):
    switch_off(cast.ana, Choice.PUBLISHED)
    letter = cast.letter()
    happen(Kind.LETTER_PUBLISHED, by=cast.dewi, letter=letter)
    happen(Kind.LETTER_TAKEN_DOWN, by=cast.dewi, letter=letter, reason="insult", message="x" * 20)
    work()
    assert told() == {("Ana", "published"), ("Ana", "taken_down")}
    assert mailed() == {("ana", "taken_down")}


def _decision(cast, notice):
    """Who is told by this notice of a decision, and what happens then."""
    facts = {"by": cast.dewi, "reason": "insult", "message": "x" * 20}
    if notice in {"claim_approved", "claim_refused"}:
        claim = make_claim(cast.citra, cast.shop)
        return cast.citra, {**facts, "about": f"claim:{claim.id}", "merchant_id": cast.shop.id}
    letter = cast.letter()
    if notice == "report_decided":
        report = make_report(letter, reporter=cast.citra)
        return cast.citra, {**facts, "letter": letter, "report_id": report.id, "decision": "upheld"}
    return cast.ana, {**facts, "letter": letter}


@pytest.mark.parametrize(
    ("notice", "choice"),
    [
        ("returned", Choice.RETURNED),
        ("rejected", Choice.REJECTED),
        ("revision_refused", Choice.REJECTED),
        ("claim_approved", Choice.CLAIM_DECIDED),
        ("claim_refused", Choice.CLAIM_DECIDED),
        ("report_decided", Choice.REPORT_DECIDED),
    ],
)
def test_a_decision_is_mailed_until_one_click_in_the_mail_says_no(cast, browse, notice, choice):
    person, facts = _decision(cast, notice)
    kind = next(kind for kind, notices in NOTICES.items() for one in notices if one.kind == notice)
    happen(kind, **facts)
    work()
    (mail,) = mails(notice)
    sent = browse().request("POST", mail.content["unsubscribe"], data={"List-Unsubscribe": "One-Click"})
    assert sent.status == 200
    assert [(row.user_id, row.kind) for row in db.session.query(MailChoice)] == [(person.id, choice.value)]
    second = happen(kind, **facts)
    work()
    assert told(second) == {(person.name.split()[0], notice)}
    assert len(mails(notice)) == 1


def test_what_is_taken_out_of_sight_and_what_opens_a_door_is_always_mailed():
    always = {notice.kind for notice in BY_KIND.values() if notice.choice is None and notice.mail}
    assert always == {
        *("taken_down", "attachment_hidden", "comment_hidden", "comment_refused", "response_hidden", "file_refused", "file_covered", "words_redacted"),
        *("webhook_added", "webhook_ended", "token_made"),  # doors to a business's cases
        "answer_decided",
        *(f"contest_{one}" for one in ("filed", "reminder", "lapsed", "answered", "decided", "decision", "withdrawn", "closed")),
        *(f"reply_{one}" for one in ("accepted", "refused", "hidden", "restored")),  # to who has no account, or of their words
        *("team_joined", "role_changed", "membership_ended", "team_member_ended"),
        *("claim_on_yours", "proof_failing", "proof_lost", "proof_decided"),
        *("sanctioned", "sanction_lifted", "appeal_decided"),
        *(f"order_{one}" for one in ("received", "alarm", "carried_out", "objected", "settled")),
        *("legal_notice", "legal_answered", "legal_answer", "legal_closed", "identity_given"),
        *("rights_changed", "rights_changed_beside", "second_asked", "second_confirmed"),
    }


def test_mail_templates_hold_no_bare_style_sheet():
    for path in Path("templates/emails").glob("notice.*"):
        assert "http" not in path.read_text()


def test_reading_back_a_shared_line_says_so(cast):
    letter = cast.letter()
    comment = make_comment(letter, cast.citra)
    event = happen(Kind.COMMENT_POSTED, by=cast.citra, letter=letter, about=f"comment:{comment.id}")
    subject = load([event], cast.ana)[event.id]
    with force_locale("id"):
        assert words_of("commented", subject).line.startswith("Citra mengomentari")
        assert words_of("commented", replace(subject, times=2)).line.startswith("Ada komentar baru")


@unit_of_work
def forget_notified(letter):
    db.session.execute(update(Case).where(Case.letter_id == letter.id).values(notified_at=None))


@unit_of_work
def hide_comment(comment):
    from forum.comments.lifecycle import CommentState

    comment.state = CommentState.HIDDEN


@unit_of_work
def hide_letter(letter, visibility):
    db.session.execute(
        update(Letter).where(Letter.id == letter.id).values(visibility=visibility, publication=Publication.TAKEN_DOWN)
    )
    db.session.expire(letter, ["visibility", "publication"])


@unit_of_work
def end_voice(person):
    from forum.core.clock import utcnow

    db.session.execute(update(Representative).where(Representative.user_id == person.id).values(ended_at=utcnow()))
    db.session.expire(person, ["representations"])


@unit_of_work
def close(person):
    from forum.core.clock import utcnow

    person.closed_at = utcnow()


@unit_of_work
def speak_english(person):
    person.language = "en"


@unit_of_work
def switch_off(person, choice):
    db.session.add(MailChoice(user_id=person.id, kind=choice.value))


@unit_of_work
def respond(case, person):
    from forum.core.text import RENDERER
    from forum.merchants.lifecycle import Proof
    from forum.responses.models import Remedy

    response = Response(
        case_id=case.id, author_id=person.id, signatory=person.name, job_title="Humas", proof=Proof.EMAIL,
        remedy=Remedy.APOLOGY, text="x", html="<p>x</p>", renderer=RENDERER,
    )  # fmt: skip
    db.session.add(response)
    return response


def events(kind: Kind) -> int:
    from forum.core.events import Event

    return db.session.query(Event).filter(Event.kind == kind).count()
