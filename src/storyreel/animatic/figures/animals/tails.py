"""Tails, from a wolf's brush to a mouse's whip."""

from collections.abc import Mapping
from math import cos, pi, radians, sin

from storyreel.animatic.figures.animals.breed import Breed
from storyreel.animatic.figures.curves import Point
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import ribbon
from storyreel.animatic.outline import Tone

WIDTHS: Mapping[str, tuple[float, ...]] = {
    "bushy": (0.09, 0.14, 0.16, 0.13, 0.01),
    "brush": (0.08, 0.17, 0.24, 0.22, 0.02),
    "thin": (0.075, 0.062, 0.055, 0.050, 0.030),
    "tuft": (0.055, 0.036, 0.030, 0.030, 0.028),
    "stub": (0.14, 0.12, 0.03),
    "puff": (0.14, 0.24, 0.14),
    "curl": (0.050, 0.040, 0.020),
    "horse": (0.09, 0.13, 0.16, 0.15, 0.02),
    "whip": (0.06, 0.035, 0.025, 0.012),
    "plume": (0.16, 0.34, 0.42, 0.36, 0.10),
}
CURVE: Mapping[str, float] = {"thin": 0.9, "plume": -1.5, "horse": -0.25, "bushy": 0.35, "brush": 0.30, "curl": 5.0, "whip": 0.7}
"""How much a tail turns upwards along its length, in radians."""


def draw_tail(sketch: Sketch, breed: Breed, root: Point, turn_deg: float, phase_s: float) -> None:
    """A tail from its root, wagging gently."""
    x, y = root
    angle = radians(180 - breed.tail_deg + turn_deg)
    wave = 0.18 * sin(phase_s * 2.4)
    turn = -CURVE.get(breed.tail, 0.1)
    line: list[Point] = [(x + 0.11, y - 0.05), (x + 0.04, y)]
    pieces = 7
    for k in range(pieces):
        bend = angle + turn * (k / pieces) ** 1.3 + wave * sin(pi * k / pieces + phase_s * 1.5) * 0.6
        x, y = x + breed.tail_long / pieces * cos(bend), max(0.02, y + breed.tail_long / pieces * sin(bend))
        line.append((x, y))
    widths = WIDTHS[breed.tail]
    sketch.fill(Tone.SHADE if breed.tail == "horse" else Tone.BODY, ribbon(line, widths, 3))
    if breed.tail == "tuft":
        sketch.fill(Tone.SHADE, ribbon(line[-3:], (0.03, 0.09, 0.10, 0.01), 4))
    if breed.extra == "fox":
        sketch.fill(Tone.PALE, ribbon(line[-3:], (0.20, 0.17, 0.02), 4))
