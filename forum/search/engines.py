"""One question, two engines: FTS5 on SQLite, tsvector on PostgreSQL. Both hold the same analysed words."""

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import text

from forum.core.db import db, is_sqlite

MOST_COUNTED = 1_000
MOST_RANKED = 1_000
"""How many of the newest hits are ranked when the best are asked for: ranking all costs 50 to 250 ms at 100,000 letters."""


class Engine(Protocol):
    """What both engines can do; terms are letters and digits only."""

    def put(self, rows: Sequence[dict[str, object]]) -> None:
        """Index letters anew: letter_id, title, body and merchants, already analysed."""
        ...

    def remove(self, letter_ids: Sequence[int]) -> None:
        """Forget letters."""
        ...

    def clear(self) -> None:
        """Forget all."""
        ...

    def count(self, terms: Sequence[str]) -> int:
        """Return the number of letters with all terms, at most MOST_COUNTED + 1."""
        ...

    def newest(self, terms: Sequence[str], before: int | None, size: int, found: int) -> list[int]:
        """Return letter ids below `before`, the highest first; `found` is what `count` said."""
        ...

    def ranked(self, terms: Sequence[str], found: int) -> list[tuple[int, int]]:
        """Return (score, letter id) of the newest MOST_RANKED hits, best first; scores are whole numbers."""
        ...


class Fts5:
    """SQLite: the row's number is the letter's."""

    def put(self, rows: Sequence[dict[str, object]]) -> None:
        """Index letters anew."""
        self.remove([int(str(row["letter_id"])) for row in rows])
        insert = (
            "INSERT INTO letter_search (rowid, title, body, merchants) VALUES (:letter_id, :title, :body, :merchants)"
        )
        db.session.execute(text(insert), list(rows))

    def remove(self, letter_ids: Sequence[int]) -> None:
        """Forget letters."""
        if letter_ids:
            numbers = [{"id": number} for number in letter_ids]
            db.session.execute(text("DELETE FROM letter_search WHERE rowid = :id"), numbers)

    def clear(self) -> None:
        """Forget all."""
        db.session.execute(text("DELETE FROM letter_search"))

    def count(self, terms: Sequence[str]) -> int:
        """Return the capped number of hits."""
        query = "SELECT count(*) FROM (SELECT 1 FROM letter_search WHERE letter_search MATCH :q LIMIT :most)"
        return int(db.session.execute(text(query), {"q": _match(terms), "most": MOST_COUNTED + 1}).scalar_one())

    def newest(self, terms: Sequence[str], before: int | None, size: int, found: int) -> list[int]:
        """Return a page of hits: FTS5 walks them backwards by number."""
        behind = "AND rowid < :before" if before is not None else ""
        query = f"SELECT rowid FROM letter_search WHERE letter_search MATCH :q {behind} ORDER BY rowid DESC LIMIT :size"  # noqa: S608
        facts = {"q": _match(terms), "size": size} | ({"before": before} if before is not None else {})
        return list(db.session.execute(text(query), facts).scalars())

    def ranked(self, terms: Sequence[str], found: int) -> list[tuple[int, int]]:
        """Return the best of the newest by bm25, the title weighing eight times and the business four times the text."""
        query = (
            "SELECT CAST(-1000000 * bm25(letter_search, 8.0, 1.0, 4.0) AS INTEGER) AS score, rowid FROM letter_search "
            "WHERE letter_search MATCH :q ORDER BY rowid DESC LIMIT :most"
        )
        rows = db.session.execute(text(query), {"q": _match(terms), "most": MOST_RANKED})
        return sorted(((int(score), int(number)) for score, number in rows), reverse=True)


class Tsvector:
    """PostgreSQL: GIN finds few hits; many are found by walking the newest letters, as the planner would not choose itself."""

    def put(self, rows: Sequence[dict[str, object]]) -> None:
        """Index letters anew."""
        insert = (
            "INSERT INTO letter_search (letter_id, document) VALUES (:letter_id, setweight(to_tsvector('simple', :title), 'A') "
            "|| setweight(to_tsvector('simple', :merchants), 'B') || setweight(to_tsvector('simple', :body), 'D')) "
            "ON CONFLICT (letter_id) DO UPDATE SET document = EXCLUDED.document"
        )
        db.session.execute(text(insert), list(rows))

    def remove(self, letter_ids: Sequence[int]) -> None:
        """Forget letters."""
        db.session.execute(text("DELETE FROM letter_search WHERE letter_id = ANY(:ids)"), {"ids": list(letter_ids)})

    def clear(self) -> None:
        """Forget all."""
        db.session.execute(text("DELETE FROM letter_search"))

    def count(self, terms: Sequence[str]) -> int:
        """Return the capped number of hits; read from the GIN index alone, a millisecond or so."""
        query = "SELECT count(*) FROM (SELECT 1 FROM letter_search WHERE document @@ CAST(:q AS tsquery) LIMIT :most) AS hits"
        return int(db.session.execute(text(query), {"q": _tsquery(terms), "most": MOST_COUNTED + 1}).scalar_one())

    def newest(self, terms: Sequence[str], before: int | None, size: int, found: int) -> list[int]:
        """Return a page of hits: few are sorted, many are met soon on the way back from the newest."""
        behind = "AND letter_id < :before" if before is not None else ""
        if found <= MOST_COUNTED:
            found_first = "SELECT letter_id FROM letter_search WHERE document @@ CAST(:q AS tsquery)"
            rest = f"SELECT letter_id FROM hits WHERE true {behind} ORDER BY letter_id DESC LIMIT :size"  # noqa: S608
            query = f"WITH hits AS MATERIALIZED ({found_first}) {rest}"
        else:
            query = (
                f"SELECT letter_id FROM letter_search WHERE document @@ CAST(:q AS tsquery) {behind} "  # noqa: S608
                "ORDER BY letter_id DESC LIMIT :size"
            )
        facts = {"q": _tsquery(terms), "size": size} | ({"before": before} if before is not None else {})
        return list(db.session.execute(text(query), facts).scalars())

    def ranked(self, terms: Sequence[str], found: int) -> list[tuple[int, int]]:
        """Return the best of the newest by ts_rank, weights as on SQLite."""
        ids = self.newest(terms, None, MOST_RANKED, found)
        query = (
            "SELECT CAST(1000000 * ts_rank('{0.1, 0.1, 0.5, 1.0}', document, CAST(:q AS tsquery)) AS INTEGER) AS score, "
            "letter_id FROM letter_search WHERE letter_id = ANY(:ids)"
        )
        rows = db.session.execute(text(query), {"q": _tsquery(terms), "ids": ids})
        return sorted(((int(score), int(number)) for score, number in rows), reverse=True)


def _match(terms: Sequence[str]) -> str:
    return " AND ".join(f'"{term}"' for term in terms)


def _tsquery(terms: Sequence[str]) -> str:
    return " & ".join(f"'{term}'" for term in terms)


_FTS5, _TSVECTOR = Fts5(), Tsvector()


def engine() -> Engine:
    """Return the engine of this database."""
    return _FTS5 if is_sqlite() else _TSVECTOR
