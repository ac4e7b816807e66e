"""The pack says of each file what a moderator saw in it."""

from forum.attachments.models import Shows
from forum.core.clock import utcnow
from forum.handover.content import _evidence
from forum.letters.queries import letter_for
from tests.attachments.rows import stored


def test_what_a_moderator_saw_stands_with_the_file(app, cast):
    letter = cast.letter()
    stored(cast.ana, letter, checked_at=utcnow(), checked={"shows": Shows.PAYMENT.value, "matches": ["amount"]})
    with app.test_request_context():
        (one,) = _evidence(letter_for(cast.ana, letter.id, files=True))
        assert one.checked.endswith("jumlah cocok")
        assert one.checked.startswith("Bukti pembayaran ada, diperiksa moderator")
