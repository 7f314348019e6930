"""Lines with a body: limbs that taper and bend, ribbons that run along a curve."""

from collections.abc import Sequence
from math import acos, atan2, cos, hypot, sin

import numpy as np

from storyreel.animatic.figures.curves import Path, Point, curve, smooth
from storyreel.animatic.outline import Ring

SHARP = -0.25
"""Cosine of a joint's bend beyond which one outline would cross itself: the limb is then drawn as two."""


def limb(joints: Sequence[Point], radii: Sequence[float], *, belly: float = 0.0, steps: int = 4) -> tuple[Ring, ...]:
    """Outlines of a rounded limb through its joints; `belly` swells the middle of each bone, as a share of its radius.

    One outline, or one for each part where a joint bends too sharply for one: fill each as a shape of its own.
    """
    parts: list[Ring] = []
    begun = 0
    for here in range(1, len(joints) - 1):
        if _bend(joints[here - 1], joints[here], joints[here + 1]) < SHARP:
            parts.append(_sleeve(joints[begun : here + 1], radii[begun : here + 1], belly, steps))
            begun = here
    parts.append(_sleeve(joints[begun:], radii[begun:], belly, steps))
    return tuple(parts)


def _bend(a: Point, b: Point, c: Point) -> float:
    ax, ay, bx, by = b[0] - a[0], b[1] - a[1], c[0] - b[0], c[1] - b[1]
    return (ax * bx + ay * by) / max(hypot(ax, ay) * hypot(bx, by), 1e-12)


def _sleeve(joints: Sequence[Point], radii: Sequence[float], belly: float, steps: int) -> Ring:
    left: list[Point] = []
    right: list[Point] = []
    last = len(joints) - 1
    for index, ((x, y), r) in enumerate(zip(joints, radii, strict=True)):
        before, after = joints[max(index - 1, 0)], joints[min(index + 1, last)]
        tx, ty = _unit(after[0] - x, after[1] - y)
        sx, sy = _unit(x - before[0], y - before[1])
        if index == 0:
            left.append((x - tx * r * 0.75 - ty * r * 0.7, y - ty * r * 0.75 + tx * r * 0.7))
            right.append((x - tx * r * 0.75 + ty * r * 0.7, y - ty * r * 0.75 - tx * r * 0.7))
            nx, ny = -ty, tx
        elif index == last:
            nx, ny = -sy, sx
        else:
            nx, ny = _unit(-(ty + sy), tx + sx)
        stretch = 1.0 if index in (0, last) else min(1.35, 1.0 / max(0.2, -nx * sy + ny * sx))
        left.append((x + nx * r * stretch, y + ny * r * stretch))
        right.append((x - nx * r * stretch, y - ny * r * stretch))
        if index < last:
            mx, my, mr = (x + after[0]) / 2, (y + after[1]) / 2, (r + radii[index + 1]) / 2 * (1 + belly)
            left.append((mx - ty * mr, my + tx * mr))
            right.append((mx + ty * mr, my - tx * mr))
        else:
            left.append((x + sx * r * 0.75 - sy * r * 0.7, y + sy * r * 0.75 + sx * r * 0.7))
            right.append((x + sx * r * 0.75 + sy * r * 0.7, y + sy * r * 0.75 - sx * r * 0.7))
    return smooth(left + right[::-1], steps)


def _unit(x: float, y: float) -> Point:
    length = hypot(x, y)
    return (x / length, y / length) if length > 1e-9 else (0.0, 1.0)


def ribbon(path: Path, widths: Sequence[float], steps: int = 5) -> Ring:
    """The outline of a band along a smooth open line; `widths` at even shares of it, the whole width each."""
    line = curve(path, steps)
    along = np.gradient(line, axis=0)
    length = np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-12)
    normal = np.stack([-along[:, 1] / length, along[:, 0] / length], axis=1)
    half = np.interp(np.linspace(0, 1, len(line)), np.linspace(0, 1, len(widths)), widths)[:, None] / 2
    return np.concatenate([line + normal * half, (line - normal * half)[::-1]])


def bar(a: Point, b: Point, width: float, end_width: float | None = None) -> Ring:
    """A straight bar from `a` to `b` with square ends, tapering to `end_width` where that is given."""
    tx, ty = _unit(b[0] - a[0], b[1] - a[1])
    p, q = width / 2, (width if end_width is None else end_width) / 2
    corners = [(a[0] - ty * p, a[1] + tx * p), (b[0] - ty * q, b[1] + tx * q)]
    corners += [(b[0] + ty * q, b[1] - tx * q), (a[0] + ty * p, a[1] - tx * p)]
    return np.array(corners, dtype=np.float64)


def elbow(start: Point, end: Point, upper: float, lower: float, side: float) -> tuple[Point, Point]:
    """Where a two-bone limb bends and where it ends; `side` 1 bends left of the line from start to end, -1 right.

    An end out of reach is drawn in to where the limb is all but straight.
    """
    dx, dy = end[0] - start[0], end[1] - start[1]
    distance = max(hypot(dx, dy), 1e-9)
    reach = min(max(distance, abs(upper - lower) * 1.02 + 1e-6), (upper + lower) * 0.998)
    cosine = (upper * upper + reach * reach - lower * lower) / (2 * upper * reach)
    angle = atan2(dy, dx) + side * acos(max(-1.0, min(1.0, cosine)))
    joint = (start[0] + upper * cos(angle), start[1] + upper * sin(angle))
    if reach == distance:
        return joint, end
    return joint, (start[0] + dx / distance * reach, start[1] + dy / distance * reach)


def sag(a: Point, b: Point, depth: float, points: int = 9) -> list[Point]:
    """A line that hangs from `a` to `b`, `depth` below the straight one at its middle."""
    shares = [index / (points - 1) for index in range(points)]
    return [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t - 4 * depth * t * (1 - t)) for t in shares]
