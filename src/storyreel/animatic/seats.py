"""Who sits, sits on what there is to sit on: a bench, a chair, a sofa."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from storyreel.animatic.paint import Placed
from storyreel.animatic.spots import Row, Spot
from storyreel.animatic.stage import Stage
from storyreel.domain.storyboard import Pose

ROOM = {"bench": 3, "sofa": 3, "log": 3, "chair": 1, "armchair": 1, "rocking_chair": 1, "throne": 1}
"""Subjects of the lexicon whose seat is as high as a knee, and for how many each is."""
ELBOW_M = 0.66  # from the middle of one who sits to the next one's
BEHIND = 1.004  # of its sitters' depth, where a seat stands


@dataclass(frozen=True)
class Seating:
    """A seat and those who sit on it."""

    seat: Spot
    sitters: tuple[Spot, ...]  # from left to right

    @cached_property
    def whole(self) -> Spot:
        """All of them as one, which keeps clear of others."""
        first = self.sitters[0]
        middle = sum(one.across for one in self.sitters) / len(self.sitters)
        return replace(
            first, actor=replace(first.actor, width_m=max(first.actor.width_m, self.seat.actor.width_m)), across=middle
        )

    def at(self, stage: Stage, across: float) -> list[Spot]:
        """Each of them, about a place across the frame (0 to 1)."""
        first, seat = self.sitters[0], self.seat.actor
        elbow = ELBOW_M / (2 * stage.across(first.z_m))
        middle = (len(self.sitters) - 1) / 2
        subject = seat.subject.model_copy(update={"facing": first.actor.subject.facing})  # one leans back where the back is
        sitters = [replace(one, across=across + (k - middle) * elbow, z_m=first.z_m) for k, one in enumerate(self.sitters)]
        return [replace(self.seat, actor=replace(seat, subject=subject), across=across, z_m=BEHIND * first.z_m), *sitters]


def seatings(spots: Sequence[Spot]) -> list[Seating]:
    """The seats that are sat on; who comes first in the storyboard sits first."""
    sitters = [one for one in spots if _sits(one)]
    found: list[Seating] = []
    for seat in (one for one in spots if one.row is Row.SUBJECTS and one.actor.subject.concept in ROOM):
        room = ROOM[seat.actor.subject.concept or ""]
        mine, sitters = sitters[:room], sitters[room:]
        if mine:
            found.append(Seating(seat, tuple(sorted(mine, key=lambda one: one.across))))
    return found


def is_seated(sitter: Placed, placed: Sequence[Placed]) -> bool:
    """Whether somebody was laid out on a seat."""
    return any(one.actor.subject.concept in ROOM and one.z_m == BEHIND * sitter.z_m for one in placed)


def _sits(spot: Spot) -> bool:
    return spot.actor.subject.pose is Pose.SIT and spot.actor.upright and spot.grounded and spot.row is Row.SUBJECTS
