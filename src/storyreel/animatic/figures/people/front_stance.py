"""What a body does at a moment, seen from the front or from behind."""

from dataclasses import dataclass
from math import pi, sin

from storyreel.animatic.figures.curves import Point
from storyreel.animatic.figures.people.stance import RUN_PERIOD_S, WALK_PERIOD_S
from storyreel.domain.storyboard import Pose


@dataclass(frozen=True, slots=True)
class FrontFoot:
    """A foot: outward and off the ground in leg lengths; `knee` is (outward, height) where it does not follow."""

    out: float = 0.05
    lift: float = 0.0
    knee: Point | None = None


@dataclass(frozen=True, slots=True)
class FrontHand:
    """A wrist seen from its shoulder: 0 degrees hangs down, 90 points outward; a short `reach` is an arm towards us."""

    angle_deg: float = 9.0
    reach: float = 0.97
    flat: float = 0.9  # the arm's drawn length, at least, where it bends in the picture's plane


@dataclass(frozen=True, slots=True)
class FrontStance:
    """A whole body; the first of each pair is at the left of the picture."""

    feet: tuple[FrontFoot, FrontFoot] = (FrontFoot(), FrontFoot())
    hands: tuple[FrontHand, FrontHand] = (FrontHand(), FrontHand())
    hip: float = 1.0
    shift: float = 0.0
    tilt_deg: float = 0.0
    fists: bool = False


def front_stance_of(pose: Pose, phase_s: float) -> FrontStance:
    """The body at `phase_s` seconds into a pose; what has no front of its own is a stand."""
    breath = sin(phase_s * 1.6)
    if pose in {Pose.WALK, Pose.RUN}:
        return _gait(phase_s, run=pose is Pose.RUN)
    if pose in _FIXED:
        return _FIXED[pose]
    if pose is Pose.DANCE:
        s = sin(2 * pi * phase_s / 1.3)
        feet = (FrontFoot(0.05), FrontFoot(0.22 + 0.10 * s, 0.10 + 0.06 * s))
        return FrontStance(feet, (FrontHand(140 + 14 * s, 0.92), FrontHand(112 - 16 * s, 0.92)), 0.99, 0.02 * s, 7 * s)
    if pose is Pose.CLIMB:
        s = sin(2 * pi * phase_s / 1.8)
        feet = (FrontFoot(0.10, 0.14 + 0.12 * s), FrontFoot(0.10, 0.14 - 0.12 * s))
        return FrontStance(feet, (FrontHand(166, 0.84 - 0.12 * s), FrontHand(166, 0.84 + 0.12 * s)), 1.0, 0.0, 2 * s, fists=True)
    return FrontStance(hands=(FrontHand(8 + 0.6 * breath), FrontHand(9 + 0.6 * breath)), tilt_deg=breath)


def _gait(phase_s: float, *, run: bool) -> FrontStance:
    beat = 2 * pi * phase_s / (RUN_PERIOD_S if run else WALK_PERIOD_S)
    s = sin(beat)
    high = 0.26 if run else 0.11
    feet = (FrontFoot(0.01, high * max(0.0, s)), FrontFoot(0.01, high * max(0.0, -s)))
    bend = 0.62 if run else 0.93
    hands = (FrontHand(10 + 5 * s, bend + 0.05 * s, 0.86), FrontHand(10 - 5 * s, bend - 0.05 * s, 0.86))
    return FrontStance(feet, hands, 0.985 + 0.012 * abs(s), -0.010 * s, 1.6 * s, fists=run)


_SEATED = (FrontFoot(0.05, 0.0, (0.035, 0.285)), FrontFoot(0.05, 0.0, (0.035, 0.285)))
_KNELT = (FrontFoot(0.06, 0.02, (0.02, 0.055)), FrontFoot(0.05, 0.0, (0.030, 0.30)))
_FIXED = {
    Pose.SIT: FrontStance(_SEATED, (FrontHand(4, 0.76, 0.84), FrontHand(4, 0.76, 0.84)), 0.56),
    Pose.RIDE: FrontStance(_SEATED, (FrontHand(-12, 0.6, 0.8), FrontHand(-12, 0.6, 0.8)), 0.62, fists=True),
    Pose.KNEEL: FrontStance(_KNELT, (FrontHand(0, 0.78, 0.86), FrontHand(0, 0.72, 0.86)), 0.57),
    Pose.REACH: FrontStance(hands=(FrontHand(-30, 0.52, 0.86), FrontHand(-30, 0.52, 0.86)), tilt_deg=-3),
    Pose.CARRY: FrontStance(hands=(FrontHand(-30, 0.66, 0.86), FrontHand(-30, 0.66, 0.86)), fists=True),
    Pose.PLAY: FrontStance(hands=(FrontHand(-18, 0.66, 0.86), FrontHand(-26, 0.70, 0.86)), tilt_deg=-7),
    Pose.EMBRACE: FrontStance(hands=(FrontHand(76, 0.93), FrontHand(76, 0.93))),
    Pose.JUMP: FrontStance(
        (FrontFoot(0.16, 0.16), FrontFoot(0.12, 0.10)), (FrontHand(138, 0.93), FrontHand(134, 0.93)), tilt_deg=-2
    ),
    Pose.FALL: FrontStance(
        (FrontFoot(0.22, 0.08), FrontFoot(0.28, 0.04)), (FrontHand(128, 0.92), FrontHand(110, 0.92)), tilt_deg=8
    ),
}
