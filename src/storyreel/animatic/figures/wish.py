"""What is asked of a family: one value, so that every family is a function of the same shape."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from storyreel.animatic.outline import Drawing
from storyreel.domain.storyboard import Facing, Look, Pose


@dataclass(frozen=True, slots=True)
class Wish:
    """The arguments of `draw`, less the family."""

    height_m: float
    variant: str = ""
    pose: Pose = Pose.STAND
    look: Look = field(default_factory=Look)
    phase_s: float = 0.0
    seed: int = 0
    holds: Drawing | None = None
    near: bool = False
    faces: Facing = Facing.RIGHT


Artist: TypeAlias = Callable[[Wish], Drawing]
"""Draws a family as it is wished for."""
