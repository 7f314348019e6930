"""Pictures and moving frames whose colours, light, composition and motion are known."""

from collections.abc import Callable
from functools import cache
from io import BytesIO

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from storyreel.writing.references import Motion

FRAMES = 9


def png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def lit(*, left: int, right: int, size: tuple[int, int] = (640, 360)) -> Image.Image:
    """Grey that goes evenly from one lightness to another."""
    row = np.linspace(left, right, size[0])
    return Image.fromarray(np.tile(row, (size[1], 1)).astype(np.uint8)).convert("RGB")


def with_disc(ground: Image.Image, middle: tuple[float, float], radius: float, colour: str) -> Image.Image:
    """A disc on it; middle and radius are shares of the width and height."""
    x, y, r = middle[0] * ground.width, middle[1] * ground.height, radius * ground.height
    ImageDraw.Draw(ground).ellipse((x - r, y - r, x + r, y + r), fill=colour)
    return ground


@cache
def texture() -> Image.Image:
    """A wide picture full of soft detail, to move a camera over."""
    noise = np.random.default_rng(7).random((90, 160)) * 255
    return (
        Image.fromarray(noise.astype(np.uint8)).resize((1600, 900), Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(6))
    )


def moved(kind: str) -> Motion:
    """Four seconds of a camera over a texture."""
    ground, chance = texture(), np.random.default_rng(3)
    cuts: dict[str, Callable[[int], tuple[float, float, float]]] = {
        "static camera": lambda at: (200, 200, 1.0),
        "pan to the right": lambda at: (20 * at, 200, 1.0),
        "pan to the left": lambda at: (400 - 30 * at, 200, 1.0),
        "tilt up": lambda at: (200, 300 - 15 * at, 1.0),
        "tilt down": lambda at: (200, 15 * at, 1.0),
        "push in": lambda at: _around(1 - 0.04 * at),
        "pull out": lambda at: _around(0.6 + 0.04 * at),
        "handheld camera": lambda at: (300 + chance.uniform(-25, 25), 200 + chance.uniform(-18, 18), 1.0),
    }
    return Motion([_view(ground, *cuts[kind](at)) for at in range(FRAMES)], 4.0)


def _around(scale: float) -> tuple[float, float, float]:
    return 800 - 400 * scale, 450 - 225 * scale, scale


def _view(ground: Image.Image, left: float, top: float, scale: float) -> Image.Image:
    box = (round(left), round(top), round(left + 800 * scale), round(top + 450 * scale))
    return ground.crop(box).resize((320, 180))
