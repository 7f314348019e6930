"""Buildings as cut-outs and as fronts in perspective: houses, towers, windows that light up when it is dark."""

import numpy as np

from storyreel.animatic import colour, growth
from storyreel.animatic.colour import Rgb
from storyreel.animatic.scenery import Boards, Scissors
from storyreel.animatic.setting import Layer
from storyreel.animatic.stage import Stage

LIGHTS: tuple[Rgb, ...] = tuple(colour.of(one) for one in ("ffd58a", "ffc070", "ffe6b0", "ffb060", "bcd2ff"))
WALLS: tuple[Rgb, ...] = tuple(colour.of(one) for one in ("8f7f72", "7b6f78", "9a8468", "6f7682", "a08a7a", "84706a"))
ROOFS: tuple[Rgb, ...] = tuple(colour.of(one) for one in ("7a4a3c", "5d4a4a", "4f5560", "6b5040"))


def pane(stage: Stage, random: np.random.Generator, wall: Rgb, depth_m: float, share: float = 0.42) -> Rgb:
    """The colour of one window: lit after dark in that share of cases, else a dark reflection."""
    if stage.palette.dark and random.random() < share:
        lamp = LIGHTS[int(random.integers(len(LIGHTS)))]
        return colour.mix(colour.mix(lamp, wall, random.uniform(0, 0.45)), stage.palette.haze, 0.75 * stage.air(depth_m))
    return colour.mix(colour.mix(wall, stage.palette.sky[1], 0.3), stage.palette.ink, 0.5 * (1 - stage.air(depth_m)))


def houses(
    stage: Stage, times: float, count: int, tall_m: float, *, snow: bool = False, foot: float = 0.0, clear: float = 0.0
) -> list[Layer]:
    """A row of gabled houses at one depth."""
    random = stage.random(600 + int(times * 10))
    depth = times * stage.unit
    half = stage.across(depth) * 1.35
    cut = Scissors(depth)
    x = -half
    while x < half:
        wide, high = tall_m * random.uniform(0.75, 1.3), tall_m * random.uniform(0.5, 0.75)
        if (clear and abs(x + wide / 2) < clear * half) or stage.hides(x + wide / 2, depth, wide / 2):
            x += wide
            continue
        wall = colour.mix(stage.seen(WALLS[int(random.integers(6))], depth, 0.42), stage.palette.ink, 0.12)
        roof = stage.seen(colour.of("e9f0f6") if snow else ROOFS[int(random.integers(4))], depth, 0.12 if snow else 0.45)
        house(stage, random, cut, x + wide / 2, foot, wide, high, wall, roof, depth)
        x += wide * random.uniform(0.95, 1.0 + 8.0 / count * 0.2)
    light = colour.mix(stage.shadow(depth, 0.1), stage.palette.light, 0.6 * stage.palette.gleam * (1 - stage.air(depth)))
    right, down = stage.lamp.towards(0.5, 0.45)
    return list(cut.layers((light, right * 1.5, down * 1.5)))


def house(
    stage: Stage,
    random: np.random.Generator,
    cut: Scissors,
    x: float,
    y: float,
    wide: float,
    high: float,
    wall: Rgb,
    roof: Rgb,
    depth: float,
) -> None:
    """One house: walls, roof, chimney, door and windows."""
    peak = high + wide * random.uniform(0.35, 0.55)
    w = wide / 2
    chimney = x + wide * random.choice((-0.22, 0.22))
    cut.box(chimney - wide * 0.05, y + high, chimney + wide * 0.05, y + peak * 1.02, colour.mix(wall, stage.palette.ink, 0.2))
    cut.add(
        np.array(
            ((x - w * 0.94, y), (x + w * 0.94, y), (x + w * 0.94, y + high), (x, y + peak * 0.97), (x - w * 0.94, y + high))
        ),
        wall,
    )
    thick = wide * 0.07
    cut.add(
        np.array(
            (
                (x - w * 1.12, y + high - thick),
                (x, y + peak),
                (x + w * 1.12, y + high - thick),
                (x + w * 1.12, y + high - thick * 2),
                (x, y + peak - thick * 1.25),
                (x - w * 1.12, y + high - thick * 2),
            )
        ),
        roof,
    )
    size = high * 0.27
    for dx in (-0.45, 0.45):
        cut.box(
            x + dx * w - size * 0.4,
            y + high * 0.5,
            x + dx * w + size * 0.4,
            y + high * 0.5 + size,
            pane(stage, random, wall, depth, 0.65),
        )
    cut.box(
        x - size * 0.35, y + high * 1.02, x + size * 0.35, y + high * 1.02 + size * 0.9, pane(stage, random, wall, depth, 0.65)
    )
    cut.box(x - size * 0.42, y, x + size * 0.42, y + high * 0.42, colour.mix(wall, stage.palette.ink, 0.5))


