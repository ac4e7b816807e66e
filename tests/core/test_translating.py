"""Templates speak the reader's language, and another one inside `force_locale` (mails), then the reader's again."""

import pytest
from flask import current_app
from flask_babel import force_locale


def say() -> str:
    return current_app.jinja_env.from_string('{{ _("Sign in") }}, {{ ngettext("%(num)d comment", "%(num)d comments", 2) }}').render()


@pytest.fixture
def asked(app):
    with app.test_request_context():
        yield


def test_another_language_holds_only_inside(asked):
    assert say() == "Masuk, 2 komentar"
    with force_locale("en"):
        assert say() == "Sign in, 2 comments"
        with force_locale("id"):
            assert say() == "Masuk, 2 komentar"
        assert say() == "Sign in, 2 comments"
    assert say() == "Masuk, 2 komentar"


def test_a_mail_may_come_first(asked):
    with force_locale("en"):
        assert say() == "Sign in, 2 comments"
    assert say() == "Masuk, 2 komentar"


def test_a_mail_needs_no_request(app):
    with force_locale("en"):
        assert say() == "Sign in, 2 comments"


def test_variables_are_escaped_where_the_template_escapes(asked):
    sentence = '{{ _("Search: %(words)s", words="<b>") }} {{ _("100%%") }}'
    page, mail = (current_app.jinja_env.overlay(autoescape=escapes).from_string(sentence) for escapes in (True, False))
    assert page.render() == "Search: &lt;b&gt; 100%"
    assert mail.render() == "Search: <b> 100%"
