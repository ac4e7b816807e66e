"""What outsiders demand of the site in the demo: orders of authorities, legal notices, requests about own data."""

from datetime import datetime, timedelta
from typing import Final

from flask import current_app
from sqlalchemy import select

from forum.attachments.jobs import make_all
from forum.attachments.receive import Received, receive
from forum.config import settings
from forum.core.clock import local_date, utcnow
from forum.core.db import db
from forum.core.secrecy import new_token
from forum.demo import dates, telling
from forum.demo.pictures import picture
from forum.demo.story import People
from forum.legal import actions as legal
from forum.legal.lifecycle import Demand, NoticeOutcome, Sender
from forum.legal.models import LegalNotice
from forum.legal.queries.notices import notice_by_id
from forum.letters.models import Letter
from forum.merchants.models import Merchant
from forum.orders import actions as orders
from forum.orders.lifecycle import AuthorityKind, Hours, OrderReason
from forum.orders.queries import order_by_id
from forum.privacy import actions as privacy
from forum.privacy.lifecycle import DataKind
from forum.privacy.queries import request_by_id

BOUND: Final = "Premi Naik 40 Persen Tanpa Surat Pemberitahuan"
RUNNING: Final = "Susu Bayi Kedaluwarsa Dijual sebagai Barang Baru"
UNPROVED: Final = "Dana Cair Padahal Tidak Pernah Mengajukan"
THREATENED: Final = "Penagih Menelepon Kantor Saya, Padahal Cicilan Baru Lewat Dua Hari"
ANSWERED: Final = "Setrika Uap Meledak pada Pemakaian Pertama"


def write(cast: People) -> None:
    """Write all of it, each with its own dates."""
    _orders(cast)
    _notices(cast)
    _data(cast)


def _orders(cast: People) -> None:
    """Let one order be refused, one be carried out, and one still run."""
    refused = _ordered(
        cast, UNPROVED, days_ago=16, kind=AuthorityKind.OTHER, authority="Kantor Penertiban Pinjaman Sukamaju",
        reference="112/KPP-S", hours=Hours.NORMAL, ground=OrderReason.DEFAMATION,
        words="Surat pembaca dimaksud dinilai mencemarkan nama baik penyelenggara pinjaman.",
    )  # fmt: skip
    begun = utcnow()
    orders.refuse(
        order_by_id(refused),
        by=cast["eko"],
        reason=OrderReason.NOT_AUTHORITY,
        message="Nomor telepon pada kop surat tidak terdaftar, dan pemerintah kota menyatakan kantor ini tidak ada.",
    )
    _tell(begun, utcnow() - timedelta(days=15, hours=20))
    bound = _ordered(
        cast, BOUND, days_ago=9, kind=AuthorityKind.COURT, authority="Pengadilan Negeri Tirtasari",
        reference="41/Pdt.Sus/PN Trs", hours=Hours.NORMAL, ground=OrderReason.COURT_DECISION,
        words="Putusan sela: surat tidak ditampilkan selama gugatan penanggung terhadap penulis diperiksa.",
    )  # fmt: skip
    begun = utcnow()
    orders.check(order_by_id(bound), by=cast["dewi"])
    orders.carry_out(
        order_by_id(bound),
        by=cast["dewi"],
        message="Pengadilan memerintahkan surat ini tidak ditampilkan selama perkara diperiksa. Keberatan Anda akan dibaca anggota redaksi lain.",
    )
    _tell(begun, utcnow() - timedelta(days=9) + timedelta(hours=6))
    running = _ordered(
        cast, RUNNING, days_ago=0.6, kind=AuthorityKind.REGULATOR, authority="Badan Pengawas Niaga Nusantara",
        reference="B-208/BPNN", hours=Hours.NORMAL, ground=OrderReason.PERSONAL_DATA,
        words="Foto pada surat diduga memperlihatkan kode penjual yang termasuk data pribadi.",
    )  # fmt: skip
    begun = utcnow()
    orders.check(order_by_id(running), by=cast["eko"])
    _tell(begun, utcnow() - timedelta(hours=9))


def _ordered(
    cast: People,
    title: str,
    *,
    days_ago: float,
    kind: AuthorityKind,
    authority: str,
    reference: str,
    hours: Hours,
    ground: OrderReason,
    words: str,
) -> int:
    at = utcnow() - timedelta(days=days_ago)
    reference = f"{reference}/{at.year}"
    sheet = _document("perintah.png", authority, [f"Nomor: {reference}", "Perihal: surat pembaca", f"“{title}”"])
    begun = utcnow()
    made = orders.enter(
        orders.Entry(
            kind=kind,
            authority=authority,
            reference=reference,
            hours=hours,
            received_at=at,
            ground=ground,
            words=words,
            addresses=(f"{settings().site_url}/letters/{_letter_id(title)}",),
            files=(sheet,),
        ),
        by=cast["dewi"],
    )
    make_all()
    _tell(begun, at + timedelta(minutes=40))
    return made.id


