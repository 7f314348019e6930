"""A person in any pose, from any side."""

from storyreel.animatic.figures.people.side import draw_side
from storyreel.animatic.figures.people.stance import stance_of
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing
from storyreel.domain.storyboard import Age


def draw_person(wish: Wish) -> Drawing:
    """A person whose standing height is `height_m`; the feet stand at the origin."""
    stance = stance_of(wish.pose, wish.phase_s, old=wish.look.age is Age.OLD)
    return draw_side(wish, stance).drawing(wish.height_m)
