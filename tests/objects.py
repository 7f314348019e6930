"""An S3-compatible object store of a test run's own, from a package: a process on loopback that keeps everything in memory."""

import asyncio
import re
import subprocess
import sys
import urllib.request
from contextlib import suppress
from itertools import count

import obstore
import pytest
from obstore.store import S3Store

from storyreel.library.blobs import name_of

SERVE = "from moto.server import main; main(['-H', '127.0.0.1', '-p', '0'])"
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


class Wire:
    """A way to a server on loopback that can be cut and mended; `address` is its own."""

    def __init__(self, address: str) -> None:
        self._there = address.rpartition("/")[2].split(":")
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self.address, self._port = "", 0

    async def mend(self) -> None:
        """It can be used, at the same address as before."""
        self._server = await asyncio.start_server(self._joined, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]
        self.address = f"http://127.0.0.1:{self._port}"

    async def cut(self) -> None:
        """Nobody comes through any more, in mid-answer or not."""
        if self._server is not None:
            self._server.close()
            for writer in tuple(self._open):
                writer.transport.abort()
            await self._server.wait_closed()
            self._server = None

    async def _joined(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(self._there[0], int(self._there[1]))
        self._open |= {writer, back}
        await asyncio.gather(self._pass(reader, back), self._pass(there, writer))
        self._open -= {writer, back}

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65_536):
                writer.write(data)
                await writer.drain()
        writer.close()


class ObjectStore:
    """Begun on demand, once."""

    def __init__(self) -> None:
        pytest.importorskip("moto", reason="moto is not installed")
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", SERVE], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        assert self._process.stdout
        self.address = next(found[0] for line in self._process.stdout if (found := ADDRESS.search(line)))
        self._names = (f"films-{number}" for number in count(1))

    @property
    def environ(self) -> dict[str, str]:
        """What a program needs to use it."""
        keys = {"AWS_ACCESS_KEY_ID": "tester", "AWS_SECRET_ACCESS_KEY": "secret"}
        return {**keys, "AWS_ENDPOINT_URL_S3": self.address, "AWS_REGION": "us-east-1"}

    def create(self) -> str:
        """The address of a new bucket's folder, as a setting has it."""
        name = next(self._names)
        wanted = urllib.request.Request(f"{self.address}/{name}", method="PUT")
        urllib.request.urlopen(wanted, timeout=30).close()
        return f"s3://{name}/ours"

    def overwrite(self, url: str, digest: str, data: bytes) -> None:
        """Put other bytes where a blob of the bucket's folder lies."""
        store = S3Store.from_url(
            url,
            endpoint=self.address,
            region="us-east-1",
            access_key_id="tester",
            secret_access_key="secret",
            client_options={"allow_http": True},
        )
        obstore.put(store, name_of(digest), data)

    def close(self) -> None:
        """Down."""
        self._process.terminate()
        self._process.wait(10)
        if self._process.stdout:
            self._process.stdout.close()
