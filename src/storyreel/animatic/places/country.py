"""Open country: meadow, desert, mountains, road, park, graveyard, ice, battlefield, ruins."""

import numpy as np

from storyreel.animatic import colour, growth
from storyreel.animatic.places import land
from storyreel.animatic.scenery import Boards, Mist, Scissors, Shine
from storyreel.animatic.setting import Layer, Setting
from storyreel.animatic.stage import Stage


def meadow(stage: Stage) -> list[Layer]:
    """Rolling grassland with trees far off."""
    out = land.ridges(stage, colour.of("5f7f6a"), (60, 26, 12), 0.055)
    out += land.grove(stage, growth.broadleaf, colour.of("4f6a38"), 9, 7, stage.unit * 0.75, salt=2)
    out += land.ridges(stage, land.GRASS, (5.2,), 0.012, 3)
    out += land.path(stage)
    out += land.tufts(stage, colour.of("8a9648"), 0.35 * min(1.5, stage.unit / 6), 240)
    return [*out, *land.foreground(stage, land.away(stage))]


def desert(stage: Stage) -> list[Layer]:
    """Dunes with a lit and a shaded side."""
    random, out = stage.random(460), list[Layer]()
    for times, rise in ((40, 0.05), (16, 0.06), (7, 0.045), (3.4, 0.02)):
        depth = times * stage.unit
        frame, half = depth / stage.lens.focal, stage.across(depth) * 1.6
        x = np.linspace(-half, half, 80)
        turn = random.uniform(0, 6.28)
        saw = (x / half * random.uniform(1.4, 2.2) + turn) % 1.0
        hump = np.where(
            saw < 0.68,
            np.sin(np.minimum(1, saw / 0.68) * np.pi / 2) ** 1.5,
            np.cos(np.clip((saw - 0.68) / 0.32, 0, 1) * np.pi / 2) ** 1.1,
        )
        y = stage.lens.eye_m * 0.9 * (times > 5) + frame * rise * (0.2 + 0.8 * hump)
        fill = stage.seen(land.SAND, depth, 0.12)
        cut = Scissors(depth).add(np.concatenate((np.stack((x, y), 1), ((half, 0), (-half, 0)))), fill)
        shade = colour.mix(fill, stage.palette.ink, 0.28 * (1 - stage.air(depth)))
        peak = np.flatnonzero((hump[1:-1] > hump[:-2]) & (hump[1:-1] >= hump[2:])) + 1
        for p in peak.tolist():
            q = min(len(x) - 1, p + int(80 * 0.32 / 1.8 * 0.6))
            fall = np.linspace(0, 1, q - p + 1)
            lower = y[p] - (y[p] - 0.0) * fall**0.8
            cut.add(
                np.concatenate(
                    (
                        np.stack((x[p : q + 1], y[p : q + 1]), 1),
                        np.stack((x[p : q + 1] - 0.25 * half * fall * (1 - fall), lower), 1)[::-1],
                    )
                ),
                shade,
                share=0.85,
            )
        out += cut.layers((colour.mix(fill, stage.palette.light, 0.5 * stage.palette.gleam), 0.6, -1.2))
    return out


def mountains(stage: Stage) -> list[Layer]:
    """Peaks with snow, foothills, firs, a meadow before them."""
    random, out = stage.random(470), list[Layer]()
    for k, (times, tall, count) in enumerate(((150, 0.40, 6), (80, 0.27, 7), (40, 0.15, 6))):
        depth = times * stage.unit
        frame, half = depth / stage.lens.focal, stage.across(depth) * 1.5
        ring = growth.peaks(random, half, frame * tall + stage.lens.eye_m, count)
        rock = stage.seen(colour.of("6f7688"), depth * (0.28 if k < 2 else 0.4), 0.3)
        snow = colour.mix(stage.seen(land.SNOW, depth * 0.2, 0.0), stage.palette.light, 0.3 * stage.palette.gleam)
        cut = Scissors(depth).add(ring, rock)
        if k < 2:
            cut.add(growth.snowcap(ring, frame * tall * 0.66, random), snow)
        out += cut.layers(
            (colour.mix(rock, stage.palette.light, 0.6 * stage.palette.gleam), stage.lamp.towards(0.5, 0.3)[0] * 1.5, -1.2)
        )
        out.append(Mist(depth * 0.98, frame * tall * 0.35, stage.palette.haze, 0.5))
    out += land.grove(stage, growth.conifer, colour.of("3f5446"), 11, 40, stage.unit * 0.9, salt=61)
    out += land.grove(stage, growth.conifer, colour.of("3a4f40"), 4.6, 10, stage.unit * 0.85, clear=0.5, salt=62)
    out += [*land.path(stage), *land.stones(stage)]
    out += land.tufts(stage, colour.of("7c8a4c"), 0.3 * min(1.4, stage.unit / 6), 200)
    return [*out, *land.foreground(stage, land.away(stage))]


