"""Things on wheels by the road: car, taxi, truck, bus, motorcycle, bicycle, carriage, cart, tractor."""

from math import cos, pi, sin

from storyreel.animatic.figures.craft.riders import seat
from storyreel.animatic.figures.curves import ellipse, filleted
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import bar, limb, ribbon
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing, Tone
from storyreel.domain.storyboard import Pose

TURN_RAD_PER_S = 7.0
ROLLING = frozenset({Pose.WALK, Pose.RUN, Pose.RIDE, Pose.FLY})


def wheel(sketch: Sketch, x: float, r: float, wish: Wish, *, spokes: int = 0, rim: float = 0.62) -> None:
    """A tyre with a hub, or a spoked wheel; it turns where the craft is under way."""
    turn = -TURN_RAD_PER_S * wish.phase_s if wish.pose in ROLLING else 0.3
    if spokes:
        sketch.cut(Tone.SHADE, ellipse(x, r, r, points=32), ellipse(x, r, r * rim, points=28))
        for k in range(spokes // 2):
            a = turn + pi * 2 * k / spokes
            dx, dy = r * 0.93 * cos(a), r * 0.93 * sin(a)
            sketch.fill(Tone.SHADE, bar((x - dx, r - dy), (x + dx, r + dy), r * 0.06))
        sketch.disc(Tone.SHADE, x, r, r * 0.16)
        return
    sketch.disc(Tone.SHADE, x, r, r)
    sketch.disc(Tone.PALE, x, r, r * rim)
    sketch.disc(Tone.BODY, x, r, r * 0.46)
    for k in range(5):
        a = turn + pi * 2 * k / 5
        sketch.disc(Tone.SHADE, x + r * 0.30 * cos(a), r + r * 0.30 * sin(a), r * 0.09)


def _headlight(sketch: Sketch, x: float, y: float, r: float) -> None:
    sketch.disc(Tone.GLOW, x, y, r * 0.7, r)
    sketch.glow(x + r, y, 1.5, 0.8)


CABIN = [(-1.42, 0.92, 1), (-1.18, 1.30), (-0.82, 1.46), (0.10, 1.48), (0.48, 1.34), (1.02, 0.95, 1)]
SHELL = [
    (-2.20, 0.42, 1),
    (-2.24, 0.74),
    (-2.10, 0.92),
    (-1.40, 0.97),
    (0.95, 0.97),
    (1.75, 0.88),
    (2.14, 0.72),
    (2.22, 0.46, 1),
    (2.10, 0.28, 1),
    (-2.08, 0.28, 1),
]


def draw_car(wish: Wish) -> Drawing:
    """A car; painted as a taxi, or with a blue lamp, by variant; an old one where it is `vintage`."""
    sketch = Sketch()
    if wish.variant in {"vintage", "old"}:
        return _vintage(sketch, wish).fitted(wish.height_m)
    taxi = wish.variant == "taxi"
    paint = Tone.ACCENT if taxi or wish.variant in {"", "sports"} else Tone.BODY
    sketch.smooth(paint, CABIN, 5)
    sketch.smooth(Tone.WINDOW, [(-1.20, 0.97, 1), (-1.02, 1.25), (-0.78, 1.36), (-0.36, 1.38, 1), (-0.36, 0.97, 1)], 4)
    sketch.smooth(Tone.WINDOW, [(-0.26, 0.97, 1), (-0.26, 1.38, 1), (0.06, 1.38), (0.36, 1.27), (0.80, 0.97, 1)], 4)
    sketch.smooth(paint, SHELL, 5)
    sketch.smooth(Tone.SHADE, [(-2.14, 0.46, 1), (2.2, 0.46, 1), (2.10, 0.28, 1), (-2.08, 0.28, 1)], 2)
    for x in (-0.31, 0.86):
        sketch.fill(Tone.SHADE, bar((x, 0.46), (x, 0.95), 0.02))
    for x in (-0.52, 0.62):
        sketch.fill(Tone.SHADE, bar((x - 0.08, 0.84), (x + 0.06, 0.84), 0.03))
    if taxi:
        for k in range(12):
            for row in range(2):
                if (k + row) % 2:
                    sketch.box(Tone.SHADE, -1.2 + 0.16 * k, 0.60 + 0.08 * row, -1.04 + 0.16 * k, 0.68 + 0.08 * row)
        sketch.fill(Tone.GLOW, filleted([(-0.52, 1.46), (-0.52, 1.64), (-0.14, 1.64), (-0.14, 1.46)], 0.04))
        sketch.glow(-0.33, 1.55, 0.5, 0.6)
    if wish.variant == "police":
        sketch.box(Tone.PALE, -1.3, 0.5, 0.85, 0.78)
        sketch.fill(Tone.GLOW, filleted([(-0.55, 1.46), (-0.52, 1.60), (-0.12, 1.60), (-0.09, 1.46)], 0.03))
        sketch.glow(-0.33, 1.55, 0.8, 0.5 + 0.5 * sin(wish.phase_s * 12))
    for x in (-1.32, 1.36):
        sketch.disc(Tone.SHADE, x, 0.40, 0.44)
        wheel(sketch, x, 0.335, wish)
    _headlight(sketch, 2.12, 0.68, 0.11)
    sketch.box(Tone.ACCENT if paint is not Tone.ACCENT else Tone.GLOW, -2.22, 0.62, -2.12, 0.76)
    return sketch.fitted(wish.height_m)


def _vintage(sketch: Sketch, wish: Wish) -> Sketch:
    sketch.smooth(
        Tone.BODY,
        [
            (-1.5, 0.6, 1),
            (-1.5, 1.5),
            (-1.36, 1.72),
            (-0.2, 1.76),
            (0.35, 1.66),
            (0.48, 1.06, 1),
            (1.65, 1.02),
            (1.78, 0.9),
            (1.8, 0.45, 1),
            (-1.4, 0.45, 1),
        ],
        4,
    )
    sketch.smooth(Tone.WINDOW, [(-1.2, 1.1, 1), (-1.2, 1.5), (-0.62, 1.56, 1), (-0.62, 1.1, 1)], 3)
    sketch.smooth(Tone.WINDOW, [(-0.5, 1.1, 1), (-0.5, 1.56), (0.2, 1.52), (0.30, 1.1, 1)], 3)
    for x in (-1.25, 1.3):
        sketch.smooth(
            Tone.SHADE, [(x - 0.62, 0.42, 1), (x - 0.45, 0.80), (x, 0.92), (x + 0.45, 0.80), (x + 0.62, 0.42, 1), (x, 0.60)], 4
        )
        wheel(sketch, x, 0.42, wish, spokes=10, rim=0.78)
    sketch.box(Tone.SHADE, -0.7, 0.42, 0.75, 0.50)
    _headlight(sketch, 1.82, 0.94, 0.14)
    return sketch


def draw_truck(wish: Wish) -> Drawing:
    """A lorry; an ambulance or a fire engine by variant."""
    sketch = Sketch()
    fire, ambulance = wish.variant in {"fire", "fire_truck"}, wish.variant == "ambulance"
    load = Tone.ACCENT if fire else Tone.PALE
    sketch.box(Tone.SHADE, -3.6, 0.55, 3.3, 0.85)
    sketch.fill(load, filleted([(-3.7, 0.8), (-3.7, 3.2), (1.15, 3.2), (1.15, 0.8)], 0.08))
    sketch.smooth(
        Tone.ACCENT if fire else Tone.BODY,
        [(1.3, 0.55, 1), (1.3, 2.6), (1.42, 2.72), (2.5, 2.68), (2.86, 2.4), (3.2, 1.6), (3.42, 1.3), (3.46, 0.55, 1)],
        4,
    )
    sketch.smooth(Tone.WINDOW, [(1.75, 1.65, 1), (1.75, 2.45, 1), (2.45, 2.45), (2.70, 2.2), (2.92, 1.65, 1)], 4)
    if ambulance:
        sketch.fill(Tone.ACCENT, bar((-1.3, 1.4), (-1.3, 2.6), 0.36), bar((-1.9, 2.0), (-0.7, 2.0), 0.36))
    if fire or ambulance:
        sketch.box(Tone.GLOW, 1.7, 2.68, 2.3, 2.88)
        sketch.glow(2.0, 2.8, 1.0, 0.5 + 0.5 * sin(wish.phase_s * 11))
    if fire:
        for y in (3.3, 3.55):
            sketch.box(Tone.SHADE, -3.6, y, 1.8, y + 0.07)
        for k in range(12):
            sketch.box(Tone.SHADE, -3.4 + 0.43 * k, 3.3, -3.34 + 0.43 * k, 3.6)
    for x in (-2.7, -1.7, 2.35):
        wheel(sketch, x, 0.50, wish)
    _headlight(sketch, 3.42, 0.98, 0.13)
    return sketch.fitted(wish.height_m)


def draw_bus(wish: Wish) -> Drawing:
    """A bus; a tram where the variant is `tram`."""
    sketch = Sketch()
    tram = wish.variant == "tram"
    sketch.fill(Tone.ACCENT, filleted([(-5.2, 0.42), (-5.2, 3.0), (5.15, 3.0), (5.35, 0.42)], 0.30))
    sketch.box(Tone.PALE, -5.2, 1.42, 5.28, 1.56)
    sketch.box(Tone.SHADE, -5.1, 0.30, 5.2, 0.55)
    for k in range(7):
        sketch.fill(
            Tone.WINDOW,
            filleted(
                [(-4.85 + 1.25 * k, 1.68), (-4.85 + 1.25 * k, 2.62), (-3.78 + 1.25 * k, 2.62), (-3.78 + 1.25 * k, 1.68)], 0.08
            ),
        )
    sketch.fill(
        Tone.WINDOW,
        filleted([(4.0, 0.62), (4.0, 2.62), (4.62, 2.62), (4.62, 0.62)], 0.06),
        filleted([(4.75, 1.55), (4.75, 2.70), (5.12, 2.70), (5.22, 1.55)], 0.05),
    )
    if tram:
        sketch.fill(
            Tone.SHADE,
            bar((-0.4, 3.0), (0.6, 3.75), 0.07),
            bar((0.6, 3.75), (-0.3, 4.3), 0.07),
            bar((-0.9, 4.32), (0.4, 4.32), 0.06),
        )
        for x in (-3.6, -2.7, 2.7, 3.6):
            wheel(sketch, x, 0.32, wish)
    else:
        for x in (-3.3, 3.1):
            sketch.disc(Tone.SHADE, x, 0.56, 0.62)
            wheel(sketch, x, 0.48, wish)
    _headlight(sketch, 5.26, 0.85, 0.13)
    for x in (-3.6, 0.2, 3.0):
        sketch.glow(x, 2.1, 1.6, 0.4)
    return sketch.fitted(wish.height_m)


def draw_bicycle(wish: Wish) -> Drawing:
    """A bicycle; `holds` is its rider."""
    sketch = Sketch()
    for x in (-0.52, 0.52):
        wheel(sketch, x, 0.34, wish, spokes=14, rim=0.90)
    seat(sketch, wish.holds, -0.14, 0.94, 1.06 / wish.height_m)
    hub, crank, post, head = (-0.52, 0.34), (-0.05, 0.30), (-0.19, 0.82), (0.34, 0.80)
    for a, b in ((hub, crank), (crank, post), (post, hub), (crank, head), ((-0.165, 0.72), (0.325, 0.74)), (head, (0.52, 0.34))):
        sketch.fill(Tone.BODY, bar(a, b, 0.036))
    sketch.fill(Tone.BODY, bar(post, (-0.22, 0.92), 0.03), bar(head, (0.30, 1.00), 0.03))
    sketch.fill(Tone.SHADE, ribbon([(-0.36, 0.94), (-0.22, 0.95), (-0.06, 0.92)], (0.07, 0.06, 0.03)))
    sketch.fill(Tone.SHADE, ribbon([(0.20, 1.04), (0.32, 1.05), (0.44, 1.00)], (0.03, 0.03, 0.04)))
    a = -4.5 * wish.phase_s if wish.pose in ROLLING else 0.5
    for turn in (a, a + pi):
        end = (crank[0] + 0.16 * cos(turn), crank[1] + 0.16 * sin(turn))
        sketch.fill(Tone.SHADE, bar(crank, end, 0.03), bar((end[0] - 0.05, end[1]), (end[0] + 0.05, end[1]), 0.03))
    sketch.disc(Tone.SHADE, *crank, 0.09)
    sketch.disc(Tone.GLOW, 0.40, 0.92, 0.035)
    return sketch.drawing(wish.height_m / 1.06)


def draw_sled(wish: Wish) -> Drawing:
    """A wooden sled on two runners; `holds` is its rider."""
    sketch = Sketch()
    high = 0.42
    for x in (-0.42, 0.0, 0.42):
        sketch.fill(Tone.SHADE, bar((x, 0.05), (x, 0.26), 0.05))
    seat(sketch, wish.holds, -0.2, 0.36, high / wish.height_m, floor=0.12)
    sketch.fill(Tone.BODY, ribbon([(-0.62, 0.30), (0.5, 0.30)], (0.07, 0.07)))
    sketch.fill(
        Tone.SHADE,
        ribbon([(-0.68, 0.03), (0.46, 0.03), (0.66, 0.12), (0.72, 0.34), (0.62, 0.42)], (0.05, 0.06, 0.06, 0.05, 0.03)),
    )
    return sketch.drawing(wish.height_m / high)


def draw_motorcycle(wish: Wish) -> Drawing:
    """A motorcycle; `holds` is its rider."""
    sketch = Sketch()
    for x in (-0.72, 0.74):
        wheel(sketch, x, 0.33, wish)
    seat(sketch, wish.holds, -0.22, 0.80, 1.16 / wish.height_m)
    sketch.fill(Tone.SHADE, bar((0.74, 0.33), (0.42, 1.0), 0.07))
    sketch.fill(Tone.SHADE, bar((-0.72, 0.33), (-0.05, 0.42), 0.10), bar((-0.2, 0.24), (-1.0, 0.28), 0.09))
    sketch.smooth(Tone.SHADE, [(-0.22, 0.26), (-0.24, 0.56), (0.26, 0.58), (0.30, 0.26)], 4)
    sketch.smooth(Tone.ACCENT, [(-0.10, 0.62), (-0.04, 0.84), (0.24, 0.92), (0.46, 0.80), (0.42, 0.62)], 5)
    sketch.smooth(
        Tone.BODY, [(-1.02, 0.84), (-0.66, 0.80), (-0.30, 0.70), (-0.02, 0.74), (-0.10, 0.58), (-0.60, 0.62), (-1.0, 0.72)], 5
    )
    sketch.fill(Tone.SHADE, ribbon([(0.42, 1.0), (0.36, 1.12), (0.20, 1.10)], (0.05, 0.04, 0.05)))
    _headlight(sketch, 0.56, 0.92, 0.09)
    return sketch.drawing(wish.height_m / 1.16)


def draw_carriage(wish: Wish) -> Drawing:
    """A coach on four wheels, `holds` on its box; a farm cart on two where the variant is `cart`; `wagon` has a hooped cover."""
    sketch = Sketch()
    if wish.variant not in {"cart", "wagon"}:
        seat(sketch, wish.holds, 1.52, 1.58, 2.52 / wish.height_m)
    if wish.variant == "cart":
        sketch.fill(Tone.BODY, bar((0.7, 0.78), (2.3, 0.70), 0.08))
        sketch.flat(Tone.BODY, [(-1.5, 1.25), (-1.2, 0.72), (1.0, 0.72), (1.2, 1.25)])
        for y in (0.9, 1.08):
            sketch.box(Tone.SHADE, -1.4, y, 1.15, y + 0.03)
        wheel(sketch, -0.1, 0.62, wish, spokes=10, rim=0.84)
        return sketch.fitted(wish.height_m)
    if wish.variant == "wagon":
        sketch.smooth(Tone.PALE, [(-1.9, 1.1, 1), (-2.1, 1.9), (-1.5, 2.5), (0, 2.35), (1.5, 2.5), (2.1, 1.9), (1.9, 1.1, 1)], 5)
        for x in (-1.0, 0.0, 1.0):
            sketch.fill(Tone.SHADE, ribbon([(x, 1.1), (x * 1.03, 2.36)], (0.03, 0.03)))
        sketch.flat(Tone.BODY, [(-2.0, 1.25), (-1.8, 0.75), (1.8, 0.75), (2.0, 1.25)])
    else:
        sketch.smooth(Tone.BODY, [(-1.15, 2.35, 1), (-1.25, 1.5), (-0.9, 0.8), (0.9, 0.8), (1.25, 1.5), (1.15, 2.35, 1)], 5)
        sketch.fill(Tone.SHADE, filleted([(-1.35, 2.3), (-1.2, 2.52), (1.2, 2.52), (1.35, 2.3)], 0.08))
        sketch.fill(
            Tone.WINDOW,
            filleted([(-0.85, 1.5), (-0.85, 2.15), (-0.25, 2.15), (-0.25, 1.5)], 0.06),
            filleted([(0.25, 1.5), (0.25, 2.15), (0.85, 2.15), (0.85, 1.5)], 0.06),
        )
        sketch.fill(
            Tone.SHADE,
            bar((0, 0.85), (0, 2.3), 0.03),
            ribbon([(1.2, 1.0), (1.7, 0.95), (1.95, 1.35), (1.6, 1.5)], (0.1, 0.08, 0.08, 0.12)),
        )
        sketch.disc(Tone.GLOW, 1.38, 1.9, 0.10, 0.14)
        sketch.glow(1.38, 1.9, 0.9, 0.8)
        sketch.fill(Tone.ACCENT, bar((-1.1, 1.15), (1.1, 1.15), 0.06))
    sketch.fill(Tone.SHADE, bar((1.2, 0.62), (3.0, 0.70), 0.07))
    wheel(sketch, -1.25, 0.66, wish, spokes=12, rim=0.85)
    wheel(sketch, 1.35, 0.50, wish, spokes=10, rim=0.83)
    return sketch.fitted(wish.height_m)


def draw_tractor(wish: Wish) -> Drawing:
    """A tractor."""
    sketch = Sketch()
    sketch.fill(Tone.SHADE, *limb(((0.75, 1.2), (0.75, 2.2)), (0.06, 0.05)))
    sketch.smooth(Tone.ACCENT, [(-0.2, 0.7, 1), (-0.2, 1.45, 1), (1.5, 1.38), (1.75, 1.2), (1.75, 0.65, 1)], 4)
    sketch.fill(
        Tone.BODY, bar((-1.0, 1.3), (-0.9, 2.6), 0.1), bar((-0.1, 1.4), (0.0, 2.6), 0.1), bar((-1.15, 2.62), (0.2, 2.62), 0.14)
    )
    sketch.flat(Tone.WINDOW, [(-0.9, 1.5), (-0.85, 2.5), (-0.1, 2.5), (-0.18, 1.5)])
    sketch.smooth(Tone.ACCENT, [(-1.6, 1.2, 1), (-1.3, 1.6), (-0.6, 1.66), (-0.1, 1.3, 1), (-0.6, 1.0)], 4)
    wheel(sketch, -0.8, 0.85, wish)
    wheel(sketch, 1.3, 0.48, wish)
    _headlight(sketch, 1.76, 1.12, 0.1)
    return sketch.fitted(wish.height_m)
