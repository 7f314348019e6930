"""Rooms for many: cafe, class, office, laboratory, gym, stage, hall, church, prison."""

import numpy as np

from storyreel.animatic import colour, growth
from storyreel.animatic.colour import Rgb
from storyreel.animatic.places import land
from storyreel.animatic.places.indoors import LINEN, OAK, TILE, lamp, roofed
from storyreel.animatic.room import Room, Spot
from storyreel.animatic.scenery import Scissors, Shine
from storyreel.animatic.setting import Layer, Setting
from storyreel.animatic.stage import Stage


def tables(stage: Stage, room: Room, cloth: Rgb = LINEN) -> list[Layer]:
    """Small tables with chairs in two rows, pendant lamps."""
    out: list[Layer] = []
    u, half = room.unit, room.half
    for share, places in ((0.93, (-0.7, 0.0, 0.7)), (0.74, (-0.85, 0.85))):
        z = room.back * share
        top, dark = room.tone(stage, cloth, z), room.tone(stage, colour.of("3e302a"), z)
        cut = Scissors(z)
        for place in places:
            x = place * half * share
            cut.add(growth.disc(x, u * 0.72, u * 0.42, u * 0.05), top).box(x - u * 0.03, 0, x + u * 0.03, u * 0.7, dark)
            for side in (-1, 1):
                c = x + side * u * 0.62
                cut.box(c - u * 0.14, u * 0.4, c + u * 0.14, u * 0.46, dark).box(
                    c + side * u * 0.1, u * 0.4, c + side * u * 0.15, u * 0.95, dark
                )
                cut.box(c - u * 0.13, 0, c - u * 0.1, u * 0.4, dark).box(c + u * 0.1, 0, c + u * 0.13, u * 0.4, dark)
            cut.box(x - u * 0.008, u * 1.95, x + u * 0.008, u * 5, dark)
            cut.add(np.array(((x - u * 0.18, u * 1.85), (x + u * 0.18, u * 1.85), (x, u * 2.05))), dark)
            out += lamp(stage, room, x, u * 1.82, z * 0.999, 0.8)
        out += cut.layers(room.edge(stage, dark))
    return out


def classroom(stage: Stage, room: Room) -> list[Layer]:
    """A blackboard and rows of desks."""
    z, u, half = room.back * 0.98, room.unit, room.half
    wood, board = room.tone(stage, OAK, z), room.tone(stage, colour.of("2f4a40"), z)
    cut = Scissors(z)
    x = room.free_side * half * 0.3
    cut.box(x - u * 1.25, u * 0.95, x + u * 1.25, u * 2.1, wood).box(x - u * 1.18, u * 1.02, x + u * 1.18, u * 2.03, board)
    chalk = room.tone(stage, LINEN, z)
    for k in range(4):
        cut.box(x - u * 0.9, u * (1.8 - 0.18 * k), x + u * (0.1 + 0.2 * ((k * 3) % 4)), u * (1.815 - 0.18 * k), chalk, 0.6)
    out: list[Layer] = list(cut.layers())
    for share in (0.86, 0.7):
        zz = room.back * share
        rows, dark = Scissors(zz), room.tone(stage, colour.of("4a3a2c"), zz)
        for k in range(-3, 4):
            d = k * half * 0.36
            rows.box(d - u * 0.38, u * 0.66, d + u * 0.38, u * 0.72, room.tone(stage, OAK, zz)).box(
                d - u * 0.34, 0, d - u * 0.3, u * 0.66, dark
            ).box(d + u * 0.3, 0, d + u * 0.34, u * 0.66, dark)
        out += rows.layers(room.edge(stage, wood))
    return out


