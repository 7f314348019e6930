"""Who sits, sits on what there is to sit on: a bench, a chair, a sofa; who lies, lies on it, or on a bed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from storyreel.animatic.paint import Placed, faces_left
from storyreel.animatic.resting import BED_M, is_bed, seats_of
from storyreel.animatic.spots import Row, Spot
from storyreel.animatic.stage import Stage
from storyreel.domain.storyboard import Facing, Pose

ELBOW_M = 0.66  # from the middle of one who sits to the next one's
BEHIND, BEFORE = 1.004, 0.996  # of its sitters' depth, where a seat stands; before those who are seen from behind
BEYOND, HITHER = 1.002, 0.998  # the same of who lies on the far side of a bed, and of who lies before another's legs
FAR_SIDE_M = 0.17  # how much higher in the picture the far side of a bed is
NEXT_TO = 0.01  # of one's depth: nearer than that is only what one rests on
LITTLE = 0.62  # of another's length: who is not longer lies before its legs


@dataclass(frozen=True)
class Seating:
    """A seat and those who sit on it, or a bed and those who lie on it; the bed may be the room's own."""

    seat: Spot | None
    sitters: tuple[Spot, ...]  # from left to right

    @cached_property
    def whole(self) -> Spot:
        """All of them as one, which keeps clear of others."""
        first = self.sitters[0]
        middle = sum(one.across for one in self.sitters) / len(self.sitters)
        wide = max(one.actor.width_m for one in (*self.sitters, *self._seats))
        return replace(first, actor=replace(first.actor, width_m=wide), across=middle)

    @property
    def _seats(self) -> tuple[Spot, ...]:
        return (self.seat,) if self.seat else ()

    def at(self, stage: Stage, across: float) -> list[Spot]:
        """Each of them, about a place across the frame (0 to 1)."""
        first = self.sitters[0]
        lain_on, away = first.actor.subject.pose is Pose.LIE, first.actor.subject.facing is Facing.AWAY
        depth = first.z_m * (BEFORE if away and not lain_on else BEHIND)
        seats = [
            replace(_turned(one, first), across=across, z_m=depth) for one in self._seats
        ]  # one leans back where the back is
        if lain_on:
            return [*seats, *_abed(stage, [replace(one, across=across) for one in self.sitters])]
        elbow, middle = ELBOW_M / (2 * stage.across(first.z_m)), (len(self.sitters) - 1) / 2
        return [
            *seats,
            *(replace(one, across=across + (k - middle) * elbow, z_m=first.z_m) for k, one in enumerate(self.sitters)),
        ]


def _turned(spot: Spot, like: Spot) -> Spot:
    """It faces as another does."""
    subject = spot.actor.subject.model_copy(update={"facing": like.actor.subject.facing})
    return replace(spot, actor=replace(spot.actor, subject=subject))


def _abed(stage: Stage, sleepers: Sequence[Spot]) -> list[Spot]:
    """Those who lie on one bed, all the same way: the longest, another beyond, and who is little before the legs."""
    longest = max(sleepers, key=lambda one: one.actor.width_m)
    back = -1 if faces_left(longest.actor.subject.facing, at_right=longest.across > 0.5) else 1
    feet = back * 0.3 * longest.actor.width_m / (2 * stage.across(longest.z_m))
    out: list[Spot] = []
    for one in (_turned(spot, longest) for spot in sleepers if spot is not longest):
        if one.actor.width_m <= LITTLE * longest.actor.width_m:
            out.append(replace(one, across=longest.across + feet, z_m=longest.z_m * HITHER))
        else:
            out.append(replace(one, y_m=one.y_m + FAR_SIDE_M, z_m=longest.z_m * BEYOND))
    return [longest, *out]


def seatings(spots: Sequence[Spot]) -> list[Seating]:
    """The seats that are sat or lain on; who comes first in the storyboard sits first, and all lie who do."""
    there = [one for one in spots if one.row is Row.SUBJECTS]
    beds = [one for one in there if is_bed(one.actor.subject)]
    sleepers, places = [*filter(_lies, spots)], beds or [None]
    found = [Seating(bed, tuple(mine)) for k, bed in enumerate(places) if (mine := sleepers[k :: len(places)])]
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
    rests = (one for one in placed if is_bed(one.actor.subject) or seats_of(one.actor.subject))
    return any(abs(one.z_m / sitter.z_m - 1) < NEXT_TO for one in rests)


def _sits(spot: Spot) -> bool:
    return spot.actor.subject.pose is Pose.SIT and spot.actor.upright and spot.grounded and spot.row is Row.SUBJECTS


def _lies(spot: Spot) -> bool:
    return spot.actor.subject.pose is Pose.LIE and spot.y_m == BED_M and spot.row is Row.SUBJECTS
