"""The colours of a picture by name: clusters in OKLab, each called by the nearest name of `data/colours.toml`.

OKLab: Björn Ottosson, "A perceptual color space for image processing", 2020. Lightness 0 to 1; equal distances look about equal.
"""

from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from storyreel.writing.words import table

if TYPE_CHECKING:
    from PIL.Image import Image

Floats: TypeAlias = NDArray[np.float64]
"""Any array of floats; OKLab pictures are (height, width, 3)."""

SIDE_PX = 96  # of the longer side; more shows no other colours
CLUSTERS, TURNS = 7, 12
LEAST_SHARE = 0.02  # of the picture that a colour must fill to be named
MOST_NAMES = 5
_HUE_MATTERS = np.array([0.7, 2.0, 2.0])

_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def small_lab(picture: "Image") -> Floats:
    """A picture, made small, in OKLab; what is transparent lies on white."""
    from PIL import Image as Pictures

    image = picture.convert("RGBA")
    image = Pictures.alpha_composite(Pictures.new("RGBA", image.size, "white"), image).convert("RGB")
    image.thumbnail((SIDE_PX, SIDE_PX))
    return oklab(np.asarray(image, dtype=np.float64))


def oklab(rgb: Floats) -> Floats:
    """SRGB from 0 to 255 in the last axis, as OKLab."""
    unit = rgb / 255
    linear = np.where(unit <= 0.04045, unit / 12.92, ((unit + 0.055) / 1.055) ** 2.4)
    return np.cbrt(linear @ _TO_LMS.T) @ _TO_LAB.T


def palette_of(lab: Floats) -> tuple[str, ...]:
    """The names of the colours that fill most of a picture, the largest first."""
    pixels = lab.reshape(-1, 3)
    centres, shares = _clustered(pixels)
    filled: dict[str, float] = {}
    for centre, share in zip(centres, shares, strict=True):
        name = named(centre)
        filled[name] = filled.get(name, 0.0) + float(share)
    largest = sorted(filled, key=lambda name: -filled[name])
    return tuple(name for name in largest if filled[name] >= LEAST_SHARE)[:MOST_NAMES]


def named(lab: Floats) -> str:
    """The nearest name of a colour; a shade may be missed, a hue not."""
    names, colours = _names()
    return names[int(np.argmin((((colours - lab) * _HUE_MATTERS) ** 2).sum(axis=1)))]


def chroma(lab: Floats) -> Floats:
    """How colourful each pixel is; grey is 0, vivid about 0.2."""
    return np.hypot(lab[..., 1], lab[..., 2])


@cache
def _names() -> tuple[tuple[str, ...], Floats]:
    rows: dict[str, list[int]] = table("colours")["names"]
    return tuple(rows), oklab(np.array(list(rows.values()), dtype=np.float64))


def _clustered(pixels: Floats) -> tuple[Floats, Floats]:
    """Centres and shares by k-means, begun with the colours that lie farthest apart: the same picture, the same answer."""
    centres = [pixels.mean(axis=0)]
    for _ in range(CLUSTERS - 1):
        apart = np.min([((pixels - centre) ** 2).sum(axis=1) for centre in centres], axis=0)
        centres.append(pixels[int(np.argmax(apart))])
    centre = np.array(centres)
    nearest = np.zeros(len(pixels), dtype=np.intp)
    for _ in range(TURNS):
        nearest = np.argmin(((pixels[:, None, :] - centre[None]) ** 2).sum(axis=2), axis=1)
        for index in range(len(centre)):
            if (mine := pixels[nearest == index]).size:
                centre[index] = mine.mean(axis=0)
    return centre, np.bincount(nearest, minlength=len(centre)) / len(pixels)
