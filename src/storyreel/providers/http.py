"""The one HTTP client of all providers: pooled, bounded, and clear about money.

A free call that gets no answer may simply be made again later. A paid one is sent once, on a connection of its own: only where
it certainly never left does it count as not sent; otherwise nobody knows, and the error says so.
"""

import asyncio
import io
import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import aiohttp
from yarl import URL

from storyreel.accounts import Account
from storyreel.domain.errors import (
    AuthenticationFailed,
    InsufficientCredit,
    InvalidRequest,
    OutputBroken,
    OutputExpired,
    ProviderUnavailable,
    RateLimited,
    StoryreelError,
    SubmitOutcomeUnknown,
)
from storyreel.domain.said import MOST_CHARACTERS, said
from storyreel.domain.values import JSON
from storyreel.providers.unreached import Unreadable, is_away, reason_of

MOST_ANSWER_BYTES = 256 * 1024 * 1024  # a film clip inside JSON is a third larger than the clip
MOST_RESULT_BYTES = 4 * 1024 * 1024 * 1024
CONNECT_S = 10.0
CHUNK_BYTES = 256 * 1024
MOST_REDIRECTS = 5

PROXY_WANTS_A_PASSWORD = 407  # the provider never saw the call
NOT_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.ClientHttpProxyError, aiohttp.InvalidURL)
"""What went wrong before the first byte of a request left."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer."""

    status: int
    headers: Mapping[str, str]  # any case finds them
    body: bytes

    def json(self) -> JSON:
        """The body as JSON; None where it is not."""
        try:
            return json.loads(self.body)
        except (ValueError, UnicodeDecodeError):
            return None

    @property
    def retry_after_s(self) -> float | None:
        """What the answer's Retry-After says, in seconds."""
        try:
            return max(0.0, float(self.headers.get("Retry-After", "")))
        except ValueError:
            return None


Explain = Callable[[Answer], StoryreelError | None]
"""What an answer that is not a success means at one provider; None: what its status commonly means."""


async def _at_once() -> None:
    """Nobody has to be asked."""


class Http:
    """The connections of one line: a pool for what is free, a new connection for each paid call.

    `leaving` is asked just before a paid call leaves; what it raises ends the call, which certainly did not leave then.
    """

    def __init__(self, leaving: Callable[[], Awaitable[None]] = _at_once) -> None:
        self.leaving = leaving
        self._pool: aiohttp.ClientSession | None = None
        self._single: aiohttp.ClientSession | None = None
        self._is_closed = False

    def session(self, *, paid: bool) -> aiohttp.ClientSession:
        """The session for that kind of call; to be called within a running loop.

        Raises CancelledError once it is closed, as who calls then is being ended: nobody would close a new one.
        """
        if self._is_closed:
            raise asyncio.CancelledError("these connections are closed")
        if self._pool is None or self._single is None:
            jar = aiohttp.DummyCookieJar
            self._pool = aiohttp.ClientSession(cookie_jar=jar(), connector=aiohttp.TCPConnector(limit=100, limit_per_host=32))
            # A kept connection may have died unseen: a paid request on it would have an unknown outcome for nothing.
            self._single = aiohttp.ClientSession(cookie_jar=jar(), connector=aiohttp.TCPConnector(limit=100, force_close=True))
        return self._single if paid else self._pool

    async def close(self) -> None:
        """End every connection."""
        self._is_closed = True
        sessions, self._pool, self._single = (self._pool, self._single), None, None
        async with AsyncExitStack() as each:  # whatever becomes of the others
            for session in filter(None, sessions):
                each.push_async_callback(session.close)


