"""A four-legged animal of any breed, seen from its side."""

from dataclasses import dataclass
from math import cos, radians, sin

from storyreel.animatic.figures.animals.breed import Breed, breed_of
from storyreel.animatic.figures.animals.faces import draw_face, draw_inner_ear, draw_neck_fur
from storyreel.animatic.figures.animals.gait import RESTING, Gait, Step, gait_of
from storyreel.animatic.figures.animals.heads import EAR_PLACE, EARS, HEADS
from storyreel.animatic.figures.animals.marks import draw_marks_before, draw_marks_behind
from storyreel.animatic.figures.animals.reptiles import PRIMATES
from storyreel.animatic.figures.animals.small import ARTISTS as SMALL
from storyreel.animatic.figures.animals.small import draw_small
from storyreel.animatic.figures.animals.tails import draw_tail
from storyreel.animatic.figures.curves import Point, move, smooth
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import elbow, limb
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing, Ring, Tone

SEAT = 0.30
"""Where a rider sits above the sole of its feet, as a share of the rider's height."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Turns places in the trunk (hip to shoulder along x, ground to withers along y) into places in the picture."""

    pivot: Point
    turn_deg: float
    drop: float

    def at(self, x: float, y: float) -> Point:
        """A place that moves with the trunk."""
        c, s = cos(radians(self.turn_deg)), sin(radians(self.turn_deg))
        dx, dy = x - self.pivot[0], y - self.pivot[1]
        return (self.pivot[0] + dx * c - dy * s, self.pivot[1] - self.drop + dx * s + dy * c)


def draw_quadruped(wish: Wish) -> Drawing:
    """An animal that stands `height_m` high with its head up; `holds` is its rider."""
    if wish.variant in PRIMATES:
        return PRIMATES[wish.variant](wish)
    if wish.variant in SMALL:
        return draw_small(wish)
    breed = breed_of(wish.variant)
    gait = gait_of(breed, wish.pose, wish.phase_s)
    half = breed.long / 2
    sink = gait.sink if wish.pose not in RESTING else 1 - breed.chest - 0.02
    frame = Frame((-half, breed.rump * 0.72), gait.pitch_deg, sink)
    sketch = Sketch()
    resting = wish.pose in RESTING
    _hind(sketch, breed, frame, gait.feet[3], 0.05, Tone.SHADE, folded=resting)
    _fore(sketch, breed, frame, gait.feet[1], 0.05, Tone.SHADE, folded=resting)
    draw_tail(sketch, breed, frame.at(-half - 0.13, breed.rump - 0.08), gait.pitch_deg + gait.tail_deg, wish.phase_s)
    head = _Neck.of(breed, frame, gait)
    draw_marks_behind(sketch, breed, frame.at, head.root, head.place, wish.phase_s)
    if wish.holds is not None and wish.height_m > 0:
        unit = breed.stature / wish.height_m
        x, y = frame.at(0.10 * breed.long, 1.0 + breed.back)
        sketch.add(wish.holds, x, y - SEAT * wish.holds.height_m * unit, scale=unit)
    _ear(sketch, breed, head, Tone.SHADE, -0.10)
    sketch.fill(Tone.BODY, _trunk(breed, frame, head))
    _hind(sketch, breed, frame, gait.feet[2], -0.05, Tone.BODY, folded=resting)
    _fore(sketch, breed, frame, gait.feet[0], -0.05, Tone.BODY, folded=resting)
    if wish.near:
        draw_neck_fur(sketch, breed, head.base, head.root, head.neck_deg)
    sketch.fill(Tone.BODY, head.place(HEADS[breed.head_kind]))
    draw_marks_before(sketch, breed, frame.at, head.root, head.place, wish.phase_s)
    _ear(sketch, breed, head, Tone.SHADE if breed.ear in {"fan", "floppy"} else Tone.BODY, 0.0)
    if wish.near:
        draw_inner_ear(sketch, breed, head.place, head.head_deg)
    draw_face(sketch, breed, head.place, near=wish.near)
    return sketch.drawing(wish.height_m / breed.stature)


@dataclass(frozen=True, slots=True)
class _Neck:
    """The neck's two ends, and how the head lies on it."""

    breed: Breed
    base: Point
    root: Point
    neck_deg: float
    head_deg: float

    @classmethod
    def of(cls, breed: Breed, frame: Frame, gait: Gait) -> "_Neck":
        """The neck at a moment of a gait; it makes up for the trunk's pitch."""
        angle = breed.neck_deg + 0.35 * gait.pitch_deg + gait.head_deg
        base = frame.at(breed.long / 2 + 0.01, 0.80)
        root = (base[0] + (breed.neck + 0.1) * cos(radians(angle)), base[1] + (breed.neck + 0.1) * sin(radians(angle)))
        return cls(breed, base, root, angle, breed.head_deg + 0.25 * gait.pitch_deg + 0.6 * gait.head_deg)

    def place(self, ring: Ring) -> Ring:
        """A ring from head lengths to the picture."""
        return move(ring * (1.0, self.breed.head_deep), *self.root, scale=self.breed.head, turn_deg=self.head_deg)


