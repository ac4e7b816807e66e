"""What each file of the open data holds, in words."""

from flask_babel import gettext as _


def table_words() -> dict[str, str]:
    """Return what each table holds."""
    return {
        "businesses": _("Businesses with their categories"),
        "letters": _("Letters: kind, category, place, dates; of a letter that left only number, date and reason"),
        "cases": _("Cases, a letter and one business each: the facts that every figure is counted from"),
        "responses": _("Official responses: date, remedy, amount, not their words"),
        "promises": _("Promises: day, amount, what the author says of them"),
        "outcomes": _("How cases ended, each time their authors said so"),
        "heads": _("Daily heads of the hash chains"),
        "ledger": _("The public ledger: what was taken away, covered or put back, whose request it was and why"),
        "ledger_days": _("Where the chain of the ledger ended on each day"),
    }
