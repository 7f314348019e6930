"""A clip that was lost or has changed on the disk: found before it is joined, and brought again where its provider has it.

What is paid for must not be lost for a bad sector, and what is damaged must not be joined: packets are copied, not decoded, so
flipped bytes would go into the film unseen.
"""

from hashlib import file_digest, sha256
from pathlib import Path

from storyreel.domain.advice import Remedy
from storyreel.domain.errors import InvalidRequest, OutputBroken, OutputExpired, StoreUnusable
from storyreel.domain.film import Film
from storyreel.domain.generation import GenerationState, Sighting, Take
from storyreel.domain.values import Digest
from storyreel.library import takes
from storyreel.library.blobs import BlobLost
from storyreel.library.known_blobs import forget_blob
from storyreel.library.ledger import Call
from storyreel.library.ledger.origin import call_that_made
from storyreel.production.collect import download
from storyreel.production.floor import Floor
from storyreel.providers.port import Embedded, Provider

_PAUSE_S = 0.2  # between looks at a shot that is drawn again
_MOST_LOOKS = 3000
_COPIES = 2  # one at hand, one in a shared store


async def whole_clip(floor: Floor, film: Film, take: Take) -> Path:
    """Where a take's clip lies, every byte as it came; brought again from its provider where ours is damaged or gone.

    Raises StoreUnusable, which names the shot and what to do, where nobody has it any more; retriable errors of the provider.
    """
    if take.output is None:
        raise OutputBroken(f"the take {take.id} has no clip")
    if path := await _whole(floor, take.output):
        return path
    call = await floor.database.read(call_that_made, take.output)
    if call is not None and await _brought(floor, call, take.output):
        return await floor.blobs.fetch(take.output)
    await floor.write(film.id, forget_blob, take.output)
    index = next(number for number, shot in enumerate(film.storyboard.shots, start=1) if shot.id == take.shot)
    where = call.provider if call else "nobody"
    problem = f"the clip of shot {index} ({take.shot}) is missing or damaged, and {where} {'does not have' if call else 'has'} it"
    again = Remedy.RETAKE.of(film=film.id, shot=take.shot)
    remedy = f"{again} makes it again; or put a copy of the file back, then `storyreel resume`."
    raise StoreUnusable(floor.blobs.path(take.output), f"{problem} any more", remedy=remedy)


async def _whole(floor: Floor, digest: Digest) -> Path | None:
    """Where a blob lies, if its bytes still have its digest; a copy that has not is removed, as there may be another.

    Raises StoreUnusable where the store cannot be reached: the clip may well be in it.
    """
    for _ in range(_COPIES):
        if not await floor.blobs.exists(digest):
            break
        try:
            path = await floor.blobs.fetch(digest)
        except BlobLost:  # damaged in the shared store, or gone since
            break
        if await floor.in_thread(_digest_of, path) == digest:
            return path
        await floor.in_thread(path.unlink, missing_ok=True)
    return None


def _digest_of(path: Path) -> Digest:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


async def _brought(floor: Floor, call: Call, digest: Digest) -> bool:
    """Whether the call's provider gave the very same clip again. Raises its other errors: no key, no answer."""
    path = floor.work / f"{sha256(digest.encode()).hexdigest()[:24]}-again.mp4"
    try:
        provider = floor.provider(call.provider)
        sighting = await (_drawn(floor, provider, call) if isinstance(provider, Embedded) else _seen(provider, call))
        if sighting.state is not GenerationState.READY:
            return False
        await download(floor, provider, sighting, path)
        if isinstance(provider, Embedded):
            await provider.release(call.remote_id or "")
        return await floor.in_thread(_digest_of, path) == digest and await floor.blobs.put_file(path) == digest
    except (OutputExpired, OutputBroken, InvalidRequest):  # whatever else goes wrong, it may well have it still
        return False
    finally:
        path.unlink(missing_ok=True)


async def _seen(provider: Provider, call: Call) -> Sighting:
    if call.remote_id is None:
        return Sighting(state=GenerationState.FAILED)
    return await provider.look(call.remote_id)


async def _drawn(floor: Floor, provider: Provider, call: Call) -> Sighting:
    """What we draw ourselves is drawn again: the same request gives the same frames."""
    take = await floor.database.read(takes.take, call.take)
    _, route = floor.catalogue.known_route(take.route)
    remote = await provider.submit(take.request, route, call.key)
    for _ in range(_MOST_LOOKS):
        sighting = await provider.look(remote)
        if sighting.state.ended:
            return sighting
        await floor.clock.sleep(_PAUSE_S)
    return Sighting(state=GenerationState.FAILED)
