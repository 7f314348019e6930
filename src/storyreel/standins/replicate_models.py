"""Replicate's models as its own pages and schemas tell them: inputs, defaults, bounds, prices, and what fails only once it runs.

Read 2026-09-25 to 2026-10-10, from `GET /models/{owner}/{name}` and the models' pages. Defaults are theirs, the costly ones too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from storyreel.domain.values import JSON
from storyreel.standins.reading import PictureLimits, Rule

KINDS: Mapping[str, type] = {"string": str, "uri": str, "integer": int, "number": float, "boolean": bool, "uris": list}
SEVEN = ("16:9", "4:3", "1:1", "3:4", "9:16", "21:9", "9:21")
WIDE_OR_TALL = ("16:9", "9:16")
KLING_PICTURES = PictureLimits(most_bytes=10_000_000, least_side_px=300, least_aspect=0.4, most_aspect=2.5)
LOOSE_PICTURES = PictureLimits(types=("image/png", "image/jpeg", "image/webp"))


@dataclass(frozen=True, slots=True)
class Input:
    """One input of a model."""

    kind: str = "string"  # of KINDS
    required: bool = False
    default: JSON = None
    choices: tuple[JSON, ...] = ()
    least: float | None = None
    most: float | None = None
    longest: int | None = None

    @property
    def rule(self) -> Rule:
        """How it is checked."""
        return Rule(KINDS[self.kind], self.required, self.choices, self.least, self.most, self.longest, self.default)


@dataclass(frozen=True, slots=True)
class Card:
    """One model."""

    inputs: Mapping[str, Input]
    usd: Mapping[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])  # tier -> silent, with sound
    per_clip: bool = False  # `usd` is for a clip or picture, otherwise for a second
    usd_seen: str = "0"  # for each megapixel of the references
    sound: bool = False  # always
    picture: bool = False  # it makes a picture
    follows_first: bool = False  # with a first frame, the shape is the frame's
    needs: Mapping[str, str] = field(default_factory=dict[str, str])  # an input, and what must come with it
    excludes: tuple[tuple[str, str], ...] = ()  # inputs that do not go together
    seconds_at: Mapping[str, tuple[int, ...]] = field(default_factory=dict[str, tuple[int, ...]])  # tier -> lengths
    with_references: Mapping[str, JSON] = field(default_factory=dict[str, JSON])  # what else must be so
    pictures: PictureLimits = LOOSE_PICTURES
    dead: str = ""  # what every prediction fails with
    run_s: float = 60.0


FIRST = ("image", "start_image", "first_frame_image", "first_frame", "input_reference")
LAST = ("last_frame", "end_image", "last_frame_image", "last_image")
REFERENCES = ("reference_images", "input_images", "input_image")

PROMPT = Input(required=True)
NEGATIVE = Input(default="")
SEED = Input("integer")
URI, URIS = Input("uri"), Input("uris", default=[])


def _pick(default: JSON, *choices: JSON) -> Input:
    kind = "integer" if isinstance(default, int) else "string"
    return Input(kind, default=default, choices=choices or (default,))


def _seconds(default: int, least: int, most: int) -> Input:
    return Input("integer", default=default, least=least, most=most)


def _switch(default: bool) -> Input:
    return Input("boolean", default=default)


def _flat(usd: str) -> tuple[str, str]:
    return usd, usd


_KLING = {"negative_prompt": NEGATIVE, "aspect_ratio": _pick("16:9", "16:9", "9:16", "1:1")}
_KLING_MODES = {"mode": _pick("pro", "standard", "pro", "4k"), "multi_prompt": Input()}
_VEO = {
    "prompt": PROMPT,
    "aspect_ratio": _pick("16:9", *WIDE_OR_TALL),
    "duration": _pick(8, 4, 6, 8),
    "image": URI,
    "seed": SEED,
}
_VEO_FULL = _VEO | {"negative_prompt": Input(), "resolution": _pick("1080p", "720p", "1080p"), "generate_audio": _switch(True)}
_SEEDANCE_1 = {
    "prompt": PROMPT,
    "image": URI,
    "last_frame_image": URI,
    "duration": _seconds(5, 2, 12),
    "aspect_ratio": _pick("16:9", *SEVEN),
    "fps": _pick(24),
    "camera_fixed": _switch(False),
    "seed": SEED,
}
_SEEDANCE_2 = {
    "prompt": PROMPT,
    "image": URI,
    "last_frame_image": URI,
    "reference_images": Input("uris", default=[], longest=9),
    "reference_videos": Input("uris", default=[], longest=3),
    "reference_audios": Input("uris", default=[], longest=3),
    "duration": _seconds(5, -1, 15),
    "aspect_ratio": _pick("16:9", *SEVEN, "adaptive"),
    "generate_audio": _switch(True),
    "seed": SEED,
}
_APART = (("reference_images", "image"), ("reference_images", "last_frame_image"))
_HAILUO = {"prompt": PROMPT, "prompt_optimizer": _switch(True), "first_frame_image": URI, "duration": _pick(6, 6, 10)}
_WAN_2_2 = {
    "prompt": PROMPT,
    "num_frames": Input("integer", default=81, least=81, most=121),
    "resolution": _pick("480p", "480p", "720p"),
    "frames_per_second": Input("integer", default=16, least=5, most=30),
    "go_fast": _switch(True),
    "sample_shift": Input("number", default=12, least=1, most=20),
    "seed": SEED,
    "disable_safety_checker": _switch(False),
    "lora_weights_transformer": Input(),
    "lora_scale_transformer": Input("number", default=1),
    "lora_weights_transformer_2": Input(),
    "lora_scale_transformer_2": Input("number", default=1),
}
_WAN = {"prompt": PROMPT, "negative_prompt": NEGATIVE, "seed": SEED, "enable_prompt_expansion": _switch(True)}
_WAN_2_5 = _WAN | {"audio": URI, "duration": _pick(5, 5, 10)}
_WAN_2_7 = _WAN | {"audio": URI, "resolution": _pick("1080p", "720p", "1080p"), "duration": _seconds(5, 2, 15)}
_FIVE = ("16:9", "9:16", "1:1", "4:3", "3:4")
_LTX = {
    "prompt": PROMPT,
    "image": URI,
    "last_frame_image": URI,
    "aspect_ratio": _pick("16:9", *WIDE_OR_TALL),
    "generate_audio": _switch(True),
}
_SORA = {
    "prompt": PROMPT,
    "seconds": _pick(4, 4, 8, 12),
    "aspect_ratio": _pick("portrait", "portrait", "landscape"),
    "input_reference": URI,
    "openai_api_key": Input(),
}
_GONE = "The model behind this one is no longer available: OpenAI shut down its Videos API on 2026-09-24."
_GROK = ("auto", "16:9", "4:3", "1:1", "9:16", "3:4", "3:2", "2:3")
_FLUX_2 = ("match_input_image", "custom", "1:1", "16:9", "3:2", "2:3", "4:5", "5:4", "9:16", "3:4", "4:3")
_FLUX_1 = ("match_input_image", "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "4:5", "5:4", "21:9", "9:21", "2:1", "1:2")

CARDS: Mapping[str, Card] = {
    "google/veo-3.1": Card(
        _VEO_FULL | {"last_frame": URI, "reference_images": Input("uris", default=[], longest=3)},
        {"720p": ("0.20", "0.40"), "1080p": ("0.20", "0.40")},
        with_references={"aspect_ratio": "16:9", "duration": 8},
        run_s=90,
    ),
    "google/veo-3.1-fast": Card(_VEO_FULL | {"last_frame": URI}, {"720p": ("0.10", "0.15"), "1080p": ("0.10", "0.15")}),
    "google/veo-3.1-lite": Card(
        _VEO | {"last_frame": URI, "resolution": _pick("720p", "720p", "1080p")},
        {"720p": _flat("0.05"), "1080p": _flat("0.08")},
        sound=True,
        seconds_at={"1080p": (8,)},
    ),
    "google/veo-3": Card(_VEO_FULL, dead="Veo 3 was retired by Google on 2026-06-30."),
    "kwaivgi/kling-v2.5-turbo-pro": Card(
        _KLING
        | {"prompt": PROMPT, "duration": _pick(5, 5, 10), "start_image": URI, "end_image": URI, "image": URI}
        | {"guidance_scale": Input("number")},
        {"": _flat("0.07")},
        follows_first=True,
        needs={"end_image": "start_image"},
        pictures=KLING_PICTURES,
    ),
    "kwaivgi/kling-v2.6": Card(
        _KLING | {"prompt": PROMPT, "duration": _pick(5, 5, 10), "start_image": URI, "generate_audio": _switch(True)},
        {"": ("0.07", "0.14")},
        follows_first=True,
        pictures=KLING_PICTURES,
    ),
    "kwaivgi/kling-v3-video": Card(
        _KLING
        | _KLING_MODES
        | {"prompt": Input(required=True, longest=2500), "negative_prompt": Input(default="", longest=2500)}
        | {"duration": _seconds(5, 3, 15), "start_image": URI, "end_image": URI, "generate_audio": _switch(False)},
        {"standard": ("0.168", "0.252"), "pro": ("0.224", "0.336"), "4k": _flat("0.42")},
        follows_first=True,
        needs={"end_image": "start_image"},
        pictures=KLING_PICTURES,
        run_s=130,
    ),
    "kwaivgi/kling-v3-omni-video": Card(
        _KLING_MODES
        | {"prompt": PROMPT, "start_image": URI, "end_image": URI, "reference_images": Input("uris", default=[], longest=7)}
        | {"reference_video": URI, "video_reference_type": _pick("feature", "feature", "base")}
        | {"keep_original_sound": _switch(True), "generate_audio": _switch(False)}
        | {"aspect_ratio": _pick("16:9", "16:9", "9:16", "1:1"), "duration": _seconds(5, 3, 15)},
        {"standard": ("0.168", "0.224"), "pro": ("0.224", "0.28"), "4k": _flat("0.42")},
        follows_first=True,
        needs={"end_image": "start_image"},
        pictures=KLING_PICTURES,
        run_s=130,
    ),
    "openai/sora-2": Card(_SORA, {"": _flat("0.10")}, sound=True, dead=_GONE),
    "openai/sora-2-pro": Card(
        _SORA | {"resolution": _pick("standard", "standard", "high")},
        {"standard": _flat("0.30"), "high": _flat("0.50")},
        sound=True,
        dead=_GONE,
    ),
    "bytedance/seedance-1-pro": Card(
        _SEEDANCE_1 | {"resolution": _pick("1080p", "480p", "720p", "1080p")},
        {"480p": _flat("0.03"), "720p": _flat("0.06"), "1080p": _flat("0.15")},
        needs={"last_frame_image": "image"},
    ),
    "bytedance/seedance-1-lite": Card(
        _SEEDANCE_1
        | {"resolution": _pick("720p", "480p", "720p", "1080p")}
        | {"reference_images": Input("uris", default=[], longest=4)},
        {"480p": _flat("0.018"), "720p": _flat("0.036"), "1080p": _flat("0.072")},
        needs={"last_frame_image": "image"},
        excludes=_APART,
    ),
    "bytedance/seedance-1.5-pro": Card(
        _SEEDANCE_1 | {"resolution": _pick("720p", "480p", "720p", "1080p"), "generate_audio": _switch(True)},
        {"480p": ("0.013", "0.025"), "1080p": ("0.06", "0.12")},
        needs={"last_frame_image": "image"},
    ),
    "bytedance/seedance-2.0": Card(
        _SEEDANCE_2 | {"resolution": _pick("720p", "480p", "720p", "1080p", "4k")},
        {"480p": _flat("0.08"), "720p": _flat("0.18"), "1080p": _flat("0.45"), "4k": _flat("1.00")},
        needs={"last_frame_image": "image"},
        excludes=_APART,
        run_s=120,
    ),
    "bytedance/seedance-2.0-fast": Card(
        _SEEDANCE_2 | {"resolution": _pick("720p", "480p", "720p")},
        {"720p": _flat("0.15")},
        needs={"last_frame_image": "image"},
        excludes=_APART,
    ),
    "minimax/hailuo-02": Card(
        _HAILUO | {"last_frame_image": URI, "resolution": _pick("1080p", "512p", "768p", "1080p")},
        follows_first=True,
        seconds_at={"1080p": (6,), "512p": (6,)},
    ),
    "minimax/hailuo-2.3": Card(
        _HAILUO | {"resolution": _pick("768p", "768p", "1080p")},
        {"768p 6": _flat("0.28"), "768p 10": _flat("0.56"), "1080p 6": _flat("0.49")},
        per_clip=True,
        follows_first=True,
        seconds_at={"1080p": (6,)},
    ),
    "minimax/h3": Card(
        {"prompt": PROMPT, "first_frame_image": URI, "last_frame_image": URI, "duration": _seconds(5, 4, 15)}
        | {"resolution": _pick("768P", "768P", "2K"), "aspect_ratio": _pick("16:9", *SEVEN[:6])},
        {"768P": _flat("0.08"), "2K": _flat("0.13")},
        sound=True,
        follows_first=True,
    ),
    "wan-video/wan-2.2-t2v-fast": Card(
        _WAN_2_2
        | {"aspect_ratio": _pick("16:9", *WIDE_OR_TALL), "interpolate_output": _switch(True)}
        | {"optimize_prompt": _switch(False)},
        {"480p": _flat("0.05"), "720p": _flat("0.10")},
        per_clip=True,
        run_s=30,
    ),
    "wan-video/wan-2.2-i2v-fast": Card(
        _WAN_2_2 | {"image": Input("uri", required=True), "last_image": URI, "interpolate_output": _switch(False)},
        {"480p": _flat("0.05"), "720p": _flat("0.11")},
        per_clip=True,
        follows_first=True,
        run_s=30,
    ),
    "wan-video/wan-2.5-t2v-fast": Card(
        _WAN_2_5 | {"size": _pick("1280*720", "1280*720", "720*1280", "1920*1080", "1080*1920")}, sound=True
    ),
    "wan-video/wan-2.5-i2v-fast": Card(
        _WAN_2_5 | {"image": Input("uri", required=True), "resolution": _pick("720p", "720p", "1080p")},
        sound=True,
        follows_first=True,
    ),
    "wan-video/wan-2.7-t2v": Card(_WAN_2_7 | {"aspect_ratio": _pick("16:9", *_FIVE)}, sound=True),
    "wan-video/wan-2.7-i2v": Card(
        _WAN_2_7 | {"prompt": Input(), "first_frame": URI, "last_frame": URI, "first_clip": URI},
        {"720p": _flat("0.10"), "1080p": _flat("0.15")},
        sound=True,
        follows_first=True,
        needs={"last_frame": "first_frame"},
    ),
    "alibaba/wan-3": Card(
        _WAN
        | {"image": URI, "duration": _seconds(5, 2, 30), "resolution": _pick("1080p", "480p", "720p", "1080p")}
        | {"aspect_ratio": _pick("adaptive", "adaptive", *_FIVE)},
        {"480p": _flat("0.05"), "720p": _flat("0.10"), "1080p": _flat("0.20")},
    ),
    "lightricks/ltx-2.3-fast": Card(
        _LTX | {"duration": _pick(6, 6, 8, 10, 12, 14, 16, 18, 20), "resolution": _pick("1080p", "1080p", "2k", "4k")},
        {"1080p": _flat("0.06")},
        seconds_at={"2k": (6, 8, 10), "4k": (6, 8, 10)},
    ),
    "lightricks/ltx-2.5-fast": Card(
        _LTX
        | {"duration": _pick(6, 2, 3, 4, 5, 6, 8, 10, 12, 14, 16, 18, 20), "fps": _pick(25, 24, 25, 48, 50)}
        | {"resolution": _pick("1080p", "720p", "1080p", "2k", "4k")},
        {"720p": _flat("0.03"), "1080p": _flat("0.06"), "2k": _flat("0.12"), "4k": _flat("0.24")},
        seconds_at={"2k": (2, 3, 4, 5, 6, 8, 10), "4k": (2, 3, 4, 5, 6, 8, 10)},
    ),
    "xai/grok-imagine-video-1.5": Card(
        {"prompt": PROMPT, "image": Input("uri", required=True), "duration": _seconds(5, 1, 15)}
        | {"resolution": _pick("720p", "720p", "480p"), "aspect_ratio": _pick("auto", *_GROK)},
        sound=True,
    ),
    "black-forest-labs/flux-2-pro": Card(
        {"prompt": PROMPT, "input_images": Input("uris", default=[], longest=8), "aspect_ratio": _pick("1:1", *_FLUX_2)}
        | {"resolution": _pick("1 MP", "match_input_image", "0.5 MP", "1 MP", "2 MP", "4 MP")}
        | {"width": Input("integer", least=256, most=2048), "height": Input("integer", least=256, most=2048), "seed": SEED}
        | {"safety_tolerance": Input("integer", default=2, least=1, most=5)}
        | {"output_format": _pick("webp", "webp", "jpg", "png")}
        | {"output_quality": Input("integer", default=80, least=0, most=100)},
        {"0.5 MP": _flat("0.03"), "1 MP": _flat("0.03"), "2 MP": _flat("0.045"), "4 MP": _flat("0.075")},
        per_clip=True,
        usd_seen="0.015",
        picture=True,
        run_s=8,
    ),
    "black-forest-labs/flux-kontext-pro": Card(
        {"prompt": PROMPT, "input_image": URI, "aspect_ratio": _pick("match_input_image", *_FLUX_1), "seed": SEED}
        | {"output_format": _pick("png", "jpg", "png"), "prompt_upsampling": _switch(False)}
        | {"safety_tolerance": Input("integer", default=2, least=0, most=6)},
        {"": _flat("0.04")},
        per_clip=True,
        picture=True,
        run_s=6,
    ),
}
"""By "owner/name"."""


def version_of(name: str) -> str:
    """The id of a model's one version."""
    return sha256(name.encode()).hexdigest()


