"""Woods: a forest in four depths, the same in snow, a jungle."""

import numpy as np

from storyreel.animatic import colour, growth
from storyreel.animatic.colour import Rgb
from storyreel.animatic.places import land
from storyreel.animatic.scenery import Mist, Rays, Scissors
from storyreel.animatic.setting import Layer, Setting
from storyreel.animatic.stage import Stage
from storyreel.domain.storyboard import Weather


def forest(
    stage: Stage, tree: land.Tree = growth.conifer, leaf: Rgb = land.NEEDLES, floor: Rgb = land.MOSS, tall: float = 8.5
) -> list[Layer]:
    """Crowns into the haze, then trunks, nearer and darker, round the clearing where the subject stands."""
    out: list[Layer] = []
    unit = stage.unit
    size = max(tall, 0.5 * unit / stage.lens.focal)
    for k, (times, count, clear) in enumerate(((13, 46, 0.0), (9, 34, 0.0), (6.2, 22, 0.1))):
        out += land.grove(stage, tree, leaf, times, count, size * (1 + 0.12 * k), clear=clear, salt=10 + k, under=floor, sway=0)
        out.append(Mist(times * unit * 0.97, size * 0.5, stage.palette.haze, 0.34))
    bark = colour.mix(leaf, colour.of("5a4636"), 0.55)
    stems = growth.pine if tree is growth.conifer else growth.trunk
    for k, (times, count, clear) in enumerate(((4.3, 15, 0.1), (2.9, 9, 0.22), (1.9, 6, 0.5))):
        out += land.grove(stage, stems, bark, times, count, max(19.0, 2.0 * unit), clear=clear, salt=20 + k, under=floor, sway=0)
        if k < 2:
            out.append(Mist(times * unit * 0.97, size * 0.32, stage.palette.haze, 0.2))
    if stage.lamp.disc or stage.weather is Weather.FOG:
        out.append(Rays(stage, 1.5 * unit))
    out += canopy(stage, colour.mix(leaf, bark, 0.2))
    out += trunks(stage, max(19.0, 2.0 * unit))
    out += land.tufts(stage, colour.mix(floor, leaf, 0.4), 0.28 * min(1.4, unit / 6), 150)
    return [*out, *land.foreground(stage, land.away(stage))]


def canopy(stage: Stage, leaf: Rgb) -> list[Layer]:
    """Leaves that hang into the top of the frame, in two depths."""
    random, out = stage.random(430), list[Layer]()
    for times, low in ((3.4, 0.13), (1.7, 0.08)):
        depth = times * stage.unit
        frame, half = depth / stage.lens.focal, stage.across(depth) * 1.3
        top = stage.lens.eye_m + (stage.lens.horizon + 0.06) * frame
        cut, fill = Scissors(depth), stage.seen(leaf, depth, 0.62)
        for k in range(15):
            x = half * (2 * (k + random.uniform(0.2, 0.8)) / 15 - 1)
            lift = 0.55 + 0.45 * abs(x / half)
            mass = growth.crown(random, frame * random.uniform(0.2, 0.32), frame * low * 2 * lift * random.uniform(0.8, 1.3), 40)
            cut.add(mass, fill, x, top)
        out += cut.layers()
    return out


def trunks(stage: Stage, tall: float) -> list[Layer]:
    """One or two dark trunks near the lens that frame the picture, with bark at their lit edge."""
    random = stage.random(420)
    depth = 0.66 * stage.lens.depth_m
    half = stage.across(depth)
    tone = colour.mix(stage.palette.ink, colour.BLACK, 0.15)
    light = colour.mix(tone, stage.palette.light, 0.45 * stage.palette.gleam + 0.05)
    frame = depth / stage.lens.focal
    side = land.away(stage)
    right, down = stage.lamp.towards(0.5 + 0.4 * side, 0.4)
    cut = Scissors(depth)
    x, w = side * half * 0.84, frame * 0.06
    y = np.linspace(-frame, frame * 2.4 + tall * 0.1, 22)
    bend = w * (0.5 * np.sin(y / frame * 2.2 + random.uniform(0, 6)) + 0.12 * np.sin(y / frame * 9))
    grow = 1 + 0.5 * np.exp(-np.maximum(0, y + 0.1 * frame) / (0.25 * frame))
    cut.add(np.concatenate((np.stack((x - w * grow + bend, y), 1), np.stack((x + w * grow + bend, y), 1)[::-1])), tone)
    for _ in range(5):
        at, long = frame * random.uniform(0.3, 1.0), frame * random.uniform(0.1, 0.34)
        root = x + float(np.interp(at, y, bend))
        s = np.linspace(0, 1, 8)
        px, py = root - side * long * s, at + long * (0.35 * s + 0.25 * np.sin(s * 3) * s)
        thick = w * 0.28 * (1 - 0.9 * s)
        cut.add(np.concatenate((np.stack((px, py + thick), 1), np.stack((px, py - thick), 1)[::-1])), tone)
    return list(cut.layers((light, right * 2.2, down * 1.2)))


def snowy(stage: Stage) -> list[Layer]:
    """A forest in snow: trees that tower at the sides, a trodden way between them."""
    unit = stage.unit
    out = land.ridges(stage, colour.of("b9c6d6"), (40, 16), 0.07)
    size = max(9.0, 1.25 * unit / stage.lens.focal)
    rows = (
        (12, 40, 0.0, 1.5),
        (8, 30, 0.0, 1.35),
        (5.2, 19, 0.12, 1.2),
        (3.4, 13, 0.3, 1.1),
        (2.2, 9, 0.55, 1.0),
        (1.5, 6, 0.8, 1.0),
    )
    for k, (times, count, clear, grown) in enumerate(rows):
        out += land.grove(
            stage,
            growth.conifer,
            colour.of("4b5f66"),
            times,
            count,
            size * grown,
            clear=clear,
            salt=30 + k,
            under=land.SNOW,
            sway=0,
            snow=True,
        )
        out.append(Mist(times * unit * 0.97, size * 0.4, stage.palette.haze, 0.26 if k < 3 else 0.1))
    way = colour.mix(land.SNOW, colour.of("7f95b4"), 0.6)
    return [*out, *land.path(stage, way), *land.drifts(stage), *trunks(stage, size)]


def jungle(stage: Stage) -> list[Layer]:
    """Palms and broad leaves, hung with a bough."""
    out = forest(stage, growth.broadleaf, colour.of("2f6a38"), colour.of("46602f"), 9.0)
    out += land.grove(stage, growth.palm, colour.of("2c5030"), 2.0, 7, 7.0, clear=0.35, salt=51, sway=0.002)
    return [*out, *land.foreground(stage, -land.away(stage), kind="bough")]


SETTINGS: dict[str, Setting] = {
    "forest": Setting(forest, land.MOSS),
    "jungle": Setting(jungle, colour.of("4a5f30")),
    "snow_park": Setting(snowy, land.SNOW),
    "snowy_forest": Setting(snowy, land.SNOW),
}
