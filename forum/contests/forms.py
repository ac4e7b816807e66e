"""The forms of contests, and the sentences of what can go wrong."""

from typing import Any, ClassVar, Final

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import MultipleFileField, RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Optional

from forum.accounts.models import LONGEST_EMAIL_CHARACTERS, LONGEST_NAME_CHARACTERS
from forum.contests.lifecycle import EFFECTS as FITTING
from forum.contests.lifecycle import GROUNDS as OF_SIDE
from forum.contests.lifecycle import REJECTED_FOR, UPHELD_FOR, Effect, Finding, Ground, Side
from forum.contests.models import ANSWER_CHARACTERS, CONTEST_CHARACTERS, MESSAGE_CHARACTERS, MOST_PASSAGES, Contest
from forum.contests.words import ADVICE, EFFECTS, FINDINGS, GROUNDS, proposal
from forum.core.forms import Characters, Form, LineField, OnceField, SeenField, TextField, without_nul
from forum.core.proposing import put
from forum.core.sentences import sentences
from forum.core.text import clean

LONGEST_LIST_CHARACTERS: Final = 8_000
PERSON: Final = "person"

sentences(
    {
        "no_passages": lambda _facts: _("Please tick the sentences that you contest, or copy the words."),
        "many_passages": lambda facts: _("At most %(most)s passages. Please choose the ones that matter.", most=facts["most"]),
        "passage_unfit": lambda facts: _(
            "A passage takes %(least)s to %(most)s characters with letters or figures.", least=facts["least"], most=facts["most"]
        ),
        "ground_unfit": lambda _facts: _("Please choose one of these grounds."),
        "too_much": lambda facts: _(
            "On this ground passages are covered at once, so it takes only the words that are meant: at most %(most)s characters of this letter, and you chose %(length)s.",
            most=facts["most"],
            length=facts["length"],
        ),
        "contested_already": lambda facts: _("You contest this passage on this ground already (contest no. %(number)s).", number=facts["number"]),
        "decided_already": lambda facts: _(
            "The editors have decided on this passage and this ground (contest no. %(number)s). It is not decided twice.", number=facts["number"]
        ),
        "say_it_first": lambda _facts: _(
            "First say so in an official response (“Not our customer or not our business”): it asks the author for a proof."
        ),
        "author_is_asked": lambda _facts: _("The author is asked for a proof at present. Please wait for the answer or until its days are over."),
        "deal_was_shown": lambda _facts: _(
            "The author named an order, a day or a receipt when your official response asked for it. Please answer the letter itself."
        ),
        "too_many_contests": lambda facts: _(
            "At most %(most)s contests may be open at a time. Please wait for a decision, or take one back.", most=facts["most"]
        ),
        "letter_gone": lambda _facts: _("The letter is not in print any more."),
        "too_late": lambda _facts: _("The time to answer is over, or the contest has ended. The editors decide with what is there."),
        "author_not_heard": lambda _facts: _(
            "The author has time to answer still. Until then the contest can only be rejected."
        ),
        "effect_needed": lambda _facts: _("Please choose what follows."),
    }
)


