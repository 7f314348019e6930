"""The models that a chat offers, as the catalogue has them: what each can do and costs, and which is recommended."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from storyreel.catalog.catalogue import narrowed
from storyreel.catalog.choose import TIERS
from storyreel.domain.errors import UnknownModel
from storyreel.domain.model import Limits, Mode, Model, Route, Sound
from storyreel.doors.bot.talk import Draft, Kind
from storyreel.doors.server.pages.choices import choices
from storyreel.studio import Studio

MODES = {Kind.TEXT: Mode.TEXT, Kind.PICTURE: Mode.FIRST_FRAME, Kind.REFERENCES: Mode.REFERENCES}
QUALITIES = ("720p", "1080p", "2160p")
ASPECTS = ("16:9", "9:16", "1:1")
"""What a screen offers, whatever the model; what that cannot do is grey."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One way to a model."""

    name: str  # "kling-2.5-turbo@fal"
    title: str
    provider: str  # empty: drawn here
    usual_usd: Decimal | None  # 8 s at 720p; None: not known
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

    Recommended is of the highest tier the cheapest. Without `pays`, only what is free.
    """
    usable = [one for one in choices(studio) if one.usable and MODES[kind] in one.modes and (pays or one.usual_usd == 0)]
    found = [Offer(one.name, one.title, one.provider, one.usual_usd) for one in usable]
    priced = [one for one in found if one.usual_usd]
    best = min(priced, key=lambda one: (-TIERS.index(studio.catalogue.model(_id(one.name)).tier), one.usual_usd), default=None)

    def place(one: Offer) -> tuple[bool, bool, bool, Decimal, str]:
        return one is not best, bool(one.provider), one.usual_usd is None, one.usual_usd or Decimal(0), one.title

    ordered = sorted(found, key=place)
    return [Offer(one.name, one.title, one.provider, one.usual_usd, one is best) for one in ordered]


def way(studio: Studio, name: str) -> tuple[Model, Route]:
    """The model and route of an offer. Raises UnknownModel where the catalogue has it no more."""
    return studio.catalogue.known_route(name)


def limits_of(studio: Studio, draft: Draft) -> Limits:
    """What the draft's model can do."""
    return narrowed(*way(studio, draft.model)).limits


def title_of(studio: Studio, name: str) -> str:
    """A model as a person calls it; its id where the catalogue has it no more."""
    try:
        return studio.catalogue.model(_id(name)).title
    except UnknownModel:
        return name


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
