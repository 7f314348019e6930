"""How a thing lies in a hand: hung by its handle, raised by its lower end, stood on the ground, or shown before the body."""

from dataclasses import replace
from enum import Enum
from math import sin

import numpy as np

from storyreel.animatic.figures.curves import Point
from storyreel.animatic.figures.people.front_stance import FrontHand, FrontStance
from storyreel.animatic.figures.people.skeleton import Skeleton
from storyreel.animatic.figures.people.stance import Hand, Stance
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.outline import Drawing
from storyreel.domain.storyboard import Pose


class Grip(Enum):
    """The ways of holding."""

    HANG = "hang"  # by a handle at its top, held out
    LUG = "lug"  # the same, too heavy to hold out
    RAISE = "raise"  # upright, by its lower end
    SHELTER = "shelter"  # the same, wide: an umbrella is over the head, and not before the face
    STAND = "stand"  # its foot on the ground
    SHOW = "show"  # before the body


CANOPY = 0.6
"""A thing wider than this share of its height, and widest at its top, is held over the head."""
AT_THE_CHIN = 0.45
"""An instrument smaller than this share of its player is played at the chin, a larger one at the hips."""
LOOSE = frozenset({Pose.STAND, Pose.WALK, Pose.RUN, Pose.SIT, Pose.KNEEL, Pose.RIDE})
"""Poses whose near arm is free to hold something out."""
ARMS = {
    Grip.HANG: Hand(42, 0.86, 12),
    Grip.LUG: Hand(2, 0.985),
    Grip.RAISE: Hand(38, 0.74, 34),
    Grip.SHELTER: Hand(80, 0.78, 46),
    Grip.STAND: Hand(46, 0.88, 26),
    Grip.SHOW: Hand(50, 0.72, 28),
}
FRONT_ARMS = {
    Grip.HANG: FrontHand(25, 0.90, 0.92),
    Grip.LUG: FrontHand(7, 0.98),
    Grip.RAISE: FrontHand(20, 0.62, 0.65),
    Grip.SHELTER: FrontHand(42, 0.60, 0.63),
    Grip.STAND: FrontHand(30, 0.80, 0.83),
    Grip.SHOW: FrontHand(-10, 0.64, 0.68),
}


def grip_of(thing: Drawing, unit: float, pose: Pose) -> Grip:
    """How a thing is held, from its outline; `unit` turns its metres into the figure's heights. Who sits lugs nothing."""
    grip = _grip_of(thing, unit)
    return Grip.SHOW if pose is Pose.SIT and not thing.glows and grip in {Grip.LUG, Grip.HANG} else grip


def _grip_of(thing: Drawing, unit: float) -> Grip:
    tall, wide = thing.height_m * unit, thing.width_m * unit
    if tall > 0.62:
        return Grip.STAND if wide < 0.25 * tall else Grip.SHELTER if wide > CANOPY * tall else Grip.RAISE
    slim = tall > 2.6 * wide
    if slim or _top_heavy(thing):
        return Grip.SHELTER if wide > CANOPY * tall else Grip.RAISE
    if wide > 1.15 * tall:
        return Grip.LUG if tall > 0.17 else Grip.SHOW
    return Grip.HANG if thing.glows or tall > 0.12 else Grip.SHOW


def _top_heavy(thing: Drawing) -> bool:
    """Whether the widest part lies in the upper half, so that the lower end is the handle."""
    every = np.concatenate([ring for one in thing.shapes for ring in one.rings])
    upper = every[every[:, 1] > 0.62 * thing.height_m]
    lower = every[every[:, 1] < 0.38 * thing.height_m]
    spread = [float(np.ptp(part[:, 0])) if len(part) else 0.0 for part in (upper, lower)]
    return spread[0] > spread[1] * 1.15


def holding(stance: Stance, thing: Drawing, unit: float, pose: Pose, phase_s: float) -> Stance:
    """The stance with its near arm as what it holds asks, where the pose leaves that arm free."""
    if pose is Pose.PLAY:
        return _playing(stance, phase_s, small=thing.height_m * unit < AT_THE_CHIN)
    if pose not in LOOSE:
        return stance
    arm = ARMS[grip_of(thing, unit, pose)]
    sway = 2.0 * sin(phase_s * 2.9) if pose in {Pose.WALK, Pose.RUN} else 0.6 * sin(phase_s * 1.3)
    return replace(stance, near_hand=replace(arm, angle_deg=arm.angle_deg + sway - stance.lean_deg))


