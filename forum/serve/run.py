"""The one command, `python -m forum`: prepare, then serve the site and its background worker until told to stop."""

import argparse
import http.client
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from forum.config import BadSetting, Settings
from forum.serve import claim
from forum.serve.parent import end_with_parent
from forum.serve.supervisor import Program, Supervisor

TARGET = "wsgi:app"
ACCOUNTS = "demo-accounts.json"


def say(words: str) -> None:
    """Tell the person at the terminal."""
    print(words, flush=True)


def answers(host: str, port: int) -> bool:
    """Say whether the site answers a request, with whatever status below 500."""
    wanted = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    connection = http.client.HTTPConnection(wanted, port, timeout=5)
    try:
        connection.request("GET", "/health/live", headers={"Host": f"{wanted}:{port}"})
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def sign_ins(data_dir: Path) -> list[str]:
    """Return one line per role of the demo, from its accounts file; none where there is no demo."""
    try:
        people = json.loads((data_dir / ACCOUNTS).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    first: dict[str, dict[str, str]] = {}
    for person in people:
        first.setdefault(person["role"], person)
    width = max((len(role) for role in first), default=0)
    return [f"  {role:<{width}}  {one['email']}   {one['password']}" for role, one in first.items()]


def greeting(settings: Settings) -> str:
    """Return what is printed when the site answers: the address, and how to sign in to the demo."""
    lines = [f"\n{settings.site_name} is at {settings.site_url}"]
    if settings.environment != "production":
        lines += ["", "Sign in as:", *sign_ins(settings.data_dir), f"  (all of them: {settings.data_dir / ACCOUNTS})"]
    if not settings.smtp_url:
        lines += ["", f"No mail server is set: each mail is kept as a file in {settings.data_dir / 'mail'}"]
    return "\n".join([*lines, "", "Ctrl-C stops everything.\n"])


def site(settings: Settings) -> tuple[Program, list[Program]]:
    """Return what runs once before serving, and what runs while serving."""
    where = (settings.host, str(settings.port), str(settings.web_workers))
    return Program("preparation", "forum.serve.prepare"), [
        Program("web server", "forum.serve.web", (TARGET, *where, "--preload", "forum.serve.preload")),
        Program("background worker", "flask", ("--app", "wsgi", "work")),
    ]


def serve(settings: Settings, supervisor: Supervisor, preparation: Program, programs: list[Program]) -> int:
    """Prepare and serve; returns the exit status. Raises claim.Taken."""
    with claim.data_dir(settings.data_dir) as killed_before:
        claim.port(settings.host, settings.port, patience_seconds=claim.PATIENCE_SECONDS if killed_before else 0)
        status = supervisor.finish(preparation)
        if status is None:
            return 0
        if status != 0:
            say("The site could not be prepared; the lines above say why.")
            return 1
        return supervisor.run(
            programs,
            ready=lambda: answers(settings.host, settings.port),
            when_ready=lambda: say(greeting(settings)),
        )


def main(programs_of: Callable[[Settings], tuple[Program, list[Program]]] = site) -> int:
    """Run the site; returns the exit status: 0 after Ctrl-C or SIGTERM, 1 with a sentence when it cannot start."""
    parser = argparse.ArgumentParser(prog="python -m forum", description=__doc__)
    parser.add_argument("--with-parent", action="store_true", help="stop when the process that started this one ends")
    if parser.parse_args().with_parent:
        end_with_parent(os.getppid(), grace_seconds=20.0)
    os.umask(0o027)  # the data holds private letters: nothing in it is for other users of the machine
    supervisor = Supervisor(say)
    supervisor.listen()
    try:
        settings = Settings.from_environment()
        settings.data_dir.mkdir(mode=0o750, parents=True, exist_ok=True)
        return serve(settings, supervisor, *programs_of(settings))
    except (BadSetting, claim.Taken) as problem:
        print(f"\n{problem}\n", file=sys.stderr)
        return 1
    except OSError as problem:
        print(f"\n{problem.filename or 'The data folder'}: {problem.strerror}\n", file=sys.stderr)
        return 1
