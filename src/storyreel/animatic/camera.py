"""A real camera: where it stands, how it moves, and where a point of the world falls in the picture.

World: x to the right, y up, z away from the camera, in metres; the ground is y = 0, the camera starts at x = 0, z = 0.
The picture keeps uprights upright: looking up or down shifts it (as a view camera does) instead of leaning walls.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storyreel.domain.storyboard import Move, Pace

NEAREST_M = 0.12
FARTHEST_PX = 6000.0  # coordinates beyond this are pulled in: the rasteriser counts in 24.8 fixed point
PACES = {Pace.SLOW: 0.6, Pace.STEADY: 1.0, Pace.FAST: 1.7}
_SIGNS = {Move.PULL_OUT: -1, Move.PAN_LEFT: -1, Move.TILT_DOWN: -1, Move.TRACK_LEFT: -1, Move.CRANE_DOWN: -1}
"""Of the moves that undo their opposites: in, right and up are 1."""


@dataclass(frozen=True, slots=True)
class Lens:
    """How the shot is framed before anything moves."""

    width_px: int
    height_px: int
    focal: float  # focal length over frame height
    eye_m: float  # height of the camera
    horizon: float  # from the top, 0 to 1 of the frame height
    depth_m: float  # of the main subject


@dataclass(frozen=True, slots=True)
class View:
    """The projection at one moment."""

    scale_px: float  # pixels of one metre at one metre
    x_m: float
    y_m: float
    z_m: float
    centre_px: float
    horizon_px: float

    def per_m(self, z_m: float) -> float:
        """Pixels of one metre at a depth."""
        return self.scale_px / max(NEAREST_M, z_m - self.z_m)

    def point(self, x_m: float, y_m: float, z_m: float) -> tuple[float, float]:
        """Where a point falls, in pixels from the top left."""
        scale = self.per_m(z_m)
        return self.centre_px + (x_m - self.x_m) * scale, self.horizon_px - (y_m - self.y_m) * scale

    def flat(self, points_m: NDArray[np.float64], z_m: float, x_m: float = 0.0, y_m: float = 0.0) -> NDArray[np.float64]:
        """Where the points (n, 2) of an upright cut-out at one depth fall: float64 (n, 2), pixels."""
        scale = self.per_m(z_m)
        out = points_m * np.array((scale, -scale))
        out += np.array((self.centre_px + (x_m - self.x_m) * scale, self.horizon_px - (y_m - self.y_m) * scale))
        return out.clip(-FARTHEST_PX, FARTHEST_PX, out=out)

    def solid(self, points_m: NDArray[np.float64]) -> NDArray[np.float64]:
        """Where the points (n, 3) fall: float64 (n, 2), pixels."""
        scale = self.scale_px / np.maximum(NEAREST_M, points_m[:, 2] - self.z_m)
        out = np.empty((len(points_m), 2))
        out[:, 0] = self.centre_px + (points_m[:, 0] - self.x_m) * scale
        out[:, 1] = self.horizon_px - (points_m[:, 1] - self.y_m) * scale
        return out.clip(-FARTHEST_PX, FARTHEST_PX, out=out)


@dataclass(frozen=True, slots=True)
class Camera:
    """A lens and what it does during the shot."""

    lens: Lens
    move: Move
    pace: Pace
    seconds: float
    seed: int = 0
    follow_m_s: float = 0.0  # along x, with whoever walks through the frame

    @property
    def strength(self) -> float:
        """How much it moves, by pace and time: 1 for a steady move of five seconds."""
        return PACES[self.pace] * min(1.5, max(0.35, (self.seconds / 5) ** 0.7))

    @property
    def turns(self) -> bool:
        """Whether the far background shifts in the frame."""
        return self.move not in {Move.STATIC, Move.PUSH_IN, Move.PULL_OUT, Move.TRACK_LEFT, Move.TRACK_RIGHT}

    def at(self, time_s: float) -> View:
        """The projection at a moment of the shot."""
        lens = self.lens
        done = eased(time_s / self.seconds if self.seconds else 0.0)
        x, y, z, pan, tilt = self._path(done, time_s)
        return View(
            scale_px=lens.focal * lens.height_px,
            x_m=x + self.follow_m_s * (time_s - self.seconds / 2),
            y_m=lens.eye_m + y,
            z_m=z,
            centre_px=lens.width_px / 2 - pan * lens.height_px,
            horizon_px=(lens.horizon + tilt) * lens.height_px,
        )

    def _path(self, done: float, time_s: float) -> tuple[float, float, float, float, float]:  # noqa: PLR0911 - a return a move
        """Metres right, up and forward; turns right and up in frame heights."""
        lens, much = self.lens, self.strength
        sign = _SIGNS.get(self.move, 1)
        swing = done - 0.5  # -0.5 to 0.5
        across = lens.depth_m / lens.focal  # metres of one frame height at the subject
        match self.move:
            case Move.PUSH_IN | Move.PULL_OUT:
                near = 0.24 * much / (1 + 0.24 * much)
                return 0.0, 0.0, lens.depth_m * near * (sign * swing + 0.1), 0.0, 0.0
            case Move.PAN_LEFT | Move.PAN_RIGHT:  # comes to rest near the framing
                return 0.0, 0.0, 0.0, 0.3 * much * (sign * (done - 0.7)), 0.0
            case Move.TILT_UP | Move.TILT_DOWN:
                return 0.0, 0.0, 0.0, 0.0, min(0.26, 0.18 * much) * (sign * (done - 1))
            case Move.TRACK_LEFT | Move.TRACK_RIGHT:
                return 0.34 * much * across * (sign * swing), 0.0, 0.0, 0.0, 0.0
            case Move.CRANE_UP | Move.CRANE_DOWN:
                rise = 0.2 * much * (sign * swing)
                return 0.0, max(rise * across, 0.15 - lens.eye_m), 0.0, 0.0, -0.7 * rise
            case Move.ORBIT:
                side = 0.5 * much * swing
                return side * across, 0.0, lens.depth_m * 0.05 * (1 - 4 * swing * swing), -side, 0.0
            case Move.HANDHELD:
                return self._shake(time_s, across)
            case Move.STATIC:
                return 0.0, 0.0, 0.0, 0.0, 0.0

    def _shake(self, time_s: float, across: float) -> tuple[float, float, float, float, float]:
        much = 0.5 + 0.5 * PACES[self.pace]
        x, y, pan, tilt = (drift(time_s, self.seed + k) for k in range(4))
        return 0.012 * across * x * much, 0.008 * across * y * much, 0.0, 0.009 * pan * much, 0.007 * tilt * much


def eased(part: float) -> float:
    """Progress 0 to 1 that starts and ends gently, yet never stands still."""
    part = min(1.0, max(0.0, part))
    return 0.22 * part + 0.78 * part * part * (3 - 2 * part)


def drift(time_s: float, seed: int) -> float:
    """A smooth unrest between about -1 and 1, without a period that shows; from 0.23 to 1.3 Hz."""
    turn = (seed * 2.399963) % math.tau
    return (
        0.5 * math.sin(time_s * 1.45 + turn)
        + 0.3 * math.sin(time_s * 3.37 + 2.3 * turn + 1)
        + 0.14 * math.sin(time_s * 5.71 + 3.7 * turn + 2)
        + 0.06 * math.sin(time_s * 8.17 + 5.1 * turn)
    )
