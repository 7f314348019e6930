"""How fast a figure must travel for its feet to hold the ground."""

from storyreel.animatic.figures.animals.breed import breed_of
from storyreel.animatic.figures.animals.gait import RUN_PERIOD_S as GALLOP_PERIOD_S
from storyreel.animatic.figures.people.build import MAN
from storyreel.animatic.figures.people.stance import RUN_PERIOD_S, WALK_GROUNDED, WALK_PERIOD_S, WALK_REACH
from storyreel.domain.storyboard import Pose


def pace_mps(family: str, height_m: float, pose: Pose, variant: str = "") -> float:
    """Metres a second over the ground, in the way the figure faces; 0 where it goes nowhere."""
    if pose not in {Pose.WALK, Pose.RUN}:
        return 0.0
    if family in {"person", "group"}:
        if pose is Pose.WALK:
            return 2 * WALK_REACH * MAN.leg * height_m / (WALK_GROUNDED * WALK_PERIOD_S)
        return MAN.leg * height_m / (0.34 * RUN_PERIOD_S)
    if family != "quadruped":
        return 0.0
    breed = breed_of(variant)
    unit = height_m / breed.stature
    if pose is Pose.WALK:
        return 2 * breed.stride * unit / (0.64 * breed.period_s)
    return 2 * 1.75 * breed.stride * unit / (0.34 * max(GALLOP_PERIOD_S, 0.5 * breed.period_s))
