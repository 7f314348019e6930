"""A folder's files on the web of this machine."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web


@asynccontextmanager
async def website(folder: Path) -> AsyncGenerator[str]:
    """Their address while the block runs, without a slash at the end."""
    site = web.Application()
    site.router.add_static("/", folder)
    runner = web.AppRunner(site)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0]
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()
