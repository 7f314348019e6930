"""How this installation shows itself to Google Cloud: a token, a service account's file, an API key, or what the machine has."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any, Protocol, cast
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

from storyreel.accounts import Account
from storyreel.domain.errors import AuthenticationFailed, InvalidRequest, ProviderUnavailable

SCOPES = ("https://www.googleapis.com/auth/cloud-platform",)
MOST_ANSWER_BYTES = 1024 * 1024  # of a token server
PROJECT, CREDENTIALS, TOKEN = "GOOGLE_CLOUD_PROJECT", "GOOGLE_APPLICATION_CREDENTIALS", "GOOGLE_VERTEX_TOKEN"


class Credentials(Protocol):
    """What google-auth's credentials do for us."""

    token: str | None

    @property
    def valid(self) -> bool:
        """Whether the token can still be shown."""
        ...

    def refresh(self, request: object) -> None:
        """Get a new token. Blocks."""
        ...


class Passport:
    """Headers that are good for the next call."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._credentials: Credentials | None = None
        self._project: str | None = None
        self._turn = asyncio.Lock()

    @property
    def express(self) -> bool:
        """Whether an API key alone is shown, which needs no project."""
        facts = self._account.facts
        return self._account.key is not None and not facts.get("token") and not facts.get("credentials")

    @property
    def setting(self) -> str:
        """The variable that holds what is shown, as errors name it."""
        if self._account.facts.get("token"):
            return TOKEN
        return self._account.setting if self.express else CREDENTIALS

    @property
    def project(self) -> str:
        """The project that pays. Raises AuthenticationFailed, which names the variable."""
        project = self._account.facts.get("project") or self._project
        if not project:
            raise AuthenticationFailed(provider=self._account.provider, setting=PROJECT)
        return project

    @property
    def secret(self) -> str:
        """What must not be shown in any message besides the key; empty where there is none."""
        known = self._credentials.token if self._credentials else None
        return self._account.facts.get("token") or known or ""

    def headers(self) -> Mapping[str, str]:
        """What a call bears; after `ready`."""
        if self.express:
            return {"x-goog-api-key": self._account.secret()}
        return {"Authorization": f"Bearer {self.secret}"}

    async def ready(self) -> None:
        """See that there is a token, and that it is fresh. Raises AuthenticationFailed, ProviderUnavailable, InvalidRequest."""
        if self.express or self._account.facts.get("token"):
            return
        if not self._account.facts.get("credentials") and not self._account.facts.get("project"):
            raise AuthenticationFailed(
                provider=self._account.provider, setting=f"{CREDENTIALS} (a service account's file) or {self._account.setting}"
            )
        async with self._turn:
            if self._credentials is None or not self._credentials.valid:
                await asyncio.to_thread(self._refresh)

    def _refresh(self) -> None:
        """Load the credentials, once, and get a token. Blocks."""
        try:
            from google.auth import exceptions
        except ImportError as error:
            raise InvalidRequest(
                "Google Cloud's credentials need the package google-auth: install storyreel[google].", field=CREDENTIALS
            ) from error
        account = self._account
        try:
            if self._credentials is None:
                self._credentials, self._project = self._loaded()
            self._credentials.refresh(transport_of(account))
        except exceptions.TransportError as error:
            raise ProviderUnavailable(provider=account.provider, detail="its token server gives no answer") from error
        except exceptions.DefaultCredentialsError as error:
            raise AuthenticationFailed(provider=account.provider, setting=CREDENTIALS) from error
        except exceptions.RefreshError as error:
            if error.retryable:
                raise ProviderUnavailable(provider=account.provider, detail="its token server is not well") from error
            raise AuthenticationFailed(provider=account.provider, setting=CREDENTIALS, refused=True) from error
        except (OSError, ValueError) as error:
            raise AuthenticationFailed(provider=account.provider, setting=CREDENTIALS, refused=True) from error

    def _loaded(self) -> tuple[Credentials, str | None]:
        """The credentials that are told, otherwise what this machine has; and the project that they are of."""
        import google.auth
        from google.oauth2 import credentials, service_account

        scopes = list(SCOPES)
        told: dict[str, Any] = self._account.credentials() if self._account.facts.get("credentials") else {}
        project: str | None
        match told.get("type"):
            case "service_account":
                found: Any = service_account.Credentials.from_service_account_info(told, scopes=scopes)
                project = told.get("project_id")
            case "authorized_user":
                found = credentials.Credentials.from_authorized_user_info(told, scopes)
                project = told.get("quota_project_id")
            case None:  # the machine's own
                found, project = cast("tuple[Any, str | None]", google.auth.default(scopes=scopes))
            case _:  # a federated identity, an impersonated account
                found, project = cast("tuple[Any, str | None]", google.auth.load_credentials_from_dict(told, scopes=scopes))
        return cast("Credentials", found), project


@dataclass(frozen=True, slots=True)
class Response:
    """An answer as google-auth reads it."""

    status: int
    headers: Mapping[str, str]
    data: bytes


def transport_of(account: Account) -> Callable[..., Response]:
    """What google-auth asks its token server by: the standard library, through the account's proxy. Blocks."""
    from google.auth.exceptions import TransportError

    opener = build_opener(ProxyHandler({"http": account.proxy, "https": account.proxy})) if account.proxy else build_opener()

    def ask(
        url: str, method: str = "GET", body: bytes | None = None, headers: Mapping[str, str] | None = None, **_: object
    ) -> Response:
        if not url.startswith(("https://", "http://")):
            raise TransportError(f"a token server cannot be at {url}")
        asked = Request(url, data=body, headers=dict(headers or {}), method=method)  # noqa: S310  checked above
        try:
            with opener.open(asked, timeout=account.timeout_s) as answer:
                return Response(answer.status, dict(answer.headers), answer.read(MOST_ANSWER_BYTES))
        except HTTPError as refusal:
            with refusal:
                return Response(refusal.code, dict(refusal.headers), refusal.read(MOST_ANSWER_BYTES))
        except (OSError, HTTPException) as error:
            raise TransportError(str(error)) from error

    return ask
