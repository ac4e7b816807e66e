"""The receipt of a file, for its owner alone: as a page to print and as a text to keep."""

from dataclasses import dataclass

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.attachments.models import Attachment, Prepared
from forum.attachments.queries import by_token, letter_of
from forum.core.chain import ChainHead
from forum.core.errors import Gone, Missing
from forum.core.formats import number
from forum.core.web import login_required, visitor
from forum.letters.models import Letter
from forum.letters.queries import letter_for
from forum.receipts import proof, queries
from forum.receipts.proof import Covered, Link
from forum.receipts.views import bp


@dataclass(frozen=True)
class Receipt:
    """What can be said of a file: its bytes as they came, the link that names them, the head that covers it, the letter's newest link.

    `letter` is None where its page is not for the owner of the file (any more), `letter_id` while it is a draft.
    """

    file: Attachment
    letter_id: int | None = None
    letter: Letter | None = None
    link: Link | None = None
    covered: Covered | None = None
    newest: ChainHead | None = None

    @property
    def prepared(self) -> str:
        """What the owner's own device had done before the file was sent, in words."""
        words = {
            Prepared.AS_IT_WAS: "",
            Prepared.SHRUNK: _(
                "Your browser made the picture smaller before sending it: this is the receipt of the smaller file."
            ),
            Prepared.COVERED: _(
                "You covered parts of the picture before sending it: this is the receipt of the covered picture."
            ),
        }
        return str(words[self.file.prepared])


@bp.route("/files/<token>/receipt")
@login_required
def receipt(token: str) -> ResponseReturnValue:
    """The receipt as a page."""
    found = _found(token)
    size = number(found.file.original_size)
    return render_template("receipts/receipt.html", receipt=found, file=found.file, size=size)


@bp.route("/files/<token>/receipt.txt")
@login_required
def receipt_text(token: str) -> ResponseReturnValue:
    """The receipt as a text file that says how to check it without this site."""
    found = _found(token)
    text = render_template("receipts/receipt.txt", receipt=found, file=found.file)
    response = Response(text, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="receipt-{found.file.original_sha256[:12]}.txt"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _found(token: str) -> Receipt:
    file = by_token(token)
    if file is None or file.claim_id is not None or file.owner_id != visitor().id:
        raise Missing
    letter_id = letter_of(file)
    if letter_id is None:
        return Receipt(file)
    link, covered = proof.of_file(letter_id, file.id) or (None, None)
    return Receipt(file, letter_id, _readable(letter_id), link, covered, queries.end_of_chain(letter_id))


def _readable(letter_id: int) -> Letter | None:
    """A receipt stays its owner's, whatever became of the letter."""
    try:
        return letter_for(visitor(), letter_id)
    except (Gone, Missing):
        return None
