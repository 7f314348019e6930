"""What a person names by address: public, bounded, and told why not. Requirements D1 and E1 (pictures by address)."""

import asyncio
import gzip
import socket
from collections import Counter
from collections.abc import AsyncGenerator
from io import BytesIO

import pytest
from aiohttp import ThreadedResolver, web
from aiohttp.abc import AbstractResolver, ResolveResult
from PIL import Image

from storyreel.addresses import is_address
from storyreel.domain.errors import MediaUnusable
from storyreel.fetcher import Fetcher

HERE = Fetcher(inward=True)
INWARD = [
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "0", "0.0.0.0",
    "\uff11\uff12\uff17.0.0.1", "127\u30020\u30020\u30021", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1",
    "169.254.169.254", "192.0.0.8", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.88.99.1",
    "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:a9fe:a9fe]", "[::127.0.0.1]",
    "[64:ff9b::7f00:1]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]",
    "[2001:0:7f00:1::]", "[fe80::1]", "[fe80::1%25lo]", "[fc00::1]", "[fd00:ec2::254]", "[fec0::1]", "[ff02::1]", "[2001:db8::1]",
    "[3fff::1]", "[100::1]", "[5f00::1]", "localhost", "inward.example", "both.example", "later.example",
]  # fmt: skip
"""This machine and its network, other networks that are nobody's, and the services that tell a machine its secrets."""
SECRETS = [
    "169.254.169.254", "169.254.170.2", "2852039166", "0xa9fea9fe", "0xa9.254.169.254", "0251.0376.0251.0376", "169.254.43518",
    "\uff11\uff16\uff19.254.169.254", "168.63.129.16", "100.100.100.200", "192.0.0.192",
    "[fd00:ec2::254]", "[fd20:ce::254]", "[::ffff:169.254.169.254]", "[::ffff:a9fe:a9fe]", "[::169.254.169.254]",
    "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::a9fe:a9fe]", "[2002:a9fe:a9fe::]", "[2001:0:0:0:0:0:5601:5601]", "secrets.example",
]  # fmt: skip
"""The services that tell a machine its secrets, in every spelling: nobody's business, even where this network may be asked."""

FIRST = {"later.example": 1}
"""The question that is answered with an address outside, where nobody is."""


class Names(AbstractResolver):
    """What names lead to: inwards, there and elsewhere, and at the second question elsewhere than at the first."""

    def __init__(self) -> None:
        self.asked, self._system = Counter[str](), ThreadedResolver()

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET) -> list[ResolveResult]:
        self.asked[host] += 1
        if not host.endswith(".example"):
            return await self._system.resolve(host, port, family)
        public, inward = "192.0.0.9", "127.0.0.1"  # the first is no one's: a service that nobody runs (RFC 7723)
        secret = "169.254.169.254"
        told = {
            "secrets.example": [inward, secret],
            "both.example": [public, inward],
            "later.example": [inward if self.asked[host] > 1 else public],
        }
        return [
            ResolveResult(hostname=host, host=number, port=port, family=family, proto=0, flags=0)
            for number in told.get(host, [inward])
        ]

    async def close(self) -> None:
        await self._system.close()


def a_picture() -> bytes:
    """A small PNG."""
    file = BytesIO()
    Image.new("RGB", (64, 64), "teal").save(file, format="PNG")
    return file.getvalue()


