"""What a stranger can send: too much, too slowly, from elsewhere; refused within bounds, over raw sockets."""

import asyncio
import contextlib
import json
import logging
import resource
import socket
import struct
import zlib
from collections.abc import AsyncGenerator
from functools import partial
from pathlib import Path

import aiohttp
import pytest

from storyreel.doors.server.connections import Bounds
from storyreel.doors.server.desk import open_desk
from storyreel.doors.server.running import LOCAL_NAMES, listening, served
from storyreel.settings import LogFormat, LogLevel, Settings
from storyreel.studio import Studio
from tests.doors.server.conftest import Serve

MB = 1_000_000
OTHER = ("127.0.0.2", 0)
"""An address that the small server counts, from any port."""
PIECE = b"%x\r\n%b\r\n" % (MB, bytes(MB))
"""A megabyte of a body that tells no length."""
FORM = "Content-Type: multipart/form-data; boundary=x"


def peak_mb() -> float:
    """The most memory this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def port_of(url: str) -> int:
    return int(url.rpartition(":")[2])


@contextlib.asynccontextmanager
async def bounded(folder: Path, bounds: Bounds) -> AsyncGenerator[str]:
    """The address of a server that the outside reaches by https, with little patience or room, and a log."""
    settings = Settings(log=LogLevel.INFO, log_format=LogFormat.JSON, log_file=folder / "log")
    studio, at, stop = Studio(folder / "home", settings=settings), listening("127.0.0.1", 0), asyncio.Event()
    desk = partial(open_desk, studio, works=False, public_url="https://films.example.org")
    names = (*LOCAL_NAMES, "films.example.org")
    at.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    serving = asyncio.ensure_future(served(desk, at, names, stop, bounds))
    url = f"http://127.0.0.1:{at.getsockname()[1]}"
    async with aiohttp.ClientSession(url) as client, client.get("/healthz") as response:
        assert response.status == 200
    yield url
    stop.set()
    await serving


@pytest.fixture
async def strict(tmp_path: Path) -> AsyncGenerator[str]:
    """One with little patience."""
    async with bounded(tmp_path, Bounds(head_s=1.0, body_s=0.5)) as url:
        yield url


@pytest.fixture
async def small(tmp_path: Path) -> AsyncGenerator[str]:
    """One with little room, where who asks nothing stays until he goes."""
    bounds = Bounds(head_s=60, unread_s=0.1, in_all=50, of_address=2, spared={"127.0.0.1"}.__contains__)
    async with bounded(tmp_path, bounds) as url:
        yield url


async def answer(port: int, *parts: bytes, pause_s: float = 0, local: tuple[str, int] | None = None) -> str:
    """What a server says to bytes that are sent as they are; empty where it only closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=local)
    with contextlib.suppress(ConnectionError):
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause_s)
    told = await until_closed(reader)
    writer.close()
    return told


async def until_closed(reader: asyncio.StreamReader) -> str:
    """All that comes before the server closes."""
    told = b""
    with contextlib.suppress(ConnectionError, TimeoutError):
        async with asyncio.timeout(30):
            while part := await reader.read(MB):
                told += part
    return told.decode(errors="replace")


async def connected(port: int, count: int, local: tuple[str, int] | None = None) -> list[asyncio.StreamWriter]:
    """So many connections on which nothing is asked."""
    return [(await asyncio.open_connection("127.0.0.1", port, local_addr=local))[1] for _ in range(count)]


def closed(*writers: asyncio.StreamWriter) -> None:
    for writer in writers:
        writer.close()


def head(method: str, path: str, host: str = "localhost", *more: str) -> bytes:
    return "\r\n".join((f"{method} {path} HTTP/1.1", f"Host: {host}", "Connection: close", *more, "", "")).encode()


async def taken(port: int, path: str) -> int:
    """How many bytes of a body a server takes that has answered already, on a connection that might stay."""
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"POST {path} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
    for count in range(300):
        try:
            writer.write(PIECE)
            await writer.drain()
        except ConnectionError:
            return count * MB
    writer.close()
    return 300 * MB


