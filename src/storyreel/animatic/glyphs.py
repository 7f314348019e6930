"""Subjects that no family draws: outlines vendored from two icon sets, and some of our own. Credits: NOTICE.md."""

import json
from functools import cache, lru_cache
from importlib.resources import files
from typing import TypedDict

import numpy as np

from storyreel.animatic.outline import Drawing, Ring, Shape, Tone
from storyreel.animatic.svgpath import rings

_LINES = "fluent/"  # a set that draws by lines alone
_SEEN_THROUGH = frozenset({"fluent/goal-net", "fluent/snowflake"})


class Layer(TypedDict):
    """One painted path of an outline."""

    d: str  # path data, y down
    rule: str  # "nonzero" or "evenodd"
    tone: str


def keys() -> frozenset[str]:
    """The keys that `glyph` knows: "game-icons/kangaroo", "fluent/rice-ball", an own outline."""
    return frozenset(_layers())


@lru_cache(maxsize=512)
def glyph(key: str) -> Drawing:
    """An outline one metre tall, facing as it was drawn. Raises KeyError."""
    return drawing_of(_layers()[key], is_lines=key.startswith(_LINES) and key not in _SEEN_THROUGH)


def drawing_of(layers: list[Layer], *, is_lines: bool = False) -> Drawing:
    """Layers of path data, from back to front, as a drawing one metre tall; `is_lines`: they are but the lines of a body."""
    shapes = [shape for layer in layers for shape in _shapes(layer)]
    return _stand(_with_body(shapes) if is_lines else shapes)


def _with_body(shapes: list[Shape]) -> list[Shape]:
    """What lies within the outermost lines as a body, and the lines on it."""
    inner = [any(_lies_in(one.rings[0], other.rings[0]) for other in shapes if other is not one) for one in shapes]
    bodies = [Shape(one.rings[:1], Tone.BODY) for one, is_inner in zip(shapes, inner, strict=True) if not is_inner]
    return [
        *bodies,
        *(Shape(one.rings, Tone.SHADE) for one, is_inner in zip(shapes, inner, strict=True) if is_inner or len(one.rings) > 1),
    ]


@cache
def _layers() -> dict[str, list[Layer]]:
    found: dict[str, list[Layer]] = {}
    for name in ("vendored", "own"):
        found |= json.loads(files("storyreel.animatic").joinpath(f"glyphs/{name}.json").read_text(encoding="utf-8"))
    return found


def _shapes(layer: Layer) -> list[Shape]:
    """One shape for each outer ring, with its own holes: so overlapping parts add up, whichever way they were drawn."""
    found = rings(layer["d"])
    outers: list[tuple[Ring, list[Ring]]] = []
    holes: list[Ring] = []
    for ring in found:
        around = [other for other in found if other is not ring and _lies_in(ring, other)]
        before = _filled(around, layer["rule"])
        after = _filled([*around, ring], layer["rule"])
        if after and not before:
            outers.append((ring, []))
        elif before and not after:
            holes.append(ring)
    for hole in holes:
        owners = [outer for outer in outers if _lies_in(hole, outer[0])]
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


def _lies_in(ring: Ring, other: Ring) -> bool:
    """Whether a ring lies inside another; where they cross, whether most of it does."""
    low, high = other.min(axis=0), other.max(axis=0)
    if bool(np.any(ring.max(axis=0) < low) or np.any(ring.min(axis=0) > high)):
        return False
    samples = ring[:: max(1, len(ring) // 9)]
    x, y = samples[:, :1], samples[:, 1:]
    after = np.roll(other, -1, axis=0)
    spans = (other[:, 1] > y) != (after[:, 1] > y)
    height = np.where(after[:, 1] == other[:, 1], 1.0, after[:, 1] - other[:, 1])
    crossing = other[:, 0] + (y - other[:, 1]) / height * (after[:, 0] - other[:, 0])
    crossed = (spans & (crossing > x)).sum(axis=1, dtype=np.int64)
    return 2 * int(np.count_nonzero(crossed % 2)) > len(samples)


def _stand(shapes: list[Shape]) -> Drawing:
    points = np.concatenate([ring for shape in shapes for ring in shape.rings])
    low, high = points.min(axis=0), points.max(axis=0)
    scale = 1 / max(1e-9, float(high[1] - low[1]))
    origin = np.array([(low[0] + high[0]) / 2, high[1]])
    flip = np.array([scale, -scale])
    placed = [Shape(tuple((ring - origin) * flip for ring in shape.rings), shape.tone) for shape in shapes]
    return Drawing(tuple(placed), width_m=float(high[0] - low[0]) * scale, height_m=1.0)
