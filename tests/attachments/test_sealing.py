"""What is kept of a file that came in: its seal, and nothing that could be read without the key."""

import hashlib
import io

import pytest

from forum.attachments.receive import receive
from forum.core.secrecy import unseal
from forum.core.storage import LocalStorage
from tests.attachments import hostile


@pytest.fixture
def storage(tmp_path):
    return LocalStorage(tmp_path)


def test_what_was_received_is_described(app, storage):
    sent = hostile.jpeg()
    received = receive(io.BytesIO(sent), "../Struk\u202e 1.jpeg", storage)
    assert received.name == "Struk 1.webp"
    assert (received.kind, received.size, received.sha256) == ("image", len(sent), hashlib.sha256(sent).hexdigest())
    kept = {path.name for path in storage.root.rglob("*") if path.is_file()} - {".lock"}
    assert kept == {received.key}
    sealed = storage.path(received.key).read_bytes()
    assert sent[:64] not in sealed
    assert sent[-64:] not in sealed
    assert unseal(sealed) == sent
    assert receive(sent, "lagi.jpg", storage).key != received.key, "equal files cannot be told from equal seals"


def test_a_seal_that_was_changed_or_is_of_another_key_opens_nothing(app, storage):
    sealed = storage.path(receive(hostile.jpeg(), "a.jpg", storage).key).read_bytes()
    for at in (0, 8, 20, len(sealed) - 1):
        changed = bytearray(sealed)
        changed[at] ^= 1
        with pytest.raises(RuntimeError):
            unseal(bytes(changed))
    for short in (b"", sealed[:8], sealed[:20], sealed[:-1]):
        with pytest.raises(RuntimeError):
            unseal(short)
