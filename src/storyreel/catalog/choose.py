"""What a request needs, which models can do it, and which of them to take."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import combinations

from storyreel.catalog.catalogue import Catalogue, Usable, is_open, narrowed
from storyreel.catalog.fit import fitted_seconds, fitted_size, fitted_sound
from storyreel.catalog.price import price_usd
from storyreel.domain.advice import Advice, Remedy
from storyreel.domain.errors import CapabilityMissing
from storyreel.domain.model import Limits, Medium, Mode, Model, Route, Sound, Tier
from storyreel.domain.values import Size, Value

TIERS = (Tier.DRAFT, Tier.STANDARD, Tier.PREMIUM)


class Prefer(StrEnum):
    """What `auto` looks for among the models that can."""

    CHEAPEST = "cheapest"
    FASTEST = "fastest"
    BEST = "best"


class Need(Value):
    """What a generation asks of a model."""

    modes: tuple[Mode, ...] = (Mode.TEXT,)
    seconds: float
    exact: bool = True  # whether the model must make just that length, or its nearest will do
    aspect: str | None = None
    resolution: str | None = None
    size: Size | None = None  # the model makes the nearest it has, which is priced and may force a length
    references: int = 0
    sound: bool = False
    negative_prompt: bool = False
    prompt_characters: int = 0


def lacks(model: Model, need: Need) -> str | None:
    """The first thing that a model cannot do, in words; None where it can do all."""
    return next(_lacking(model, need), None)


def _lacking(model: Model, need: Need) -> Iterator[str]:
    yield from _lacking_to_start(model.limits, need)
    yield from _lacking_to_make(model.limits, need)
    if model.limits.prompt_limit is not None and need.prompt_characters > model.limits.prompt_limit:
        yield f"read {need.prompt_characters} characters (at most {model.limits.prompt_limit})"


def _lacking_to_start(limits: Limits, need: Need) -> Iterator[str]:
    resolution = _resolution(limits, need)
    for mode in need.modes:
        if mode not in limits.modes:
            yield f"start from {_said(mode)}"
        if need.exact and not limits.durations.allows(need.seconds, mode, resolution):
            at = f" at {resolution}" if limits.durations.allows(need.seconds, mode) else ""
            yield f"make a clip of {need.seconds:g} s{at}"
        fewer = limits.resolutions_by_mode.get(mode, ())
        if fewer and resolution and resolution not in fewer:
            yield f"start from {_said(mode)} at {resolution} (at {', '.join(fewer)} it can)"
    for pair in combinations(need.modes, 2):
        if pair in limits.exclusive or pair[::-1] in limits.exclusive:
            yield f"take {_said(pair[0])} and {_said(pair[1])} together"
    if need.references > limits.most_references:
        yield f"take {need.references} references (at most {limits.most_references})"


def _lacking_to_make(limits: Limits, need: Need) -> Iterator[str]:
    if need.aspect and limits.aspects and need.aspect not in limits.aspects:
        yield f"make {need.aspect}"
    if need.resolution and limits.resolutions and need.resolution not in limits.resolutions:
        yield f"make {need.resolution}"
    if need.sound and limits.sound is Sound.NONE:
        yield "make sound"
    if need.negative_prompt and not limits.negative_prompt:
        yield "take a negative prompt"


def _resolution(limits: Limits, need: Need) -> str:
    """What the need's size comes to with a model; empty where it tells none."""
    return fitted_size(limits, need.size).resolution if need.size else need.resolution or ""


def _said(mode: Mode) -> str:
    return mode.value.replace("_", " ")


