"""Where there is water: shore, open sea, harbour, river, lake, a ship's deck."""

import itertools

import numpy as np

from storyreel.animatic import colour, growth
from storyreel.animatic.flock import Flock
from storyreel.animatic.masonry import houses, masts
from storyreel.animatic.places import land
from storyreel.animatic.scenery import Boards, Scissors
from storyreel.animatic.setting import Below, Layer, Setting
from storyreel.animatic.stage import Stage
from storyreel.animatic.water import Surf, sea

RAIL = 1.5  # how far off a deck's is, in depths of the main subject


def far_coast(stage: Stage, rise: float = 0.03) -> list[Layer]:
    """A headland on the far side, low on the horizon."""
    random = stage.random(500)
    depth = 55 * stage.unit
    frame, half = depth / stage.lens.focal, stage.across(depth)
    x = np.linspace(0, 1, 50)
    side = land.away(stage)
    y = stage.lens.eye_m + frame * rise * (1 - x) ** 0.7 * (
        1 + 0.25 * np.sin(x * 9 + random.uniform(0, 6)) + 0.12 * np.sin(x * 23)
    )
    y[-1] = 0
    ring = np.concatenate((np.stack((side * half * (1.35 - 1.05 * x), y), 1), ((side * half * 1.35, 0.0),)))
    fill = colour.mix(stage.seen(colour.of("4f5a66"), depth, 0.4), stage.palette.ink, 0.12)
    return list(
        Scissors(depth).add(ring, fill).layers((colour.mix(fill, stage.palette.light, 0.5 * stage.palette.gleam), 0, -1.0))
    )


def shore(stage: Stage) -> list[Layer]:
    """Sand with stones, surf, the sea beyond."""
    unit = stage.unit
    out: list[Layer] = [*far_coast(stage), *sea(stage, 1.35 * unit), Surf(stage, 1.3 * unit), *beach(stage)]
    return [*out, *birds(stage), *land.foreground(stage, land.away(stage))]


def beach(stage: Stage) -> list[Layer]:
    """The strip of sand under the subject's feet, as a shape with a lit edge, and stones on it."""
    random, lens = stage.random(510), stage.lens
    depth = 1.28 * stage.unit
    half = stage.across(depth) * 1.6
    x = np.linspace(-half, half, 40)
    frame = depth / lens.focal
    y = frame * 0.006 * np.sin(x / half * 5 + random.uniform(0, 6)) + frame * 0.004 * np.sin(x / half * 13)
    sand = stage.seen(land.snowed(stage, colour.of("b79a72"), 0.6), depth, 0.28)
    boards = Boards(depth)
    for k, (a, b) in enumerate(itertools.pairwise(np.linspace(depth, land.nearest(stage, 0.3), 10).tolist())):
        tone = colour.mix(sand, stage.palette.ink, 0.05 + 0.055 * k)
        boards.floor(-half * 2, half * 2, b, a, tone)
    out: list[Layer] = [
        *Scissors(depth * 1.001)
        .add(np.concatenate((np.stack((x, y), 1), ((half, -frame * 0.1), (-half, -frame * 0.1)))), sand)
        .layers((colour.mix(sand, stage.palette.light, 0.4), 0, -1.2))
    ]
    out += boards.layers()
    for times in (1.2, 1.05, 0.8, 0.6):
        z = times * stage.unit
        cut = Scissors(z)
        for _ in range(7):
            size = stage.unit * random.uniform(0.008, 0.035)
            cut.add(
                growth.rock(random, size * 2, size),
                colour.mix(stage.seen(colour.of("5c574f"), z, 0.5), stage.palette.ink, 0.25),
                random.uniform(-1.1, 1.1) * stage.across(z),
            )
        out += cut.layers(
            (colour.mix(sand, stage.palette.light, 0.3 * stage.palette.gleam), stage.lamp.towards(0.5, 0.8)[0] * 1.3, -1.0)
        )
    return out


def birds(stage: Stage) -> list[Layer]:
    """A few gulls far off."""
    random = stage.random(520)
    if stage.palette.cover > 0.9:
        return []
    return [Flock.of(stage, 20 * stage.unit, random.uniform(0.3, 0.7), stage.lens.horizon * 0.45, 6)]


def open_sea(stage: Stage) -> list[Layer]:
    """Nothing but water."""
    return [*far_coast(stage, 0.012), *sea(stage, 0.0), *birds(stage)]


def lake(stage: Stage) -> list[Layer]:
    """Still water between wooded hills."""
    out = land.ridges(stage, colour.of("5d7468"), (60, 34), 0.09)
    out += land.grove(stage, growth.conifer, colour.of("3d5444"), 22, 60, stage.unit * 1.3, salt=91)
    out += sea(stage, 1.4 * stage.unit, 0.28, colour.of("44707c"))
    return [*out, *bank(stage), *land.foreground(stage, land.away(stage))]


