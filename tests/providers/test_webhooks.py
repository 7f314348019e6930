"""Webhooks are believed only where their provider made them: by its signature, or by an address that nobody can guess."""

import base64
import hmac
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from storyreel.accounts import accounts_of
from storyreel.catalog.load import load_catalogue
from storyreel.domain.generation import Key, Request
from storyreel.domain.values import Size
from storyreel.providers.ed25519 import holds
from storyreel.providers.http import Http
from storyreel.providers.port import Hooked, open_provider
from storyreel.providers.webhooks import Forged, Heard, Incoming, keys_in, name_of, signed_by_fal
from storyreel.standins.fixtures import Standin, standin, standin_studio
from tests.providers.kits import a_kit

__all__ = ["standin", "standin_studio"]

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
KEY = Key(film="night-0001", shot="s1", take=1, route="m@p")
HOOKS = "https://studio.example/hooks"
SECRET = "whsec_" + base64.b64encode(b"a secret").decode()

RFC_8032 = (  # section 7.1, tests 1 and 2: public key, message, signature
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
)


@pytest.mark.parametrize(("public", "message", "signature"), RFC_8032)
def test_a_signature_holds_for_its_message_alone(public: str, message: str, signature: str) -> None:
    key, told, signed = (bytes.fromhex(part) for part in (public, message, signature))

    assert holds(key, told, signed)
    assert not holds(key, told + b"!", signed)
    assert not holds(key, told, bytes(64))
    assert not holds(b"\xff" * 32, told, signed)


def test_fals_webhooks_are_known_by_any_of_its_keys() -> None:
    private = Ed25519PrivateKey.generate()
    told = base64.urlsafe_b64encode(private.public_key().public_bytes_raw()).decode().rstrip("=")
    moment, body = str(int(NOW.timestamp())), b'{"request_id": "r1", "status": "OK"}'
    signature = private.sign("\n".join(("r1", "u1", moment, sha256(body).hexdigest())).encode()).hex()
    names = ("Request-Id", "User-Id", "Timestamp", "Signature")
    headers = dict(zip([f"X-Fal-Webhook-{name}" for name in names], ("r1", "u1", moment, signature), strict=True))
    keys = keys_in({"keys": [{"x": base64.urlsafe_b64encode(bytes(32)).decode()}, {"x": told}]})

    assert signed_by_fal(keys, Incoming("", headers, body, NOW)) == "r1"
    for wrong in (Incoming("", headers, body + b" ", NOW), Incoming("", {**headers, "X-Fal-Webhook-User-Id": "u2"}, body, NOW)):
        with pytest.raises(Forged):
            signed_by_fal(keys, wrong)


@pytest.fixture
async def http() -> AsyncGenerator[Http]:
    opened = Http()
    yield opened
    await opened.close()


@pytest.mark.parametrize(
    ("name", "model"),
    [("fal", "seedance-1.5-pro"), ("kling", "kling-2.5-turbo"), ("ark", "seedance-1.5-pro")],
)
async def test_a_provider_is_told_an_address_for_each_call(
    standin: Standin, http: Http, tmp_path: Path, name: str, model: str
) -> None:
    cloud = await standin(name)
    account = accounts_of({**cloud.environment(cloud.url), f"{name.upper()}_WEBHOOK_URL": HOOKS})[name]
    provider = open_provider(name, a_kit(tmp_path, account=account, http=http, work=tmp_path))
    _, route = load_catalogue().known_route(f"{model}@{name}")
    request = Request(prompt="A ship", seconds=5, size=Size(width_px=1280, height_px=720), sound=False)

    await provider.submit(request, route, KEY)

    [job] = cloud.jobs.values()
    assert f"{HOOKS}/{name_of(account, KEY)}" in str((job.facts, job.body))


@pytest.mark.parametrize("name", ["ark", "kling"])
async def test_where_nothing_is_signed_the_address_must_be_the_one_that_was_told(http: Http, tmp_path: Path, name: str) -> None:
    account = accounts_of({f"{name.upper()}_API_KEY": "k"})[name]
    provider = open_provider(name, a_kit(tmp_path, account=account, http=http, work=tmp_path))
    body = b'{"id": "t1", "status": "succeeded"}'
    assert isinstance(provider, Hooked)

    assert (await provider.heard(Incoming(name_of(account, KEY), {}, body, NOW))).remote == "t1"
    with pytest.raises(Forged):
        await provider.heard(Incoming(f"{name_of(account, KEY).partition('.')[0]}.{'0' * 32}", {}, body, NOW))


@pytest.mark.parametrize(
    ("name", "body"),
    [("kling", b'{"id": "t1", "status": "succeeded"}'), ("videos", b'{"type": "video.completed", "data": {"id": "t1"}}')],
)
async def test_where_there_is_a_secret_a_webhook_without_its_signature_is_refused(
    http: Http, tmp_path: Path, name: str, body: bytes
) -> None:
    account = replace(accounts_of({f"{name.upper()}_API_KEY": "k"})[name], facts={"hook_secret": SECRET})
    provider = open_provider(name, a_kit(tmp_path, account=account, http=http, work=tmp_path))
    moment = str(int(NOW.timestamp()))
    signature = base64.b64encode(hmac.digest(b"a secret", f"d1.{moment}.".encode() + body, "sha256")).decode()
    headers = {"webhook-id": "d1", "webhook-timestamp": moment, "webhook-signature": f"v1,bm8= v1,{signature}"}
    assert isinstance(provider, Hooked)

    assert await provider.heard(Incoming("", headers, body, NOW)) == Heard("d1", "t1")
    with pytest.raises(Forged):
        await provider.heard(Incoming(name_of(account, KEY), {}, body, NOW))