def townhouses(stage: Stage, times: float, tall_m: float) -> list[Layer]:
    """A closed row of narrow fronts, three and four storeys high, with shops below and roofs of many shapes."""
    random = stage.random(630 + int(times * 10))
    depth = times * stage.unit
    half = stage.across(depth) * 1.3
    cut = Scissors(depth)
    x = -half
    while x < half:
        wide, storeys = tall_m * random.uniform(0.42, 0.62), int(random.integers(3, 5))
        storey = tall_m * 0.24
        high = storey * storeys
        wall = colour.mix(stage.seen(WALLS[int(random.integers(6))], depth, 0.34), stage.palette.ink, random.uniform(0, 0.14))
        roof = stage.seen(ROOFS[int(random.integers(4))], depth, 0.45)
        cut.box(x, 0, x + wide, high, wall)
        _roof(random, cut, x, wide, high, roof)
        bays = 3 if wide > tall_m * 0.5 else 2
        for column in range(bays):
            middle = x + wide * (column + 0.5) / bays
            w = wide / bays * 0.27
            for row in range(1, storeys):
                y = storey * row + storey * 0.22
                cut.box(middle - w * 1.25, y - storey * 0.05, middle + w * 1.25, y, colour.mix(wall, stage.palette.light, 0.14))
                cut.box(middle - w, y, middle + w, y + storey * 0.58, pane(stage, random, wall, depth, 0.5))
                cut.box(middle - w * 0.06, y, middle + w * 0.06, y + storey * 0.58, wall)
        shop = (
            colour.mix(stage.palette.lamp, wall, random.uniform(0.15, 0.5))
            if stage.palette.dark and random.random() < 0.7
            else colour.mix(wall, stage.palette.ink, 0.5)
        )
        cut.box(
            x + wide * 0.08,
            storey * 0.08,
            x + wide * 0.62,
            storey * 0.74,
            colour.mix(shop, stage.palette.haze, 0.6 * stage.air(depth)),
        )
        cut.box(x + wide * 0.7, 0, x + wide * 0.9, storey * 0.72, colour.mix(wall, stage.palette.ink, 0.55))
        cut.box(x, storey * 0.86, x + wide, storey * 0.94, colour.mix(wall, stage.palette.ink, 0.3))
        x += wide
    light = colour.mix(stage.shadow(depth, 0.1), stage.palette.light, 0.6 * stage.palette.gleam * (1 - stage.air(depth)))
    right, down = stage.lamp.towards(0.5, 0.45)
    return list(cut.layers((light, right * 1.4, down * 1.4)))


def _roof(random: np.random.Generator, cut: Scissors, x: float, wide: float, high: float, fill: Rgb) -> None:
    over = wide * 0.03
    match int(random.integers(3)):
        case 0:
            cut.add(np.array(((x - over, high), (x + wide + over, high), (x + wide / 2, high + wide * 0.55))), fill)
        case 1:
            rise = wide * 0.36
            cut.add(
                np.array(
                    ((x - over, high), (x + wide + over, high), (x + wide * 0.86, high + rise), (x + wide * 0.14, high + rise))
                ),
                fill,
            )
        case _:
            cut.box(x - over, high - wide * 0.04, x + wide + over, high + wide * 0.07, fill)
            cut.add(
                np.array(
                    (
                        (x + wide * 0.25, high),
                        (x + wide * 0.75, high),
                        (x + wide * 0.75, high + wide * 0.2),
                        (x + wide * 0.5, high + wide * 0.34),
                        (x + wide * 0.25, high + wide * 0.2),
                    )
                ),
                fill,
            )
    if random.random() < 0.6:
        chimney = x + wide * random.choice((0.18, 0.78))
        cut.box(chimney, high, chimney + wide * 0.09, high + wide * random.uniform(0.4, 0.6), fill)


