"""The registry of what is held on people: each table and column, whose it is, whether the copy gives it, and what a deletion does.

A table or column that a room adds belongs in here: a house test fails until the registry gives it, or withholds it with a reason.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from forum.privacy.lifecycle import Ground, Withheld


class Match(StrEnum):
    """How a row is told to be a person's."""

    USER = "user"  # the column is the number of the account
    MAIL = "mail"  # the column is the address
    SEALED = "sealed"  # the column is the address, sealed: rows are opened one by one
    KEYED = "keyed"  # the column is a signature of the address
    ROW = "row"  # the column is the number of a row of another table that is the person's


@dataclass(frozen=True)
class Owner:
    """One way in which a row is a person's; `of` is the other table (ROW) or the purpose of the signature (KEYED)."""

    match: Match
    column: str
    of: str = ""


class Erase(StrEnum):
    """What a deletion does with the rows."""

    ROWS = "rows"  # they go
    BLANK = "blank"  # `blank` is written into them, the row stays
    KEEP = "keep"


@dataclass(frozen=True)
class Held:
    """What is held in one table: `given` and `withheld` name its columns; `kept` says why anything stays after a deletion.

    `blank` is written by every deletion, `public` besides when the person asked for all that others see. `letter` is the column
    that leads to a letter, whose legal hold keeps the row; `settled` the one that is empty while a procedure is open, which keeps it too.
    `quiet` leads to a letter whose hold alone keeps the row: while nobody may be told of that hold, the copy leaves it out.
    """

    owners: tuple[Owner, ...]
    given: str
    withheld: dict[Withheld, str] = field(default_factory=dict)
    erase: Erase = Erase.KEEP
    kept: Ground | None = None
    blank: dict[str, Any] = field(default_factory=dict)
    public: dict[str, Any] = field(default_factory=dict)
    letter: str = ""
    settled: str = ""
    quiet: str = ""


def _user(column: str = "user_id") -> Owner:
    return Owner(Match.USER, column)


def _row(column: str, of: str) -> Owner:
    return Owner(Match.ROW, column, of)


_T, _S, _O = Withheld.TECHNICAL, Withheld.SECRET, Withheld.OTHERS
_SEALED, _MAIL, _KEYED = Match.SEALED, Match.MAIL, Match.KEYED
_ROWS, _BLANK = Erase.ROWS, Erase.BLANK

