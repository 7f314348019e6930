"""Small craft on and under the water: rowing boat, raft, canoe, submarine."""

from math import cos, sin

from storyreel.animatic.figures.craft.sails import rolling
from storyreel.animatic.figures.curves import filleted, smooth
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import bar, limb, ribbon
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing, Tone
from storyreel.domain.storyboard import Pose

SEAT = 0.30


def draw_rowboat(wish: Wish) -> Drawing:
    """A rowing boat with its oars; a canoe by variant; `holds` is who sits in it."""
    sketch = Sketch()
    canoe = wish.variant in {"canoe", "kayak", "gondola"}
    pull = sin(wish.phase_s * 2.6) if wish.pose in {Pose.WALK, Pose.RUN, Pose.RIDE} else 0.3
    if wish.holds is not None:
        unit = (0.95 if canoe else 1.15) / wish.height_m
        sketch.add(wish.holds, -0.25, 0.30 - SEAT * wish.holds.height_m * unit, scale=unit)
    if canoe:
        sketch.smooth(
            Tone.BODY,
            [
                (-2.5, 0.82, 1),
                (-1.8, 0.52),
                (0, 0.42),
                (1.8, 0.52),
                (2.5, 0.95, 1),
                (2.2, 0.2),
                (1.4, -0.1),
                (-1.4, -0.1),
                (-2.2, 0.15),
            ],
            6,
        )
        sketch.fill(Tone.PALE, ribbon([(-2.3, 0.62), (0, 0.34), (2.3, 0.68)], (0.02, 0.05, 0.02)))
        return rolling(sketch, 0.95, wish, 2.2)
    sketch.smooth(Tone.SHADE, [(-1.9, 0.78, 1), (0, 0.58), (2.1, 0.86, 1), (1.0, 0.5), (-1.2, 0.5)], 5)
    sketch.box(Tone.PALE, -0.75, 0.44, -0.05, 0.52)
    hull = [
        (-1.95, 0.80, 1),
        (-1.1, 0.56),
        (0.2, 0.50),
        (1.3, 0.62),
        (2.25, 0.95, 1),
        (2.0, 0.35),
        (1.5, -0.1, 1),
        (-1.5, -0.1, 1),
        (-1.8, 0.3),
    ]
    sketch.smooth(Tone.BODY, hull, 6)
    for drop in (0.16, 0.32):
        sketch.fill(Tone.SHADE, ribbon([(-1.82, 0.74 - drop), (0.2, 0.49 - drop), (2.1, 0.84 - drop)], (0.01, 0.025, 0.01)))
    end = (0.35 - 0.9 * pull, -0.02 - 0.12 * cos(wish.phase_s * 2.6))
    sketch.fill(Tone.PALE, *limb(((0.05 + 0.3 * pull, 0.86), end), (0.03, 0.03)))
    sketch.fill(
        Tone.PALE,
        smooth(
            [
                (end[0] - 0.06, end[1] + 0.10),
                (end[0] + 0.10, end[1] + 0.08),
                (end[0] + 0.04, end[1] - 0.16),
                (end[0] - 0.10, end[1] - 0.14),
            ],
            4,
        ),
    )
    return rolling(sketch, 1.15, wish, 2.0)


def draw_raft(wish: Wish) -> Drawing:
    """A raft of logs with a mast and a rag of sail."""
    sketch = Sketch()
    sketch.fill(Tone.SHADE, bar((0.1, 0.2), (0.05, 2.6), 0.09))
    bulge = 0.12 * sin(wish.phase_s * 1.6)
    sketch.smooth(
        Tone.PALE,
        [(0.02, 2.4, 1), (0.9 + bulge, 1.9), (1.05 + bulge, 1.2), (0.7, 0.75, 1), (0.05, 0.8, 1), (0.25 + bulge, 1.5)],
        5,
    )
    for k in range(6):
        sketch.disc(Tone.BODY if k % 2 else Tone.SHADE, -1.3 + 0.52 * k, 0.10, 0.27, 0.2)
    sketch.box(Tone.BODY, -1.75, 0.18, 1.75, 0.34)
    if wish.holds is not None:
        sketch.add(wish.holds, -0.7, 0.34, scale=2.6 / wish.height_m)
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
