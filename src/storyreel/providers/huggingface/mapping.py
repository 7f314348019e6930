"""Who serves a model of the Hub, and which models are served at all: asked of the Hub with our key, believed for a while.

The Hub checks its providers about every six hours; with a key it tells them in the order that the account prefers. One model's
providers come as an object keyed by provider, a listing's as a list: both are read.
"""

import re
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic

from storyreel.domain.errors import CapabilityMissing, InvalidRequest
from storyreel.domain.values import JSON, dict_of
from storyreel.providers.http import Api
from storyreel.providers.huggingface.wire import IMAGE_TASKS, VIDEO_TASKS, Served
from storyreel.providers.huggingface.wires import WIRES

HUB = "https://huggingface.co"
LIFE_S = 30 * 60.0
PAGE = 100
MOST_PAGES = 10  # of one task's listing
EXPAND = "inferenceProviderMapping"


@dataclass(slots=True)
class Memory:
    """What the Hub told, for as long as it is believed."""

    life_s: float = LIFE_S
    now: Callable[[], float] = monotonic
    _told: dict[str, tuple[float, tuple[Served, ...]]] = field(default_factory=dict[str, tuple[float, tuple[Served, ...]]])

    def recall(self, name: str) -> tuple[Served, ...] | None:
        """What was told of that name; None: nothing, or too long ago."""
        told = self._told.get(name)
        return told[1] if told and self.now() - told[0] < self.life_s else None

    def keep(self, name: str, served: tuple[Served, ...]) -> tuple[Served, ...]:
        """Believe it from now on."""
        self._told[name] = (self.now(), served)
        return served


@dataclass(frozen=True, slots=True)
class Order:
    """The user's own order of providers: those named come first; those with a minus are never asked."""

    first: tuple[str, ...] = ()
    never: frozenset[str] = frozenset()

    @classmethod
    def read(cls, text: str) -> "Order":
        """Of 'replicate, fal-ai, -novita'."""
        names = [name.strip() for name in text.split(",") if name.strip()]
        return cls(
            tuple(name for name in names if name[0] not in "-!"), frozenset(name[1:].strip() for name in names if name[0] in "-!")
        )

    def of(self, served: Sequence[Served]) -> tuple[Served, ...]:
        """Those that may be asked, in order; what the user does not name keeps the Hub's."""
        kept = [one for one in served if one.provider not in self.never]
        return tuple(
            sorted(kept, key=lambda one: self.first.index(one.provider) if one.provider in self.first else len(self.first))
        )


class Mappings:
    """The Hub's answers."""

    def __init__(self, hub: Api, memory: Memory, *, whose: str = "") -> None:
        self._hub, self._memory, self._whose = hub, memory, whose

    async def served(self, model: str) -> tuple[Served, ...]:
        """Every provider's offer of a model, in the Hub's order, whatever its health. Raises what `explain` says of the Hub."""
        if not re.fullmatch(r"[\w.-]+/[\w.-]+", model):
            raise InvalidRequest(f"{model!r} is no model's name on the Hub: it has the form owner/name.", field="model")
        if (known := self._memory.recall(f"{self._whose}{model}")) is not None:
            return known
        answer = await self._hub.free("GET", f"/api/models/{model}", query={"expand": EXPAND})
        return self._memory.keep(f"{self._whose}{model}", read_served(model, dict_of(answer.json()).get(EXPAND)))

    async def listing(
        self, *, provider: str = "all", tasks: Sequence[str] = (*VIDEO_TASKS, *IMAGE_TASKS), pages: int = MOST_PAGES
    ) -> AsyncIterator[Served]:
        """Every offer of a model for these tasks, page by page, what is most used now first; of each task so many pages."""
        for task in tasks:
            query = {
                "inference_provider": provider,
                "pipeline_tag": task,
                "sort": "trendingScore",
                "limit": str(PAGE),
                "expand": EXPAND,
            }
            where: str | None = "/api/models"
            for _ in range(pages):
                answer = await self._hub.free("GET", where, query=query if where == "/api/models" else None)
                rows = answer.json()
                for row in map(dict_of, rows if isinstance(rows, list) else []):
                    for one in read_served(str(row.get("id")), row.get(EXPAND)):
                        if one.task in tasks and provider in {"all", one.provider}:
                            yield one
                where = self._next(answer.headers.get("Link", ""))
                if where is None:
                    break

    def _next(self, link: str) -> str | None:
        """The next page's address, where it lies at the Hub itself."""
        found = re.search(r'<([^>]+)>\s*;\s*rel="next"', link)
        return found[1] if found and self._hub.own(found[1]) else None


def read_served(model: str, told: JSON) -> tuple[Served, ...]:
    """The offers of a mapping, in either of its shapes; what is incomplete is left out."""
    if isinstance(told, dict):
        rows = [{"provider": provider, **dict_of(row)} for provider, row in told.items()]
    else:
        rows = [dict_of(row) for row in told] if isinstance(told, list) else []
    offers = (
        Served(
            model=model,
            provider=str(row.get("provider") or ""),
            provider_id=str(row.get("providerId") or ""),
            task=str(row.get("task") or ""),
            status=str(row.get("status") or ""),
            weights=str(row["adapterWeightsPath"]) if row.get("adapterWeightsPath") else None,
        )
        for row in rows
    )
    return tuple(one for one in offers if one.provider and one.provider_id)


def pin_of(name: str) -> tuple[str, str | None]:
    """The model and the provider of 'owner/name:provider'."""
    model, _, provider = name.partition(":")
    return model, provider or None


def fitting(served: Sequence[Served], *, name: str, tasks: Sequence[str], order: Order) -> tuple[Served, ...]:
    """The offers that can be ordered now, best first; a provider that is pinned is taken whatever its health.

    Raises InvalidRequest where nobody serves the model, CapabilityMissing where it is served for other tasks.
    """
    model, pin = pin_of(name)
    if pin is not None and not any(one.provider == pin for one in served):
        others = ", ".join(sorted({one.provider for one in served})) or "none"
        raise InvalidRequest(f"{pin} does not serve {model}. Its providers: {others}.", field="model")
    asked = [one for one in served if pin in {None, one.provider}]
    able = [one for one in asked if one.provider in WIRES and one.task in WIRES[one.provider].tasks]
    right = [one for one in able if one.task in tasks]
    live = order.of([one for one in right if one.status == "live"]) if pin is None else tuple(right)
    if live:
        return live
    if right:
        states = ", ".join(f"{one.provider} ({one.status})" for one in right)
        raise InvalidRequest(
            f"No provider of {model} can be used now: {states}. Name one to try it all the same: {model}:{right[0].provider}.",
            field="model",
        )
    if not asked:
        raise InvalidRequest(
            f"No provider serves {model}. https://huggingface.co/models?inference_provider=all lists what is served.",
            field="model",
        )
    tag = tasks[0]
    offered = ", ".join(sorted({f"{one.task} at {one.provider}" for one in asked}))
    raise CapabilityMissing(
        model=name,
        capability=f"{tag}; it is served for {offered}",
        alternatives=[f"those at https://huggingface.co/models?inference_provider=all&pipeline_tag={tag}"],
    )
