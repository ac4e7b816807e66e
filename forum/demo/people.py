"""The cast of the demo: who writes, who speaks for a business, who moderates."""

import re
from datetime import timedelta

from sqlalchemy import select

from forum.accounts import actions as accounts
from forum.accounts.models import User
from forum.accounts.passwords import hash_password
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.mail import Mail
from forum.demo import dates, telling
from forum.demo.accounts import Account
from forum.merchants import actions as merchants
from forum.merchants.models import Merchant

CONSUMERS = {
    "ratna": "Ratna Dewanti",
    "suparman": "Suparman",
    "wayan": "Wayan Artini",
    "ningsih": "Ningsih",
    "togar": "Togar Hutabarat",
    "siti": "Siti Rohmah Nurjanah",
    "yohanes": "Yohanes Kaize",
    "lina": "Lina",
    "agung": "Agung Setyo Nugroho, S.E.",
    "fitri": "Fitri Handayani",
    "melky": "Melky Rumbiak",
    "hasan": "Hasan Basri",
    "puspa": "Puspa Ayu",
    "dodi": "Dodi Kurniawan",
}
MODERATORS = {"dewi": "Dewi Lestari", "eko": "Eko Prasetyo"}
BUSINESSES = {  # name: domain, or none where nobody has looked yet
    "Pasar Senja": "pasarsenja.example",
    "Kurir Kilat Jaya": "kurirkilat.example",
    "Bank Nusa Sentosa": "nusasentosa.example",
    "Dompet Pelita": "dompetpelita.example",
    "Pinjam Lekas": "pinjamlekas.example",
    "Telko Cakrawala": "telkocakrawala.example",
    "Asuransi Tirta Aman": "tirtaaman.example",
    "Tiket Angkasa Biru": "angkasabiru.example",
    "Toko Melati Elektronik": "",
    "Ojek Kepodang": "ojekkepodang.example",
    "Klinik Rembulan Pagi": "",
    "Griya Lembayung Permai": "",
}
VOICES = {  # key: name, business, job title, by mailed link
    "bima": ("Bima Santoso", "Pasar Senja", "Kepala Layanan Pelanggan", True),
    "fajar": ("Fajar Hidayat", "Kurir Kilat Jaya", "Hubungan Masyarakat", True),
    "gita": ("Gita Maharani", "Bank Nusa Sentosa", "Sekretaris Perusahaan", True),
    "indra": ("Indra Wibowo", "Telko Cakrawala", "Manajer Pengaduan", True),
    "joko": ("Joko Susilo", "Toko Melati Elektronik", "Pemilik", False),
    "kartika": ("Kartika Sari", "Tiket Angkasa Biru", "Layanan Penumpang", True),
    "laras": ("Laras Wulandari", "Dompet Pelita", "Hubungan Konsumen", True),
}
OLDEST_DAYS = 150


def open_all(password: str) -> tuple[dict[str, User], list[Account]]:
    """Open the accounts; returns the people by their key, and the sign-ins, one consumer, business and moderator first."""
    begun, hashed = utcnow(), hash_password(password)
    people, sign_ins = {}, []
    roles = [
        (CONSUMERS, "consumer"),
        ({key: one[0] for key, one in VOICES.items()}, "business"),
        (MODERATORS, "moderator"),
    ]
    for names, role in roles:
        for key, name in names.items():
            email = f"{key}@surat.example"
            if role == "moderator":
                people[key] = accounts.appoint_moderator(email=email, name=name, password=password)
            else:
                people[key] = accounts.open_account(name=name, email=email, password_hash=hashed, confirmed=True)
            sign_ins.append(Account(name, role, email, password))
    dates.step(begun, begun - timedelta(days=OLDEST_DAYS + 30))
    return {key: reloaded(one) for key, one in people.items()}, sign_ins


def add_businesses(people: dict[str, User]) -> dict[str, Merchant]:
    """Add the businesses with the domains that a moderator checked, and prove their voices."""
    begun, found = utcnow(), {}
    for name, domain in BUSINESSES.items():
        found[name] = merchants.find_or_add(name, people["dewi"])
        if domain:
            merchants.describe(found[name], by=people["dewi"], domain=domain)
            merchants.vouch_for_contact(
                found[name], by=people["dewi"], email=f"pengaduan@{domain}", source="situs resmi, halaman Hubungi Kami"
            )
    for key, (name, business, job_title, by_link) in VOICES.items():
        _prove(people[key], found[business], name, job_title, people["dewi"], by_link=by_link)
    telling.deliver()
    dates.step(begun, begun - timedelta(days=OLDEST_DAYS + 10))
    return found


def _prove(person: User, merchant: Merchant, name: str, job_title: str, moderator: User, *, by_link: bool) -> None:
    local = name.split(maxsplit=1)[0].lower()
    if not by_link:
        statement = "Saya pemilik toko ini; izin usaha dan foto papan nama sudah saya kirim ke redaksi."
        email = f"{local}@surat.example"
        found = merchants.claim(merchant, by=person, work_email=email, job_title=job_title, statement=statement)
        merchants.approve_claim(found, by=moderator, message="Dokumen sesuai.")
    else:
        merchants.claim(merchant, by=person, work_email=f"{local}@{merchant.domain}", job_title=job_title)
        merchants.confirm_claim(_mailed_token(person), by=person)
    db.session.expire(person)


def _mailed_token(person: User) -> str:
    """Return the token of the link in the newest mail to this person, as they would find it."""
    mail = db.session.scalars(select(Mail).where(Mail.user_id == person.id).order_by(Mail.id.desc()).limit(1)).one()
    found = re.search(r"/claims/([\w-]+)", mail.content["text"])
    if found is None:
        raise LookupError("the mail holds no link")
    return found[1]


def reloaded(person: User) -> User:
    """Return the person as the table has them now."""
    return db.session.get_one(User, person.id, populate_existing=True)
