"""Forms of a claim on a business."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField
from wtforms.validators import InputRequired

from forum.accounts.models import LONGEST_EMAIL_CHARACTERS
from forum.core.forms import Characters, Form, LineField, OnceField, TextField
from forum.core.sentences import sentences
from forum.merchants.actions.claims import STATEMENT_CHARACTERS
from forum.merchants.actions.objections import OBJECTION_CHARACTERS
from forum.merchants.lifecycle import DocumentKind, NameKind, ObjectionReason, Proof
from forum.merchants.models import (
    LONGEST_DOMAIN_CHARACTERS,
    LONGEST_JOB_TITLE_CHARACTERS,
    LONGEST_MERCHANT_NAME_CHARACTERS,
)
from forum.merchants.words import DOCUMENTS, OBJECTIONS, WAYS

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
            "A moderator must look at this claim. Please say in at least %(least)s characters how the moderator can check it.",
            least=facts.get("least", 20),
        ),
        "address_elsewhere": lambda facts: _(
            "Your work e-mail is not at %(domain)s, so a moderator must look at this claim. Please take an address there, "
            "or say in at least %(least)s characters how the moderator can check it.",
            domain=facts["domain"],
            least=facts["least"],
        ),
        "claim_link_over": lambda _facts: _(
            "It was used or replaced already, or it is older than 24 hours. You can claim the business again."
        ),
        "claim_over": lambda _facts: _("The time of this claim is over. Please make it anew below."),
        "claim_changed": lambda _facts: _("This claim, or the domain of the business, was changed meanwhile. The page shows the new state."),
        "document_needed": lambda _facts: _("Please choose a document first."),
        "record_none": lambda facts: _(
            "We asked the DNS of %(domain)s and found no such record. A new record may take up to a day until everybody sees it.",
            domain=facts.get("domain", ""),
        ),
        "record_wrong": lambda facts: _(
            "We found a record of this site at %(domain)s, but with another value. Please copy the value exactly as it stands here.",
            domain=facts.get("domain", ""),
        ),
        "record_no_domain": lambda facts: _("The DNS does not know %(domain)s.", domain=facts.get("domain", "")),
        "record_silent": lambda facts: _(
            "The DNS servers of %(domain)s do not answer, or answer something else. Please try again later.",
            domain=facts.get("domain", ""),
        ),
        "objection_words": lambda facts: _(
            "Please say in %(least)s to %(most)s characters what the editors should know.",
            least=facts.get("least", 20),
            most=facts.get("most", 2000),
        ),
        "second_moderator": lambda _facts: _("You approved this claim first; another moderator has to approve it as well."),
        "bad_domain": lambda _facts: _("This is not the domain of one business."),
    }
)


class ClaimForm(Form):
    """Somebody says that they speak for a business."""

    once = OnceField()
    job_title = LineField(
        _l("Your job title"),
        [InputRequired(), Characters((2, LONGEST_JOB_TITLE_CHARACTERS))],
        description=_l("Shown on the public page of proofs."),
    )
    way = RadioField(
        _l("How do you prove it?"),
        [InputRequired()],
        choices=[SelectChoice(way.value, words) for way, words in WAYS.items()],
        default=Proof.EMAIL.value,
    )
    work_email = LineField(
        _l("Your work e-mail"),
        [Characters((0, LONGEST_EMAIL_CHARACTERS))],
        description=_l(
            "At the domain of the business we send a link to it. Free addresses prove nothing. It is never shown."
        ),
    )
    domain = LineField(
        _l("Domain of the business"),
        [Characters((0, LONGEST_DOMAIN_CHARACTERS))],
        description=_l("For a DNS record: as on the site of the business, for example tokomelati.example."),
    )
    document = SelectField(
        _l("Kind of the document"),
        choices=[SelectChoice("", _l("Please choose")), *(SelectChoice(kind.value, words) for kind, words in DOCUMENTS.items())],
        default="",
        validate_choice=False,
        description=_l("For a document: you choose the files on the next page. Only moderators open them; they are deleted some weeks after the decision."),
    )
    statement = TextField(
        _l("For the moderator"),
        [Characters((0, STATEMENT_CHARACTERS[1]))],
        description=_l(
            "Needed when a moderator decides: how can they check that you speak for the business? "
            "Name an official page or number where we can ask. Do not send identity cards."
        ),
    )

    @property
    def chosen_way(self) -> Proof:
        """How the claimant wants to prove it."""
        return Proof(self.way.data)

    @property
    def chosen_document(self) -> DocumentKind | None:
        """The kind of the document, None for none."""
        return DocumentKind(self.document.data) if self.document.data in set(DocumentKind) else None


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
        [InputRequired(), Characters((1, LONGEST_MERCHANT_NAME_CHARACTERS))],
        description=_l("As your customers write it: a brand, a former name, the name of the company."),
    )
    kind = SelectField(_l("What is it?"), choices=lambda: [SelectChoice(kind.value, words) for kind, words in kind_words().items()])


class ButtonForm(Form):
    """Only a button."""


class ObjectionForm(Form):
    """Somebody objects to a proof or a claim."""

    reason = RadioField(
        _l("What is wrong?"),
        [InputRequired(_l("Please choose a reason."))],
        choices=[SelectChoice(reason.value, words) for reason, words in OBJECTIONS.items()],
    )
    text = TextField(
        _l("What should the editors know?"),
        [InputRequired(), Characters(OBJECTION_CHARACTERS)],
        description=_l("Only the editors read this. Say how they can check it."),
    )

    @property
    def chosen(self) -> ObjectionReason:
        """The reason of the closed list."""
        return ObjectionReason(self.reason.data)
