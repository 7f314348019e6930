"""Snake, dragon, dinosaur, crocodile and monkey: bodies of one outline each."""

from collections.abc import Callable, Mapping
from math import pi, sin

from storyreel.animatic.figures.curves import curve, ellipse, move, smooth
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import limb, ribbon
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing, Tone
from storyreel.domain.storyboard import Pose


def draw_snake(wish: Wish) -> Drawing:
    """A snake that winds along the ground, its head raised."""
    sketch = Sketch()
    t = wish.phase_s * 3
    line = [(-1.9 + 0.22 * k, 0.10 + 0.05 * (1 + sin(k * 1.25 - t)) * min(1.0, k / 3)) for k in range(14)]
    line += [(1.22, 0.24), (1.30, 0.52), (1.20, 0.80), (1.30, 0.95)]
    sketch.fill(Tone.BODY, ribbon(line, (0.03, 0.12, 0.17, 0.19, 0.19, 0.18, 0.16, 0.13)))
    for k in range(3, 14, 2):
        x, y = line[k]
        sketch.disc(Tone.SHADE, x, y + 0.02, 0.055, 0.04)
    sketch.smooth(
        Tone.BODY, [(1.20, 0.90), (1.24, 1.02), (1.40, 1.05), (1.58, 0.98), (1.62, 0.93), (1.52, 0.88), (1.32, 0.85)], 5
    )
    sketch.disc(Tone.PALE, 1.40, 0.98, 0.025)
    if sin(wish.phase_s * 4) > 0:
        sketch.fill(Tone.ACCENT, ribbon([(1.60, 0.92), (1.74, 0.90), (1.82, 0.94)], (0.016, 0.012, 0.008)))
        sketch.fill(Tone.ACCENT, ribbon([(1.72, 0.902), (1.82, 0.86)], (0.012, 0.008)))
    return sketch.fitted(wish.height_m, of=1.05)


def draw_dragon(wish: Wish) -> Drawing:
    """A winged dragon; flames where it plays or reaches; curled up, its head on the ground, where it lies."""
    if wish.pose is Pose.LIE:
        return _dragon_asleep(wish)
    sketch = Sketch()
    aloft = wish.pose is Pose.FLY
    beat = sin(wish.phase_s * (3.2 if aloft else 0.9))
    _dragon_wing(sketch, Tone.SHADE, 0.86, 8 + 20 * beat * (1 if aloft else 0.25))
    tail = [(-0.50, 0.62), (-1.10, 0.42), (-1.62, 0.26 + 0.05 * beat), (-2.10, 0.42 + 0.08 * beat), (-2.36, 0.70 + 0.10 * beat)]
    sketch.fill(Tone.BODY, ribbon(tail, (0.46, 0.30, 0.20, 0.12, 0.05)))
    tip = tail[-1]
    sketch.smooth(
        Tone.SHADE,
        [
            (tip[0], tip[1] - 0.08, 1),
            (tip[0] - 0.16, tip[1] + 0.16),
            (tip[0] - 0.02, tip[1] + 0.30, 1),
            (tip[0] + 0.10, tip[1] + 0.12),
        ],
        4,
    )
    low = 0.42 if aloft else 0.0
    for x, tone in ((-0.34, Tone.SHADE), (0.50, Tone.SHADE), (-0.48, Tone.BODY), (0.36, Tone.BODY)):
        hind = x < 0
        joints = [
            (x, 0.62),
            (x + (0.20 if hind else -0.10), 0.36),
            (x - (0.08 if hind else -0.04), 0.14 + low * 0.8),
            (x + 0.06, 0.06 + low),
        ]
        sketch.fill(tone, *limb(joints, (0.20 if hind else 0.13, 0.12, 0.07, 0.06)))
        sketch.smooth(
            tone, [(x - 0.02, 0.12 + low), (x + 0.16, 0.10 + low), (x + 0.24, 0.0 + low, 1), (x - 0.04, 0.0 + low, 1)], 4
        )
    body = [(-0.62, 0.58), (-0.40, 0.86), (0.05, 0.92), (0.44, 0.98), (0.66, 1.20), (0.72, 1.46), (0.84, 1.66), (1.00, 1.62),
        (1.02, 1.40), (0.94, 1.12), (0.82, 0.82),
            (0.60, 0.58), (0.20, 0.46), (-0.30, 0.42)]  # fmt: skip
    sketch.smooth(Tone.BODY, body, 6)
    sketch.smooth(
        Tone.PALE,
        [(1.0, 1.40), (0.92, 1.12), (0.80, 0.82), (0.58, 0.59), (0.22, 0.48), (0.50, 0.66), (0.70, 0.90), (0.86, 1.2)],
        5,
    )
    spine = [(-1.1, 0.54), (-0.8, 0.70), (-0.5, 0.84), (-0.2, 0.90), (0.1, 0.93), (0.4, 0.98), (0.62, 1.16), (0.70, 1.42)]
    for x, y in spine:
        sketch.flat(Tone.SHADE, [(x - 0.09, y - 0.04), (x - 0.05, y + 0.14), (x + 0.08, y - 0.01)])
    head = [(0.80, 1.60), (0.80, 1.76), (0.94, 1.84), (1.10, 1.80), (1.22, 1.70), (1.44, 1.68), (1.52, 1.60),
        (1.48, 1.54, 1), (1.28, 1.53), (1.48, 1.44), (1.40, 1.40),
            (1.18, 1.42), (1.0, 1.46)]  # fmt: skip
    sketch.smooth(Tone.BODY, head, 5)
    for x, y in ((0.88, 1.78), (0.96, 1.80)):
        sketch.fill(Tone.SHADE, ribbon([(x, y), (x - 0.16, y + 0.14), (x - 0.36, y + 0.18)], (0.09, 0.06, 0.01)))
    sketch.disc(Tone.GLOW, 1.12, 1.71, 0.035, 0.026)
    if wish.pose in {Pose.PLAY, Pose.REACH}:
        _fire(sketch, 1.48, 1.50, wish.phase_s)
    _dragon_wing(sketch, Tone.BODY, 1.0, 2 + 24 * beat * (1 if aloft else 0.25))
    return sketch.fitted(wish.height_m, of=2.2)