class ContestForm(Form):
    """Passages of a letter, a ground, and what is wrong."""

    file_fields: ClassVar[tuple[str, ...]] = ("files",)
    side = RadioField(_l("Who contests?"), [InputRequired(_l("Please choose for whom you contest."))])
    name = LineField(
        _l("Your name"),
        [Characters((0, LONGEST_NAME_CHARACTERS))],
        description=_l("Only the editors see it. Readers see “A person named in the letter”."),
    )
    email = LineField(
        _l("E-mail address"),
        [Optional(), Characters((0, LONGEST_EMAIL_CHARACTERS))],
        description=_l("You get a link that confirms your contest and shows how it stands. Nobody but the editors sees the address."),
    )
    ground = RadioField(_l("On what ground?"), [InputRequired(_l("Please choose a ground."))])
    passages = TextField(
        _l("Or copy the exact words"),
        [Characters((0, LONGEST_LIST_CHARACTERS))],
        description=_l("Only part of a sentence, such as a name or a number: exactly as it stands, each on a line of its own."),
    )
    text = TextField(
        _l("What is wrong with it?"),
        [Characters(CONTEST_CHARACTERS)],
        description=_l("Say it plainly, and what would be right. The author and the editors read this; readers do not."),
    )
    files = MultipleFileField(_l("Proof"))
    once = OnceField()

    def __init__(self, sides: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.side.choices = [SelectChoice(value, words) for value, words in sides]
        grounds = OF_SIDE[Side.BUSINESS] if len(sides) > 1 or sides[0][0] != PERSON else OF_SIDE[Side.PERSON]
        self.ground.choices = [SelectChoice(one.value, f"{GROUNDS[one]}: {ADVICE[one]}") for one in grounds]
        if len(sides) == 1 and not self.side.data:
            self.side.data = sides[0][0]

    @property
    def ticked(self) -> list[str]:
        """The sentences that were ticked, as they were sent."""
        sent = request.form.getlist("sentence") if request.method == "POST" else []
        return [clean(without_nul(one)) for one in sent[: MOST_PASSAGES * 3]]

    @property
    def chosen(self) -> list[str]:
        """Every passage: what was ticked, and what was typed or copied."""
        return [*self.ticked, *(line.strip() for line in (self.passages.data or "").splitlines() if line.strip())]

    @property
    def case_id(self) -> int | None:
        """The case of the business for which it is, None for a person."""
        return None if self.side.data == PERSON else int(self.side.data)

    @property
    def why(self) -> Ground:
        """The ground of the closed list."""
        return Ground(self.ground.data)


class ReactForm(Form):
    """The author says that an answer comes."""


class AnswerForm(Form):
    """The author answers, with files that only moderators open."""

    file_fields: ClassVar[tuple[str, ...]] = ("files",)
    text = TextField(
        _l("Your answer"),
        [Characters(ANSWER_CHARACTERS)],
        description=_l("Who contests and the editors read it; readers do not."),
    )
    files = MultipleFileField(_l("Proof"))


class WithdrawForm(Form):
    """Taking a contest back."""


class DecisionForm(Form):
    """A decision on a contest; `decision` is the button that was pressed."""

    decision = StringField()
    reason = SelectField(
        _l("Reason"), default="", validate_choice=False, description=_l("Each says first whether it upholds or rejects.")
    )
    effect = RadioField(_l("What follows when it is upheld?"), [Optional()], validate_choice=False)
    message = TextField(
        _l("Reasons for both sides"),
        [Characters((0, MESSAGE_CHARACTERS[1]))],
        description=_l("Choosing a reason proposes a text that you may change. The author and who contests get it."),
    )
    seen = SeenField()

    def __init__(self, contest: Contest, *, to: str | None = None, **kwargs: Any) -> None:
        """`to`: language of the author, who reads them like who contests."""
        super().__init__(**kwargs)
        self.to = to
        ground = contest.ground or Ground.UNLAWFUL
        self.reason.choices = [
            SelectChoice("", _("Choose a reason")),
            *(self._choice(one, _("Uphold")) for one in UPHELD_FOR[ground]),
            *(self._choice(one, _("Reject")) for one in REJECTED_FOR[ground]),
        ]
        self.effect.choices = [SelectChoice(one.value, EFFECTS[one]) for one in FITTING[ground]]
        if not self.effect.data:
            self.effect.data = FITTING[ground][0].value

    def _choice(self, one: Finding, verb: str) -> SelectChoice:
        return SelectChoice(one.value, f"{verb}: {FINDINGS[one]}", render_kw={"data-proposal": proposal(one, self.to)})

    @property
    def found(self) -> Finding | None:
        """The reason of the closed list, None while there is none."""
        return Finding(self.reason.data) if self.reason.data in set(Finding) else None

    @property
    def follows(self) -> Effect | None:
        """What an upheld contest does."""
        return Effect(self.effect.data) if self.effect.data in set(Effect) else None

    def propose(self) -> bool:
        """Put the proposed words into an empty message of a chosen reason and ask to read them; whether it did."""
        return self.found is not None and put(self.message, proposal(self.found, self.to))
