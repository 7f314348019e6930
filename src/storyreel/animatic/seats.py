"""Who sits, sits on what there is to sit on: a bench, a chair, a sofa; who lies, lies on it, or on a bed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from storyreel.animatic.paint import Placed
from storyreel.animatic.spots import BED_M, Row, Spot, is_bed, seats_of
from storyreel.animatic.stage import Stage
from storyreel.domain.storyboard import Facing, Pose

ELBOW_M = 0.66  # from the middle of one who sits to the next one's
BEHIND, BEFORE = 1.004, 0.996  # of its sitters' depth, where a seat stands; before those who are seen from behind


@dataclass(frozen=True)
class Seating:
    """A seat and those who sit on it, or a bed and who lies on it."""

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
        turned = first.actor.subject.facing is Facing.AWAY and first.actor.subject.pose is Pose.SIT
        depth = first.z_m * (BEFORE if turned else BEHIND)
        return [replace(self.seat, actor=replace(seat, subject=subject), across=across, z_m=depth), *sitters]


def seatings(spots: Sequence[Spot]) -> list[Seating]:
    """The seats that are sat or lain on; who comes first in the storyboard sits first."""
    there = [one for one in spots if one.row is Row.SUBJECTS]
    beds = [one for one in there if is_bed(one.actor.subject)]
    found = [Seating(bed, (one,)) for bed, one in zip(beds, filter(_lies, spots), strict=False)]
    taken = [one.seat for one in found]
    sitters = [*filter(_sits, spots)]
    for seat in (one for one in there if not any(one is other for other in taken)):
        room = seats_of(seat.actor.subject)
        mine, sitters = sitters[:room], sitters[room:]
        if mine:
            found.append(Seating(seat, tuple(sorted(mine, key=lambda one: one.across))))
    return found


def is_seated(sitter: Placed, placed: Sequence[Placed]) -> bool:
    """Whether somebody was laid out on a seat, or a bed."""
    depths = {share * sitter.z_m for share in (BEHIND, BEFORE)}
    return any(one.z_m in depths and (is_bed(one.actor.subject) or seats_of(one.actor.subject)) for one in placed)


def _sits(spot: Spot) -> bool:
    return spot.actor.subject.pose is Pose.SIT and spot.actor.upright and spot.grounded and spot.row is Row.SUBJECTS


def _lies(spot: Spot) -> bool:
    return spot.actor.subject.pose is Pose.LIE and spot.y_m == BED_M and spot.row is Row.SUBJECTS