def _dragon_asleep(wish: Wish) -> Drawing:
    sketch, breath = Sketch(), 0.02 * sin(wish.phase_s * 1.1)
    top = 0.66 + breath
    for x, y in ((-0.95, 0.42), (-0.65, 0.56), (-0.30, 0.66), (0.05, 0.68), (0.40, 0.60), (0.72, 0.46)):
        sketch.flat(Tone.SHADE, [(x - 0.10, y - 0.10), (x - 0.03, y + 0.12 + breath), (x + 0.10, y - 0.10)])
    sketch.smooth(Tone.BODY, [(-1.2, 0.0), (-1.12, 0.32), (-0.7, 0.58), (0.0, top), (0.6, 0.5), (0.92, 0.26), (0.9, 0.0)], 6)
    sketch.fill(Tone.BODY, ribbon([(0.5, 0.34), (0.95, 0.36), (1.25, 0.22), (1.42, 0.14)], (0.40, 0.32, 0.24, 0.20)))
    sketch.smooth(
        Tone.BODY,
        [(1.26, 0.02), (1.24, 0.26), (1.42, 0.34), (1.66, 0.24), (1.96, 0.20), (2.04, 0.10), (1.98, 0.0), (1.5, 0.0)],
        5,
    )
    for x, y in ((1.30, 0.28), (1.40, 0.31)):
        sketch.fill(Tone.SHADE, ribbon([(x, y), (x - 0.16, y + 0.10), (x - 0.34, y + 0.12)], (0.09, 0.06, 0.01)))
    sketch.fill(Tone.SHADE, ribbon([(1.50, 0.20), (1.57, 0.17), (1.64, 0.19)], (0.012, 0.02, 0.012)))  # an eye that is closed
    sketch.fill(Tone.SHADE, ribbon([(1.62, 0.07), (1.84, 0.06), (2.02, 0.09)], (0.008, 0.014, 0.01)))
    sketch.disc(Tone.SHADE, 1.97, 0.14, 0.018, 0.012)
    sketch.fill(Tone.BODY, *limb([(0.62, 0.24), (0.98, 0.12), (1.22, 0.05)], (0.16, 0.09, 0.06)))
    tail = [(-1.02, 0.16), (-1.42, 0.10), (-1.36, 0.02), (-0.8, 0.06), (-0.1, 0.08), (0.44, 0.06)]
    sketch.fill(Tone.BODY, ribbon(tail, (0.30, 0.24, 0.18, 0.15, 0.11, 0.04)))
    sketch.flat(Tone.SHADE, [(0.38, 0.0), (0.62, 0.08), (0.38, 0.14)])
    wing = [
        (0.30, top - 0.14, 1),
        (-0.10, top + 0.12),
        (-0.60, 0.66, 1),
        (-1.12, 0.30, 1),
        (-0.72, 0.28),
        (-0.30, 0.14, 1),
        (0.02, 0.30),
    ]
    sketch.smooth(Tone.SHADE, wing, 5)
    for end in ((-1.02, 0.33), (-0.34, 0.19)):
        sketch.fill(Tone.BODY, ribbon([(0.24, top - 0.16), (end[0] * 0.4, (top + end[1]) / 2), end], (0.04, 0.024, 0.008)))
    return sketch.fitted(wish.height_m, of=2.2)


