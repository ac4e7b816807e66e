"""Closed lists about people in the reader's language."""

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.accounts.models import Scope, User
from forum.accounts.rights import Standing
from forum.core.events import Kind
from forum.core.formats import moment
from forum.core.proposing import proposed
from forum.core.sentences import sentences
from forum.people.lifecycle import Authority, RequestKind, SanctionKind, SanctionReason
from forum.people.models import UNTIL_LIFTED, Sanction

STANDINGS = {
    Standing.MEMBER: _l("member"),
    Standing.MODERATOR: _l("moderator"),
    Standing.ADMINISTRATOR: _l("administrator"),
}
SANCTIONS = {
    SanctionKind.WARNING: _l("Warning"),
    SanctionKind.LIMIT: _l("Limit"),
    SanctionKind.SUSPENSION: _l("Suspension of the account"),
}
SCOPES = {
    Scope.LETTERS: _l("no new letters"),
    Scope.COMMENTS: _l("no comments"),
    Scope.REPORTS: _l("no reports"),
}
SANCTION_REASONS = {
    SanctionReason.INSULTS: _l("insults"),
    SanctionReason.THREATS: _l("threats"),
    SanctionReason.PERSONAL_DATA: _l("others' personal data, again and again"),
    SanctionReason.SPAM: _l("spam or advertising"),
    SanctionReason.FAKE: _l("invented letters, or several accounts of one person"),
    SanctionReason.REPORT_ABUSE: _l("reports meant to harm"),
    SanctionReason.IMPERSONATION: _l("passing for somebody else"),
    SanctionReason.EVASION: _l("getting around an earlier measure"),
    SanctionReason.UNLAWFUL: _l("against the law"),
}
PROPOSALS: dict[SanctionReason, Callable[[], str]] = {
    SanctionReason.INSULTS: lambda: _("What you wrote here insulted people. What happened may be told sharply, but without words that degrade anybody."),
    SanctionReason.THREATS: lambda: _("What you wrote here threatened people. Nobody may do that here."),
    SanctionReason.PERSONAL_DATA: lambda: _("You published private details of other people again, although we had covered such details before."),
    SanctionReason.SPAM: lambda: _("You used this account for advertising, or sent the same words many times."),
    SanctionReason.FAKE: lambda: _("We found letters that tell of nothing that happened, or several accounts of one person."),
    SanctionReason.REPORT_ABUSE: lambda: _("Your reports were meant to harm somebody: again and again they named nothing that breaks our rules."),
    SanctionReason.IMPERSONATION: lambda: _("You passed for somebody else, or for a business for which you do not speak."),
    SanctionReason.EVASION: lambda: _("You got around an earlier measure, for example with another account."),
    SanctionReason.UNLAWFUL: lambda: _("You published something that the law forbids."),
}
REQUESTS = {
    RequestKind.RIGHTS: _l("Change of rights"),
    RequestKind.SANCTION: _l("Measure against somebody with an office"),
    RequestKind.UNMASK: _l("Reading an identity"),
    RequestKind.DELETE_ORIGINAL: _l("Deleting a sealed original for good"),
    RequestKind.ERASE: _l("Erasing all data of a person, as they asked"),
    RequestKind.RELEASE_HOLD: _l("Ending a legal hold"),
}
AUTHORITIES = {
    Authority.COURT: _l("a court"),
    Authority.POLICE: _l("the police"),
    Authority.PROSECUTOR: _l("a public prosecutor"),
    Authority.OTHER: _l("another authority with this power"),
}
READ_KINDS = {
    Kind.ORIGINAL_OPENED: _l("sealed original of a file"),
    Kind.CLAIM_DOCUMENT_OPENED: _l("document of a claim"),
}


def standing_words(value: str) -> str:
    """Return the words for an office, none for an unknown value."""
    return str(STANDINGS[Standing(value)]) if value in set(Standing) else ""


def request_words(value: str) -> str:
    """Return what takes two persons, none for an unknown value."""
    return str(REQUESTS[RequestKind(value)]) if value in set(RequestKind) else ""


