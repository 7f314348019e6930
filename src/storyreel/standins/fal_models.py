"""Models at fal as their own pages tell them: fields, choices, price. https://fal.ai/models/ENDPOINT/llms.txt, 2026-11-21."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from storyreel.domain.values import JSON, Size
from storyreel.standins.clips import MP4, PNG, WEBP, Asked
from storyreel.standins.reading import PictureLimits, Rule, checked, size_like
from storyreel.standins.refusals import Refusal, Refused

if TYPE_CHECKING:
    from storyreel.standins.cloud import Cloud

FIRST = ("image_url", "start_image_url", "first_frame_url")
LAST = ("end_image_url", "tail_image_url", "last_frame_url")
REFERENCES = ("image_urls",)
LIMITS = PictureLimits(types=(PNG, "image/jpeg", WEBP), most_bytes=20 * 1024 * 1024, least_side_px=64)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One model's endpoint."""

    rules: Mapping[str, Rule]
    usd_per_second: Decimal = Decimal("0.10")  # where nobody tells a price, a made-up one
    usd_with_sound: Decimal | None = None  # per second
    resolution: str = "720p"  # where none is asked for
    media_type: str = MP4
    prices: Mapping[str, Decimal] = field(default_factory=dict[str, Decimal])  # per second, by resolution
    prices_with_sound: Mapping[str, Decimal] = field(default_factory=dict[str, Decimal])  # likewise

    def price_usd(self, asked: Asked) -> Decimal:
        """What one request costs."""
        if self.media_type == PNG:
            megapixels = math.ceil(asked.size[0] * asked.size[1] / 1_000_000)
            return Decimal("0.03") + Decimal("0.015") * (megapixels - 1)
        prices = (self.prices_with_sound if asked.sound else None) or self.prices
        by_second = prices.get(f"{min(asked.size)}p", self.usd_per_second)
        if asked.sound and self.usd_with_sound is not None:
            by_second = self.usd_with_sound
        return by_second * Decimal(str(asked.seconds))


def _text(*, required: bool = False, longest: int | None = None) -> Rule:
    return Rule(str, required=required, longest=longest)


def _one_of(choices: Sequence[JSON], default: JSON) -> Rule:
    return Rule((str, int), choices=tuple(choices), default=default)


PROMPT = {"prompt": _text(required=True)}
IMAGE, END = {"image_url": _text(required=True)}, {"end_image_url": _text()}
SOUND, SEED = {"generate_audio": Rule(bool, default=True)}, {"seed": Rule(int)}
SHAPES = ("21:9", "16:9", "4:3", "1:1", "3:4", "9:16")
NEGATIVE = {"negative_prompt": _text(), "cfg_scale": Rule(float, least=0, most=1, default=0.5)}


def _strings(least: int, most: int) -> Rule:
    return _one_of([str(seconds) for seconds in range(least, most + 1)], "5")


def _kling3(kind: str) -> dict[str, Rule]:
    both = {"prompt": _text(longest=2500), "duration": _strings(3, 15), **SOUND, **NEGATIVE, "shot_type": _text()}
    if kind == "text":
        return both | {"aspect_ratio": _one_of(("16:9", "9:16", "1:1"), "16:9")}
    return both | {"start_image_url": _text(required=True), "end_image_url": _text()}


def _veo(kind: str, *, four_k: bool) -> dict[str, Rule]:
    resolutions = ("720p", "1080p", "4k") if four_k else ("720p", "1080p")
    both = {
        **PROMPT,
        **SOUND,
        **SEED,
        "negative_prompt": _text(),
        "duration": _one_of(("4s", "6s", "8s"), "8s"),
        "resolution": _one_of(resolutions, "720p"),
        "aspect_ratio": _one_of(("16:9", "9:16") if kind == "text" else ("auto", "16:9", "9:16"), "16:9"),
        "auto_fix": Rule(bool, default=True),
        "safety_tolerance": _one_of(("1", "2", "3", "4", "5", "6"), "4"),
    }
    frames = {"first_frame_url": _text(required=True), "last_frame_url": _text(required=True)}
    return both | {"text": {}, "image": IMAGE, "frames": frames}[kind]


def _seedance(kind: str, *, resolutions: Sequence[str], least: int, auto: bool) -> dict[str, Rule]:
    lengths = ([] if not auto else ["auto"]) + [str(seconds) for seconds in range(least, 16 if auto else 13)]
    both = {
        **PROMPT,
        **SEED,
        **SOUND,
        "resolution": _one_of(resolutions, "720p"),
        "duration": _one_of(lengths, "auto" if auto else "5"),
        "aspect_ratio": _one_of(("auto", *SHAPES), "auto"),
    }
    both |= {} if auto else {"camera_fixed": Rule(bool, default=False), "enable_safety_checker": Rule(bool, default=True)}
    return both | {"text": {}, "image": {**IMAGE, **END}, "reference": {"image_urls": Rule(list, longest=9)}}[kind]


