"""Toys: ball, kite, toy balloon, doll, bear, paper boat and plane, spinning top; and a robot."""

from math import cos, pi, sin

from storyreel.animatic.figures.curves import ellipse, filleted, mirrored
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import bar, limb, ribbon
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing, Tone
from storyreel.domain.storyboard import Pose


def draw_ball(wish: Wish) -> Drawing:
    """A ball, bouncing where it is under way."""
    sketch = Sketch()
    high = 0.5 + (abs(sin(wish.phase_s * 4)) * 1.2 if wish.pose in {Pose.WALK, Pose.RUN, Pose.FLY} else 0.0)
    sketch.disc(Tone.ACCENT, 0, high, 0.5)
    spin = wish.phase_s * 90 if wish.pose in {Pose.WALK, Pose.RUN, Pose.FLY} else 20
    sketch.fill(Tone.PALE, ellipse(0, high, 0.5, 0.15, turn_deg=spin), ellipse(0, high, 0.10, 0.5, turn_deg=spin))
    return sketch.drawing(wish.height_m)


def draw_kite(wish: Wish) -> Drawing:
    """A kite with its tail."""
    sketch = Sketch()
    tail = [(-0.02 - 0.10 * sin(k * 1.3 + wish.phase_s * 3.5) * min(1.0, k / 2), 0.62 - 0.10 * k) for k in range(7)]
    sketch.fill(Tone.SHADE, ribbon(tail, (0.012, 0.012)))
    for k in (2, 4, 6):
        x, y = tail[k]
        sketch.smooth(
            Tone.ACCENT,
            [(x, y), (x + 0.07, y + 0.04, 1), (x + 0.07, y - 0.04, 1), (x, y), (x - 0.07, y + 0.04, 1), (x - 0.07, y - 0.04, 1)],
            2,
        )
    sway = 6 * sin(wish.phase_s * 1.8)
    kite = Sketch()
    kite.flat(Tone.ACCENT, [(0, 0.8), (0.34, 0.46), (0, 0.0), (-0.34, 0.46)])
    kite.flat(Tone.PALE, [(0, 0.8), (0.34, 0.46), (0, 0.46)])
    kite.flat(Tone.PALE, [(0, 0.0), (-0.34, 0.46), (0, 0.46)])
    kite.fill(Tone.SHADE, bar((0, 0.8), (0, 0), 0.014), bar((-0.34, 0.46), (0.34, 0.46), 0.014))
    sketch.add(kite.drawing(), 0.0, 0.62, turn_deg=sway)
    return sketch.drawing(wish.height_m / 1.42)


def draw_toy_balloon(wish: Wish) -> Drawing:
    """A balloon on its string; three where the variant is `bunch`."""
    sketch = Sketch()
    heads = ((-0.22, 0.70), (0.22, 0.72), (0.0, 0.84)) if wish.variant == "bunch" else ((0.0, 0.82),)
    for k, (x, y) in enumerate(heads):
        dx = x + 0.035 * sin(wish.phase_s * 1.5 + k)
        sketch.fill(Tone.SHADE, ribbon([(0, 0), (0.03 * sin(wish.phase_s * 2), 0.3), (dx, y - 0.2)], (0.008, 0.008)))
        sketch.smooth((Tone.ACCENT, Tone.PALE, Tone.ACCENT)[k], [(dx, y + 0.18), (dx + 0.14, y + 0.10),
            (dx + 0.145, y - 0.03), (dx + 0.02, y - 0.18), (dx - 0.02, y - 0.18), (dx - 0.145, y - 0.03),
                                                                (dx - 0.14, y + 0.10)], 6)  # fmt: skip
        sketch.flat(Tone.SHADE, [(dx - 0.025, y - 0.21), (dx, y - 0.17), (dx + 0.025, y - 0.21)])
        sketch.disc(Tone.PALE, dx - 0.06, y + 0.07, 0.022, 0.045, -24)
    return sketch.fitted(wish.height_m, of=1.02)


