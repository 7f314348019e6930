"""How a thing lies in a hand: held by its narrow end, hung by its handle, stood on the ground or carried before the body."""

import numpy as np

from storyreel.animatic.figures.curves import Point
from storyreel.animatic.figures.people.skeleton import Skeleton
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.outline import Drawing
from storyreel.domain.storyboard import Pose


def hold(sketch: Sketch, thing: Drawing, palm: Point, bones: Skeleton, pose: Pose, unit: float) -> None:
    """Add `thing` where a hand holds it; `unit` turns its metres into the figure's heights."""
    x, y = palm
    tall, wide = thing.height_m * unit, thing.width_m * unit
    if pose is Pose.PLAY:
        chin = bones.chin
        if tall < 0.45:
            sketch.add(thing, chin[0] + 0.01, chin[1] - 0.045, scale=unit, turn_deg=-74)
        else:
            sketch.add(thing, bones.hip[0] + 0.02, bones.hip[1] + 0.02, scale=unit, turn_deg=-58)
    elif pose is Pose.CARRY or (wide > 0.18 and tall < 0.30):
        sketch.add(thing, x + 0.25 * wide, y - 0.35 * tall, scale=unit)
    elif tall > 0.60 and wide < 0.25 * tall:
        sketch.add(thing, x + 0.01, min(0.0, y - 0.5 * tall) if y < tall else y - 0.6 * tall, scale=unit)
    elif _top_heavy(thing):
        sketch.add(thing, x, y - 0.10 * tall, scale=unit, turn_deg=-6)
    else:
        sketch.add(thing, x, y - 0.95 * tall, scale=unit)


def _top_heavy(thing: Drawing) -> bool:
    """Whether the widest part lies in the upper half, so that the lower end is the handle."""
    every = np.concatenate([ring for one in thing.shapes for ring in one.rings])
    upper = every[every[:, 1] > 0.62 * thing.height_m]
    lower = every[every[:, 1] < 0.38 * thing.height_m]
    spread = [float(np.ptp(part[:, 0])) if len(part) else 0.0 for part in (upper, lower)]
    return spread[0] > spread[1] * 1.15


def hold_front(sketch: Sketch, thing: Drawing, palm: Point, pose: Pose, unit: float) -> None:
    """Add `thing` to a body seen from the front; what both arms carry lies before the middle."""
    x, y = palm
    tall, wide = thing.height_m * unit, thing.width_m * unit
    if pose in {Pose.CARRY, Pose.PLAY} or wide > 0.35:
        sketch.add(thing, 0.0, y - 0.4 * tall, scale=unit, turn_deg=35 if pose is Pose.PLAY else 0)
    elif tall > 0.60:
        sketch.add(thing, x, max(0.0, y - 0.6 * tall), scale=unit)
    elif _top_heavy(thing):
        sketch.add(thing, x, y - 0.10 * tall, scale=unit, turn_deg=-4)
    else:
        sketch.add(thing, x, y - 0.95 * tall, scale=unit)
