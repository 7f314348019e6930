"""Files that a person names by address: fetched from public places only, bounded in time and bytes.

The address that is really connected to is what is checked, at every redirect, so that a name cannot point inwards.
"""

import asyncio
import io
import ipaddress
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeAlias
from urllib.parse import urljoin

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from storyreel.addresses import shown
from storyreel.domain.errors import InvalidRequest, MediaUnusable

MOST_CLIP_BYTES = 200 * 1024 * 1024
TIME_S, CONNECT_S, NAME_S = 30.0, 10.0, 5.0
MOST_REDIRECTS = 5
REDIRECTS = {301, 302, 303, 307, 308}
CHUNK_BYTES = 64 * 1024

Number: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

UNICAST = ipaddress.ip_network("2000::/3")
"""Of IPv6, all that is given to anybody."""
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""Addresses of IPv4 as hosts without any see them (RFC 6052)."""
TUNNELS = tuple(map(ipaddress.ip_network, ("2001::/32", "2002::/16", "3fff::/20", "192.88.99.0/24", "192.0.0.8/32")))
"""Teredo and 6to4, which may end anywhere, a range for examples, a number that stands for none: Python takes them for public."""
WITHIN = tuple(map(ipaddress.ip_network, ("::/96", "64:ff9b::/96", "64:ff9b:1::/48")))
"""Addresses of IPv6 whose last 32 bits are one of IPv4."""
SECRETS = tuple(
    map(
        ipaddress.ip_network,
        ("169.254.0.0/16", "fd00:ec2::/32", "fd20:ce::/32", "100.100.100.200/32", "168.63.129.16/32", "192.0.0.192/32"),
    )
)
"""Where clouds (AWS, Google, Azure, Alibaba, Oracle) tell a machine its secrets: never asked, from wherever."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a message to an address."""

    status: int | None  # None: nobody was reached
    reason: str  # why not; otherwise the status in words
    retry_after_s: float | None = None  # as the other side asks


@dataclass(frozen=True, slots=True)
class Fetcher:
    """What may be fetched: `inward` allows this machine and its own network, for tests and stand-ins."""

    inward: bool = False
    names: AbstractResolver | None = None  # who knows the numbers of names; the system, where nobody is told
    patience_s: float = TIME_S  # for all of a fetch

    async def fetch(self, url: str, *, most_bytes: int, field: str) -> bytes:
        """The bytes behind an address, at most so many. Raises MediaUnusable, which says why not."""
        file = io.BytesIO()
        await self._fetch_into(file, url, most_bytes, field)
        return file.getvalue()

    async def fetch_file(self, url: str, path: Path, *, most_bytes: int, field: str) -> None:
        """The same as a file, for what is too large to be held."""
        with await asyncio.to_thread(path.open, "wb") as file:
            await self._fetch_into(file, url, most_bytes, field)

    async def _fetch_into(self, file: BinaryIO, url: str, most_bytes: int, field: str) -> None:
        try:
            async with asyncio.timeout(self.patience_s), self._session() as session:
                await self._follow(session, file, url, most_bytes, field)
        except TimeoutError as error:
            raise MediaUnusable(shown(url), f"it was not there within {self.patience_s:g} s", field=field) from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise MediaUnusable(shown(url), _reason_of(error), field=field) from error

    async def post(self, url: str, body: bytes, headers: Mapping[str, str], *, patience_s: float) -> Answered:
        """What an address answered to a message; its words are not read, and no redirect is followed."""
        try:
            self._must_be_public(url)
            async with (
                asyncio.timeout(patience_s),
                self._session() as session,
                session.post(url, data=body, headers=headers, allow_redirects=False) as response,
            ):
                asked = response.headers.get("Retry-After", "")
                told = f"HTTP {response.status} {response.reason or ''}".rstrip()
                return Answered(response.status, told, float(asked) if asked.isdecimal() else None)
        except TimeoutError:
            return Answered(None, f"it did not answer within {patience_s:g} s")
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return Answered(None, _reason_of(error))

    async def must_lead_out(self, url: str, *, field: str) -> None:
        """Raises InvalidRequest for what is no address of the web, has a password in it, or leads inwards.

        A name that nobody knows may be known tomorrow: it is looked up again when it is asked.
        """
        try:
            self._must_be_public(url)
            async with asyncio.timeout(NAME_S):
                await _Outward(self.names, inward=self.inward).resolve(URL(url).host or "")
        except (_Inward, _Secret, ValueError) as error:
            raise InvalidRequest(f"{shown(url)} cannot be used: {error}.", field=field) from error
        except OSError:  # a time-out, too
            return

    def _session(self) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(resolver=_Outward(self.names, inward=self.inward), use_dns_cache=False)
        limits = aiohttp.ClientTimeout(total=TIME_S, sock_connect=CONNECT_S)
        return aiohttp.ClientSession(
            connector=connector,
            timeout=limits,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"Accept-Encoding": "identity"},
            auto_decompress=False,  # a packed answer is not what it weighs
        )

    async def _follow(self, session: aiohttp.ClientSession, file: BinaryIO, url: str, most_bytes: int, field: str) -> None:
        where = url
        for _ in range(MOST_REDIRECTS):
            self._must_be_public(where)
            async with session.get(where, allow_redirects=False) as response:
                if response.status in REDIRECTS:
                    where = urljoin(where, response.headers.get("Location", ""))
                    continue
                if response.status != 200:
                    raise MediaUnusable(shown(url), f"its server answered HTTP {response.status}", field=field)
                if response.headers.get("Content-Encoding", "identity") != "identity":
                    raise MediaUnusable(shown(url), "its server packs its answers, though it was asked not to", field=field)
                return await _bounded(response, file, url, most_bytes, field)
        raise MediaUnusable(shown(url), f"it is behind more than {MOST_REDIRECTS} redirects", field=field)

    def _must_be_public(self, url: str) -> None:
        """An address that is written in numbers asks no resolver. Raises _Inward, _Secret, _Unfit, ValueError."""
        if not url.isprintable():
            raise _Unfit("it has letters that no address has")
        parts = URL(url)  # as the client reads it: digits of other scripts are digits to it
        if parts.scheme not in {"http", "https"} or not parts.host:
            raise _Unfit("it is no address of the web")
        if parts.user is not None or parts.password is not None:
            raise _Unfit("it has a user or a password in it")
        try:
            number = ipaddress.ip_address(parts.host)
        except ValueError:
            if parts.host.replace(".", "").isdigit():  # "127.1" and "2130706433" are addresses to an operating system
                raise _Inward from None
            return
        _must_be_outward(number, inward=self.inward)


