"""Webhooks in: by what a call is named in its address, and whether a webhook is its provider's own.

Standard Webhooks (Replicate, Kling, OpenAI): https://github.com/standard-webhooks/standard-webhooks. fal: "Webhooks" in its
documentation. Ark and BytePlus sign nothing: the seal in the address, which only they were told, has to do. Read 2026-11-20.
"""

import base64
import binascii
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from storyreel.accounts import Account
from storyreel.domain.generation import Key
from storyreel.domain.values import JSON, dict_of
from storyreel.providers.ed25519 import holds
from storyreel.providers.sent import token_of

TOLERANCE_S = 300.0  # between a webhook's time and ours: an old one is a repetition
SEAL_LETTERS = 32


class Forged(Exception):
    """A webhook that its provider did not sign, or signed too long ago."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A webhook as it came."""

    name: str  # the end of its address: the call's token, and its seal
    headers: Mapping[str, str]  # whatever the case of their names
    body: bytes
    now: datetime

    @property
    def told(self) -> dict[str, JSON]:
        """What it says. Raises Forged for what is no object."""
        try:
            told: JSON = json.loads(self.body)
        except ValueError as error:
            raise Forged("it is no JSON") from error
        return dict_of(told)


@dataclass(frozen=True, slots=True)
class Heard:
    """A webhook that is its provider's own."""

    delivery: str  # the same where it is told again
    remote: str  # what the provider calls the generation


def address_for(account: Account, key: Key) -> str | None:
    """Where a provider shall tell of a call: nobody else can guess it. None where no address of ours is set."""
    hooks = account.facts.get("hooks")
    return f"{hooks.rstrip('/')}/{name_of(account, key)}" if hooks else None


def name_of(account: Account, key: Key) -> str:
    """A call's token and its seal."""
    token = token_of(key)
    return f"{token}.{_seal(account, token)}"


def must_be_sealed(account: Account, incoming: Incoming) -> None:
    """Raises Forged for an address that we gave to nobody."""
    token, _, seal = incoming.name.partition(".")
    if not hmac.compare_digest(_seal(account, token).encode(), seal.encode()):
        raise Forged("nobody was given this address")


def signed_by_standard(secret: str, incoming: Incoming) -> str:
    """The delivery's id of a Standard Webhook. Raises Forged."""
    id, moment = (incoming.headers.get(f"webhook-{name}", "") for name in ("id", "timestamp"))
    _must_be_recent(moment, incoming.now)
    mine = hmac.digest(_bytes_of(secret), f"{id}.{moment}.".encode() + incoming.body, "sha256")
    theirs = [one.removeprefix("v1,") for one in incoming.headers.get("webhook-signature", "").split() if one.startswith("v1,")]
    if not id or not any(hmac.compare_digest(base64.b64encode(mine), one.encode()) for one in theirs):
        raise Forged("its signature does not hold")
    return id


def signed_by_fal(keys: Iterable[bytes], incoming: Incoming) -> str:
    """The request's id of a webhook of fal's, by any of its public keys. Raises Forged."""
    names = ("Request-Id", "User-Id", "Timestamp", "Signature")
    request, user, moment, told = (incoming.headers.get(f"X-Fal-Webhook-{name}", "") for name in names)
    _must_be_recent(moment, incoming.now)
    message = "\n".join((request, user, moment, sha256(incoming.body).hexdigest())).encode()
    try:
        signature = bytes.fromhex(told)
    except ValueError as error:
        raise Forged("its signature is none") from error
    if not request or not any(holds(key, message, signature) for key in keys):
        raise Forged("its signature does not hold")
    return request


def keys_in(told: JSON) -> list[bytes]:
    """The Ed25519 keys of a JWK set."""
    listed = dict_of(told).get("keys")
    found = [dict_of(one).get("x") for one in (listed if isinstance(listed, list) else [])]
    return [base64.urlsafe_b64decode(x + "=" * (-len(x) % 4)) for x in found if isinstance(x, str)]


def _seal(account: Account, token: str) -> str:
    """What only who knows the account's key can make of a token."""
    return hmac.new(account.secret().encode(), token.encode(), "sha256").hexdigest()[:SEAL_LETTERS]


def _must_be_recent(moment: str, now: datetime) -> None:
    if not moment.isdecimal() or abs(now.timestamp() - int(moment)) > TOLERANCE_S:
        raise Forged("it is not of these minutes")


def _bytes_of(secret: str) -> bytes:
    """A secret's bytes: base64 after its prefix, otherwise as it stands."""
    try:
        return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except binascii.Error:
        return secret.encode()
