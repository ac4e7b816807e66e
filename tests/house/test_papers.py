"""Documents say what the code does."""

import pytest

from tools import papers


@pytest.mark.parametrize("name", papers.DOCUMENTS)
def test_the_generated_parts_are_those_of_the_code(name: str, whole_app) -> None:
    text = (papers.ROOT / name).read_text()
    assert "<!-- generated: " in text
    assert papers.written(text) == text, f"{name} is behind the code: run python -m tools.papers"


def test_every_setting_is_in_the_operators_paper() -> None:
    text = (papers.ROOT / "docs/operations.md").read_text()
    for spec in papers.fields(papers.Settings):
        assert f"| `{spec.metadata['variable']}` |" in text


def test_the_proxy_samples_let_no_client_tell_its_address():
    caddy, nginx = ((papers.ROOT / "deploy" / name).read_text() for name in ("Caddyfile", "nginx.conf"))
    assert {"request_header -X_*", "request_header -X-Forwarded_*"} <= {line.strip() for line in caddy.splitlines()}
    assert "underscores_in_headers" not in nginx  # off by default: such names are dropped
    for name, value in (("For", "$remote_addr"), ("Proto", "$scheme"), ("Host", "$host")):
        assert f"proxy_set_header X-Forwarded-{name} {value};" in nginx