def _dragon_wing(sketch: Sketch, tone: Tone, size: float, turn: float) -> None:
    wing = [
        (0.10, 0.0, 1),
        (0.04, 0.55),
        (-0.14, 1.20, 1),
        (-0.60, 1.10),
        (-1.30, 0.94, 1),
        (-1.02, 0.74),
        (-1.16, 0.40, 1),
        (-0.72, 0.44),
        (-0.62, 0.12, 1),
        (-0.30, 0.14),
    ]
    ring = move(smooth(wing, 5), 0.20, 0.86, scale=size, turn_deg=turn)
    sketch.fill(tone, ring)
    under = Tone.SHADE if tone is Tone.BODY else Tone.BODY
    for end in ((-1.26, 0.93), (-1.12, 0.41), (-0.60, 0.14)):
        line = move(
            curve([(-0.13, 1.17), (-0.13 + (end[0] + 0.13) * 0.5, 1.17 + (end[1] - 1.17) * 0.5 + 0.04), end]),
            0.20,
            0.86,
            scale=size,
            turn_deg=turn,
        )
        sketch.fill(under, ribbon(line[::4].tolist(), (0.035, 0.02, 0.006), 3))


def _fire(sketch: Sketch, x: float, y: float, phase_s: float) -> None:
    flick = 0.05 * sin(phase_s * 17)
    sketch.smooth(
        Tone.ACCENT,
        [
            (x, y, 1),
            (x + 0.4, y + 0.12 + flick),
            (x + 0.9, y + 0.06, 1),
            (x + 0.7, y - 0.02),
            (x + 1.0, y - 0.16 - flick, 1),
            (x + 0.4, y - 0.14),
        ],
        5,
    )
    sketch.smooth(Tone.GLOW, [(x, y, 1), (x + 0.35, y + 0.05), (x + 0.62, y - 0.03 + flick, 1), (x + 0.3, y - 0.07)], 5)
    sketch.glow(x + 0.45, y, 0.9, 0.9)


def draw_dinosaur(wish: Wish) -> Drawing:
    """A tyrant lizard on two legs; a long-necked one where the variant is `sauropod`."""
    sketch = Sketch()
    step = sin(wish.phase_s * 4) if wish.pose in {Pose.WALK, Pose.RUN} else 0.25
    if wish.variant in {"sauropod", "brontosaurus", "diplodocus"}:
        for x, tone, s in (
            (-0.30, Tone.SHADE, step),
            (0.55, Tone.SHADE, -step),
            (-0.48, Tone.BODY, -step),
            (0.36, Tone.BODY, step),
        ):
            sketch.fill(tone, *limb(((x, 0.70), (x + 0.06 * s, 0.34), (x + 0.12 * s, 0.03)), (0.20, 0.13, 0.12)))
        line = [(-2.4, 0.42), (-1.6, 0.62), (-0.8, 0.88), (0.0, 0.96), (0.7, 1.02), (1.1, 1.45), (1.25, 1.95), (1.55, 2.16)]
        sketch.fill(Tone.BODY, ribbon(line, (0.02, 0.22, 0.52, 0.74, 0.66, 0.36, 0.22, 0.18)))
        sketch.disc(Tone.BODY, 1.62, 2.15, 0.20, 0.11, -14)
        sketch.disc(Tone.PALE, 1.64, 2.19, 0.022)
        return sketch.fitted(wish.height_m, of=2.26)
    for tone, s in ((Tone.SHADE, -step), (Tone.BODY, step)):
        knee, hock = (0.10 + 0.16 * s, 0.60), (-0.22 + 0.20 * s, 0.32)
        sketch.fill(
            tone, *limb(((-0.10, 0.92), knee, hock), (0.26, 0.15, 0.08)), *limb((hock, (0.02 + 0.26 * s, 0.05)), (0.075, 0.06))
        )
        foot = 0.02 + 0.26 * s
        sketch.smooth(tone, [(foot - 0.08, 0.10), (foot + 0.14, 0.10), (foot + 0.30, 0.0, 1), (foot - 0.10, 0.0, 1)], 4)
        if tone is Tone.SHADE:
            sketch.fill(tone, ribbon([(0.60, 1.16), (0.74, 1.0), (0.86, 1.02)], (0.10, 0.06, 0.03)))
    body = [(-2.1, 0.86), (-1.3, 1.06), (-0.5, 1.22), (0.15, 1.34), (0.56, 1.56), (0.78, 1.86), (1.05, 2.0), (1.42, 1.94),
        (1.62, 1.80), (1.60, 1.70, 1), (1.10, 1.66),
            (1.50, 1.56, 1), (1.40, 1.48), (1.0, 1.46), (0.86, 1.22), (0.62, 0.98), (0.10, 0.78), (-0.5, 0.80),
            (-1.3, 0.90)]  # fmt: skip
    sketch.smooth(Tone.BODY, body, 6)
    sketch.fill(Tone.SHADE, ribbon([(0.52, 1.14), (0.64, 0.96), (0.78, 0.98)], (0.11, 0.07, 0.03)))
    for k in range(5):
        x = 1.18 + 0.08 * k
        sketch.flat(Tone.PALE, [(x, 1.675), (x + 0.05, 1.68), (x + 0.03, 1.61)])
    sketch.disc(Tone.GLOW, 1.18, 1.84, 0.04, 0.03)
    return sketch.fitted(wish.height_m, of=2.0)


