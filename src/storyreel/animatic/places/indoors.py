"""Rooms at home and at work: walls, floor, a window through which the hour is seen and whose light falls in, furniture."""

from collections.abc import Callable
from functools import partial

import numpy as np

from storyreel.animatic import colour, growth
from storyreel.animatic.colour import Rgb
from storyreel.animatic.places import land
from storyreel.animatic.room import Glazing, Room, lightfall, room_of, rug, shell
from storyreel.animatic.scenery import Scissors, Shine
from storyreel.animatic.setting import Below, Layer, Setting
from storyreel.animatic.stage import Stage

Furnish = Callable[[Stage, Room], list[Layer]]
Outside = Callable[[Stage], list[Layer]]
OAK, PLASTER, TILE, BRICK, SLATE, LINEN = (colour.of(one) for one in ("8a6240", "b9a68c", "a9b4b2", "7d5a4a", "59616c", "d8ccb8"))


def hills(stage: Stage) -> list[Layer]:
    """What windows show of the land."""
    return [*land.ridges(stage, colour.of("5f7766"), (40,), 0.05)]


def interior(
    stage: Stage,
    furnish: Furnish,
    wall: Rgb,
    floor: Rgb,
    windows: int = 1,
    tall: float = 1.0,
    arched: bool = False,
    glazing: Glazing = Glazing.HOUSE,
    outside: Outside = hills,
) -> list[Layer]:
    """A room with its furniture and the light of its windows."""
    room = room_of(stage, wall, floor, windows, tall, arched=arched, glazing=glazing)
    return [*outside(stage), *shell(stage, room), *furnish(stage, room), *lightfall(stage, room), *_pool(stage, room)]


def _pool(stage: Stage, room: Room) -> list[Layer]:
    """After dark, a warm pool of lamplight in the middle of the room, against the cool of the window."""
    if not stage.palette.dark:
        return []
    x, u = room.free_side * room.half * 0.12, room.unit
    return [
        Shine(x, 1.5 * u, room.back * 0.93, 2.7 * u, stage.palette.lamp, 0.3, unrest=0.0),
        Shine(x, 0.0, room.back * 0.8, 2.4 * u, stage.palette.lamp, 0.2, unrest=0.0, flat=0.25),
    ]


def lamp(stage: Stage, room: Room, x: float, y: float, z: float, size: float = 1.0) -> list[Layer]:
    """A small lamp that is on after dark."""
    if not stage.palette.dark and stage.palette.level > 0.55:
        return []
    return [Shine(x, y, z, room.unit * 0.75 * size, stage.palette.lamp, 0.62, 0.0, 0.05, int(x * 9))]


