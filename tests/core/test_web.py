"""What a request tells of itself."""

import pytest

from forum.core.web import remote_address


@pytest.mark.parametrize(
    ("told", "counted"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8::5", "2001:db8::/64"),
        ("2001:db8::6:0:0:1", "2001:db8::/64"),
        ("2001:db8:1::5", "2001:db8:1::/64"),
        ("2001:db8:1:0:9:9:9:9", "2001:db8:1::/64"),
        ("::1", "::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("unknown", "unknown"),
    ],
)
def test_one_household_is_one_address_however_it_is_written(app, told, counted):
    with app.test_request_context(environ_base={"REMOTE_ADDR": told}):
        assert remote_address() == counted
