"""How four legs move: feet and trunk at a moment of a gait, in heights at the withers."""

from dataclasses import dataclass
from math import cos, pi, sin

from storyreel.animatic.figures.animals.breed import Breed
from storyreel.domain.storyboard import Pose


@dataclass(frozen=True, slots=True)
class Step:
    """A foot: ahead of its place by `x`, off the ground by `lift`; `curl` 1 folds it back."""

    x: float = 0.0
    lift: float = 0.0
    curl: float = 0.0


@dataclass(frozen=True, slots=True)
class Gait:
    """A moment of the whole animal; feet in the order near fore, far fore, near hind, far hind."""

    feet: tuple[Step, Step, Step, Step]
    pitch_deg: float = 0.0  # the trunk, forehand up
    sink: float = 0.0  # the trunk, towards the ground
    head_deg: float = 0.0  # the neck, up
    tail_deg: float = 0.0


RUN_PERIOD_S = 0.52
RESTING = frozenset({Pose.LIE, Pose.KNEEL})


def gait_of(breed: Breed, pose: Pose, phase_s: float) -> Gait:
    """The animal at `phase_s` seconds into a pose; a pose that it cannot take is a stand."""
    if pose in {Pose.WALK, Pose.CARRY, Pose.CLIMB, Pose.SWIM}:
        return _walk(breed, phase_s / breed.period_s)
    if pose in {Pose.RUN, Pose.RIDE, Pose.FLY, Pose.JUMP}:
        return _gallop(breed, phase_s / max(RUN_PERIOD_S, 0.5 * breed.period_s))
    breath = sin(phase_s * 1.8)
    if pose is Pose.SIT:
        return Gait((Step(-0.16), Step(-0.10), Step(0.20), Step(0.27)), 33.0, 0.50, 10 + breath, 8 * sin(phase_s * 2.6))
    if pose in RESTING:
        return Gait((Step(0.34), Step(0.42), Step(0.20), Step(0.26)), 2.0, 1.0, 6 + breath, 4 * sin(phase_s * 1.3))
    if pose in {Pose.REACH, Pose.DANCE, Pose.EMBRACE, Pose.FALL}:
        paddle = 0.05 * sin(phase_s * 5)
        fore = (Step(0.30, 0.75 + paddle, 0.8), Step(0.42, 0.66 - paddle, 0.8))
        return Gait((*fore, Step(0.10), Step(-0.04)), 48.0, 0.04, -16, -10)
    return Gait((Step(-0.06), Step(0.09), Step(0.05), Step(-0.12)), 0.0, 0.004 * breath, 1.5 * breath, 5 * sin(phase_s * 1.4))


def _walk(breed: Breed, share: float) -> Gait:
    reach = breed.stride
    feet = tuple(_tread(share + shift, reach, 0.64, 0.13) for shift in (0.25, 0.75, 0.0, 0.5))
    bob = cos(4 * pi * share)
    return Gait(
        (feet[0], feet[1], feet[2], feet[3]), 0.8 * sin(4 * pi * share), 0.012 + 0.010 * bob, 3 * bob, 6 * sin(2 * pi * share)
    )


def _gallop(breed: Breed, share: float) -> Gait:
    reach = breed.stride * 1.75
    feet = tuple(_tread(share + shift, reach, 0.34, 0.30) for shift in (0.44, 0.54, 0.0, 0.10))
    beat = 2 * pi * share
    return Gait(
        (feet[0], feet[1], feet[2], feet[3]), 6.5 * sin(beat + 0.4), -0.05 - 0.05 * cos(beat + 1.0), -8 - 6 * sin(beat), 26
    )


def _tread(share: float, reach: float, grounded: float, lift: float) -> Step:
    share %= 1.0
    if share < grounded:
        return Step(reach * (1 - 2 * share / grounded))
    t = (share - grounded) / (1 - grounded)
    return Step(-reach * cos(pi * t), lift * sin(pi * t), sin(pi * min(1.0, t * 1.25)))
