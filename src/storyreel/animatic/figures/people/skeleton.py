"""Where the joints of a body are, from its build and its stance; the standing height is 1."""

from dataclasses import dataclass
from math import atan2, cos, degrees, radians, sin

from storyreel.animatic.figures.curves import Point
from storyreel.animatic.figures.people.build import Build
from storyreel.animatic.figures.people.stance import Foot, Hand, Stance
from storyreel.animatic.figures.strokes import elbow


@dataclass(frozen=True, slots=True)
class Leg:
    """Joints of a leg and the way its foot points."""

    hip: Point
    knee: Point
    ankle: Point
    foot_deg: float  # 0 points right, along the ground

    def at(self, t: float) -> Point:
        """A place along the leg: 0 the hip, 1 the knee, 2 the ankle."""
        a, b, share = (self.hip, self.knee, t) if t <= 1 else (self.knee, self.ankle, t - 1)
        return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)


@dataclass(frozen=True, slots=True)
class Arm:
    """Joints of an arm and the way its hand points."""

    shoulder: Point
    elbow: Point
    wrist: Point
    hand_deg: float  # 0 points right


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A body's joints; `spine_deg` and `head_deg` are turned clockwise from upright."""

    hip: Point
    neck: Point  # base of the neck
    chin: Point  # where the head sits on the neck
    spine_deg: float
    bend_deg: float  # how much more the upper spine leans than the lower
    head_deg: float
    near_leg: Leg
    far_leg: Leg
    near_arm: Arm
    far_arm: Arm

    def trunk(self, across: float, along: float) -> Point:
        """A place in the trunk: `along` 0 at the hips and 1 at the neck, `across` forward of the spine."""
        a = radians(self.spine_deg + self.bend_deg * (along - 0.5))
        mid = _bent(self.hip, self.neck, self.bend_deg, along)
        return (mid[0] + across * cos(a), mid[1] - across * sin(a))


def _bent(hip: Point, neck: Point, bend_deg: float, along: float) -> Point:
    """The spine: an arc from hip to neck that bulges backwards by the bend."""
    dx, dy = neck[0] - hip[0], neck[1] - hip[1]
    bulge = -radians(bend_deg) / 2 * along * (1 - along)
    return (hip[0] + dx * along + dy * bulge, hip[1] + dy * along - dx * bulge)


def pose_side(build: Build, stance: Stance) -> Skeleton:
    """The joints of a body seen from its side, facing right."""
    hip = (stance.hip_x * build.leg, build.ankle + (build.hip_height - build.ankle) * stance.hip)
    lean = stance.lean_deg + build.stoop_deg * 0.35
    neck = _along(hip, build.spine, 90 - lean)
    head_deg = stance.nod_deg + 0.5 * stance.lean_deg + build.stoop_deg * 0.15
    chin = _along(neck, build.neck, 90 - lean - build.stoop_deg * 0.9 - 12)
    top = radians(lean + build.stoop_deg * 0.5)
    down = build.spine * 0.085

    def arm(hand: Hand, across: float) -> Arm:
        shoulder = (neck[0] + across * cos(top) - down * sin(top), neck[1] - across * sin(top) - down * cos(top))
        wrist = _along(shoulder, build.arm * min(0.998, hand.reach), hand.angle_deg - 90)
        bend, wrist = elbow(shoulder, wrist, build.upper_arm, build.forearm, -1)
        return Arm(shoulder, bend, wrist, _heading(bend, wrist) + hand.grip_deg)

    def leg(foot: Foot, across: float, side: float) -> Leg:
        start = (hip[0] + across, hip[1])
        tilt = sin(radians(foot.pitch_deg))
        raised = build.foot * (0.2 * tilt if tilt > 0 else -0.68 * tilt)
        target = (foot.x * build.leg, build.ankle + foot.lift * build.leg + raised)
        knee, ankle = elbow(start, target, build.thigh, build.shin, side)
        return Leg(start, knee, ankle, foot.pitch_deg)

    upright = Skeleton(
        hip,
        neck,
        chin,
        lean,
        build.stoop_deg,
        head_deg,
        leg(stance.near_foot, -build.hips * 0.14, stance.near_knee),
        leg(stance.far_foot, build.hips * 0.14, stance.far_knee),
        arm(stance.near_hand, -build.chest * 0.34),
        arm(stance.far_hand, build.chest * 0.50),
    )
    if stance.rest is None:
        return upright
    return _turned(upright, stance.turn_deg, stance.rest)


def _along(start: Point, distance: float, angle_deg: float) -> Point:
    return (start[0] + distance * cos(radians(angle_deg)), start[1] + distance * sin(radians(angle_deg)))


def _heading(a: Point, b: Point) -> float:
    return degrees(atan2(b[1] - a[1], b[0] - a[0]))


def _turned(one: Skeleton, turn_deg: float, rest: float) -> Skeleton:
    """The body turned about its hip, which then lies at the height `rest`."""
    c, s = cos(radians(turn_deg)), sin(radians(turn_deg))
    ox, oy = one.hip

    def spun(p: Point) -> Point:
        return (ox + (p[0] - ox) * c - (p[1] - oy) * s, rest + (p[0] - ox) * s + (p[1] - oy) * c)

    def leg(part: Leg) -> Leg:
        return Leg(spun(part.hip), spun(part.knee), spun(part.ankle), part.foot_deg + turn_deg)

    def arm(part: Arm) -> Arm:
        return Arm(spun(part.shoulder), spun(part.elbow), spun(part.wrist), part.hand_deg + turn_deg)

    return Skeleton(
        (ox, rest),
        spun(one.neck),
        spun(one.chin),
        one.spine_deg - turn_deg,
        one.bend_deg,
        one.head_deg - turn_deg,
        leg(one.near_leg),
        leg(one.far_leg),
        arm(one.near_arm),
        arm(one.far_arm),
    )
