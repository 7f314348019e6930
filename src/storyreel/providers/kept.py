"""Results that come with the very answer to a paid call: kept in the provider's folder at once, and fetched from there.

The remote id of such a generation names its file, so that a look after a restart finds it.
"""

import asyncio
from collections.abc import AsyncGenerator
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from storyreel.domain.errors import OutputExpired
from storyreel.domain.generation import GenerationState, Key, RemoteId, Sighting
from storyreel.providers.http import CHUNK_BYTES

PREFIX = "kept:"


class Kept:
    """One provider's folder of results."""

    def __init__(self, folder: Path, provider: str) -> None:
        self._folder, self._provider = folder, provider

    async def put(self, key: Key, data: bytes, *, suffix: str, cost_usd: Decimal | None = None) -> RemoteId:
        """Keep a result whole, or not at all; the same key replaces it. `cost_usd` is what its look will tell."""
        told = "" if cost_usd is None else str(cost_usd)
        name = f"{sha256(str(key).encode()).hexdigest()[:32]}{suffix}"
        await asyncio.to_thread(self._write, name, data)
        return f"{PREFIX}{name}:{told}"

    def holds(self, remote: RemoteId) -> bool:
        """Whether a generation is one of these."""
        return remote.startswith(PREFIX)

    async def look(self, remote: RemoteId) -> Sighting:
        """Ready, unless the folder was emptied."""
        name, cost = self._parts(remote)
        if not await asyncio.to_thread((self._folder / name).exists):
            return Sighting(
                state=GenerationState.FAILED, error="the result is gone from our own folder", error_code="output_expired"
            )
        return Sighting(state=GenerationState.READY, outputs=(remote,), cost_usd=Decimal(cost) if cost else None)

    async def fetch(self, remote: RemoteId) -> AsyncGenerator[bytes]:
        """A result's bytes. Raises OutputExpired."""
        name, _ = self._parts(remote)
        try:
            data = await asyncio.to_thread((self._folder / name).read_bytes)
        except FileNotFoundError as error:
            raise OutputExpired(provider=self._provider) from error
        for start in range(0, len(data), CHUNK_BYTES):
            yield data[start : start + CHUNK_BYTES]

    def _parts(self, remote: RemoteId) -> tuple[str, str]:
        name, _, cost = remote.removeprefix(PREFIX).partition(":")
        return Path(name).name, cost

    def _write(self, name: str, data: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        part = self._folder / f".{name}.part"
        part.write_bytes(data)
        part.replace(self._folder / name)
