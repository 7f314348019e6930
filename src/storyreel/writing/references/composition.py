"""How a picture is composed: where what stands out is, how much it fills, how deep the picture is."""

import numpy as np

from storyreel.domain.values import SHAPES
from storyreel.writing.references.colours import Floats

STANDS_OUT = 0.06  # mean distance in OKLab from the surroundings; below it nothing does
SMALLEST = 99.3  # percentile: what fills less of the frame is no subject
THIRD = 1 / 6  # of the frame from its middle: beyond it, a side
SHARPER = 3.0  # times the detail of the surroundings: a shallow depth of field


def composition_of(lab: Floats, width_px: int, height_px: int) -> str:
    """The composition in words that a prompt can use."""
    weight = _saliency(lab)
    parts = [_shape(width_px, height_px)]
    if weight is None:
        return f"{parts[0]}, an even surface without one clear subject"
    parts.append(f"subject {_place(weight)}, {_extent(weight)}")
    if depth := _depth(lab[..., 0], weight):
        parts.append(depth)
    return ", ".join(parts)


def _shape(width_px: int, height_px: int) -> str:
    shape = width_px / height_px
    name = SHAPES[min(SHAPES, key=lambda one: abs(float(one) / shape - 1))]
    return f"{'wide' if shape > 1.15 else 'tall' if shape < 0.87 else 'square'} frame ({name})"


def _saliency(lab: Floats) -> Floats | None:
    """How much each pixel stands out from the frame's edge, 0 to 1; None where nothing does."""
    height, width = lab.shape[:2]
    rim_y, rim_x = max(1, height // 10), max(1, width // 10)
    inside = np.zeros((height, width), dtype=bool)
    inside[rim_y:-rim_y, rim_x:-rim_x] = True
    rim = lab[~inside]
    away = np.sqrt(((lab - np.median(rim, axis=0)) ** 2).sum(axis=2))
    usual = float(np.percentile(np.sqrt(((rim - np.median(rim, axis=0)) ** 2).sum(axis=1)), 60))
    weight = np.clip(away - usual, 0, None)
    most = float(np.percentile(weight, SMALLEST))
    return None if most < STANDS_OUT else np.clip(weight / most, 0, 1) ** 2


def _place(weight: Floats) -> str:
    height, width = weight.shape
    down, across = np.mgrid[0:height, 0:width]
    total = float(weight.sum())
    x = float((across * weight).sum()) / total / max(1, width - 1) - 0.5
    y = float((down * weight).sum()) / total / max(1, height - 1) - 0.5
    side = "" if abs(x) < THIRD else "right" if x > 0 else "left"
    level = "" if abs(y) < THIRD else "lower" if y > 0 else "upper"
    if not side and not level:
        return "in the centre"
    return f"in the {' '.join(part for part in (level, side) if part)} part"


def _extent(weight: Floats) -> str:
    share = float((weight > 0.25).mean())
    return "filling the frame" if share > 0.5 else "at a medium distance" if share > 0.15 else "small in the frame"


def _depth(lightness: Floats, weight: Floats) -> str:
    """Whether the subject is sharp and the rest is not."""
    detail = np.zeros_like(lightness)
    inner = lightness[1:-1, 1:-1]
    detail[1:-1, 1:-1] = np.abs(
        4 * inner - lightness[:-2, 1:-1] - lightness[2:, 1:-1] - lightness[1:-1, :-2] - lightness[1:-1, 2:]
    )
    subject, around = detail[weight > 0.25], detail[weight < 0.05]
    if subject.size < 16 or around.size < 16:
        return ""
    sharp, soft = float(np.percentile(subject, 90)), float(np.percentile(around, 90))
    return "shallow depth of field, blurred background" if sharp > 0.05 and sharp > SHARPER * max(soft, 0.004) else ""
