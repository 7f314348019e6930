"""A server over a real socket, on a home of the test's own, and clients of its."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from storyreel.accounts import Account
from storyreel.doors.server.desk import open_desk
from storyreel.doors.server.running import LOCAL_NAMES, listening, served
from storyreel.library.keys import NewKey
from storyreel.media.one_at_a_time import OneAtATime
from storyreel.settings import Settings
from storyreel.studio import Studio


@dataclass(slots=True)
class Served:
    """A running server."""

    url: str
    studio: Studio
    client: aiohttp.ClientSession
    stop: Callable[[], Awaitable[None]]  # end it, as Ctrl-C does

    async def json(self, method: str, path: str, *, status: int = 200, **told: Any) -> Any:
        """The body of an answer that has this status."""
        async with self.client.request(method, path, **told) as response:
            body = await response.json(content_type=None)
            assert response.status == status, body
            return body

    async def key(self, name: str, **told: Any) -> NewKey:
        """A new key, which the server knows once it comes."""
        return await self.studio.create_key(name, **told)

    async def ended(self, film: str, **told: Any) -> Any:
        """The film once nothing more happens to it by itself."""
        await self.studio.wait(film)
        return await self.json("GET", f"/v1/films/{film}", **told)


Serve = Callable[..., Awaitable[Served]]


@asynccontextmanager
async def held(place: OneAtATime) -> AsyncGenerator[None]:
    """What is done there waits while the block runs."""
    over = threading.Event()
    holding = asyncio.create_task(place(over.wait))
    await asyncio.sleep(0)
    try:
        yield
    finally:
        over.set()
        await holding


@pytest.fixture
async def serve(tmp_path: Path) -> AsyncGenerator[Serve]:
    """Starts a server; each ends with the test."""
    async with AsyncExitStack() as last_first:

        async def started(
            home: Path | None = None,
            *,
            accounts: dict[str, Account] | None = None,
            works: bool = True,
            port: int = 0,
            **settings: Any,
        ) -> Served:
            studio = Studio(home or tmp_path / "home", settings=Settings(**settings), accounts=accounts)
            at, stop = listening("127.0.0.1", port), asyncio.Event()
            url = f"http://127.0.0.1:{at.getsockname()[1]}"
            serving = asyncio.ensure_future(served(lambda: open_desk(studio, works=works, public_url=url), at, LOCAL_NAMES, stop))

            async def ended() -> None:
                stop.set()
                await serving

            last_first.push_async_callback(ended)
            client = await last_first.enter_async_context(aiohttp.ClientSession(url))
            async with client.get("/healthz") as response:
                assert response.status == 200
            return Served(url, studio, client, ended)

        yield started
