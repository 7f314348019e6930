"""A film as a resource tells it: as REST does, with addresses that an agent can read; never a path to who is elsewhere."""

from storyreel.domain.film import Film
from storyreel.domain.generation import Take
from storyreel.domain.values import JSON, Digest
from storyreel.doors.mcp.addresses import Address
from storyreel.doors.mcp.client import Client
from storyreel.doors.server.desk import Desk
from storyreel.doors.server.films import whole
from storyreel.doors.server.links import link_to


async def film_told(desk: Desk, client: Client, film: Film) -> JSON:
    """A film and its shots as they stand; money in US dollars, lengths in seconds."""
    body = (await whole(desk, film)).model_dump(mode="json")
    takes = {one.id: one.take for one in await desk.studio.shots(film)}
    for shot in body["shots"]:
        shot["frame"] = str(Address(film.id, "frame.png", shot["id"]))
        if shot["take"] is not None:
            del shot["take"]["last_frame"]
            shot["take"]["clip"] = await _clip(desk, client, takes.get(shot["id"]))
    return body | {
        "film": await film_address(desk, client, film),
        "storyboard": str(Address(film.id, "storyboard")),
        "sheet": str(Address(film.id, "sheet.jpg")),
    }


async def film_address(desk: Desk, client: Client, film: Film) -> str | None:
    """Where the finished film is: a signed link, or, at this machine, its file. None while it is not ready."""
    if film.output is None:
        return None
    if client.here and film.delivered is not None:
        return film.delivered.as_uri()
    return await _address(desk, client, film.output, f"{film.id}.mp4")


async def _clip(desk: Desk, client: Client, take: Take | None) -> str | None:
    if take is None or take.output is None:
        return None
    return await _address(desk, client, take.output, f"{take.film}-{take.output[:8]}.mp4")


async def _address(desk: Desk, client: Client, digest: Digest, name: str) -> str:
    if client.here:
        return (await desk.blobs.fetch(digest)).as_uri()
    return link_to(desk, digest, name)


def with_path(told: dict[str, JSON], address: str | None) -> dict[str, JSON]:
    """A tool's output with that address wherever it tells the path of a film's file: nobody elsewhere is told a path of ours."""
    return {name: address if name == "path" else _deeper(value, address) for name, value in told.items()}


def _deeper(value: JSON, address: str | None) -> JSON:
    if isinstance(value, list):
        return [_deeper(one, address) for one in value]
    return with_path(value, address) if isinstance(value, dict) else value
