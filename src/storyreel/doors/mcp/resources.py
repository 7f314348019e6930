"""Films as resources: what there is to read, page by page, and what stands in it. Nobody sees a film of somebody else's."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

import anyio
from mcp.shared.exceptions import MCPError
from mcp.types import (
    INVALID_PARAMS,
    ListResourcesResult,
    ListResourceTemplatesResult,
    PaginatedRequestParams,
    ReadResourceRequestParams,
    ReadResourceResult,
    Resource,
    ResourceTemplate,
)

from storyreel.domain.film import Film
from storyreel.doors.mcp.addresses import FILMS, Address, Part, address_of
from storyreel.doors.mcp.client import Client, Request
from storyreel.doors.mcp.contents import contents_of
from storyreel.doors.mcp.extras import ExtraResource, Extras
from storyreel.doors.mcp.pictures import sheet_jpeg, shot_png
from storyreel.doors.mcp.told import film_address, film_told
from storyreel.doors.server.desk import Desk
from storyreel.doors.server.refusals import Conflict
from storyreel.tools.attachment import Attachment

PAGE = 50  # films
AT_ONCE = 4  # resources that are read
MOST_FILM_BYTES = 8_000_000  # of a film that is handed over as it is; of a larger one, its address is
JSON_TYPE, YAML, ADDRESSES = "application/json", "application/yaml", "text/uri-list"
MP4, PNG, JPEG = "video/mp4", "image/png", "image/jpeg"

Content: TypeAlias = tuple[str, str | bytes]
"""A media type, and what is in the resource."""
Read: TypeAlias = Callable[[Desk, Client, Film, Address], Awaitable[Content]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of resource."""

    name: str
    title: str
    description: str
    path: str  # below the film's
    media_type: str | None  # None: it may be one of several
    read: Read


class Resources:
    """Lists and reads them for a client."""

    def __init__(self, desk: Desk, extras: Extras) -> None:
        self._desk, self._extras, self._at_once = desk, extras, asyncio.Semaphore(AT_ONCE)

    async def listed(self, client: Client, _request: Request, params: PaginatedRequestParams | None) -> ListResourcesResult:
        """Some of the client's films, the newest first; of each, itself and, once it is ready, its file and its contact sheet.

        Before the first of them what other packages have.
        """
        after = (params.cursor if params is not None else None) or ""
        films = await self._desk.studio.films(PAGE + 1, user=client.user, after=after)
        theirs = [] if after else [_described(one) for one in self._extras.resources if not one.is_template]
        return ListResourcesResult(
            resources=[*theirs, *(resource for film in films[:PAGE] for resource in _of_film(film))],
            next_cursor=films[PAGE - 1].id if len(films) > PAGE else None,
        )

    async def templates(
        self, _client: Client, _request: Request, _params: PaginatedRequestParams | None
    ) -> ListResourceTemplatesResult:
        """The addresses that a film's resources have."""
        return ListResourceTemplatesResult(
            resource_templates=[
                ResourceTemplate(
                    uri_template=f"{FILMS}{{film}}{kind.path}",
                    name=kind.name,
                    title=kind.title,
                    description=kind.description,
                    mime_type=kind.media_type,
                )
                for kind in KINDS.values()
            ]
            + [
                ResourceTemplate(uri_template=one.address, name=one.name, description=one.description, mime_type=one.media_type)
                for one in self._extras.resources
                if one.is_template
            ]
        )

    async def content(self, client: Client, film: Film, address: Address) -> Content:
        """What there is at an address of a film's; a few at once, since pictures may have to be drawn."""
        async with self._at_once:
            return await KINDS[address.part].read(self._desk, client, film, address)

    async def read(self, client: Client, _request: Request, params: ReadResourceRequestParams) -> ReadResourceResult:
        """What is in a resource. Raises MCPError for an address that is none, and what the desk raises."""
        if (extra := self._extras.at(params.uri)) is not None:
            known, given = extra
            read = Attachment(data=await known.read(given), media_type=known.media_type, uri=params.uri)
            return ReadResourceResult(contents=[contents_of(read)])
        address = address_of(params.uri)
        if address is None:
            raise MCPError(INVALID_PARAMS, f"There is no resource {params.uri!r}; films are at {FILMS}FILM.", {"uri": params.uri})
        film = await self._desk.film(client.caller, address.film)
        media_type, content = await self.content(client, film, address)
        return ReadResourceResult(contents=[contents_of(Attachment(data=content, media_type=media_type, uri=params.uri))])


async def _film(desk: Desk, client: Client, film: Film, _address: Address) -> Content:
    return JSON_TYPE, json.dumps(await film_told(desk, client, film), ensure_ascii=False, indent=1)


async def _storyboard(_desk: Desk, _client: Client, film: Film, _address: Address) -> Content:
    from storyreel.writing import storyboard_text

    return YAML, storyboard_text(film.storyboard)


async def _file(desk: Desk, client: Client, film: Film, _address: Address) -> Content:
    if film.output is None:
        raise Conflict(f"The film {film.id} is {film.state.value}; it can be had once it is ready.")
    path = anyio.Path(await desk.blobs.fetch(film.output))
    if (await path.stat()).st_size > MOST_FILM_BYTES:
        return ADDRESSES, f"{await film_address(desk, client, film)}\r\n"
    return MP4, await path.read_bytes()


async def _sheet(desk: Desk, _client: Client, film: Film, _address: Address) -> Content:
    return JPEG, await sheet_jpeg(desk, film)


async def _frame(desk: Desk, _client: Client, film: Film, address: Address) -> Content:
    return PNG, await shot_png(desk, film, address.shot)


KINDS: dict[Part, Kind] = {
    "": Kind("film", "A film", "How a film stands: its state, cost, and each shot with its take.", "", JSON_TYPE, _film),
    "storyboard": Kind(
        "storyboard", "A film's storyboard", "What each shot shows, as an editable file.", "/storyboard", YAML, _storyboard
    ),
    "film.mp4": Kind(
        "film.mp4",
        "The finished film",
        f"The film itself up to {MOST_FILM_BYTES // 1_000_000} MB; of a larger one, the address where it is.",
        "/film.mp4",
        None,
        _file,
    ),
    "sheet.jpg": Kind(
        "sheet.jpg", "A contact sheet", "Every shot on one page, drawn where it is not made.", "/sheet.jpg", JPEG, _sheet
    ),
    "frame.png": Kind(
        "frame.png",
        "A shot's frame",
        "The middle of a shot, by its id or number; drawn, where there is no take of it.",
        "/shots/{shot}/frame.png",
        PNG,
        _frame,
    ),
}


def _described(one: ExtraResource) -> Resource:
    return Resource(uri=one.address, name=one.name, description=one.description, mime_type=one.media_type)


def _of_film(film: Film) -> list[Resource]:
    parts: list[Part] = ["", "film.mp4", "sheet.jpg"] if film.output is not None else [""]
    return [_resource(film, part) for part in parts]


def _resource(film: Film, part: Part) -> Resource:
    kind = KINDS[part]
    shots = len(film.storyboard.shots)
    told = f"{shots} shot{'s' * (shots != 1)}, {film.state.value.replace('_', ' ')}."
    return Resource(
        uri=str(Address(film.id, part)),
        name=f"{film.id}{kind.path}",
        title=film.title,
        description=told if part == "" else kind.description,
        mime_type=kind.media_type,
    )
