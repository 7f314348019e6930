"""What flies: plane, helicopter, balloon, airship, rocket, spaceship, saucer, satellite, drone."""

from math import cos, pi, sin

from storyreel.animatic.figures.curves import ellipse, filleted, mirrored
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import bar, ribbon
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing, Tone
from storyreel.domain.storyboard import Pose


def draw_plane(wish: Wish) -> Drawing:
    """An airliner; one with propeller and two wings where the variant is `biplane` or `propeller`; a jet for `jet`."""
    sketch = Sketch()
    if wish.variant in {"biplane", "propeller", "small"}:
        return _biplane(sketch, wish).fitted(wish.height_m)
    sketch.smooth(Tone.SHADE, [(1.0, 2.0), (-1.4, 3.5), (-2.4, 3.6), (-1.6, 2.0)], 4)
    sketch.smooth(Tone.ACCENT, [(-7.3, 2.3, 1), (-9.2, 5.3), (-8.2, 5.4), (-5.4, 2.6, 1)], 4)
    sketch.smooth(
        Tone.PALE,
        [
            (9.0, 1.75),
            (8.2, 2.35),
            (6.6, 2.75),
            (-5.0, 2.75),
            (-8.4, 2.35),
            (-9.0, 2.05),
            (-8.0, 1.75),
            (-5.0, 1.05),
            (6.4, 0.95),
            (8.4, 1.25),
        ],
        6,
    )
    sketch.smooth(Tone.SHADE, [(-6.4, 2.2), (-9.0, 3.0), (-8.2, 2.2)], 4)
    sketch.box(Tone.ACCENT, -7.6, 1.62, 8.4, 1.80)
    for k in range(22):
        sketch.fill(
            Tone.WINDOW,
            filleted(
                [(-5.6 + 0.56 * k, 2.08), (-5.6 + 0.56 * k, 2.38), (-5.36 + 0.56 * k, 2.38), (-5.36 + 0.56 * k, 2.08)], 0.05
            ),
        )
    sketch.smooth(Tone.WINDOW, [(7.5, 2.2, 1), (7.6, 2.5), (8.05, 2.38), (8.4, 2.15, 1)], 3)
    sketch.fill(Tone.BODY, filleted([(0.6, 0.35), (0.6, 1.0), (2.5, 1.05), (2.5, 0.3)], 0.25))
    sketch.smooth(Tone.BODY, [(2.4, 1.4), (-1.6, 0.2), (-3.2, -0.1), (-2.6, 0.5), (-0.9, 1.5)], 4)
    blink = 0.5 + 0.5 * sin(wish.phase_s * 5)
    sketch.glow(-3.2, 0.0, 1.2, blink)
    sketch.glow(8.6, 1.6, 1.0, 0.4)
    return sketch.drawing(wish.height_m / 5.5, y=0.15)


def _biplane(sketch: Sketch, wish: Wish) -> Sketch:
    sketch.smooth(Tone.ACCENT, [(-4.2, 1.8, 1), (-4.9, 3.1), (-4.2, 3.2), (-3.2, 2.0, 1)], 4)
    sketch.smooth(
        Tone.BODY, [(2.5, 2.3), (1.2, 2.55), (-0.6, 2.5), (-4.5, 2.05), (-4.4, 1.75), (-0.6, 1.3), (1.6, 1.2), (2.5, 1.5)], 5
    )
    for y, shift in ((3.35, 0.15), (1.35, -0.1)):
        sketch.smooth(
            Tone.PALE,
            [
                (2.0 + shift, y + 0.05),
                (1.7 + shift, y + 0.2),
                (-0.4 + shift, y + 0.15),
                (-0.6 + shift, y),
                (0.8 + shift, y - 0.05),
            ],
            4,
        )
    sketch.fill(Tone.SHADE, bar((0.0, 1.45), (0.15, 3.35), 0.06), bar((1.4, 1.4), (1.6, 3.35), 0.06))
    sketch.disc(Tone.SKIN, -0.85, 2.78, 0.26)
    sketch.smooth(Tone.SHADE, [(-1.15, 2.7), (-1.1, 3.0), (-0.8, 3.1), (-0.6, 2.9), (-0.9, 2.85)], 4)
    sketch.fill(Tone.SHADE, bar((0.9, 1.3), (1.1, 0.4), 0.08))
    sketch.disc(Tone.SHADE, 1.1, 0.4, 0.4)
    sketch.fill(Tone.PALE, ellipse(2.72, 1.9, 0.07, 0.35 + 1.0 * abs(cos(wish.phase_s * 30))))
    sketch.disc(Tone.SHADE, 2.6, 1.9, 0.22)
    return sketch