def road(stage: Stage) -> list[Layer]:
    """A road that runs to the horizon, with posts."""
    out = land.ridges(stage, colour.of("64785f"), (60, 24), 0.05)
    near, far = land.front(stage) * 0.6, 60 * stage.unit
    half = max(2.6, 0.55 * stage.across(stage.unit))
    asphalt = stage.palette.lit(land.snowed(stage, colour.of("57565a"), 0.3), 0.3)
    lane = Boards(far * 0.9)
    steps = np.geomspace(near, far, 12)
    for a, b in zip(steps[:-1].tolist(), steps[1:].tolist(), strict=True):
        tone = colour.mix(asphalt, stage.palette.haze, stage.air((a + b) / 2))
        lane.add(((-half, 0, a), (half, 0, a), (half, 0, b), (-half, 0, b)), tone)
    dash, gap = 2.4, 5.5
    for z in np.arange(near, 30 * stage.unit, gap)[:60].tolist():
        lane.floor(-0.07, 0.07, z, z + dash, colour.mix(stage.seen(colour.of("e6dfc8"), z, 0.05), asphalt, 0.2))
    out += lane.layers()
    for k in range(7):
        z = stage.unit * (0.9 + 1.6 * k)
        tone = stage.shadow(z, 0.1)
        for side in (-1, 1):
            out += Scissors(z).box(side * (half + 0.8) - 0.06, 0, side * (half + 0.8) + 0.06, 1.05, tone).layers()
    out += land.tufts(stage, land.GRASS, 0.3, 60)
    return [*out, *land.foreground(stage, land.away(stage))]


def park(stage: Stage) -> list[Layer]:
    """A lawn among broad trees, and a path."""
    out = [*land.ridges(stage, colour.of("5f7a5c"), (30, 14), 0.05), *land.path(stage)]
    for k, (times, count, clear) in enumerate(((8, 14, 0.0), (4.4, 8, 0.15), (2.2, 6, 0.5))):
        out += land.grove(
            stage,
            growth.broadleaf,
            colour.of("53713a"),
            times,
            count,
            max(7.5, stage.unit * 0.9),
            clear=clear,
            salt=70 + k,
        )
    out += land.tufts(stage, colour.of("84964a"), 0.16, 80)
    return [*out, *land.foreground(stage, land.away(stage), kind="bough")]


def graveyard(stage: Stage) -> list[Layer]:
    """Leaning land.stones and bare trees."""
    random = stage.random(480)
    out = land.ridges(stage, colour.of("5b6660"), (30, 12), 0.05)
    out += land.grove(stage, growth.bare, colour.of("3f3a38"), 3.4, 6, max(7.0, stage.unit), clear=0.2, salt=81)
    for times in (5.0, 3.4, 2.3, 1.5):
        depth = times * stage.unit
        cut = Scissors(depth)
        for _ in range(9):
            x = random.uniform(-1.2, 1.2) * stage.across(depth)
            wide, high, lean = random.uniform(0.4, 0.7), random.uniform(0.6, 1.2), random.uniform(-0.12, 0.12)
            stone = growth.arch(0, -0.05, wide, high)
            stone[:, 0] += lean * stone[:, 1]
            cut.add(stone, colour.mix(stage.seen(land.STONE, depth, 0.4), stage.palette.ink, random.uniform(0, 0.2)), x)
        out += cut.layers((stage.palette.light, stage.lamp.towards(0.5, 0.6)[0] * 1.4, -0.8))
    out.append(Mist(1.3 * stage.unit, 0.8, stage.palette.haze, 0.4))
    return [*out, *land.tufts(stage, colour.of("69704a"), 0.3, 90), *land.foreground(stage, land.away(stage), kind="bough")]