def office(stage: Stage, room: Room) -> list[Layer]:
    """Desks with screens, shelves of files."""
    out: list[Layer] = []
    u, half = room.unit, room.half
    for share, places in ((0.93, (-0.6, 0.55)), (0.76, (-0.95, 0.95))):
        z = room.back * share
        cut = Scissors(z)
        top, dark = room.tone(stage, colour.of("9a9288"), z), room.tone(stage, colour.of("2d3036"), z)
        screen = (
            colour.mix(colour.of("a8c8e8"), stage.palette.haze, 0.2)
            if stage.palette.dark
            else room.tone(stage, colour.of("7f93a0"), z)
        )
        for place in places:
            x = place * half * share
            cut.box(x - u * 0.75, u * 0.7, x + u * 0.75, u * 0.75, top).box(x - u * 0.7, 0, x - u * 0.64, u * 0.7, dark).box(
                x + u * 0.64, 0, x + u * 0.7, u * 0.7, dark
            )
            cut.box(x - u * 0.28, u * 0.88, x + u * 0.28, u * 1.2, dark).box(
                x - u * 0.26, u * 0.9, x + u * 0.26, u * 1.18, screen
            ).box(x - u * 0.03, u * 0.75, x + u * 0.03, u * 0.9, dark)
        out += cut.layers(room.edge(stage, top))
    return out


def theatre(stage: Stage, room: Room) -> list[Layer]:
    """A stage: curtains to both sides, boards, footlights, a spot from above."""
    u, half = room.unit, room.half
    out: list[Layer] = []
    for share, reach in ((0.9, 0.5), (0.72, 0.62)):
        z = room.back * share
        wide = stage.across(z) * 1.2
        cut = Scissors(z)
        velvet = room.tone(stage, colour.of("8a2430"), z)
        for side in (-1, 1):
            for k in range(7):
                a = side * wide * (reach + (1 - reach) * k / 7)
                b = side * wide * (reach + (1 - reach) * (k + 1.15) / 7)
                cut.box(min(a, b), 0, max(a, b), u * 9, colour.mix(velvet, stage.palette.ink, 0.15 + 0.3 * (k % 2)))
        top = stage.lens.eye_m + (stage.lens.horizon - 0.1) * z / stage.lens.focal
        for k in range(-6, 7):
            cut.add(
                growth.disc(k * wide / 6, top + u * 0.5, wide / 9, u * 0.75, 18),
                colour.mix(velvet, stage.palette.ink, 0.25 + 0.2 * (k % 2)),
            )
        out += cut.layers()
    out.append(Spot(stage, 0.0, stage.lens.depth_m))
    for k in range(-4, 5):
        out.append(Shine(k * half * 0.2, 0.06 * u, room.front * 1.1, u * 0.3, stage.palette.lamp, 0.4, u * 0.03, seed=k + 9))
    return out


def hall(stage: Stage, room: Room) -> list[Layer]:
    """Columns and arches that run away to both sides, candles between."""
    out: list[Layer] = []
    u, half = room.unit, room.half
    for share in (0.95, 0.84, 0.72, 0.6):
        z = room.back * share
        stone = colour.mix(room.tone(stage, land.STONE, z), stage.palette.ink, 0.2 + 0.5 * (0.95 - share))
        bright, dim = colour.mix(stone, stage.palette.light, 0.22), colour.mix(stone, stage.palette.ink, 0.35)
        cut = Scissors(z)
        for side in (-1, 1):
            x = side * half * 0.66
            inner = -side * u * 0.24
            cut.box(x - u * 0.24, 0, x + u * 0.24, u * 3.2, stone)
            cut.box(
                min(x + inner, x + inner * 0.55),
                0,
                max(x + inner, x + inner * 0.55),
                u * 3.2,
                bright if side == -room.free_side else dim,
            )
            cut.box(x - u * 0.36, 0, x + u * 0.36, u * 0.3, stone).box(x - u * 0.36, u * 3.0, x + u * 0.36, u * 3.25, stone)
            turn = np.linspace(0, np.pi / 2, 14)
            rise = np.stack((x - side * half * 0.66 * (1 - np.cos(turn)), u * 3.2 + np.sin(turn) * u * 1.9), 1)
            cut.add(np.concatenate((rise, ((0.0, u * 12), (side * half * 1.6, u * 12), (side * half * 1.6, u * 3.2)))), stone)
        out += cut.layers(room.edge(stage, stone))
        for side in (-1, 1):
            x = side * (half * 0.66 - u * 0.42)
            if stage.palette.dark or stage.palette.level < 0.7:
                out.append(Shine(x, u * 1.7, z * 0.998, u * 0.8, stage.palette.lamp, 0.5, u * 0.05, 0.12, int(z * 3 + side)))
    return out


