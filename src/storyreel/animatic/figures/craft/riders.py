"""Who rides in or on a craft, at true scale."""

import numpy as np

from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.outline import Drawing, Shape

SEAT = 0.30
"""Where a seated body's hips are above the soles of its feet, as a share of its standing height."""


def seat(sketch: Sketch, rider: Drawing | None, x: float, height: float, unit: float, *, floor: float | None = None) -> None:
    """Add a seated rider, hips at (x, height); `unit` turns metres into the sketch's; no foot goes below `floor`."""
    if rider is None:
        return
    low = height - SEAT * rider.height_m * unit
    if floor is not None and low < floor:
        rest = (floor - low) / unit
        shapes = tuple(Shape(tuple(np.maximum(ring, (-np.inf, rest)) for ring in one.rings), one.tone) for one in rider.shapes)
        rider = Drawing(shapes, rider.width_m, rider.height_m, rider.glows)
    sketch.add(rider, x, low, scale=unit)
