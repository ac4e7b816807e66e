"""The tables of names go up, down and up again with rows in them; names that were there before are folded on the way."""

import flask_migrate
import pytest
from sqlalchemy import create_engine, inspect, text

NOW = "'2026-11-26 04:00:00+00:00'"
BEFORE = [
    f"""INSERT INTO "user" (id, name, email, password_hash, language, rules_version, rules_accepted_at, adult_declared_at,
        created_at, standing, unread) VALUES (1, 'Dewi', 'dewi@surat.example', 'x', 'id', '2026-11', {NOW}, {NOW}, {NOW},
        'moderator', 0)""",
    f"""INSERT INTO merchant (id, name, key, slug, created_at) VALUES (1, 'PT. Toko Melati Tbk', 'pt. toko melati tbk', 'melati', {NOW}),
        (2, 'Kurir Kilat', 'kurir kilat', 'kurir', {NOW})""",
    f"INSERT INTO event (id, kind, at, role, merchant_id, data) VALUES (1, 'merchant_added', {NOW}, 'system', 1, '{{}}')",
]
AFTER = [
    "UPDATE merchant SET merged_into_id = 1, suspect_of_id = 1 WHERE id = 2",
    f"""INSERT INTO merchant_name (id, merchant_id, kind, state, name, key, skeleton, loose, created_at, message)
        VALUES (1, 1, 'brand', 'accepted', 'Melati', 'melati', 'melatl', 'melatl', {NOW}, '')""",
    f"""INSERT INTO merchant_merge (id, from_id, into_id, reason, by_id, at, letters, moved)
        VALUES (1, 2, 1, 'spelling', 1, {NOW}, 1, '{{}}')""",
    "INSERT INTO merged_case (merge_id, case_id) VALUES (1, 7)",
    f"INSERT INTO event (id, kind, at, role, merchant_id, data) VALUES (2, 'merchant_merged', {NOW}, 'moderator', 1, '{{}}')",
    f"INSERT INTO notification (id, user_id, event_id, kind, created_at, times) VALUES (1, 1, 2, 'published', {NOW}, 1)",
]


@pytest.mark.timeout(300)
def test_up_down_up_with_rows(fresh) -> None:
    engine = create_engine(fresh.config["SQLALCHEMY_DATABASE_URI"])

    def ask(statement: str) -> list[tuple]:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(statement))]

    def write(statements: list[str]) -> None:
        with engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))

    flask_migrate.upgrade(revision="0004")
    write(BEFORE)
    flask_migrate.upgrade(revision="0005")
    folded = ask("SELECT skeleton, loose FROM merchant ORDER BY id")
    assert folded == [("pttokomelatltbk", "tokomelatl"), ("kurlrkllat", "kurlrkllat")]
    write(AFTER)
    flask_migrate.downgrade(revision="0004")
    assert ask("SELECT id, slug FROM merchant ORDER BY id") == [(1, "melati"), (2, "kurir")]
    assert ask("SELECT id FROM event") == [(1,)]
    assert not {"merchant_name", "merchant_merge", "merged_case"} & set(inspect(engine).get_table_names())
    flask_migrate.upgrade(revision="0005")
    assert ask("SELECT skeleton, loose FROM merchant ORDER BY id") == folded
    write(AFTER[1:2])
    flask_migrate.upgrade(revision="head")
    engine.dispose()
