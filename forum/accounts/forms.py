"""Forms of accounts. Fields that hold a password have "password" in their name: such are never parked nor shown again."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    PasswordField,
    SelectChoice,
    SelectField,
    StringField,
    ValidationError,
)
from wtforms import Form as WTForm
from wtforms.validators import InputRequired

from forum.accounts.addresses import normal_email, normal_name
from forum.accounts.lifecycle import TIME_ZONES, ReadingReason
from forum.accounts.models import LONGEST_PASSKEY_NAME_CHARACTERS
from forum.accounts.passwords import PASSWORD_CHARACTERS
from forum.accounts.strength import refuse_weak
from forum.accounts.words import READING_REASONS
from forum.config import settings
from forum.core.errors import DomainError
from forum.core.forms import Characters, Form, LineField
from forum.core.sentences import sentence, sentences
from forum.core.templating import LANGUAGE_NAMES

sentences(
    {
        "bad_email": lambda _facts: _("This is not an e-mail address. It looks like nama@contoh.id."),
        "bad_name": lambda _facts: _(
            "Please write your name with letters, at most 100 characters. One word is enough."
        ),
        "two_alphabets": lambda _facts: _(
            "One word mixes letters of two alphabets. Please write each word with letters of one."
        ),
        "hidden_characters": lambda _facts: _(
            "This name holds characters that nobody sees or that turn its direction. Please type it anew."
        ),
        "reserved_name": lambda _facts: _("This name is kept for the site itself. Please write your own name."),
        "business_name": lambda _facts: _("This is the name of a business. Please write your own name."),
        "email_taken": lambda _facts: _("Another account has this address already."),
        "email_same": lambda _facts: _("This is your address already."),
        "password_short": lambda facts: _("Too short. Please use at least %(least)s characters.", least=facts["least"]),
        "password_long": lambda facts: _("Too long. At most %(most)s characters can be kept.", most=facts["most"]),
        "password_common": lambda _facts: _(
            "Many people use this password, so it is guessed first. Please take another: a few words that only you put together."
        ),
        "password_is_email": lambda _facts: _("Your e-mail address cannot be the password."),
        "wrong_credentials": lambda _facts: _("The e-mail address or the password is not right."),
        "wrong_password": lambda _facts: _("This is not your password."),
        "already_confirmed": lambda _facts: _("Your address is confirmed already."),
        "link_over": lambda _facts: _("This link was used already or is too old."),
        "wrong_code": lambda _facts: _(
            "This code is not right, or it was used already. The app shows a new one every 30 seconds."
        ),
        "bad_passkey": lambda _facts: _("The passkey was not accepted. Please try again, or use another way."),
        "too_many_passkeys": lambda facts: _(
            "You have %(most)s passkeys; more do not fit. Please remove one first.", most=facts["most"]
        ),
        "authenticator_there": lambda _facts: _("An app is set up already. Remove it first to set up another."),
        "factor_gone": lambda _facts: _("This was removed already."),
        "step_over": lambda _facts: _("This took too long, or the sign-in was finished elsewhere. Please sign in again."),
        "bad_secret": lambda _facts: _("The key of this page was not ours. Here is a new one: please scan it again."),
        "second_factor_needed": lambda _facts: _(
            "The business has answered letters, so whoever acts in its name needs a second factor: "
            "a stolen password alone must not be enough to speak for it. Please set it up in your settings."
        ),
    }
)

LONGEST_PASSWORD_CHARACTERS = PASSWORD_CHARACTERS[1]


class Taken:
    """A value the domain takes; its refusal becomes the message at the field."""

    def __init__(self, check: Callable[[str], object]) -> None:
        self.check = check

    def __call__(self, form: WTForm, field: Field) -> None:
        try:
            self.check(field.data or "")
        except DomainError as problem:
            raise ValidationError(sentence(problem)) from problem


def _required(words: Any = None) -> InputRequired:
    return InputRequired(words or _l("Please fill this in."))


def _new_password(label: Any) -> PasswordField:
    return PasswordField(
        label,
        [_required()],
        description=_l("At least 10 characters. Length matters more than signs: a few words are good."),
    )


def _present_password() -> PasswordField:
    return PasswordField(
        _l("Present password"), [_required()], description=_l("We ask for it again, so that nobody else can do this.")
    )


class EmailField(StringField):
    """An e-mail address; spaces around it do not count."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            self.data = str(valuelist[0]).strip()


