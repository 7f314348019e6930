"""What kind of place a shot stands in, as far as ground, water, sky and roof go; places add what lives there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol, TypeAlias

from storyreel.animatic import colour
from storyreel.animatic.camera import View
from storyreel.animatic.canvas import Canvas
from storyreel.animatic.colour import Rgb
from storyreel.animatic.palette import Palette
from storyreel.animatic.stage import Stage

Heavens: TypeAlias = tuple[Rgb, Rgb, Rgb, Rgb]


class Below(Enum):
    """What lies under the horizon."""

    LAND = auto()
    WATER = auto()
    FLOOR = auto()
    SKY = auto()  # nothing: space, flight, the deep


class Layer(Protocol):
    """Something of the picture at one depth."""

    @property
    def z_m(self) -> float:
        """Its depth; what is farther is painted first."""
        ...

    @property
    def still_m(self) -> float | None:
        """The depth of its nearest part where it looks the same at every moment, so that it may be baked; None where it lives."""
        ...

    def paint(self, canvas: Canvas, view: View, time_s: float) -> None:
        """Draw it on a frame."""
        ...


def of_the_hour(palette: Palette) -> Heavens:
    """The sky as the palette has it."""
    return palette.sky


GRASSY: Rgb = colour.of("6f7a4a")


@dataclass(frozen=True, slots=True)
class Setting:
    """One kind of place."""

    build: Callable[[Stage], Sequence[Layer]]
    ground: Rgb = GRASSY  # own colour of what one walks on
    below: Below = Below.LAND
    water_from: float = 0.0  # where water begins, in depths of the main subject; 0: no water behind land
    water_to: float = 0.0  # where the far bank lies, in the same measure; 0: beyond the horizon
    edge: float = 0.0  # where what one stands on ends, a deck or a bridge, in the same measure; 0: at the water
    sky: bool = True
    roof: bool = False  # indoors
    seated: bool = False  # it has cushioned seats, on which one sits
    parked: bool = False  # what does not fly there stands on the ground
    low: bool = False  # nobody stands there
    beds: bool = False  # who lies down, lies on one
    weightless: bool = False  # who floats, floats in the air
    heavens: Callable[[Palette], Heavens] = of_the_hour
    horizon: float = 0.0  # added to the shot's horizon
    island: bool = False  # tall landmarks stand on a mound of their own
