"""What is wished of a video: its fields read and checked, of whichever type they were sent as."""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.kept import must_be_kept
from storyreel.domain.values import JSON, Size
from storyreel.doors.server.videos.fields import PICTURE, Sent
from storyreel.library.videos import Video
from storyreel.orders import budget_for, seed_of, size_for

LONGEST_PROMPT = 32_000  # characters
LONGEST_MODEL = 200
LEAST_S, MOST_S, USUAL_S = 0.5, 60.0, 4.0
USUAL_SIZE, USUAL_ASPECT = Size(width_px=720, height_px=1280), "9:16"
RESOLUTIONS = {"480p": 480, "540p": 540, "720p": 720, "768p": 768, "1080p": 1080, "1440p": 1440, "4k": 2160, "2160p": 2160}
KNOWN = ("prompt", "model", "seconds", "size", PICTURE, "aspect_ratio", "resolution", "seed", "budget", "allow_unpriced")
"""Every field that is taken; the first five are OpenAI's."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A video as it is asked for."""

    prompt: str
    model: str
    seconds: float
    size: Size | None  # None: nothing was said; the picture's, or the usual one
    picture: bytes | str | None = None  # the first frame: a file, its address, or a data URL
    asset: str = ""  # the first frame, by the id of the caller's asset
    seed: int | None = None
    budget_usd: Decimal | None = None
    allow_unpriced: bool = False

    @property
    def digest(self) -> str:
        """The same for the same wish, however it was written."""
        picture = self.picture.encode() if isinstance(self.picture, str) else self.picture or b""
        told = (
            self.prompt,
            self.model,
            self.seconds,
            str(self.size),
            self.seed,
            str(self.budget_usd),
            self.allow_unpriced,
            self.asset,
        )
        return hashlib.sha256(repr(told).encode() + b"\0" + hashlib.sha256(picture).digest()).hexdigest()


def wish_of(told: Sent, usual_model: str) -> Wish:
    """The wish that a body says. Raises InvalidRequest, which names the field."""
    fields = told.fields
    for name in fields:
        if name not in KNOWN:
            raise InvalidRequest(f"Unknown parameter: '{name}'. These are taken: {', '.join(KNOWN)}.", field=name)
    seed = _whole(fields, "seed")
    address, asset = _reference(fields.get(PICTURE))
    return Wish(
        prompt=prompt_in(fields),
        model=_text(fields, "model", LONGEST_MODEL) or usual_model,
        seconds=_seconds(fields),
        size=_size(fields),
        picture=told.picture if told.picture is not None else address,
        asset=asset,
        seed=None if seed is None else seed_of(seed),
        budget_usd=budget_for(_number(fields, "budget")),
        allow_unpriced=_yes(fields, "allow_unpriced"),
    )


def remix_wish(told: Sent, first: Video) -> Wish:
    """The wish of a video that is made again by other words. Raises InvalidRequest."""
    for name in told.fields:
        if name != "prompt":
            raise InvalidRequest(f"Unknown parameter: '{name}'. A remix takes a 'prompt' alone.", field=name)
    if told.picture is not None:
        raise InvalidRequest(f"A remix takes no '{PICTURE}'.", field=PICTURE)
    return Wish(
        prompt=prompt_in(told.fields),
        model=first.model,
        seconds=first.seconds,
        size=Size.parse(first.size),
        seed=first.seed,
        budget_usd=first.budget_usd,
        allow_unpriced=first.allow_unpriced,
    )


def prompt_in(fields: Mapping[str, JSON]) -> str:
    """The prompt. Raises InvalidRequest where there is none."""
    prompt = _text(fields, "prompt", LONGEST_PROMPT)
    if not prompt.strip():
        raise InvalidRequest("Missing required parameter: 'prompt'.", field="prompt")
    return prompt


def _text(fields: Mapping[str, JSON], name: str, longest: int) -> str:
    text = fields.get(name)
    if text is None:
        return ""
    if not isinstance(text, str):
        raise InvalidRequest(f"'{name}' has to be a text.", field=name)
    must_be_kept(text, field=name)
    if len(text) > longest:
        raise InvalidRequest(f"'{name}' has {len(text):,} characters; at most {longest:,} are taken.", field=name)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InvalidRequest(f"'{name}' is not whole: it has half of a character in it.", field=name) from error
    return text


def _seconds(fields: Mapping[str, JSON]) -> float:
    seconds = _number(fields, "seconds")
    if seconds is None:
        return USUAL_S
    if not LEAST_S <= seconds <= MOST_S:
        raise InvalidRequest(f"'seconds' is {LEAST_S:g} to {MOST_S:g}; {seconds:g} was given.", field="seconds")
    return seconds


def _number(fields: Mapping[str, JSON], name: str) -> float | None:
    """A number, also where it is sent as a text."""
    told = fields.get(name)
    if told is None:
        return None
    try:
        number = math.nan if isinstance(told, bool) or not isinstance(told, str | int | float) else float(told)
    except (ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise InvalidRequest(f"'{name}' has to be a number, like \"8\".", field=name)
    return number


def _whole(fields: Mapping[str, JSON], name: str) -> int | None:
    number = _number(fields, name)
    if number is not None and number != int(number):
        raise InvalidRequest(f"'{name}' has to be a whole number.", field=name)
    return None if number is None else int(number)


def _yes(fields: Mapping[str, JSON], name: str) -> bool:
    told = fields.get(name, False)
    if told not in (True, False, "true", "false"):
        raise InvalidRequest(f"'{name}' has to be true or false.", field=name)
    return told in (True, "true")


def _size(fields: Mapping[str, JSON]) -> Size | None:
    """By `size`, or by `aspect_ratio` and `resolution`."""
    size, aspect, resolution = (_text(fields, name, 20) for name in ("size", "aspect_ratio", "resolution"))
    if size:
        if aspect or resolution:
            raise InvalidRequest("Give 'size', or 'aspect_ratio' and 'resolution', not both.", field="size")
        return size_for(size, None)
    if not aspect and not resolution:
        return None
    if resolution and resolution.lower() not in RESOLUTIONS:
        raise InvalidRequest(f"'resolution' is one of {', '.join(RESOLUTIONS)}.", field="resolution")
    size_for(None, aspect or USUAL_ASPECT)
    return Size.of_aspect(aspect or USUAL_ASPECT, RESOLUTIONS[resolution.lower() or "720p"])


def _reference(told: JSON) -> tuple[str | None, str]:
    """The address in a reference, which is told as an object, as JSON in a field, or bare; or the asset's id in it."""
    if isinstance(told, str) and told.startswith("{"):
        try:
            told = json.loads(told)
        except ValueError as error:
            raise InvalidRequest(f"'{PICTURE}' is not JSON that can be read.", field=PICTURE) from error
    if told is None:
        return None, ""
    known = told if isinstance(told, dict) else {"image_url": told}
    name, value = next(iter(known.items()), ("", None))
    if len(known) != 1 or name not in {"image_url", "file_id"} or not isinstance(value, str) or not value:
        ways = '{"image_url": ...} with an address or a data URL, or {"file_id": ...} with an asset\'s id'
        message = f"'{PICTURE}' is a file, {ways}."
        raise InvalidRequest(message, field=PICTURE)
    return (value, "") if name == "image_url" else (None, value)