def draw_helicopter(wish: Wish) -> Drawing:
    """A helicopter, its rotor turning."""
    sketch = Sketch()
    sketch.smooth(Tone.BODY, [(-0.9, 2.2), (-5.6, 2.5), (-6.3, 3.4), (-5.9, 3.45), (-5.3, 2.85), (-0.8, 2.85)], 5)
    sketch.smooth(
        Tone.ACCENT,
        [(2.3, 1.25), (2.1, 2.1), (1.3, 2.85), (0.2, 3.1), (-1.0, 2.95), (-1.6, 2.3), (-1.2, 1.2), (0.2, 0.8), (1.7, 0.85)],
        6,
    )
    sketch.smooth(Tone.WINDOW, [(2.15, 1.45), (1.95, 2.1), (1.3, 2.65), (0.75, 2.6), (0.75, 1.5)], 5)
    sketch.fill(Tone.WINDOW, filleted([(-0.5, 1.7), (-0.5, 2.5), (0.4, 2.5), (0.4, 1.7)], 0.1))
    for x in (-0.7, 1.1):
        sketch.fill(Tone.SHADE, bar((x, 0.9), (x, 0.25), 0.1))
    sketch.fill(Tone.SHADE, ribbon([(-1.5, 0.18), (1.7, 0.18), (2.1, 0.4)], (0.1, 0.1)), bar((0.1, 3.0), (0.1, 3.6), 0.16))
    span = 4.6 * (0.35 + 0.65 * abs(cos(wish.phase_s * 23 + 0.4)))
    sketch.fill(Tone.SHADE, ellipse(0.1, 3.65, span, 0.07), ellipse(0.1, 3.65, 4.6 - 0.5 * span, 0.05))
    sketch.fill(Tone.PALE, ellipse(-6.1, 3.2, 0.7 * abs(cos(wish.phase_s * 31)) + 0.1, 0.7 * abs(sin(wish.phase_s * 31)) + 0.1))
    sketch.glow(2.2, 1.1, 1.6, 0.8)
    sketch.glow(-6.2, 3.4, 0.7, 0.5 + 0.5 * sin(wish.phase_s * 6))
    return sketch.fitted(wish.height_m, of=3.75)


def draw_balloon(wish: Wish) -> Drawing:
    """A hot-air balloon with its basket; the burner glows."""
    sketch = Sketch()
    for k in range(7):
        f0, f1 = -1 + 2 * k / 7, -1 + 2 * (k + 1) / 7
        gore = [(0, 22, 1), (6.0, 20.6), (8.4, 15.5), (6.6, 9.6), (1.6, 4.6, 1)]
        a, b = [(x * sin(f0 * pi / 2), y, *c) for x, y, *c in gore], [(x * sin(f1 * pi / 2), y, *c) for x, y, *c in gore]
        sketch.smooth((Tone.ACCENT, Tone.PALE)[k % 2], [*a, *b[::-1][:-1]], 6)
    for x in (-1.3, -0.45, 0.45, 1.3):
        sketch.fill(Tone.SHADE, bar((x * 1.2, 4.7), (x * 0.7, 1.8), 0.07))
    flare = 0.5 + 0.5 * sin(wish.phase_s * 2.0)
    sketch.smooth(Tone.GLOW, [(-0.22, 3.1), (0, 3.8 + 0.6 * flare, 1), (0.22, 3.1), (0, 2.9)], 4)
    sketch.glow(0, 5.0, 6.0, 0.35 + 0.4 * flare)
    sketch.fill(Tone.BODY, filleted([(-1.0, 1.9), (-0.85, 0.0), (0.85, 0.0), (1.0, 1.9)], 0.2))
    sketch.box(Tone.SHADE, -1.1, 1.75, 1.1, 2.0)
    for y in (0.5, 0.95, 1.4):
        sketch.box(Tone.SHADE, -0.9, y, 0.9, y + 0.08)
    for x in (-0.4, 0.35):
        sketch.disc(Tone.SHADE, x, 2.45, 0.26)
        sketch.box(Tone.SHADE, x - 0.3, 1.9, x + 0.3, 2.25)
    return sketch.fitted(wish.height_m)


