"""Words for tests of responses."""

from typing import Any

from sqlalchemy import select

from forum.core.db import db
from forum.letters.models import Case, Letter
from forum.letters.queries import case_for
from forum.responses.actions.respond import Words
from forum.responses.models import Remedy

TEXT = (
    "Kami sudah memeriksa pesanan kipas angin ini: gudang salah mencatat stok pada 3 Maret. Uang Rp105.000 kami kembalikan "
    "melalui transfer hari Selasa, dan barang pengganti berangkat dengan kurir esok pagi."
)


def said(**changes: Any) -> Words:
    return Words(
        **{"text": TEXT, "signatory": "Bima Santoso", "job_title": "Humas", "remedy": Remedy.EXPLANATION, **changes}
    )


def case_of(letter: Letter, who: Any, position: int = 0) -> Case:
    """The case as a page loads it."""
    ids = db.session.scalars(select(Case.id).where(Case.letter_id == letter.id).order_by(Case.position)).all()
    return case_for(who, ids[position])
