"""Birds: on the wing, on their feet or on the water, told apart by their measures."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import cos, pi, radians, sin

from storyreel.animatic.figures.curves import Point, move, smooth
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import limb, ribbon
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing, Tone
from storyreel.domain.storyboard import Pose

ALOFT = frozenset({Pose.FLY, Pose.FALL, Pose.RUN, Pose.SWIM})


@dataclass(frozen=True, slots=True)
class Plumage:
    """A bird's measures; its body is 1 long."""

    neck: float = 0.16
    neck_deg: float = 58.0
    head: float = 0.13  # radius
    beak: float = 0.16
    hook: float = 0.0  # how far the beak's tip bends down
    leg: float = 0.26
    body_deg: float = 22.0  # breast up, standing
    deep: float = 0.27  # half the body's depth
    tail: float = 0.42
    span: float = 1.15  # one wing's length
    chord: float = 0.34
    beat_s: float = 0.75
    body: Tone = Tone.BODY
    wing: Tone = Tone.SHADE
    beak_tone: Tone = Tone.ACCENT
    extra: str = ""


_GULL = Plumage(body=Tone.PALE, wing=Tone.BODY, span=1.35, chord=0.28)
_CROW = Plumage(beak=0.22, span=1.1, chord=0.38, beak_tone=Tone.SHADE, beat_s=0.6)
BIRDS: Mapping[str, Plumage] = {
    "gull": _GULL,
    "crow": _CROW,
    "eagle": Plumage(head=0.12, beak=0.15, hook=0.08, span=1.5, chord=0.36, body_deg=34, tail=0.26, beat_s=1.2, leg=0.30),
    "owl": Plumage(neck=0.06, neck_deg=80, head=0.24, beak=0.07, hook=0.05, body_deg=72, deep=0.30, tail=0.22, leg=0.10,
    extra="owl"),
    "pigeon": Plumage(neck=0.15, head=0.11, beak=0.10, body=Tone.BODY, beat_s=0.35, leg=0.17, deep=0.28),
    "sparrow": Plumage(neck=0.05, head=0.17, beak=0.10, beat_s=0.25, tail=0.38, leg=0.17, beak_tone=Tone.SHADE, span=0.9),
    "swan": Plumage(neck=0.86, neck_deg=96, head=0.105, beak=0.20, leg=0.0, body_deg=6, body=Tone.PALE, wing=Tone.PALE, tail=0.22,
                    span=1.5, beat_s=0.9, extra="float curved"),
    "duck": Plumage(neck=0.26, neck_deg=72, head=0.135, beak=0.18, leg=0.0, body_deg=8, tail=0.22, extra="float", beat_s=0.4),
    "goose": Plumage(neck=0.52, neck_deg=80, head=0.115, beak=0.17, leg=0.20, body_deg=12, body=Tone.PALE, tail=0.2, beat_s=0.55),
    "chicken": Plumage(neck=0.28, neck_deg=66, head=0.115, beak=0.10, leg=0.26, body_deg=10, deep=0.34, tail=0.36, extra="comb"),
    "rooster": Plumage(neck=0.36, neck_deg=72, head=0.12, beak=0.11, leg=0.30, body_deg=22, deep=0.31, tail=0.3,
    extra="comb plume"),
    "penguin": Plumage(neck=0.10, neck_deg=86, head=0.15, beak=0.16, leg=0.05, body_deg=86, deep=0.27, tail=0.14, span=0.5,
    chord=0.14,
                       extra="penguin"),
    "crane": Plumage(neck=0.74, neck_deg=68, head=0.09, beak=0.34, leg=0.92, body_deg=18, deep=0.23, tail=0.26, span=1.4,
    body=Tone.PALE,
                     beat_s=1.0, extra="curved"),
    "stork": Plumage(neck=0.50, neck_deg=62, head=0.10, beak=0.42, leg=0.86, body_deg=16, deep=0.24, tail=0.24,
    body=Tone.PALE, span=1.4,
                     beat_s=1.0),
    "heron": Plumage(neck=0.66, neck_deg=72, head=0.09, beak=0.38, leg=0.85, body_deg=24, deep=0.21, tail=0.26,
    extra="curved", beat_s=1.0),
    "flamingo": Plumage(neck=0.86, neck_deg=84, head=0.095, beak=0.22, hook=0.16, leg=1.1, body_deg=14, deep=0.23, tail=0.18,
                        body=Tone.ACCENT, wing=Tone.ACCENT, beak_tone=Tone.SHADE, extra="curved"),
    "parrot": Plumage(neck=0.06, head=0.17, beak=0.13, hook=0.12, body_deg=42, tail=0.42, leg=0.34, body=Tone.ACCENT,
    beak_tone=Tone.SHADE),
    "peacock": Plumage(neck=0.46, neck_deg=78, head=0.09, beak=0.10, leg=0.36, body_deg=14, tail=1.6, extra="comb"),
    "ostrich": Plumage(neck=1.0, neck_deg=80, head=0.09, beak=0.16, leg=1.05, body_deg=6, deep=0.34, tail=0.26, extra=""),
}  # fmt: skip
KIN: Mapping[str, str] = {
    "seagull": "gull", "raven": "crow", "blackbird": "crow", "hawk": "eagle", "falcon": "eagle", "vulture": "eagle",
    "dove": "pigeon",
    "robin": "sparrow", "swallow": "sparrow", "songbird": "sparrow", "hen": "chicken", "turkey": "chicken", "albatross": "gull",
}  # fmt: skip


