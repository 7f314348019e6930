"""What a prediction asks for: its length, size, sound and price, and what it will fail with once it runs."""

import math
from collections.abc import Iterable, Mapping
from decimal import Decimal

from storyreel.domain.values import JSON
from storyreel.standins.replicate_models import FIRST, LAST, REFERENCES, Card

SHORT_SIDE_PX = {
    "480p": 480,
    "512p": 512,
    "540p": 540,
    "720p": 720,
    "standard": 720,
    "768p": 768,
    "768P": 768,
    "high": 1024,
    "1080p": 1080,
    "pro": 1080,
    "2k": 1440,
    "2K": 1440,
    "4k": 2160,
}
"""Of a tier; a model without one makes 720."""
MEGAPIXEL = 1024 * 1024
SHAPES = {"landscape": (16, 9), "portrait": (9, 16)}
UNTOLD_USD = Decimal("0.05")  # a second or picture, where no page tells a price: this stand-in's own


def tier_of(told: Mapping[str, JSON]) -> str:
    """The word that size and price depend on; empty: the model has none."""
    return str(told.get("resolution") or told.get("mode") or "")


def seconds_of(card: Card, told: Mapping[str, JSON]) -> float:
    """The clip's length; 0: a picture."""
    if card.picture:
        return 0.0
    if "num_frames" in told:
        return _number(told["num_frames"]) / _number(told["frames_per_second"])
    asked = _number(told.get("duration") or told.get("seconds") or 5)
    return asked if asked > 0 else 5.0


def fps_of(told: Mapping[str, JSON]) -> int:
    """Pictures a second."""
    return int(_number(told.get("frames_per_second") or told.get("fps") or 24))


def sound_of(card: Card, told: Mapping[str, JSON]) -> bool:
    """Whether there is sound."""
    return card.sound or told.get("generate_audio") is True


def size_of(card: Card, told: Mapping[str, JSON], seen: tuple[int, int] | None) -> tuple[int, int]:
    """Width and height in pixels, even. `seen` is the size of the first picture that was given."""
    if isinstance(told.get("size"), str):
        width, _, height = str(told["size"]).partition("*")
        return int(width), int(height)
    across, down = _shape(card, told, seen)
    tier = tier_of(told)
    if tier.endswith("MP") or card.picture:
        area = MEGAPIXEL * (float(tier.removesuffix(" MP")) if tier.endswith("MP") else 1.0)
        unit = math.sqrt(area / (across * down))
        return _even(across * unit), _even(down * unit)
    unit = SHORT_SIDE_PX.get(tier, 720) / min(across, down)
    return _even(across * unit), _even(down * unit)


def usd_of(card: Card, told: Mapping[str, JSON]) -> Decimal:
    """What a prediction that succeeds costs."""
    tier, seconds = tier_of(told), seconds_of(card, told)
    prices = card.usd.get(f"{tier} {seconds:g}") or card.usd.get(tier)
    each = Decimal(prices[sound_of(card, told)]) if prices else UNTOLD_USD
    return each if card.per_clip or card.picture else each * Decimal(str(seconds))


def usd_of_seen(card: Card, sizes: Iterable[tuple[int, int]]) -> Decimal:
    """What the references cost besides, by their sizes: each megapixel that is begun."""
    return Decimal(card.usd_seen) * sum(math.ceil(width * height / MEGAPIXEL) for width, height in sizes)


def clash_in(card: Card, told: Mapping[str, JSON]) -> str:
    """What the schema lets through and the model refuses once it runs; empty: nothing."""
    if card.dead:
        return card.dead
    given = {name for name, value in told.items() if value not in (None, "", [])}
    for name, other in card.needs.items():
        if name in given and other not in given:
            return f"{name} requires {other}."
    for name, other in card.excludes:
        if name in given and other in given:
            return f"{name} cannot be combined with {other}."
    tier, seconds = tier_of(told), seconds_of(card, told)
    if tier in card.seconds_at and seconds not in card.seconds_at[tier]:
        return f"{tier} supports only {', '.join(map(str, card.seconds_at[tier]))} seconds."
    if any(name in given for name in REFERENCES):
        wrong = [f"{name} {must}" for name, must in card.with_references.items() if told.get(name) != must]
        if wrong:
            return f"Reference images only work with {' and '.join(wrong)}."
    return ""


def pictures_in(told: Mapping[str, JSON]) -> tuple[str | None, str | None, list[str]]:
    """The addresses of first frame, last frame and references."""
    first, last = (next((str(told[name]) for name in names if told.get(name)), None) for names in (FIRST, LAST))
    references: list[str] = []
    for name in REFERENCES:
        value = told.get(name)
        references += [str(one) for one in value] if isinstance(value, list) else [str(value)] if value else []
    return first, last, references


def _shape(card: Card, told: Mapping[str, JSON], seen: tuple[int, int] | None) -> tuple[int, int]:
    named = str(told.get("aspect_ratio") or "")
    if seen and (card.follows_first or ":" not in named) and named not in SHAPES:
        return seen
    if named in SHAPES:
        return SHAPES[named]
    across, colon, down = named.partition(":")
    return (int(across), int(down)) if colon else (16, 9)


def _even(pixels: float) -> int:
    return 2 * round(pixels / 2)


def _number(value: JSON) -> float:
    return float(value) if isinstance(value, int | float | str) else 0.0