def a_bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that has very many pixels."""

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packed = zlib.compressobj(9)
    rows = packed.compress(bytes(MB)) + packed.flush()
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + part(b"IDAT", rows)


@pytest.mark.journey
async def test_bodies_of_a_gigabyte_and_bombs_are_refused_and_memory_stays_flat(serve: Serve) -> None:
    server = await serve(works=False)
    port = port_of(server.url)
    before = peak_mb()

    for path in ("/v1/films", "/v1/videos", "/v1/assets", "/api/video-gen/upload", "/veo31/generate"):
        told = await answer(port, head("POST", path, "localhost", "Content-Length: 1000000000"), bytes(1000))
        assert " 413 " in told.splitlines()[0], path
    for path in ("/v1/films", "/v1/assets", "/api/video-gen/upload"):
        told = await answer(port, head("POST", path, "localhost", "Transfer-Encoding: chunked"), *[PIECE] * 300)
        assert not told or " 413 " in told.splitlines()[0], (path, told)  # or the connection was reset while we wrote
    assert await taken(port, "/nowhere") < 50 * MB
    for bomb in (a_bomb(30_000, 30_000), a_bomb(8_000, 8_000), b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + bytes(20)):
        problem = await server.json("POST", "/v1/assets", status=422, data=bomb)
        assert problem["code"] == "media_unusable", problem
    assert peak_mb() - before < 100


async def test_who_is_slow_is_let_go_and_others_are_served_meanwhile(strict: str) -> None:
    port = port_of(strict)
    idle = [await asyncio.open_connection("127.0.0.1", port) for _ in range(40)]

    slow = await asyncio.gather(
        answer(port, *(bytes([one]) for one in head("GET", "/healthz")), pause_s=0.1),
        answer(port, b"GET /healthz HTTP/1.1\r\nX: " + b"x" * 70_000 + b"\r\n"),
        answer(port, head("GET", "/healthz", "localhost", "X: " + "x" * 70_000)),
        answer(port, head("POST", "/v1/films", "localhost", "Content-Length: 900"), *(b" " for _ in range(4)), pause_s=0.1),
        answer(port, head("POST", "/v1/assets", "localhost", "Transfer-Encoding: chunked"), b"1\r\n", b"a"),
        answer(port, head("GET", "/healthz")),
        answer(port, head("POST", "/veo31/generate", "localhost", "Via: 1.1 proxy", FORM, "Content-Length: 100000000")),
    )
    for reader, writer in idle:
        assert await reader.read() == b""
        writer.close()

    assert [told.partition("\r\n")[0][9:12] for told in slow] == ["", "431", "431", "408", "408", "200", "401"]
    assert all("larger than the 64 KB" in told for told in slow[1:3])
    assert "too slowly" in slow[3]


async def test_who_reads_nothing_or_connects_too_often_is_let_go_and_told(small: str) -> None:
    port, lazy = port_of(small), socket.socket()
    lazy.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    lazy.connect(("127.0.0.1", port))
    lazy.sendall(200 * b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")

    first = await connected(port, 2, OTHER)
    of_address = await answer(port, head("GET", "/healthz"), local=OTHER)
    second = await connected(port, 2, OTHER)
    untold = await answer(port, head("GET", "/healthz"), local=OTHER)
    closed(*first, *second)
    many = await connected(port, 50)
    full = await answer(port, head("GET", "/v1/videos"))
    closed(*many)
    await asyncio.sleep(0.6)
    reader, writer = await asyncio.open_connection(sock=lazy)
    read = await until_closed(reader)
    closed(writer)

    assert " 429 " in of_address.splitlines()[0]
    assert json.loads(of_address.partition("\r\n\r\n")[2])["code"] == "too_many_connections"
    assert untold == ""
    assert " 503 " in full.splitlines()[0]
    assert json.loads(full.partition("\r\n\r\n")[2])["error"]["code"] == "server_full"
    assert 0 < read.count("200 OK") < 200
    assert " 200 " in (await answer(port, head("GET", "/healthz"), local=OTHER)).splitlines()[0]


async def test_who_asks_for_another_host_or_from_another_site_is_refused_and_every_answer_is_strict(
    strict: str, caplog: pytest.LogCaptureFixture
) -> None:
    port, broken = port_of(strict), b"--x\r\nContent[: y\r\n\r\n"
    for host in ("localhost", f"LOCALHOST:{port}", "127.0.0.1", "[::1]", f"[::1]:{port}", "films.example.org:443"):
        told = await answer(port, head("GET", "/healthz", host))
        assert " 200 " in told.splitlines()[0], host
    for host in (
        "evil.example",
        "localhost.evil.example",
        "localhost@evil.example",
        "[::2]",
        "127.0.0.2",
        "",
        "[",
        "localhost\r\nHost: x",
    ):
        told = await answer(port, head("GET", "/healthz", host))
        assert told.splitlines()[0][9:12] in {"421", "400"}, host
    for more in ("Origin: http://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site"):
        told = await answer(port, head("POST", "/v1/films", "localhost", more, "Content-Length: 2"), b"{}")
        assert " 403 " in told.splitlines()[0], more
    for more in (f"Origin: http://localhost:{port}", "Sec-Fetch-Site: same-origin", "X-Nothing: 1"):
        told = await answer(port, head("POST", "/v1/films", f"localhost:{port}", more, "Content-Length: 2"), b"{}")
        assert " 422 " in told.splitlines()[0], more

    lower = told.lower()
    for name in (
        "strict-transport-security: max-age=",
        "x-content-type-options: nosniff",
        "x-frame-options: deny",
        "x-request-id: ",
    ):
        assert name in lower, name
    assert "'unsafe-inline'" not in lower
    assert "server:" not in lower
    for sent in (b"NONSENSE\r\n\r\n", head("POST", "/v1/assets", "localhost", FORM, f"Content-Length: {len(broken)}") + broken):
        assert " 400 " in (await answer(port, sent)).splitlines()[0]
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


async def test_requests_are_logged_by_route_and_id_without_what_is_secret(strict: str, tmp_path: Path) -> None:
    port = port_of(strict)
    mine = await answer(port, head("GET", "/v1/films/fox?token=s3cret", "localhost", "X-Request-Id: mine-1"))
    await answer(port, head("GET", "/files/s3cret", "localhost", "X-Request-Id: <s3cret>", "Authorization: Bearer s3cret"))

    text = (tmp_path / "log").read_text()
    lines = [json.loads(line) for line in text.splitlines() if "/healthz" not in line]
    assert "x-request-id: mine-1" in mine.lower()
    assert [(line["route"], line["status"], line["method"]) for line in lines] == [
        ("/v1/films/{film}", 404, "GET"),
        ("/files/{sealed}", 410, "GET"),
    ]
    assert lines[0]["request"] == "mine-1"
    assert "s3cret" not in text
