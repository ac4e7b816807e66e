"""The closed lists of contests in words, and the text proposed for each finding."""

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.contests.lifecycle import ContestState, Effect, Finding, Ground, Side
from forum.core.proposing import proposed

GROUNDS = {
    Ground.NOT_OUR_CUSTOMER: _l("The author is not our customer"),
    Ground.FALSE_FACT: _l("A false statement of fact about a person"),
    Ground.PERSONAL_DATA: _l("Personal data"),
    Ground.DUPLICATE: _l("It repeats another letter"),
    Ground.UNLAWFUL: _l("Against the law"),
}
STATES = {
    ContestState.UNPROVEN: _l("Waiting for the link in the mail"),
    ContestState.CONTESTED: _l("Contested"),
    ContestState.AUTHOR_ASKED: _l("The author is asked"),
    ContestState.HEARD: _l("The editors decide"),
    ContestState.UPHELD: _l("Upheld"),
    ContestState.REJECTED: _l("Rejected"),
    ContestState.WITHDRAWN: _l("Taken back"),
    ContestState.CLOSED: _l("Ended, since the letter is not in print any more"),
}
FINDINGS = {
    Finding.NO_DEAL_SHOWN: _l("No deal of the author with the business was shown"),
    Finding.NOT_PROVED: _l("The statement about the person was not proved"),
    Finding.PRIVATE: _l("It is personal data that need not be public"),
    Finding.SAME_LETTER: _l("The same matter stands in another letter"),
    Finding.AGAINST_LAW: _l("The law does not allow it"),
    Finding.DEAL_SHOWN: _l("The author showed a deal with the business"),
    Finding.PROVED: _l("The statement was proved"),
    Finding.OPINION: _l("It is an opinion, not a statement of fact"),
    Finding.NOT_A_PERSON: _l("It is about the business, not about a person"),
    Finding.NOT_PRIVATE: _l("It is no personal data, or was public before"),
    Finding.OTHER_MATTER: _l("It is another matter than in the other letter"),
    Finding.LAWFUL: _l("It is not against the law"),
    Finding.NOT_CONCERNED: _l("The passage is not about who contests it"),
    Finding.NOT_EXPLAINED: _l("The contest does not say what is wrong"),
}
EFFECTS = {
    Effect.COVER: _l("Cover the passages, wherever they stand"),
    Effect.TAKE_DOWN: _l("Take the letter down"),
}
DONE = {
    Effect.COVER: _l("the passages are covered"),
    Effect.TAKE_DOWN: _l("the letter is taken down"),
}
PROPOSALS: dict[Finding, Callable[[], str]] = {
    Finding.NO_DEAL_SHOWN: lambda: _(
        "The business says that the author is not its customer. The author was asked and named no order, no day and no receipt."
    ),
    Finding.NOT_PROVED: lambda: _(
        "The passage states a fact about a person. Whoever states it has to prove it; nothing that was sent does. What the author experienced stays readable."
    ),
    Finding.PRIVATE: lambda: _("The passage holds personal data which nobody needs in order to understand the letter."),
    Finding.SAME_LETTER: lambda: _("The author has written about the same matter before. That letter stays, and can be updated."),
    Finding.AGAINST_LAW: lambda: _("The passage holds something that the law does not allow us to show."),
    Finding.DEAL_SHOWN: lambda: _("The author named an order, a day or a receipt. Whether the complaint is right is for the two sides to settle."),
    Finding.PROVED: lambda: _("What the author sent supports the statement. The letter stays as it is."),
    Finding.OPINION: lambda: _("The passage says what the author thinks of what happened. An opinion may be sharp, and cannot be true or false."),
    Finding.NOT_A_PERSON: lambda: _("The passage is about a business. Criticism of a business stays; it can answer by an official response."),
    Finding.NOT_PRIVATE: lambda: _("The passage holds no personal data, or only what the business or the person published themselves."),
    Finding.OTHER_MATTER: lambda: _("The two letters are about different matters, orders or days."),
    Finding.LAWFUL: lambda: _("We find no law that forbids the passage."),
    Finding.NOT_CONCERNED: lambda: _("The passage is not about the person or business that contests it."),
    Finding.NOT_EXPLAINED: lambda: _("The contest does not say what exactly is wrong with the passage."),
}
ADVICE = {
    Ground.NOT_OUR_CUSTOMER: _l("After your official response “not our customer”, when the author showed no deal."),
    Ground.FALSE_FACT: _l("Only about people, such as an employee. A business cannot contest criticism of itself."),
    Ground.PERSONAL_DATA: _l("Covered at once, until the editors decide."),
    Ground.DUPLICATE: _l("Say which other letter it repeats."),
    Ground.UNLAWFUL: _l("Covered at once, until the editors decide. Say which law."),
}


def ground_words(value: str | None) -> str:
    """Return a ground in the reader's language; of a report made before there were grounds, what it was."""
    return str(GROUNDS[Ground(value)]) if value in set(Ground) else _("Report by the business's team")


def state_words(value: str) -> str:
    """Return where a contest stands."""
    return str(STATES[ContestState(value)])


def finding_words(value: str | None) -> str:
    """Return why a contest was upheld or rejected; empty for none."""
    return str(FINDINGS[Finding(value)]) if value in set(Finding) else ""


def effect_words(value: str | None) -> str:
    """Return what an upheld contest did; empty for none."""
    return str(DONE[Effect(value)]) if value in set(Effect) else ""


def side_words(side: Side, business: str) -> str:
    """Return who contests: the business by name, a person never."""
    return business if side is Side.BUSINESS else _("A person named in the letter")


def proposal(found: Finding, language: str | None = None) -> str:
    """Return the text proposed to the moderator for both sides, in the author's language, with the rule."""
    return proposed(PROPOSALS[found], language=language, rule="contests")
