"""Forms of a claim on a business."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField
from wtforms.validators import InputRequired

from forum.accounts.models import LONGEST_EMAIL_CHARACTERS
from forum.core.forms import Characters, Form, LineField, OnceField, TextField
from forum.core.sentences import sentences
from forum.merchants.actions.claims import STATEMENT_CHARACTERS
from forum.merchants.lifecycle import NameKind
from forum.merchants.models import LONGEST_JOB_TITLE_CHARACTERS, LONGEST_MERCHANT_NAME_CHARACTERS

sentences(
    {
        "bad_merchant_name": lambda _facts: _(
            "This is no name of a business: one line with at least one letter or digit, 100 characters at most."
        ),
        "looks_like": lambda facts: _(
            "“%(name)s” looks like the name of the proven business %(like)s.", name=facts["name"], like=facts["like"]
        ),
        "name_taken": lambda facts: _("%(merchant)s has this name already.", merchant=facts["merchant"]),
        "too_many_names": lambda facts: _("At most %(most)s names fit.", most=facts["most"]),
        "name_of_merged": lambda _facts: _(
            "This is the name of a business that was merged into this one. Undo the merge to take it away."
        ),
        "name_doubted": lambda _facts: _(
            "The name of this business looks like that of a proven one. The editors must look at the name first."
        ),
        "merged_already": lambda _facts: _("This business was merged into another one meanwhile."),
        "unconfirmed": lambda _facts: _("Please confirm your own e-mail address first: the link is in our first mail."),
        "statement_needed": lambda facts: _(
            "This address is not at a domain that we know to be the business's own, so a moderator must look at your claim. "
            "Please say in at least %(least)s characters how the moderator can check it.",
            least=facts.get("least", 20),
        ),
        "claim_link_over": lambda _facts: _(
            "This link does not work any more: it was used or replaced, or it is older than 24 hours. You can claim the business again."
        ),
        "bad_domain": lambda _facts: _("This is not the domain of one business."),
    }
)


class ClaimForm(Form):
    """Somebody says that they speak for a business."""

    once = OnceField()
    work_email = LineField(
        _l("Your work e-mail"),
        [InputRequired(), Characters((3, LONGEST_EMAIL_CHARACTERS))],
        description=_l(
            "At the domain of the business we send a link to it. Free addresses prove nothing. It is never shown."
        ),
    )
    job_title = LineField(
        _l("Your job title"),
        [InputRequired(), Characters((2, LONGEST_JOB_TITLE_CHARACTERS))],
        description=_l("Shown on the public page of proofs."),
    )
    statement = TextField(
        _l("For the moderator"),
        [Characters((0, STATEMENT_CHARACTERS[1]))],
        description=_l(
            "Needed when the work e-mail proves nothing: how can a moderator check that you speak for the business? "
            "Name an official page or number where we can ask. Do not send identity cards."
        ),
    )


class StatementForm(Form):
    """The claimant lets a moderator decide."""

    statement = TextField(
        _l("For the moderator"),
        [InputRequired(), Characters(STATEMENT_CHARACTERS)],
        id="hand-over-statement",
        description=_l(
            "How can a moderator check that you speak for the business? Name an official page or number where we can ask."
        ),
    )


def kind_words() -> dict[NameKind, str]:
    """Return what another name of a business is, as its owner says it."""
    return {
        NameKind.ALIAS: _("Name in use"),
        NameKind.BRAND: _("Brand"),
        NameKind.FORMER: _("Former name"),
        NameKind.LEGAL: _("Legal name"),
    }


class NameForm(Form):
    """An owner proposes another name of the business."""

    name = LineField(
        _l("Another name"),
        [Characters((1, LONGEST_MERCHANT_NAME_CHARACTERS))],
        description=_l("As your customers write it: a brand, a former name, the name of the company."),
    )
    kind = SelectField(_l("What is it?"), choices=lambda: [SelectChoice(kind.value, words) for kind, words in kind_words().items()])


class ButtonForm(Form):
    """Only a button."""