class Api:
    """One provider's HTTP API, as one account reaches it."""

    def __init__(
        self,
        http: Http,
        account: Account,
        *,
        default_url: str,
        authorise: Callable[[], Mapping[str, str]],
        explain: Explain = lambda _answer: None,
    ) -> None:
        self.base_url = account.base_url or default_url
        self._http, self._account = http, account
        self._authorise, self._explain = authorise, explain

    async def free(
        self,
        method: str,
        path: str,
        *,
        body: JSON = None,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        form: aiohttp.FormData | bytes | None = None,
        tolerate: Callable[[Answer], bool] = lambda _: False,
    ) -> Answer:
        """The answer to a call that costs nothing. Raises ProviderUnavailable and what `explain` or the status says.

        An answer that is no success, and that `tolerate` holds good, is given back as it is.
        """
        try:
            answer = await self._ask(method, path, body=body, query=query, headers=headers, form=form, paid=False)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise self._unavailable(error, self._reason(error, path)) from error
        if answer.status >= 300 and not tolerate(answer):
            raise self._error(answer, paid=False)
        return answer

    async def paid(
        self,
        method: str,
        path: str,
        *,
        body: JSON = None,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        form: aiohttp.FormData | bytes | None = None,
    ) -> Answer:
        """The answer to a call that may cost money, sent once.

        Raises ProviderUnavailable where it never left, SubmitOutcomeUnknown where nobody knows (also: 408 and 5xx, unless
        `explain` says that they are refusals), and what `explain` or the status says of a refusal.
        """
        await self._http.leaving()
        try:
            answer = await self._ask(method, path, body=body, query=query, headers=headers, form=form, paid=True)
        except NOT_SENT as error:
            raise self._unavailable(error, self._reason(error, path)) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise SubmitOutcomeUnknown(provider=self._account.provider, detail=self._reason(error, path)) from error
        if answer.status >= 300:
            raise self._error(answer, paid=True)
        return answer

    async def download(self, url: str) -> AsyncGenerator[bytes]:
        """A result's bytes as they come; our key goes to no host but the API's own, and over no redirect.

        Raises OutputExpired, OutputBroken for a page instead of a clip, ProviderUnavailable.
        """
        provider = self._account.provider
        where = urljoin(f"{self.base_url}/", url)
        try:
            for _ in range(MOST_REDIRECTS):
                headers = dict(self._authorise()) if self.own(where) else {}
                async with self._open(where, headers) as response:
                    if response.status in {301, 302, 303, 307, 308}:
                        where = urljoin(where, response.headers.get("Location", ""))
                        continue
                    self._must_be_a_result(response)
                    count = 0
                    async for chunk in response.content.iter_chunked(CHUNK_BYTES):
                        count += len(chunk)
                        if count > MOST_RESULT_BYTES:
                            raise OutputBroken(f"it is larger than {MOST_RESULT_BYTES // 1024**3} GiB")
                        yield chunk
                    return
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise self._unavailable(error, f"no whole result: {self._reason(error, where)}") from error
        raise ProviderUnavailable(provider=provider, detail=f"the result is behind more than {MOST_REDIRECTS} redirects")

    def own(self, url: str) -> bool:
        """Whether an address is the API's own: the only one that may see the key."""
        theirs, ours = urlsplit(url), urlsplit(self.base_url)
        return (theirs.scheme, theirs.netloc) == (ours.scheme, ours.netloc)

    def said(self, text: object) -> str:
        """A provider's words, as an error may show them: `domain.said`, without what a call bears."""
        return said(text, self._secrets())

    def _secrets(self) -> set[str]:
        """The account's key, and what a call bears instead of one."""
        known = {self._account.key.get_secret_value()} if self._account.key else set[str]()
        with suppress(AuthenticationFailed):  # nothing to show, so nothing to hide
            known |= {value.rpartition(" ")[2] for value in self._authorise().values()}
        return known - {""}

    def _open(self, url: str, headers: Mapping[str, str]) -> "aiohttp.client._RequestContextManager":  # pyright: ignore[reportPrivateUsage]
        limits = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_S, sock_read=self._account.timeout_s)
        session = self._http.session(paid=False)
        # A signed address must arrive as it was given: an escape that is written anew breaks its signature.
        return session.get(
            URL(url, encoded=True), headers=headers, timeout=limits, proxy=self._account.proxy, allow_redirects=False
        )

    async def _ask(
        self,
        method: str,
        path: str,
        *,
        body: JSON,
        query: Mapping[str, str] | None,
        headers: Mapping[str, str] | None,
        form: aiohttp.FormData | bytes | None,
        paid: bool,
    ) -> Answer:
        whole, url = _is_whole(path), self._url(path)
        kind = {} if body is None else {"Content-Type": "application/json"}
        sent = {**kind, **(self._authorise() if self.own(url) else {}), **(headers or {})}
        limits = aiohttp.ClientTimeout(total=self._account.timeout_s, sock_connect=min(CONNECT_S, self._account.timeout_s))
        asked = self._http.session(paid=paid).request(
            method,
            URL(url, encoded=True) if whole and not query else url,  # a signed address arrives as it was given
            params=query,
            data=_sent(body, form),
            headers=sent,
            timeout=limits,
            proxy=self._account.proxy,
            allow_redirects=False,
        )
        async with asked as response:
            answer = Answer(response.status, response.headers.copy(), await _bounded(response))
            if answer.status < 300 and response.content_type == "text/html":  # of something in between, not the provider's
                raise Unreadable("a web page came instead of an answer")
            return answer

    def _must_be_a_result(self, response: aiohttp.ClientResponse) -> None:
        if response.status in {401, 403, 404, 410}:
            raise OutputExpired(provider=self._account.provider)
        if response.status >= 300:
            raise ProviderUnavailable(provider=self._account.provider, detail=f"HTTP {response.status} for the result")
        if response.content_type in {"text/html", "text/plain", "application/json", "application/xml"}:
            raise OutputBroken(f"{self._account.provider} sent {response.content_type} instead of a result")

    def _error(self, answer: Answer, *, paid: bool) -> StoryreelError:
        return self._explain(answer) or self._common(answer, paid=paid)

    def _common(self, answer: Answer, *, paid: bool) -> StoryreelError:
        """What a status means where the provider has no meaning of its own."""
        account, detail = self._account, f"HTTP {answer.status}: {self.said(_told(answer))}".removesuffix(": ")
        match answer.status:
            case 401 | 403:
                return AuthenticationFailed(provider=account.provider, setting=account.setting, refused=True)
            case 402:
                return InsufficientCredit(provider=account.provider, detail=self.said(_told(answer)))
            case 429:
                return RateLimited(provider=account.provider, retry_after_s=answer.retry_after_s)
            case status if 400 <= status < 500 and status not in {PROXY_WANTS_A_PASSWORD, 408}:
                return InvalidRequest(f"{account.provider} refuses the request ({detail}).", field="request")
            case _:
                pass
        if paid and answer.status != PROXY_WANTS_A_PASSWORD:
            return SubmitOutcomeUnknown(provider=account.provider, detail=detail, answered=True)
        return ProviderUnavailable(provider=account.provider, detail=detail)

    def _unavailable(self, error: Exception, detail: str) -> ProviderUnavailable:
        unreached, offline = is_away(error)
        return ProviderUnavailable(provider=self._account.provider, detail=detail, unreached=unreached, offline=offline)

    def _reason(self, error: Exception, path: str) -> str:
        return self.said(reason_of(error, self._account, self._url(path)))

    def _url(self, path: str) -> str:
        return path if _is_whole(path) else self.base_url + path


