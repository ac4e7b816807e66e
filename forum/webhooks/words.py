"""Kinds of messages, states and problems of deliveries in words."""

from flask_babel import gettext as _

from forum.core.sentences import sentences
from forum.webhooks.lifecycle import TEST, DeliveryState


def state_words(state: DeliveryState) -> str:
    """Return where a delivery is."""
    words = {
        DeliveryState.WAITING: _("waits"),
        DeliveryState.DELIVERED: _("delivered"),
        DeliveryState.GIVEN_UP: _("given up"),
    }
    return str(words[state])


def type_words(name: str) -> str:
    """Return what a kind of message tells of."""
    words = {
        TEST: _("a test"),
        "letter.published": _("A letter about you was published."),
        "letter.withdrawn": _("Its author withdrew the letter."),
        "letter.taken_down": _("The letter was taken down."),
        "letter.reinstated": _("The letter is back in print."),
        "letter.revised": _("A new version of the letter was published."),
        "letter.updated": _("Its author added an update."),
        "case.acknowledged": _("You said that you received the letter."),
        "case.asked": _("You asked the author a question."),
        "case.question_answered": _("The author answered your question."),
        "case.question_lapsed": _("The author did not answer your question in time."),
        "case.answered": _("Your response was published."),
        "case.reminded": _("You were reminded of the letter."),
        "case.outcome_set": _("The author said how it ended."),
        "case.reopened": _("The author opened the case again."),
        "case.unconfirmed": _("The author did not say in time how it ended."),
    }
    return str(words[name])


def problem_words(code: str | None) -> str:
    """Return why a try failed, empty when it did not."""
    words = {
        "no_such_host": _("The name of the host is not known."),
        "private_address": _("The name leads to an address that is not on the public internet."),
        "timeout": _("No answer in time (10 seconds in all)."),
        "certificate": _("The certificate of the server is not valid for this name."),
        "connection": _("The connection failed."),
        "redirect": _("It answered with a redirect, which is not followed."),
        "refused": _("It did not answer with a status from 200 to 299."),
        "bad_url": _("The address is not allowed any more."),
    }
    return str(words.get(code or "", ""))


def _bad_url(facts: dict[str, str]) -> str:
    words = {
        "https": _("The address must begin with https://."),
        "password": _("The address must hold no name and password; the signature proves who sends."),
        "host": _("The address must name a host of the public internet, not a number or a local name."),
        "port": _("Only the ports 443 and 8443 are allowed."),
    }
    return str(words.get(facts.get("why", ""), _("This is not a web address that we can call.")))


sentences(
    {
        "bad_url": _bad_url,
        "bad_kind": lambda _facts: _("Please choose from the list."),
        "webhook_known": lambda _facts: _("This address is told already."),
        "webhooks_full": lambda facts: _("At most %(most)s webhooks fit; end one first.", most=facts["most"]),
        "webhook_ended": lambda _facts: _("This webhook was ended. Please add it again."),
        "tests_wait": lambda _facts: _("Test messages wait already; they are sent within a minute."),
    }
)
