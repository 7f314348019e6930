"""Closed and open lines in metres: smooth curves through points, ellipses, boxes, and what moves them."""

from collections.abc import Sequence
from functools import lru_cache
from math import cos, pi, radians, sin
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from storyreel.animatic.outline import Ring

Point: TypeAlias = tuple[float, float]

Path: TypeAlias = Sequence[Sequence[float]]
"""Points (x, y), or (x, y, 1) where the line turns sharply."""


@lru_cache(maxsize=16)
def _weights(steps: int) -> NDArray[np.float64]:
    t = np.arange(steps) / steps
    t2, t3 = t * t, t * t * t
    return np.stack([2 * t3 - 3 * t2 + 1, t3 - 2 * t2 + t, 3 * t2 - 2 * t3, t3 - t2], axis=1)


def smooth(path: Path, steps: int = 6) -> Ring:
    """A closed curve through the points of `path`, flattened to `steps` pieces between two points."""
    points, soft = _read(path)
    return _hermite(points, _next(points), _directions(points, soft, closed=True), steps, closed=True)


def curve(path: Path, steps: int = 6) -> Ring:
    """An open curve through the points of `path`; both ends are kept."""
    points, soft = _read(path)
    flat = _hermite(points[:-1], points[1:], _directions(points, soft, closed=False), steps, closed=False)
    return np.concatenate([flat, points[-1:]])


def _read(path: Path) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    points = np.array([(one[0], one[1]) for one in path], dtype=np.float64)
    soft = np.array([0.0 if len(one) > 2 and one[2] else 1.0 for one in path])
    return points, soft


def _directions(points: NDArray[np.float64], soft: NDArray[np.float64], *, closed: bool) -> NDArray[np.float64]:
    """Unit tangents, zero at corners, so that a corner stays sharp."""
    if closed:
        along = _next(points) - _previous(points)
    else:
        along = np.empty_like(points)
        along[1:-1] = points[2:] - points[:-2]
        along[0], along[-1] = points[1] - points[0], points[-1] - points[-2]
    length = np.hypot(along[:, 0], along[:, 1])
    return along * (soft / np.maximum(length, 1e-12))[:, None]


def _hermite(
    start: NDArray[np.float64], end: NDArray[np.float64], tangents: NDArray[np.float64], steps: int, *, closed: bool
) -> Ring:
    span = end - start
    length = np.hypot(span[:, 0], span[:, 1])[:, None]
    leave = tangents if closed else tangents[:-1]
    arrive = _next(tangents) if closed else tangents[1:]
    corners = np.empty((len(start), 4, 2))
    corners[:, 0], corners[:, 1], corners[:, 2], corners[:, 3] = start, leave * length, end, arrive * length
    flat: Ring = np.matmul(_weights(steps), corners).reshape(-1, 2)
    return flat


def _next(row: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of each point of a closed line, the one after it; `np.roll` takes ten times as long over so few."""
    return row.take(_turned(len(row), 1), axis=0)


def _previous(row: NDArray[np.float64]) -> NDArray[np.float64]:
    return row.take(_turned(len(row), -1), axis=0)


@lru_cache(maxsize=256)
def _turned(count: int, by: int) -> NDArray[np.intp]:
    return (np.arange(count) + by) % count


def polygon(path: Path) -> Ring:
    """A closed line with straight sides."""
    return np.array([(one[0], one[1]) for one in path], dtype=np.float64)


def box(left: float, bottom: float, right: float, top: float) -> Ring:
    """An upright rectangle."""
    return np.array([(left, bottom), (right, bottom), (right, top), (left, top)], dtype=np.float64)


def arc(x: float, y: float, radius: float, start_deg: float, end_deg: float, points: int = 12) -> Ring:
    """Part of a circle as an open line, counter-clockwise where `end_deg` is the larger."""
    angles = np.linspace(radians(start_deg), radians(end_deg), points)
    return np.stack([x + radius * np.cos(angles), y + radius * np.sin(angles)], axis=1)


@lru_cache(maxsize=32)
def _circle(points: int) -> Ring:
    angles = np.linspace(0, 2 * pi, points, endpoint=False)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1)


def ellipse(x: float, y: float, across: float, up: float | None = None, *, turn_deg: float = 0.0, points: int = 24) -> Ring:
    """An ellipse of half-widths `across` and `up` (the same where left out), turned counter-clockwise."""
    flat: Ring = _circle(points) * np.array([across, across if up is None else up])
    return move(flat, x, y, turn_deg=turn_deg)


def move(ring: Ring, x: float = 0.0, y: float = 0.0, *, scale: float = 1.0, turn_deg: float = 0.0, mirror: bool = False) -> Ring:
    """The ring mirrored left to right, scaled, turned counter-clockwise about the origin, then shifted."""
    a = radians(turn_deg)
    c, s = scale * cos(a), scale * sin(a)
    flip = -1.0 if mirror else 1.0
    return ring @ np.array([[c * flip, s * flip], [-s, c]]) + np.array([x, y])


def mirrored(half: Path) -> list[tuple[float, float, int]]:
    """A whole path from its right half, listed from top to bottom; points on the axis are not doubled."""
    right = [(one[0], one[1], int(one[2]) if len(one) > 2 else 0) for one in half]
    return right + [(-x, y, corner) for x, y, corner in reversed(right) if x != 0.0]


def hull(points: Sequence[Point]) -> list[Point]:
    """The smallest convex outline around the points, counter-clockwise."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered

    def half(row: Sequence[Point]) -> list[Point]:
        kept: list[Point] = []
        for x, y in row:
            while len(kept) > 1 and _left_of(kept[-2], kept[-1], (x, y)) <= 0:
                kept.pop()
            kept.append((x, y))
        return kept[:-1]

    return half(ordered) + half(ordered[::-1])


def _left_of(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def filleted(path: Path, radius: float, steps: int = 4) -> Ring:
    """A polygon whose corners are rounded by about `radius`."""
    points = np.array([(one[0], one[1]) for one in path], dtype=np.float64)
    before, after = _previous(points) - points, _next(points) - points
    reach = [np.minimum(radius / np.maximum(np.hypot(v[:, 0], v[:, 1]), 1e-9), 0.48)[:, None] for v in (before, after)]
    enter, leave = points + before * reach[0], points + after * reach[1]
    t = (np.arange(steps + 1) / steps)[None, :, None]
    corners = (1 - t) ** 2 * enter[:, None] + 2 * t * (1 - t) * points[:, None] + t * t * leave[:, None]
    flat: Ring = corners.reshape(-1, 2)
    return flat


def clockwise(ring: Ring) -> bool:
    """Which way round a ring runs."""
    x, y = ring[:, 0], ring[:, 1]
    return float(np.dot(x, _next(y)) - np.dot(y, _next(x))) < 0