def plain(stage: Stage, room: Room) -> list[Layer]:
    """A table by the wall with a lamp, a picture, a chest."""
    z = room.back * 0.97
    u, half = room.unit, room.half
    wood, dark = room.tone(stage, OAK, z), room.tone(stage, colour.of("4c3a30"), z)
    side = room.free_side
    cut = Scissors(z)
    x = side * half * 0.62
    cut.box(x - u * 0.55, u * 0.62, x + u * 0.55, u * 0.68, wood).box(x - u * 0.5, 0, x - u * 0.44, u * 0.62, dark).box(
        x + u * 0.44, 0, x + u * 0.5, u * 0.62, dark
    )
    cut.box(x - u * 0.03, u * 0.68, x + u * 0.03, u * 0.95, dark)
    shade = stage.palette.lamp if stage.palette.dark else room.tone(stage, LINEN, z)
    cut.add(
        np.array(((x - u * 0.16, u * 0.92), (x + u * 0.16, u * 0.92), (x + u * 0.1, u * 1.14), (x - u * 0.1, u * 1.14))), shade
    )
    for k in range(5):
        cut.box(
            x + u * (0.2 + 0.05 * k),
            u * 0.68,
            x + u * (0.24 + 0.05 * k),
            u * (0.86 + 0.03 * (k % 3)),
            room.tone(stage, colour.of(("7a3f38", "3f5a6a", "8a7440")[k % 3]), z),
        )
    case = side * half * 0.16
    cut.box(case - u * 0.34, 0, case + u * 0.34, u * 1.9, dark)
    for row in range(4):
        y = u * (0.1 + 0.45 * row)
        cut.box(case - u * 0.29, y, case + u * 0.29, y + u * 0.38, colour.mix(dark, stage.palette.ink, 0.5))
        for k in range(7):
            own = colour.of(("7a3f38", "3f5a6a", "8a7440", "5a6a4a", "6a4a68")[(k * 3 + row) % 5])
            x0 = case - u * 0.27 + u * 0.075 * k
            cut.box(x0, y, x0 + u * 0.06, y + u * (0.24 + 0.035 * ((k * 5 + row) % 4)), room.tone(stage, own, z))
    pot = -side * half * 0.86
    cut.add(
        np.array(((pot - u * 0.16, 0), (pot + u * 0.16, 0), (pot + u * 0.22, u * 0.4), (pot - u * 0.22, u * 0.4))),
        room.tone(stage, colour.of("a05a3c"), z),
    )
    green = room.tone(stage, colour.of("4f7a48"), z)
    for k in range(9):
        lean = -0.75 + 1.5 * k / 8
        s = np.linspace(0, 1, 8)
        px, py = pot + u * lean * 0.55 * s, u * (0.38 + (1.1 - 0.5 * abs(lean)) * s - 0.35 * s * s * abs(lean))
        wide = u * 0.06 * np.sin(np.pi * np.clip(s * 0.92 + 0.05, 0, 1))
        cut.add(
            np.concatenate((np.stack((px - wide, py), 1), np.stack((px + wide, py), 1)[::-1])),
            colour.mix(green, stage.palette.ink, 0.12 * (k % 3)),
        )
    frame = side * half * 0.6
    cut.box(frame - u * 0.32, u * 1.45, frame + u * 0.32, u * 1.95, dark).box(
        frame - u * 0.27, u * 1.5, frame + u * 0.27, u * 1.9, room.tone(stage, colour.of("8f9a90"), z)
    )
    return [*rug(stage, room), *cut.layers(room.edge(stage, wood)), *lamp(stage, room, x, u * 1.0, z * 0.999)]


def bedroom(stage: Stage, room: Room) -> list[Layer]:
    """A bed under the wall, a night table with a lamp."""
    z, u, half = room.back * 0.94, room.unit, room.half
    side = room.free_side
    wood, linen, cover = (room.tone(stage, one, z) for one in (OAK, LINEN, colour.of("7d6a86")))
    x = side * half * 0.52
    cut = Scissors(z)
    cut.box(x - u * 1.0, 0, x - u * 0.92, u * 0.95, wood).box(x + u * 0.95, 0, x + u * 1.02, u * 0.62, wood)
    cut.box(x - u * 0.95, u * 0.12, x + u * 0.98, u * 0.3, wood).box(x - u * 0.93, u * 0.3, x + u * 0.96, u * 0.48, linen)
    cut.add(growth.disc(x - u * 0.66, u * 0.56, u * 0.26, u * 0.13), linen)
    blanket = np.array(((x - u * 0.4, u * 0.56), (x + u * 0.97, u * 0.52), (x + u * 1.0, u * 0.18), (x - u * 0.3, u * 0.2)))
    cut.add(blanket, cover)
    near = -1.35 * u
    cut.box(x + near - u * 0.2, 0, x + near + u * 0.2, u * 0.5, wood).box(
        x + near - u * 0.02, u * 0.5, x + near + u * 0.02, u * 0.7, wood
    )
    shade = stage.palette.lamp if stage.palette.dark else linen
    cut.add(
        np.array(
            (
                (x + near - u * 0.13, u * 0.68),
                (x + near + u * 0.13, u * 0.68),
                (x + near + u * 0.08, u * 0.86),
                (x + near - u * 0.08, u * 0.86),
            )
        ),
        shade,
    )
    return [*rug(stage, room), *cut.layers(room.edge(stage, wood)), *lamp(stage, room, x + near, u * 0.76, z * 0.999)]


