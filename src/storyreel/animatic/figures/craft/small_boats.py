"""Small craft on and under the water: rowing boat, raft, canoe, submarine."""

from math import cos, sin

from storyreel.animatic.figures.craft.riders import seat
from storyreel.animatic.figures.craft.sails import rolling
from storyreel.animatic.figures.curves import filleted
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import bar, limb, ribbon
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing, Tone
from storyreel.domain.storyboard import Pose

ROWBOAT_M = 0.85
"""From the keel to the top of the bow of a boat 4.1 m long; its side is half a metre high, its seat a third."""
CANOE_M = 0.62


def draw_rowboat(wish: Wish) -> Drawing:
    """A rowing boat with its oars; a canoe by variant; `holds` is who sits in it."""
    if wish.variant in {"canoe", "kayak", "gondola"}:
        return _canoe(wish)
    sketch = Sketch()
    pull = sin(wish.phase_s * 2.6) if wish.pose in {Pose.WALK, Pose.RUN, Pose.RIDE} else 0.3
    sketch.smooth(Tone.SHADE, [(-1.86, 0.66, 1), (0, 0.52), (2.05, 0.78, 1), (1.0, 0.40), (-1.2, 0.40)], 5)
    sketch.box(Tone.PALE, -0.72, 0.34, -0.08, 0.41)
    seat(sketch, wish.holds, -0.25, 0.36, ROWBOAT_M / wish.height_m, floor=0.02)
    hull = [(-1.90, 0.68, 1), (-1.1, 0.50), (0.2, 0.455), (1.3, 0.56), (2.20, 0.85, 1), (1.98, 0.32), (1.5, -0.1, 1),
            (-1.5, -0.1, 1), (-1.78, 0.26)]  # fmt: skip
    sketch.smooth(Tone.BODY, hull, 6)
    rim = [(-1.90, 0.665), (-1.1, 0.488), (0.2, 0.443), (1.3, 0.548), (2.18, 0.83)]
    sketch.fill(Tone.PALE, ribbon(rim, (0.028, 0.036, 0.028)))
    for drop in (0.15, 0.29):
        sketch.fill(Tone.SHADE, ribbon([(-1.78, 0.64 - drop), (0.2, 0.45 - drop), (2.05, 0.76 - drop)], (0.01, 0.022, 0.01)))
    _oar(sketch, pull, wish.phase_s)
    return rolling(sketch, ROWBOAT_M, wish, 2.0)


def _oar(sketch: Sketch, pull: float, phase_s: float) -> None:
    x, y = 0.38 - 0.85 * pull, -0.02 - 0.10 * cos(phase_s * 2.6)
    sketch.disc(Tone.SHADE, 0.20 - 0.05 * pull, 0.47, 0.045)
    sketch.fill(Tone.PALE, *limb(((0.05 + 0.3 * pull, 0.78), (x, y)), (0.026, 0.026)))
    sketch.smooth(Tone.PALE, [(x - 0.06, y + 0.10), (x + 0.10, y + 0.08), (x + 0.04, y - 0.16), (x - 0.10, y - 0.14)], 4)


def _canoe(wish: Wish) -> Drawing:
    sketch = Sketch()
    seat(sketch, wish.holds, -0.35, 0.22, CANOE_M / wish.height_m, floor=0.0)
    hull = [(-2.35, 0.56, 1), (-1.7, 0.38), (0, 0.315), (1.7, 0.38), (2.35, 0.62, 1), (2.15, 0.16), (1.4, -0.08), (-1.4, -0.08),
            (-2.15, 0.12)]  # fmt: skip
    sketch.smooth(Tone.BODY, hull, 6)
    sketch.fill(Tone.PALE, ribbon([(-2.2, 0.47), (0, 0.27), (2.2, 0.50)], (0.016, 0.036, 0.016)))
    return rolling(sketch, CANOE_M, wish, 2.2)


def draw_raft(wish: Wish) -> Drawing:
    """A raft of logs with a mast and a rag of sail; who is on it sits on a box."""
    sketch, unit = Sketch(), 2.6 / wish.height_m
    sketch.fill(Tone.SHADE, bar((0.1, 0.2), (0.05, 2.6), 0.09))
    bulge = 0.12 * sin(wish.phase_s * 1.6)
    sketch.smooth(
        Tone.PALE,
        [(0.02, 2.4, 1), (0.9 + bulge, 1.9), (1.05 + bulge, 1.2), (0.7, 0.75, 1), (0.05, 0.8, 1), (0.25 + bulge, 1.5)],
        5,
    )
    for k in range(6):
        sketch.disc(Tone.BODY if k % 2 else Tone.SHADE, -1.3 + 0.52 * k, 0.10, 0.27, 0.2)
    if wish.holds is not None:
        sketch.box(Tone.SHADE, -1.28, 0.30, -0.72, 0.70)
        seat(sketch, wish.holds, -0.98, 0.74, unit, floor=0.32)
    sketch.box(Tone.BODY, -1.75, 0.18, 1.75, 0.34)
    for x in (-1.2, 1.2):
        sketch.box(Tone.PALE, x - 0.05, 0.17, x + 0.05, 0.35)
    return rolling(sketch, 2.6, wish, 2.4)


def draw_submarine(wish: Wish) -> Drawing:
    """A submarine, its lamp lit."""
    sketch = Sketch()
    sketch.fill(Tone.SHADE, bar((1.2, 7.5), (1.2, 10.6), 0.4), bar((1.1, 10.5), (2.4, 10.5), 0.4))
    sketch.fill(Tone.BODY, filleted([(-2.6, 5.5), (-2.0, 8.6), (3.0, 8.6), (3.8, 5.5)], 0.6))
    sketch.smooth(Tone.SHADE, [(-13, 3.5), (-17, 7.0), (-15.4, 7.2), (-10.5, 4.4)], 4)
    sketch.smooth(Tone.SHADE, [(-13, 3.5), (-17, 0.2), (-15.4, 0.0), (-10.5, 2.4)], 4)
    sketch.smooth(
        Tone.BODY,
        [(17, 3.4), (14.5, 5.6), (9, 6.4), (-6, 6.3), (-13, 4.6), (-16, 3.5), (-13, 2.2), (-6, 0.7), (9, 0.6), (14.5, 1.4)],
        7,
    )
    sketch.smooth(Tone.ACCENT, [(16.4, 2.8), (9, 2.3), (-6, 2.3), (-14.6, 2.9), (-13, 2.2), (-6, 0.7), (9, 0.6), (14.5, 1.4)], 6)
    for x in (-6, -1.5, 3, 7.5):
        sketch.disc(Tone.SHADE, x, 4.2, 1.05)
        sketch.disc(Tone.WINDOW, x, 4.2, 0.75)
    sketch.disc(Tone.GLOW, 15.4, 3.6, 0.7, 0.9)
    sketch.glow(16.5, 3.6, 4.0, 0.9)
    span = 2.2 * abs(cos(wish.phase_s * 7)) + 0.3
    sketch.disc(Tone.SHADE, -16.6, 3.5, 0.3, span)
    return sketch.fitted(wish.height_m)
