"""Words of the desk: its lists and what stands in a table of cases."""

from flask_babel import gettext as _

from forum.desk.lifecycle import Show


def show_words(show: Show) -> str:
    """Return the name of a list."""
    return str(
        {
            Show.DUE: lambda: _("To answer"),
            Show.OVERDUE: lambda: _("Past the limit"),
            Show.ASKED: lambda: _("With the author"),
            Show.ANSWERED: lambda: _("Answered, not rated"),
            Show.PROMISED: lambda: _("Open promises"),
            Show.CONTESTED: lambda: _("Contested"),
            Show.RATED: lambda: _("Rated"),
            Show.ALL: lambda: _("All"),
        }[show]()
    )


def placeholder_words() -> dict[str, str]:
    """Return what each placeholder of a template stands for."""
    return {
        "judul": str(_("the title of the letter")),
        "nomor_surat": str(_("the number of the letter")),
        "byline": str(_("the name of the author as it is printed")),
        "tanggal": str(_("the day the letter was published")),
        "nama_usaha": str(_("the name of your business")),
        "penandatangan": str(_("your own name")),
    }