def schema_of(card: Card) -> dict[str, JSON]:
    """The model's OpenAPI document; choices stand behind `allOf` and a reference, as Cog writes them."""
    properties: dict[str, JSON] = {}
    schemas: dict[str, JSON] = {}
    for order, (name, one) in enumerate(card.inputs.items()):
        shown: dict[str, JSON] = {"x-order": order}
        if not one.required:
            shown["default"] = one.default
        if one.choices:
            schemas[name] = {"enum": list(one.choices), "type": one.kind, "title": name, "description": "An enumeration."}
            shown["allOf"] = [{"$ref": f"#/components/schemas/{name}"}]
        else:
            shown |= _type_of(one) | {"title": name.replace("_", " ").title()}
        if not one.required and one.default is None:
            shown["nullable"] = True
        properties[name] = shown
    required: list[JSON] = [name for name, one in card.inputs.items() if one.required]
    schemas["Input"] = {"type": "object", "title": "Input", "required": required, "properties": properties}
    schemas["Output"] = {"type": "string", "title": "Output", "format": "uri"}
    document: dict[str, JSON] = {"openapi": "3.0.2", "info": {"title": "Cog", "version": "0.1.0"}}
    document["components"] = {"schemas": schemas}
    return document


def _type_of(one: Input) -> dict[str, JSON]:
    if one.kind == "uri":
        return {"type": "string", "format": "uri"}
    if one.kind == "uris":
        return {"type": "array", "items": {"type": "string", "format": "uri"}}
    told: dict[str, JSON] = {"type": one.kind, "minimum": one.least, "maximum": one.most}
    return {name: value for name, value in told.items() if value is not None}
