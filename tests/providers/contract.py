"""One contract for every adapter: what a case is, and the bench on which it is tried against its stand-in, over real sockets.

Adding an adapter is one line in a file of its own in `tests/providers/cases/`, which `test_contract.py` finds by itself:

    CASES = (Case(ReplicateCloud, "kling-2.5-turbo"),)

`Case` has more to say where the usual does not fit: `seconds`, `size`, `sound`, and `lacks`, which names what the API itself
cannot do, with the reason: `lacks={"cancel": "it has no such call"}`. Those tests are then not run for it. The abilities:

    frames     the route takes a first frame (taken from the catalogue; to be denied only where the contract's frames do not fit)
    jobs       a submit begins a job that is looked at, rather than giving the result in its answer
    states     a look tells a state in a word, so that there can be an unknown one
    links      results are fetched with calls of their own, rather than inside a look or an answer
    expiry     those links die
    cancel     a job can be ended
    key        it cannot be used without a key
    no_credit, moderation, moderation_later     it says so
"""

import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Literal

import pytest
from PIL import Image, ImageDraw
from pydantic import SecretStr

from storyreel.accounts import VARIABLES, Account, account_of
from storyreel.catalog.catalogue import Catalogue
from storyreel.catalog.load import load_catalogue
from storyreel.domain.errors import StoryreelError
from storyreel.domain.generation import GenerationState, Key, RemoteId, Request, Sighting
from storyreel.domain.model import Medium, Mode, Model, Route
from storyreel.domain.values import Size
from storyreel.media.pictures import png_bytes
from storyreel.providers.http import Http
from storyreel.providers.port import Provider, open_provider
from storyreel.standins.cloud import Cloud
from storyreel.standins.faults import Kind
from tests.providers.kits import Pictures, a_kit

Ability = Literal["frames", "jobs", "states", "links", "expiry", "cancel", "key", "no_credit", "moderation", "moderation_later"]
TIMEOUT_S = 20.0
WAITING = {GenerationState.QUEUED, GenerationState.RUNNING}


@dataclass(frozen=True)
class Case:
    """An adapter, its stand-in, and one route of the catalogue between them."""

    cloud: type[Cloud]
    model: str  # of the catalogue: "kling-2.5-turbo"
    provider: str = ""  # as the catalogue calls it; empty: the cloud's name
    seconds: float = 5.0
    size: str = "1280x720"
    sound: bool = False
    within_s: float = 0.05  # how far the clip's length may be from what was asked
    lacks: Mapping[Ability, str] = field(default_factory=dict[Ability, str])  # what the API cannot do, and why

    @property
    def name(self) -> str:
        """What tests are called by."""
        return f"{self.provider or self.cloud.name}-{self.model}"

    def found(self) -> tuple[Model, Route]:
        """The model and the route, from the catalogue."""
        return _found(f"{self.model}@{self.provider or self.cloud.name}")

    def can(self, ability: Ability) -> bool:
        """Whether the API has that to show."""
        return ability not in self.lacks

    def request(
        self, *modes: Mode, first: str | None = None, last: str | None = None, references: tuple[str, ...] = ()
    ) -> Request:
        """A request on the route, with the pictures that `modes` names."""
        model, _ = self.found()
        return Request(
            prompt="A lone lighthouse keeper climbs the stairs; 灯塔",
            seconds=self.seconds,
            size=Size.parse(self.size),
            sound=self.sound,
            seed=7 if model.limits.seed else 0,
            still=model.medium is Medium.IMAGE,
            first_frame=first if Mode.FIRST_FRAME in modes else None,
            last_frame=last if Mode.LAST_FRAME in modes else None,
            references=references if Mode.REFERENCES in modes else (),
        )


def all_cases() -> list[tuple[Case, ...]]:
    """Every case, of each file in `tests/providers/cases/`."""
    files = sorted((Path(__file__).parent / "cases").glob("[a-z]*.py"))
    return [import_module(f"tests.providers.cases.{file.stem}").CASES for file in files]


def each(*abilities: Ability) -> pytest.MarkDecorator:
    """Runs a test for each case whose API has these abilities; an adapter's further routes are left to CI's journeys."""
    params = [
        pytest.param(case, id=case.name, marks=pytest.mark.journey if number else ())
        for cases in all_cases()
        for number, case in enumerate(case for case in cases if all(case.can(ability) for ability in abilities))
    ]
    return pytest.mark.parametrize("case", params)