def towers(
    stage: Stage, times: float, tall: tuple[float, float], *, lit: bool = True, salt: int = 0, base: float = 0.0
) -> list[Layer]:
    """A skyline of flat-roofed blocks at one depth; heights in frame heights over the horizon."""
    random = stage.random(640 + salt)
    depth = times * stage.unit
    frame, half = depth / stage.lens.focal, stage.across(depth) * 1.45
    cut = Scissors(depth)
    x = -half
    while x < half:
        wide, high = frame * random.uniform(0.06, 0.15), frame * random.uniform(*tall) + stage.lens.eye_m
        wall = colour.mix(stage.seen(WALLS[int(random.integers(6))], depth, 0.55), stage.palette.ink, random.uniform(0, 0.12))
        cut.box(x, base, x + wide, base + high, wall)
        if random.random() < 0.35:
            cut.box(x + wide * 0.3, base + high, x + wide * 0.6, base + high + frame * 0.018, wall)
        if random.random() < 0.2:
            cut.box(x + wide * 0.48, base + high, x + wide * 0.5, base + high + frame * 0.06, wall)
        if lit:
            step = frame * 0.031
            for row in np.arange(base + high - step, max(base, stage.lens.eye_m * 0.5), -step * 1.25).tolist()[:22]:
                for column in np.arange(x + step * 0.5, x + wide - step * 0.6, step).tolist():
                    if random.random() < (0.3 if stage.palette.dark else 0.55):
                        cut.box(column, row - step * 0.55, column + step * 0.5, row, pane(stage, random, wall, depth))
        x += wide * random.uniform(0.98, 1.25)
    light = colour.mix(stage.shadow(depth, 0.1), stage.palette.light, 0.5 * stage.palette.gleam * (1 - stage.air(depth)))
    return list(cut.layers((light, stage.lamp.towards(0.5, 0.4)[0] * 1.3, -0.6)))


def fronts(
    stage: Stage, half_m: float, from_m: float, to_m: float, tall: tuple[float, float], storey_m: float = 3.4, salt: int = 0
) -> list[Layer]:
    """House fronts on both sides of a street, in perspective, nearest last."""
    random = stage.random(660 + salt)
    layers: list[Layer] = []
    for side in (-1.0, 1.0):
        z = from_m
        while z < to_m:
            long = random.uniform(7, 12) * (1 + z / to_m)
            high = random.uniform(*tall)
            layers += front_of(stage, random, side * half_m, z, z + long, high, storey_m)
            z += long + (0.0 if random.random() < 0.7 else 1.2)
    return layers


def front_of(
    stage: Stage, random: np.random.Generator, x: float, z0: float, z1: float, high: float, storey_m: float
) -> list[Layer]:
    """One front: wall, cornice, a shop below, windows above."""
    middle = (z0 + z1) / 2
    own = WALLS[int(random.integers(6))]
    facing_light = (stage.lamp.x > 0.5) == (x < 0)
    wall = stage.seen(own, middle, 0.4 if facing_light else 0.62)
    if facing_light:
        wall = colour.mix(wall, stage.palette.light, 0.14 * stage.palette.gleam)
    wall = colour.mix(wall, stage.palette.ink, 0.25 * (1 - stage.palette.level) * (1 - stage.air(middle)))
    inward = -0.25 if x > 0 else 0.25
    boards = Boards(middle)
    boards.side(x, -0.2, high, z0, z1, wall)
    boards.side(x + inward * 0.3, high - 0.5, high, z0, z1, colour.mix(wall, stage.palette.light, 0.16))
    boards.side(x + inward * 0.1, storey_m + 0.25, storey_m + 0.5, z0, z1, colour.mix(wall, stage.palette.ink, 0.3))
    bays = max(2, round((z1 - z0) / 2.3))
    bay = (z1 - z0) / bays
    for k in range(bays):
        a, b = z0 + bay * (k + 0.24), z0 + bay * (k + 0.76)
        near, far = z0 + bay * (k + 0.12), z0 + bay * (k + 0.88)
        _shop(stage, random, boards, x, (near, far), storey_m, wall)
        y = storey_m * 1.35
        while y + 1.9 < high - 0.5:
            boards.side(x + inward * 0.05, y, y + 1.8, a, b, pane(stage, random, wall, middle))
            y += storey_m
    return list(boards.layers())


