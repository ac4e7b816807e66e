"""Secrets: random tokens stored as hashes, signed values, encrypted fields."""

import hashlib
import hmac
import json
import secrets
from base64 import urlsafe_b64encode
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from forum.config import settings

TOKEN_BYTES = 32
PAD_BYTES = 12
WRONG_KEY = "FORUM_FIELD_KEY or FORUM_SECRET_KEY is not the one this was sealed with"
SEAL = b"sealed1:"
NONCE_BYTES = 12


def new_token() -> str:
    """Return 256 random bits as URL-safe text."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> str:
    """Return what is stored of a token: its SHA-256 as 64 hex digits."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def sign(purpose: str, value: str) -> str:
    """Return an HMAC-SHA256 of the value, bound to its purpose, as hex."""
    return hmac.new(
        settings().secret_key.encode(), f"{purpose}:{value}".encode("utf-8", "replace"), hashlib.sha256
    ).hexdigest()


def signed_by_us(purpose: str, value: str, signature: str) -> bool:
    """Whether `signature` is ours for this purpose and value."""
    return hmac.compare_digest(sign(purpose, value).encode(), signature.encode("utf-8", "replace"))


def sign_anew(purpose: str, value: str) -> str:
    """Return a signature that is another each time, so that no two compressed answers hold the same secret (BREACH)."""
    pad = secrets.token_urlsafe(PAD_BYTES)
    return f"{pad}.{sign(purpose, f'{pad}:{value}')}"


def signed_anew_by_us(purpose: str, value: str, signature: str) -> bool:
    """Whether `signature` is one that `sign_anew` gave for this purpose and value."""
    pad, _dot, signature = signature.partition(".")
    return signed_by_us(purpose, f"{pad}:{value}", signature)


@lru_cache(maxsize=4)
def _box(key: str) -> Fernet:
    return Fernet(urlsafe_b64encode(hashlib.sha256(f"field:{key}".encode()).digest()))


@lru_cache(maxsize=4)
def _chest(key: str) -> AESGCM:
    return AESGCM(hashlib.sha256(f"file:{key}".encode()).digest())


def seal(data: bytes) -> bytes:
    """Return a file's bytes encrypted and authenticated with the field key (AES-256-GCM), another text each time."""
    nonce, config = secrets.token_bytes(NONCE_BYTES), settings()
    return SEAL + nonce + _chest(config.field_key or config.secret_key).encrypt(nonce, data, SEAL)


def unseal(sealed: bytes) -> bytes:
    """Return the bytes that `seal` was given; raises RuntimeError when they were sealed with another key or changed."""
    start, config = len(SEAL), settings()
    nonce, text = sealed[start : start + NONCE_BYTES], sealed[start + NONCE_BYTES :]
    try:
        return _chest(config.field_key or config.secret_key).decrypt(nonce, text, sealed[:start])
    except (InvalidTag, ValueError) as problem:
        raise RuntimeError(WRONG_KEY) from problem


class Sealed(TypeDecorator[Any]):
    """A JSON value encrypted at rest with the field key (Fernet: AES-128-CBC, HMAC-SHA256)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        if value is None:
            return None
        config = settings()
        return _box(config.field_key or config.secret_key).encrypt(json.dumps(value).encode()).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        config = settings()
        try:
            return json.loads(_box(config.field_key or config.secret_key).decrypt(value.encode()))
        except InvalidToken as problem:
            raise RuntimeError(WRONG_KEY) from problem