def draw_doll(wish: Wish) -> Drawing:
    """A rag doll; a teddy bear, a nesting doll or a tin soldier by variant."""
    sketch = Sketch()
    kind = wish.variant
    if kind in {"teddy", "teddy_bear", "bear"}:
        for side in (-1, 1):
            sketch.disc(Tone.SKIN, 0.20 * side, 0.94, 0.085)
            sketch.disc(Tone.SKIN, 0.24 * side, 0.10, 0.13, 0.11, 20 * side)
            sketch.fill(Tone.SKIN, *limb(((0.18 * side, 0.52), (0.36 * side, 0.34)), (0.10, 0.08)))
        sketch.disc(Tone.SKIN, 0, 0.34, 0.27, 0.30)
        sketch.disc(Tone.PALE, 0, 0.32, 0.16, 0.19)
        sketch.disc(Tone.SKIN, 0, 0.78, 0.25, 0.22)
        sketch.disc(Tone.PALE, 0, 0.71, 0.11, 0.085)
        for x, y, r in ((-0.09, 0.82, 0.026), (0.09, 0.82, 0.026), (0, 0.74, 0.034)):
            sketch.disc(Tone.SHADE, x, y, r)
        return sketch.fitted(wish.height_m)
    if kind in {"matryoshka", "nesting"}:
        sketch.smooth(Tone.ACCENT, mirrored([(0, 1.0), (0.22, 0.88), (0.24, 0.66), (0.34, 0.36), (0.22, 0.0, 1), (0, 0)]), 5)
        sketch.disc(Tone.SKIN, 0, 0.78, 0.15)
        sketch.disc(Tone.PALE, 0, 0.32, 0.20, 0.22)
        return sketch.fitted(wish.height_m)
    for side in (-1, 1):
        sketch.fill(
            Tone.SKIN,
            *limb(((0.07 * side, 0.3), (0.10 * side, 0.03)), (0.045, 0.04)),
            *limb(((0.08 * side, 0.58), (0.27 * side, 0.40)), (0.04, 0.035)),
        )
        sketch.smooth(
            Tone.SHADE,
            [(0.10 * side, 0.94), (0.26 * side, 0.80), (0.26 * side, 0.56), (0.18 * side, 0.62), (0.15 * side, 0.80)],
            4,
        )
    sketch.smooth(Tone.ACCENT, mirrored([(0, 0.64), (0.10, 0.62), (0.12, 0.48), (0.28, 0.20, 1), (0, 0.16)]), 4)
    sketch.disc(Tone.SKIN, 0, 0.78, 0.165)
    sketch.smooth(Tone.SHADE, mirrored([(0, 0.97), (0.15, 0.92), (0.19, 0.78, 1), (0.10, 0.86), (0, 0.87)]), 4)
    for x in (-0.06, 0.06):
        sketch.disc(Tone.SHADE, x, 0.77, 0.02)
    sketch.fill(Tone.ACCENT, ribbon([(-0.05, 0.70), (0, 0.685), (0.05, 0.70)], (0.01, 0.016, 0.01)))
    return sketch.fitted(wish.height_m)


