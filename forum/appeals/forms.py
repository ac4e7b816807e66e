"""An appeal, and the decision on it."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField

from forum.appeals.models import ANSWER_CHARACTERS, APPEAL_CHARACTERS
from forum.core.forms import Characters, Form, TextField


class AppealForm(Form):
    """Why the decision is wrong."""

    text = TextField(
        _l("Why is the decision wrong?"),
        [Characters((0, APPEAL_CHARACTERS[1]))],
        description=_l("Say what was overlooked or misread. Another moderator reads this; it is not published."),
    )


class JudgeForm(Form):
    """The decision on an appeal; `decision` is the button that was pressed."""

    decision = StringField()
    answer = TextField(
        _l("Answer to who appealed"),
        [Characters((0, ANSWER_CHARACTERS[1]))],
        description=_l("Needed either way: what you looked at, and why the decision stays or is undone."),
    )