def _trunk(breed: Breed, frame: Frame, head: _Neck) -> Ring:
    """Back, neck, breast, belly and thigh as one outline."""
    half, rump = breed.long / 2, breed.rump
    a = radians(head.neck_deg)
    nx, ny = -sin(a), cos(a)
    thin = breed.neck_thick[1] / 2
    mid = ((head.base[0] * 0.45 + head.root[0] * 0.55), (head.base[1] * 0.45 + head.root[1] * 0.55))
    thick = breed.neck_thick[0] * 0.28 + breed.neck_thick[1] * 0.22
    x, y = head.root
    bx, by = cos(a) * 0.02, sin(a) * 0.02
    above = [frame.at(-half - 0.17, rump - 0.20), frame.at(-half - 0.10, rump - 0.055), frame.at(-half + 0.06, rump + 0.005),
             frame.at(-half * 0.30, (rump + 1) / 2 - 0.012 + breed.back), frame.at(half * 0.30, 0.99 + breed.back * 0.7),
             frame.at(half - 0.09, 1.005)]  # fmt: skip
    neck = [(mid[0] + nx * thick, mid[1] + ny * thick), (x + nx * thin + bx, y + ny * thin + by), (x + 2 * bx, y + 2 * by),
            (x - nx * thin + bx, y - ny * thin + by), (mid[0] - nx * thick * 0.9, mid[1] - ny * thick * 0.9)]  # fmt: skip
    breast = 0.80 - breed.neck_thick[0] * 0.42
    below = [frame.at(half + 0.125, breast + 0.03), frame.at(half + 0.05, 1 - breed.chest - 0.005), frame.at(half * 0.45,
        1 - breed.chest - 0.015),
             frame.at(-half * 0.2, 1 - (breed.chest * 0.62 + breed.waist * 0.38)), frame.at(-half + 0.20, rump - breed.waist),
             frame.at(-half + 0.02, rump - breed.waist - 0.06), frame.at(-half - 0.16, rump - breed.waist * 0.95)]  # fmt: skip
    return smooth([*above, *neck, *below], 5)


def _fore(sketch: Sketch, breed: Breed, frame: Frame, step: Step, side: float, tone: Tone, *, folded: bool) -> None:
    a, b, _, d = breed.leg
    half = breed.long / 2
    top = frame.at(half - 0.02 + side * 0.6, 0.74)
    if folded:
        y = d * 1.1
        joint = (top[0] + 0.02, max(y + 0.03, b))
        sketch.fill(tone, *limb((top, joint, (joint[0] + 0.34 + side, y)), (a * 0.85, b, d), belly=0.05))
        _foot(sketch, breed, (joint[0] + 0.34 + side, y), 0.0, tone)
        return
    fetlock = breed.paw * (0.75 if breed.hoofed else 0.46)
    ground = frame.pivot[0] + (half - 0.02 - frame.pivot[0]) + 0.02 + side * 0.6
    target = (ground + step.x + (top[0] - (half - 0.02 + side * 0.6)) * 0.9, fetlock + step.lift)
    long = 0.74 - fetlock
    knee, end = elbow(top, target, long * 0.56, long * 0.46, 1)
    sketch.fill(tone, *limb((top, knee, end), (a * 0.92, b * 0.80, d), belly=-0.10))
    _foot(sketch, breed, end, -70 * step.curl, tone)


def _hind(sketch: Sketch, breed: Breed, frame: Frame, step: Step, side: float, tone: Tone, *, folded: bool) -> None:
    a, b, c, d = breed.leg
    half = breed.long / 2
    hip = frame.at(-half + side * 0.6, breed.rump - 0.26)
    fetlock = breed.paw * (0.75 if breed.hoofed else 0.46)
    if folded:
        knee = (hip[0] + 0.26, max(b, hip[1] * 0.55))
        hock = (hip[0] - 0.02, c * 1.2)
        sketch.fill(tone, *limb((hip, knee), (a * 1.25, b * 1.1)), *limb((knee, hock, (hock[0] + 0.24, d)), (b, c, d)))
        _foot(sketch, breed, (hock[0] + 0.24, d), 0.0, tone)
        return
    ground = -half - 0.07 + side * 0.6
    end = (ground + step.x, fetlock + step.lift)
    rear = radians(97 + 42 * step.curl - 34 * step.x)
    cannon = 0.245
    hock = (end[0] + cannon * cos(rear), end[1] + cannon * sin(rear))
    long = breed.rump - 0.26 - fetlock - cannon * 0.97
    knee, hock = elbow(hip, hock, max(0.16, long * 0.57), max(0.16, long * 0.59), 1)
    sketch.fill(tone, *limb((hip, knee, hock), (a * 1.12, b * 1.05, c * 1.02), belly=0.06), *limb((hock, end), (c * 0.98, d)))
    _foot(sketch, breed, end, -60 * step.curl, tone)


PAW = smooth(
    [(-0.36, 0.34), (0.25, 0.36), (0.62, 0.16), (0.98, 0.0), (1.05, -0.30), (0.96, -0.46, 1), (-0.40, -0.46, 1), (-0.48, -0.1)], 4
)
HOOF = smooth([(-0.42, 0.62), (0.36, 0.62), (0.52, 0.10), (0.86, -0.78, 1), (-0.52, -0.88, 1), (-0.46, 0.0)], 4)


def _foot(sketch: Sketch, breed: Breed, at: Point, turn_deg: float, tone: Tone) -> None:
    shape = HOOF * (1.0, 0.93) if breed.hoofed else PAW
    sketch.fill(
        Tone.SHADE if breed.hoofed else tone,
        move(shape, *at, scale=breed.paw if not breed.hoofed else breed.paw * 0.92, turn_deg=turn_deg),
    )


def _ear(sketch: Sketch, breed: Breed, head: _Neck, tone: Tone, shift: float) -> None:
    x, y = EAR_PLACE[breed.head_kind]
    lean = 0.0 if breed.ear in {"floppy", "fan"} else 14.0
    ear = move(EARS[breed.ear] * (breed.ear_long / breed.head), x - shift * 0.9, y, turn_deg=lean - head.head_deg * 0.35)
    sketch.fill(tone, head.place(ear))
