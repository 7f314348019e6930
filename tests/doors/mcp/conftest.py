"""A server over a real socket, and the official client of the protocol."""

from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from storyreel.doors.mcp.http import PATH
from tests.doors.server.conftest import Served, serve

if TYPE_CHECKING:
    from mcp import Client

__all__ = ["serve"]

SMALL = {"shots": 2, "seconds": 0.5, "resolution": "90p"}
FOX = {"story": "A fox runs through the snow. The fox stops.", **SMALL}

Connect = Callable[..., "AbstractAsyncContextManager[Client]"]


@pytest.fixture
def connect() -> Connect:
    """Connects the official client to a server, with a key where one is told."""
    import httpx2
    from mcp import Client
    from mcp.client.streamable_http import streamable_http_client

    @asynccontextmanager
    async def connected(server: Served, key: str | None = None, **told: object) -> AsyncGenerator["Client"]:
        headers = {} if key is None else {"Authorization": f"Bearer {key}"}
        async with (
            httpx2.AsyncClient(headers=headers, timeout=30) as http,
            Client(streamable_http_client(server.url + PATH, http_client=http), **told) as client,  # pyright: ignore[reportArgumentType]  as told
        ):
            yield client

    return connected
