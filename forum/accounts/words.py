"""Closed lists of accounts in the reader's language."""

from flask_babel import lazy_gettext as _l

from forum.accounts.lifecycle import Private, ReadingReason

PRIVATE = {
    Private.DETAILS: _l("private details of a letter"),
    Private.EMAIL: _l("e-mail address"),
    Private.IDENTITY: _l("identity"),
    Private.MAILED: _l("to whom a mail went"),
}
READING_REASONS = {
    ReadingReason.REVIEW: _l("a letter or version is reviewed"),
    ReadingReason.REPORT: _l("a report is decided"),
    ReadingReason.APPEAL: _l("an appeal is decided"),
    ReadingReason.DATA_REQUEST: _l("the person asked about their data"),
    ReadingReason.ORDER: _l("an order of a court or authority"),
    ReadingReason.SAFETY: _l("an account in wrong hands, or an attack"),
}
