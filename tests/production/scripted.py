"""A provider at the process's edge, with a script: what each submit, look and fetch answers, and a log of what was asked.

Its clips are real ones; its memory is the provider's own, so it outlives whatever line talks to it.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image

from storyreel.domain.errors import OutputExpired, StoryreelError, SubmitOutcomeUnknown
from storyreel.domain.generation import GenerationState, Key, RemoteId, Repeat, Request, Sighting
from storyreel.domain.model import Route
from storyreel.media.encode import ClipWriter
from storyreel.media.sound_track import RATE_HZ
from storyreel.providers.port import Kit, Provider


@dataclass(slots=True)
class Cloud:
    """The provider's side: generations by remote id, what it was asked, and what it will do wrong."""

    folder: Path
    repeat: Repeat = Repeat.KEY
    jobs: dict[RemoteId, tuple[Key, Request]] = field(default_factory=dict[RemoteId, tuple[Key, Request]])
    submits: list[str] = field(default_factory=list[str])
    fetches: int = 0
    open_downloads: int = 0
    downloads: list[AsyncGenerator[bytes]] = field(default_factory=list[AsyncGenerator[bytes]])
    looks_until_ready: int = 1
    looks: dict[RemoteId, int] = field(default_factory=dict[RemoteId, int])
    cancelled: set[RemoteId] = field(default_factory=set[RemoteId])
    making_ready: Callable[[], Awaitable[None]] | None = None  # something else happens while pictures are uploaded
    before_submit: deque[StoryreelError] = field(default_factory=deque[StoryreelError])  # nothing arrives
    after_submit: deque[StoryreelError] = field(default_factory=deque[StoryreelError])  # it arrived all the same
    after_answer: Callable[[RemoteId], Awaitable[None]] | None = None  # something else happens just then
    before_find: deque[StoryreelError] = field(default_factory=deque[StoryreelError])  # the listing does not answer
    fails: dict[str, str] = field(default_factory=dict[str, str])  # a shot, or one take of it ("s1/2"), is refused: message
    failures: dict[str, Sighting] = field(default_factory=dict[str, Sighting])  # a shot, a take or a route comes to this
    before_look: deque[Exception] = field(default_factory=deque[Exception])
    held_looks: asyncio.Event | None = None  # until it is set, no look is answered
    looking: int = 0  # looks that are held
    broken_off: Exception | None = None  # by which a held look ends
    broken_downloads: int = 0
    expired_links: int = 0
    black_seeds: set[int] = field(default_factory=set[int])  # generations with these come out black

    def open(self, name: str, kit: Kit) -> Provider:
        """As `open_provider`."""
        return Scripted(self, name, kit)

    @property
    def paid(self) -> int:
        """How many generations the provider would charge."""
        return len(self.jobs)


class Scripted:
    """The five verbs."""

    edition = ""

    def __init__(self, cloud: Cloud, name: str, kit: Kit) -> None:
        self._cloud, self.name, self.repeat, self._kit = cloud, name, cloud.repeat, kit

    async def submit(self, request: Request, route: Route, key: Key) -> RemoteId:
        cloud = self._cloud
        if cloud.making_ready is not None:
            await cloud.making_ready()
        await self._kit.http().leaving()
        cloud.submits.append(str(key))
        if cloud.before_submit:
            raise cloud.before_submit.popleft()
        remote = next((id for id, (known, _) in cloud.jobs.items() if known == key and cloud.repeat is Repeat.KEY), None)
        if remote is None:
            remote = f"job-{len(cloud.jobs) + 1}"
            cloud.jobs[remote] = (key, request)
        if cloud.after_submit:
            raise cloud.after_submit.popleft()
        if cloud.after_answer is not None:
            await cloud.after_answer(remote)
        return remote

    async def look(self, remote: RemoteId) -> Sighting:
        cloud = self._cloud
        if cloud.before_look:
            raise cloud.before_look.popleft()
        if cloud.held_looks is not None:
            cloud.looking += 1
            await cloud.held_looks.wait()
            if cloud.broken_off is not None:
                raise cloud.broken_off
        key, request = cloud.jobs[remote]
        cloud.looks[remote] = cloud.looks.get(remote, 0) + 1
        if remote in cloud.cancelled:
            return Sighting(state=GenerationState.CANCELLED)
        if refusal := cloud.fails.get(key.shot) or cloud.fails.get(f"{key.shot}/{key.take}"):
            return Sighting(state=GenerationState.FAILED, error=refusal, error_code="content_rejected")
        if failure := next(
            (cloud.failures[name] for name in (key.shot, f"{key.shot}/{key.take}", key.route) if name in cloud.failures), None
        ):
            return failure
        if cloud.looks[remote] <= cloud.looks_until_ready:
            return Sighting(state=GenerationState.RUNNING, progress=cloud.looks[remote] / (cloud.looks_until_ready + 1))
        path = cloud.folder / f"{remote}.mp4"
        if not path.exists():
            if request.still:
                write_picture(path, request)
            else:
                write_clip(path, request, black=request.seed in cloud.black_seeds)
        return Sighting(state=GenerationState.READY, outputs=(str(path),))

    async def find(self, key: Key) -> RemoteId | None:
        if self.repeat is Repeat.NONE:
            raise SubmitOutcomeUnknown(provider=self.name, detail="it has no listing")
        if self._cloud.before_find:
            raise self._cloud.before_find.popleft()
        return next((remote for remote, (known, _) in self._cloud.jobs.items() if known == key), None)

    async def cancel(self, remote: RemoteId) -> None:
        self._cloud.cancelled.add(remote)

    def fetch(self, output: str) -> AsyncGenerator[bytes]:
        self._cloud.downloads.append(self._fetched(output))  # held, so that only who reads it can close it
        return self._cloud.downloads[-1]

    async def _fetched(self, output: str) -> AsyncGenerator[bytes]:
        cloud = self._cloud
        cloud.fetches += 1
        if cloud.expired_links:
            cloud.expired_links -= 1
            raise OutputExpired(provider=self.name)
        data = await asyncio.to_thread(Path(output).read_bytes)
        if cloud.broken_downloads:
            cloud.broken_downloads -= 1
            data = data[: len(data) * 2 // 3]
        cloud.open_downloads += 1
        try:
            for start in range(0, len(data), 4096):
                yield data[start : start + 4096]
        finally:
            cloud.open_downloads -= 1


def write_clip(path: Path, request: Request, *, black: bool = False) -> None:
    """A clip in one colour of the request's own, as long and large as asked, with a bar that moves and a tone; or black."""
    level = sum(request.model_dump_json().encode()) % 256
    size, frames = (request.size.width_px, request.size.height_px), round(request.seconds * request.fps)
    times = np.arange(frames * RATE_HZ // request.fps) / RATE_HZ
    tone = (0.1 * np.sin(2 * np.pi * 440 * times)).astype(np.float32)
    with ClipWriter(path, request.size, fps=request.fps, sound=request.sound) as clip:
        clip.write_sound(np.stack([tone, tone], axis=1))
        for number in range(frames):
            shade = Image.new("RGB", size, (0, 0, 0) if black else (level, 255 - level, 128))
            if not black:
                shade.paste((255, 255, 255), (number * 2, 0, number * 2 + 8, size[1]))
            clip.write(shade)


def write_picture(path: Path, request: Request) -> None:
    """A picture of one flat colour that depends on the request."""
    level = sum(request.model_dump_json().encode()) % 256
    Image.new("RGB", (request.size.width_px, request.size.height_px), (level, 128, 255 - level)).save(path, format="PNG")
