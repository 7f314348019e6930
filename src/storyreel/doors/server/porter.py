"""What every request passes before it is read: its host, its site, its body's size and pace; and what every answer is told with.

Written against ASGI itself: a middleware of Starlette's own costs more than most of our answers.
"""

import asyncio
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from storyreel.doors.server.access import Exchange, request_id
from storyreel.doors.server.connections import BODY_S, REFUSED
from storyreel.doors.server.problems import Tell, as_problem
from storyreel.doors.server.refusals import CrossSite, Refused, TooLarge, TooSlow, WrongHost
from storyreel.observing.observer import SILENT, Observer

MB = 1_000_000
MOST_BODY_BYTES = 1 * MB
"""Of a body where nothing larger is taken."""

SLOWEST_BYTES_PER_S = 4_000
"""For every so many bytes of a body that came, a second more is waited for the rest."""

SAFE = {"GET", "HEAD", "OPTIONS"}
SAME = {"same-origin", "none"}
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; "
        "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
}
"""Of every answer that does not say otherwise: only our own scripts, styles and pictures, and no frame around a page."""
ONLY_HTTPS = "max-age=31536000"
"""Strict-Transport-Security, where the outside reaches us by https."""


class House(Protocol):
    """What the porter has to know of the server behind it."""

    @property
    def public_url(self) -> str:
        """Where the outside reaches it."""
        ...

    @property
    def observer(self) -> Observer:
        """Who is told what goes on."""
        ...


@dataclass(frozen=True, slots=True)
class Porter:
    """The outermost application; `inner` is asked only where the request may pass."""

    inner: ASGIApp
    names: Collection[str]  # hosts that this server is called; none: any
    most_bytes: Callable[[str], int]  # of a body to a path
    tell: Tell = as_problem  # an error, in the shape of a path
    house: Callable[[], House | None] = lambda: None  # None: it is not open yet
    patience_s: float = BODY_S

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or refuse it."""
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return
        headers, house = Headers(scope=scope), self.house()
        exchange = Exchange(request_id(headers.get("x-request-id")), send, _headers_of(house))
        try:
            await self._served(scope, headers, receive, exchange.sending)
        except Exception as error:  # noqa: BLE001  the outermost edge: it is told in the log, by the request's id
            exchange.broken_by(error)
            if not exchange.status:
                await self.tell(scope["path"], error)(scope, receive, exchange.sending)
        finally:
            exchange.tell(house.observer if house else SILENT, scope)

    async def _served(self, scope: Scope, headers: Headers, receive: Receive, send: Send) -> None:
        body = _Body(receive, self.most_bytes(scope["path"]), self.patience_s)
        try:
            if (refused := scope.get("state", {}).get(REFUSED)) is not None:
                raise refused
            self._must_be_ours(scope["method"], headers)
            body.must_fit(headers)
        except Refused as refused:
            await self.tell(scope["path"], refused)(scope, receive, send)
            return
        await self.inner(scope, body.receive, send)

    def _must_be_ours(self, method: str, headers: Headers) -> None:
        """Raises WrongHost, CrossSite."""
        hosts = headers.getlist("host")
        host = hosts[0] if len(hosts) == 1 else ""
        if self.names and _name_in(host) not in self.names:
            raise WrongHost(_name_in(host))
        if method in SAFE or "authorization" in headers:
            return
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if (site is not None and site not in SAME) or (origin is not None and urlsplit(origin).netloc != host):
            raise CrossSite


class _Body:
    """A body that is counted and timed while it is read."""

    def __init__(self, receive: Receive, most_bytes: int, patience_s: float) -> None:
        self._receive, self._most_bytes, self._patience_s = receive, most_bytes, patience_s
        self._bytes, self._whole, self._until = 0, False, time.monotonic() + patience_s

    def must_fit(self, headers: Headers) -> None:
        """Raises TooLarge for a length that is told and is too large."""
        told = headers.get("content-length", "")
        if told.isdecimal() and int(told) > self._most_bytes:
            raise TooLarge(self._most_bytes)

    async def receive(self) -> Message:
        """The next part. Raises TooLarge, TooSlow."""
        if self._whole:  # what comes now is that the caller is gone
            return await self._receive()
        try:
            async with asyncio.timeout(self._until + self._bytes / SLOWEST_BYTES_PER_S - time.monotonic()):
                message = await self._receive()
        except TimeoutError as error:
            raise TooSlow(self._bytes) from error
        self._bytes += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self._bytes > self._most_bytes:
            raise TooLarge(self._most_bytes)
        return message


_ALWAYS = [(name.lower().encode(), value.encode()) for name, value in ALWAYS.items()]
_BY_HTTPS = [*_ALWAYS, (b"strict-transport-security", ONLY_HTTPS.encode())]


def _headers_of(house: House | None) -> list[tuple[bytes, bytes]]:
    return _BY_HTTPS if house is not None and house.public_url.startswith("https:") else _ALWAYS


def _name_in(host: str) -> str:
    """A host without its port, in lower case; of `[::1]:80`, `::1`."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def limits(places: Mapping[str, int]) -> Callable[[str], int]:
    """How large a body may be, by the beginning of its path; the longest that fits counts."""
    longest_first = sorted(places.items(), key=lambda place: -len(place[0]))

    def most_bytes(path: str) -> int:
        return next((most for beginning, most in longest_first if path.startswith(beginning)), MOST_BODY_BYTES)

    return most_bytes
