"""Where files live, as it is written in FORUM_STORAGE."""

from pathlib import Path

import pytest

from forum.config import BadSetting, Settings
from forum.config.places import Bucket, place

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("/srv/files", Path("/srv/files")),
        ("s3://surat", Bucket("surat")),
        ("s3://surat/", Bucket("surat")),
        ("s3://surat/a/b?region=ap-southeast-3", Bucket("surat", "a/b/", region="ap-southeast-3")),
        ("s3://surat?endpoint=http://127.0.0.1:9000/", Bucket("surat", endpoint="http://127.0.0.1:9000")),
        ("s3://surat.id/x?endpoint=https://s3.example&profile=lama", Bucket("surat.id", "x/", "https://s3.example", profile="lama")),
    ],
)
def test_places_are_read(written, read):
    assert place(written) == read
    assert place(str(read)) == read


@pytest.mark.parametrize(
    "written",
    [
        "", " ", "s3://", "s3://ab", "s3://Surat", "s3://surat:9000", "s3://surat/../x", "s3://surat/a b", "s3://surat/.x",
        "http://surat", "file:///srv", "s3://surat?region=", "s3://surat?region=a;b", "s3://surat?zone=a", "s3://surat?endpoint=s3.example",
        "s3://surat?endpoint=https://s3.example/path", "s3://surat?endpoint=https://a;b", "s3://surat?endpoint=http://a:70000",
        "s3://surat?endpoint=ftp://a", "s3://surat#x", "s3://surat?profile=a%20b", "s3://surat?endpoint", "s3://[::1",
    ],
)  # fmt: skip
def test_others_are_refused_with_what_is_wanted(written):
    with pytest.raises(ValueError, match="must be a folder, or s3://bucket"):
        place(written)


def test_keys_do_not_belong_into_the_address():
    with pytest.raises(ValueError, match="must not hold keys") as told:
        place("s3://AKIA:very-secret@surat")
    assert "very-secret" not in str(told.value)


def settings(tmp_path, **more: str) -> Settings:
    return Settings.from_environment({"FORUM_DATA_DIR": str(tmp_path), **more})


def test_files_lie_in_the_data_folder_unless_told(tmp_path):
    assert settings(tmp_path).storage == tmp_path / "files"
    assert settings(tmp_path).files_address == ""


@pytest.mark.parametrize(
    "given",
    [
        {"FORUM_STORAGE": "s3://x"},
        {"FORUM_S3_PRESIGN": "1"},
        {"FORUM_S3_PRESIGN": "yes"},
        {"FORUM_S3_PRESIGN": "1", "FORUM_SITE_URL": "https://surat.example", "FORUM_STORAGE": "s3://surat?endpoint=http://10.0.0.1"},
    ],
)
def test_a_wrong_setting_is_named(tmp_path, given):
    with pytest.raises(BadSetting, match=next(iter(given))):
        settings(tmp_path, **given)


def test_browsers_are_sent_to_amazon_where_no_endpoint_is_named(tmp_path):
    chosen = settings(
        tmp_path, FORUM_S3_PRESIGN="1", FORUM_SITE_URL="https://surat.example", FORUM_STORAGE="s3://surat/x?region=ap-southeast-3"
    )
    assert chosen.files_address == "https://s3.ap-southeast-3.amazonaws.com/surat/x/"
