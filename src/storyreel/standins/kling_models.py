"""Kling's models as its documentation tells them: what each takes, makes and costs in units.

Read 2026-10-08: https://app.klingai.com/global/dev/document-api and https://app.klingai.com/global/dev/pricing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from storyreel.domain.values import JSON, Size
from storyreel.standins.clips import JPEG, PNG, Asked
from storyreel.standins.reading import (
    PictureLimits,
    fetched,
    from_base64,
    list_of,
    must_be_picture,
    object_of,
    size_like,
    text_of,
)
from storyreel.standins.refusals import Refusal, Refused

LIMITS = PictureLimits(types=(PNG, JPEG), most_bytes=50 * 1024 * 1024, least_side_px=300, least_aspect=0.4, most_aspect=2.5)
SHAPES = ("16:9", "9:16", "1:1")
PROMPT_LONGEST = 3072
SHORT_SIDES = {"720p": 720, "1080p": 1080, "4k": 2160}


@dataclass(frozen=True, slots=True)
class Entry:
    """One model."""

    units: Mapping[str, str]  # a second, without sound, by resolution
    with_sound: Mapping[str, str]  # a second, with it; empty: it has none
    seconds: Sequence[int] = (5, 10)
    last_frame: Sequence[str] = ()  # the resolutions at which it takes one
    multi_shot: bool = False  # whether it has that setting
    always_sound: bool = False
    references: bool = False


TWO = {"720p": "0.3", "1080p": "0.5"}
THREE = {"720p": "0.6", "1080p": "0.8", "4k": "3.0"}
EVERY = ("720p", "1080p", "4k")
K25 = Entry(TWO, {}, last_frame=("1080p",))
K26 = Entry(TWO, {"1080p": "1.0"}, last_frame=("1080p",))
K3 = Entry(THREE, {"720p": "0.9", "1080p": "1.2", "4k": "3.0"}, range(3, 16), EVERY, multi_shot=True)
TURBO = Entry({}, {"720p": "0.8", "1080p": "1.0"}, range(3, 16), always_sound=True)
OMNI = Entry(THREE, {"720p": "0.8", "1080p": "1.0", "4k": "3.0"}, range(3, 16), EVERY, multi_shot=True, references=True)
O1 = Entry({"720p": "0.6", "1080p": "0.8"}, {}, range(3, 11), EVERY, references=True)

MODELS: Mapping[tuple[str, str], Entry] = {
    **{
        (path, name): entry
        for path in ("text-to-video", "image-to-video")
        for name, entry in (("kling-2.5-turbo", K25), ("kling-2.6", K26), ("kling-3.0", K3), ("kling-3.0-turbo", TURBO))
    },
    ("omni-video", "kling-3.0-omni"): OMNI,
    ("omni-video", "kling-o1"): O1,
}


@dataclass(frozen=True, slots=True)
class Priced:
    """What a task asks for, in units of the price list."""

    asked: Asked
    units: Decimal
    multi_shot: bool


async def priced_task(kind: str, model: str, entry: Entry, body: Mapping[str, JSON]) -> Priced:
    """What a create's body asks for. Raises Refused for what the model does not take; unknown names count for nothing."""
    settings = object_of(body, "settings")
    prompt, pictures, references = await _shown(kind, entry, body)
    resolution = _choice(settings, "resolution", EVERY, "720p")
    seconds = _seconds(settings, entry, framed=model == "kling-o1" and bool(pictures) and not references)
    sound = _sound(settings, entry, resolution)
    units = _units(entry, resolution, sound=sound)
    if "last_frame" in pictures and resolution not in entry.last_frame:
        raise _wrong("contents.last_frame", f"is not taken at {resolution}")
    shape = _choice(settings, "aspect_ratio", SHAPES, "")
    if kind == "omni-video" and not pictures and not shape:
        raise _wrong("settings.aspect_ratio", "is required")
    first, short = pictures.get("first_frame"), SHORT_SIDES[resolution]
    size = Size.of_aspect(shape or "16:9", short)
    many = entry.multi_shot and settings.get("multi_shot", True) is not False
    asked = Asked(
        model,
        prompt,
        size_like(first, short) if first else (size.width_px, size.height_px),
        float(seconds),
        sound=sound,
        first=first,
        last=pictures.get("last_frame"),
        references=tuple(references),
        notes=("multi-shot",) if many else (),
    )
    return Priced(asked, units * seconds, many)


