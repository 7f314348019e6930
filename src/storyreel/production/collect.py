"""A finished generation comes home: fetched, checked, kept with its last frame.

What arrives broken is fetched again before anything is made again. A paid clip that plays is kept as it is: some models make
81 frames where 80 were asked, or 1088 lines where 1080 were.
"""

from contextlib import aclosing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from storyreel.domain.errors import MediaUnusable, OutputBroken, OutputExpired, StoreUnusable
from storyreel.domain.generation import GenerationState, Request, Sighting
from storyreel.domain.values import Digest
from storyreel.library import takes
from storyreel.library.ledger import Call
from storyreel.production.floor import Floor
from storyreel.providers.port import Embedded, Provider

MOST_FETCHES = 3


@dataclass(frozen=True, slots=True)
class Clip:
    """A take's clip in our store."""

    output: Digest
    last_frame: Digest  # PNG: the very frame that a full decode ends with
    seconds: float  # as measured


async def collect(floor: Floor, provider: Provider, call: Call, sighting: Sighting) -> Clip:
    """The clip of a generation that is ready. Raises OutputBroken after the last try, ProviderUnavailable, StoreUnusable."""
    take = await floor.database.read(takes.take, call.take)
    if not take.state.ended:
        await floor.write(take.film, takes.set_take, take.id, GenerationState.FETCHING)
    path = floor.work / f"{sha256(call.take.encode()).hexdigest()[:24]}.mp4"
    left = MOST_FETCHES
    while True:
        left -= 1
        try:
            await _download(floor, provider, sighting, path)
            return await _keep(floor, path, take.request, exact=isinstance(provider, Embedded))
        except OutputBroken:
            if not left:
                raise
        except OutputExpired:
            if not left or call.remote_id is None:
                raise
            sighting = await provider.look(call.remote_id)  # a fresh link, where there is one
        finally:
            path.unlink(missing_ok=True)


async def _download(floor: Floor, provider: Provider, sighting: Sighting, path: Path) -> None:
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


async def _keep(floor: Floor, path: Path, request: Request, *, exact: bool) -> Clip:
    if request.still:
        picture = await floor.in_thread(_framed, path, request)
        digest = await floor.blobs.put_bytes(picture)
        return Clip(output=digest, last_frame=digest, seconds=request.seconds)
    seconds, picture = await floor.in_thread(_inspect, path, request if exact else None)
    last_frame = await floor.blobs.put_bytes(picture)
    return Clip(output=await floor.blobs.put_file(path), last_frame=last_frame, seconds=seconds)


def _inspect(path: Path, asked: Request | None) -> tuple[float, bytes]:
    """A whole clip's length and its last frame as PNG. Raises OutputBroken."""
    from storyreel.media.check import check_take
    from storyreel.media.pictures import png_bytes

    checked = check_take(path, seconds=asked.seconds, size=asked.size) if asked else check_take(path)
    return checked.facts.seconds, png_bytes(checked.last_frame)


def _framed(path: Path, request: Request) -> bytes:
    """A picture as PNG, of the size of the clip that begins on it. Raises OutputBroken."""
    from storyreel.media.pictures import filled, open_picture, png_bytes

    try:
        return png_bytes(filled(open_picture(path, name="The keyframe"), request.size))
    except MediaUnusable as error:
        raise OutputBroken(error.problem) from error