def church(stage: Stage, room: Room) -> list[Layer]:
    """A nave: columns, an altar with candles, pews."""
    u, half = room.unit, room.half
    out = hall(stage, room)
    z = room.back * 0.97
    pale, dark = room.tone(stage, LINEN, z), room.tone(stage, colour.of("4a382c"), z)
    cut = (
        Scissors(z)
        .box(-u * 0.8, 0, u * 0.8, u * 0.9, pale)
        .box(-u * 0.05, u * 0.9, u * 0.05, u * 1.9, dark)
        .box(-u * 0.28, u * 1.5, u * 0.28, u * 1.6, dark)
    )
    out += cut.layers()
    for k in (-3, -2, -1, 1, 2, 3):
        out.append(Shine(k * u * 0.22, u * 1.08, z * 0.999, u * 0.4, stage.palette.lamp, 0.5, u * 0.03, 0.15, k + 5))
    for share in (0.84, 0.72):
        zz = room.back * share
        pews = Scissors(zz)
        for side in (-1, 1):
            x0, x1 = sorted((side * half * 0.16, side * half * 0.62))
            pews.box(x0, 0, x1, u * 0.75, room.tone(stage, colour.of("5f422c"), zz))
        out += pews.layers(room.edge(stage, dark))
    return out


def laboratory(stage: Stage, room: Room) -> list[Layer]:
    """A bench of glassware, screens, pipes."""
    z, u, half = room.back * 0.95, room.unit, room.half
    metal, dark = room.tone(stage, colour.of("8b98a0"), z), room.tone(stage, colour.of("2c3238"), z)
    cut = Scissors(z).box(-half, 0, half, u * 0.8, dark).box(-half, u * 0.8, half, u * 0.88, metal)
    for k in range(9):
        x, own = half * (-0.85 + 0.21 * k), colour.of(("7fd0b8", "d0a050", "8fb0e0")[k % 3])
        tone = colour.mix(room.tone(stage, own, z), own, 0.45)
        if k % 2:
            cut.add(
                np.array(
                    (
                        (x - u * 0.1, u * 0.88),
                        (x + u * 0.1, u * 0.88),
                        (x + u * 0.025, u * 1.08),
                        (x + u * 0.025, u * 1.18),
                        (x - u * 0.025, u * 1.18),
                        (x - u * 0.025, u * 1.08),
                    )
                ),
                tone,
            )
        else:
            cut.add(growth.disc(x, u * 0.98, u * 0.08, u * 0.1, 14), tone).box(
                x - u * 0.02, u * 1.05, x + u * 0.02, u * 1.22, tone
            )
    side = room.free_side
    x = side * half * 0.6
    cut.box(x - u * 0.7, u * 1.35, x + u * 0.7, u * 2.05, dark).box(
        x - u * 0.65, u * 1.4, x + u * 0.65, u * 2.0, colour.mix(dark, colour.of("7fc8e0"), 0.55)
    )
    return [*cut.layers(room.edge(stage, metal)), Shine(x, u * 1.7, z * 0.999, u * 0.9, colour.of("8fd0e8"), 0.3)]


