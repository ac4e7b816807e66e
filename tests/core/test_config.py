"""Settings: a wrong one stops the start and is named."""

import pytest

from forum.app import create_app
from forum.config import BadSetting, Settings

SECRET = "a secret that is long enough for anybody"
PRODUCTION = {"FORUM_ENV": "production", "FORUM_SITE_URL": "https://surat.example", "FORUM_SECRET_KEY": SECRET}


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("FORUM_ENV", "staging"),
        ("FORUM_DATABASE_URL", "mysql://x/y"),
        ("FORUM_SITE_URL", "surat.example"),
        ("FORUM_TIME_ZONE", "Jakarta"),
        ("FORUM_LANGUAGES", "id,fr"),
        ("FORUM_SMTP_URL", "mail.example"),
        ("FORUM_EXTRA_HOLIDAYS", "24-12-2026"),
        ("PORT", "70000"),
        ("FORUM_REVIEW_DAYS", "0"),
        ("FORUM_REPORT_HOURS", "two days"),
        ("FORUM_DATA_REQUEST_HOURS", "-1"),
        ("FORUM_SECRET_KEY", "short"),
    ],
)
def test_a_wrong_value_is_named(tmp_path, variable: str, value: str) -> None:
    with pytest.raises(BadSetting, match=variable):
        Settings.from_environment({"FORUM_DATA_DIR": str(tmp_path), **PRODUCTION, variable: value})


@pytest.mark.parametrize(
    "given",
    [
        {"FORUM_ANSWER_DAYS": "4"},
        {"FORUM_REPORT_ALARM_HOURS": "49"},
        {"FORUM_URGENT_ORDER_HOURS": "25"},
    ],
)
def test_deadlines_that_contradict_each_other_are_refused(tmp_path, given: dict[str, str]) -> None:
    with pytest.raises(BadSetting, match=next(iter(given))):
        Settings.from_environment({"FORUM_DATA_DIR": str(tmp_path), **PRODUCTION, **given})


@pytest.mark.parametrize("missing", ["FORUM_SECRET_KEY", "FORUM_SITE_URL"])
def test_production_needs_its_address_and_its_secret(tmp_path, missing: str) -> None:
    given = {name: value for name, value in PRODUCTION.items() if name != missing}
    with pytest.raises(BadSetting, match=missing):
        Settings.from_environment({"FORUM_DATA_DIR": str(tmp_path), **given})


def test_the_demo_keeps_the_secret_it_made(tmp_path) -> None:
    first, second = (Settings.from_environment({"FORUM_DATA_DIR": str(tmp_path)}) for _ in range(2))
    assert first.secret_key == second.secret_key
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("value", ["asuransi=5/15", "asuransi=15/5/30", "=5/10/20", "asuransi=0/1/2", "asuransi"])
def test_clocks_of_categories_are_three_days_that_do_not_fall(tmp_path, value: str) -> None:
    with pytest.raises(BadSetting, match="FORUM_CATEGORY_DAYS"):
        Settings.from_environment({"FORUM_DATA_DIR": str(tmp_path), "FORUM_CATEGORY_DAYS": value})


def test_a_clock_of_an_unknown_category_stops_the_start_and_is_named(tmp_path) -> None:
    given = {"FORUM_DATA_DIR": str(tmp_path), "FORUM_CATEGORY_DAYS": "asuransi=5/15/30, banking=5/10/20"}
    with pytest.raises(BadSetting, match="FORUM_CATEGORY_DAYS names no category: banking; there are asuransi, "):
        create_app(Settings.from_environment(given))