def kitchen(stage: Stage, room: Room) -> list[Layer]:
    """A counter along the wall, shelves, a stove, pans."""
    z, u, half = room.back * 0.95, room.unit, room.half
    wood, top, dark = (room.tone(stage, one, z) for one in (colour.of("8b7358"), LINEN, colour.of("3f3a3a")))
    cut = Scissors(z)
    cut.box(-half * 1.1, 0, half * 1.1, u * 0.84, wood).box(-half * 1.1, u * 0.84, half * 1.1, u * 0.9, top)
    for k in range(-5, 6):
        cut.box(k * half / 5 - u * 0.01, u * 0.05, k * half / 5 + u * 0.01, u * 0.8, dark, 0.6)
        cut.box(k * half / 5 + half * 0.09, u * 0.62, k * half / 5 + half * 0.12, u * 0.65, top)
    side = room.free_side
    shelf = side * half * 0.62
    for row in (1.45, 1.85):
        cut.box(shelf - u * 0.75, u * row, shelf + u * 0.75, u * (row + 0.05), wood)
        for k in range(6):
            x = shelf - u * 0.62 + u * 0.24 * k
            cut.box(
                x,
                u * (row + 0.05),
                x + u * 0.13,
                u * (row + 0.2 + 0.05 * ((k * 7) % 3)),
                room.tone(stage, colour.of(("a8543f", "b99a5a", "5f7a80")[k % 3]), z),
            )
    pot = -side * half * 0.7
    cut.add(growth.disc(pot, u * 1.02, u * 0.16, u * 0.12), dark).box(pot - u * 0.3, u * 1.05, pot - u * 0.1, u * 1.09, dark)
    lamp_x = side * half * 0.1
    cut.box(lamp_x - u * 0.01, u * 1.9, lamp_x + u * 0.01, u * 4, dark)
    cut.add(
        np.array(
            (
                (lamp_x - u * 0.24, u * 1.8),
                (lamp_x + u * 0.24, u * 1.8),
                (lamp_x + u * 0.06, u * 2.0),
                (lamp_x - u * 0.06, u * 2.0),
            )
        ),
        dark,
    )
    return [*cut.layers(room.edge(stage, wood)), *lamp(stage, room, lamp_x, u * 1.78, z * 0.99, 1.3)]


def study(stage: Stage, room: Room) -> list[Layer]:
    """Walls of books, a ladder, a globe."""
    z, u, half = room.back * 0.96, room.unit, room.half
    random = stage.random(740)
    wood = room.tone(stage, colour.of("6a452c"), z)
    cut = Scissors(z)
    for side in (-1, 1):
        x0, x1 = sorted((side * half * 0.34, side * half * 1.08))
        cut.box(x0, 0, x1, u * 2.7, colour.mix(wood, stage.palette.ink, 0.35))
        for row in range(6):
            y = u * (0.12 + 0.43 * row)
            cut.box(x0, y - u * 0.05, x1, y, wood)
            x = x0 + u * 0.03
            while x < x1 - u * 0.1:
                thick, tall = u * random.uniform(0.035, 0.09), u * random.uniform(0.22, 0.34)
                own = [colour.of(one) for one in ("7a3a34", "35506a", "86703a", "4d5f42", "5a3f5a", "8a6a4a")][
                    int(random.integers(6))
                ]
                if random.random() < 0.93:
                    cut.box(
                        x,
                        y,
                        x + thick * 0.9,
                        y + tall,
                        colour.mix(room.tone(stage, own, z), stage.palette.ink, random.uniform(0, 0.3)),
                    )
                x += thick
    return [*rug(stage, room), *cut.layers(), *lamp(stage, room, room.free_side * half * 0.3, u * 1.1, z * 0.99, 1.2)]


