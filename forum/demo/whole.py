"""`flask seed`: the demo, written by calling the actions as the cast, so that it is itself a smoke test."""

from datetime import timedelta

import click
from flask import Flask
from sqlalchemy import func, select

from forum.accounts.models import Guest, User
from forum.comments import actions as comments
from forum.comments.models import Comment
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.relinking import relink
from forum.core.secrecy import new_token
from forum.demo import (
    accounts,
    by_mail,
    contested,
    dates,
    decided,
    demands,
    desk,
    offices,
    people,
    story,
    telling,
    thread,
)
from forum.ledger.actions import make_days
from forum.ledger.rebuilding import rebuild
from forum.letters import actions as letters
from forum.letters.models import Letter
from forum.letters.queries import letter_for
from forum.merchants import actions as merchants
from forum.merchants.lifecycle import NameKind, ObjectionReason
from forum.merchants.models import Merchant
from forum.moderation import actions as moderation
from forum.moderation.lifecycle import JoinReason, ReportReason, ThingKind
from forum.moderation.models import Thing
from forum.notifications import alarms, overdue, reminders
from forum.receipts.actions import make_heads
from forum.statistics import figures

THREAD = "thread"
LONGEST_THREAD_DAYS = 24


def seed(app: Flask) -> None:
    """Write the demo into an empty database, with its sign-ins in the data folder; raises ClickException otherwise."""
    with app.app_context():
        if db.session.scalar(select(User.id).limit(1)) is not None:
            raise click.ClickException("The database is not empty; the demo is written into an empty one only.")
        _write()


def _write() -> None:
    cast, sign_ins = people.open_all(accounts.new_password())
    businesses = people.add_businesses(cast, sign_ins)
    numbers = {one.get("key", one["title"]): story.live(one, cast) for one in story.told()}
    readers = [cast[key] for key in people.CONSUMERS]
    begins = utcnow() - timedelta(days=LONGEST_THREAD_DAYS)
    thread.write(numbers[THREAD], readers, cast["fajar"], begins, cast["eko"])
    decided.write(numbers[THREAD], cast, cast["fajar"])
    desk.write(cast)
    _begin_a_letter(cast["lina"])
    begun = utcnow()
    _open_matters(numbers[THREAD], cast, businesses["Pinjam Lekas"].id)
    by_mail.answer(businesses["Griya Lembayung Permai"], cast["dewi"])
    _name_matters(businesses, cast)
    contested.write(cast)
    offices.write(cast)
    demands.write(cast)
    for remind in (reminders.remind_businesses, overdue.tell_authors, reminders.ask_outcomes, alarms.alarm_queue):
        remind()
    telling.deliver()
    telling.label_copies()
    dates.step(begun, begun - timedelta(hours=7))
    desk.finish(cast)
    telling.forget()
    figures.count_all()
    _link()
    make_heads()
    make_days()
    accounts.write(sign_ins)
    sent = db.session.scalar(select(func.count(Letter.id)))
    written = db.session.scalar(select(func.count(Comment.id)))
    click.echo(f"{sent} letters, {written} comments, {len(businesses)} businesses.")
    db.session.rollback()


def _begin_a_letter(by: User) -> None:
    """Leave a draft that its writer can go on with."""
    fields = {
        "title": "Paket Sayur Datang Layu, Keluhan Lewat Aplikasi Tidak Dibalas",
        "merchants": "Warung Sayur Bu Tini Daring",
        "text": "Hari Sabtu saya memesan paket sayur untuk tiga hari. Yang datang sudah layu, padahal",
        "place": "Kota Salatiga, Jawa Tengah",
    }
    letters.keep_draft(by=by, once=new_token()[:32], fields={name: [value] for name, value in fields.items()})


def _name_matters(businesses: dict[str, Merchant], cast: story.People) -> None:
    """Show other names, a merge, and two names that wait for the moderators: one proposed, one that looks like a proven one's."""
    senja = businesses["Pasar Senja"]
    for name, kind in (("PT Pasar Senja Nusantara", NameKind.LEGAL), ("Senja Mall", NameKind.BRAND)):
        merchants.add_name(senja, by=cast["eko"], name=name, kind=kind)
    merchants.propose_name(senja, by=cast["bima"], name="Senja Kirim", kind=NameKind.BRAND)
    merchants.find_or_add("PasarSenja Official", cast["hasan"], another=True)
    moderation.merge(
        merchants.find_or_add("Kilat Jaya Ekspres", cast["hasan"]),
        businesses["Kurir Kilat Jaya"],
        by=cast["eko"],
        reason=JoinReason.TAKEOVER,
        kind=NameKind.FORMER,
    )


def _open_matters(letter_id: int, cast: story.People, merchant_id: int) -> None:
    """Leave something for the moderators to do: reports by a member and a guest, a claim without a work address, an objection."""
    letter = letter_for(cast["lina"], letter_id)
    comment = db.session.scalars(select(Comment).where(Comment.letter_id == letter_id).order_by(Comment.id)).first()
    if comment is None:
        raise LookupError("the thread is empty")
    moderation.report(
        Thing(ThingKind.COMMENT, comment, letter),
        by=cast["lina"],
        reason=ReportReason.FALSE,
        text="Komentar ini menyalahkan sistem tanpa bukti.",
        address="192.0.2.1",
    )
    moderation.report(
        Thing(ThingKind.LETTER, letter, letter),
        by=Guest(),
        reason=ReportReason.PERSONAL_DATA,
        text="Nomor resi pada lampiran masih terbaca sebagian.",
        email="pembaca@surat.example",
        address="192.0.2.2",
    )
    comments.post(
        letter_for(cast["agung"], letter_id), by=cast["agung"], text="Sesudah surat ini dimuat saya menerima pesan “dana cepat cair, hubungi wa.me/628110000”: hati-hati, itu bukan dari toko.",
    )
    merchants.claim(
        db.session.get_one(Merchant, merchant_id),
        by=cast["agung"],
        work_email="agung@surat.example",
        job_title="Staf Kepatuhan",
        statement="Saya staf kepatuhan perusahaan; surat tugas dapat saya tunjukkan kepada redaksi bila diminta.",
    )
    merchants.object_to_proof(
        cast["laras"].representations[0],
        by=cast["hasan"],
        reason=ObjectionReason.LEFT,
        text="Menurut halaman resmi perusahaan, jabatan itu sudah dipegang orang lain sejak bulan lalu.",
    )


@unit_of_work
def _link() -> None:
    """The dates were moved, so the chains and the ledger are made anew."""
    relink(db.session.connection())
    rebuild(db.session.connection())