def _shop(
    stage: Stage, random: np.random.Generator, boards: Boards, x: float, reach_m: tuple[float, float], storey_m: float, wall: Rgb
) -> None:
    """A shop window between two depths: lit after dark, with goods, bars and sometimes an awning."""
    near, far = reach_m
    middle, inward = (near + far) / 2, -0.25 if x > 0 else 0.25
    shop = (
        colour.mix(stage.palette.lamp, wall, random.uniform(0.1, 0.5))
        if stage.palette.dark and random.random() < 0.6
        else colour.mix(wall, stage.palette.ink, 0.45)
    )
    boards.side(x + inward * 0.05, 0.45, storey_m - 0.45, near, far, shop)
    bar = colour.mix(wall, stage.palette.ink, 0.55)
    close = near < 4.5 * stage.unit
    if close and stage.palette.dark and random.random() < 0.7:  # goods in the window
        boards.side(
            x + inward * 0.06,
            0.45,
            0.45 + random.uniform(0.4, 1.0),
            near + (far - near) * 0.15,
            near + (far - near) * random.uniform(0.4, 0.8),
            colour.mix(shop, wall, 0.55),
        )
    for part in (0.0, 0.5, 1.0) if close else (0.5,):
        at = near + (far - near) * part
        boards.side(x + inward * 0.07, 0.45, storey_m - 0.45, at - 0.05, at + 0.05, bar)
    if close:
        boards.side(x + inward * 0.07, storey_m - 1.05, storey_m - 0.98, near, far, bar)
    if random.random() < 0.4:
        own_awning = colour.mix(
            stage.seen(colour.of(("8a3a34", "3f5f6a", "8a7440")[int(random.integers(3))]), middle, 0.4),
            stage.palette.ink,
            0.1,
        )
        out_x = x + (-1.0 if x > 0 else 1.0) * 0.9
        boards.add(
            (
                (x, storey_m - 0.35, near),
                (out_x, storey_m - 0.95, near),
                (out_x, storey_m - 0.95, far),
                (x, storey_m - 0.35, far),
            ),
            own_awning,
        )


def masts(stage: Stage, times: float) -> list[Layer]:
    """Moored boats: hulls and masts at one depth."""
    random = stage.random(680)
    depth = times * stage.unit
    half = stage.across(depth)
    tone = stage.shadow(depth, 0.06)
    cut = Scissors(depth)
    for k in range(5):
        x, long = half * (-1.05 + 0.5 * k + random.uniform(-0.1, 0.1)), random.uniform(4, 7) * depth / 30
        cut.add(
            np.array(
                (
                    (x - long / 2, long * 0.13),
                    (x + long / 2, long * 0.17),
                    (x + long * 0.4, -0.02 * long),
                    (x - long * 0.42, -0.02 * long),
                )
            ),
            tone,
        )
        mast = x + long * random.uniform(-0.1, 0.1)
        cut.box(mast - long * 0.008, 0, mast + long * 0.008, long * random.uniform(1.1, 1.5), tone)
        cut.add(
            np.array(
                ((mast, long * 0.28), (mast - long * 0.42, long * 0.24), (mast - long * 0.42, long * 0.27), (mast, long * 0.32))
            ),
            tone,
        )
    return list(
        cut.layers(
            (colour.mix(tone, stage.palette.light, 0.55 * stage.palette.gleam), stage.lamp.towards(0.5, 0.5)[0] * 1.2, -0.6)
        )
    )


def church(cut: Scissors, x: float, high: float, wall: Rgb, roof: Rgb) -> None:
    """A village church with a steeple, its foot at (x, 0)."""
    w = high * 0.16
    cut.add(np.array(((x, 0), (x + w * 3.2, 0), (x + w * 3.2, high * 0.3), (x + w * 1.6, high * 0.5), (x, high * 0.3))), wall)
    cut.add(np.array(((x - w, high * 0.3), (x + w * 3.4, high * 0.3), (x + w * 1.7, high * 0.53))), roof)
    cut.box(x - w, 0, x + w, high * 0.6, wall)
    cut.add(np.array(((x - w * 1.15, high * 0.6), (x + w * 1.15, high * 0.6), (x, high))), roof)
    cut.add(growth.arch(x, high * 0.42, w * 0.6, high * 0.12), colour.mix(wall, colour.BLACK, 0.5))