def draw_airship(wish: Wish) -> Drawing:
    """An airship."""
    sketch = Sketch()
    for y in (9.5, 2.5):
        sketch.smooth(Tone.SHADE, [(-13, 6), (-17.5, y), (-15.2, y), (-9, 6)], 4)
    sketch.smooth(
        Tone.PALE, [(17, 6), (12, 9.2), (2, 10.4), (-8, 9.2), (-16.5, 6.2), (-16.5, 5.8), (-8, 2.8), (2, 1.8), (12, 2.8)], 7
    )
    for y in (7.6, 4.4):
        sketch.fill(
            Tone.BODY, ribbon([(-15.5, 6 + (y - 6) * 0.2), (0, y + (y - 6) * 0.3), (16, 6 + (y - 6) * 0.2)], (0.08, 0.16, 0.08))
        )
    sketch.fill(Tone.BODY, filleted([(-3.5, 0.2), (-4.2, 2.1), (5.2, 2.0), (4.4, 0.2)], 0.4))
    for k in range(7):
        sketch.fill(Tone.WINDOW, filleted([(-3.0 + k, 0.8), (-3.0 + k, 1.5), (-2.4 + k, 1.5), (-2.4 + k, 0.8)], 0.1))
    sketch.glow(0.5, 1.1, 3.0, 0.5)
    return sketch.fitted(wish.height_m)


def draw_rocket(wish: Wish) -> Drawing:
    """A rocket; under way it stands on its flame."""
    sketch = Sketch()
    if wish.pose in {Pose.FLY, Pose.RUN, Pose.WALK}:
        flick = 0.5 * sin(wish.phase_s * 31) + 0.3 * sin(wish.phase_s * 47)
        sketch.smooth(Tone.ACCENT, mirrored([(0, 2.4), (1.3, 1.4), (1.1, -1.5), (0.0, -6.0 - flick, 1)]), 6)
        sketch.smooth(Tone.GLOW, mirrored([(0, 2.2), (0.8, 1.2), (0.6, -0.8), (0.0, -3.4 + flick, 1)]), 6)
        sketch.glow(0, -1.5, 9.0, 1.0)
    sketch.smooth(Tone.SHADE, mirrored([(0, 3.0), (0.8, 2.8), (1.2, 1.4, 1), (0.0, 1.4)]), 4)
    for side in (-1, 1):
        sketch.smooth(
            Tone.ACCENT,
            [(1.6 * side, 9.5, 1), (3.6 * side, 5.5), (4.0 * side, 0.0, 1), (2.6 * side, 2.4), (1.5 * side, 3.0, 1)],
            5,
        )
    sketch.smooth(Tone.PALE, mirrored([(0, 29.5, 1), (1.2, 26.5), (2.3, 20.5), (2.45, 12), (1.7, 2.6, 1), (0, 2.6)]), 6)
    sketch.smooth(Tone.ACCENT, mirrored([(0, 29.5, 1), (0.75, 27.6), (1.55, 24.8, 1), (0, 24.4)]), 5)
    sketch.box(Tone.SHADE, -2.4, 10.6, 2.4, 11.3)
    sketch.fill(Tone.ACCENT, bar((0, 1.4), (0, 8.0), 0.7, 0.3))
    for y in (20.5, 16.4):
        sketch.disc(Tone.SHADE, 0, y, 1.1)
        sketch.disc(Tone.WINDOW, 0, y, 0.8)
    return sketch.fitted(wish.height_m, of=29.5)


