"""What small things lie on: the table, stove or pedestal that a shot names."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from storyreel.animatic.casting import Actor
from storyreel.animatic.paint import Placed
from storyreel.animatic.resting import is_laid_out, top_m
from storyreel.animatic.spots import Row, Spot
from storyreel.animatic.stage import Stage

BEHIND = 1.003  # of its things' depth, where a surface stands
NEXT_TO = 0.01  # of one's depth: nearer than that is only what one lies on
KEPT_CLEAR = 0.5  # of a surface's width: people stand before its ends
ROOM = 0.8  # of a surface's width that things take up


@dataclass(frozen=True)
class Laid:
    """A surface and the things that lie on it, from left to right."""

    surface: Spot
    things: tuple[Spot, ...]
    lead: bool  # the frame is about one of the things

    @cached_property
    def whole(self) -> Spot:
        """All of them as one, which keeps clear of others."""
        wide = max(KEPT_CLEAR * self.surface.actor.width_m, sum(one.actor.width_m for one in self.things) / ROOM)
        like = self.things[0] if self.lead else self.surface
        return replace(like, actor=replace(like.actor, width_m=wide), row=self.surface.row, across=self.things[0].across)

    def at(self, stage: Stage, across: float) -> list[Spot]:
        """Each of them, about a place across the frame (0 to 1)."""
        depth, top = self.whole.z_m, top_m(self.surface.actor.subject)
        wide = sum(one.actor.width_m for one in self.things)
        gap = max(0.05, (ROOM * self.surface.actor.width_m - wide) / max(1, len(self.things)))
        x = -(wide + gap * (len(self.things) - 1)) / 2
        out = [replace(self.surface, across=across, z_m=depth * BEHIND)]
        for one in self.things:
            middle, x = x + one.actor.width_m / 2, x + one.actor.width_m + gap
            out.append(replace(one, across=across + middle / (2 * stage.across(depth)), y_m=top, z_m=depth, grounded=False))
        return out


def layings(spots: Sequence[Spot], main: Actor | None) -> list[Laid]:
    """The first surface of the spots, with all that lies on it."""
    surface = next((one for one in spots if one.row in {Row.SUBJECTS, Row.BACKGROUND} and top_m(one.actor.subject)), None)
    things = [one for one in spots if one.row in {Row.SUBJECTS, Row.BACKGROUND, Row.FOREGROUND} and is_laid_out(one.actor)]
    if surface is None or not things:
        return []
    lead = any(one.actor is main for one in things)
    return [Laid(surface, tuple(sorted(things, key=lambda one: one.across)), lead)]


def is_laid(thing: Placed, placed: Sequence[Placed]) -> bool:
    """Whether a thing was laid on a surface that is seen."""
    under = (one for one in placed if top_m(one.actor.subject))
    return is_laid_out(thing.actor) and any(abs(one.z_m / thing.z_m - 1) < NEXT_TO for one in under)
