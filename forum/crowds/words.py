"""The lists in words."""

from flask_babel import lazy_gettext as _l

from forum.crowds.lifecycle import TermList

LISTS = {
    TermList.GAMBLING: _l("Gambling"),
    TermList.LOAN: _l("Unlawful loans"),
    TermList.OTHER: _l("Other advertising"),
}