def _ltx(kind: str) -> dict[str, Rule]:
    both = {
        **PROMPT,
        **SOUND,
        "duration": _one_of((6, 8, 10), 6),
        "resolution": _one_of(("1080p", "1440p", "2160p"), "1080p"),
        "aspect_ratio": _one_of(("16:9", "9:16", "auto")[: 2 if kind == "text" else 3], "16:9"),
        "fps": _one_of((24, 25, 48, 50), 25),
    }
    return both | ({} if kind == "text" else {**IMAGE, **END})


def _wan(kind: str) -> dict[str, Rule]:
    both = {
        "prompt": _text(longest=5000),
        "duration": Rule(int, least=2, most=15, default=5),
        "resolution": _one_of(("720p", "1080p"), "1080p"),
        **SEED,
        "enable_prompt_expansion": Rule(bool, default=True),
        "enable_safety_checker": Rule(bool, default=True),
    }
    if kind == "text":
        return both | {"negative_prompt": _text(longest=500), "aspect_ratio": _one_of(SHAPES[1:], "16:9")}
    return both | {"image_url": _text(), **END, "video_url": _text(), "audio_url": _text()}


FLUX = {
    **PROMPT,
    **SEED,
    "image_size": Rule((str, dict), default="landscape_4_3"),
    "output_format": _one_of(("jpeg", "png"), "jpeg"),
    "safety_tolerance": _one_of(("1", "2", "3", "4", "5"), "2"),
    "enable_safety_checker": Rule(bool, default=True),
    "sync_mode": Rule(bool, default=False),
}
GROK = {**PROMPT, **IMAGE, "duration": Rule(int, least=1, most=15, default=6), "resolution": _one_of(("480p", "720p"), "720p")}
H3 = {**PROMPT, "duration": Rule(int, least=5, most=15, default=5), "resolution": _one_of(("2K",), "2K")}
KLING_2 = {**PROMPT, **NEGATIVE, "duration": _one_of(("5", "10"), "5")}
LONG = ("480p", "720p", "1080p", "4k")


def _usd(**told: str) -> dict[str, Decimal]:
    return {name.removeprefix("p") + "p": Decimal(value) for name, value in told.items()}


