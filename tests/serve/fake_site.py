"""A site of a few lines under the real supervisor: `python -m tests.serve.fake_site` (used by test_serve)."""

import sys

from forum.config import Settings
from forum.serve import run
from forum.serve.supervisor import Program


def programs(settings: Settings) -> tuple[Program, list[Program]]:
    where = (settings.host, str(settings.port), "2")
    return Program("preparation", "tests.serve.fake_programs", ("prepare", str(settings.data_dir))), [
        Program("web server", "forum.serve.web", ("tests.serve.fake_programs:app", *where)),
        Program("background worker", "tests.serve.fake_programs", ("work", str(settings.data_dir))),
    ]


if __name__ == "__main__":
    sys.exit(run.main(programs))