def _notices(cast: People) -> None:
    """Let one legal notice wait for its answer, and one be answered."""
    _noticed(
        cast, THREATENED, "Pinjam Lekas", days_ago=3, demands=(Demand.REMOVE, Demand.IDENTITY),
        name="PT Pinjam Lekas Makmur", counsel="Kantor Hukum Sasmita dan Rekan", reference="018/SKR/SOM",
        text="Surat pembaca itu diminta dihapus dalam tiga hari, dan identitas penulisnya diminta diserahkan, karena menurut klien kami penagihan dilakukan pihak lain.",
    )  # fmt: skip
    answered = _noticed(
        cast, ANSWERED, "Toko Melati Elektronik", days_ago=24, demands=(Demand.REMOVE, Demand.APOLOGISE),
        name="Toko Melati Elektronik", counsel="", reference="07/TME",
        text="Toko tidak pernah menerima setrika itu. Surat yang menyebut barang disimpan toko kami minta dihapus dengan permintaan maaf.",
    )  # fmt: skip
    begun = utcnow()
    legal.answer(
        notice_by_id(answered.id),
        by=cast["eko"],
        outcome=NoticeOutcome.STANDS,
        text="Surat itu menceritakan pengalaman penulisnya, dan tanggapan toko berdiri sama besar di bawahnya. Surat tetap dimuat.",
    )
    _tell(begun, utcnow() - timedelta(days=21))


def _noticed(
    cast: People,
    title: str,
    business: str,
    *,
    days_ago: int,
    demands: tuple[Demand, ...],
    name: str,
    counsel: str,
    reference: str,
    text: str,
) -> LegalNotice:
    at = utcnow() - timedelta(days=days_ago)
    sheet = _document("somasi.png", "SOMASI", [name, f"Nomor: {reference}/{at.year}", f"“{title}”"])
    begun = utcnow()
    made = legal.receive(
        legal.Received(
            sender=Sender.BUSINESS,
            name=name,
            counsel=counsel,
            email=f"hukum@{business.split(maxsplit=1)[0].lower()}.example",
            reference=f"{reference}/{at.year}",
            received_on=local_date(at, settings().time_zone),
            demands=demands,
            text=text,
            things=(legal.Thing(_letter_id(title)),),
            merchant_id=db.session.scalars(select(Merchant.id).where(Merchant.name == business)).one(),
        ),
        (sheet,),
        by=cast["dewi"],
        once=new_token()[:32],
    )
    make_all()
    _tell(begun, at)
    return made


def _data(cast: People) -> None:
    """Let a copy be made, a correction be near its deadline and another be done, and a deletion wait for its second person."""
    begun = utcnow()
    asked = privacy.ask(cast["ratna"], by=cast["ratna"], kind=DataKind.ACCESS)
    privacy.make_copy(asked.id, current_app.extensions["storage"])
    _tell(begun, utcnow() - timedelta(days=2))
    begun = utcnow()
    asked = privacy.ask_by_mail(
        email="murni@surat.example",
        kind=DataKind.CORRECTION,
        text="Dalam laporan yang saya kirim bulan lalu alamat email saya salah ketik; yang benar memakai titik.",
        address="192.0.2.31",
    )
    privacy.prove(request_by_id(asked.id))
    _tell(begun, utcnow() - timedelta(days=6))
    begun = utcnow()
    privacy.settle(
        request_by_id(asked.id), by=cast["eko"], message="Alamat email pada laporan Anda sudah kami betulkan."
    )
    _tell(begun, utcnow() - timedelta(days=5))
    begun = utcnow()
    privacy.ask(
        cast["wayan"],
        by=cast["wayan"],
        kind=DataKind.CORRECTION,
        text="Nama saya pada akun lama tertulis Artini Wayan, padahal urutannya Wayan Artini. Mohon disamakan pada semua surat.",
    )
    _tell(begun, utcnow() - timedelta(hours=65))
    begun = utcnow()
    asked = privacy.ask(
        cast["melky"],
        by=cast["melky"],
        kind=DataKind.DELETION,
        text="Masalah saya sudah selesai dan saya tidak memakai akun ini lagi.",
        everything=True,
    )
    _tell(begun, utcnow() - timedelta(hours=20))
    begun = utcnow()
    privacy.ask_second(
        request_by_id(asked.id),
        by=cast["dewi"],
        why="Pemilik akun dihubungi lewat alamatnya dan mengulang permintaannya; tidak ada surat yang ditahan.",
    )
    _tell(begun, utcnow() - timedelta(hours=4))


def _tell(begun: datetime, at: datetime) -> None:
    telling.deliver()
    dates.step(begun, at)


def _letter_id(title: str) -> int:
    return db.session.scalars(select(Letter.id).where(Letter.title == title)).one()


def _document(name: str, title: str, lines: list[str]) -> Received:
    return receive(picture(title, lines), name, current_app.extensions["storage"])