def draw_bird(wish: Wish) -> Drawing:
    """A bird; `height_m` is its height standing, and one on the wing keeps that size."""
    kind = BIRDS.get(KIN.get(wish.variant, wish.variant), _GULL)
    sketch = Sketch()
    if wish.pose in ALOFT and "penguin" not in kind.extra:
        _flying(sketch, kind, wish)
        return sketch.drawing(wish.height_m / _stature(kind))
    _standing(sketch, kind, wish)
    return sketch.drawing(wish.height_m / _stature(kind))


def _stature(kind: Plumage) -> float:
    """How high a standing bird is, in body lengths."""
    up = kind.leg + kind.deep * 0.8 + 0.46 * sin(radians(kind.body_deg)) + kind.neck * sin(radians(kind.neck_deg)) + kind.head
    return max(up, 0.4)


def _body(sketch: Sketch, kind: Plumage, at: Point, turn: float) -> None:
    d = kind.deep
    path = [(-0.55, 0.02), (-0.30, d * 0.66), (0.05, d * 0.92), (0.36, d * 0.74), (0.52, d * 0.20), (0.48, -d * 0.40),
        (0.26, -d * 0.92), (-0.08, -d * 0.96),
            (-0.38, -d * 0.50)]  # fmt: skip
    tail = [
        (-0.40, d * 0.5),
        (-0.60 - kind.tail, 0.06),
        (-0.62 - kind.tail, -0.05, 1),
        (-0.56 - kind.tail * 0.8, -0.09),
        (-0.34, -d * 0.40),
    ]
    for tone, ring in ((kind.wing, smooth(tail, 5)), (kind.body, smooth(path, 5))):
        sketch.fill(tone, move(ring, *at, turn_deg=turn))


def _head(sketch: Sketch, kind: Plumage, base: Point, angle: float, wish: Wish) -> None:
    """Neck, head and beak from the front of the body."""
    a = radians(angle)
    top = (base[0] + kind.neck * cos(a), base[1] + kind.neck * sin(a))
    if "curved" in kind.extra and wish.pose not in ALOFT:
        bow = kind.neck * 0.22
        line = [base, (base[0] + 0.10 + bow, base[1] + kind.neck * 0.18), (base[0] + 0.02, base[1] + kind.neck * 0.55),
                (base[0] + 0.02, base[1] + kind.neck * 0.88), (base[0] + 0.12, base[1] + kind.neck)]  # fmt: skip
        top = line[-1]
        sketch.fill(kind.body, ribbon(line, (kind.deep * 0.95, kind.head * 1.5, kind.head * 1.25, kind.head * 1.2)))
    else:
        sketch.fill(kind.body, *limb((base, top), (kind.deep * 0.62, kind.head * 0.86)))
    x, y = top
    h = kind.head
    tip = (x + h * 0.9 + kind.beak, y - 0.02 - kind.hook)
    beak = [(x + h * 0.55, y + h * 0.42, 1), (x + h * 0.9 + kind.beak * 0.6, y + h * 0.22 - kind.hook * 0.2), (*tip, 1),
            (x + h * 0.9 + kind.beak * 0.45, y - h * 0.24 - kind.hook * 0.2), (x + h * 0.55, y - h * 0.45, 1)]  # fmt: skip
    sketch.smooth(kind.beak_tone, beak, 4)
    sketch.disc(kind.body, x, y, h * 1.08, h)
    if "comb" in kind.extra:
        sketch.smooth(Tone.ACCENT, [(x - h * 0.5, y + h * 0.7, 1), (x - h * 0.5, y + h * 1.5), (x - h * 0.1, y + h * 1.1, 1),
            (x + h * 0.2, y + h * 1.7),
                                    (x + h * 0.4, y + h * 1.1, 1), (x + h * 0.8, y + h * 1.3),
                                    (x + h * 0.8, y + h * 0.5, 1)], 4)  # fmt: skip
        sketch.disc(Tone.ACCENT, x + h * 0.9, y - h * 0.8, h * 0.28, h * 0.45)
    eye = h * (0.16 if kind.body is not Tone.PALE else 0.15)
    sketch.disc(Tone.SHADE if kind.body is not Tone.BODY else Tone.PALE, x + h * 0.42, y + h * 0.18, eye)


