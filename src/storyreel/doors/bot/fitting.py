"""A film made smaller to fit into a message: once for a film and a limit, and kept until it has come."""

import asyncio
import os
from contextlib import suppress
from pathlib import Path

from storyreel.domain.values import Digest
from storyreel.media.atomic import WholeFile
from storyreel.media.probe import ClipFacts

FOLDER = "lighter"  # below the home's folder of work, which is swept


def kept_at(work: Path, film: Digest, most_bytes: int) -> Path:
    """Where a film is kept as it was made to fit."""
    return work / FOLDER / f"{film}-{most_bytes}.mp4"


async def fitted(source: Path, facts: ClipFacts, kept: Path, most_bytes: int, turn: asyncio.Semaphore) -> Path | None:
    """The film within so many bytes, as it is kept, or made in its turn; None where it would be too poor to look at.

    Raises MediaUnusable, OutputUnwritable.
    """
    async with turn:
        return await asyncio.to_thread(_fitted, source, facts, kept, most_bytes)


def forget(kept: Path) -> None:
    """Keep it no more."""
    with suppress(OSError):
        kept.unlink()


def _fitted(source: Path, facts: ClipFacts, kept: Path, most_bytes: int) -> Path | None:
    from storyreel.media.lighter import lighter

    with suppress(FileNotFoundError):
        os.utime(kept)  # it is in use, so that no sweep takes it now
        return kept
    file = WholeFile(kept)
    try:
        fits = lighter(source, facts, file.part, most_bytes)
    except BaseException:
        file.drop()
        raise
    if not fits:
        file.drop()
        return None
    file.keep()
    return kept
