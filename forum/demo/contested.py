"""Contests and rights of reply of the demo: contests that wait, upheld, rejected and appealed; replies published and waiting."""

from typing import Any, Final

from sqlalchemy import select

from forum.accounts.models import Guest
from forum.appeals import actions as appeals
from forum.contests import actions as contests
from forum.contests.lifecycle import Effect, Finding, Ground
from forum.contests.queries import contest_by_id
from forum.core.db import db
from forum.core.events import Event, Kind
from forum.letters.lifecycle import NameShown
from forum.letters.models import Letter
from forum.letters.queries import letter_for
from forum.reply import actions as replies
from forum.reply.queries import reply_with_letter

COURIER: Final = "Bayar di Tempat Ditolak Setelah Kurir Tiba"
SELLER: Final = "Nomor Resi Palsu dari Penjual Bertanda Verifikasi"
REVIEW: Final = "Ulasan Bintang Satu Saya Hilang Keesokan Harinya"
RESULT: Final = "Hasil Laboratorium Tertukar dengan Pasien Lain"
WEIGHT: Final = "Beras Lima Kilogram Datang Empat Setengah"


def write(people: dict[str, Any]) -> None:
    """Let people named in letters contest and reply, and the editors decide some of it."""
    guest = Guest()
    made = contests.contest(
        _letter(SELLER),
        contests.Claimed(
            Ground.FALSE_FACT,
            ["Nomor resi yang diberikan penjual tidak dikenal oleh kurir mana pun."],
            "Saya penjualnya. Resi itu terbit dua jam setelah dikirim, dan sejak sore itu dapat dilacak di situs kurir.",
        ),
        by=guest,
        name="Rudi Hartono",
        email="rudi@penjual.example",
        address="192.0.2.21",
    )
    contests.prove(contest_by_id(made.id))
    letter = _letter(REVIEW)
    made = contests.contest(
        letter,
        contests.Claimed(
            Ground.DUPLICATE,
            ["Keesokan harinya ulasan itu hilang, sedangkan ulasan bintang lima tetap ada."],
            "Penulis sudah menulis tentang ulasan yang sama di halaman lain.",
        ),
        by=people["bima"],
        case=letter.cases[0],
        address="192.0.2.22",
    )
    finding = Finding.OTHER_MATTER
    verdict = contests.Verdict(uphold=False, finding=finding, message="Kedua surat itu tentang toko dan hari yang berbeda.")
    contests.decide(contest_by_id(made.id), verdict, by=people["eko"])
    decided = select(Event).where(Event.kind == Kind.CONTEST_DECIDED).order_by(Event.id.desc()).limit(1)
    appeals.appeal(
        db.session.scalars(decided).one(),
        by=people["bima"],
        text="Nomor ulasan pada kedua surat itu sama; tangkapan layarnya sudah kami kirim bersama sanggahan.",
    )
    _uphold(people)
    for title, name, place, text, is_published in (
        (COURIER, "Joko Susilo", "Saya kurir dalam surat ini.", "Saya kurirnya. Bayar di tempat memang sedang mati di aplikasi kami hari itu, dan saya menunjukkan layarnya kepada Ibu. Transfer itu ke rekening setoran pangkalan, bukan rekening pribadi saya; buktinya sudah saya serahkan kepada perusahaan.", True),
        (WEIGHT, "Sri Wahyuni", "Saya penjual yang menjawab soal timbangan.", "Timbangan saya sudah ditera ulang pada bulan Januari, dan suratnya ada pada saya. Setengah kilogram yang kurang sudah saya tawarkan untuk dikirim lagi tanpa ongkos.", False),
    ):  # fmt: skip
        sent = replies.write(
            _letter(title), by=guest, name=name, name_shown=NameShown.INITIALS, place=place, text=text,
            email=f"{name.split()[0].lower()}@surat.example", address="192.0.2.23",
        )  # fmt: skip
        replies.prove(reply_with_letter(sent.id))
        if is_published:
            replies.publish(reply_with_letter(sent.id), by=people["dewi"])


def _uphold(people: dict[str, Any]) -> None:
    """Let a patient have covered what a letter tells of his blood and age."""
    made = contests.contest(
        _letter(RESULT),
        contests.Claimed(
            Ground.PERSONAL_DATA,
            ["Hasil darah yang saya terima bertuliskan golongan O dan usia 61 tahun."],
            "Itu hasil saya. Tetangga di kampung tahu siapa pasien berusia 61 tahun pada hari itu.",
        ),
        by=Guest(),
        name="Mulyono",
        email="mulyono@surat.example",
        address="192.0.2.24",
    )
    contests.prove(contest_by_id(made.id))
    verdict = contests.Verdict(
        uphold=True,
        finding=Finding.PRIVATE,
        effect=Effect.COVER,
        message="Golongan darah dan usia itu data kesehatan orang lain; bagian itu disamarkan, suratnya tetap dimuat.",
    )
    contests.decide(contest_by_id(made.id), verdict, by=people["eko"])


def _letter(title: str) -> Letter:
    return letter_for(Guest(), db.session.scalars(select(Letter.id).where(Letter.title == title)).one())