def draw_crocodile(wish: Wish) -> Drawing:
    """A crocodile, flat on the ground; a lizard by variant."""
    if wish.variant in {"lizard", "gecko", "iguana", "chameleon"}:
        return _lizard(wish)
    sketch = Sketch()
    step = 0.08 * sin(wish.phase_s * 4) if wish.pose is Pose.WALK else 0.0
    for x, s in ((-0.5, step), (0.6, -step)):
        sketch.fill(Tone.SHADE, *limb(((x + 0.1, 0.3), (x + 0.22 + s, 0.16), (x + 0.16 + s, 0.03)), (0.12, 0.08, 0.06)))
        sketch.fill(Tone.BODY, *limb(((x, 0.3), (x + 0.10 - s, 0.15), (x + 0.02 - s, 0.03)), (0.13, 0.09, 0.07)))
    body = [(-2.3, 0.08), (-1.4, 0.34), (-0.6, 0.50), (0.2, 0.52), (0.8, 0.46), (1.02, 0.52), (1.2, 0.46), (1.7, 0.36),
        (1.95, 0.36), (1.98, 0.28, 1), (1.3, 0.26), (1.95, 0.18, 1),
            (1.5, 0.12), (0.8, 0.16), (0.2, 0.12), (-0.6, 0.14), (-1.5, 0.08)]  # fmt: skip
    sketch.smooth(Tone.BODY, body, 6)
    for k in range(11):
        x = -1.7 + 0.22 * k
        y = 0.30 + 0.20 * sin(pi * (k + 1.5) / 13)
        sketch.flat(Tone.SHADE, [(x - 0.08, y - 0.03), (x, y + 0.10), (x + 0.08, y - 0.02)])
    sketch.disc(Tone.PALE, 1.04, 0.46, 0.03)
    return sketch.fitted(wish.height_m, of=0.6)


def _lizard(wish: Wish) -> Drawing:
    """A lizard with its head raised, its tail in a curve and its toes spread."""
    sketch = Sketch()
    moving = wish.pose in {Pose.WALK, Pose.RUN, Pose.CLIMB}
    step = 0.10 * sin(wish.phase_s * 8) if moving else 0.0
    curl = 0.05 * sin(wish.phase_s * (6.0 if moving else 1.3))
    tail = [(-0.50, 0.24), (-0.95, 0.15 + curl), (-1.45, 0.10 - curl), (-1.95, 0.22), (-2.20, 0.46 + curl), (-2.06, 0.60)]
    sketch.fill(Tone.BODY, ribbon(tail, (0.24, 0.17, 0.11, 0.07, 0.045, 0.012)))
    for tone, dx, s in ((Tone.SHADE, 0.16, -step), (Tone.BODY, 0.0, step)):
        for x, bend in ((-0.42 + dx, -0.13), (0.42 + dx, 0.12)):
            foot = (x + bend * 1.5 + s, 0.025)
            sketch.fill(tone, *limb(((x, 0.24), (x + bend + 0.4 * s, 0.20), foot), (0.085, 0.055, 0.034)))
            for toe in (-0.05, 0.04, 0.12):
                sketch.fill(tone, ribbon([foot, (foot[0] + toe, 0.02), (foot[0] + 1.5 * toe, 0.008)], (0.034, 0.026, 0.008), 3))
    body = [(-0.62, 0.18), (-0.44, 0.31), (0.0, 0.37), (0.42, 0.38), (0.62, 0.45), (0.80, 0.56), (0.98, 0.58), (1.18, 0.50),
            (1.30, 0.42), (1.24, 0.37), (0.98, 0.35), (0.76, 0.27), (0.46, 0.15), (0.0, 0.10), (-0.42, 0.11)]  # fmt: skip
    sketch.smooth(Tone.BODY, body, 6)
    sketch.smooth(Tone.PALE, [(1.10, 0.365), (0.80, 0.285), (0.46, 0.165), (0.0, 0.115), (0.46, 0.19), (0.78, 0.32)], 4)
    for k in range(9):
        x = -0.50 + 0.15 * k
        sketch.disc(Tone.SHADE, x, 0.265 + 0.075 * sin(pi * (k + 1) / 10), 0.034, 0.024)
    sketch.fill(Tone.SHADE, ribbon([(1.27, 0.415), (1.08, 0.405), (0.94, 0.43)], (0.004, 0.014, 0.003), 4))
    sketch.disc(Tone.PALE, 0.985, 0.515, 0.042)
    sketch.disc(Tone.SHADE, 0.992, 0.515, 0.024)
    return sketch.fitted(wish.height_m, of=0.6)


