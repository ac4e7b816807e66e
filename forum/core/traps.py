"""What nobody sees and no person trips over, in the forms that guests send: told in words when somebody does, never a silent drop."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField

from forum.config import settings
from forum.core.clock import utcnow
from forum.core.forms import Form
from forum.core.secrecy import sign_anew, signed_anew_by_us
from forum.core.web import visitor


def _stamp() -> str:
    now = str(int(utcnow().timestamp()))
    return f"{now}.{sign_anew('opened', now)}"


class Trapped(Form):
    """A form with a field that people do not see, the moment it was opened, and room for a sum (forum/core/work.py)."""

    website = StringField(_l("Please leave this empty"))
    opened = HiddenField(default=_stamp)
    work = HiddenField()

    def validate(self, extra_validators: Any = None) -> bool:
        """Also refuse what a machine does; the words stay, and the same form sent again is taken."""
        holds = super().validate(extra_validators)
        return self._is_untripped() and holds

    def _is_untripped(self) -> bool:
        if not visitor().is_guest:
            return True
        if self.website.data:
            self.website.data = ""
            self.website.errors = [
                _("A field that people do not see was filled in, perhaps by your browser. It is empty again: please send once more.")
            ]
            return False
        least = settings().least_form_seconds
        if not least:
            return True
        at, _dot, signature = (self.opened.data or "").partition(".")
        if not signed_anew_by_us("opened", at, signature):
            self.opened.data = _stamp()
            self.form_errors.append(_("This page was not quite right any more. Your words are still here: please send them once more."))
            return False
        if utcnow().timestamp() - int(at) < least:
            self.form_errors.append(_("That was very quick. Please read your words once more, then send them again."))
            return False
        return True