def must_manage(model: Model, need: Need, catalogue: Catalogue, today: date, *, route: Route | None = None) -> None:
    """Raises CapabilityMissing, before anything is sent, where the model cannot do it; by `route`, where that is told.

    It names who can, in the length nearest to it: the model's other routes, then other models, the nearest in price first.
    """
    lacking = lacks(model, need)
    if lacking is None:
        return
    nearly = need.model_copy(update={"exact": False})
    ways = other_ways(catalogue, model, route, (nearly,), today, lambda _: True) if route else []
    others = [way for way in able(catalogue, nearly, today, model.medium) if way[0].id != model.id]
    if route is not None:
        own_usd = _cost(model, route, nearly)[1]
        others.sort(key=lambda way: _apart(_cost(*way, nearly), own_usd))
    can = [*(f"{other.id}@{by.provider}" for other, by in ways), *(other.id for other, _ in others)]
    name = f"{model.id}@{route.provider}" if route and ways else model.id
    begins = Mode.TEXT in need.modes and Mode.TEXT not in model.limits.modes and Mode.FIRST_FRAME in model.limits.modes
    told = Advice(f"{name} begins on a picture: use it with ", Remedy.KEYFRAMES, ", or by ", Remedy.ANIMATE, ".")
    otherwise = told if begins else ""
    raise CapabilityMissing(model=name, capability=lacking, alternatives=can, otherwise=otherwise)


def _apart(cost: tuple[bool, Decimal], own_usd: Decimal) -> tuple[bool, Decimal]:
    """How far from what is paid by one's own way; what has no price comes last."""
    return cost[0], abs(cost[1] - own_usd)


def able(
    catalogue: Catalogue, need: Need, today: date, medium: Medium = Medium.VIDEO, usable: Usable = lambda _: True
) -> list[tuple[Model, Route]]:
    """Every model that can do it, with its first open and usable route; entries that stand for many models are not among them."""
    found: list[tuple[Model, Route]] = []
    for model in catalogue.search(medium=medium, open_on=today):
        route = next((route for route in model.routes if is_open(route, today) and usable(route)), None)
        if route is not None and not model.by_name and lacks(narrowed(model, route), need) is None:
            found.append((narrowed(model, route), route))
    return found


def other_ways(
    catalogue: Catalogue, model: Model, own: Route, needs: Sequence[Need], today: date, usable: Usable
) -> list[tuple[Model, Route]]:
    """The model's other open and usable routes that can do it all, in lengths of their own; the cheapest known price first."""
    whole = catalogue.model(model.id)
    routes = [route for route in whole.routes if route.provider != own.provider and is_open(route, today) and usable(route)]
    ways = [(narrowed(whole, route), route) for route in routes]
    nearly = [need.model_copy(update={"exact": False}) for need in needs]
    able_to = [way for way in ways if not any(lacks(way[0], need) for need in nearly)]

    def cost(way: tuple[Model, Route]) -> tuple[bool, Decimal]:
        costs = [_cost(*way, need) for need in nearly]
        return any(unknown for unknown, _ in costs), sum((usd for _, usd in costs), Decimal(0))

    return sorted(able_to, key=cost)


def choose(
    catalogue: Catalogue,
    need: Need,
    today: date,
    prefer: Prefer = Prefer.CHEAPEST,
    *,
    medium: Medium = Medium.VIDEO,
    usable: Usable = lambda _: True,
) -> tuple[Model, Route]:
    """What `auto` means: the cheapest, fastest or best of those that can. Raises CapabilityMissing."""
    candidates = able(catalogue, need, today, medium, usable)
    if not candidates:
        can = [other.id for other, _ in able(catalogue, need, today, medium)]
        raise CapabilityMissing(model="auto", capability=f"{_told(need)}, with the keys that are set", alternatives=can)
    order = {Prefer.CHEAPEST: _cost, Prefer.FASTEST: _wait, Prefer.BEST: _rank}[prefer]
    return min(candidates, key=lambda pair: order(pair[0], pair[1], need))


def _told(need: Need) -> str:
    return f"start from {' and '.join(_said(mode) for mode in need.modes)}"


def _cost(model: Model, route: Route, need: Need) -> tuple[bool, Decimal]:
    resolution = _resolution(model.limits, need)
    seconds = fitted_seconds(model.limits.durations, need.seconds, need.modes[-1], resolution)
    price = price_usd(route, seconds, sound=fitted_sound(model.limits, wished=need.sound), resolution=resolution)
    return (price is None, price or Decimal(0))  # what has no price comes last


def _wait(model: Model, _: Route, __: Need) -> float:
    return model.times.typical_s


def _rank(model: Model, route: Route, need: Need) -> tuple[int, bool, Decimal]:
    return (-TIERS.index(model.tier), *_cost(model, route, need))
