"""Prompts that a person chooses in a client: to make a film, to plan one as a storyboard, to have one looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from string import Template

from mcp.shared.exceptions import MCPError
from mcp.types import (
    INVALID_PARAMS,
    GetPromptRequestParams,
    GetPromptResult,
    ListPromptsResult,
    PaginatedRequestParams,
    Prompt,
    PromptArgument,
    PromptMessage,
    TextContent,
)

from storyreel.doors.mcp.addresses import Address, Part
from storyreel.doors.mcp.client import Client, Request
from storyreel.doors.mcp.contents import content_of
from storyreel.doors.mcp.extras import ExtraPrompt, Extras
from storyreel.doors.mcp.resources import Resources
from storyreel.doors.server.desk import Desk
from storyreel.tools.attachment import Attachment

FILM = "film"
WISHES = {
    "length": "It should last about $ seconds.",
    "shots": "It should have $ shots.",
    "style": "Its style: $.",
    "model": "Make it by the model $.",
    "budget": "It may cost at most $ US dollars.",
}
"""What may be wished beside the idea, each as a sentence."""
ABOUT = {
    "idea": "What the film is about: a sentence, or a whole story.",
    "length": "How long the film should be, in seconds.",
    "shots": "How many shots it should have.",
    "style": "How it should look.",
    "model": "A model by name; without one the film is the free animatic.",
    "budget": "US dollars that it may cost.",
    FILM: "The film's id.",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """One prompt: its text is the file of its name."""

    name: str
    title: str
    description: str
    needs: str  # the argument without which it says nothing
    takes: tuple[str, ...] = ()  # arguments that may be left out


PROMPTS = (
    Kind("film", "Make a film", "From an idea to the finished film, its price told first.", "idea", tuple(WISHES)),
    Kind(
        "storyboard",
        "Plan a storyboard",
        "An idea, as a storyboard to look at; nothing is paid.",
        "idea",
        ("length", "shots", "style"),
    ),
    Kind("review", "Review a film", "A film and its contact sheet, to be looked at shot by shot.", FILM),
)


class Prompts:
    """Lists and tells them."""

    def __init__(self, desk: Desk, resources: Resources, extras: Extras) -> None:
        self._desk, self._resources = desk, resources
        self._extras = {one.name: one for one in extras.prompts}

    async def listed(self, _client: Client, _request: Request, _params: PaginatedRequestParams | None) -> ListPromptsResult:
        """Every prompt."""
        return ListPromptsResult(prompts=[*map(_described, PROMPTS), *map(_extra, self._extras.values())])

    async def told(self, client: Client, _request: Request, params: GetPromptRequestParams) -> GetPromptResult:
        """A prompt with its gaps filled. Raises MCPError, and NotFound for a film of somebody else's."""
        if (extra := self._extras.get(params.name)) is not None:
            return _told_by(extra, params.arguments or {})
        kind = next((one for one in PROMPTS if one.name == params.name), None)
        if kind is None:
            known = ", ".join((*(one.name for one in PROMPTS), *self._extras))
            raise MCPError(INVALID_PARAMS, f"There is no prompt {params.name!r}; there are {known}.")
        given = {name: value.strip() for name, value in (params.arguments or {}).items() if value.strip()}
        if kind.needs not in given:
            raise MCPError(INVALID_PARAMS, f"The prompt {kind.name} needs {kind.needs}: {ABOUT[kind.needs]}")
        messages = [PromptMessage(role="user", content=TextContent(text=_text(kind, given)))]
        if kind.needs == FILM:
            messages += await self._looked_at(client, given[FILM])
        return GetPromptResult(description=kind.description, messages=messages)

    async def _looked_at(self, client: Client, id: str) -> list[PromptMessage]:
        """What there is to see of a film."""
        film = await self._desk.film(client.caller, id)
        told: list[PromptMessage] = []
        parts: tuple[Part, ...] = ("", "storyboard", "sheet.jpg")
        for part in parts:
            address = Address(film.id, part)
            media_type, content = await self._resources.content(client, film, address)
            seen = Attachment(data=content, media_type=media_type, uri=str(address))
            told.append(PromptMessage(role="user", content=content_of(seen)))
        return told


def _text(kind: Kind, given: Mapping[str, str]) -> str:
    text = (files("storyreel.doors.mcp.texts") / f"{kind.name}.md").read_text(encoding="utf-8")
    wishes = "\n".join(
        sentence.replace("$", given[name]) for name, sentence in WISHES.items() if name in kind.takes and name in given
    )
    return Template(text).substitute(idea=given.get("idea", ""), wishes=wishes).replace("\n\n\n\n", "\n\n")


def _told_by(extra: ExtraPrompt, given: Mapping[str, str]) -> GetPromptResult:
    """A prompt of another package. Raises MCPError where a gap is not filled."""
    if missing := [name for name in extra.gaps if name not in given]:
        raise MCPError(INVALID_PARAMS, f"The prompt {extra.name} needs {', '.join(missing)}.")
    contents = [TextContent(text=one) if isinstance(one, str) else content_of(one) for one in extra.tell(given)]
    messages = [PromptMessage(role="user", content=one) for one in contents]
    return GetPromptResult(description=extra.description, messages=messages)


def _extra(extra: ExtraPrompt) -> Prompt:
    arguments = [PromptArgument(name=name, description=about, required=True) for name, about in extra.gaps.items()]
    return Prompt(name=extra.name, description=extra.description, arguments=arguments)


def _described(kind: Kind) -> Prompt:
    arguments = [
        PromptArgument(name=name, description=ABOUT[name], required=name == kind.needs) for name in (kind.needs, *kind.takes)
    ]
    return Prompt(name=kind.name, title=kind.title, description=kind.description, arguments=arguments)