def _legs(sketch: Sketch, kind: Plumage, step: float) -> None:
    for side, tone in ((1, Tone.SHADE), (-1, kind.beak_tone)):
        foot = (0.02 + 0.10 * side * step + 0.03 * side, 0.0)
        knee = ((foot[0] - 0.02) * 0.5 - 0.03, kind.leg * 0.52)
        sketch.fill(tone, *limb(((-0.02, kind.leg + 0.05), knee, (foot[0], 0.02)), (0.030, 0.018, 0.016)))
        sketch.smooth(tone, [(foot[0] - 0.08, 0.0, 1), (foot[0], 0.04), (foot[0] + 0.13, 0.0, 1)], 4)


def _plume(sketch: Sketch, root: float) -> None:
    for k in range(4):
        high = 0.62 - 0.13 * k
        line = [
            (-0.30, root),
            (-0.62 - 0.05 * k, root + high),
            (-0.92, root + high * 0.75),
            (-1.02 - 0.03 * k, root + high * 0.1),
        ]
        sketch.fill(Tone.SHADE if k % 2 else Tone.ACCENT, ribbon(line, (0.12, 0.14, 0.10, 0.02)))


def _standing(sketch: Sketch, kind: Plumage, wish: Wish) -> None:
    if "owl" in kind.extra or "penguin" in kind.extra:
        _upright(sketch, kind, wish)
        return
    step = sin(wish.phase_s * 7) if wish.pose is Pose.WALK else 0.0
    peck = 3 * sin(wish.phase_s * 1.7)
    afloat = "float" in kind.extra
    middle = (0.0, kind.leg + kind.deep * (0.55 if afloat else 0.8) + (0.01 * sin(wish.phase_s * 2) if afloat else 0.0))
    if kind.leg > 0.02:
        _legs(sketch, kind, step)
    if "plume" in kind.extra:
        _plume(sketch, middle[1])
    a = radians(kind.body_deg)
    base = (middle[0] + 0.36 * cos(a), middle[1] + 0.36 * sin(a))
    _head(sketch, kind, base, kind.neck_deg + peck, wish)
    _body(sketch, kind, middle, kind.body_deg)
    wing = [(0.30, kind.deep * 0.30), (0.05, kind.deep * 0.62), (-0.35, kind.deep * 0.40), (-0.80, 0.02, 1),
        (-0.40, -kind.deep * 0.25), (0.05, -kind.deep * 0.35),
            (0.26, -kind.deep * 0.1)]  # fmt: skip
    tone = Tone.SHADE if kind.wing is kind.body and kind.body is Tone.BODY else kind.wing
    sketch.fill(tone, move(smooth(wing, 5), *middle, turn_deg=kind.body_deg))
    if kind.wing is Tone.PALE:
        line = [(-0.62, 0.02), (-0.2, -kind.deep * 0.28), (0.2, -kind.deep * 0.22)]
        sketch.fill(Tone.BODY, move(ribbon(line, (0.004, 0.016, 0.004)), *middle, turn_deg=kind.body_deg))


