"""Keeps documents equal to the code: `python -m tools.papers` rewrites the generated parts between their markers."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from forum.accounts.rights import MEANS, RIGHTS, Right, Standing
from forum.appeals.lifecycle import APPEAL_MOVES
from forum.comments.lifecycle import COMMENT_MOVES
from forum.config import Settings, activate
from forum.contests.lifecycle import CONTEST_MOVES
from forum.core.rates import A_DAY, A_MINUTE, A_QUARTER, AN_HOUR, LIMITS, Who
from forum.legal.lifecycle import NOTICE_MOVES
from forum.letters.lifecycle import MOVES, OUTCOME_MOVES, RESPONSE_MOVES
from forum.merchants.lifecycle import CLAIM_MOVES, CONTACT_MOVES, NAME_MOVES, OBJECTION_MOVES
from forum.moderation.lifecycle import REPORT_MOVES
from forum.orders.lifecycle import ORDER_MOVES
from forum.people.lifecycle import REQUEST_MOVES
from forum.privacy.lifecycle import DATA_MOVES
from forum.reply.lifecycle import REPLY_MOVES
from forum.responses.lifecycle import LINK_MOVES

ROOT = Path(__file__).resolve().parent.parent
TABLES: dict[str, Mapping[Any, Any]] = {
    "A letter (publication, the moderators' axis; withdrawing is the author's)": MOVES,
    "A case (response, the business's axis)": RESPONSE_MOVES,
    "A case (outcome, the author's axis)": OUTCOME_MOVES,
    "A comment": COMMENT_MOVES,
    "A claim of a business": CLAIM_MOVES,
    "Another name of a business": NAME_MOVES,
    "An objection to a proof": OBJECTION_MOVES,
    "A contact address of a business": CONTACT_MOVES,
    "A mailed link that opens a response form": LINK_MOVES,
    "A contest of passages": CONTEST_MOVES,
    "An order of an authority": ORDER_MOVES,
    "A right of reply": REPLY_MOVES,
    "A report": REPORT_MOVES,
    "A request about own data": DATA_MOVES,
    "An appeal": APPEAL_MOVES,
    "A legal notice": NOTICE_MOVES,
    "A request that needs two persons": REQUEST_MOVES,
}


def settings_table() -> str:
    """Return the table of every setting."""
    lines = ["| variable | default | meaning |", "| --- | --- | --- |"]
    for spec in fields(Settings):
        default = spec.metadata["default"]
        shown = f"`{default}`" if default else "empty"
        lines.append(f"| `{spec.metadata['variable']}` | {shown} | {spec.metadata['meaning']} |")
    return "\n".join(lines)


def moves_tables() -> str:
    """Return every table of moves."""
    parts = []
    for title, moves in TABLES.items():
        parts += [f"### {title}", "", "| state | move | next state |", "| --- | --- | --- |"]
        parts += [f"| {state} | {move} | {result} |" for (state, move), result in moves.items()]
        parts.append("")
    return "\n".join(parts).strip()


WHO = {
    Who.ACCOUNT: "an account",
    Who.ADDRESS: "a network address (IPv6: its /64)",
    Who.PAIR: "an account from one network address",
    Who.MAIL: "a mail address",
    Who.BUSINESS: "a business",
    Who.KEY: "a link, token or session",
    Who.SITE: "everybody together",
}
WINDOWS = {A_MINUTE: "a minute", A_QUARTER: "15 minutes", AN_HOUR: "an hour", A_DAY: "a day"}


def limits_table() -> str:
    """Return the table of every limit; a number that a setting holds is named by its variable."""
    variables = {spec.name: spec.metadata["variable"] for spec in fields(Settings)}
    lines = ["| limit | who is counted | at most | in | what counts |", "| --- | --- | --- | --- | --- |"]
    for name, limit in LIMITS.items():
        most = f"`{variables[limit.most]}`" if isinstance(limit.most, str) else f"{limit.most:,}"
        lines.append(f"| {name} | {WHO[limit.who]} | {most} | {WINDOWS[limit.window]} | {limit.counted} |")
    return "\n".join(lines)


def rights_table() -> str:
    """Return who may do what by office."""
    lines = [f"| right | {' | '.join(Standing)} | what it allows |", f"| --- |{' --- |' * (len(Standing) + 1)}"]
    for right in Right:
        has = " | ".join("yes" if right in RIGHTS[standing] else "" for standing in Standing)
        lines.append(f"| {right} | {has} | {MEANS[right]} |")
    return "\n".join(lines)


def retention_table() -> str:
    """Return what is kept, how long and why; what a setting says is told as it stands."""
    from forum.notifications import ticks  # noqa: F401 - rooms that add their own rules
    from forum.privacy.retention import RULES, long
    from forum.webhooks import jobs  # noqa: F401

    lines = ["| rule | what | at most | why |", "| --- | --- | --- | --- |"]
    lines += [f"| {one.name} | {what} | {long(keep())} | {one.basis} |" for one in RULES.values() for what, keep in one.kinds.items()]
    return "\n".join(lines)


GENERATED: dict[str, Callable[[], str]] = {
    "settings": settings_table,
    "moves": moves_tables,
    "limits": limits_table,
    "rights": rights_table,
    "retention": retention_table,
}
DOCUMENTS = ("docs/operations.md", "docs/house.md", "docs/roles.md")


def written(text: str) -> str:
    """Return a document with its generated parts made anew."""
    for name, make in GENERATED.items():
        begin, end = f"<!-- generated: {name} -->\n", "\n<!-- end -->"
        if begin in text:
            before, _, rest = text.partition(begin)
            text = before + begin + make() + end + rest.partition(end)[2]
    return text


def main() -> int:
    """Rewrite the documents."""
    activate(Settings.from_environment({"FORUM_ENV": "test"}))
    for name in DOCUMENTS:
        path = ROOT / name
        path.write_text(written(path.read_text()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