HELD: Final[dict[str, Held]] = {
    "user": Held(
        (Owner(Match.USER, "id"),),
        "id name email standing language time_zone confirmed_at adult_declared_at rules_version rules_accepted_at created_at"
        " closed_at second_factor_since suspended_until letters_until comments_until reports_until unread",
        {_S: "password_hash"}, _BLANK, Ground.NUMBER_ONLY, {"email": None, "password_hash": None, "time_zone": None},
    ),
    "login_session": Held((_user(),), "created_at seen_at authenticated_at second_factor_at address device", {_T: "id user_id", _S: "token_hash"}, _ROWS),
    "mailed_link": Held((_user(),), "purpose email expires_at used_at", {_T: "id user_id", _S: "token_hash"}, _ROWS),
    "authenticator": Held((_user(),), "created_at used_at", {_T: "id user_id last_counter", _S: "secret"}, _ROWS),
    "passkey": Held((_user(),), "name created_at used_at", {_T: "id user_id sign_count", _S: "credential_id public_key"}, _ROWS),
    "recovery_code": Held((_user(),), "used_at", {_T: "id user_id", _S: "code_hash"}, _ROWS),
    "sign_in_step": Held((_user(),), "expires_at", {_T: "id user_id", _S: "token_hash"}, _ROWS),
    "parked_form": Held((_user("owner_id"),), "endpoint fields parked_at", {_T: "id owner_id", _S: "token_hash browser_hash"}, _ROWS),
    "mail": Held(
        (_user(), Owner(_SEALED, "to")), "kind to content state created_at sent_at",
        {_T: "id user_id dedupe attempts uncertain leased_until next_at error"}, _ROWS,
    ),
    "mail_choice": Held((_user(),), "kind", {_T: "user_id"}, _ROWS),
    "comment_mail": Held((_user(),), "letter_id mailed_at", {_T: "user_id event_id"}, _ROWS),
    "notification": Held((_user(),), "kind letter_id times created_at read_at", {_T: "id user_id event_id"}, _ROWS),
    "event": Held(
        (_user("by_id"),), "kind at role letter_id case_id merchant_id about",
        {_T: "id by_id number salt hash", _O: "data"}, Erase.KEEP, Ground.NUMBER_ONLY,
    ),
    "letter": Held(
        (_user("author_id"),),
        "id byline name_shown kind title text category writes_as place province event_on loss ask publication visibility reason"
        " message absences submitted_at published_at revised_at removed_at created_at me_too_count comment_count contested_at"
        " comments_locked_at comments_locked_reason reply_count",
        {_T: "author_id html renderer excerpt once version page_version comment_number", _S: "held_since held_quietly"}, _BLANK, Ground.PUBLIC, {},
        {"title": "–", "text": "", "html": "", "excerpt": "", "place": "–", "province": None, "ask": "", "loss": None,
         "event_on": None, "message": ""}, "id",
    ),
    "letter_draft": Held((_user("owner_id"),), "letter_id fields saved_at", {_T: "id owner_id once"}, _ROWS),
    "revision": Held(
        (_row("letter_id", "letter"),), "letter_id state title text why made_at decided_at message",
        {_T: "id", _O: "decided_by_id"}, _BLANK, Ground.PUBLIC, {}, {"title": "–", "text": "", "why": "", "message": ""}, "letter_id",
    ),
    "update": Held(
        (_row("letter_id", "letter"),), "letter_id text created_at", {_T: "id html renderer once"}, _BLANK, Ground.PUBLIC, {},
        {"text": "", "html": ""}, "letter_id",
    ),
    "case": Held(
        (_row("letter_id", "letter"),),
        "id letter_id merchant_id category details response outcome started_at notified_at acknowledged_at answered_at outcome_at"
        " promise_due promise_verdict",
        {_T: "position untold opened_at due_on uniform_at version", _O: "agent_id assigned_at"}, _BLANK, Ground.PUBLIC,
        {"details": None}, letter="letter_id",
    ),
    "merged_case": Held((_row("case_id", "case"), _row("kept_id", "case")), "before", {_T: "merge_id case_id kept_id"}, _ROWS),
    "question": Held(
        (_row("case_id", "case"),), "case_id answer asked_at resumed_at proof_given",
        {_T: "id answer_html renderer words_hash copies stops proof_for_id", _O: "asked_by_id text html"}, _BLANK, Ground.PUBLIC, {},
        {"answer": "", "answer_html": ""},
    ),
    "veil": Held((_row("letter_id", "letter"),), "place field", {_T: "row_id letter_id", _O: "covers"}, Erase.KEEP, Ground.PUBLIC, letter="letter_id"),
    "pack": Held((_row("case_id", "case"),), "case_id number language private made_at", {_T: "id body_id once"}, _ROWS),
    "comment": Held(
        (_user("author_id"),), "id letter_id byline merchant_name text state hidden_reason held_for held_at votes created_at edited_at",
        {_T: "number parent_id root_number newest_thread_first path depth author_id html renderer helped reply_count once version"},
        _BLANK, Ground.PUBLIC, {}, {"text": "", "html": "", "state": "deleted"}, "letter_id",
    ),
    "vote": Held((_user(),), "comment_id at", {_T: "user_id weight"}, Erase.KEEP, Ground.NUMBER_ONLY),
    "me_too": Held((_user(),), "letter_id at", {_T: "user_id"}, Erase.KEEP, Ground.NUMBER_ONLY),
    "attachment": Held(
        (_user("owner_id"),),
        "id letter_id audience kind name caption prepared original_size original_sha256 original_gone_at state refusal width height"
        " pages created_at hidden_at hidden_reason checked_at checked",
        {_T: "owner_id draft_id response_draft_id response_id case_id claim_id contest_id order_id legal_notice_id identity_order_id areas tries leased_until full_size position"
             " look_since original_key", _S: "token kept_letter_id"}, _BLANK, Ground.PUBLIC, {}, {"name": "–", "caption": ""}, "letter_id", quiet="kept_letter_id",
    ),
    "attachment_copy": Held((_row("attachment_id", "attachment"),), "variant mime size width height", {_T: "attachment_id key"}, Erase.KEEP, Ground.PUBLIC),
    "attachment_opening": Held(
        (_user("by_id"),), "attachment_id at role variant", {_T: "id by_id merchant_id case_id"}, Erase.KEEP, Ground.LEGAL_DUTY,
    ),
    "report": Held(
        (_user("reporter_id"), Owner(_SEALED, "email")), "number about letter_id reason text email state answer created_at decided_at reopened_at",
        {_T: "id reporter_id language once weight", _O: "snapshot decided_by_id seen_by_id seen_at"}, _BLANK, Ground.PROCEDURE,
        {"email": None, "text": ""}, letter="letter_id", settled="decided_at",
    ),
    "contest": Held(
        (_user("by_id"), Owner(_KEYED, "email_key", "contest-address")),
        "letter_id side ground state passages text name email made_at filed_at asked_at reacted_at answered_at heard_at finding effect"
        " message ended_at reopened_at",
        {_T: "id case_id redaction_id by_id email_key language once reminded_at report_id version hides", _O: "answer decided_by_id"},
        _BLANK, Ground.PROCEDURE, {"name": None, "email": None, "email_key": None}, letter="letter_id", settled="ended_at",
    ),
    "reply": Held(
        (Owner(_KEYED, "email_key", "reply-address"),),
        "letter_id name name_shown byline place text email state created_at proved_at decided_at refusal message hidden_at hidden_reason",
        {_T: "id corrects_id html renderer email_key language once", _O: "decided_by_id"}, _BLANK, Ground.PUBLIC,
        {"email": None, "place": "–", "name": "–"}, {"byline": "–", "text": "", "html": ""}, "letter_id",
    ),
    "appeal": Held(
        (_user("by_id"), _row("report_id", "report")), "side text state made_at answer decided_at alone",
        {_T: "id event_id by_id report_id", _O: "decided_by_id"}, Erase.KEEP, Ground.PROCEDURE,
    ),
    "sanction": Held(
        (_user(),), "kind scope reason message given_at ends_at lifted_at lift_message",
        {_T: "id user_id event_id", _O: "given_by_id second_by_id lifted_by_id"}, Erase.KEEP, Ground.PROCEDURE,
    ),
    "joint_request": Held(
        (_user(),), "kind state asked_at decided_at", {_T: "id user_id", _O: "data why asked_by_id decided_by_id"}, Erase.KEEP, Ground.LEGAL_DUTY,
    ),
    "claim": Held(
        (_user(),), "merchant_id work_email job_title statement state way domain proved_at created_at decided_at reason message",
        {_T: "id user_id version document expires_at once", _S: "record_token token_hash", _O: "first_by_id first_at first_note decided_by_id"},
        _BLANK, Ground.PROCEDURE, {"statement": "", "job_title": "–", "work_email": "–"}, settled="decided_at",
    ),
    "representative": Held(
        (_user(),), "merchant_id role job_title proof proved_domain document since ended_at end_reason",
        {_T: "id user_id looked_at next_check_at checked_at failing_since failed_checks", _S: "record_token"}, Erase.KEEP, Ground.OFFICIAL,
    ),
    "response": Held(
        (_user("author_id"),),
        "case_id signatory job_title proof proved_domain remedy how promise promise_due promise_amount proposal text created_at hidden_at hidden_reason",
        {_T: "id author_id link_id promise_done_at promise_verdict promise_verdict_at promise_done proposed_at proposal_answer"
             " proposal_answered_at wording_id copies counts file_count overruled_at html renderer corrects_id once"}, Erase.KEEP, Ground.OFFICIAL,
    ),
    "response_draft": Held((_user("author_id"),), "case_id fields saved_at", {_T: "id author_id claim_id"}, _ROWS),
    "answer_link": Held(
        (_user(), Owner(_SEALED, "address")), "case_id address language state fields created_at expires_at opened_at sent_at sent_from decided_at message reopened_at",
        {_T: "id contact_id user_id mail_id bounced_at", _S: "token_hash", _O: "decided_by_id"}, Erase.KEEP, Ground.OFFICIAL,
    ),
    "contact": Held(
        (Owner(_MAIL, "email"),), "merchant_id email purpose state source added_at changed_at",
        {_T: "id failure expires_at", _S: "token_hash", _O: "added_by_id"}, Erase.KEEP, Ground.OFFICIAL,
    ),
    "invitation": Held(
        (Owner(_MAIL, "email"), _user("accepted_by_id")), "merchant_id email role job_title created_at expires_at accepted_at cancelled_at",
        {_T: "id accepted_by_id", _S: "token_hash", _O: "invited_by_id"}, _ROWS,
    ),
    "objection": Held(
        (_user(),), "merchant_id reason text state created_at decided_at message reopened_at",
        {_T: "id representative_id claim_id user_id version", _O: "decided_by_id"}, Erase.KEEP, Ground.PROCEDURE,
    ),
    "letter_return": Held(
        (_row("letter_id", "letter"),), "letter_id title text ask reason message sent_at at",
        {_T: "id", _O: "by_id"}, _BLANK, Ground.PROCEDURE, {}, {"title": "–", "text": "", "ask": "", "message": ""}, "letter_id",
    ),
    "letter_mark": Held(
        (_row("letter_id", "letter"),), "return_id passage reason words", {_T: "id letter_id"}, _BLANK, Ground.PROCEDURE,
        {}, {"passage": "", "words": ""}, "letter_id",
    ),
    "takedown_order": Held(
        (_user("objected_by_id"),), "kind authority ground received_at state decided_at message objection objected_at end answer settled_at",
        {_T: "id once hours due_at half_at made_at checked_at objected_by_id version",
         _O: "reference words elsewhere refusal made_by_id checked_by_id decided_by_id settled_by_id"}, Erase.KEEP, Ground.LEGAL_DUTY,
    ),
    "takedown_target": Held((_user("person_id"),), "about took", {_T: "id order_id person_id"}, Erase.KEEP, Ground.LEGAL_DUTY),
    "legal_notice": Held(
        (Owner(_SEALED, "email"),),
        "state sender name counsel email merchant_id reference received_on demands text recorded_at outcome answer answered_at closed_at",
        {_T: "id once version", _O: "recorded_by_id answered_by_id closed_by_id"}, Erase.KEEP, Ground.LEGAL_DUTY,
    ),
    "legal_notice_thing": Held((_user("person_id"),), "letter_id about", {_T: "id notice_id person_id"}, Erase.KEEP, Ground.LEGAL_DUTY),
    "desk_hold": Held((_user(),), "item since until", {_T: "user_id", _O: "from_id note"}, _ROWS),
    "case_note": Held((_user("author_id"),), "case_id text created_at", {_T: "id author_id once"}, Erase.KEEP, Ground.OFFICIAL),
    "presence": Held((_user(),), "case_id since until", {_T: "user_id"}, _ROWS),
    "api_token": Held(
        (_user(),), "merchant_id name scopes created_at expires_at used_at ended_at",
        {_T: "id user_id once", _S: "token_hash hint"}, Erase.KEEP, Ground.OFFICIAL,
    ),
    "data_request": Held(
        (_user(), Owner(_KEYED, "email_key", "data-address")),
        "id kind state email text everything made_at proved_at decided_at refusal answer kept ready_at size",
        {_T: "user_id email_key language key", _O: "decided_by_id"}, Erase.KEEP, Ground.LEGAL_DUTY,
    ),
}  # fmt: skip

