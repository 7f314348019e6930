"""Where across the frame somebody stands: the word's own third, else a third that leaves room to look into."""

from storyreel.animatic.casting import Actor
from storyreel.domain.storyboard import Angle, Facing, Position, Shot, ShotSize

_LOOKS = {Facing.LEFT: 1.0, Facing.RIGHT: -1.0}  # to which side of the middle one moves to have room to look into
_SIDES = {Position.LEFT: -1.05, Position.RIGHT: 1.05}
_FAR = {ShotSize.EXTREME_WIDE, ShotSize.WIDE, ShotSize.MEDIUM_WIDE}


def across_of(actor: Actor, main: Actor | None, shot: Shot, index: int) -> float:
    """Its place across the frame (0 to 1); `index` counts the actors."""
    looking = _LOOKS.get(actor.subject.facing, 0.0)
    if shot.angle is Angle.OVER_THE_SHOULDER and actor is main:
        return 0.5 + 0.14 * (looking or 1.0)
    aside = 0.165 if shot.size in _FAR else 0.09
    away = -1.0 if leans_right(main) else 1.0  # from the main one
    match actor.subject.position:
        case Position.LEFT | Position.RIGHT:
            return 0.5 + aside * _SIDES[actor.subject.position]
        case Position.FOREGROUND:
            return 0.5 + (looking or -1.0) * 0.27
        case Position.BACKGROUND:
            return 0.5 + away * 0.24 * (0.8, 1.0)[index % 2]
        case Position.CENTRE if actor is main:
            return 0.5 + aside * 0.62 * (0.0 if shot.size is ShotSize.DETAIL else looking)
        case Position.CENTRE:
            return 0.5 + aside * 1.25 * away


def leans_right(main: Actor | None) -> bool:
    """Whether the main one has the right of the frame, so that others have the left."""
    return main is not None and (main.subject.position is Position.RIGHT or main.subject.facing is Facing.LEFT)
