"""Seedance's and Seedream's models as Ark's documentation tells them: what each takes, makes and costs; as of 2026-11-20."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from storyreel.domain.values import JSON, Size
from storyreel.standins.clips import JPEG, PNG, WEBP, Asked
from storyreel.standins.reading import PictureLimits, Rule, checked, list_of, object_of, size_like, text_of
from storyreel.standins.refusals import Refusal, Refused

if TYPE_CHECKING:
    from storyreel.standins.cloud import Cloud

RATIOS = ("16:9", "9:16", "4:3", "3:4", "1:1", "21:9", "adaptive")
LIMITS = PictureLimits(
    types=(PNG, JPEG, WEBP), most_bytes=30 * 1024 * 1024, least_side_px=300, most_side_px=6000, least_aspect=0.4, most_aspect=2.5
)
SIDES = {"480p": 480, "720p": 720, "1080p": 1080, "4k": 2160}


@dataclass(frozen=True, slots=True)
class Video:
    """One Seedance."""

    resolutions: Sequence[str]
    seconds: Sequence[int]
    last_frame: bool = True
    references: int = 0
    text: bool = True
    frames: bool = True
    sound: bool = False
    first: bool = False  # of the first generation: 1.x
    only_adaptive: bool = False  # with frames
    usd: tuple[str, str] = ("0", "0")  # BytePlus, for a million tokens: up to 720p, at 1080p


HD = ("480p", "720p", "1080p")
# Prices: https://docs.byteplus.com/en/docs/ModelArk/1544106, read 2026-10-04; Volcengine's are in renminbi and bill nothing here.
VIDEOS: dict[str, Video] = {
    "seedance-1-0-pro-250528": Video(HD, range(2, 13), first=True),
    "seedance-1-0-pro-fast-251015": Video(HD, range(2, 13), last_frame=False, first=True),
    "seedance-1-0-lite-t2v-250428": Video(HD, range(2, 13), frames=False, first=True),
    "seedance-1-0-lite-i2v-250428": Video(HD[:2], range(2, 13), text=False, references=4, first=True),
    "seedance-1-5-pro-251215": Video(HD, range(4, 13), sound=True, first=True),
    "seedance-2-0-260128": Video((*HD, "4k"), range(4, 16), references=9, sound=True, usd=("7.0", "7.7")),
    "seedance-2-0-fast-260128": Video(HD[:2], range(4, 16), references=9, sound=True, usd=("5.6", "5.6")),
    "seedance-2-0-mini-260615": Video(HD[:2], range(4, 16), references=9, sound=True, usd=("3.5", "3.5")),
    "seedance-2-5-260628": Video(HD, range(4, 31), references=30, sound=True, only_adaptive=True, usd=("10.7", "11.7")),
}


@dataclass(frozen=True, slots=True)
class Still:
    """One Seedream."""

    least_px: int
    most_px: int
    references: int
    usd: Decimal
    formats: bool = False  # whether it takes `output_format`


PICTURES: dict[str, Still] = {
    "seedream-4-0-250828": Still(921_600, 16_777_216, 10, Decimal("0.03")),
    "seedream-4-5-251128": Still(3_686_400, 16_777_216, 14, Decimal("0.04")),
    "seedream-5-0-260128": Still(3_686_400, 10_404_496, 14, Decimal("0.035"), formats=True),
}

CREATE = {
    "model": Rule(str, required=True),
    "content": Rule(list, required=True),
    "resolution": Rule(str),
    "ratio": Rule(str, choices=RATIOS),
    "duration": Rule(int),
    "frames": Rule(int, least=29, most=289),
    "seed": Rule(int, least=-1, most=2**32 - 1, default=-1),
    "camera_fixed": Rule(bool),
    "watermark": Rule(bool, default=False),
    "generate_audio": Rule(bool),
    "draft": Rule(bool, default=False),
    "return_last_frame": Rule(bool, default=False),
    "callback_url": Rule(str),
    "service_tier": Rule(str, choices=("default", "flex"), default="default"),
    "execution_expires_after": Rule(int, least=3600, most=259_200, default=172_800),
    "priority": Rule(int, least=0, most=9),
    "tools": Rule(list),
    "safety_identifier": Rule(str, longest=64),
    "omni_reference_task_type": Rule(str, choices=("edit", "extend")),
    "output_format": Rule(str),
}


@dataclass(frozen=True, slots=True)
class Task:
    """What a task asks for, with its defaults."""

    asked: Asked
    resolution: str
    settings: dict[str, JSON]


async def task_of(cloud: "Cloud", name: str, model: str, body: Mapping[str, JSON]) -> Task:
    """What a create's body asks for. Raises Refused."""
    video = VIDEOS[name]
    told = checked({field: value for field, value in body.items() if value is not None}, CREATE)
    prompt, shown = await _shown(cloud, video, told)
    _must_be_one_mode(video, shown, prompt)
    resolution, seconds = _resolution(video, name, told["resolution"]), _seconds(video, told["duration"])
    sound = _sound(video, told["generate_audio"])
    ratio = _ratio(video, told["ratio"], shown)
    size = Size.of_aspect("16:9" if ratio == "adaptive" else ratio, SIDES[resolution])
    first = next(iter(shown.get("first_frame", [])), None)
    follows = first if ratio == "adaptive" else None
    seed = told["seed"]
    asked = Asked(
        model,
        prompt,
        size_like(follows, SIDES[resolution]) if follows else (size.width_px, size.height_px),
        float(seconds),
        sound=sound,
        seed=seed if isinstance(seed, int) else None,
        first=first,
        last=next(iter(shown.get("last_frame", [])), None),
        references=tuple(shown.get("reference_image", [])),
        notes=("watermark",) if told["watermark"] else (),
    )
    settings = {**told, "content": None, "resolution": resolution, "ratio": ratio, "duration": seconds}
    return Task(asked, resolution, settings | ({"generate_audio": sound} if video.sound else {}))