def arctic(stage: Stage) -> list[Layer]:
    """Ice: pressure land.ridges and bergs far off."""
    random, out = stage.random(485), list[Layer]()
    for times, tall, count in ((60, 0.09, 9), (24, 0.06, 8), (9, 0.035, 9)):
        depth = times * stage.unit
        frame = depth / stage.lens.focal
        ring = growth.peaks(random, stage.across(depth) * 1.5, frame * tall + stage.lens.eye_m * 0.8, count)
        ice = colour.mix(stage.seen(colour.of("c4dbe8"), depth, 0.15), stage.palette.sky[1], 0.2)
        out += (
            Scissors(depth)
            .add(ring, ice)
            .layers(
                (colour.mix(ice, stage.palette.light, 0.6 * stage.palette.gleam), stage.lamp.towards(0.5, 0.4)[0] * 1.5, -1.2)
            )
        )
    return [*out, *land.drifts(stage)]


def battlefield(stage: Stage) -> list[Layer]:
    """Torn earth, stakes, smoke."""
    random = stage.random(487)
    out = land.ridges(stage, colour.of("5c5448"), (50, 22, 9), 0.05)
    out += land.grove(stage, growth.bare, colour.of("332c28"), 7, 7, stage.unit * 0.7, salt=88)
    for times in (5.0, 3.0, 1.8):
        depth = times * stage.unit
        cut, tone = Scissors(depth), stage.shadow(depth, 0.08)
        for _ in range(8):
            x, lean, high = random.uniform(-1.2, 1.2) * stage.across(depth), random.uniform(-0.5, 0.5), random.uniform(1.0, 2.2)
            cut.add(
                np.array(((x - 0.06, 0), (x + 0.06, 0), (x + lean * high + 0.03, high), (x + lean * high - 0.03, high))), tone
            )
            cut.add(growth.rock(random, 1.6, 0.3), tone, x + 0.9)
        out += cut.layers()
        out.append(Mist(depth * 0.98, 2.4, stage.palette.haze, 0.35))
    for k in range(4):
        z = (3.5 + 2.2 * k) * stage.unit
        x = (-0.8 + 0.5 * k) * stage.across(z)
        out.append(Shine(x, 0.5, z, 0.22 * z / stage.lens.focal, colour.of("ff8a3c"), 0.55, 0.012 * z, 0.2, k + 3))
    return [*out, *land.tufts(stage, land.EARTH, 0.2, 70)]


def ruins(stage: Stage) -> list[Layer]:
    """Broken columns and walls in the grass."""
    random = stage.random(489)
    out = land.ridges(stage, colour.of("647064"), (50, 22), 0.06)
    for times in (6.0, 3.6, 2.2):
        depth = times * stage.unit
        unit = max(1.0, stage.unit / 6)
        cut, stone = Scissors(depth), stage.seen(colour.of("a39a86"), depth, 0.4)
        for k in range(6):
            x = (-1.1 + 0.44 * k + random.uniform(-0.1, 0.1)) * stage.across(depth)
            if times < 3 and abs(x) < 0.4 * stage.across(depth):
                continue
            high, w = unit * random.uniform(1.6, 5.5), unit * 0.38
            cut.box(x - w * 1.3, 0, x + w * 1.3, unit * 0.3, stone)
            cut.add(
                np.array(
                    (
                        (x - w, 0),
                        (x + w, 0),
                        (x + w * 0.9, high * 0.92),
                        (x + w * 0.2, high),
                        (x - w * 0.3, high * 0.9),
                        (x - w * 0.9, high * 0.97),
                    )
                ),
                stone,
            )
        out += cut.layers(
            (colour.mix(stone, stage.palette.light, 0.6 * stage.palette.gleam), stage.lamp.towards(0.5, 0.4)[0] * 1.6, -0.8)
        )
    return [*out, *land.tufts(stage, colour.of("8a9250"), 0.35, 110), *land.foreground(stage, land.away(stage))]


SETTINGS: dict[str, Setting] = {
    "meadow": Setting(meadow, land.GRASS),
    "field": Setting(meadow, colour.of("a89a52")),
    "hill": Setting(meadow, land.GRASS, horizon=0.04, island=True),
    "garden": Setting(park, colour.of("6f8442")),
    "park": Setting(park, colour.of("6f8442")),
    "mountains": Setting(mountains, land.GRASS),
    "desert": Setting(desert, land.SAND),
    "road": Setting(road, colour.of("6f7446")),
    "graveyard": Setting(graveyard, colour.of("565b42")),
    "arctic": Setting(arctic, land.SNOW),
    "battlefield": Setting(battlefield, land.EARTH),
    "ruins": Setting(ruins, colour.of("7c7a58")),
}
