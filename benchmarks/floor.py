"""The floor: a bare Flask route that returns a constant body of 61 KB; what the server and Flask cost by themselves."""

from flask import Flask

BODY = ("<p>Surat pembaca yang sama, huruf demi huruf, untuk setiap pembaca.</p>\n" * 1000)[: 61 * 1024]

app = Flask(__name__)


@app.get("/")
def constant() -> str:
    """Return the constant body."""
    return BODY
