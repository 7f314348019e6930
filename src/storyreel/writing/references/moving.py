"""How a video moves, from a few of its frames: the camera by phase correlation, what is left over as the subject's own motion.

Phase correlation: C. D. Kuglin and D. C. Hines, "The phase correlation image alignment method", 1975.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from storyreel.domain.references import MotionNote
from storyreel.writing.references.colours import Floats
from storyreel.writing.references.notes import Motion

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH_PX = 128
STILL = 0.012  # of the frame's width a second: below it the camera does not move
SLOW, FAST = 0.08, 0.3
STEADY = 0.6  # the share of all movement that goes one way; below it the camera wanders
CUT = 0.22  # mean difference of lightness that no movement explains
BUSY, ALIVE = 0.06, 0.02  # mean difference that stays when the camera's movement is taken off


@dataclass(frozen=True, slots=True)
class _Step:
    """Between two frames: how the picture shifted and grew, in shares of its width, and what changed besides."""

    right: float
    down: float
    grown: float
    rest: float
    cut: bool


def motion_of(motion: Motion) -> MotionNote:
    """The note on a reference video; frames must be evenly spaced, at least two."""
    frames = [_grey(frame) for frame in motion.frames]
    steps = [_step(before, after) for before, after in pairwise(frames)]
    moving = [step for step in steps if not step.cut]
    gap_s = motion.seconds / max(1, len(frames) - 1)
    cuts = len(steps) - len(moving)
    camera, speed = _camera(moving, gap_s)
    return MotionNote(
        camera=camera,
        subject_motion=_subject(moving),
        pace="slow" if speed < SLOW else "fast" if speed > FAST else "steady",
        cuts="one take" if not cuts else f"{cuts + 1} takes, cut hard",
    )


def _grey(frame: "Image") -> Floats:
    height = max(16, round(WIDTH_PX * frame.height / frame.width))
    return np.asarray(frame.convert("L").resize((WIDTH_PX, height)), dtype=np.float64) / 255


def _step(before: Floats, after: Floats) -> _Step:
    right, down = shift(before, after)
    height, width = before.shape
    half_y, half_x = height // 2, width // 2
    outward: list[float] = []
    for top, left, sign_y, sign_x in ((0, 0, -1, -1), (0, half_x, -1, 1), (half_y, 0, 1, -1), (half_y, half_x, 1, 1)):
        corner = np.s_[top : top + half_y, left : left + half_x]
        x, y = shift(before[corner], after[corner])
        outward.append((sign_x * (x - right) + sign_y * (y - down)) / 2)
    steady = min(outward) * max(outward) > 0
    grown = float(np.median(outward)) / width if steady else 0.0
    rest = _left_over(before, after, (right, down), grown)
    return _Step(right / width, down / width, grown, rest, cut=rest > CUT)


def _left_over(before: Floats, after: Floats, shifted: tuple[float, float], grown: float) -> float:
    """The mean difference of two frames that the camera's movement does not explain."""
    height, width = before.shape
    scale = 1 + 4 * grown  # the corners' middles lie a quarter of the width from the middle
    rows: Floats = (np.arange(height, dtype=np.float64) - height / 2 - shifted[1]) / scale + height / 2
    columns: Floats = (np.arange(width, dtype=np.float64) - width / 2 - shifted[0]) / scale + width / 2
    inside_rows = (rows >= 0) & (rows <= height - 1)
    inside_columns = (columns >= 0) & (columns <= width - 1)
    explained = before[np.ix_(np.rint(rows[inside_rows]).astype(int), np.rint(columns[inside_columns]).astype(int))]
    difference = after[np.ix_(inside_rows, inside_columns)] - explained
    even = difference[: difference.shape[0] // 2 * 2, : difference.shape[1] // 2 * 2]
    coarse = (even[::2, ::2] + even[1::2, ::2] + even[::2, 1::2] + even[1::2, 1::2]) / 4  # half a pixel's error is no motion
    return float(np.abs(coarse).mean())


def shift(before: Floats, after: Floats) -> tuple[float, float]:
    """How far the picture moved to the right and down, in pixels."""
    window = np.outer(np.hanning(before.shape[0]), np.hanning(before.shape[1]))
    one, other = (np.fft.rfft2((frame - frame.mean()) * window) for frame in (before, after))
    cross = other * np.conj(one)
    peak = np.fft.irfft2(cross / np.maximum(np.abs(cross), 1e-9), s=before.shape)
    row, column = np.unravel_index(int(np.argmax(peak)), peak.shape)
    if peak[row, column] < 0.03:
        return 0.0, 0.0
    height, width = before.shape
    return float((column + width // 2) % width - width // 2), float((row + height // 2) % height - height // 2)


def _camera(steps: Sequence[_Step], gap_s: float) -> tuple[str, float]:
    """What the camera does, and its speed in widths a second."""
    if not steps:
        return "static camera", 0.0
    right, down, grown = (np.array([getattr(step, name) for step in steps]) for name in ("right", "down", "grown"))
    ways = {
        ("pan to the left", "pan to the right"): right,
        ("tilt up", "tilt down"): down,
        ("push in", "pull out"): grown * 4,
    }
    travelled = {names: float(np.abs(values).sum()) for names, values in ways.items()}
    names = max(travelled, key=lambda one: travelled[one])
    speed = travelled[names] / len(steps) / gap_s
    if speed < STILL:
        return "static camera", 0.0
    net = float(ways[names].sum())
    if abs(net) / travelled[names] < STEADY:
        return "handheld camera", speed
    # The picture moves against the camera: it goes right when the camera pans left, down when it tilts up.
    return names[0] if net > 0 else names[1], speed


def _subject(steps: Sequence[_Step]) -> str:
    rest = float(np.median([step.rest for step in steps])) if steps else 0.0
    if rest > BUSY:
        return "much moves within the frame"
    return "something moves within the frame" if rest > ALIVE else "nearly nothing moves within the frame"