def _upright(sketch: Sketch, kind: Plumage, wish: Wish) -> None:
    """Owls and penguins stand like people."""
    rock = 5 * sin(wish.phase_s * 6) if wish.pose is Pose.WALK else 0.0
    part = Sketch()
    owl = "owl" in kind.extra
    if owl:
        part.smooth(Tone.BODY, [(-0.20, 1.12, 1), (-0.12, 1.05), (0.12, 1.05), (0.20, 1.12, 1), (0.26, 0.92), (0.24, 0.72),
            (0.33, 0.44), (0.22, 0.10), (0.0, 0.02),
                                (-0.22, 0.10), (-0.33, 0.44), (-0.24, 0.72), (-0.26, 0.92)], 5)  # fmt: skip
        part.smooth(Tone.PALE, [(0.0, 0.66), (0.16, 0.48), (0.12, 0.16), (0.0, 0.08), (-0.12, 0.16), (-0.16, 0.48)], 5)
        for x in (-0.11, 0.11):
            part.disc(Tone.PALE, x, 0.88, 0.105)
            part.disc(Tone.GLOW, x, 0.88, 0.062)
            part.disc(Tone.SHADE, x, 0.88, 0.036)
            part.smooth(Tone.SHADE, [(x * 3.0, 0.62), (x * 2.3, 0.40), (x * 1.1, 0.03, 1), (x * 2.6, 0.2)], 4)
            part.disc(Tone.ACCENT, x * 0.8, 0.025, 0.06, 0.03)
        part.smooth(Tone.ACCENT, [(-0.03, 0.86), (0.03, 0.86), (0.0, 0.76, 1)], 3)
        sketch.add(part.fitted(_stature(kind)), turn_deg=rock)
        return
    flap = 10 * sin(wish.phase_s * 3)
    part.smooth(Tone.SHADE, [(0.06, 1.0), (0.18, 0.95), (0.34, 0.90, 1), (0.16, 0.86), (0.13, 0.76), (0.24, 0.60),
        (0.28, 0.34), (0.20, 0.06), (-0.10, 0.03),
                             (-0.30, 0.0, 1), (-0.24, 0.20), (-0.26, 0.50), (-0.18, 0.76), (-0.10, 0.92)], 5)  # fmt: skip
    part.smooth(
        Tone.PALE, [(0.12, 0.76), (0.225, 0.58), (0.26, 0.34), (0.18, 0.07), (0.02, 0.06), (-0.04, 0.35), (0.02, 0.64)], 5
    )
    flipper = smooth([(0.0, 0.02), (0.07, -0.12), (0.04, -0.40), (-0.02, -0.46), (-0.06, -0.20)], 5)
    part.fill(Tone.BODY, move(flipper, -0.10, 0.70, turn_deg=-12 - abs(flap)))
    part.smooth(Tone.ACCENT, [(0.18, 0.93), (0.36, 0.90, 1), (0.17, 0.885)], 3)
    part.disc(Tone.PALE, 0.075, 0.92, 0.022)
    for x in (-0.03, 0.14):
        part.disc(Tone.ACCENT, x, 0.022, 0.10, 0.028)
    sketch.add(part.fitted(_stature(kind)), turn_deg=rock)


def _flying(sketch: Sketch, kind: Plumage, wish: Wish) -> None:
    beat = 2 * pi * wish.phase_s / kind.beat_s + wish.seed
    lift = sin(beat)
    middle = (0.0, 0.55 - 0.05 * cos(beat))
    _wing(
        sketch,
        kind,
        (middle[0] + 0.16, middle[1]),
        sin(beat + 0.3),
        Tone.SHADE if kind.wing is not Tone.PALE else Tone.BODY,
        0.92,
        0.42,
    )
    slim = replace(kind, deep=kind.deep * 0.72)
    base = (middle[0] + 0.40, middle[1] + 0.05)
    if kind.leg > 0.5:
        sketch.fill(kind.beak_tone, ribbon([(-0.3, middle[1] - 0.05), (-1.15, middle[1] - 0.10)], (0.05, 0.025)))
    _head(sketch, slim, base, 16 if kind.neck > 0.3 else 24, wish)
    _body(sketch, slim, middle, 4)
    _wing(
        sketch,
        kind,
        middle,
        lift,
        kind.wing if kind.wing is not kind.body else Tone.SHADE if kind.body is Tone.BODY else kind.body,
        1.0,
        0.0,
    )


def _wing(sketch: Sketch, kind: Plumage, at: Point, lift: float, tone: Tone, size: float, sweep: float) -> None:
    """A wing in two joints: the outer half lags behind the inner one."""
    inner = radians(86 + 4 * lift) if lift > 0 else radians(90)
    up = 0.34 + 0.66 * abs(lift)
    sign = 1 if lift > -0.15 else -1
    span, chord = kind.span * size, kind.chord * size
    wrist = (at[0] + 0.20 + 0.10 * cos(inner), at[1] + sign * span * 0.45 * up)
    tip = (at[0] - 0.30 * span - 0.10 + sweep * span, at[1] + sign * span * (0.98 * up))
    path = [(at[0] + 0.32, at[1] + 0.04), (wrist[0] + 0.02, wrist[1]),
        ((wrist[0] + tip[0]) / 2 + 0.10, (wrist[1] + tip[1]) / 2 + sign * 0.02), (*tip, 1),
            ((wrist[0] + tip[0]) / 2 - chord * 0.55, (wrist[1] + tip[1]) / 2 - sign * 0.08),
            (wrist[0] - chord * 1.25, wrist[1] - sign * 0.05),
            (at[0] - chord * 0.85, at[1] + sign * 0.02), (at[0] - 0.05, at[1] - 0.06)]  # fmt: skip
    sketch.smooth(tone, path, 5)
