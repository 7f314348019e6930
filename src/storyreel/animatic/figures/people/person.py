"""A person in any pose, from any side."""

from storyreel.animatic.figures.people.front import draw_facing
from storyreel.animatic.figures.people.side import draw_side
from storyreel.animatic.figures.people.stance import stance_of
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing
from storyreel.domain.storyboard import Age, Facing, Pose

LEVEL = frozenset({Pose.LIE, Pose.SWIM, Pose.FLY})
"""Poses that are only ever seen from the side."""


def draw_person(wish: Wish) -> Drawing:
    """A person whose standing height is `height_m`; the feet stand at the origin."""
    if wish.faces in {Facing.CAMERA, Facing.AWAY} and wish.pose not in LEVEL:
        return draw_facing(wish).drawing(wish.height_m)
    stance = stance_of(wish.pose, wish.phase_s, old=wish.look.age is Age.OLD)
    return draw_side(wish, stance).drawing(wish.height_m)