def workshop(stage: Stage, room: Room) -> list[Layer]:
    """A bench, tools on the wall, a hanging lamp."""
    z, u, half = room.back * 0.95, room.unit, room.half
    wood, dark = room.tone(stage, OAK, z), room.tone(stage, colour.of("33302f"), z)
    cut = Scissors(z)
    cut.box(-half * 0.95, u * 0.78, half * 0.5, u * 0.88, wood)
    for x in (-half * 0.9, -half * 0.3, half * 0.42):
        cut.box(x, 0, x + u * 0.1, u * 0.78, dark)
    random = stage.random(745)
    for k in range(9):
        x, y = half * (-0.9 + 0.15 * k), u * random.uniform(1.7, 1.9)
        cut.box(x - u * 0.015, y - u * 0.4, x + u * 0.015, y, wood)
        if k % 2:
            cut.box(x - u * 0.09, y - u * 0.48, x + u * 0.09, y - u * 0.38, dark)
        else:
            cut.add(growth.disc(x, y - u * 0.44, u * 0.06, u * 0.08, 10), dark)
    cut.box(half * 0.62, 0, half * 1.0, u * 1.5, dark)
    for k in range(4):
        cut.add(growth.disc(half * (-0.7 + 0.2 * k), u * 0.95, u * 0.07, u * 0.09, 10), room.tone(stage, colour.of("a8813f"), z))
    return [*cut.layers(room.edge(stage, wood)), *lamp(stage, room, -half * 0.2, u * 2.0, z * 0.99, 1.4)]


def hospital(stage: Stage, room: Room) -> list[Layer]:
    """A bed with rails, a drip, a curtain."""
    z, u, half = room.back * 0.93, room.unit, room.half
    metal, linen = room.tone(stage, colour.of("8d979c"), z), room.tone(stage, colour.of("dfe6e4"), z)
    side = room.free_side
    x = side * half * 0.5
    cut = (
        Scissors(z)
        .box(x - u * 1.0, 0.1 * u, x - u * 0.96, u * 0.95, metal)
        .box(x + u * 0.96, u * 0.1, x + u * 1.0, u * 0.8, metal)
    )
    cut.box(x - u * 0.98, u * 0.42, x + u * 0.98, u * 0.6, linen).add(
        growth.disc(x - u * 0.7, u * 0.66, u * 0.24, u * 0.1), linen
    )
    cut.box(x - u * 1.3, 0, x - u * 1.27, u * 1.8, metal).box(x - u * 1.38, u * 1.5, x - u * 1.22, u * 1.78, linen)
    for k in range(8):
        c = -side * half * (0.55 + 0.07 * k)
        cut.box(
            c - u * 0.09,
            u * 0.25,
            c + u * 0.09,
            u * 2.4,
            colour.mix(room.tone(stage, colour.of("9fb8b4"), z), stage.palette.ink, 0.08 * (k % 2)),
        )
    return [*cut.layers(room.edge(stage, metal))]


def roofed(
    furnish: Furnish, wall: Rgb, floor: Rgb, windows: int = 1, tall: float = 1.0, *, arched: bool = False, beds: bool = False
) -> Setting:
    """A setting indoors."""
    return Setting(
        partial(interior, furnish=furnish, wall=wall, floor=floor, windows=windows, tall=tall, arched=arched),
        floor,
        Below.FLOOR,
        roof=True,
        beds=beds,
    )


SETTINGS: dict[str, Setting] = {
    "room": roofed(plain, PLASTER, OAK, beds=True),
    "bedroom": roofed(bedroom, colour.of("a39a9e"), OAK, beds=True),
    "kitchen": roofed(kitchen, colour.of("b8ac8c"), colour.of("8f7a66")),
    "library": roofed(study, colour.of("7f6a55"), colour.of("6f4c33"), 1, 1.5),
    "study": roofed(study, colour.of("7f6a55"), colour.of("6f4c33")),
    "workshop": roofed(workshop, colour.of("7f7264"), colour.of("6a5846"), 2),
    "hospital": roofed(hospital, colour.of("b7c4c2"), TILE, beds=True),
}
