"""What authorities, lawyers and people ask of the demo: orders running, carried out and refused, two legal notices, two data requests."""

from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import select

from forum.accounts.models import Guest, User
from forum.comments.models import Comment
from forum.config import settings
from forum.core.clock import local_date, utcnow
from forum.core.db import db
from forum.core.secrecy import new_token
from forum.demo import dates
from forum.legal import actions as legal
from forum.legal.lifecycle import Demand, NoticeOutcome, Sender
from forum.legal.queries import notice_by_id
from forum.letters.models import Letter
from forum.letters.queries import letter_for
from forum.orders import actions as orders
from forum.orders.lifecycle import AuthorityKind, Hours, OrderReason
from forum.orders.models import Order
from forum.orders.queries import order_by_id
from forum.privacy import actions as privacy
from forum.privacy.lifecycle import DataKind

PREMIUM = "Premi Naik 40 Persen Tanpa Surat Pemberitahuan"
TARIFF = "Tarif Naik Dua Kali Lipat di Tengah Perjalanan"
MILK = "Susu Bayi Kedaluwarsa Dijual sebagai Barang Baru"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def write(thread_id: int, cast: dict[str, User]) -> None:
    """Write it; what was asked of letters happened some days ago, what people ask of their data just now."""
    _carried_out(cast)
    _running(thread_id, cast["dewi"])
    _refused(cast["eko"])
    _answered_notice(cast["dewi"])
    _open_notice(cast["eko"])
    _data_requests(cast)


def _carried_out(cast: dict[str, User]) -> None:
    """A court ordered that a letter be taken away; its author objects."""
    at, begun = utcnow() - 4 * DAY, utcnow()
    order = _enter(
        cast["dewi"], at, f"/letters/{_letter(PREMIUM).id}", kind=AuthorityKind.COURT, authority="Pengadilan Negeri Banjarmasin",
        reference="31/Pdt.G/2026/PN Bjm", ground=OrderReason.COURT_DECISION,
        words="Putusan sela: surat tidak ditampilkan selama perkara antara penulis dan perusahaan diperiksa.",
    )  # fmt: skip
    dates.step(begun, at)
    begun = utcnow()
    orders.check(_again(order), by=cast["dewi"])
    orders.carry_out(
        _again(order), by=cast["dewi"],
        message="Surat Anda tidak ditampilkan karena putusan sela pengadilan. Anda dapat menyampaikan keberatan lewat halaman surat itu.",
    )  # fmt: skip
    dates.step(begun, at + 3 * HOUR)
    begun = utcnow()
    orders.object_to(
        _again(order), by=cast["hasan"],
        text="Perkara itu tentang besarnya premi, bukan tentang surat saya. Putusan selanya menyebut iklan perusahaan, bukan surat pembaca.",
    )  # fmt: skip
    dates.step(begun, at + 2 * DAY)


def _running(thread_id: int, by: User) -> None:
    """The ministry wants a comment away, and nobody has called it back yet."""
    at, begun = utcnow() - 9 * HOUR, utcnow()
    comment_id = db.session.scalars(select(Comment.id).where(Comment.letter_id == thread_id).order_by(Comment.id).offset(9).limit(1)).one()
    _enter(
        by, at, f"/comments/{comment_id}", kind=AuthorityKind.MINISTRY, authority="Kementerian Komunikasi dan Digital",
        reference="B-214/DJPRD/2026", ground=OrderReason.PERSONAL_DATA,
        words="Komentar diduga memuat nomor pesanan orang lain.",
    )  # fmt: skip
    dates.step(begun, at)


def _refused(by: User) -> None:
    """An order about an address that is nothing here."""
    at, begun = utcnow() - 11 * DAY, utcnow()
    order = _enter(
        by, at, "https://berita-lain.example/artikel/77", kind=AuthorityKind.POLICE, authority="Polres Kota Salatiga",
        reference="R/41/RES.2.5/2026", ground=OrderReason.FRAUD, words="Laporan tentang toko palsu.", elsewhere=True,
    )  # fmt: skip
    dates.step(begun, at)
    begun = utcnow()
    orders.refuse(_again(order), by=by, reason=OrderReason.NOT_OURS, message="Alamat itu milik situs lain; kami sudah memberi tahu pengirimnya.")
    dates.step(begun, at + 2 * HOUR)


def _enter(by: User, at: datetime, address: str, *, elsewhere: bool = False, **said: object) -> Order:
    entry = orders.Entry(hours=Hours.NORMAL, received_at=at, addresses=[address], elsewhere=elsewhere, **said)  # type: ignore[arg-type]
    return orders.enter(entry, by=by)


def _again(order: Order) -> Order:
    found = order_by_id(order.id)
    if found is None:
        raise LookupError("the order is gone")
    return found


def _answered_notice(by: User) -> None:
    begun = utcnow()
    made = _receive(TARIFF, by, days_ago=30, name="PT Ojek Kepodang Nusantara", reference="007/SOM/2026", demands=[Demand.REMOVE, Demand.APOLOGISE])
    dates.step(begun, utcnow() - 30 * DAY)
    begun = utcnow()
    found = notice_by_id(made)
    if found is None:
        raise LookupError("the notice is gone")
    legal.answer(
        found, by=by, outcome=NoticeOutcome.STANDS,
        text="Surat itu menceritakan pengalaman penulisnya. Perusahaan dapat memberi tanggapan resmi di bawahnya, atau menyanggah bagian yang keliru.",
    )  # fmt: skip
    dates.step(begun, utcnow() - 27 * DAY)


def _open_notice(by: User) -> None:
    begun = utcnow()
    _receive(MILK, by, days_ago=2, name="PT Pasar Senja Nusantara", reference="118/SOM/2026", demands=[Demand.REMOVE, Demand.IDENTITY])
    dates.step(begun, utcnow() - 2 * DAY)


def _receive(title: str, by: User, *, days_ago: int, name: str, reference: str, demands: list[Demand]) -> int:
    said = legal.Received(
        sender=Sender.BUSINESS,
        name=name,
        counsel="Kantor Hukum Wirawan dan Rekan",
        email="kantor@wirawan-hukum.example",
        reference=reference,
        received_on=local_date(utcnow() - days_ago * DAY, settings().time_zone),
        demands=demands,
        text="Surat pembaca itu merugikan nama baik klien kami. Kami minta dihapus dalam tiga hari kerja.",
        things=[legal.Thing(_letter(title).id)],
    )
    return legal.receive(said, (), by=by, once=new_token()[:32]).id


def _data_requests(cast: dict[str, User]) -> None:
    """A correction waits for the moderators; a copy is ready for who asked for it."""
    lina, puspa = cast["lina"], cast["puspa"]
    privacy.ask(lina, by=lina, kind=DataKind.CORRECTION, text="Kota pada surat saya tentang antrean klinik keliru: seharusnya Kabupaten Semarang.")
    asked = privacy.ask(puspa, by=puspa, kind=DataKind.ACCESS)
    privacy.make_copy(asked.id, current_app.extensions["storage"])


def _letter(title: str) -> Letter:
    return letter_for(Guest(), db.session.scalars(select(Letter.id).where(Letter.title == title)).one())
