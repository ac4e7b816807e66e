"""The search tables, one kind per engine: FTS5 on SQLite, tsvector with GIN on PostgreSQL.

Rows are written by forum/search, never by triggers: batch migrations would drop those.
"""

TABLES = ("letter_search",)  # and FTS5's own shadow tables, whose names begin alike

CREATE = {
    "sqlite": (("CREATE VIRTUAL TABLE letter_search USING fts5(title, body, merchants, tokenize='unicode61')"),),
    "postgresql": (
        (
            "CREATE TABLE letter_search (letter_id BIGINT PRIMARY KEY REFERENCES letter (id) ON DELETE CASCADE, "
            "document TSVECTOR NOT NULL)"
        ),
        # Kept in the row: were it moved aside, the planner would think a scan of the small table left behind cheap.
        "ALTER TABLE letter_search ALTER COLUMN document SET STORAGE MAIN",
        "CREATE INDEX ix_letter_search_document ON letter_search USING GIN (document)",
    ),
}
DROP = {"sqlite": ("DROP TABLE letter_search",), "postgresql": ("DROP TABLE letter_search",)}