def draw_spaceship(wish: Wish) -> Drawing:
    """A star ship; a flying saucer where the variant is `ufo`; a ring with panels where it is `station`."""
    sketch = Sketch()
    if wish.variant in {"ufo", "saucer"}:
        return _saucer(sketch, wish).drawing(wish.height_m / 5.4)
    if wish.variant in {"station", "satellite"}:
        return _station(sketch).fitted(wish.height_m)
    sketch.smooth(Tone.SHADE, [(-2, 4.2), (-7.5, 7.0), (-9.0, 6.8), (-6.8, 4.0)], 5)
    sketch.smooth(
        Tone.BODY, [(13, 3.6), (9, 4.9), (3, 5.6), (-4, 5.5), (-8, 4.8), (-8.4, 2.9), (-4, 2.2), (4, 2.3), (10, 2.8)], 7
    )
    sketch.smooth(Tone.PALE, [(12.2, 3.45), (6, 3.3), (-8, 3.2), (-8.2, 2.9), (-4, 2.3), (4, 2.4), (10, 2.9)], 6)
    sketch.smooth(Tone.WINDOW, [(4.0, 5.4, 1), (5.6, 5.15), (8.6, 4.85), (9.8, 4.5, 1), (7.0, 4.5), (4.8, 4.7)], 4)
    sketch.smooth(Tone.BODY, [(1.5, 2.9), (-5.2, 0.4), (-8.2, 0.0), (-7.2, 1.2), (-4.2, 3.1)], 5)
    for k in range(9):
        sketch.disc(Tone.WINDOW, -5.6 + 1.1 * k, 4.2, 0.2)
    burn = 0.4 * sin(wish.phase_s * 23)
    sketch.box(Tone.SHADE, -9.2, 3.1, -8.2, 4.6)
    sketch.smooth(Tone.GLOW, [(-9.2, 3.2, 1), (-9.2, 4.5, 1), (-11.0, 4.2), (-13.0 - burn, 3.85, 1), (-11.0, 3.5)], 5)
    sketch.glow(-10.4, 3.85, 4.0, 0.9)
    return sketch.fitted(wish.height_m)


def _saucer(sketch: Sketch, wish: Wish) -> Sketch:
    wish_turn = int(wish.phase_s * 3)
    sketch.smooth(Tone.WINDOW, mirrored([(0, 5.2), (1.6, 4.7), (2.4, 3.3, 1), (0, 3.1)]), 6)
    sketch.smooth(Tone.PALE, mirrored([(0, 3.7), (2.8, 3.4), (6.6, 2.3), (0.0, 2.0)]), 6)
    sketch.smooth(Tone.BODY, mirrored([(0, 2.6), (3.4, 2.5), (6.8, 2.1), (4.2, 1.3), (1.6, 0.9), (0.0, 0.85)]), 6)
    for k in range(9):
        x = -5.2 + 1.3 * k
        sketch.disc(Tone.GLOW if (k + wish_turn) % 3 else Tone.ACCENT, x, 2.2 - 0.012 * x * x, 0.26)
    sketch.disc(Tone.GLOW, 0, 0.95, 1.3, 0.24)
    sketch.glow(0, 0.8, 6.0, 0.8)
    return sketch


def _station(sketch: Sketch) -> Sketch:
    for side in (-1, 1):
        for k in range(2):
            x = side * (4.4 + 3.6 * k)
            sketch.box(Tone.SHADE, x - 1.6, 1.5, x + 1.6, 8.5)
            for j in range(4):
                sketch.box(Tone.PALE, x - 1.45, 1.7 + 1.7 * j, x + 1.45, 3.2 + 1.7 * j)
    sketch.box(Tone.BODY, -10.0, 4.8, 10.0, 5.2)
    sketch.fill(Tone.BODY, filleted([(-2.2, 2.6), (-2.2, 7.4), (2.2, 7.4), (2.2, 2.6)], 0.6))
    sketch.fill(Tone.PALE, filleted([(-1.2, 0.0), (-1.2, 10.0), (1.2, 10.0), (1.2, 0.0)], 0.5))
    for y in (1.2, 3.4, 5.0, 6.6, 8.8):
        sketch.disc(Tone.WINDOW, 0, y, 0.34)
    sketch.glow(0, 5, 3.0, 0.4)
    return sketch
