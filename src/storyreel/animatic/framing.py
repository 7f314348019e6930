"""From shot size, angle and true heights to lens, distance and horizon."""

from dataclasses import dataclass

from storyreel.animatic.camera import Lens
from storyreel.domain.storyboard import Angle, ShotSize

FOCALS: dict[ShotSize, float] = {
    ShotSize.EXTREME_WIDE: 1.15,
    ShotSize.WIDE: 1.45,
    ShotSize.MEDIUM_WIDE: 1.9,
    ShotSize.MEDIUM: 2.3,
    ShotSize.CLOSE_UP: 3.6,
    ShotSize.DETAIL: 3.4,
}
"""Focal length over frame height: about 24 mm to 75 mm on a full-frame camera."""

# share of the frame's height that the main subject would fill: people, beasts and things, buildings, small things, hands
FILLS: dict[ShotSize, tuple[float, float, float, float, float]] = {
    ShotSize.EXTREME_WIDE: (0.15, 0.15, 0.36, 0.09, 0.3),
    ShotSize.WIDE: (0.42, 0.36, 0.6, 0.2, 0.5),
    ShotSize.MEDIUM_WIDE: (1.12, 0.5, 0.7, 0.3, 0.7),
    ShotSize.MEDIUM: (1.62, 0.62, 0.8, 0.4, 0.8),
    ShotSize.CLOSE_UP: (3.3, 0.86, 1.25, 0.52, 0.9),
    ShotSize.DETAIL: (5.2, 0.74, 1.6, 0.62, 0.96),
}
LOWEST_M = 0.12  # the eye's, above the ground, where a thing is large enough
WIDEST = 0.7  # of the frame's width, for whole subjects


@dataclass(frozen=True, slots=True)
class Measure:
    """The main subject, as far as framing goes."""

    height_m: float = 1.75
    width_m: float = 0.6
    column: int = 0  # of FILLS: 0 people, 1 beasts and things, 2 buildings, 3 small things, 4 hands
    foot_m: float = 0.0  # how high it stands above the ground: on a table, in the air
    low_m: float = 0.0  # the lowest height above the foot that the frame must hold, where there are several: the smallest's chin
    group_m: float = 0.0  # how wide those are who must be seen together
    cut: bool = False  # a beast whose head fills a close-up


def lens_for(
    size: ShotSize, angle: Angle, width_px: int, height_px: int, main: Measure, shift: float = 0.0, floor: float = 1.0
) -> Lens:
    """The lens that shows `main` at that size; `floor` is the lowest free row (0 to 1), `shift` moves the horizon."""
    fill = FILLS[size][main.column]
    focal = FOCALS[size]
    if main.low_m:
        fill = min(fill, 0.82 / max(0.3, 1 - main.low_m / main.height_m))
    if main.group_m:
        fill = min(fill, 0.96 * width_px / height_px * main.height_m / main.group_m)
    if main.cut:
        fill = 1.5 * fill
    elif main.column:
        across = WIDEST * width_px / height_px
        fill = min(fill, across * main.height_m / max(main.width_m, 1e-3))
    narrow = min(1.0, width_px / height_px / 1.2)  # an upright frame steps back so that a body fits across
    fill *= floor * (narrow if fill > 0.7 else 1.0)
    depth = focal * main.height_m / fill
    foot, horizon = _rows(fill, angle, floor, head=main.column == 0)
    if main.column == 4:
        foot, horizon = 1.03 * floor, min(horizon, 0.5) * floor
    horizon = min(0.9, max(0.08, horizon + shift))
    eye = (foot - horizon) * depth / focal + main.foot_m
    lowest = min(LOWEST_M, 0.3 * main.height_m)  # higher up, a coin on the ground would lie below the frame
    return Lens(width_px, height_px, focal, max(lowest, eye), horizon, depth)


def _rows(fill: float, angle: Angle, floor: float, *, head: bool) -> tuple[float, float]:
    """Where feet and horizon lie, in frame heights from the top."""
    if fill <= 0.95:
        foot = floor * (0.88 if fill < 0.55 else min(0.94, 0.5 + fill / 2 + 0.04))
        horizon = {Angle.LOW: foot - 0.07, Angle.HIGH: 0.2}.get(angle, 0.58 if fill < 0.25 else 0.56)
        return foot, min(horizon * floor, foot - 0.04)
    top = 0.12 if head else 0.08
    horizon = {Angle.LOW: 0.8, Angle.HIGH: 0.22}.get(angle, min(0.56, max(0.4, top + 0.3 * fill)))
    return top + fill, horizon * floor
