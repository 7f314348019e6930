"""The models that a chat offers, as the catalogue has them: what each can do and costs, and which is recommended."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from storyreel.catalog.catalogue import is_open, narrowed
from storyreel.catalog.choose import TIERS
from storyreel.catalog.usual import COMPARED_S, usual_price_usd
from storyreel.domain.errors import UnknownModel
from storyreel.domain.model import Limits, Medium, Mode, Model, Route, Sound
from storyreel.doors.bot.shown import Button
from storyreel.doors.bot.talk import Draft, Kind
from storyreel.doors.bot.voice import Voice
from storyreel.studio import Studio
from storyreel.tools.asking import ASPECTS

MODES = {Kind.TEXT: Mode.TEXT, Kind.PICTURE: Mode.FIRST_FRAME, Kind.REFERENCES: Mode.REFERENCES}
QUALITIES = ("720p", "1080p", "2160p")


@dataclass(frozen=True, slots=True)
class Offer:
    """One way to a model."""

    name: str  # "kling-2.5-turbo@fal"
    title: str
    provider: str  # empty: drawn here
    usd_per_second: Decimal | None  # at 720p, of a usual clip; None: not known
    recommended: bool = False

    @property
    def key(self) -> str:
        """What stands for the name in a button."""
        return key_of(self.name)


def key_of(name: str) -> str:
    """Ten characters that stand for a name, however long that is."""
    return hashlib.sha256(name.encode()).hexdigest()[:10]


def offers(studio: Studio, kind: Kind, *, pays: bool) -> list[Offer]:
    """What can be used here today for such a film: the recommended one, the free one, then by price.

    Recommended is of the highest tier the cheapest. Without `pays`, only what is free; what has no known price only
    where that is allowed.
    """
    known = [one for one in _offers(studio, kind) if studio.settings.bot_unpriced or one.usd_per_second is not None]
    found = [one for one in known if pays or one.usd_per_second == 0]
    best = min((one for one in found if one.usd_per_second), key=lambda one: (_rank(studio, one), _usd(one)), default=None)
    ordered = sorted(
        found, key=lambda one: (one is not best, bool(one.provider), one.usd_per_second is None, _usd(one), one.title)
    )
    return [replace(one, recommended=one is best) for one in ordered]


def _offers(studio: Studio, kind: Kind) -> Iterator[Offer]:
    means = studio.means()
    for model in studio.catalogue.search(medium=Medium.VIDEO, open_on=studio.today):
        for route in () if model.by_name else model.routes:
            can = MODES[kind] in narrowed(model, route).limits.modes
            if can and is_open(route, studio.today) and means.usable(route):
                provider = "" if route.built_in else route.provider
                usual = usual_price_usd(model, route)
                second = None if usual is None else usual / Decimal(COMPARED_S)
                yield Offer(f"{model.id}@{route.provider}", model.title, provider, second)


def _rank(studio: Studio, offer: Offer) -> int:
    return -TIERS.index(studio.catalogue.model(_id(offer.name)).tier)


def _usd(offer: Offer) -> Decimal:
    return offer.usd_per_second or Decimal(0)


def way(studio: Studio, name: str) -> tuple[Model, Route]:
    """The model and route of an offer. Raises UnknownModel where the catalogue has it no more."""
    return studio.catalogue.known_route(name)


def limits_of(studio: Studio, draft: Draft) -> Limits:
    """What the draft's model can do."""
    return narrowed(*way(studio, draft.model)).limits


def title_of(studio: Studio, name: str, said: Voice) -> str:
    """A model as a person calls it; its id where the catalogue has it no more."""
    try:
        return said(studio.catalogue.model(_id(name)).title)
    except UnknownModel:
        return name


def turning(said: Voice, page: int, pages: int) -> Button:
    """What turns a list's page, counted from 0; from the last one, back to the first."""
    if page + 1 == pages:
        return Button(said("← To the first models"), "p:0")
    return Button(said("More models ({page} of {pages})", page=page + 1, pages=pages), f"p:{page + 1}")


def can_quality(limits: Limits, kind: Kind, quality: str) -> bool:
    """Whether the model makes that."""
    some = limits.resolutions_by_mode.get(MODES[kind]) or limits.resolutions
    return not some or quality in some


def can_aspect(limits: Limits, aspect: str) -> bool:
    """Whether the model makes that shape."""
    return not limits.aspects or aspect in limits.aspects


def fitted(draft: Draft, limits: Limits) -> Draft:
    """The draft with nothing wished that the model cannot do."""
    qualities = [one for one in QUALITIES if can_quality(limits, draft.kind, one)] or [draft.quality]
    aspects = [one for one in ASPECTS if can_aspect(limits, one)] or [draft.aspect]
    sound = limits.sound is Sound.ALWAYS or (draft.sound and limits.sound is Sound.OPTIONAL)
    return draft.model_copy(
        update={
            "quality": draft.quality if draft.quality in qualities else qualities[0],
            "aspect": draft.aspect if draft.aspect in aspects else aspects[0],
            "sound": sound,
        }
    )


def lengths(limits: Limits, kind: Kind) -> Sequence[float]:
    """Some lengths of a shot, in seconds, that the model makes."""
    durations = limits.durations
    if only := durations.only(MODES[kind]):
        return sorted(only)[:: max(1, len(only) // 4)]
    least, most = durations.least_s or 1.0, durations.most_s or 60.0
    return [one for one in (4.0, 5.0, 6.0, 8.0, 10.0, 15.0) if least <= one <= most]


def _id(name: str) -> str:
    return name.partition("@")[0]
