"""Google's token server: a service account's signed assertion becomes an access token that lives an hour."""

import json
import time
from datetime import datetime, timedelta
from functools import cache, cached_property
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING
from weakref import finalize

from aiohttp import web

from storyreel.domain.values import JSON
from storyreel.standins.reading import form_of

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    from storyreel.standins.cloud import Cloud

GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
SCOPE = "https://www.googleapis.com/auth/cloud-platform"
EMAIL = "studio@standin-project.iam.gserviceaccount.com"
AUDIENCE = "https://oauth2.googleapis.com/token"  # what google-auth writes wherever the server is
KEY_ID = "standin0001"
LIFE = timedelta(seconds=3599)
KEY_BITS = 1024  # a real one has 2048, and takes several times as long to load; this one opens nothing


class Tokens:
    """The token server of one cloud, and the service account that it knows."""

    def __init__(self, cloud: "Cloud", project: str) -> None:
        self._cloud, self._project = cloud, project
        self._until: dict[str, datetime] = {}
        self._folder: Path | None = None

    def add_routes(self, app: web.Application) -> None:
        """The one that there is; it meets no fault, which would be meant for the API."""
        app.router.add_post("/token", self._grant)

    def good(self, token: str) -> bool:
        """Whether a token was given out and lives."""
        until = self._until.get(token)
        return until is not None and self._cloud.now() < until

    def hand_out(self) -> str:
        """A token that is good for an hour."""
        token = f"ya29.standin-{self._cloud.new_id(40)}"
        self._until[token] = self._cloud.now() + LIFE
        return token

    def key_file(self, url: str) -> Path:
        """A service account's file, as Google's console gives it; gone with the stand-in itself."""
        from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

        if self._folder is None:
            self._folder = Path(mkdtemp(prefix="standin-vertex-"))
            finalize(self, rmtree, self._folder, ignore_errors=True)
        path = self._folder / "service-account.json"
        secret = _service_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        told = {
            "type": "service_account",
            "project_id": self._project,
            "private_key_id": KEY_ID,
            "private_key": secret,
            "client_email": EMAIL,
            "client_id": "100000000000000000001",
            "token_uri": f"{url}/token",
        }
        path.write_text(json.dumps(told))
        path.chmod(0o600)
        return path

    async def _grant(self, request: web.Request) -> web.Response:
        fields, _ = await form_of(request)
        if fields.get("grant_type") != GRANT:
            return _no("unsupported_grant_type", "Invalid grant_type.")
        problem = self._problem(fields.get("assertion", ""), [AUDIENCE, f"{request.scheme}://{request.host}{request.path}"])
        if problem:
            return _no("invalid_grant", problem)
        token = self.hand_out()
        return web.json_response({"access_token": token, "expires_in": int(LIFE.total_seconds()), "token_type": "Bearer"})

    def _problem(self, assertion: str, audience: list[str]) -> str:
        """What is wrong with an assertion; empty: nothing."""
        from google.auth import jwt
        from google.auth.exceptions import GoogleAuthError

        try:
            # The certificates by their key's id, as Google publishes them.
            told: dict[str, JSON] = jwt.decode(assertion, certs={KEY_ID: self._public}, audience=audience)
        except (ValueError, GoogleAuthError) as error:
            return f"Invalid JWT: {error}"
        if told.get("iss") != EMAIL:
            return "Invalid grant: account not found"
        if SCOPE not in str(told.get("scope")).split():
            return "Invalid JWT: the scope is empty or not known."
        expires, issued = told.get("exp"), told.get("iat")
        if not isinstance(expires, int) or not isinstance(issued, int) or not time.time() < expires <= issued + 3600:
            return "Invalid JWT: Token must be a short-lived token (60 minutes)."
        return ""

    @cached_property
    def _public(self) -> bytes:
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        return _service_key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _no(error: str, why: str) -> web.Response:
    return web.json_response({"error": error, "error_description": why}, status=400)


@cache
def _service_key() -> "RSAPrivateKey":
    """The service account's key: one for each process, as making one takes a while."""
    from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

    return generate_private_key(65537, KEY_BITS)