def _resolution(video: Video, name: str, told: JSON) -> str:
    resolution = str(told or ("1080p" if name.startswith("seedance-1-0-pro") else "720p"))
    if resolution not in video.resolutions:
        raise _wrong("resolution", f"{resolution} is not supported by {name}")
    return resolution


def _seconds(video: Video, told: JSON) -> int:
    seconds = 5 if told is None else told
    if not isinstance(seconds, int) or seconds not in video.seconds:
        raise _wrong("duration", f"must be {video.seconds[0]} to {video.seconds[-1]}")
    return seconds


def _sound(video: Video, told: JSON) -> bool:
    if told is not None and not video.sound:
        raise _wrong("generate_audio", "is not supported by this model")
    return video.sound and told is not False


async def _shown(cloud: "Cloud", video: Video, told: Mapping[str, JSON]) -> tuple[str, dict[str, list[bytes]]]:
    """The words, and the pictures by their role."""
    prompt, shown = "", dict[str, list[bytes]]()
    items = [item if isinstance(item, dict) else {} for item in list_of(told, "content")]
    single = sum(item.get("type") == "image_url" for item in items) == 1
    for item in items:
        kind = text_of(item, "type")
        if kind == "text":
            prompt = text_of(item, "text")
        elif kind == "image_url":
            role = text_of(item, "role") or ("first_frame" if single else "")
            if role not in {"first_frame", "last_frame", "reference_image"}:
                raise _wrong("content.role", "must be first_frame, last_frame or reference_image")
            url = text_of(object_of(item, "image_url"), "url")
            picture = await cloud.picture_at(url, f"content.{role}", LIMITS)
            shown.setdefault(role, []).append(picture or b"")
        else:
            raise _wrong("content.type", f"{kind!r} is not supported")
    if not prompt and not shown:
        raise Refused(Refusal.INVALID, "content is empty", field="content", problem="required")
    if len(shown.get("reference_image", [])) > video.references:
        raise _wrong("content.reference_image", f"at most {video.references} are supported")
    return prompt, shown


