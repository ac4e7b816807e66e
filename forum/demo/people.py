"""The cast of the demo: who writes, who speaks for a business, who moderates."""

import re
from dataclasses import replace
from datetime import timedelta

from flask import current_app
from sqlalchemy import select

from forum.accounts import actions as accounts
from forum.accounts import totp
from forum.accounts.models import User
from forum.accounts.passwords import hash_password
from forum.accounts.rights import Standing
from forum.attachments import actions as attachments
from forum.attachments.jobs import make_all
from forum.attachments.receive import receive
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.mail import Mail
from forum.demo import dates, telling
from forum.demo.accounts import Account
from forum.demo.pictures import picture
from forum.merchants import actions as merchants
from forum.merchants.actions.proving import take_record
from forum.merchants.lifecycle import DocumentKind, Proof, TeamRole
from forum.merchants.models import Merchant
from forum.people import actions as offices
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
    "rusli": "Rusli Anwar",
}
MODERATORS = {"dewi": "Dewi Lestari", "eko": "Eko Prasetyo"}
ADMINISTRATORS = {"surya": "Surya Adiputra"}
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
VOICES = {  # key: name, business, job title, way of proof
    "bima": ("Bima Santoso", "Pasar Senja", "Kepala Layanan Pelanggan", Proof.EMAIL),
    "fajar": ("Fajar Hidayat", "Kurir Kilat Jaya", "Hubungan Masyarakat", Proof.EMAIL),
    "gita": ("Gita Maharani", "Bank Nusa Sentosa", "Sekretaris Perusahaan", Proof.EMAIL),
    "indra": ("Indra Wibowo", "Telko Cakrawala", "Manajer Pengaduan", Proof.EMAIL),
    "joko": ("Joko Susilo", "Toko Melati Elektronik", "Pemilik", Proof.DOCUMENT),
    "kartika": ("Kartika Sari", "Tiket Angkasa Biru", "Layanan Penumpang", Proof.DNS),
    "laras": ("Laras Wulandari", "Dompet Pelita", "Hubungan Konsumen", Proof.EMAIL),
}
FIRST = {"dewi": Standing.MODERATOR, "surya": Standing.ADMINISTRATOR}  # appointed by the command, the others by two persons
TEAM = {  # key: name, business, job title, role, address that is invited
    "nadia": ("Nadia Prameswari", "Pasar Senja", "Staf Pengaduan", TeamRole.AGENT, "nadia@pasarsenja.example"),
    "rizal": ("Rizal Hakim", "Pasar Senja", "Staf Pengaduan", TeamRole.AGENT, "rizal@pasarsenja.example"),
    "wulan": ("Wulan Asih", "Pasar Senja", "Audit Internal", TeamRole.READER, "wulan@surat.example"),
}
INVITED = ("Pasar Senja", "keuangan@pasarsenja.example", "Staf Keuangan")  # has not come yet
OLDEST_DAYS = 150


def open_all(password: str) -> tuple[dict[str, User], list[Account]]:
    """Open the accounts; returns the people by their key, and the sign-ins, one consumer first."""
    begun, hashed = utcnow(), hash_password(password)
    people, sign_ins = {}, []
    roles = [
        (CONSUMERS, "consumer"),
        ({key: one[0] for key, one in (VOICES | TEAM).items()}, "business"),
        (MODERATORS, "moderator"),
        (ADMINISTRATORS, "administrator"),
    ]
    for names, role in roles:
        for key, name in names.items():
            email = f"{key}@surat.example"
            if key in FIRST:
                people[key] = accounts.appoint_first(FIRST[key], email=email, name=name, password=password)
            else:
                people[key] = accounts.open_account(name=name, email=email, password_hash=hashed, confirmed=True)
            sign_ins.append(Account(name, role, email, password))
    for key in (*MODERATORS, *ADMINISTRATORS):
        add_app(people[key], sign_ins)
    _appoint_second(people)
    dates.step(begun, begun - timedelta(days=OLDEST_DAYS + 30))
    return {key: reloaded(one) for key, one in people.items()}, sign_ins


def _appoint_second(people: dict[str, User]) -> None:
    """The administrator asks for a second moderator, the first one confirms."""
    request = offices.ask_rights(
        by=people["surya"],
        email=people["eko"].email or "",
        standing=Standing.MODERATOR,
        why="Antrean bertambah; banding perlu redaksi kedua.",
    )
    offices.confirm(request, by=people["dewi"])


def add_businesses(people: dict[str, User], sign_ins: list[Account]) -> dict[str, Merchant]:
    """Add the businesses with the domains that a moderator checked, prove their voices and give them a second factor."""
    begun, found = utcnow(), {}
    for name, domain in BUSINESSES.items():
        found[name] = merchants.find_or_add(name, people["dewi"])
        if domain:
            merchants.describe(found[name], by=people["dewi"], domain=domain)
            merchants.vouch_for_contact(
                found[name], by=people["dewi"], email=f"pengaduan@{domain}", source="situs resmi, halaman Hubungi Kami"
            )
    for key, (name, business, job_title, way) in VOICES.items():
        _prove(people[key], found[business], name, job_title, people["dewi"], way)
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


def _prove(person: User, merchant: Merchant, name: str, job_title: str, moderator: User, way: Proof) -> None:
    local = name.split(maxsplit=1)[0].lower()
    if way is Proof.DOCUMENT:
        found = merchants.claim(
            merchant, by=person, job_title=job_title, way=way, document=DocumentKind.BUSINESS_NUMBER
        )
        lines = ["NIB 0220 0010 0000 0", merchant.name, f"Pemilik: {name}"]
        sheet = picture("Nomor Induk Berusaha", lines)
        received = receive(sheet, "nib.png", current_app.extensions["storage"])
        attachments.keep_document(received, by=person, claim=found)
        make_all()
        merchants.send_documents(found, by=person, number=1)
        merchants.approve_claim(found, by=moderator, message="Dokumen sesuai.")
    elif way is Proof.DNS:
        found = merchants.claim(merchant, by=person, job_title=job_title, way=way)
        take_record(found, found.domain or "", found.record_token or "", by=person)
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
