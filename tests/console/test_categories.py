"""Categories are rows: added, named, ordered, retired; letters, search and statistics follow."""

import flask_migrate
import pytest
from sqlalchemy import text

from forum.config import BadSetting, Settings
from forum.console import actions
from forum.console.queries.steered import category_by_key
from forum.core import steering
from forum.core.db import db
from forum.core.errors import Invalid, NotNow, Stale
from forum.core.events import Kind
from forum.letters import categories
from tests.cast import Cast
from tests.moderation.stage import events

BEFORE = "0020"


def options(page) -> list[str]:
    return [one.get("value") for one in page.find("select", name="category")[0].iter("option")]


def test_the_table_begins_with_those_of_the_site(app) -> None:
    rows = db.session.execute(text("SELECT key, indonesian, english FROM category ORDER BY position")).all()
    assert [tuple(row) for row in rows] == [one[:3] for one in categories.STARTING]


def test_one_more_is_offered_searched_and_counted(cast, browse) -> None:
    surya, ana = browse(cast.surya), browse(cast.ana)
    surya.open("/console/categories")
    surya.submit(form="/console/categories", indonesian="Hewan Peliharaan", english="Pets")
    assert "hewan-peliharaan" in options(ana.open("/letters/write"))
    assert "hewan-peliharaan" in options(ana.open("/search"))
    letter = cast.letter(category="hewan-peliharaan", title="Kandang kucing tidak pernah sampai")
    assert letter.title in browse().open("/categories/hewan-peliharaan").words
    assert browse().open("/statistics/categories/hewan-peliharaan").status == 200
    assert browse().open("/categories/hewan-peliharaan/feed.atom").status == 200
    assert browse().open("/bodies/hewan-peliharaan").status == 200
    (event,) = events(Kind.SITE_CHANGED)
    assert (event.data["name"], event.data["before"]) == ("hewan-peliharaan", None)
    assert event.data["after"] == {"id": "Hewan Peliharaan", "en": "Pets", "position": 23, "retired": False}


def test_a_new_name_stands_everywhere_and_the_address_stays(cast, browse) -> None:
    letter, surya = cast.letter(category="penipuan"), browse(cast.surya)
    surya.open("/console/categories/penipuan")
    surya.submit(form="/console/categories/penipuan", indonesian="Penipuan Daring", english="Online Fraud", position="1")
    assert "Penipuan Daring" in browse().open(f"/categories/{letter.category}").words
    assert categories.name("penipuan", "en") == "Online Fraud"
    assert categories.offered()[0].key == "penipuan"
    assert options(browse(cast.ana).open("/letters/write"))[1] == "penipuan"
    positions = db.session.execute(text("SELECT position FROM category ORDER BY position")).scalars().all()
    assert list(positions) == list(range(1, 23))


def test_a_retired_one_keeps_its_letters_and_takes_no_new_ones(cast, browse) -> None:
    letter, surya = cast.letter(category="investasi"), browse(cast.surya)
    surya.open("/console/categories/investasi")
    surya.submit(form="/console/categories/investasi", retired="y")
    assert categories.find("investasi").retired
    assert "investasi" not in options(browse(cast.ana).open("/letters/write"))
    assert letter.title in browse().open("/categories/investasi").words
    assert "investasi" in options(browse().open("/search"))
    surya.open("/console/categories/investasi")
    surya.submit(form="/console/categories/investasi", retired=None)
    assert "investasi" in options(browse(cast.ana).open("/letters/write"))


def test_names_are_not_taken_twice_nor_empty_nor_huge(cast) -> None:
    for names in (("PENIPUAN", "Swindle"), ("Tipuan", "fraud"), ("x", "Y y"), ("A" * 61, "Long"), ("!!!", "???")):
        with pytest.raises(Invalid):
            actions.add_category(*names, by=cast.surya)
    assert events(Kind.SITE_CHANGED) == []


def test_stale_changes_and_none_at_all(cast) -> None:
    row = category_by_key("asuransi")
    given = {"position": row.position, "retired": False, "by": cast.surya}
    with pytest.raises(NotNow):
        actions.change_category(row, row.indonesian, row.english, seen=1, **given)
    actions.change_category(row, "Asuransi & BPJS", "Insurance", seen=1, **given)
    with pytest.raises(Stale):
        actions.change_category(row, "Asuransi", "Insurance", seen=1, **given)


def test_one_is_always_left(cast) -> None:
    rows = [category_by_key(one.key) for one in categories.STARTING]
    for row in rows[1:]:
        actions.change_category(row, row.indonesian, row.english, position=1, retired=True, by=cast.surya, seen=row.version)
    with pytest.raises(Invalid):
        actions.change_category(
            rows[0], rows[0].indonesian, rows[0].english, position=1, retired=True, by=cast.surya, seen=rows[0].version
        )


def test_days_of_a_category_that_is_not_there_stop_the_start(environment) -> None:
    from forum import config
    from forum.app import create_app

    before = config.settings()
    with pytest.raises(BadSetting, match="tidak-ada"):
        create_app(Settings.from_environment({**environment, "FORUM_CATEGORY_DAYS": "tidak-ada=5/10/20"}))
    config.activate(before)


def test_categories_go_down_and_up(fresh_copy) -> None:
    steering.forget()
    cast = Cast()
    actions.add_category("Hewan Peliharaan", "Pets", by=cast.surya)
    pets, fraud = cast.letter(category="hewan-peliharaan").id, cast.letter(category="penipuan").id
    actions.set_read_only("Kami pindah server.", by=None)
    db.session.remove()
    flask_migrate.downgrade(revision=BEFORE)
    found = db.session.execute(text("SELECT category FROM letter ORDER BY id")).scalars().all()
    assert (pets < fraud, list(found)) == (True, ["lain-lain", "penipuan"])
    assert db.session.execute(text("SELECT count(*) FROM event WHERE kind = 'site_changed'")).scalar_one() == 0
    db.session.remove()
    flask_migrate.upgrade()
    assert db.session.execute(text("SELECT count(*) FROM category")).scalar_one() == 22
    steering.forget()
