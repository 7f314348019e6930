"""Turns rings so that a rasteriser that fills by winding leaves the same holes as the even-odd rule."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from storyreel.animatic.outline import Drawing, Ring, Shape


def wound(drawing: Drawing) -> Drawing:
    """The same drawing, every ring that lies inside an odd number of others turned the other way round."""
    if all(len(shape.rings) == 1 for shape in drawing.shapes):
        return drawing
    return replace(drawing, shapes=tuple(Shape(_turned(shape.rings), shape.tone) for shape in drawing.shapes))


def _turned(rings: tuple[Ring, ...]) -> tuple[Ring, ...]:
    if len(rings) < 2:
        return rings
    out: list[Ring] = []
    for ring in rings:
        depth = sum(_inside(ring[0], other) for other in rings if other is not ring)
        x, y = ring[:, 0], ring[:, 1]
        area = float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1]) + x[-1] * y[0] - x[0] * y[-1])
        out.append(ring if (area > 0) == (depth % 2 == 0) else ring[::-1])
    return tuple(out)


def _inside(point: NDArray[np.float64], ring: Ring) -> bool:
    x, y = ring[:, 0], ring[:, 1]
    x2, y2 = np.roll(x, -1), np.roll(y, -1)
    crosses = (y > point[1]) != (y2 > point[1])
    if not crosses.any():
        return False
    at = x[crosses] + (point[1] - y[crosses]) * (x2[crosses] - x[crosses]) / (y2[crosses] - y[crosses])
    return bool(np.count_nonzero(at > point[0]) % 2)
