"""Who calls: a key's user, a session of the pages, or whoever sits at this machine while no key exists."""

import asyncio
import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from storyreel.domain.film import LOCAL
from storyreel.doors.server.rates import Rates
from storyreel.doors.server.refusals import KeyMissing, KeyUnknown, ScopeMissing
from storyreel.doors.server.seal import Seal
from storyreel.library import keys
from storyreel.library.database import Database
from storyreel.library.keys import Scope

FRESH_S = 1.0  # a key that was made or revoked counts so much later at most
JUST_MADE_S = 0.05  # the same where a key that is not known comes
FAILURES, FAILURES_PER_S = 20, 0.5
"""Keys that are none which may come from one address: at once, and every second."""
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
COOKIE = "storyreel_session"
SESSION = "session"
"""What a session's seal is for; it holds the key's id."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who a request is from, and what it may do."""

    user: str
    scopes: frozenset[Scope]
    api_key: str | None = None  # the key's id

    @property
    def name(self) -> str:
        """What its limits are counted by."""
        return self.api_key or self.user

    def must(self, scope: Scope) -> None:
        """Raises ScopeMissing."""
        if scope not in self.scopes:
            raise ScopeMissing(scope)


AT_THIS_MACHINE = Caller(LOCAL, frozenset(Scope))
"""Whoever reaches a server that needs no key, since none exists and it listens to this machine alone."""


def address_of(connection: HTTPConnection) -> str:
    """From where it was sent."""
    return connection.client.host if connection.client else ""


def is_here(connection: HTTPConnection) -> bool:
    """Whether it comes from this machine itself, and not by a proxy here from elsewhere."""
    headers = connection.headers
    named = urlsplit(f"//{headers.get('host', '')}").hostname or ""
    return is_loopback(address_of(connection)) and is_loopback(named) and not any(name in headers for name in FORWARDED)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches that address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Callers:
    """Knows callers by their keys; those in use are read again where they may have changed."""

    def __init__(self, database: Database, seal: Seal, clock: Callable[[], float]) -> None:
        self._database, self._seal, self._clock = database, seal, clock
        self._failures = Rates(FAILURES_PER_S, FAILURES, clock)
        self._known: dict[str, tuple[str, str, frozenset[Scope]]] = {}
        self._read_at = float("-inf")
        self._reading = asyncio.Lock()

    async def keys_exist(self) -> bool:
        """Whether there is a key in use, so that everybody needs one."""
        await self._refresh()
        return bool(self._known)

    async def caller(self, connection: HTTPConnection) -> Caller:
        """Who sent it. Raises KeyMissing, KeyUnknown, TooMany."""
        kind, _, secret = connection.headers.get("authorization", "").partition(" ")
        secret = secret.strip() if kind.lower() == "bearer" else connection.headers.get("x-api-key", "")
        await self._refresh_for(secret)
        if not self._known and is_here(connection):
            return AT_THIS_MACHINE
        if secret:
            return await self.with_key(secret, address_of(connection))
        if (session := connection.cookies.get(COOKIE)) and (id := self._seal.opened(SESSION, session)) in self._known:
            _, user, scopes = self._known[id]
            return Caller(user, scopes, id)
        raise KeyMissing

    async def with_key(self, secret: str, address: str) -> Caller:
        """Whose key that is. Raises KeyUnknown, TooMany for an address from which others that are none came."""
        await self._refresh_for(secret)
        id = keys.id_of(secret)
        hash, user, scopes = self._known.get(id, ("", "", frozenset[Scope]()))
        if not keys.fits(secret, hash):
            self._failures.must_allow(address)
            raise KeyUnknown
        return Caller(user, scopes, id)

    async def _refresh_for(self, secret: str) -> None:
        """Know the keys in use; those just made too, where one comes that is not known."""
        id = keys.id_of(secret)
        if not id or id in self._known:
            await self._refresh(FRESH_S)
        else:
            await self._refresh(JUST_MADE_S if self._known else 0.0)  # it may be the first one ever

    async def _refresh(self, fresh_s: float = FRESH_S) -> None:
        if self._clock() - self._read_at < fresh_s:
            return
        async with self._reading:
            if self._clock() - self._read_at >= fresh_s:
                self._known = await self._database.read(keys.hashes)
                self._read_at = self._clock()