@pytest.fixture
async def site() -> AsyncGenerator[str]:
    """A server of this machine's: a picture, redirects to it, in circles and inwards, a missing page."""

    async def picture(_: web.Request) -> web.Response:
        return web.Response(body=a_picture(), content_type="image/png")

    async def moved(request: web.Request) -> web.Response:
        to = request.match_info["to"]
        return web.Response(status=302, headers={"Location": to if ":" in to else f"/{to}"})

    async def packed(_: web.Request) -> web.Response:
        return web.Response(body=gzip.compress(bytes(50_000_000), 1), headers={"Content-Encoding": "gzip"})

    async def parts(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        for _ in range(1_000):
            await answer.write(bytes(1 if request.path == "/slow" else 100_000))
            await asyncio.sleep(0.05 if request.path == "/slow" else 0)
        return answer

    app = web.Application()
    app.router.add_get("/picture.png", picture)
    app.router.add_get("/to/{to:.*}", moved)
    app.router.add_get("/packed", packed)
    for path in ("/endless", "/slow"):
        app.router.add_get(path, parts)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    place = web.TCPSite(runner, "127.0.0.1", 0)
    await place.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_a_picture_comes_over_redirects(site: str) -> None:
    assert await HERE.fetch(f"{site}/to/picture.png", most_bytes=10_000, field="picture") == a_picture()


async def test_nothing_within_is_reached_by_any_spelling_name_or_redirect(site: str) -> None:
    names, port = Names(), site.rpartition(":")[2]
    reached: list[str] = []
    for host in (*INWARD, "later.example"):
        outside = Fetcher(names=names, patience_s=0.2 if host in FIRST else 30)  # the first of two addresses is outside
        try:
            await outside.fetch(f"http://{host}:{port}/picture.png", most_bytes=10_000, field="picture")
        except MediaUnusable as error:
            if "own network" not in str(error) and names.asked[host] != FIRST.get(host):
                reached.append(f"{host}: {error}")
        else:
            reached.append(host)
    assert reached == []
    asked = names.asked.items()
    assert {host for host, times in asked if times > 1} == {"later.example"}  # what is checked is what is connected to


async def test_services_that_tell_secrets_are_not_reached_even_from_within_the_network(site: str) -> None:
    within, reached = Fetcher(inward=True, names=Names()), list[str]()
    for url in (*(f"http://{host}:1/" for host in SECRETS), f"{site}/to/http://169.254.169.254/latest"):
        try:
            await within.fetch(url, most_bytes=10_000, field="picture")
        except MediaUnusable as error:
            if "secrets" not in str(error) and "own network" not in str(error):
                reached.append(f"{url}: {error}")
    assert reached == []


@pytest.mark.parametrize(
    "url",
    ["http://ann:s3cret@{host}/picture.png", "http://{host}/to/http://ann:s3cret@{host}/picture.png", "http://:s3cret@{host}/"],
)
async def test_an_address_with_a_password_is_not_asked(site: str, url: str) -> None:
    with pytest.raises(MediaUnusable, match="user or a password"):
        await HERE.fetch(url.format(host=site.partition("//")[2]), most_bytes=10_000, field="picture")


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.org/a", "gopher://127.0.0.1:70/", "data:,a", "//a", "/etc/passwd"]
)
async def test_only_the_web_is_asked_also_by_redirects(site: str, url: str) -> None:
    for one in (url, *([f"{site}/to/{url}"] if ":" in url else [])):
        with pytest.raises(MediaUnusable, match="no address of the web"):
            await HERE.fetch(one, most_bytes=10_000, field="picture")


@pytest.mark.parametrize(
    ("path", "reason"), [("/packed", "packs its answers"), ("/endless", "larger"), ("/slow", "within 0.2 s")]
)
async def test_answers_that_are_packed_endless_or_slow_end_within_bounds(site: str, path: str, reason: str) -> None:
    with pytest.raises(MediaUnusable, match=reason):
        await Fetcher(inward=True, patience_s=0.2 if path == "/slow" else 30).fetch(
            site + path, most_bytes=1_000_000, field="picture"
        )


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/missing", "HTTP 404"),
        ("/to/to/to/to/to/to/picture.png", "redirects"),
        ("/to//etc/passwd", "cannot be reached|HTTP 404"),
    ],
)
async def test_what_is_not_there_is_told_why(site: str, path: str, reason: str) -> None:
    with pytest.raises(MediaUnusable, match=reason):
        await HERE.fetch(f"{site}{path}?token=s3cret", most_bytes=10_000, field="picture")


async def test_an_address_is_told_with_its_port_and_without_its_password() -> None:
    with pytest.raises(MediaUnusable, match=r"^http://127\.0\.0\.1:9/x\.png: ") as caught:
        await HERE.fetch("http://user:s3cret@127.0.0.1:9/x.png?token=s3cret", most_bytes=100, field="picture")
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("url", ["http://[::1", "http://[zz]/", "http:///a.png", "http://a b/"])
async def test_an_address_that_is_none_is_told_as_such(url: str) -> None:
    with pytest.raises(MediaUnusable, match=r"cannot be reached|no address of the web"):
        await Fetcher().fetch(url, most_bytes=100, field="picture")


async def test_what_is_too_large_is_not_read_to_its_end(site: str) -> None:
    with pytest.raises(MediaUnusable, match="larger") as caught:
        await HERE.fetch(f"{site}/picture.png?token=s3cret", most_bytes=100, field="picture")

    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "address"), [("https://example.org/a.png", True), ("a.png", False), ("ftp://example.org", False)]
)
def test_an_address_is_told_from_a_file_s_name(text: str, address: bool) -> None:
    assert is_address(text) is address