NOT_PERSONAL: Final[dict[str, str]] = {
    **dict.fromkeys(("freshness", "heartbeat", "tick", "chain_head", "day_head", "counter"), "how the site runs; keys of counters are hashes"),
    "job": "numbers of rows that wait for the worker, gone a week after",
    "passkey_challenge": "random bytes, for minutes",
    **dict.fromkeys(("body", "body_category"), "public bodies"),
    **dict.fromkeys(("merchant", "merchant_name", "merchant_merge", "public_number"), "businesses; who added or decided is only a number"),
    **dict.fromkeys(("response_template", "template_version", "wording", "wording_band"), "words of businesses; who changed them is only a number"),
    **dict.fromkeys(("webhook", "webhook_delivery"), "messages to systems of businesses, with numbers of cases and states"),
    **dict.fromkeys(("figures", "case_fact"), "figures and states of cases"),
    **dict.fromkeys(("ledger_row", "ledger_head", "ledger_day", "ledger_business"), "closed values and numbers, public"),
    **dict.fromkeys(("crowd_band", "crowd_text", "crowd_term"), "signatures of texts that cannot be read back, and lists of words"),
    **dict.fromkeys(("steering", "category", "announcement"), "how the site is set and what it tells everybody; who set it is only a number"),
    **dict.fromkeys(("legal_hold", "kept_words"), "what a legal matter keeps: its person is told by the matter itself, or not yet"),
    "identity_order": "orders to give out an identity: its person is told by a notice, on the day that the order leaves free",
    "redaction": "words that editors covered because they are about somebody else",
    "processing": "the log itself: closed values and numbers, told in the copy as its own part",
}  # fmt: skip
"""Tables that hold no personal data, or of which the law keeps the telling elsewhere, each with the reason."""
