"""A stand-in that stops lets go of who comes just then."""

import asyncio
import gc
import socket
from contextlib import suppress
from urllib.parse import urlsplit

import pytest

from storyreel.standins.replicate import Replicate


@pytest.mark.parametrize("moments", range(8))
async def test_who_comes_as_a_cloud_stops_is_let_go(moments: int) -> None:
    cloud = Replicate()
    await cloud.start()
    address = urlsplit(cloud.url)
    with socket.create_connection((str(address.hostname), address.port or 0), timeout=5) as caller:
        for _ in range(moments):
            await asyncio.sleep(0)
        await cloud.stop()
        gc.collect()  # whom nobody closed would be told of here
        caller.setblocking(False)
        with suppress(ConnectionResetError):  # who was not let in any more
            assert await asyncio.wait_for(asyncio.get_running_loop().sock_recv(caller, 1), 5) == b""