def bank(stage: Stage) -> list[Layer]:
    """A grassy bank under the subject."""
    depth = 1.32 * stage.unit
    half = stage.across(depth) * 1.6
    tone = stage.seen(land.snowed(stage, land.GRASS, 0.85), depth, 0.35)
    boards = Boards(depth)
    for k, (a, b) in enumerate(itertools.pairwise(np.linspace(depth, land.nearest(stage, 0.4), 8).tolist())):
        boards.floor(-half * 2, half * 2, b, a, colour.mix(tone, stage.palette.ink, 0.06 * k))
    return [*boards.layers(), *land.tufts(stage, colour.of("7e8c46"), 0.4 * min(1.4, stage.unit / 6), 120, reach=1.3)]


def river(stage: Stage) -> list[Layer]:
    """A river with a wooded far bank."""
    out = land.ridges(stage, colour.of("5d7468"), (40,), 0.06)
    out += land.grove(stage, growth.broadleaf, colour.of("476238"), 7, 16, stage.unit * 0.8, salt=92, under=land.GRASS)
    out += sea(stage, 1.4 * stage.unit, 0.35, colour.of("4c6f70"))[:-1]
    return [*out, *bank(stage), *land.foreground(stage, land.away(stage))]


def harbour(stage: Stage) -> list[Layer]:
    """A quay with houses across the basin and masts."""
    out: list[Layer] = [
        *houses(stage, 20, 22, max(12.0, 1.7 * stage.unit)),
        *masts(stage, 6.5),
        *sea(stage, 1.5 * stage.unit, 0.25),
    ]
    return [*out, *quay(stage)]


def quay(stage: Stage) -> list[Layer]:
    """Stone slabs and bollards."""
    depth = 1.42 * stage.unit
    half = stage.across(depth) * 1.7
    boards = Boards(depth)
    tone = stage.palette.lit(land.snowed(stage, colour.of("837d74"), 0.55), 0.3)
    for k, (a, b) in enumerate(itertools.pairwise(np.linspace(depth, land.nearest(stage, 0.35), 9).tolist())):
        boards.floor(-half * 2, half * 2, b, a, colour.mix(tone, stage.palette.ink, 0.05 * k + (0.04 if k % 2 else 0)))
    out: list[Layer] = list(boards.layers())
    dark = stage.shadow(depth, 0.08)
    posts = Scissors(1.38 * stage.unit)
    for k in range(-3, 4):
        x = k * half * 0.36
        posts.box(x - 0.14, 0, x + 0.14, 0.5, dark).box(x - 0.2, 0.42, x + 0.2, 0.56, dark)
    return [*out, *posts.layers((colour.mix(dark, stage.palette.light, 0.6), stage.lamp.towards(0.5, 0.6)[0] * 1.3, -0.6))]


def deck(stage: Stage) -> list[Layer]:
    """A ship's planks and rail, the sea beyond."""
    lens = stage.lens
    unit = stage.unit
    rail_z = RAIL * unit
    near = min(0.3 * unit, 0.4 * lens.depth_m)  # a coin lies nearer than any person stands
    half = stage.across(rail_z) * 1.6
    wood = stage.palette.lit(colour.of("8a6746"), 0.25)
    boards = Boards(rail_z)
    edges = np.linspace(-half, half, 34).tolist()
    for k, (a, b) in enumerate(itertools.pairwise(edges)):
        boards.floor(a, b, near, rail_z, colour.mix(wood, stage.palette.ink, 0.12 + 0.12 * (k % 2) + 0.05 * (k % 3)))
    dark = stage.shadow(rail_z, 0.06)
    cut = (
        Scissors(rail_z * 0.999)
        .box(-half, 0.98, half, 1.08, dark)
        .box(-half, 0.5, half, 0.54, dark)
        .box(-half, 0, half, 0.16, dark)
    )
    for k in range(-9, 10):
        x = k * half / 9
        cut.box(x - 0.04, 0, x + 0.04, 1.02, dark)
    mast_z = 1.3 * unit
    mast = Scissors(mast_z)
    x = land.away(stage) * stage.across(mast_z) * 0.62
    frame = mast_z / lens.focal
    mast.box(x - 0.16, 0, x + 0.16, 3 * frame + 4, dark)
    for k in range(5):
        reach = frame * (0.5 + 0.35 * k)
        mast.add(
            np.array(
                ((x - 0.03, 2.6 * frame + 3), (x + 0.03, 2.6 * frame + 3), (x + reach + 0.03, 0.9), (x + reach - 0.03, 0.9))
            ),
            dark,
        )
    light = (colour.mix(dark, stage.palette.light, 0.6), stage.lamp.towards(0.5, 0.5)[0] * 1.4, -0.8)
    return [*far_coast(stage, 0.012), *sea(stage, 2.2 * unit, 1.2), *boards.layers(), *cut.layers(light), *mast.layers(light)]


SETTINGS: dict[str, Setting] = {
    "sea_shore": Setting(shore, colour.of("a98c66"), water_from=1.35, island=True),
    "open_sea": Setting(open_sea, colour.of("2f5f78"), below=Below.WATER, island=True),
    "lake": Setting(lake, land.GRASS, water_from=1.4, water_to=20, island=True),
    "river": Setting(river, land.GRASS, water_from=1.4, water_to=6.5),
    "harbour": Setting(harbour, colour.of("837d74"), water_from=1.5, water_to=18),
    "ship_deck": Setting(deck, colour.of("8a6746"), water_from=2.2, edge=RAIL),
}