class _Inward(OSError):
    """The address lies within this machine or its network."""

    def __str__(self) -> str:
        return "its address lies within this machine's own network, from where nothing is fetched"


class _Secret(OSError):
    """The address is of a service that tells a machine its secrets."""

    def __str__(self) -> str:
        return "its address is that of a service that tells a machine its secrets, from where nothing is fetched"


class _Unfit(ValueError):
    """Nothing is fetched from such an address."""


def _reason_of(error: Exception) -> str:
    told = (str(inner) for inner in (error.__cause__, error) if isinstance(inner, _Inward | _Secret | _Unfit))
    return next(told, "it cannot be reached")


class _Outward(AbstractResolver):
    """Names to numbers, public ones only: the connection goes to one of these and to no other."""

    def __init__(self, names: AbstractResolver | None, *, inward: bool) -> None:
        self._inward = inward
        self._plain = names or aiohttp.ThreadedResolver()

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET) -> list[ResolveResult]:
        found = await self._plain.resolve(host, port, family)
        for one in found:
            _must_be_outward(ipaddress.ip_address(one["host"]), inward=self._inward)
        return found

    async def close(self) -> None:
        await self._plain.close()


def _must_be_outward(number: Number, *, inward: bool) -> None:
    """Raises _Inward, unless that is allowed, and _Secret."""
    if not inward and not _is_public(number):
        raise _Inward
    if any(one in network for one in _read_as(number) for network in SECRETS):
        raise _Secret


def _read_as(number: Number) -> list[Number]:
    """The number, and what it may stand for on its way."""
    if isinstance(number, ipaddress.IPv4Address):
        return [number]
    last = ipaddress.IPv4Address(int(number) & 0xFFFF_FFFF)
    within = [number.ipv4_mapped, number.sixtofour, *(number.teredo or ()), *(last for one in WITHIN if number in one)]
    return [number, *(one for one in within if one is not None)]


def _is_public(number: Number) -> bool:
    """Whether it is somebody's on the public net; of an address within an address, the inner one counts."""
    if any(number in network for network in TUNNELS):
        return False
    if isinstance(number, ipaddress.IPv4Address):
        return number.is_global and not number.is_multicast
    if number.ipv4_mapped is not None:
        return _is_public(number.ipv4_mapped)
    if number in TRANSLATED:
        return _is_public(ipaddress.IPv4Address(int(number) & 0xFFFF_FFFF))
    return number in UNICAST and number.is_global


async def _bounded(response: aiohttp.ClientResponse, file: BinaryIO, url: str, most_bytes: int, field: str) -> None:
    count = 0
    async for chunk in response.content.iter_chunked(CHUNK_BYTES):
        count += len(chunk)
        if count > most_bytes:
            raise MediaUnusable(shown(url), f"it is larger than {most_bytes // 1024**2} MB", field=field)
        await asyncio.to_thread(file.write, chunk)
