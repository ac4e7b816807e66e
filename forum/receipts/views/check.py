"""Whether a file is the one of a receipt: answered in the reader's own browser, the file goes nowhere."""

from flask import render_template
from flask.typing import ResponseReturnValue

from forum.core.formats import size_words
from forum.receipts.views import bp

COMMANDS = (("Linux", "sha256sum FILE"), ("macOS", "shasum -a 256 FILE"), ("Windows", "certutil -hashfile FILE SHA256"))
MOST_BYTES = 500 * 1000**2  # a browser takes the digest of a whole file in its memory


@bp.route("/check-file")
def check() -> ResponseReturnValue:
    """The page that compares a file with a receipt."""
    return render_template("receipts/check.html", most=MOST_BYTES, most_words=size_words(MOST_BYTES), commands=COMMANDS)
