"""Puts people, a letter and a comment into a site and prints what their browsers hold: `python -m tests.faults.stage`."""

import json

from forum.accounts.actions import open_session
from forum.app import create_app
from tests.cast import Cast, make_comment

PEOPLE = ("Ana Wijaya", "Citra", "Gita", "Hasan", "Intan", "Joko")


def main() -> None:
    with create_app().app_context():
        cast = Cast()
        people = {name.split()[0].lower(): cast.person(name) for name in PEOPLE}
        letter = cast.letter()
        comment = make_comment(letter, people["gita"])
        tokens = {name: open_session(one, address="127.0.0.1", device="") for name, one in people.items()}
        print(json.dumps({"letter": letter.id, "comment": comment.id, "tokens": tokens}))


if __name__ == "__main__":
    main()
