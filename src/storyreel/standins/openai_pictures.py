"""OpenAI's pictures: what an order may say, what it costs in tokens, what is answered."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from storyreel.domain.values import JSON
from storyreel.standins.clips import JPEG, PNG, WEBP, Asked
from storyreel.standins.cloud import Cloud
from storyreel.standins.openai_question import invalid
from storyreel.standins.reading import PictureLimits, Rule, Upload, checked, must_be_picture
from storyreel.standins.wording import seen_in

PICTURE_MODELS = ("gpt-image-2", "gpt-image-2.5-sunburst", "gpt-image-2.5-flare", "gpt-image-1.5", "gpt-image-1-mini")
OLD = {"gpt-image-1.5", "gpt-image-1-mini"}
OLD_SIZES = ("1024x1024", "1536x1024", "1024x1536")
SIDE_PX, MOST_SIDE_PX, LEAST_PIXELS, MOST_PIXELS, MOST_ASPECT = 16, 3840, 655_360, 3840 * 2160, 3.0
USD = {
    "gpt-image-1.5": (Decimal(5), Decimal(8), Decimal(32)),
    "gpt-image-1-mini": (Decimal(2), Decimal("2.50"), Decimal(8)),
}
"""US dollars for a million tokens: text in, pictures in, pictures out. Read 2026-11-20 in LiteLLM's table of prices
(https://github.com/BerriAI/litellm)."""
USUAL_USD = (Decimal(5), Decimal(8), Decimal(30))
FACTORS = {"low": 16, "medium": 48, "high": 96, "auto": 96, "xhigh": 96, "max": 96}
OFFSET_PIXELS, TOKEN_PIXELS = 2_000_000, 4_000_000
"""How many tokens a picture has: https://community.openai.com/t/1382699, read 2026-11-21; OpenAI's own examples agree with it."""
DEARER = {"xhigh": 2, "max": 4}  # nobody tells: this stand-in's own
LIMITS = PictureLimits(types=(PNG, JPEG, WEBP), most_bytes=50 * 1024 * 1024)
MASK = PictureLimits(types=(PNG,), most_bytes=4 * 1024 * 1024)
RULES = {
    "prompt": Rule(str, required=True, longest=32_000),
    "model": Rule(str, default="gpt-image-2"),
    "size": Rule(str, default="auto"),
    "quality": Rule(str, choices=tuple(FACTORS), default="auto"),
    "n": Rule(int, least=1, most=10, default=1),
    "background": Rule(str, choices=("transparent", "opaque", "auto"), default="auto"),
    "output_format": Rule(str, choices=("png", "webp", "jpeg"), default="png"),
    "output_compression": Rule(int, least=0, most=100, default=100),
    "moderation": Rule(str, choices=("low", "auto"), default="auto"),
    "safety_identifier": Rule(str),
    "user": Rule(str),
}
EDIT_RULES = {
    **RULES,
    "input_fidelity": Rule(str, choices=("high", "low")),
    "images": Rule(list, longest=16),
    "mask": Rule(dict),
}


@dataclass(frozen=True, slots=True)
class PictureOrder:
    """Pictures that were asked for."""

    model: str
    prompt: str
    size: tuple[int, int]
    quality: str
    count: int
    form: str  # "png", "jpeg", "webp"
    references: tuple[bytes, ...] = ()

    @property
    def media_type(self) -> str:
        """Of the files."""
        return f"image/{self.form}"

    @property
    def text_tokens(self) -> int:
        """Of the prompt."""
        return ceil(len(self.prompt.encode()) / 4)

    @property
    def picture_tokens(self) -> int:
        """Of the pictures that were given: one for each 32 by 32 pixels, up to 1536 each."""
        seen = [seen_in(picture) for picture in self.references]
        return sum(min(1536, ceil(one.width_px / 32) * ceil(one.height_px / 32)) for one in seen)

    @property
    def made_tokens(self) -> int:
        """Of the pictures that are made."""
        long, short, factor = max(self.size), min(self.size), FACTORS[self.quality]
        across = (2 * factor * short + long) // (2 * long)
        return self.count * ceil(factor * across * (OFFSET_PIXELS + long * short) / TOKEN_PIXELS) * DEARER.get(self.quality, 1)

    @property
    def cost_usd(self) -> Decimal:
        """What they cost."""
        text, given, made = USD.get(self.model, USUAL_USD)
        total = text * self.text_tokens + given * self.picture_tokens + made * self.made_tokens
        return total / Decimal(1_000_000)

    def asked(self, nth: int) -> Asked:
        """What the nth picture shows."""
        notes = (f"quality {self.quality}",)
        return Asked(self.model, self.prompt, self.size, seed=nth, references=self.references, notes=notes)


def generation_order(body: Mapping[str, JSON]) -> PictureOrder:
    """What POST /v1/images/generations asks for. Raises Refused."""
    return _order(checked(body, RULES), ())


async def edit_order(cloud: Cloud, fields: Mapping[str, JSON], files: Mapping[str, Sequence[Upload]]) -> PictureOrder:
    """What POST /v1/images/edits asks for, as a form or as JSON. Raises Refused."""
    typed = {name: _retyped(name, value) for name, value in fields.items()}
    wanted = checked(typed, EDIT_RULES)
    pictures: list[bytes] = []
    for name, uploads in files.items():
        for upload in uploads:
            if name not in {"image", "image[]", "mask"}:
                raise invalid(f"Unknown parameter: '{name}'.", name, "unknown_parameter")
            must_be_picture(upload, name, MASK if name == "mask" else LIMITS)
            pictures += [upload.data] if name != "mask" else []
    for at, told in enumerate(_list(wanted["images"])):
        address = told.get("image_url") if isinstance(told, dict) else None
        picture = await cloud.picture_at(address, f"images[{at}].image_url", LIMITS)
        if picture is None:
            raise invalid(f"Missing required parameter: 'images[{at}].image_url'.", f"images[{at}]", "missing_required_parameter")
        pictures.append(picture)
    if not pictures:
        raise invalid("Missing required parameter: 'image'.", "image", "missing_required_parameter")
    if len(pictures) > 16:
        raise invalid("Too many images. The maximum is 16.", "image", "array_above_max_length")
    if wanted["input_fidelity"] and wanted["model"] != "gpt-image-1.5":
        raise invalid(f"input_fidelity is not supported by {wanted['model']}.", "input_fidelity", "unsupported_parameter")
    return _order(wanted, tuple(pictures))


def pictures_body(order: PictureOrder, pictures: Sequence[bytes], created: int) -> dict[str, JSON]:
    """The answer."""
    given = order.text_tokens + order.picture_tokens
    return {
        "created": created,
        "background": "opaque",
        "data": [{"b64_json": b64encode(picture).decode("ascii")} for picture in pictures],
        "output_format": order.form,
        "quality": "high" if order.quality == "auto" else order.quality,
        "size": f"{order.size[0]}x{order.size[1]}",
        "usage": {
            "input_tokens": given,
            "input_tokens_details": {"image_tokens": order.picture_tokens, "text_tokens": order.text_tokens},
            "output_tokens": order.made_tokens,
            "output_tokens_details": {"image_tokens": order.made_tokens, "text_tokens": 0},
            "total_tokens": given + order.made_tokens,
        },
    }


def _order(wanted: Mapping[str, JSON], references: tuple[bytes, ...]) -> PictureOrder:
    model, quality, count = str(wanted["model"]), str(wanted["quality"]), wanted["n"]
    if quality in {"xhigh", "max"} and not model.startswith("gpt-image-2.5"):
        raise invalid(f"Invalid value: '{quality}'.", "quality", "invalid_value")
    if wanted["background"] == "transparent" and model == "gpt-image-2":
        raise invalid("Transparent background is not supported for this model.", "background", "invalid_value")
    return PictureOrder(
        model=model,
        prompt=str(wanted["prompt"]),
        size=_size(model, str(wanted["size"])),
        quality=quality,
        count=count if isinstance(count, int) else 1,
        form=str(wanted["output_format"]),
        references=references,
    )


def _size(model: str, told: str) -> tuple[int, int]:
    """The pixels of a size. Raises Refused for one that the model does not draw."""
    if told == "auto":
        return 1024, 1024
    across, _, down = told.partition("x")
    if not (across.isdecimal() and down.isdecimal()) or (model in OLD and told not in OLD_SIZES):
        raise invalid(f"Invalid value: '{told}'.", "size", "invalid_value")
    width, height = int(across), int(down)
    if width % SIDE_PX or height % SIDE_PX:
        raise invalid(f"Invalid size '{told}'. Width and height must both be divisible by {SIDE_PX}.", "size", "invalid_value")
    if max(width, height) > MOST_SIDE_PX or width * height > MOST_PIXELS:
        raise invalid(f"Invalid size '{told}'. The longest edge is {MOST_SIDE_PX} pixels.", "size", "invalid_value")
    if width * height < LEAST_PIXELS:
        raise invalid(f"Invalid size '{told}'. It has fewer than {LEAST_PIXELS} pixels.", "size", "invalid_value")
    if max(width / height, height / width) > MOST_ASPECT:
        raise invalid(f"Invalid size '{told}'. The aspect ratio must be between 1:3 and 3:1.", "size", "invalid_value")
    return width, height


def _retyped(name: str, value: JSON) -> JSON:
    """A form's texts as the numbers that they are."""
    return int(value) if name in {"n", "output_compression"} and isinstance(value, str) and value.isdecimal() else value


def _list(value: JSON) -> list[JSON]:
    return value if isinstance(value, list) else []
