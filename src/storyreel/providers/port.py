"""The five verbs that every provider speaks, and how one is opened by its name."""

from base64 import b64encode
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from storyreel.accounts import Account
from storyreel.domain.errors import InvalidRequest, ProviderUnavailable
from storyreel.domain.generation import Key, RemoteId, Repeat, Request, Sighting
from storyreel.domain.model import Mode, Route
from storyreel.domain.values import Digest
from storyreel.providers.webhooks import Heard, Incoming

if TYPE_CHECKING:
    from storyreel.providers.http import Http

REGISTRY = {
    "animatic": "storyreel.providers.animatic.provider:Animatic",
    "replicate": "storyreel.providers.replicate:Replicate",
    "gemini": "storyreel.providers.gemini:Gemini",
    "vertex": "storyreel.providers.vertex:Vertex",
    "huggingface": "storyreel.providers.huggingface.provider:HuggingFace",
    "vsegpt": "storyreel.providers.vsegpt:Vsegpt",
    "fal": "storyreel.providers.fal:Fal",
    "videos": "storyreel.providers.videos:Videos",
    "openrouter": "storyreel.providers.openrouter:OpenRouter",
    "openai": "storyreel.providers.openai_images:OpenAIImages",
    "kling": "storyreel.providers.kling:Kling",
    "ark": "storyreel.providers.ark:Ark",
    "byteplus": "storyreel.providers.ark:BytePlus",
}
"""A provider's name in the catalogue: where its class is. Loaded when it is first used."""

PNG, JPEG = "image/png", "image/jpeg"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's bytes, ready to be sent."""

    data: bytes
    media_type: str  # "image/png" or "image/jpeg"
    width_px: int
    height_px: int

    @property
    def base64(self) -> str:
        """The bytes in base64, bare."""
        return b64encode(self.data).decode("ascii")

    @property
    def data_uri(self) -> str:
        """The bytes as an address."""
        return f"data:{self.media_type};base64,{self.base64}"

    @property
    def file_name(self) -> str:
        """A name with the ending of its type, for an upload."""
        return f"picture.{'png' if self.media_type == PNG else 'jpg'}"


class KeptPictures(Protocol):
    """Where a provider finds the pictures that a request names."""

    async def path(self, digest: Digest) -> Path:
        """A file that holds them. Raises MediaUnusable where they are gone."""
        ...

    async def picture(
        self,
        digest: Digest,
        *,
        types: tuple[str, ...] = (PNG, JPEG),
        most_bytes: int | None = None,
        most_side_px: int | None = None,
    ) -> Picture:
        """The picture as one of these types, first the one it has; smaller, or as JPEG, only where a limit demands it.

        Raises MediaUnusable.
        """
        ...


class Provider(Protocol):
    """One API. It sends and translates; it never waits, retries or stores. Raises what the taxonomy names."""

    @property
    def name(self) -> str:
        """As the catalogue's routes call it."""
        ...

    @property
    def repeat(self) -> Repeat:
        """How it tells a repeated submit from a new one."""
        ...

    @property
    def edition(self) -> str:
        """Changes where the same request would give another result that should be made anew; empty: never."""
        ...

    async def submit(self, request: Request, route: Route, key: Key) -> RemoteId:
        """One paid call, sent once. Raises SubmitOutcomeUnknown where no answer came."""
        ...

    async def look(self, remote: RemoteId) -> Sighting:
        """Where the generation is now."""
        ...

    async def find(self, key: Key) -> RemoteId | None:
        """After a crash: the generation of this key; None: there is none. Raises SubmitOutcomeUnknown where it cannot know."""
        ...

    async def cancel(self, remote: RemoteId) -> None:
        """End it, if it has not ended."""
        ...

    def fetch(self, output: str) -> AsyncGenerator[bytes]:
        """A result's bytes, as they come. Raises OutputExpired, ProviderUnavailable."""
        ...


class NotShown(ProviderUnavailable):
    """It answered a look, and showed no such generation. One that it took may yet be shown, so this alone ends nothing."""


@runtime_checkable
class Embedded(Protocol):
    """What a provider that works inside this installation also does."""

    async def warm(self, lengths_s: Sequence[float]) -> None:
        """Begin whatever is slow to start, for generations of those lengths in seconds."""
        ...

    async def release(self, remote: RemoteId) -> None:
        """The result is in our own store: nothing of this generation is needed any more."""
        ...

    async def sweep(self, wanted: frozenset[RemoteId]) -> None:
        """Nothing but these generations is needed any more."""
        ...

    async def close(self) -> None:
        """Stop working. What is unfinished begins again when it is next looked at."""
        ...


@dataclass(frozen=True, slots=True)
class Listed:
    """What a provider itself says of a model today; None: it does not say."""

    there: bool  # whether it can be called
    parameters: Mapping[str, tuple[str, ...]] | None = None  # their name -> the values that are allowed, in their words; (): any
    usd_per_second: Decimal | None = None
    note: str = ""  # what else a person should know: "closing on 2026-12-01"
    modes: tuple[Mode, ...] = ()  # what it may start from; none: it does not say
    lengths_s: tuple[float, ...] = ()  # where no parameter tells them; none: it does not say
    others: tuple[str, ...] = ()  # of a model that is not there: those that are


@runtime_checkable
class Hooked(Protocol):
    """What a provider also does that calls webhooks."""

    async def heard(self, incoming: Incoming) -> Heard:
        """What a webhook is about. Raises Forged where it is not the provider's own, and what `look` raises."""
        ...


@runtime_checkable
class Namer(Protocol):
    """What a provider also does whose remote ids are more than what it shows a person as a generation's name."""

    def remote_of(self, told: str, request: Request, route: Route) -> RemoteId:
        """The remote id of the generation that it calls so. Raises InvalidRequest for what cannot be one."""
        ...


@runtime_checkable
class Lister(Protocol):
    """What a provider with a listing of its models also does."""

    async def listed(self, route: Route) -> Listed:
        """What the provider says of that route's model; free. Raises AuthenticationFailed, ProviderUnavailable, RateLimited."""
        ...


@dataclass(frozen=True, slots=True)
class Kit:
    """What a provider is given to work with."""

    pictures: KeptPictures
    work: Path  # a folder of its own, which outlives the process
    nudge: Callable[[RemoteId], None]  # to be called where a look would see something new
    account: Account  # how this installation is known there
    http: Callable[[], "Http"]  # the connections that all providers of a line share
    processes: int | None = None  # how many of its own it may start; None: as many as there are cores


def open_provider(name: str, kit: Kit) -> Provider:
    """The provider of that name. Raises InvalidRequest for one that is not there."""
    return _class_of(name)(kit)


def edition_of(name: str) -> str:
    """The edition of the provider of that name, without opening it. Raises InvalidRequest for one that is not there."""
    return str(_class_of(name).edition)


def _class_of(name: str) -> Any:
    where = REGISTRY.get(name)
    if where is None:
        raise InvalidRequest(f"There is no provider {name!r}. There are: {', '.join(sorted(REGISTRY))}.", field="provider")
    module, _, attribute = where.partition(":")
    return getattr(import_module(module), attribute)
