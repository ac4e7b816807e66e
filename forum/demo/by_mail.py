"""One business of the demo answers by the link in a mail; its address proves nothing, so the response waits for a moderator."""

from sqlalchemy import select

from forum.accounts.models import User
from forum.core.db import db
from forum.core.secrecy import digest, new_token
from forum.letters.lifecycle import Publication, ResponseState
from forum.letters.models import Case, Letter
from forum.merchants import actions as merchants
from forum.merchants.models import Merchant
from forum.notifications import late
from forum.responses import actions as responses
from forum.responses.actions.respond import Words
from forum.responses.models import Remedy

ADDRESS = "pemasaran@griyalembayung.example"
TEXT = (
    "Kami sudah memeriksa berkas pembelian rumah ini bersama bagian teknik. Sambungan air dipasang oleh kontraktor baru "
    "minggu lalu, dan biaya tangki yang Bapak atau Ibu sewa kami ganti setelah kuitansinya kami terima di kantor pemasaran."
)
RETURNED = 450_000  # rupiah


def answer(merchant: Merchant, moderator: User) -> None:
    """Vouch for an address, tell it of the open letters, and send a response by a mailed link."""
    merchants.vouch_for_contact(merchant, by=moderator, email=ADDRESS, source="papan nama kantor pemasaran, difoto redaksi")
    late.tell_late(merchant.id)
    case = db.session.scalars(
        select(Case)
        .join(Letter, Letter.id == Case.letter_id)
        .where(
            Case.merchant_id == merchant.id,
            Case.response == ResponseState.AWAITING,
            Letter.publication == Publication.PUBLISHED,
        )
        .order_by(Case.id.desc())
        .limit(1)
    ).one()
    link = responses.make_link(case, address=ADDRESS, token_hash=digest(new_token()), language="id")
    responses.open_link(link)
    said = {"text": TEXT, "remedy": Remedy.REFUND.value, "refund_amount": str(RETURNED), "signatory": "Sri Wahyuni", "job_title": "Layanan pemilik rumah"}
    responses.answer_by_link(
        link,
        Words(TEXT, said["signatory"], said["job_title"], Remedy.REFUND, how={"amount": RETURNED}),
        fields={name: [value] for name, value in said.items()},
        seen=None,
        once=None,
        sent_from="192.0.2.7",
    )
