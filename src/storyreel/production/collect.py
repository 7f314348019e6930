"""A finished generation comes home: fetched, checked, kept with its last frame.

What arrives broken, or otherwise than asked, is fetched again before anything is made again. A paid clip that plays is kept,
with what was found; one that we drew ourselves must be exactly what was asked.
"""

from contextlib import aclosing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from storyreel.domain.checks import TakeFinding
from storyreel.domain.errors import MediaUnusable, OutputBroken, OutputExpired, StoreUnusable
from storyreel.domain.generation import GenerationState, Request, Sighting
from storyreel.domain.values import Digest
from storyreel.library import takes
from storyreel.library.ledger import Call
from storyreel.production.floor import Floor
from storyreel.providers.port import Embedded, Provider

if TYPE_CHECKING:
    from storyreel.media.check import CheckedTake

MOST_FETCHES = 3


@dataclass(frozen=True, slots=True)
class Clip:
    """A take's clip in our store."""

    output: Digest
    last_frame: Digest  # PNG: the very frame that a full decode ends with
    seconds: float  # as measured
    findings: tuple[TakeFinding, ...] = ()

    @property
    def bad(self) -> bool:
        """Whether it is worth making again."""
        return any(one.kind.bad for one in self.findings)


async def collect(floor: Floor, provider: Provider, call: Call, sighting: Sighting) -> Clip:
    """The clip of a generation that is ready. Raises OutputBroken after the last try, ProviderUnavailable, StoreUnusable."""
    take = await floor.database.read(takes.take, call.take)
    if not take.state.ended:
        await floor.write(take.film, takes.set_take, take.id, GenerationState.FETCHING)
    path = floor.work / f"{sha256(call.take.encode()).hexdigest()[:24]}.mp4"
    wanted = _Wishes(take.request, exact=isinstance(provider, Embedded), length=_keeps_lengths(floor, call))
    held: Clip | None = None  # plays, but is not as asked: believed once it has come twice
    left = MOST_FETCHES
    while True:
        left -= 1
        try:
            with floor.observer.span("fetch", under=call.take, film=call.key.film, call=str(call.key)):
                await download(floor, provider, sighting, path)
            with floor.observer.span("check", under=call.take, film=call.key.film, call=str(call.key)):
                clip = await _keep(floor, path, wanted)
            if not clip.bad or not left or wanted.exact or (held is not None and clip.output == held.output):
                return clip
            held = clip
        except (OutputBroken, OutputExpired) as error:
            floor.observer.warn("fetch.failed", provider=provider.name, code=error.code, message=str(error), left=left)
            if held is not None:
                return held
            if not left or (isinstance(error, OutputExpired) and call.remote_id is None):
                raise
            if isinstance(error, OutputExpired):
                sighting = await provider.look(call.remote_id or "")  # a fresh link, where there is one
        finally:
            path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _Wishes:
    """What a clip is held against."""

    request: Request
    exact: bool  # drawn by ourselves
    length: bool  # the length was the model's to keep


def _keeps_lengths(floor: Floor, call: Call) -> bool:
    """Whether the model was told a length, or is known to make certain ones."""
    model, route = floor.catalogue.known_route(call.key.route)
    known = model.limits.durations
    return bool(route.parameters.keys() & {"seconds", "frames"} or known.choices_s or known.most_s)


async def download(floor: Floor, provider: Provider, sighting: Sighting, path: Path) -> None:
    """Bring the result of a generation that is ready to that file. Raises OutputBroken, OutputExpired, StoreUnusable."""
    if not sighting.outputs:
        raise OutputBroken(f"{provider.name} says it is ready and names no result")
    try:
        async with aclosing(provider.fetch(sighting.outputs[0])) as chunks:
            with path.open("wb") as file:
                async for chunk in chunks:
                    await floor.in_thread(file.write, chunk)
    except OSError as error:
        remedy = "Free some space (`storyreel gc` helps), then `storyreel resume`."
        raise StoreUnusable(path, f"a result cannot be written ({error.strerror or error})", remedy=remedy) from error


async def _keep(floor: Floor, path: Path, wishes: _Wishes) -> Clip:
    request = wishes.request
    if request.still:
        picture = await floor.in_thread(_framed, path, request)
        digest = await floor.blobs.put_bytes(picture)
        return Clip(output=digest, last_frame=digest, seconds=request.seconds)
    checked, picture = await floor.in_thread(_inspect, path, wishes)
    last_frame = await floor.blobs.put_bytes(picture)
    output = await floor.blobs.put_file(path)
    return Clip(output=output, last_frame=last_frame, seconds=checked.facts.seconds, findings=checked.findings)


def _inspect(path: Path, wishes: _Wishes) -> "tuple[CheckedTake, bytes]":
    """What a whole clip is, and its last frame as PNG. Raises OutputBroken."""
    from storyreel.media.check import Wanted, check_take
    from storyreel.media.pictures import png_bytes

    asked = wishes.request
    wanted = Wanted(asked.seconds if wishes.length else None, asked.size, sound=asked.sound, exact=wishes.exact)
    checked = check_take(path, wanted)
    return checked, png_bytes(checked.last_frame)


def _framed(path: Path, request: Request) -> bytes:
    """A picture as PNG, of the size of the clip that begins on it. Raises OutputBroken."""
    from storyreel.media.pictures import filled, open_picture, png_bytes

    try:
        return png_bytes(filled(open_picture(path, name="The keyframe"), request.size))
    except MediaUnusable as error:
        raise OutputBroken(error.problem) from error