def draw_paper_toy(wish: Wish) -> Drawing:
    """A paper boat; a paper plane or a folded crane by variant."""
    sketch = Sketch()
    if wish.variant in {"plane", "paper_plane"}:
        sketch.flat(Tone.PALE, [(0.9, 0.62), (-0.9, 0.95), (-0.45, 0.55)])
        sketch.flat(Tone.SHADE, [(0.9, 0.62), (-0.45, 0.55), (-0.35, 0.10)])
        sketch.flat(Tone.PALE, [(0.9, 0.62), (-0.35, 0.10), (-0.75, 0.38)])
        return sketch.fitted(wish.height_m)
    if wish.variant in {"crane", "origami"}:
        sketch.flat(Tone.PALE, [(-0.05, 0.3), (0.45, 1.0), (0.25, 0.3)])
        sketch.flat(Tone.SHADE, [(-0.25, 0.3), (-0.30, 0.95), (0.05, 0.3)])
        sketch.flat(
            Tone.PALE,
            [
                (-0.85, 0.62),
                (-0.25, 0.32),
                (0.0, 0.0),
                (0.25, 0.32),
                (0.70, 0.72),
                (0.95, 0.62),
                (0.72, 0.60),
                (0.30, 0.18),
                (0, 0.0),
                (-0.3, 0.14),
            ],
        )
        return sketch.fitted(wish.height_m)
    sketch.flat(Tone.SHADE, [(-0.35, 0.36), (0, 0.95), (0.35, 0.36)])
    sketch.flat(Tone.PALE, [(-0.9, 0.52), (-0.55, 0.0), (0.55, 0.0), (0.9, 0.52), (0, 0.26)])
    sketch.flat(Tone.SHADE, [(0.0, 0.26), (0.9, 0.52), (0.55, 0.0), (0.1, 0.0)])
    return sketch.fitted(wish.height_m)


def draw_robot(wish: Wish) -> Drawing:
    """A robot that walks where it is asked to."""
    sketch = Sketch()
    going = wish.pose in {Pose.WALK, Pose.RUN, Pose.DANCE}
    s = sin(wish.phase_s * 5) if going else 0.0
    blink = 0.6 + 0.4 * sin(wish.phase_s * 3)
    for x, tone, k in ((0.12, Tone.SHADE, -s), (-0.12, Tone.BODY, s)):
        knee, ankle = (x + 0.10 * k, 0.24), (x + 0.12 * k - 0.06 * max(0.0, k), 0.06 + 0.05 * max(0.0, k))
        sketch.fill(tone, *limb(((x, 0.46), knee, ankle), (0.055, 0.05, 0.05)))
        sketch.fill(
            tone,
            filleted(
                [
                    (ankle[0] - 0.10, ankle[1] - 0.06),
                    (ankle[0] - 0.07, ankle[1] + 0.05),
                    (ankle[0] + 0.09, ankle[1] + 0.05),
                    (ankle[0] + 0.15, ankle[1] - 0.06),
                ],
                0.03,
            ),
        )
    lift = 70 if wish.pose in {Pose.CARRY, Pose.EMBRACE, Pose.PLAY} else 150 if wish.pose is Pose.REACH else 8
    for side, tone, k in ((1, Tone.SHADE, s), (-1, Tone.BODY, -s)):
        a = (lift + 24 * k) * pi / 180
        elbow = (0.25 * side + 0.16 * sin(a), 0.74 - 0.18 * cos(a))
        wrist = (elbow[0] + 0.14 * sin(a + 0.35), elbow[1] - 0.16 * cos(a + 0.35))
        if side < 0:
            _robot_body(sketch, blink)
        sketch.fill(tone, *limb(((0.25 * side, 0.74), elbow, wrist), (0.05, 0.045, 0.04)))
        sketch.disc(Tone.PALE, 0.25 * side, 0.745, 0.06)
        sketch.fill(
            Tone.SHADE,
            ribbon(
                [
                    (wrist[0] - 0.05, wrist[1] - 0.07),
                    (wrist[0] - 0.05, wrist[1]),
                    (wrist[0] + 0.05, wrist[1]),
                    (wrist[0] + 0.05, wrist[1] - 0.07),
                ],
                (0.022, 0.03, 0.022),
            ),
        )
    return sketch.fitted(wish.height_m, of=1.14)