def _seconds(settings: Mapping[str, JSON], entry: Entry, *, framed: bool) -> int:
    """The length; `framed`: that of O1 with frames alone."""
    seconds = settings.get("duration", 5)
    if not isinstance(seconds, int) or isinstance(seconds, bool) or seconds not in entry.seconds:
        raise _wrong("settings.duration", f"must be one of {', '.join(map(str, entry.seconds))}, and a number")
    if framed and seconds not in (5, 10):
        raise _wrong("settings.duration", "must be 5 or 10 with frames")
    return seconds


def _units(entry: Entry, resolution: str, *, sound: bool) -> Decimal:
    """What a second costs, in units."""
    units = (entry.with_sound if sound else entry.units).get(resolution)
    if units is None:
        raise _wrong("settings.resolution", f"{resolution} is not made by this model with audio {'native' if sound else 'off'}")
    return Decimal(units)


async def _shown(kind: str, entry: Entry, body: Mapping[str, JSON]) -> tuple[str, dict[str, bytes], list[bytes]]:
    """The prompt, the frames by their type, the references."""
    if kind == "text-to-video":
        prompt = text_of(body, "prompt")
        if not prompt or len(prompt) > PROMPT_LONGEST:
            raise _wrong("prompt", f"must have 1 to {PROMPT_LONGEST} characters")
        return prompt, {}, []
    prompt, frames, references = await _contents(entry, body)
    if kind == "image-to-video" and "first_frame" not in frames:
        raise _wrong("contents.first_frame", "is required")
    if "last_frame" in frames and "first_frame" not in frames:
        raise _wrong("contents.last_frame", "is never alone")
    if len(references) > 7 or len(prompt) > PROMPT_LONGEST or (not prompt and not frames):
        raise _wrong("contents", "too many refer_image, or no prompt")
    return prompt, frames, references


async def _contents(entry: Entry, body: Mapping[str, JSON]) -> tuple[str, dict[str, bytes], list[bytes]]:
    """The same out of `contents`, each item by its type."""
    prompt, frames, references = "", dict[str, bytes](), list[bytes]()
    for item in list_of(body, "contents"):
        told = item if isinstance(item, dict) else {}
        what = text_of(told, "type")
        if what == "prompt":
            prompt = text_of(told, "text")
        elif what in {"first_frame", "last_frame"}:
            frames[what] = await _picture(told, what)
        elif what == "refer_image" and entry.references:
            references.append(await _picture(told, what))
        else:
            raise _wrong("contents.type", f"{what!r} is not taken by this model")
    return prompt, frames, references


async def _picture(told: Mapping[str, JSON], what: str) -> bytes:
    """A picture at an address or in base64, bare."""
    url, field = text_of(told, "url"), f"contents.{what}"
    if url.startswith("data:") or not url:
        raise _wrong(field, "must be an address, or base64 without a prefix")
    if url.startswith(("http://", "https://")):
        upload = await fetched(url, field)
        must_be_picture(upload, field, LIMITS)
        return upload.data
    data = from_base64(url, field)
    must_be_picture(data, field, LIMITS)
    return data


def _sound(settings: Mapping[str, JSON], entry: Entry, resolution: str) -> bool:
    if entry.always_sound:
        return True
    audio = _choice(settings, "audio", ("off", "native", "original"), "off")
    if audio == "native" and resolution not in entry.with_sound:
        raise _wrong("settings.audio", f"native is not made at {resolution}")
    return audio == "native"


def _choice(settings: Mapping[str, JSON], name: str, choices: Sequence[str], default: str) -> str:
    value = settings.get(name, default)
    if value != default and value not in choices:
        raise _wrong(f"settings.{name}", f"must be one of {', '.join(choices)}")
    return str(value)


def _wrong(field: str, problem: str) -> Refused:
    return Refused(Refusal.INVALID, f"{field} {problem}", field=field, problem="choices")
