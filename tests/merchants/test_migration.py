"""The tables of claims go up, down and up again with rows in them, and what was proved before keeps its meaning."""

from datetime import timedelta

import flask_migrate
from sqlalchemy import text

from forum.attachments.models import FileAudience
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.events import Kind, Role, record
from forum.merchants.lifecycle import ClaimState, DocumentKind, ObjectionReason, Proof
from forum.merchants.models import Claim, Objection, Representative
from tests.attachments.rows import file_row
from tests.cast import Cast, represent

BEFORE = "0002"


@unit_of_work
def fill(cast: Cast) -> None:
    shop, now = cast.shop, utcnow()
    voice = represent(cast.ana, shop)
    voice.proof, voice.document = Proof.DOCUMENT, DocumentKind.DEED
    claims = [
        Claim(merchant_id=shop.id, user_id=user.id, work_email="", job_title="Humas", state=state, way=way)
        for user, state, way in (
            (cast.citra, ClaimState.WAITING_DNS, Proof.DNS),
            (cast.fajar, ClaimState.WAITING_DOCUMENT, Proof.DOCUMENT),
            (cast.eko, ClaimState.APPROVED, Proof.EMAIL),
        )
    ]
    claims[2].decided_at, claims[2].decided_by_id, claims[2].first_by_id = now, cast.eko.id, cast.dewi.id
    db.session.add_all(claims)
    db.session.flush()
    db.session.add(
        Objection(
            merchant_id=shop.id, representative_id=voice.id, user_id=cast.citra.id, reason=ObjectionReason.LEFT, text="Sudah pindah kerja."
        )
    )
    db.session.add(
        file_row(cast.fajar.id, claim_id=claims[1].id, audience=FileAudience.MODERATORS, name="akta.webp")
    )
    record(Kind.PROOF_LOST, by=None, role=Role.SYSTEM, merchant_id=shop.id, about=f"representative:{voice.id}")
    record(Kind.CLAIM_APPROVED, by=cast.eko, role=Role.MODERATOR, merchant_id=shop.id, about=f"claim:{claims[2].id}")


def rows(query: str) -> list[tuple]:
    found = [tuple(row) for row in db.session.execute(text(query))]
    db.session.rollback()
    return found


def test_up_down_and_up_with_rows(fresh_copy) -> None:
    cast = Cast()
    cast.shop, cast.ana, cast.bima, cast.citra, cast.dewi, cast.eko, cast.fajar  # noqa: B018 - makes them
    fill(cast)
    db.session.remove()
    flask_migrate.downgrade(revision=BEFORE)
    assert rows("SELECT DISTINCT state FROM claim ORDER BY state") == [("approved",), ("waiting_moderator",)]
    assert rows("SELECT DISTINCT proof FROM representative ORDER BY proof") == [("email",), ("moderator",)]
    assert rows("SELECT count(*) FROM event WHERE kind = 'proof_lost'") == [(0,)]
    assert rows("SELECT count(*) FROM event WHERE kind = 'claim_approved'") == [(1,)]
    assert rows("SELECT count(*) FROM attachment") == [(0,)]
    flask_migrate.upgrade()
    voices = db.session.query(Representative).order_by(Representative.id).all()
    assert {(one.proof, one.looked_at, one.failed_checks) for one in voices} == {
        ("moderator", "one_moderator", 0),
        ("email", "automatic", 0),
    }
    assert [(one.state, one.way, one.version) for one in db.session.query(Claim).order_by(Claim.id)] == [
        ("waiting_moderator", "moderator", 1),
        ("waiting_moderator", "moderator", 1),
        ("approved", "email", 1),
    ]
    assert all(one.next_check_at is None or one.next_check_at > utcnow() - timedelta(days=1) for one in voices)
