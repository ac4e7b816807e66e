"""The look keeps its promises: contrast, weight, a strict content policy, and one whole build."""

import gzip
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli
import pytest

from forum.core.assets import Assets, build, fingerprint, style

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted((STATIC / "js").rglob("*.js"))
OWN = [*(STATIC / f"js/behaviours/{name}.js" for name in ("uploads", "cover", "check", "pick")), *(STATIC / "js/evidence").glob("*.js")]
SUM = STATIC / "js/behaviours/work.js"
"""Scripts of the pages where files are sent, covered and checked, and words are covered: nobody else loads them."""
STATES = ("accent", "waiting", "asked", "answered", "solved", "not-solved", "contested", "gone")
PAIR = re.compile(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)")
PLAIN = re.compile(r"--([\w-]+): (#\w{6});")


def tokens() -> dict[str, tuple[str, str]]:
    return {name: (light, dark) for name, light, dark in PAIR.findall((STATIC / "css/tokens.css").read_text())}


def channels(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def luminance(rgb: list[float]) -> float:
    """Relative luminance; WCAG 2.2, "relative luminance"."""
    linear = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: list[float], other: list[float]) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("state", [*STATES, "ink", "soft"])
@pytest.mark.parametrize("ground", ["paper", "raised"])
def test_words_are_readable_on_paper_and_on_their_tint(state: str, ground: str, theme: int) -> None:
    colour = [float(c) for c in channels(tokens()[state][theme])]
    paper = [float(c) for c in channels(tokens()[ground][theme])]
    tint = [0.1 * c + 0.9 * p for c, p in zip(colour, paper, strict=True)]
    assert contrast(colour, paper) >= 4.5
    if state in STATES:
        assert contrast(colour, tint) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_edges_of_fields_are_seen(theme: int) -> None:
    for ground in ("paper", "raised"):
        assert contrast(*([float(c) for c in channels(tokens()[name][theme])] for name in ("edge", ground))) >= 3


def test_old_browsers_get_the_light_theme() -> None:
    plain = dict(PLAIN.findall((STATIC / "css/tokens.css").read_text()))
    assert plain == {name: light for name, (light, _dark) in tokens().items()}


def test_weight() -> None:
    assert len(brotli.compress(style(STATIC).encode(), quality=11)) <= 14_000
    own, all_pages = packed(OWN), packed([script for script in SCRIPTS if script not in {*OWN, SUM}])
    assert all_pages <= 12_000
    assert own <= 17_000
    assert packed([SUM]) <= 1_000  # of a page of guests under attack, which needs little else
    assert not [script for script in SCRIPTS if script not in OWN and "evidence/" in script.read_text()]


def packed(scripts: list[Path]) -> int:
    return sum(len(gzip.compress(script.read_bytes(), 9)) for script in scripts)


def test_every_sheet_is_in_the_one_sheet() -> None:
    whole = style(STATIC)
    sheets = list((STATIC / "css").rglob("*.css"))
    assert whole.startswith("@layer tokens,reset,base,ui,pages;")
    for sheet in sheets:
        first = next(line.strip() for line in sheet.read_text().splitlines() if line.strip())
        assert first in whole, sheet
    assert whole.count("{") == whole.count("}")


PAGES = [template for template in TEMPLATES if "emails" not in template.parts]  # mail programs know inline styles only


@pytest.mark.parametrize("template", PAGES, ids=lambda path: path.name)
def test_templates_obey_the_content_policy(template: Path) -> None:
    text = template.read_text()
    assert not re.search(r"\sstyle=|<style|\son\w+=[\"']|javascript:", text)
    for script in re.findall(r"<script[^>]*>", text):
        assert "src=" in script or "application/ld+json" in script


def form_pages() -> list[Path]:
    """Whole pages with a form to fill in, but for those that set it in a pane beside a text."""
    return [
        page
        for page in PAGES
        if "{% extends" in (text := page.read_text()) and 'class="form"' in text and 'class="panes' not in text and page.name != "styleguide.html"
    ]


@pytest.mark.parametrize("page", form_pages(), ids=lambda page: page.name)
def test_forms_stand_in_one_column_of_one_measure(page: Path) -> None:
    assert "{% block main_class %}page--text{% endblock %}" in page.read_text()


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_work_under_trusted_types(script: Path) -> None:
    sinks = r"innerHTML|outerHTML|insertAdjacentHTML|DOMParser|document\.write|\beval\(|new Function|srcdoc|\.style\b|setAttribute\(\"style"
    assert not re.search(sinks, script.read_text())


def test_every_behaviour_that_a_template_names_exists() -> None:
    named = {
        name
        for t in TEMPLATES
        for names in re.findall(r'data-behaviour="([\w -]+)"', t.read_text())
        for name in names.split()
    }
    assert named <= {script.stem for script in (STATIC / "js/behaviours").glob("*.js")}


def test_build_is_whole_compressed_and_repeatable(tmp_path: Path) -> None:
    tag = build(STATIC, tmp_path)
    built = tmp_path / tag
    assert Assets(tag).url("site.css") == f"/static/{tag}/site.css"
    assert brotli.decompress((built / "site.css.br").read_bytes()) == (built / "site.css").read_bytes()
    assert gzip.decompress((built / "js/site.js.gz").read_bytes()) == (STATIC / "js/site.js").read_bytes()
    before = (built / "site.css").stat().st_mtime_ns
    assert build(STATIC, tmp_path) == tag
    assert (built / "site.css").stat().st_mtime_ns == before
    assert [path.name for path in tmp_path.iterdir()] == [tag]


def test_processes_that_start_together_build_one_tree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        tags = set(pool.map(lambda _turn: build(STATIC, tmp_path), range(8)))
    assert [path.name for path in tmp_path.iterdir()] == list(tags)


def test_any_changed_byte_changes_the_address(tmp_path: Path) -> None:
    copy = tmp_path / "static"
    shutil.copytree(STATIC, copy)
    before = fingerprint(copy)
    assert before == fingerprint(STATIC)
    sheet = copy / "css/pages/home.css"
    sheet.write_text(sheet.read_text() + " ")
    assert fingerprint(copy) != before
