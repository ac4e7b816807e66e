"""What keeps the tables of the ledger append-only in the database."""

from forum.core.append_only import Guards

GUARDS = Guards(
    {
        "ledger_row": "id = NEW.id OR event_id = NEW.event_id OR corrects_id = NEW.corrects_id",
        "ledger_business": "row_id = NEW.row_id AND merchant_id = NEW.merchant_id",
        "ledger_day": "day = NEW.day",
    },
    "the ledger is append-only: a wrong row is corrected by a new one",
    "refuse_change_of_ledger",
)
TABLES = tuple(GUARDS.tables)
guard, unguard, open_to_change = GUARDS.guard, GUARDS.unguard, GUARDS.open_to_change