def _must_be_one_mode(video: Video, shown: Mapping[str, Sequence[bytes]], prompt: str) -> None:
    """First frame, first and last, or references: never two of these."""
    frames = {"first_frame", "last_frame"} & set(shown)
    if frames and "reference_image" in shown:
        raise _wrong("content.reference_image", "cannot be mixed with first_frame or last_frame")
    if "last_frame" in shown and ("first_frame" not in shown or not video.last_frame):
        raise _wrong("content.last_frame", "is not supported here")
    if any(len(shown.get(role, [])) > 1 for role in frames):
        raise _wrong("content.first_frame", "is there more than once")
    if (frames and not video.frames) or (not shown and not (video.text and prompt)):
        raise _wrong("content.image_url", "does not fit the model")


def _ratio(video: Video, told: JSON, shown: Mapping[str, object]) -> str:
    frames = "first_frame" in shown
    ratio = str(told or ("16:9" if video.first and not frames else "adaptive"))
    if ratio == "adaptive" and video.first and not frames:
        raise _wrong("ratio", "adaptive needs a frame")
    if frames and video.only_adaptive and ratio != "adaptive":
        raise _wrong("ratio", "must be adaptive with frames")
    return ratio


def tokens_of(asked: Asked) -> int:
    """What a clip uses: width x height x 24 x seconds / 1024."""
    return round(asked.size[0] * asked.size[1] * 24 * asked.seconds / 1024)


def cost_usd(name: str, resolution: str, tokens: int) -> Decimal:
    """What these tokens cost at BytePlus."""
    return Decimal(VIDEOS[name].usd[resolution == "1080p"]) * tokens / 1_000_000


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture is asked to be."""

    asked: Asked
    in_answer: bool  # rather than at an address
    png: bool


async def picture_of(cloud: "Cloud", name: str, model: str, body: Mapping[str, JSON]) -> Picture:
    """What a call for a picture asks for. Raises Refused."""
    still = PICTURES[name]
    rules = {
        "model": Rule(str, required=True),
        "prompt": Rule(str, required=True),
        "image": Rule((str, list)),
        "size": Rule(str, default="2048x2048"),
        "response_format": Rule(str, choices=("url", "b64_json"), default="url"),
        "watermark": Rule(bool, default=True),
        "sequential_image_generation": Rule(str, choices=("auto", "disabled"), default="disabled"),
        "sequential_image_generation_options": Rule(dict),
        "optimize_prompt_options": Rule(dict),
        "stream": Rule(bool, default=False),
        "seed": Rule(int),
        **({"output_format": Rule(str, choices=("jpeg", "png"), default="jpeg")} if still.formats else {}),
    }
    told = checked({field: value for field, value in body.items() if value is not None}, rules)
    given = told["image"] if isinstance(told["image"], list) else [told["image"]] if told["image"] else []
    if len(given) > still.references:
        raise _wrong("image", f"at most {still.references} are supported")
    references = [await cloud.picture_at(address, "image", PictureLimits(types=(PNG, JPEG, WEBP))) for address in given]
    asked = Asked(
        model,
        str(told["prompt"]),
        _pixels(str(told["size"]), still),
        references=tuple(picture or b"" for picture in references),
        notes=("watermark",) if told["watermark"] else (),
    )
    return Picture(asked, told["response_format"] == "b64_json", told.get("output_format") == "png")


def _pixels(size: str, still: Still) -> tuple[int, int]:
    named = {"1K": (1024, 1024), "2K": (2048, 2048), "4K": (4096, 4096)}
    try:
        width, height = named.get(size) or tuple(int(part) for part in size.split("x"))
    except ValueError as error:
        raise _wrong("size", "must be 1K, 2K, 4K or WIDTHxHEIGHT") from error
    if not still.least_px <= width * height <= still.most_px or not 1 / 16 <= width / height <= 16:
        raise _wrong("size", f"must have {still.least_px} to {still.most_px} pixels")
    return width, height


def _wrong(field: str, problem: str) -> Refused:
    return Refused(Refusal.INVALID, f"The parameter {field} {problem}", field=field, problem="choices")