class _WithNewPassword(Form):
    """Refuses a weak password at its field; `email` is known to the form or to the view."""

    email_for_password = ""

    def validate_password(self, field: PasswordField) -> None:
        try:
            refuse_weak(field.data or "", email=self.email_for_password)
        except DomainError as problem:
            raise ValidationError(sentence(problem)) from problem


class SignUpForm(_WithNewPassword):
    name = LineField(
        _l("Your name"),
        [_required(), Taken(normal_name)],
        description=_l(
            "As it may stand under your letters. One word is enough. You choose per letter whether it is shown in full."
        ),
    )
    email = EmailField(
        _l("E-mail address"),
        [_required(), Taken(normal_email)],
        description=_l("Never shown on the site. We send one link to confirm it."),
    )
    password = _new_password(_l("Password"))
    adult = BooleanField(_l("I am 18 years old or older"), [_required(_l("Accounts are for people aged 18 or older."))])
    consent = BooleanField(
        _l("I have read the rules and the privacy notice and agree to them"),
        [_required(_l("Without your agreement we cannot open an account."))],
    )

    def validate_password(self, field: PasswordField) -> None:
        """Also refuse the address that was typed above."""
        self.email_for_password = (self.email.data or "").lower()
        super().validate_password(field)


class SignInForm(Form):
    email = EmailField(_l("E-mail address"), [_required()])
    password = PasswordField(_l("Password"), [_required()])


class ForgotForm(Form):
    email = EmailField(_l("E-mail address"), [_required(), Taken(normal_email)])


class ResetForm(_WithNewPassword):
    password = _new_password(_l("New password"))


class ProfileForm(Form):
    name = LineField(
        _l("Name"),
        [_required()],
        description=_l("For what you write from now on. Letters and comments already sent keep their name."),
    )
    language = SelectField(_l("Language of pages and mails"))
    time_zone = SelectField(_l("Time zone"))

    def __init__(self, **defaults: Any) -> None:
        super().__init__(**defaults)
        self.language.choices = [SelectChoice(code, LANGUAGE_NAMES[code]) for code in settings().languages]
        places = {"WIB": _("western time"), "WITA": _("central time"), "WIT": _("eastern time")}
        self.time_zone.choices = [SelectChoice(zone, f"{short} ({places[short]})") for zone, short in TIME_ZONES.items()]


class ChangePasswordForm(_WithNewPassword):
    current_password = _present_password()
    password = _new_password(_l("New password"))


class ChangeEmailForm(Form):
    email = EmailField(
        _l("New e-mail address"),
        [_required(), Taken(normal_email)],
        description=_l("We send a link there. The present address stays until you open it."),
    )
    current_password = _present_password()


class CloseForm(Form):
    withdraw = BooleanField(
        _l("Withdraw my letters as well"),
        description=_l("Their text disappears; a note with the date stays in its place."),
    )
    current_password = _present_password()


def _code(label: Any, description: Any) -> LineField:
    return LineField(label, [_required()], description=description)


class SecondStepForm(Form):
    """The second step of signing in."""

    code = _code(
        _l("Code"), _l("Six digits from your app. Without the app: one of your recovery codes, which works once.")
    )


class PasskeyAnswerForm(Form):
    """What a passkey answered; a script fills it."""

    credential = HiddenField()


class AuthenticatorForm(Form):
    """An app that shows codes is set up: `secret` is what it was given."""

    secret = HiddenField()
    seal = HiddenField()
    code = _code(_l("Code"), _l("Six digits that the app shows now."))


class PasskeyForm(PasskeyAnswerForm):
    """A passkey is added."""

    name = LineField(
        _l("Name of the passkey"),
        [_required(), Characters((1, LONGEST_PASSKEY_NAME_CHARACTERS))],
        description=_l("So that you know it again, for example “office laptop”."),
    )


class ReconfirmForm(Form):
    """The password or a code, once more."""

    current_password = PasswordField(_l("Present password"))
    code = LineField(_l("Or a code"), description=_l("Six digits from your app, or a recovery code."))


class ReadingForm(Form):
    """Why private data is read."""

    why = SelectField(_l("Why do you read it?"), default="", validate_choice=False, id="reading-why")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.why.choices = [
            SelectChoice("", _("Choose a reason")),
            *(SelectChoice(one.value, words) for one, words in READING_REASONS.items()),
        ]

    @property
    def chosen(self) -> ReadingReason | None:
        """The reason, None while there is none."""
        return ReadingReason(self.why.data) if self.why.data in set(ReadingReason) else None