def _is_whole(path: str) -> bool:
    return path.startswith(("http://", "https://"))


def _sent(body: JSON, form: aiohttp.FormData | bytes | None) -> aiohttp.FormData | io.BytesIO | None:
    """What is sent, in pieces: a large body at once would hold up everything else."""
    if body is not None:
        return io.BytesIO(json.dumps(body).encode())
    return io.BytesIO(form) if isinstance(form, bytes) else form


async def _bounded(response: aiohttp.ClientResponse) -> bytes:
    """The body, of a bounded size. Raises Unreadable beyond it."""
    parts: list[bytes] = []
    count = 0
    async for chunk in response.content.iter_chunked(CHUNK_BYTES):
        count += len(chunk)
        if count > MOST_ANSWER_BYTES:
            raise Unreadable(f"the answer is larger than {MOST_ANSWER_BYTES // 1024**2} MiB")
        parts.append(chunk)
    return b"".join(parts)


def _told(answer: Answer) -> str:
    """What an answer says is wrong, wherever it says so."""
    told = answer.json()
    if isinstance(told, list) and told:
        told = told[0]
    if isinstance(told, dict):
        inner = told.get("error", told)
        if isinstance(inner, dict):
            inner = next((inner[name] for name in ("message", "detail", "reason", "msg") if inner.get(name)), inner)
        return str(inner)
    return "" if answer.body.lstrip()[:1] == b"<" else answer.body[:MOST_CHARACTERS].decode("utf-8", "replace")
