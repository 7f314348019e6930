"""Inside of what travels: a train's carriage, a car, a spaceship."""

from dataclasses import replace
from functools import partial

import numpy as np

from storyreel.animatic import colour, growth
from storyreel.animatic.colour import Rgb
from storyreel.animatic.places.far import Orb, void
from storyreel.animatic.places.indoors import Furnish, Outside, hills, interior
from storyreel.animatic.places.moon import StarField
from storyreel.animatic.room import Glazing, Room
from storyreel.animatic.scenery import Scissors, Shine
from storyreel.animatic.setting import Below, Layer, Setting
from storyreel.animatic.stage import Stage


def carriage(stage: Stage, room: Room) -> list[Layer]:
    """Seats with high backs under the windows, a rack above."""
    z, u, half = room.back * 0.93, room.unit, room.half
    dark = room.tone(stage, colour.of("3a322c"), z)
    cut = Scissors(z).box(-half, u * 2.32, half, u * 2.4, dark)
    for k in range(-3, 4):
        x = k * half * 0.36
        seat = colour.mix(room.tone(stage, colour.of("7a3a36"), z), stage.palette.ink, 0.12 * (k % 2))
        cut.add(
            np.array(
                (
                    (x - u * 0.42, 0),
                    (x + u * 0.42, 0),
                    (x + u * 0.42, u * 1.15),
                    (x + u * 0.32, u * 1.28),
                    (x - u * 0.32, u * 1.28),
                    (x - u * 0.42, u * 1.15),
                )
            ),
            seat,
        )
    return list(cut.layers(room.edge(stage, dark)))


def car(stage: Stage, room: Room) -> list[Layer]:
    """Doors with handles and armrests below the windows, the roof's lining above."""
    z, u, half = room.back * 0.97, room.unit, room.half
    panel, dark = room.tone(stage, colour.of("5a5550"), z), room.tone(stage, colour.of("2b2a2c"), z)
    metal = colour.mix(room.tone(stage, colour.of("b4b8bc"), z), stage.palette.light, 0.2)
    cut = Scissors(z).box(-half, u * 1.98, half, u * 2.1, dark)
    for one in room.windows:
        x0, x1 = one.x - one.wide / 2 - u * 0.05, one.x + one.wide / 2 + u * 0.05
        cut.box(x0, u * 0.1, x1, u * 0.86, panel).box(x0, u * 0.52, x1, u * 0.6, dark)
        cut.box(one.x + one.wide * 0.26, u * 0.68, one.x + one.wide * 0.44, u * 0.72, metal)
        cut.add(growth.disc(one.x - one.wide * 0.3, u * 0.3, u * 0.17, u * 0.17), dark)
    return list(cut.layers(room.edge(stage, dark)))


def bridge(stage: Stage, room: Room) -> list[Layer]:
    """Panels along the wall, a console of lit screens, lamps in the ceiling."""
    z, u, half = room.back * 0.97, room.unit, room.half
    hull, dark = room.tone(stage, colour.of("8b949c"), z), room.tone(stage, colour.of("39424c"), z)
    screens = tuple(colour.mix(colour.of(one), stage.palette.sky[3], 0.1) for one in ("5fc3d6", "79c98a", "d9a35f"))
    wall = Scissors(room.back * 0.999)
    for k in range(-4, 5):
        wall.box(k * half * 0.24 - u * 0.012, 0, k * half * 0.24 + u * 0.012, u * 6, dark, 0.7)
    cut = Scissors(z).box(-half, 0, half, u * 0.62, dark)
    cut.add(np.array(((-half, u * 0.62), (half, u * 0.62), (half, u * 0.8), (-half, u * 0.8))), hull)
    shine: list[Layer] = []
    for k in range(-3, 4):
        x = k * half * 0.28
        fill = screens[k % 3]
        cut.box(x - u * 0.3, u * 0.2, x + u * 0.3, u * 0.54, fill)
        for spot in range(5):
            cut.box(x + u * (0.11 * spot - 0.26), u * 0.68, x + u * (0.11 * spot - 0.2), u * 0.73, screens[(k + spot) % 3])
        shine.append(Shine(x, u * 0.37, z * 0.999, u * 0.7, fill, 0.2, 0.0, 0.04, k + 9))
    lamps = Scissors(room.back * 0.96)
    for x in (-0.5, 0.0, 0.5):
        lamps.box(x * half - u * 0.5, u * 2.45, x * half + u * 0.5, u * 2.53, colour.mix(stage.palette.light, colour.WHITE, 0.5))
    return [*wall.layers(), *cut.layers(room.edge(stage, dark)), *lamps.layers(), *shine]


def stars(stage: Stage) -> list[Layer]:
    """What a porthole shows: stars, and a world below."""
    far = stage.unit * 900
    return [StarField(stage, far * 2), Orb(stage, far, 0.3, 0.62, 0.34, colour.of("3f6fa8"))]


def aboard(
    furnish: Furnish, wall: Rgb, floor: Rgb, tall: float = 1.0, glazing: Glazing = Glazing.PANE, outside: Outside = hills
) -> Setting:
    """A setting inside of what travels: one sits and lies on its seats."""
    build = partial(interior, furnish=furnish, wall=wall, floor=floor, windows=3, tall=tall, glazing=glazing, outside=outside)
    return Setting(build, floor, Below.FLOOR, roof=True, seated=True, beds=True)


SETTINGS: dict[str, Setting] = {
    "train_interior": aboard(carriage, colour.of("8a7a5c"), colour.of("5f4a3a")),
    "car_interior": replace(aboard(car, colour.of("4a4a4e"), colour.of("2f3036"), 0.8), low=True),
    "spaceship_interior": replace(
        aboard(bridge, colour.of("8f989e"), colour.of("5d666e"), glazing=Glazing.PORTHOLE, outside=stars),
        sky=False,
        heavens=void,
        weightless=True,
    ),
}
