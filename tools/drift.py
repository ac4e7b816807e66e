"""Says whether the models and the migrations agree: `python -m tools.drift` migrates an empty database and compares."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Upgrade an empty SQLite database and run `flask db check` on it; returns the first failing exit status, or 0."""
    with tempfile.TemporaryDirectory(prefix="forum-drift-") as folder:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FORUM_")}
        environ = {**kept, "FORUM_DATA_DIR": folder, "FORUM_ENV": "test"}
        for step in ("upgrade", "check"):
            command = [sys.executable, "-m", "flask", "--app", "wsgi", "db", step]
            done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
            if done.returncode != 0:
                sys.stdout.write(done.stdout)
                sys.stderr.write(done.stderr)
                print(f"migration drift: `flask db {step}` failed", file=sys.stderr)
                return done.returncode
    print("Models and migrations agree.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