def _playing(stance: Stance, phase_s: float, *, small: bool) -> Stance:
    """Hands on an instrument: at the chin where it is small, else before the hips."""
    beat = sin(phase_s * 4.2)
    if not small:
        return replace(stance, near_hand=Hand(40 + 5 * beat, 0.70, 20), far_hand=Hand(78, 0.90, 10), nod_deg=10)
    near = Hand(92 + 4 * beat, 0.58 + 0.07 * beat, -30)
    return replace(stance, near_hand=near, far_hand=Hand(99, 0.80, 20), nod_deg=4, lean_deg=-2 + beat)


def holding_front(stance: FrontStance, grip: Grip, pose: Pose) -> FrontStance:
    """The same for a body seen from the front: the hand at the right of the picture holds."""
    return replace(stance, hands=(stance.hands[0], FRONT_ARMS[grip])) if pose in LOOSE else stance


def hold(sketch: Sketch, thing: Drawing, palm: Point, bones: Skeleton, pose: Pose, unit: float) -> None:
    """Add `thing` where a hand of a body seen from its side holds it."""
    tall, wide = thing.height_m * unit, thing.width_m * unit
    if pose is Pose.PLAY:
        _played(sketch, thing, bones, unit)
    elif pose is Pose.CARRY:
        sketch.add(thing, palm[0] + 0.25 * wide, palm[1] - 0.35 * tall, scale=unit)
    else:
        _in_fist(sketch, thing, palm, pose, unit)


def _played(sketch: Sketch, thing: Drawing, bones: Skeleton, unit: float) -> None:
    """An instrument where it is played: blown, under the chin, across the body, or standing on the ground."""
    tall, wide = thing.height_m * unit, thing.width_m * unit
    (x, y), (hip_x, hip_y) = bones.chin, bones.hip
    if wide > 1.3 * tall:
        sketch.add(thing, x + 0.05 + 0.5 * wide, y + 0.028 - 0.5 * tall, scale=unit)
    elif tall < AT_THE_CHIN:
        sketch.add(thing, x + 0.035, y - 0.062, scale=unit, turn_deg=-82)
    elif tall < 0.64:
        sketch.add(thing, hip_x + 0.02, hip_y + 0.02, scale=unit, turn_deg=-58)
    else:
        sketch.add(thing, hip_x + 0.20, 0.0, scale=unit, turn_deg=12)


def _in_fist(sketch: Sketch, thing: Drawing, palm: Point, pose: Pose, unit: float) -> None:
    x, y = palm
    tall = thing.height_m * unit
    grip = grip_of(thing, unit, pose)
    if grip is Grip.STAND:
        low = 0.0 if tall < 1.2 else y - 0.12 * tall
        sketch.add(thing, x if tall < 1.2 else x - 0.04 * tall, low, scale=unit, turn_deg=0.0 if tall < 1.2 else -20.0)
    elif grip in {Grip.RAISE, Grip.SHELTER}:
        turn = 2.0 if grip is Grip.SHELTER else -16.0
        sketch.add(thing, x - 0.01, y - 0.09 * tall, scale=unit, turn_deg=turn)
    elif grip is Grip.SHOW:
        sketch.add(thing, x + 0.02, y - 0.38 * tall, scale=unit, turn_deg=8.0)
    else:
        sketch.add(thing, x, y - 0.95 * tall, scale=unit)


def hold_front(sketch: Sketch, thing: Drawing, palm: Point, pose: Pose, unit: float) -> None:
    """Add `thing` to a body seen from the front; what both arms carry lies before the middle."""
    tall = thing.height_m * unit
    if pose in {Pose.CARRY, Pose.PLAY}:
        sketch.add(thing, 0.0, palm[1] - 0.4 * tall, scale=unit, turn_deg=35 if pose is Pose.PLAY else 0)
    else:
        _in_fist(sketch, thing, palm, pose, unit)
