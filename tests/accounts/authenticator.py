"""A passkey in software: what a browser and its key answer to the site's questions (WebAuthn, packed by hand)."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, KEY_INSIDE = 0x01, 0x40


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


class SoftKey:
    """One key; `count` None keeps it at zero, as synced passkeys do."""

    def __init__(self, *, origin: str = "http://localhost", count: int | None = 0) -> None:
        self.origin, self.host, self.count = origin, origin.split("://")[1].split(":", maxsplit=1)[0], count
        self.id = secrets.token_bytes(32)
        self._key = ec.generate_private_key(ec.SECP256R1())

    def _data(self, flags: int) -> bytes:
        count = 0
        if self.count is not None:
            self.count += 1
            count = self.count
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + count.to_bytes(4, "big")

    def _client(self, kind: str, asked: str, **changed: Any) -> bytes:
        said = {"type": kind, "challenge": asked, "origin": self.origin, "crossOrigin": False, **changed}
        return json.dumps(said).encode()

    def register(self, question: dict[str, Any], **changed: Any) -> str:
        """Answer `navigator.credentials.create`."""
        numbers = self._key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        inside = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(public)
        made = {"fmt": "none", "attStmt": {}, "authData": self._data(PRESENT | KEY_INSIDE) + inside}
        return self._answer(
            clientDataJSON=self._client("webauthn.create", question["challenge"], **changed),
            attestationObject=cbor2.dumps(made),
        )

    def sign(self, question: dict[str, Any], **changed: Any) -> str:
        """Answer `navigator.credentials.get`."""
        client = self._client("webauthn.get", question["challenge"], **changed)
        data = self._data(PRESENT)
        signature = self._key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signature)

    def _answer(self, **parts: bytes) -> str:
        response = {name: _text(raw) for name, raw in parts.items()}
        return json.dumps({"id": _text(self.id), "rawId": _text(self.id), "type": "public-key", "response": response})

    def knows(self, question: dict[str, Any]) -> bool:
        """Whether the site asks for this key."""
        return any(
            urlsafe_b64decode(one["id"] + "==") == self.id for one in question["allowCredentials"]
        )