def _robot_body(sketch: Sketch, blink: float) -> None:
    sketch.fill(Tone.BODY, filleted([(-0.22, 0.42), (-0.26, 0.80), (0.26, 0.80), (0.22, 0.42)], 0.06))
    sketch.fill(Tone.PALE, filleted([(-0.14, 0.54), (-0.14, 0.74), (0.14, 0.74), (0.14, 0.54)], 0.03))
    for x, tone in ((-0.07, Tone.ACCENT), (0.0, Tone.GLOW), (0.07, Tone.SHADE)):
        sketch.disc(tone, x, 0.68, 0.024)
    sketch.box(Tone.SHADE, -0.10, 0.58, 0.10, 0.61)
    sketch.box(Tone.SHADE, -0.06, 0.79, 0.06, 0.86)
    sketch.fill(Tone.BODY, filleted([(-0.19, 0.84), (-0.19, 1.08), (0.19, 1.08), (0.19, 0.84)], 0.07))
    sketch.fill(Tone.SHADE, filleted([(-0.10, 0.92), (-0.10, 1.03), (0.18, 1.03), (0.18, 0.92)], 0.05))
    for x in (-0.02, 0.10):
        sketch.disc(Tone.GLOW, x, 0.975, 0.030)
    sketch.glow(0.06, 0.975, 0.3, blink)
    sketch.fill(Tone.SHADE, bar((0, 1.08), (0, 1.12), 0.016))
    sketch.disc(Tone.ACCENT, 0, 1.125, 0.025 + 0.003 * cos(blink))


def draw_ghost(wish: Wish) -> Drawing:
    """A ghost whose hem drifts; an alien where the variant is `alien`."""
    sketch = Sketch()
    if wish.variant == "alien":
        return _alien(sketch, wish).fitted(wish.height_m, of=1.02)
    hem: list[tuple[float, float, int]] = []
    for k in range(9):
        x = 0.32 - 0.08 * k
        hem.append(
            (x + 0.03 * sin(wish.phase_s * 2 + k), 0.06 + (0.07 if k % 2 else 0.0) + 0.02 * sin(wish.phase_s * 2.4 + k), 0)
        )
    sketch.smooth(Tone.PALE, [(0, 1.0), (0.18, 0.94), (0.25, 0.78), (0.24, 0.62), (0.40, 0.50), (0.42, 0.44), (0.28, 0.44),
        (0.30, 0.25), *hem, (-0.30, 0.25), (-0.28, 0.44), (-0.42, 0.44),
                              (-0.40, 0.50), (-0.24, 0.62), (-0.25, 0.78), (-0.18, 0.94)], 4)  # fmt: skip
    for x in (-0.03, 0.11):
        sketch.disc(Tone.SHADE, x, 0.80, 0.032, 0.048)
    sketch.disc(Tone.SHADE, 0.04, 0.68, 0.03, 0.042)
    sketch.glow(0, 0.6, 0.7, 0.35)
    return sketch.fitted(wish.height_m, of=1.0)


def _alien(sketch: Sketch, wish: Wish) -> Sketch:
    s = sin(wish.phase_s * 5) if wish.pose in {Pose.WALK, Pose.RUN} else 0.1
    for side, tone in ((1, Tone.SHADE), (-1, Tone.BODY)):
        sketch.fill(
            tone,
            *limb(
                ((0.05 * side, 0.36), (0.06 * side + 0.06 * s * side, 0.19), (0.07 * side + 0.10 * s * side, 0.03)),
                (0.05, 0.035, 0.03),
            ),
        )
        sketch.disc(tone, 0.09 * side + 0.10 * s * side, 0.022, 0.055, 0.022)
        sketch.fill(
            tone, *limb(((0.09 * side, 0.58), (0.17 * side, 0.44), (0.17 * side + 0.06 * s * side, 0.28)), (0.032, 0.025, 0.02))
        )
    sketch.smooth(Tone.BODY, mirrored([(0, 0.66), (0.09, 0.62), (0.11, 0.48), (0.09, 0.34), (0, 0.32)]), 5)
    sketch.smooth(Tone.BODY, mirrored([(0, 1.0), (0.17, 0.95), (0.205, 0.83), (0.10, 0.66), (0, 0.62)]), 6)
    for side in (-1, 1):
        sketch.disc(Tone.GLOW, 0.085 * side + 0.02, 0.80, 0.036, 0.062, -24 * side)
    sketch.glow(0.02, 0.8, 0.3, 0.5)
    return sketch