class Bench:
    """An adapter at its stand-in, with two pictures."""

    def __init__(self, case: Case, cloud: Cloud, folder: Path) -> None:
        self.case, self.cloud, self.folder = case, cloud, folder
        self.name = case.provider or cloud.name
        self.http = Http()
        self.model, self.route = case.found()
        self.environment = cloud.environment(cloud.url)
        self.account = replace(account_of(self.name, self.environment), timeout_s=TIMEOUT_S)
        self.key = Key(film="night-0001", shot="s1", take=1, route=f"{case.model}@{self.name}")
        pictures = Pictures(folder)
        (self.first_picture, first), (self.last_picture, last) = a_scene(case.size, "#203a63"), a_scene(case.size, "#7a3b1c")
        self.first, self.last = pictures.put(first), pictures.put(last)
        self.provider = self.opened()

    def opened(self, account: Account | None = None) -> Provider:
        """The adapter, as a process that has just begun opens it."""
        kit = a_kit(self.folder, account=account or self.account, http=self.http, work=self.folder / "work")
        return open_provider(self.name, kit)

    @property
    def modes(self) -> tuple[Mode, ...]:
        """What the route may start from."""
        return self.route.modes or self.model.limits.modes

    def usual(self) -> Request:
        """A request from words alone, or from a first frame where the route needs one."""
        return self.case.request(*(() if Mode.TEXT in self.modes else self.modes[:1]), first=self.first, references=(self.first,))

    async def submit(self) -> RemoteId:
        """One generation."""
        return await self.provider.submit(self.usual(), self.route, self.key)

    async def end(self, remote: RemoteId) -> Sighting:
        """What a look sees once there is nothing to wait for."""
        for _ in range(1000):
            sighting = await self.provider.look(remote)
            if sighting.state not in WAITING:
                return sighting
            self.cloud.advance(0.02)  # twenty seconds of a job's life
        raise AssertionError("it does not end")

    async def result(self, request: Request | None = None) -> Path:
        """The result of a generation, as a file."""
        remote = await self.provider.submit(request or self.usual(), self.route, self.key)
        sighting = await self.end(remote)
        assert sighting.state is GenerationState.READY, sighting
        return await self.fetched(sighting)

    async def fetched(self, sighting: Sighting) -> Path:
        """A result's bytes, as a file."""
        path = self.folder / "result"
        path.write_bytes(b"".join([part async for part in self.provider.fetch(sighting.outputs[0])]))
        return path

    def creates(self) -> int:
        """How many calls that begin something reached the cloud."""
        return sum(call.kind is Kind.CREATE for call in self.cloud.log)

    def secrets(self) -> list[str]:
        """What nobody may see."""
        names = (*VARIABLES[self.name].key, VARIABLES[self.name].facts.get("token", ""))
        return [self.cloud.key, *(self.environment[name] for name in names if name in self.environment)]

    def keyless(self) -> Account:
        """The account of someone who has set the address alone."""
        variables = VARIABLES[self.name]
        hidden = {*variables.key, *(variables.facts.get(fact, "") for fact in ("project", "credentials", "token"))}
        return account_of(self.name, {name: value for name, value in self.environment.items() if name not in hidden})

    def with_key(self, key: str) -> Account:
        """The account with another key."""
        return replace(self.account, key=SecretStr(key))

    async def refused(self, *, by: Provider | None = None) -> StoryreelError:
        """What a submit raises; it is checked for secrets."""
        with pytest.raises(StoryreelError) as caught:
            await (by or self.provider).submit(self.usual(), self.route, self.key)
        return self.safe(caught.value)

    def safe(self, error: StoryreelError) -> StoryreelError:
        """The error, which shows no secret: neither itself, nor what it came from; and tells a person something."""
        shown = "".join(traceback.format_exception(error)) + repr(error) + repr(vars(error)) + repr(self.account)
        assert not [secret for secret in self.secrets() if secret in shown]
        assert len(str(error)) > 20
        return error


@cache
def a_scene(size: str, colour: str) -> tuple[Image.Image, bytes]:
    """A picture with something to tell its sides by, and its file."""
    width, height = (int(side) for side in size.split("x"))
    picture = Image.new("RGB", (width, height), colour)
    canvas = ImageDraw.Draw(picture)
    canvas.ellipse((width // 8, height // 8, width // 3, height // 2), fill="#f2c14e")
    canvas.rectangle((width // 2, height // 2, width * 7 // 8, height), fill="#d9d4c7")
    return picture, png_bytes(picture)


@cache
def _catalogue() -> Catalogue:
    return load_catalogue()


@cache
def _found(name: str) -> tuple[Model, Route]:
    return _catalogue().route(name, datetime.now(UTC).date())