def gym(stage: Stage, room: Room) -> list[Layer]:
    """Wall bars, a ring with its ropes, hanging lamps."""
    z, u, half = room.back * 0.985, room.unit, room.half
    wood = room.tone(stage, OAK, z)
    bars = Scissors(z)
    for side in (-1, 1):
        left, right = sorted((side * half * 0.62, side * half * 0.94))
        for k in range(9):
            bars.box(left, u * (0.25 + 0.24 * k), right, u * (0.29 + 0.24 * k), wood)
        for x in (left, (left + right) / 2, right):
            bars.box(x - u * 0.04, u * 0.1, x + u * 0.04, u * 2.35, wood)
    zz, wide = room.back * 0.86, half * 0.56
    ring, canvas = Scissors(zz), room.tone(stage, colour.of("5a6a86"), zz)
    post, ropes = room.tone(stage, colour.of("2c3038"), zz), ("c8c4bc", "a8443a", "c8c4bc")
    ring.box(-wide, 0, wide, u * 0.42, room.tone(stage, colour.of("3a4660"), zz)).box(-wide, u * 0.42, wide, u * 0.5, canvas)
    for k, rope in enumerate(ropes):
        ring.box(-wide, u * (0.85 + 0.34 * k), wide, u * (0.885 + 0.34 * k), room.tone(stage, colour.of(rope), zz))
    for x in (-wide, wide):
        ring.box(x - u * 0.06, u * 0.42, x + u * 0.06, u * 1.75, post)
    shades = [(x * half, u * 2.5, room.back * 0.8) for x in (-0.5, 0.0, 0.5)]
    lamps = Scissors(room.back * 0.8)
    for x, y, _ in shades:
        lamps.box(x - u * 0.01, y, x + u * 0.01, u * 6, post)
        lamps.add(
            np.array(((x - u * 0.3, y), (x + u * 0.3, y), (x + u * 0.08, y + u * 0.22), (x - u * 0.08, y + u * 0.22))), post
        )
    shine = [layer for x, y, depth in shades for layer in lamp(stage, room, x, y, depth * 0.999, 1.0)]
    return [*bars.layers(room.edge(stage, wood)), *ring.layers(room.edge(stage, canvas)), *lamps.layers(), *shine]


def prison(stage: Stage, room: Room) -> list[Layer]:
    """A bunk, and bars before it all."""
    z, u, half = room.back * 0.95, room.unit, room.half
    dark = room.tone(stage, colour.of("3a3836"), z)
    x = room.free_side * half * 0.55
    cut = (
        Scissors(z)
        .box(x - u, u * 0.4, x + u, u * 0.5, dark)
        .box(x - u * 0.95, u * 0.5, x + u * 0.95, u * 0.62, room.tone(stage, LINEN, z))
        .box(x - u, 0, x - u * 0.93, u * 0.8, dark)
    )
    near = 0.62 * stage.lens.depth_m
    bars, wide = Scissors(near), stage.across(near)
    tone = colour.mix(stage.palette.ink, colour.BLACK, 0.2)
    for k in range(-6, 7):
        if abs(k) > 1:
            bars.box(k * wide / 5.5 - wide * 0.012, -9, k * wide / 5.5 + wide * 0.012, 9, tone)
    return [
        *cut.layers(room.edge(stage, dark)),
        *bars.layers((colour.mix(tone, stage.palette.light, 0.4), -room.free_side * 1.6, 0)),
    ]


SETTINGS: dict[str, Setting] = {
    "bar": roofed(tables, colour.of("5f4038"), colour.of("4f382c")),
    "laboratory": roofed(laboratory, colour.of("9fb0b4"), TILE),
    "gym": roofed(gym, colour.of("8f8a80"), OAK, 0, 1.4),
    "prison": roofed(prison, colour.of("6c6a66"), colour.of("5a5854"), beds=True),
    "cafe": roofed(tables, colour.of("8a6a54"), colour.of("6b4d3a"), 2),
    "classroom": roofed(classroom, colour.of("b4b39a"), OAK, 2),
    "office": roofed(office, colour.of("a3a6aa"), colour.of("6c6f76"), 3),
    "stage": roofed(theatre, colour.of("3a2024"), colour.of("7a5236"), 0, 2.2),
    "castle_hall": roofed(hall, land.STONE, colour.of("6d6660"), 2, 2.0, arched=True),
    "church_interior": roofed(church, colour.of("9a9284"), colour.of("7a7268"), 2, 2.2, arched=True),
}
