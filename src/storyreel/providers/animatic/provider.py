"""The animatic: shots drawn on this machine by the embedded engine, for nothing.

A job is known by its key, so a repeated submit finds the first one; a job that nobody draws is begun again when it is looked at.
"""

import asyncio
import os
from collections.abc import AsyncGenerator, Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from storyreel.domain.errors import OutputExpired
from storyreel.domain.generation import GenerationState, Key, RemoteId, Repeat, Request, Sighting
from storyreel.domain.model import Route
from storyreel.domain.values import Digest
from storyreel.providers.animatic.job import (
    CLIP,
    SPEC,
    Job,
    drop_job,
    drop_leftovers,
    read_job,
    remote_id,
    segments_in,
    write_job,
)
from storyreel.providers.animatic.pool import Answer, DrawingPool
from storyreel.providers.port import Kit

CHUNK = 1 << 20  # bytes
QUEUED = Sighting(state=GenerationState.QUEUED)
CANCELLED = Sighting(state=GenerationState.CANCELLED)
GONE = Sighting(state=GenerationState.FAILED, error="nothing is known of this drawing any more", error_code="output_expired")


class Animatic:
    """The five verbs over folders and processes of our own."""

    name = "animatic"
    repeat = Repeat.KEY
    edition = version("storyreel")  # a drawing costs nothing: a newer engine draws it anew

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._pool = DrawingPool(kit.processes or _cores(), self._heard)
        self._known: dict[RemoteId, Sighting] = {}

    async def submit(self, request: Request, route: Route, key: Key) -> RemoteId:  # noqa: ARG002  one route only
        """Keep the job and begin it; the same key is the same job."""
        remote = remote_id(key)
        folder = self._kit.work / remote
        if _kept(folder) is None:
            first, last = await self._picture(request.first_frame), await self._picture(request.last_frame)
            write_job(folder, Job(key=str(key), request=request, first_frame=first, last_frame=last))
        self._begin(remote)
        return remote

    async def look(self, remote: RemoteId) -> Sighting:
        """Where the drawing is; one that nobody draws is begun again."""
        folder = self._kit.work / remote
        if (folder / CLIP).exists():
            return Sighting(state=GenerationState.READY, progress=1.0, outputs=(str(folder / CLIP),))
        if remote not in self._known:
            if not (folder / SPEC).exists():
                return GONE
            return self._begin(remote)
        return self._known[remote]

    async def find(self, key: Key) -> RemoteId | None:
        """The job of that key, if it was kept."""
        remote = remote_id(key)
        return remote if (self._kit.work / remote / SPEC).exists() else None

    async def cancel(self, remote: RemoteId) -> None:
        """End the drawing; what it made so far goes."""
        if self._known.get(remote, QUEUED).state.ended:
            return
        self._known[remote] = CANCELLED
        self._pool.drop(self._kit.work / remote)
        drop_job(self._kit.work / remote)

    async def fetch(self, output: str) -> AsyncGenerator[bytes]:
        """The clip's bytes, from our own folder."""
        try:
            with await asyncio.to_thread(Path(output).open, "rb") as clip:
                while chunk := await asyncio.to_thread(clip.read, CHUNK):
                    yield chunk
        except FileNotFoundError as error:
            raise OutputExpired(provider=self.name) from error

    async def warm(self, lengths_s: Sequence[float]) -> None:
        """Start processes for shots of those lengths."""
        self._pool.warm(sum(segments_in(seconds) for seconds in lengths_s))

    async def release(self, remote: RemoteId) -> None:
        """Remove the job and its clip."""
        self._known.pop(remote, None)
        drop_job(self._kit.work / remote)

    async def sweep(self, wanted: frozenset[RemoteId]) -> None:
        """Remove every other job, and what was left half-written."""
        with suppress(FileNotFoundError):
            for folder in list(self._kit.work.iterdir()):
                if folder.name in wanted:
                    drop_leftovers(folder)
                else:
                    drop_job(folder)

    async def close(self) -> None:
        """End the processes; jobs stay, and begin again when they are looked at."""
        await self._pool.close()

    def _begin(self, remote: RemoteId) -> Sighting:
        folder = self._kit.work / remote
        if remote not in self._known and not (folder / CLIP).exists():
            job = _kept(folder)
            if job is None:  # not kept as gone: a submit of the same key begins it anew
                drop_job(folder)
                return GONE
            self._known[remote] = QUEUED
            self._pool.draw(folder, job)
        return self._known.get(remote, QUEUED)

    def _heard(self, folder: Path, answer: Answer) -> None:
        """A process said something about a job."""
        remote = folder.name
        if remote not in self._known:  # nobody wants it any more
            return
        if self._known[remote] == CANCELLED:
            drop_job(folder)
            return
        match answer:
            case {"progress": float(progress)}:
                self._known[remote] = Sighting(state=GenerationState.RUNNING, progress=progress)
            case {"failed": [str(code), str(message)]}:
                self._known[remote] = Sighting(state=GenerationState.FAILED, error=message, error_code=code)
            case _:
                self._known[remote] = Sighting(state=GenerationState.RUNNING, progress=1.0)
        self._kit.nudge(remote)

    async def _picture(self, digest: Digest | None) -> Path | None:
        return None if digest is None else await self._kit.pictures.path(digest)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _kept(folder: Path) -> Job | None:
    """The job that a folder keeps, or None where there is none that this version can read."""
    try:
        return read_job(folder)
    except (FileNotFoundError, ValueError):
        return None
