"""What providers say of their models today: against the catalogue, and of models that only they know. Free."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

from storyreel.accounts import Account
from storyreel.catalog.catalogue import is_open, narrowed
from storyreel.catalog.learnt import Learnt, Told, learnt
from storyreel.catalog.price import price_usd
from storyreel.domain.errors import AuthenticationFailed, InvalidRequest, MediaUnusable, StoryreelError, UnknownModel
from storyreel.domain.model import Durations, Mode, Model, Route
from storyreel.domain.values import Digest, Value
from storyreel.providers.port import Kit, Listed, Lister, Picture, open_provider

AT_ONCE = 8
MOST_NAMED = 3  # of a provider's models, where the one that was asked for is none of them


class Checked(Value):
    """One route, compared."""

    model: str
    provider: str
    asked: bool  # whether the provider could be asked
    differences: tuple[str, ...] = ()  # a sentence each
    reason: str = ""  # why it could not be asked
    refused: bool = False  # since its key is


async def compare(ways: Iterable[tuple[Model, Route]], accounts: Mapping[str, Account], folder: Path) -> tuple[Checked, ...]:
    """Each route against its provider's own listing, in the order given."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def one(model: Model, route: Route, kit: Kit) -> Checked:
        async with turns:
            return await _compared(model, route, kit)

    async with _kits(accounts, folder) as kit_for:
        return tuple(await asyncio.gather(*(one(model, route, kit_for(route)) for model, route in ways)))


async def learn(model: Model, route: Route, accounts: Mapping[str, Account], folder: Path) -> Learnt:
    """What a provider tells of a model that the catalogue knows by name only.

    Raises UnknownModel, which names what it has, the nearest first; AuthenticationFailed, ProviderUnavailable, RateLimited.
    """
    async with _kits(accounts, folder) as kit_for:
        provider = open_provider(route.provider, kit_for(route))
        listed = await provider.listed(route) if isinstance(provider, Lister) else Listed(there=True)
    if listed.there:
        return learnt(model, route, listed.parameters, modes=listed.modes, lengths_s=listed.lengths_s, note=listed.note)
    if not listed.others:
        raise InvalidRequest(
            f"{route.provider} does not have the model {route.remote_name!r}, and lists no other.", field="model"
        )
    entry = model.id.partition(":")[0]
    raise UnknownModel(model.id, nearest=[f"{entry}:{name}" for name in nearest(route.remote_name, listed.others)])


def nearest(name: str, others: Sequence[str]) -> list[str]:
    """The names most like one, those that hold it first; at most MOST_NAMED."""
    like = SequenceMatcher(b=name.lower())

    def unlikeness(other: str) -> tuple[bool, float]:
        like.set_seq1(other.lower())
        return name.lower() not in other.lower(), -like.ratio()

    return sorted(others, key=unlikeness)[:MOST_NAMED]


@asynccontextmanager
async def _kits(accounts: Mapping[str, Account], folder: Path) -> AsyncGenerator[Callable[[Route], Kit]]:
    """What makes the kit of a route's provider; the connections end with it."""
    from storyreel.providers.http import Http

    http = Http()

    def kit_for(route: Route) -> Kit:
        account = accounts.get(route.provider) or Account(route.provider, setting="")
        return Kit(pictures=_NoPictures(), work=folder, nudge=lambda _: None, account=account, http=lambda: http)

    try:
        yield kit_for
    finally:
        await http.close()


async def _compared(model: Model, route: Route, kit: Kit) -> Checked:
    told = Checked(model=model.id, provider=route.provider, asked=False)
    if not kit.account.ready:
        return told.model_copy(update={"reason": f"{kit.account.setting} is not set"})
    provider = open_provider(route.provider, kit)
    if not isinstance(provider, Lister):
        return told.model_copy(update={"reason": "it has no listing to compare with"})
    try:
        listed = await provider.listed(route)
    except AuthenticationFailed as error:
        return told.model_copy(update={"reason": f"it refuses the key in {error.setting}", "refused": error.refused})
    except StoryreelError as error:
        return told.model_copy(update={"reason": str(error)})
    return told.model_copy(update={"asked": True, "differences": tuple(differences(model, route, listed))})


def differences(model: Model, route: Route, listed: Listed) -> Iterator[str]:
    """Where the catalogue and the provider disagree, a sentence each."""
    if not listed.there:
        yield f"{route.remote_name} is not there any more."
        return
    if listed.note:
        yield listed.note
    if listed.parameters is not None:
        yield from _parameters(model, route, listed)
    ours = price_usd(route, 1, sound=True, resolution="720p", mode=Mode.TEXT.value)
    if listed.usd_per_second is not None and ours is not None and listed.usd_per_second != ours:
        yield f"A second costs ${listed.usd_per_second:f} there, ${ours:f} in the catalogue."


def _parameters(model: Model, route: Route, listed: Listed) -> Iterator[str]:
    theirs = listed.parameters or {}
    yield from _missing(route, theirs)
    yield from _fixed(route, theirs)
    yield from _refused(model, route, theirs)


def _missing(route: Route, theirs: Told) -> Iterator[str]:
    """Words of ours that they do not know."""
    for word, parameter in route.parameters.items():
        for name in {parameter.name, *parameter.names.values()}:
            if name.partition(".")[0] not in theirs and name not in theirs:
                yield f"It has no parameter {name} (our {word})."


def _fixed(route: Route, theirs: Told) -> Iterator[str]:
    """What is always sent and they do not take."""
    for name, value in route.fixed.items():
        if name.partition(".")[0] not in theirs:
            yield f"It has no parameter {name}, which the catalogue always sends."
        elif (allowed := theirs.get(name, ())) and str(value) not in allowed:
            yield f"It does not take {name} {value}, which the catalogue always sends; it takes {', '.join(allowed)}."


def _refused(model: Model, route: Route, theirs: Told) -> Iterator[str]:
    """Sizes, shapes and lengths of ours that they do not make."""
    limits = narrowed(model, route).limits
    wanted = {"resolution": limits.resolutions, "aspect": limits.aspects, "seconds": tuple(_lengths(limits.durations))}
    for word, ours in wanted.items():
        parameter = route.parameters.get(word)
        allowed = theirs.get(parameter.name, ()) if parameter else ()
        if parameter is None or not allowed:
            continue
        said = {str(parameter.values.get(one, parameter.format.replace("{}", one))) for one in ours}
        if gone := sorted(said - set(allowed)):
            yield f"It does not take {parameter.name} {', '.join(gone)} any more; it takes {', '.join(allowed)}."


def _lengths(durations: Durations) -> Iterator[str]:
    """Every length that we may ask for, where they can be counted."""
    lengths = durations.choices_s
    if not lengths and durations.least_s is not None and durations.most_s is not None and durations.step_s:
        count = round((durations.most_s - durations.least_s) / durations.step_s)
        lengths = tuple(durations.least_s + step * durations.step_s for step in range(count + 1))
    return (f"{length:g}" for length in lengths)


class _NoPictures:
    """A listing needs none."""

    async def path(self, digest: Digest) -> Path:
        raise MediaUnusable(digest, "no pictures are kept here")

    async def picture(self, digest: Digest, **_limits: object) -> Picture:
        raise MediaUnusable(digest, "no pictures are kept here")


def open_ways(models: Iterable[Model], today: date) -> Iterator[tuple[Model, Route]]:
    """Every open route of these models that is not our own."""
    for model in models:
        for route in model.routes:
            if not route.built_in and not model.by_name and is_open(route, today):
                yield model, route
