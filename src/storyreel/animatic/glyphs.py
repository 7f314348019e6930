"""Subjects that no family draws: outlines vendored from two icon sets, and some of our own. Credits: NOTICE.md."""

import json
from functools import cache, lru_cache
from importlib.resources import files
from typing import TypedDict

import numpy as np

from storyreel.animatic.outline import Drawing, Ring, Shape, Tone
from storyreel.animatic.svgpath import rings


class _Layer(TypedDict):
    d: str  # path data, y down
    rule: str  # "nonzero" or "evenodd"
    tone: str


def keys() -> frozenset[str]:
    """The keys that `glyph` knows: "game-icons/camel", "fluent/giraffe#solid", "own/ladder"."""
    return frozenset(_layers())


@lru_cache(maxsize=512)
def glyph(key: str) -> Drawing:
    """A vendored outline one metre tall, facing as it was drawn. Raises KeyError.

    A key that ends in "#solid" has its openings filled, which makes a silhouette of line art.
    """
    solid = key.endswith("#solid")
    shapes = [shape for layer in _layers()[key] for shape in _shapes(layer, solid=solid)]
    return _stand(shapes)


@cache
def _layers() -> dict[str, list[_Layer]]:
    found: dict[str, list[_Layer]] = {}
    for name in ("vendored", "own"):
        found |= json.loads(files("storyreel.animatic").joinpath(f"glyphs/{name}.json").read_text(encoding="utf-8"))
    return found


def _shapes(layer: _Layer, *, solid: bool) -> list[Shape]:
    """One shape for each outer ring, with its own holes: so overlapping parts add up, whichever way they were drawn."""
    found = rings(layer["d"])
    inside = [_inner_point(ring) for ring in found]
    outers: list[tuple[Ring, list[Ring]]] = []
    holes: list[tuple[Ring, tuple[float, float]]] = []
    for at, ring in enumerate(found):
        around = [other for k, other in enumerate(found) if k != at and _contains(other, inside[at])]
        before = _filled(around, layer["rule"])
        after = _filled([*around, ring], layer["rule"])
        if after and not before:
            outers.append((ring, []))
        elif before and not after:
            holes.append((ring, inside[at]))
    for hole, point in () if solid else holes:
        owners = [outer for outer in outers if _contains(outer[0], point)]
        if owners:
            min(owners, key=lambda outer: abs(_area(outer[0])))[1].append(hole)
    tone = Tone(layer["tone"])
    return [Shape((outer, *own), tone) for outer, own in outers]


def _filled(around: list[Ring], rule: str) -> bool:
    if rule == "evenodd":
        return len(around) % 2 == 1
    return sum(1 if _area(ring) > 0 else -1 for ring in around) != 0


def _area(ring: Ring) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2


def _contains(ring: Ring, point: tuple[float, float]) -> bool:
    return bool(np.count_nonzero(_crossings(ring, point[1]) > point[0]) % 2)


def _crossings(ring: Ring, y: float) -> Ring:
    """Where a ring crosses a horizontal line: the x of each crossing, sorted."""
    after = np.roll(ring, -1, axis=0)
    hit = (ring[:, 1] > y) != (after[:, 1] > y)
    one, other = ring[hit], after[hit]
    return np.sort(one[:, 0] + (y - one[:, 1]) / (other[:, 1] - one[:, 1]) * (other[:, 0] - one[:, 0]))


def _inner_point(ring: Ring) -> tuple[float, float]:
    """A point well inside a ring: the middle of the widest stretch of a few lines across it."""
    low, high = float(ring[:, 1].min()), float(ring[:, 1].max())
    best, found = -1.0, (float(ring[0, 0]), float(ring[0, 1]))
    for part in (0.4831, 0.2713, 0.7419):  # odd parts miss corners, which lie on round numbers
        y = low + part * (high - low)
        across = _crossings(ring, y)
        for left, right in zip(across[::2], across[1::2], strict=False):
            if right - left > best:
                best, found = float(right - left), (float(left + right) / 2, y)
    return found


def _stand(shapes: list[Shape]) -> Drawing:
    points = np.concatenate([ring for shape in shapes for ring in shape.rings])
    low, high = points.min(axis=0), points.max(axis=0)
    scale = 1 / max(1e-9, float(high[1] - low[1]))
    origin = np.array([(low[0] + high[0]) / 2, high[1]])
    placed = tuple(Shape(tuple((ring - origin) * (scale, -scale) for ring in shape.rings), shape.tone) for shape in shapes)
    return Drawing(placed, width_m=float(high[0] - low[0]) * scale, height_m=1.0)
