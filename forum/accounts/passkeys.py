"""Passkeys (WebAuthn): what a browser is asked for, and whether what it answers holds. Bound to the host of FORUM_SITE_URL."""

import json
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import webauthn
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from forum.accounts.models import Passkey, User
from forum.config import settings
from forum.core.errors import Invalid

LONGEST_ANSWER_CHARACTERS = 20_000
MOST_PASSKEYS = 20
BAD = (WebAuthnException, ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError)


@dataclass(frozen=True)
class Made:
    """A new passkey as the browser made it."""

    credential_id: str
    public_key: str
    sign_count: int


def relying_party() -> str:
    """Return the host that passkeys are bound to."""
    return urlsplit(settings().site_url).hostname or ""


def origin() -> str:
    """Return the one origin from which an answer is taken."""
    parts = urlsplit(settings().site_url)
    return f"{parts.scheme}://{parts.netloc}"


def possible() -> bool:
    """Whether browsers make passkeys for this address: for a name over HTTPS, or localhost; never for a bare number."""
    host = relying_party()
    try:
        ip_address(host)
    except ValueError:
        return origin().startswith("https://") or host == "localhost"
    return False


def to_register(user: User, known: list[str]) -> tuple[str, dict[str, Any]]:
    """Return a challenge and the options with which a browser makes a passkey that is none of `known`."""
    options = webauthn.generate_registration_options(
        rp_id=relying_party(),
        rp_name=settings().site_name,
        user_id=str(user.id).encode(),
        user_name=user.email or user.name,
        user_display_name=user.name,
        exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in known],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=UserVerificationRequirement.PREFERRED
        ),
    )
    return bytes_to_base64url(options.challenge), json.loads(webauthn.options_to_json(options))


def to_sign_in(known: list[str]) -> tuple[str, dict[str, Any]]:
    """Return a challenge and the options with which a browser asks for one of the `known` passkeys."""
    options = webauthn.generate_authentication_options(
        rp_id=relying_party(),
        allow_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in known],
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return bytes_to_base64url(options.challenge), json.loads(webauthn.options_to_json(options))


def made(answer: str, challenge: str) -> Made:
    """Return the new passkey; raises Invalid("bad_passkey") for a wrong challenge, host, origin or signature, or no answer."""
    try:
        found = webauthn.verify_registration_response(
            credential=_read(answer),
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=relying_party(),
            expected_origin=origin(),
        )
    except BAD as problem:
        raise Invalid("bad_passkey") from problem
    return Made(
        bytes_to_base64url(found.credential_id), bytes_to_base64url(found.credential_public_key), found.sign_count
    )


def credential_of(answer: str) -> str:
    """Return which passkey answers, empty when that cannot be read."""
    try:
        return str(_read(answer)["id"])
    except BAD:
        return ""


def signed(passkey: Passkey, answer: str, challenge: str) -> int:
    """Return the new count of signatures; raises Invalid("bad_passkey") as `made`, and when the count did not grow: a copy."""
    try:
        found = webauthn.verify_authentication_response(
            credential=_read(answer),
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=relying_party(),
            expected_origin=origin(),
            credential_public_key=base64url_to_bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
        )
    except BAD as problem:
        raise Invalid("bad_passkey") from problem
    return found.new_sign_count


def _read(answer: str) -> dict[str, Any]:
    if len(answer) > LONGEST_ANSWER_CHARACTERS:
        raise ValueError
    read = json.loads(answer)
    if not isinstance(read, dict):
        raise TypeError
    return read
