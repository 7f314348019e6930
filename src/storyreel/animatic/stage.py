"""Everything about a shot that holds from its first frame to its last: camera, colours, light, air."""

import math
from dataclasses import dataclass

import numpy as np

from storyreel.animatic import colour
from storyreel.animatic.camera import Camera, Lens
from storyreel.animatic.colour import Rgb
from storyreel.animatic.palette import Palette
from storyreel.domain.storyboard import Direction, LightSource, Mood, TimeOfDay, Weather


@dataclass(frozen=True, slots=True)
class Lamp:
    """The one light that the whole picture answers to."""

    source: LightSource
    direction: Direction
    x: float  # in frame widths from the left; may lie outside
    y: float  # in frame heights from the top
    disc: bool  # whether a sun or moon is seen

    def towards(self, x: float, y: float) -> tuple[float, float]:
        """The unit vector in the picture from a point (in frame widths and heights) to the light; y runs down."""
        if self.direction is Direction.FRONT:
            return 0.0, -0.35
        across, down = (self.x - x) * 1.6, self.y - y
        length = math.hypot(across, down) or 1.0
        return across / length, down / length


@dataclass(frozen=True, slots=True)
class Stage:
    """The fixed facts of a shot."""

    camera: Camera
    palette: Palette
    lamp: Lamp
    time: TimeOfDay
    weather: Weather
    mood: Mood
    seed: int
    floor_px: int  # the lowest row that a slate leaves free
    unit: float  # the measure of the surroundings, in metres: the subject's depth, or a person's where the subject is small
    heavens: frozenset[str] = frozenset()  # ids of what is named and is drawn as part of the sky
    landmarks: tuple[tuple[float, float, float], ...] = ()  # depth, place along x and half the width, in metres: to be seen

    @property
    def lens(self) -> Lens:
        """How the shot is framed."""
        return self.camera.lens

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self.camera.seconds

    @property
    def wind(self) -> float:
        """How hard the air moves, 0 to 1."""
        return WINDS[self.weather]

    def random(self, salt: int) -> np.random.Generator:
        """A generator of its own for one part of the picture."""
        return np.random.default_rng((self.seed & 0xFFFFFFFF, salt))

    def air(self, depth_m: float) -> float:
        """How much of a thing at that depth is lost in haze, 0 to 1."""
        near = max(self.unit, self.lens.depth_m)
        beyond = max(0.0, depth_m - 0.9 * near)
        return 0.93 * (1 - math.exp(-beyond / (self.palette.sight * near)))

    def seen(self, albedo: Rgb, depth_m: float, weight: float = 0.2) -> Rgb:
        """A surface of that own colour at that depth, lit and with the air before it."""
        return colour.mix(self.palette.lit(albedo, weight), self.palette.haze, self.air(depth_m))

    def shadow(self, depth_m: float, lift: float = 0.0) -> Rgb:
        """A silhouette at that depth."""
        base = colour.mix(self.palette.ink, self.palette.ambient, lift)
        return colour.mix(base, self.palette.haze, self.air(depth_m))

    def hides(self, x_m: float, depth_m: float, half_m: float) -> bool:
        """Whether something of that half width at a place would stand before a landmark."""
        return any(
            depth_m < depth and abs(x_m / depth_m - x / depth) < half_m / depth_m + half / depth
            for depth, x, half in self.landmarks
        )

    def across(self, depth_m: float) -> float:
        """Metres from the middle to the side of the frame at that depth."""
        lens = self.lens
        return depth_m * lens.width_px / lens.height_px / lens.focal / 2


WINDS: dict[Weather, float] = {
    Weather.CLEAR: 0.22,
    Weather.FOG: 0.1,
    Weather.SNOW: 0.3,
    Weather.RAIN: 0.4,
    Weather.WIND: 0.85,
    Weather.SAND: 0.9,
    Weather.STORM: 1.0,
}
