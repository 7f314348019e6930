"""A drawing while it is being drawn: shapes and lights collected from back to front, then scaled to metres."""

from collections.abc import Callable, Sequence
from math import cos, radians, sin

import numpy as np

from storyreel.animatic.figures.curves import Path, box, clockwise, ellipse, move, polygon, smooth
from storyreel.animatic.outline import Drawing, Glow, Ring, Shape, Tone


class Sketch:
    """Collects shapes in any unit; `drawing` or `fitted` makes the frozen result."""

    __slots__ = ("_glows", "_shapes")

    def __init__(self) -> None:
        self._shapes: list[Shape] = []
        self._glows: list[Glow] = []

    def fill(self, tone: Tone, *rings: Ring) -> None:
        """Each ring as a shape of its own, so that overlaps leave no holes."""
        self._shapes.extend(Shape((ring,), tone) for ring in rings)

    def cut(self, tone: Tone, outer: Ring, *holes: Ring) -> None:
        """One shape with holes, which run the other way round, so that either rule of filling leaves them open."""
        way = clockwise(outer)
        turned_holes = tuple(hole[::-1] if clockwise(hole) == way else hole for hole in holes)
        self._shapes.append(Shape((outer, *turned_holes), tone))

    def smooth(self, tone: Tone, path: Path, steps: int = 6) -> None:
        """A smooth closed area through the points."""
        self.fill(tone, smooth(path, steps))

    def flat(self, tone: Tone, path: Path) -> None:
        """A polygon."""
        self.fill(tone, polygon(path))

    def box(self, tone: Tone, left: float, bottom: float, right: float, top: float) -> None:
        """A rectangle."""
        self.fill(tone, box(left, bottom, right, top))

    def disc(self, tone: Tone, x: float, y: float, across: float, up: float | None = None, turn_deg: float = 0.0) -> None:
        """A circle or an ellipse."""
        self.fill(tone, ellipse(x, y, across, up, turn_deg=turn_deg))

    def glow(self, x: float, y: float, radius: float, strength: float = 1.0, *, beam: bool = False) -> None:
        """A soft light."""
        self._glows.append(Glow(x, y, radius, strength, beam))

    def add(self, other: Drawing, x: float = 0.0, y: float = 0.0, *, scale: float = 1.0, turn_deg: float = 0.0) -> None:
        """Another drawing, scaled, turned counter-clockwise about its own origin, its origin at (x, y)."""
        same = (x, y, scale, turn_deg) == (0.0, 0.0, 1.0, 0.0)
        self._shapes.extend(
            other.shapes if same else _changed(other.shapes, lambda every: move(every, x, y, scale=scale, turn_deg=turn_deg))
        )
        c, s = cos(radians(turn_deg)) * scale, sin(radians(turn_deg)) * scale
        for one in other.glows:
            place = (x + c * one.x_m - s * one.y_m, y + s * one.x_m + c * one.y_m)
            self._glows.append(Glow(*place, one.radius_m * scale, one.strength, one.beam))

    def drawing(self, scale: float = 1.0, *, x: float = 0.0, y: float = 0.0) -> Drawing:
        """What was collected, shifted by (x, y) in its own unit and then scaled to metres."""
        shift = np.array([x, y])
        same = (scale, x, y) == (1.0, 0.0, 0.0)
        shapes = tuple(self._shapes if same else _changed(self._shapes, lambda every: (every + shift) * scale))
        glows = tuple(
            Glow((one.x_m + x) * scale, (one.y_m + y) * scale, one.radius_m * scale, one.strength, one.beam)
            for one in self._glows
        )
        left, right, top = _reach(shapes)
        return Drawing(shapes, width_m=right - left, height_m=top, glows=glows)

    def fitted(self, height_m: float, of: float | None = None) -> Drawing:
        """What was collected, scaled so that it (or what measures `of` in it) is `height_m` high."""
        high = of if of is not None else max(float(ring[:, 1].max()) for one in self._shapes for ring in one.rings)
        return self.drawing(height_m / high)


def _changed(shapes: Sequence[Shape], change: Callable[[Ring], Ring]) -> list[Shape]:
    """The shapes after one change of all their points at once, which costs far less than a change of each ring."""
    rings = [ring for one in shapes for ring in one.rings]
    if not rings:
        return list(shapes)
    every, out, start = change(np.concatenate(rings)), list[Shape](), 0
    for one in shapes:
        moved: list[Ring] = []
        for ring in one.rings:
            moved.append(every[start : start + len(ring)])
            start += len(ring)
        out.append(Shape(tuple(moved), one.tone))
    return out


def _reach(shapes: Sequence[Shape]) -> tuple[float, float, float]:
    rings = [ring for one in shapes for ring in one.rings]
    every = np.concatenate(rings)
    low, high = every.min(axis=0), every.max(axis=0)
    return float(low[0]), float(high[0]), float(high[1])
