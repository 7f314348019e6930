"""Open country: meadow, forest, snow, jungle, desert, mountains, park, road, graveyard."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from storyreel.animatic import colour, growth
from storyreel.animatic.colour import Rgb
from storyreel.animatic.noise import skyline
from storyreel.animatic.outline import Ring
from storyreel.animatic.scenery import Blades, Boards, Mist, Rays, Scissors
from storyreel.animatic.setting import Layer, Setting
from storyreel.animatic.stage import Stage
from storyreel.domain.storyboard import Weather

GRASS, MOSS, SAND, SNOW, EARTH, STONE = (colour.of(one) for one in ("71803f", "4d6038", "d8b27a", "e9f0f6", "6e5740", "77736c"))
NEEDLES = colour.of("3f5a3c")
Tree = Callable[[np.random.Generator, float], list[Ring]]


def ridges(stage: Stage, albedo: Rgb, depths: Sequence[float], rise: float = 0.05, salt: int = 1) -> list[Layer]:
    """Ranges of hills, one behind the other; depths in depths of the main subject, `rise` in frame heights over the horizon."""
    random, lens = stage.random(100 + salt), stage.lens
    out: list[Layer] = []
    for k, times in enumerate(depths):
        depth = times * stage.unit
        frame = depth / lens.focal  # metres of one frame height there
        half = stage.across(depth) * 1.7
        high = lens.eye_m + frame * rise * (0.55 + 0.9 * k / max(1, len(depths)))
        ring = growth.ridge(random, half, high, frame * rise * 0.9, half * random.uniform(0.7, 1.2))
        fill = stage.seen(albedo, depth, 0.35)
        light = colour.mix(fill, stage.palette.light, 0.4 * stage.palette.gleam)
        right, down = stage.lamp.towards(0.5, 0.5)
        out += Scissors(depth).add(ring, fill).layers((light, right * 1.2, min(-0.8, down * 1.4)))
    return out


def grove(
    stage: Stage,
    tree: Tree,
    albedo: Rgb,
    times: float,
    count: int,
    tall_m: float,
    *,
    clear: float = 0.0,
    salt: int = 1,
    under: Rgb | None = None,
    sway: float = 0.0006,
    snow: bool = False,
) -> list[Layer]:
    """A row of trees at one depth; `clear` leaves the middle of the frame free (share of its width)."""
    random = stage.random(200 + salt)
    depth = times * stage.unit
    half = stage.across(depth) * 1.5
    fill = stage.seen(albedo, depth, 0.45)
    cut = Scissors(depth)
    if under:
        cut.add(
            growth.ridge(random, half * 1.2, tall_m * 0.015, tall_m * 0.02, half),
            stage.seen(under, depth, 0.2),
        )
    for k in range(count):
        x = half * (2 * (k + random.uniform(0.1, 0.9)) / count - 1)
        if clear and abs(x) < clear * stage.across(depth):
            continue
        shade = colour.mix(fill, stage.palette.ink if random.random() < 0.5 else stage.palette.haze, random.uniform(0, 0.12))
        tall = tall_m * random.uniform(0.72, 1.25)
        rings = tree(random, tall)
        cut.add(rings, shade, x, -tall_m * 0.01)
        if snow:
            cut.add(growth.snow_on(rings[-1], tall), colour.mix(shade, stage.seen(SNOW, depth, 0.0), 0.8), x, -tall_m * 0.01)
    light = colour.mix(fill, stage.palette.light, 0.55 * stage.palette.gleam * (1 - stage.air(depth)))
    right, down = stage.lamp.towards(0.5, 0.4)
    width = 1.3 + 1.2 * min(1.0, 1 / times)
    return list(cut.layers((light, right * width, down * width), sway * stage.wind / tall_m * 8, salt))


def tufts(stage: Stage, albedo: Rgb, tall_m: float, count: int = 130, salt: int = 1, reach: float = 3.0) -> list[Layer]:
    """Grass on the ground from the frame's lower edge to `reach` depths of the subject."""
    random = stage.random(300 + salt)
    near = front(stage)
    out: list[Layer] = []
    rows, blades = 8, 5
    for k in range(rows):
        depth = near * (max(1.5, reach * stage.unit / near) ** (k / (rows - 1)))
        half = stage.across(depth) * 1.25
        tufted = max(2, count // rows // blades)
        middle = np.repeat(random.uniform(-half, half, tufted), blades)
        many = len(middle)
        high = np.repeat(random.uniform(0.5, 1.1, tufted), blades) * tall_m
        fan = np.tile(np.linspace(-1, 1, blades), tufted) + random.uniform(-0.2, 0.2, many)
        roots = np.stack((middle + fan * high * 0.2, np.zeros(many)), 1)
        tall = high * (1.0 - 0.35 * fan**2) * random.uniform(0.7, 1.0, many)
        own = colour.mix(stage.seen(albedo, depth, 0.4), stage.palette.ink, 0.3 - 0.25 * k / rows)
        out.append(Blades(depth, roots, tall, fan * 0.55, tall_m * 0.085, own, stage.wind))
    return out


def front(stage: Stage) -> float:
    """The depth of the nearest ground that the frame shows; not beyond the subject."""
    lens = stage.lens
    return min(0.85 * lens.depth_m, lens.focal * lens.eye_m / max(0.05, 1.02 - lens.horizon))


def foreground(stage: Stage, side: float, *, kind: str = "grass") -> list[Layer]:
    """Something dark and near the lens at the lower corner: grass, or a bough from above."""
    random, lens = stage.random(400), stage.lens
    depth = 0.42 * lens.depth_m
    frame = depth / lens.focal
    tone = colour.mix(stage.palette.ink, colour.BLACK, 0.3)
    bottom = lens.eye_m + (lens.horizon - 1.04) * frame
    half = stage.across(depth)
    if kind == "bough":
        return _bough(stage, depth, frame, side, tone)
    count = 46
    x = side * half * (1.08 - 0.75 * random.random(count) ** 1.7)
    tall = frame * (0.05 + 0.17 * random.random(count)) * np.clip(1.2 - np.abs(side * half - x) / (0.8 * half), 0.25, 1)
    return [
        Blades(
            depth,
            np.stack((x, np.full(count, bottom)), 1),
            tall,
            random.uniform(-0.4, 0.4, count),
            frame * 0.011,
            tone,
            stage.wind,
        )
    ]


def _bough(stage: Stage, depth: float, frame: float, side: float, tone: Rgb) -> list[Layer]:
    random = stage.random(410)
    top = stage.lens.eye_m + (stage.lens.horizon + 0.03) * frame
    x0 = side * stage.across(depth) * 1.12
    cut = Scissors(depth)
    for k in range(4):
        s = np.linspace(0, 1, 12)
        reach = frame * random.uniform(0.4, 0.72)
        x = x0 - side * reach * s
        y = top - frame * (0.06 * k - 0.05) - frame * (0.1 + 0.05 * k) * s**1.6
        thick = frame * 0.012 * (1 - 0.85 * s)
        cut.add(np.concatenate((np.stack((x, y + thick), 1), np.stack((x, y - thick), 1)[::-1])), tone)
        for j in range(2, 12):
            for way in (-1, 1):
                size = frame * random.uniform(0.018, 0.034)
                turn = way * random.uniform(0.5, 1.3) + (0 if side < 0 else np.pi)
                leaf = growth.disc(0, 0, size, size * 0.36, 8)
                c, n = np.cos(turn), np.sin(turn)
                cut.add(leaf @ np.array(((c, n), (-n, c))), tone, float(x[j] + size * c * 0.8), float(y[j] + size * n * 0.8))
    return list(cut.layers(None, 0.0))


def meadow(stage: Stage) -> list[Layer]:
    """Rolling grassland with trees far off."""
    out = ridges(stage, colour.of("5f7f6a"), (60, 26, 12), 0.055)
    out += grove(stage, growth.broadleaf, colour.of("4f6a38"), 9, 7, stage.unit * 0.75, salt=2)
    out += ridges(stage, GRASS, (5.2,), 0.012, 3)
    out += tufts(stage, colour.of("8a9648"), 0.35 * min(1.5, stage.unit / 6))
    return [*out, *foreground(stage, away(stage))]


def forest(stage: Stage, tree: Tree = growth.conifer, leaf: Rgb = NEEDLES, floor: Rgb = MOSS, tall: float = 8.5) -> list[Layer]:
    """Crowns into the haze, then trunks, nearer and darker, round the clearing where the subject stands."""
    out: list[Layer] = []
    unit = stage.unit
    size = max(tall, 0.5 * unit / stage.lens.focal)
    for k, (times, count, clear) in enumerate(((13, 46, 0.0), (9, 34, 0.0), (6.2, 22, 0.1))):
        out += grove(stage, tree, leaf, times, count, size * (1 + 0.12 * k), clear=clear, salt=10 + k, under=floor, sway=0)
        out.append(Mist(times * unit * 0.97, size * 0.5, stage.palette.haze, 0.34))
    bark = colour.mix(leaf, colour.of("5a4636"), 0.55)
    stems = growth.pine if tree is growth.conifer else growth.trunk
    for k, (times, count, clear) in enumerate(((4.3, 15, 0.1), (2.9, 9, 0.22), (1.9, 6, 0.5))):
        out += grove(stage, stems, bark, times, count, max(19.0, 2.0 * unit), clear=clear, salt=20 + k, under=floor, sway=0)
        if k < 2:
            out.append(Mist(times * unit * 0.97, size * 0.32, stage.palette.haze, 0.2))
    if stage.lamp.disc or stage.weather is Weather.FOG:
        out.append(Rays(stage, 1.5 * unit))
    out += canopy(stage, colour.mix(leaf, bark, 0.2))
    out += trunks(stage, max(19.0, 2.0 * unit))
    out += tufts(stage, colour.mix(floor, leaf, 0.4), 0.28 * min(1.4, unit / 6), 150)
    return [*out, *foreground(stage, away(stage))]


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
    side = away(stage)
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
    """A forest in snow."""
    unit = stage.unit
    out = ridges(stage, colour.of("b9c6d6"), (40, 16), 0.07)
    size = max(9.0, 0.5 * unit / stage.lens.focal)
    for k, (times, count, clear) in enumerate(((12, 40, 0.0), (8, 28, 0.0), (5.2, 17, 0.12), (3.4, 11, 0.3), (2.2, 8, 0.6))):
        out += grove(
            stage,
            growth.conifer,
            colour.of("4b5f66"),
            times,
            count,
            size,
            clear=clear,
            salt=30 + k,
            under=SNOW,
            sway=0,
            snow=True,
        )
        out.append(Mist(times * unit * 0.97, size * 0.4, stage.palette.haze, 0.26 if k < 3 else 0.12))
    return [*out, *drifts(stage), *trunks(stage, size)]


def drifts(stage: Stage) -> list[Layer]:
    """Snow that lies before and behind the subject in soft waves."""
    out: list[Layer] = []
    random = stage.random(440)
    for times, lift in ((3.0, 0.012), (1.9, 0.014), (1.2, 0.012), (0.8, 0.016)):
        depth = times * stage.lens.depth_m
        frame, half = depth / stage.lens.focal, stage.across(depth) * 1.4
        x = np.linspace(-half, half, 70)
        crest = frame * lift * (0.6 + skyline(random, x, half * 1.5, 3, 0.35))
        body = np.clip(crest + frame * 0.004, 0, None) * 1.6
        lens = np.concatenate((np.stack((x, crest), 1), np.stack((x, crest - body), 1)[::-1]))
        fill = colour.mix(stage.seen(SNOW, depth, 0.0), stage.palette.light, 0.25 * stage.palette.gleam)
        shade = colour.mix(stage.seen(SNOW, depth, 0.15), stage.palette.sky[1], 0.3)
        out += Scissors(depth).add(lens + np.array((0.0, -frame * 0.012)), shade, share=0.4).add(lens, fill, share=0.6).layers()
    return out


def jungle(stage: Stage) -> list[Layer]:
    """Palms and broad leaves, hung with a bough."""
    out = forest(stage, growth.broadleaf, colour.of("2f6a38"), colour.of("46602f"), 9.0)
    out += grove(stage, growth.palm, colour.of("2c5030"), 2.0, 7, 7.0, clear=0.35, salt=51, sway=0.002)
    return [*out, *foreground(stage, -away(stage), kind="bough")]


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
        fill = stage.seen(SAND, depth, 0.12)
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
        snow = colour.mix(stage.seen(SNOW, depth * 0.2, 0.0), stage.palette.light, 0.3 * stage.palette.gleam)
        cut = Scissors(depth).add(ring, rock)
        if k < 2:
            cut.add(growth.snowcap(ring, frame * tall * 0.66, random), snow)
        out += cut.layers(
            (colour.mix(rock, stage.palette.light, 0.6 * stage.palette.gleam), stage.lamp.towards(0.5, 0.3)[0] * 1.5, -1.2)
        )
        out.append(Mist(depth * 0.98, frame * tall * 0.35, stage.palette.haze, 0.5))
    out += grove(stage, growth.conifer, colour.of("3f5446"), 11, 40, stage.unit * 0.9, salt=61)
    out += grove(stage, growth.conifer, colour.of("3a4f40"), 4.6, 10, stage.unit * 0.85, clear=0.5, salt=62)
    out += tufts(stage, colour.of("7c8a4c"), 0.3 * min(1.4, stage.unit / 6), 110)
    return [*out, *foreground(stage, away(stage))]


def road(stage: Stage) -> list[Layer]:
    """A road that runs to the horizon, with posts."""
    out = ridges(stage, colour.of("64785f"), (60, 24), 0.05)
    near, far = front(stage) * 0.6, 60 * stage.unit
    half = max(2.6, 0.55 * stage.across(stage.unit))
    asphalt = stage.palette.lit(colour.of("57565a"), 0.3)
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
    out += tufts(stage, GRASS, 0.3, 60)
    return [*out, *foreground(stage, away(stage))]


def away(stage: Stage) -> float:
    """The side of the frame (-1 or 1) that lies away from the light: where a dark foreground belongs."""
    return -1.0 if stage.lamp.x > 0.5 else 1.0


def park(stage: Stage) -> list[Layer]:
    """Lawns, broad trees, a bench's worth of calm."""
    out = ridges(stage, colour.of("5f7a5c"), (30, 14), 0.05)
    for k, (times, count, clear) in enumerate(((8, 14, 0.0), (4.4, 8, 0.15), (2.2, 6, 0.5))):
        out += grove(
            stage,
            growth.broadleaf,
            colour.of("53713a"),
            times,
            count,
            max(7.5, stage.unit * 0.9),
            clear=clear,
            salt=70 + k,
        )
    out += tufts(stage, colour.of("84964a"), 0.16, 80)
    return [*out, *foreground(stage, away(stage), kind="bough")]


def graveyard(stage: Stage) -> list[Layer]:
    """Leaning stones and bare trees."""
    random = stage.random(480)
    out = ridges(stage, colour.of("5b6660"), (30, 12), 0.05)
    out += grove(stage, growth.bare, colour.of("3f3a38"), 3.4, 6, max(7.0, stage.unit), clear=0.2, salt=81)
    for times in (5.0, 3.4, 2.3, 1.5):
        depth = times * stage.unit
        cut = Scissors(depth)
        for _ in range(9):
            x = random.uniform(-1.2, 1.2) * stage.across(depth)
            wide, high, lean = random.uniform(0.4, 0.7), random.uniform(0.6, 1.2), random.uniform(-0.12, 0.12)
            stone = growth.arch(0, -0.05, wide, high)
            stone[:, 0] += lean * stone[:, 1]
            cut.add(stone, colour.mix(stage.seen(STONE, depth, 0.4), stage.palette.ink, random.uniform(0, 0.2)), x)
        out += cut.layers((stage.palette.light, stage.lamp.towards(0.5, 0.6)[0] * 1.4, -0.8))
    out.append(Mist(1.3 * stage.unit, 0.8, stage.palette.haze, 0.4))
    return [*out, *tufts(stage, colour.of("69704a"), 0.3, 90), *foreground(stage, away(stage), kind="bough")]


def arctic(stage: Stage) -> list[Layer]:
    """Ice: pressure ridges and bergs far off."""
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
    return [*out, *drifts(stage)]


def battlefield(stage: Stage) -> list[Layer]:
    """Torn earth, stakes, smoke."""
    random = stage.random(487)
    out = ridges(stage, colour.of("5c5448"), (50, 22, 9), 0.05)
    out += grove(stage, growth.bare, colour.of("332c28"), 7, 7, stage.unit * 0.7, salt=88)
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
    return [*out, *tufts(stage, EARTH, 0.2, 70)]


def ruins(stage: Stage) -> list[Layer]:
    """Broken columns and walls in the grass."""
    random = stage.random(489)
    out = ridges(stage, colour.of("647064"), (50, 22), 0.06)
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
    return [*out, *tufts(stage, colour.of("8a9250"), 0.35, 110), *foreground(stage, away(stage))]


SETTINGS: dict[str, Setting] = {
    "meadow": Setting(meadow, GRASS),
    "forest": Setting(forest, MOSS),
    "field": Setting(meadow, colour.of("a89a52")),
    "hill": Setting(meadow, GRASS, horizon=0.04),
    "garden": Setting(park, colour.of("6f8442")),
    "snow_park": Setting(snowy, SNOW),
    "snowy_forest": Setting(snowy, SNOW),
    "arctic": Setting(arctic, SNOW),
    "battlefield": Setting(battlefield, EARTH),
    "ruins": Setting(ruins, colour.of("7c7a58")),
    "jungle": Setting(jungle, colour.of("4a5f30")),
    "desert": Setting(desert, SAND),
    "mountains": Setting(mountains, GRASS),
    "road": Setting(road, colour.of("6f7446")),
    "park": Setting(park, colour.of("6f8442")),
    "graveyard": Setting(graveyard, colour.of("565b42")),
    "autumn_forest": Setting(
        partial(forest, tree=growth.broadleaf, leaf=colour.of("a8602c"), floor=colour.of("8a5a30")), colour.of("86592f")
    ),
}