MODELS: Mapping[str, Endpoint] = {
    "fal-ai/kling-video/v3/standard/text-to-video": Endpoint(_kling3("text"), Decimal("0.084"), Decimal("0.126")),
    "fal-ai/kling-video/v3/standard/image-to-video": Endpoint(_kling3("image"), Decimal("0.084"), Decimal("0.126")),
    "fal-ai/kling-video/v2.5-turbo/pro/image-to-video": Endpoint(
        {**KLING_2, **IMAGE, "tail_image_url": _text()}, Decimal("0.07"), resolution="1080p"
    ),
    "fal-ai/kling-video/v2.6/pro/image-to-video": Endpoint(
        {**KLING_2, **SOUND, "start_image_url": _text(required=True), **END},
        Decimal("0.07"),
        Decimal("0.14"),
        resolution="1080p",
    ),
    "fal-ai/kling-video/o3/standard/image-to-video": Endpoint(
        {**PROMPT, **IMAGE, **END, "duration": _strings(3, 15), "generate_audio": Rule(bool, default=False)},
        Decimal("0.084"),
        Decimal("0.112"),
    ),
    "fal-ai/kling-video/v3/turbo/standard/text-to-video": Endpoint(
        {**PROMPT, "duration": _strings(3, 15), "aspect_ratio": _one_of(("16:9", "9:16", "1:1"), "16:9")}, Decimal("0.112")
    ),
    "fal-ai/kling-video/v3/turbo/standard/image-to-video": Endpoint(
        {**PROMPT, **IMAGE, "duration": _strings(3, 15)}, Decimal("0.112")
    ),
    **{
        f"fal-ai/veo3.1{tier}{ending}": Endpoint(_veo(kind, four_k=tier != "/lite"), Decimal(silent), Decimal(sound))
        for tier, silent, sound in (("", "0.20", "0.40"), ("/fast", "0.10", "0.15"), ("/lite", "0.05", "0.05"))
        for ending, kind in (("", "text"), ("/image-to-video", "image"), ("/first-last-frame-to-video", "frames"))
    },
    **{
        f"bytedance/seedance-2.0{tier}/{kind}-to-video": Endpoint(
            _seedance(kind, resolutions=LONG if not tier else LONG[:2], least=4, auto=True), prices=prices
        )
        for tier, prices in (
            ("", _usd(p480="0.1407", p720="0.3024", p1080="0.6804")),
            ("/fast", _usd(p480="0.1125", p720="0.2419")),
        )
        for kind in ("text", "image", "reference")
    },
    **{
        f"fal-ai/bytedance/seedance/v1.5/pro/{kind}-to-video": Endpoint(
            _seedance(kind, resolutions=LONG[:3], least=4, auto=False),
            prices=_usd(p480="0.0117", p720="0.0260", p1080="0.0588"),
            prices_with_sound=_usd(p480="0.0234", p720="0.0519", p1080="0.1176"),
        )
        for kind in ("text", "image")
    },
    "fal-ai/bytedance/seedance/v1/pro/fast/image-to-video": Endpoint(
        {
            name: rule
            for name, rule in _seedance("image", resolutions=LONG[:3], least=2, auto=False).items()
            if name not in {"end_image_url", "generate_audio"}
        },
        resolution="1080p",
        prices=_usd(p480="0.0098", p720="0.0216", p1080="0.0486"),
    ),
    "fal-ai/ltx-2.3/text-to-video": Endpoint(_ltx("text"), prices=_usd(p1080="0.08", p1440="0.16", p2160="0.32")),
    "fal-ai/ltx-2.3/image-to-video": Endpoint(_ltx("image"), prices=_usd(p1080="0.06", p1440="0.12", p2160="0.24")),
    "fal-ai/wan/v2.7/text-to-video": Endpoint(_wan("text"), prices=_usd(p720="0.10", p1080="0.15")),
    "fal-ai/wan/v2.7/image-to-video": Endpoint(_wan("image"), prices=_usd(p720="0.10", p1080="0.15")),
    "xai/grok-imagine-video/v1.5/image-to-video": Endpoint(GROK, prices=_usd(p480="0.08", p720="0.14")),
    "minimax/h3/text-to-video": Endpoint(H3, resolution="1440p"),
    "minimax/h3/image-to-video": Endpoint({**H3, **IMAGE, **END}, resolution="1440p"),
    "fal-ai/flux-2-pro": Endpoint(FLUX, media_type=PNG),
    "fal-ai/flux-2-pro/edit": Endpoint({**FLUX, "image_urls": Rule(list, required=True, longest=9)}, media_type=PNG),
}
"""Every endpoint that the stand-in has."""

SHORT_SIDES = {"2K": 1440, "4k": 2160}


async def asked_of(cloud: "Cloud", name: str, endpoint: Endpoint, body: Mapping[str, JSON]) -> Asked:
    """What is to be made of a request's body. Raises Refused, as the model itself would."""
    told = checked(body, endpoint.rules)
    first = await _pictures(cloud, told, FIRST)
    last = await _pictures(cloud, told, LAST)
    references = await _pictures(cloud, told, REFERENCES)
    seconds = str(told.get("duration") or "5").removesuffix("s")
    seed = told.get("seed")
    return Asked(
        name,
        str(told.get("prompt") or ""),
        _size_of(told, endpoint, first[0] if first else None),
        0.0 if endpoint.media_type == PNG else 5.0 if seconds == "auto" else float(seconds),
        fps=int(str(told.get("fps") or 24)),
        sound=bool(told.get("generate_audio")),
        seed=seed if isinstance(seed, int) else None,
        first=first[0] if first else None,
        last=last[0] if last else None,
        references=tuple(references),
    )


async def _pictures(cloud: "Cloud", told: Mapping[str, JSON], names: Sequence[str]) -> list[bytes]:
    named = [(name, told.get(name)) for name in names]
    each = [(name, address) for name, value in named for address in (value if isinstance(value, list) else [value])]
    read = [await cloud.picture_at(address, name, LIMITS) for name, address in each]
    return [picture for picture in read if picture is not None]


def _size_of(told: Mapping[str, JSON], endpoint: Endpoint, first: bytes | None) -> tuple[int, int]:
    wished = told.get("image_size")
    if isinstance(wished, dict):
        width, height = wished.get("width"), wished.get("height")
        if not isinstance(width, int) or not isinstance(height, int):
            raise Refused(Refusal.INVALID, "width and height must be int", field="image_size", problem="type")
        return width, height
    if endpoint.media_type == PNG:
        return 1024, 768
    resolution, shape = str(told.get("resolution") or endpoint.resolution), str(told.get("aspect_ratio") or "auto")
    short = SHORT_SIDES.get(resolution) or int(resolution.removesuffix("p"))
    if first and shape == "auto":
        return size_like(first, short)
    size = Size.of_aspect("16:9" if shape == "auto" else shape, short)
    return size.width_px, size.height_px
