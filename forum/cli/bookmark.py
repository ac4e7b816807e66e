"""How far a long command has come, kept in a small file, so that a killed one goes on where it stopped."""

import json
import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Bookmark:
    """The last key that is done, what was counted up to it, and a list of lines that is only true up to there."""

    path: Path
    of: list[str]
    """What the command was about; a file about something else is not gone on from."""
    after: str = ""
    counted: Counter[str] = field(default_factory=Counter)
    listed: int = 0  # bytes of the list

    @classmethod
    def found(cls, path: Path, *of: str, afresh: bool = False) -> "Bookmark":
        """Return where an earlier run about the same stopped, or the beginning."""
        mark = cls(path, list(of))
        try:
            kept = {} if afresh else json.loads(path.read_text())
        except (FileNotFoundError, ValueError):
            kept = {}
        if kept.get("of") == mark.of:
            mark.after, mark.counted, mark.listed = kept["after"], Counter(kept["counted"]), kept["listed"]
        with mark.list_path.open("ab") as lines:
            lines.truncate(mark.listed)
        return mark

    @property
    def list_path(self) -> Path:
        """Where the lines stand, for the operator to read afterwards."""
        return self.path.with_suffix(".txt")

    def move(self, after: str, lines: list[str]) -> None:
        """Keep that everything up to this key is done and what is to be listed of it."""
        if lines:
            with self.list_path.open("a") as file:
                file.writelines(f"{line}\n" for line in lines)
                file.flush()
                os.fsync(file.fileno())
                self.listed = file.tell()
        self.after = after
        fresh = self.path.with_suffix(".new")
        fresh.write_text(
            json.dumps({"of": self.of, "after": after, "counted": self.counted, "listed": self.listed}),
            encoding="utf-8",
        )
        fresh.replace(self.path)

    def close(self) -> None:
        """Forget how far it was: it is done. A list without a line goes too."""
        self.path.unlink(missing_ok=True)
        if not self.listed:
            self.list_path.unlink(missing_ok=True)
