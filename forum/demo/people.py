"""The cast of the demo: who writes, who speaks for a business, who moderates."""

import re
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from forum.accounts import actions as accounts
from forum.accounts import totp
from forum.accounts.models import User
from forum.accounts.passwords import hash_password
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.mail import Mail
from forum.demo import dates, telling
from forum.demo.accounts import Account
from forum.merchants import actions as merchants
from forum.merchants.lifecycle import TeamRole
from forum.merchants.models import Merchant
from forum.team import actions as team

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
TEAM = {  # key: name, business, job title, role, address that is invited
    "maya": ("Maya Anggraini", "Pasar Senja", "Layanan Pelanggan", TeamRole.AGENT, "maya@pasarsenja.example"),
    "rizki": ("Rizki Maulana", "Pasar Senja", "Auditor Mutu", TeamRole.READER, "rizki@surat.example"),
}
INVITED = ("Pasar Senja", "keuangan@pasarsenja.example", "Staf Keuangan")  # has not come yet
OLDEST_DAYS = 150


def open_all(password: str) -> tuple[dict[str, User], list[Account]]:
    """Open the accounts; returns the people by their key, and the sign-ins, one consumer, business and moderator first."""
    begun, hashed = utcnow(), hash_password(password)
    people, sign_ins = {}, []
    roles = [
        (CONSUMERS, "consumer"),
        ({key: one[0] for key, one in VOICES.items()} | {key: one[0] for key, one in TEAM.items()}, "business"),
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


def add_businesses(people: dict[str, User], sign_ins: list[Account]) -> dict[str, Merchant]:
    """Add the businesses with the domains that a moderator checked, prove their voices and give them a second factor."""
    begun, found = utcnow(), {}
    for name, domain in BUSINESSES.items():
        found[name] = merchants.find_or_add(name, people["dewi"])
        if domain:
            merchants.describe(found[name], by=people["dewi"], domain=domain, contact_email=f"pengaduan@{domain}")
    for key, (name, business, job_title, by_link) in VOICES.items():
        _prove(people[key], found[business], name, job_title, people["dewi"], by_link=by_link)
    for key in VOICES:
        add_app(people[key], sign_ins)
    _gather_team(people, found, sign_ins)
    telling.deliver()
    dates.step(begun, begun - timedelta(days=OLDEST_DAYS + 10))
    return found


def add_app(person: User, sign_ins: list[Account]) -> None:
    """Give a voice the app for codes that it needs from its first answer on; the secret stands with its sign-in."""
    secret = totp.new_secret()
    code = totp.next_code(secret, after=0)
    accounts.add_authenticator(person, by=person, secret=secret, code=code)
    at = next(at for at, one in enumerate(sign_ins) if one.email == person.email)
    sign_ins[at] = replace(sign_ins[at], totp=secret)


def _gather_team(people: dict[str, User], found: dict[str, Merchant], sign_ins: list[Account]) -> None:
    """Let the owner of one business invite an agent and a reader, and somebody who has not come yet."""
    for key, (_name, business, job_title, role, email) in TEAM.items():
        owner = next(people[voice] for voice, one in VOICES.items() if one[1] == business)
        team.invite(found[business], by=owner, email=email, role=role, job_title=job_title)
        team.accept_invitation(_mailed_token("team_invitation", "invitations"), by=people[key])
        add_app(people[key], sign_ins)
    business, email, job_title = INVITED
    team.invite(found[business], by=people["bima"], email=email, role=TeamRole.AGENT, job_title=job_title)


def _prove(person: User, merchant: Merchant, name: str, job_title: str, moderator: User, *, by_link: bool) -> None:
    local = name.split(maxsplit=1)[0].lower()
    if not by_link:
        statement = "Saya pemilik toko ini; izin usaha dan foto papan nama sudah saya kirim ke redaksi."
        email = f"{local}@surat.example"
        found = merchants.claim(merchant, by=person, work_email=email, job_title=job_title, statement=statement)
        merchants.approve_claim(found, by=moderator, message="Dokumen sesuai.")
    else:
        merchants.claim(merchant, by=person, work_email=f"{local}@{merchant.domain}", job_title=job_title)
        merchants.confirm_claim(_mailed_token("claim_link", "claims"), by=person)
    db.session.expire(person)


def _mailed_token(kind: str, path: str) -> str:
    """Return the token of the link in the newest mail of this kind, as its receiver would find it."""
    mail = db.session.scalars(select(Mail).where(Mail.kind == kind).order_by(Mail.id.desc()).limit(1)).one()
    found = re.search(rf"/{path}/([\w-]+)", mail.content["text"])
    if found is None:
        raise LookupError("the mail holds no link")
    return found[1]


def reloaded(person: User) -> User:
    """Return the person as the table has them now."""
    return db.session.get_one(User, person.id, populate_existing=True)