def draw_monkey(wish: Wish) -> Drawing:
    """A monkey that crouches, its tail curled; an ape is a heavier one without a tail."""
    ape = wish.variant in {"gorilla", "ape", "chimpanzee", "orangutan"}
    sketch = Sketch()
    s = sin(wish.phase_s * 4) if wish.pose in {Pose.WALK, Pose.RUN, Pose.DANCE, Pose.CLIMB} else 0.15 * sin(wish.phase_s * 1.6)
    thick = 1.35 if ape else 1.0
    if not ape:
        sketch.fill(
            Tone.BODY,
            ribbon(
                [(-0.34, 0.32), (-0.62, 0.26), (-0.78, 0.50), (-0.66, 0.80), (-0.50, 0.80), (-0.50, 0.68)],
                (0.08, 0.07, 0.06, 0.05, 0.04),
            ),
        )
    sketch.fill(
        Tone.SHADE, *limb(((0.16, 0.66), (0.34 - 0.08 * s, 0.38), (0.36 - 0.16 * s, 0.05)), (0.10 * thick, 0.075 * thick, 0.055))
    )
    sketch.fill(
        Tone.SHADE,
        *limb(((-0.24, 0.32), (0.0 + 0.08 * s, 0.26), (-0.14 + 0.12 * s, 0.05)), (0.13, 0.09, 0.06)),
        ellipse(-0.07 + 0.12 * s, 0.035, 0.12, 0.045),
    )
    sketch.smooth(
        Tone.BODY,
        [
            (-0.42, 0.26),
            (-0.38, 0.52),
            (-0.16, 0.74 + 0.06 * ape),
            (0.10, 0.84 + 0.06 * ape),
            (0.26, 0.74),
            (0.24, 0.52),
            (0.06, 0.28),
            (-0.20, 0.16),
        ],
        6,
    )
    sketch.fill(
        Tone.BODY,
        *limb(((-0.28, 0.32), (-0.02 - 0.08 * s, 0.28), (-0.20 - 0.12 * s, 0.05)), (0.14, 0.10, 0.065)),
        ellipse(-0.13 - 0.12 * s, 0.04, 0.13, 0.05),
    )
    sketch.disc(Tone.BODY, 0.26, 0.92, 0.185, 0.18)
    sketch.disc(Tone.SKIN, 0.34, 0.90, 0.125, 0.13)
    sketch.disc(Tone.SKIN, 0.42, 0.845, 0.10, 0.075)
    if not ape:
        sketch.disc(Tone.SKIN, 0.14, 0.92, 0.055, 0.07)
    for x in (0.33, 0.42):
        sketch.disc(Tone.SHADE, x, 0.945, 0.02, 0.024)
    sketch.fill(Tone.SHADE, ribbon([(0.36, 0.82), (0.43, 0.81), (0.50, 0.83)], (0.004, 0.012, 0.004)))
    sketch.fill(
        Tone.BODY,
        *limb(((0.08, 0.68), (0.22 + 0.10 * s, 0.36), (0.26 + 0.18 * s, 0.05)), (0.115 * thick, 0.085 * thick, 0.06)),
        ellipse(0.30 + 0.18 * s, 0.04, 0.09, 0.045),
    )
    return sketch.fitted(wish.height_m, of=1.1)


PRIMATES: Mapping[str, Callable[[Wish], Drawing]] = dict.fromkeys(
    ("monkey", "gorilla", "ape", "chimpanzee", "orangutan"), draw_monkey
)
