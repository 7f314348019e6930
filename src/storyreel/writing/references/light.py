"""The light of a picture: how bright, how hard, how warm, and from where."""

import numpy as np

from storyreel.writing.references.colours import Floats

DARK, BRIGHT = 0.36, 0.74  # mean lightness of low key and high key
HARD, SOFT = 0.66, 0.38  # between the darkest and the brightest twentieth
SLANT = 0.14  # lightness from one edge to the other that tells a direction
BACKLIT = 0.16  # by which the surroundings are brighter than the middle
WARM, COLD = 0.025, -0.018  # OKLab's b of what is lit


def light_of(lab: Floats) -> str:
    """The light in words that a prompt can use: "low key, hard warm light from the left"."""
    lightness = lab[..., 0]
    mean = float(lightness.mean())
    key = "low key" if mean < DARK else "high key" if mean > BRIGHT else "balanced exposure"
    return f"{key}, {_hardness(lightness)}{_warmth(lab)} light {_direction(lightness)}"


def _hardness(lightness: Floats) -> str:
    low, high = np.percentile(lightness, (5, 95))
    return "hard, high-contrast" if high - low > HARD else "soft, even" if high - low < SOFT else "moderate"


def _warmth(lab: Floats) -> str:
    lit = lab[lab[..., 0] >= np.median(lab[..., 0])]
    tint = float(lit[:, 2].mean())
    return " warm" if tint > WARM else " cold" if tint < COLD else ""


def _direction(lightness: Floats) -> str:
    height, width = lightness.shape
    across, down = np.meshgrid(np.linspace(-0.5, 0.5, width), np.linspace(-0.5, 0.5, height))
    right = float((across * lightness).mean() / (across**2).mean())
    lower = float((down * lightness).mean() / (down**2).mean())
    if max(abs(right), abs(lower)) < SLANT:
        return "from behind" if _is_backlit(lightness) else "from the front"
    if abs(right) >= abs(lower):
        return "from the right" if right > 0 else "from the left"
    return "from below" if lower > 0 else "from above"


def _is_backlit(lightness: Floats) -> bool:
    height, width = lightness.shape
    middle = lightness[height // 4 : -(height // 4) or None, width // 4 : -(width // 4) or None]
    around = (lightness.sum() - middle.sum()) / max(1, lightness.size - middle.size)
    return bool(around - middle.mean() > BACKLIT)