def sanction_reason_words(value: str | None) -> str:
    """Return the words for why somebody was sanctioned, none for an unknown value."""
    return str(SANCTION_REASONS[SanctionReason(value)]) if value in set(SanctionReason) else ""


def sanction_words(kind: str, scope: str | None) -> str:
    """Return what was done: `Limit: no comments`; none for an unknown value."""
    words = str(SANCTIONS[SanctionKind(kind)]) if kind in set(SanctionKind) else ""
    return f"{words}: {SCOPES[Scope(scope)]}" if scope in set(Scope) else words


def until_words(one: Sanction) -> str:
    """Return until when it holds, in words; none of a warning."""
    if one.kind is SanctionKind.WARNING:
        return ""
    return moment(one.ends_at) if one.ends_at is not None else str(_("until it is lifted"))


def suspended_words(facts: dict[str, object]) -> str:
    """The sentence of a refusal because of a suspension."""
    until = facts["until"]
    if until == UNTIL_LIFTED:
        return str(_("Your account is suspended until the editors lift it. You can still read, reach your own letters and data, and appeal."))
    return str(
        _(
            "Your account is suspended until %(moment)s. You can still read, reach your own letters and data, and appeal.",
            moment=moment(until),  # type: ignore[arg-type]
        )
    )


def suspension_words(who: User) -> str:
    """The sentence that stands above every page of a suspended person."""
    return suspended_words({"until": who.suspended_until})


def limited_words(facts: dict[str, object]) -> str:
    """The sentence of a refusal because of a limit."""
    until = moment(facts["until"])  # type: ignore[arg-type]
    return {
        Scope.LETTERS: lambda: str(_("A limit of the editors: no new letters from you until %(moment)s. What you wrote stays here.", moment=until)),
        Scope.COMMENTS: lambda: str(_("A limit of the editors: no comments from you until %(moment)s. What you wrote stays here.", moment=until)),
        Scope.REPORTS: lambda: str(_("A limit of the editors: no reports from you until %(moment)s. What you wrote stays here.", moment=until)),
    }[Scope(str(facts["scope"]))]()


sentences(
    {
        "suspended": suspended_words,
        "limited": limited_words,
        "sanction_needed": lambda _facts: _("Please choose what is done."),
        "scope_needed": lambda _facts: _("Please choose what the limit takes away."),
        "days_needed": lambda facts: _("Please say for how many days, 1 to %(most)s.", most=facts["most"]),
        "sanction_over": lambda _facts: _("This does not hold any more."),
        "standing_needed": lambda _facts: _("Please choose an office."),
        "same_standing": lambda _facts: _("The person is that already."),
        "no_such_account": lambda _facts: _("There is no confirmed account with this address."),
        "not_oneself": lambda _facts: _("Nobody asks for this about themselves."),
        "account_closed": lambda _facts: _("The account is closed."),
        "last_administrator": lambda _facts: _("This is the last administrator. Appoint another one first."),
        "request_over": lambda _facts: _("This request is decided, called off or too old. The page shows the new state."),
        "asker_gone": lambda _facts: _("Who asked has no right to this any more. Call it off and ask anew."),
        "two_needed": lambda _facts: _("Two persons are needed for this: ask for it, and let another one confirm."),
        "original_gone": lambda _facts: _("The sealed original is gone already."),
        "order_needed": lambda _facts: _("An identity is given out only on an order that is on record with its document."),
        "given_already": lambda _facts: _("On this order the identity was given out already."),
        "document_needed": lambda _facts: _("Please add the document, as PDF or picture."),
        "authority_needed": lambda _facts: _("Please choose which authority ordered it."),
        "day_unfit": lambda _facts: _("Please give a day that is not in the future."),
        "silent_until_needed": lambda _facts: _("Please give the day from which the person may be told: after today, within three years."),
    }
)


def proposal(reason: SanctionReason, language: str | None = None) -> str:
    """Return the text proposed to the moderator for the person, in that person's language, with the rule."""
    return proposed(PROPOSALS[reason], language=language, rule="conduct")
