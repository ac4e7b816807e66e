"""E-mail addresses and names as they are stored."""

from email_validator import EmailNotValidError, validate_email

from forum.accounts.lifecycle import RESERVED_NAMES
from forum.accounts.models import LONGEST_EMAIL_CHARACTERS
from forum.config import settings
from forum.core.errors import Invalid
from forum.core.text import BadText, plain_name, seen_words


def normal_email(typed: str) -> str:
    """Return the address in lower case, its domain in ASCII; no question to the DNS. Raises Invalid("bad_email")."""
    if len(typed) > LONGEST_EMAIL_CHARACTERS:
        raise Invalid("bad_email", field="email")
    try:
        found = validate_email(typed.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as problem:
        raise Invalid("bad_email", field="email") from problem
    return (found.ascii_email or found.normalized).lower()


def normal_name(typed: str) -> str:
    """Return a person's name on one line, NFC, without invisible characters; one word is a whole name.

    Raises Invalid: bad_name, two_alphabets, hidden_characters, or reserved_name for one in which the site's own voice seems to speak.
    """
    try:
        name = plain_name(typed, one_script=False)  # people have names in two scripts
    except BadText as problem:
        code = problem.code if problem.code in {"two_alphabets", "hidden_characters"} else "bad_name"
        raise Invalid(code, field="name") from problem
    words = _in_a_row(name)
    if any(_in_a_row(reserved) in words for reserved in (*RESERVED_NAMES, settings().site_name)):
        raise Invalid("reserved_name", field="name")
    return name


def _in_a_row(text: str) -> str:
    return f" {' '.join(seen_words(text))} "
