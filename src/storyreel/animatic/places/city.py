"""Streets and what lies along them: city street, square, market, rooftop, village, bridge, station, castle outside."""

import itertools
from functools import partial

import numpy as np

from storyreel.animatic import colour, growth
from storyreel.animatic.masonry import WALLS, church, fronts, houses, towers, townhouses
from storyreel.animatic.places import land
from storyreel.animatic.scenery import Boards, Scissors, Shine
from storyreel.animatic.setting import Layer, Setting
from storyreel.animatic.stage import Stage
from storyreel.animatic.streetlight import Streak, lamps
from storyreel.animatic.water import rings, sea
from storyreel.domain.storyboard import Weather

ASPHALT = colour.of("5b5860")
PARAPET = 1.45  # how far off a bridge's is, in depths of the main subject
VILLAGE_M = 14.0  # the largest measure by which a village's houses stand apart


def street(stage: Stage, *, tall: tuple[float, float] = (11.0, 19.0), wide: float = 0.85) -> list[Layer]:
    """A street that runs away between fronts, a skyline at its end, lamps along it."""
    unit = stage.unit
    half = max(4.2, wide * stage.across(unit))
    high = tuple(one * max(1.0, half / 6.5) for one in tall)
    out = [*towers(stage, 26, (0.12, 0.3)), *towers(stage, 15, (0.05, 0.2), salt=1)]
    out += fronts(stage, half + 1.8, 0.55 * unit, 9 * unit, (high[0], high[1]))
    out += roadway(stage, half)
    out += lamps(stage, half + 0.4, 1.15 * unit, max(9.0, 1.2 * unit), 6)
    if wet(stage):
        out += [rings(stage, land.front(stage))]
    return out


def wet(stage: Stage) -> bool:
    """Whether the ground mirrors lights."""
    return stage.weather in {Weather.RAIN, Weather.STORM}


def roadway(stage: Stage, half: float) -> list[Layer]:
    """Pavements, kerbs and the road between them; when wet, the sky's light lies on it."""
    unit = stage.unit
    near, far = land.front(stage) * 0.6, 30 * unit
    own = stage.palette.lit(land.snowed(stage, ASPHALT, 0.3), 0.45)
    if wet(stage):
        own = colour.mix(own, stage.palette.sky[2], 0.25)
    walk = colour.mix(stage.palette.lit(land.snowed(stage, colour.of("86807c"), 0.7), 0.35), stage.palette.ink, 0.15)
    steps = np.geomspace(near, far, 26).tolist()
    boards = Boards(far * 0.8)
    for a, b in zip(reversed(steps[:-1]), reversed(steps[1:]), strict=True):
        air, close = stage.air((a + b) / 2), max(0.0, 1 - a / unit)
        tone = colour.mix(colour.mix(own, stage.palette.ink, 0.35 * close), stage.palette.haze, air)
        boards.floor(-half, half, a, b, tone)
        for side in (-1, 1):
            pave = colour.mix(colour.mix(walk, stage.palette.ink, 0.3 * close), stage.palette.haze, air)
            boards.add(
                ((side * half, 0.0, a), (side * (half + 1.8), 0.0, a), (side * (half + 1.8), 0.0, b), (side * half, 0.0, b)), pave
            )
            boards.add(
                ((side * half, 0.0, a), (side * (half + 0.16), 0.0, a), (side * (half + 0.16), 0.0, b), (side * half, 0.0, b)),
                colour.mix(pave, stage.palette.light, 0.2),
            )
    out: list[Layer] = list(boards.layers())
    dashes = Boards(far * 0.79)
    for z in np.arange(near, 9 * unit, max(4.0, unit * 0.5))[:26].tolist():
        dashes.floor(-0.07, 0.07, z, z + max(1.6, unit * 0.2), colour.mix(stage.seen(colour.of("d8d2c2"), z, 0.1), own, 0.45))
    out += dashes.layers()
    if wet(stage) or stage.palette.dark:
        out.append(Streak.across(stage, half, 26 if wet(stage) else 12, 1.0 if wet(stage) else 0.4))
    return out


def square(stage: Stage) -> list[Layer]:
    """A paved square with house fronts along its far side."""
    unit = stage.unit
    out = [*towers(stage, 22, (0.06, 0.16), salt=3), *townhouses(stage, 6, max(11.0, 1.9 * unit))]
    out += paving(stage, colour.of("8c8378"))
    out += lamps(stage, stage.across(unit * 2.2) * 0.75, 2.2 * unit, 2.0 * unit, 2)
    if wet(stage):
        out += [rings(stage, land.front(stage))]
    return out


def paving(stage: Stage, own: colour.Rgb) -> list[Layer]:
    """Rows of slabs whose joints run to the vanishing point."""
    unit = stage.unit
    near, far = land.front(stage) * 0.6, 6 * unit
    half = stage.across(far) * 1.2
    boards = Boards(far)
    steps = np.geomspace(near, far, 16).tolist()
    base = stage.palette.lit(land.snowed(stage, own, 0.5), 0.35)
    for k, (a, b) in enumerate(zip(reversed(steps[:-1]), reversed(steps[1:]), strict=True)):
        close = max(0.0, 1 - a / unit)
        tone = colour.mix(colour.mix(base, stage.palette.ink, 0.32 * close + 0.04 * (k % 2)), stage.palette.haze, stage.air(a))
        boards.floor(-half, half, a, b, tone)
    joint = colour.mix(base, stage.palette.ink, 0.4)
    gap = max(0.8, stage.across(unit) / 5)
    for k in range(-9, 10):
        boards.floor(k * gap - 0.012 * unit / 6, k * gap + 0.012 * unit / 6, near, far, joint, 0.5)
    out: list[Layer] = list(boards.layers())
    if wet(stage):
        out.append(Streak.across(stage, stage.across(unit) * 1.2, 22, 0.9))
    return out


def market(stage: Stage) -> list[Layer]:
    """Stalls with striped awnings on a square."""
    random, unit = stage.random(700), stage.unit
    out = [*townhouses(stage, 7, max(10.0, 1.7 * unit)), *paving(stage, colour.of("94856f"))]
    for times, clear in ((3.2, 0.0), (2.1, 0.25), (1.5, 0.55)):
        depth = times * unit
        cut, half = Scissors(depth), stage.across(depth) * 1.25
        x = -half
        while x < half:
            wide = random.uniform(2.2, 3.0)
            if abs(x + wide / 2) > clear * half:
                _stall(stage, random, cut, x, wide, depth)
                if stage.palette.dark:
                    out.append(Shine(x + wide / 2, 2.1, depth * 0.999, 1.5, stage.palette.lamp, 0.4, 0.07, seed=int(x * 7)))
            x += wide * 1.18
        out += cut.layers(
            (colour.mix(stage.shadow(depth, 0.1), stage.palette.light, 0.6), stage.lamp.towards(0.5, 0.4)[0] * 1.4, -0.8)
        )
    return out


def _stall(stage: Stage, random: np.random.Generator, cut: Scissors, x: float, wide: float, depth: float) -> None:
    dark = stage.shadow(depth, 0.12)
    own = [colour.of(one) for one in ("b5483a", "c79a3e", "3f6f7a", "7a4f7a", "5f7f4a")][int(random.integers(5))]
    stripe, pale = stage.seen(own, depth, 0.25), stage.seen(colour.of("e8dcc4"), depth, 0.25)
    for post in (x + 0.08, x + wide - 0.08):
        cut.box(post - 0.05, 0, post + 0.05, 2.5, dark)
    cut.box(x, 0, x + wide, 0.95, colour.mix(dark, stage.seen(colour.of("7a5a3c"), depth), 0.5))
    for k in range(8):
        crate = x + wide * (0.1 + 0.1 * k)
        cut.add(
            growth.disc(crate, 1.0, wide * 0.05, 0.1, 10),
            colour.mix(stage.seen(colour.of(("d0702f", "b03a30", "8aa040")[k % 3]), depth, 0.2), dark, 0.15),
        )
    strips = 7
    for k in range(strips):
        a, b = x - 0.2 + (wide + 0.4) * k / strips, x - 0.2 + (wide + 0.4) * (k + 1) / strips
        inset = 0.28
        middle = x + wide / 2
        cut.add(
            np.array(
                ((a, 2.15), (b, 2.15), (middle + (b - middle) * (1 - inset), 2.9), (middle + (a - middle) * (1 - inset), 2.9))
            ),
            stripe if k % 2 == 0 else pale,
        )
        cut.add(growth.disc((a + b) / 2, 2.15, (b - a) / 2, 0.13, 10), stripe if k % 2 == 0 else pale)


def village(stage: Stage, *, snow: bool = False) -> list[Layer]:
    """Gabled houses along a lane, a church, hills behind."""
    share = min(1.0, VILLAGE_M / stage.unit)

    def beyond(times: float) -> float:
        """So far behind the subject, in its depths: a village is no larger for a church in it."""
        return 1 + (times - 1) * share

    tall = max(5.5, 0.95 * stage.unit * share)
    out = land.ridges(stage, colour.of("b9c6d6") if snow else colour.of("5f7766"), (50, 24), 0.09)
    if not stage.landmarks:
        out += _steeple(stage, snow=snow)
    out += houses(stage, beyond(6.2), 9, tall * 1.1, snow=snow)
    tree, leaf = (growth.conifer, colour.of("4b5f66")) if snow else (growth.broadleaf, colour.of("4c6a3a"))
    out += land.grove(stage, tree, leaf, beyond(4.6), 9, tall, salt=93, under=land.SNOW if snow else land.GRASS)
    out += houses(stage, beyond(3.1), 7, tall, snow=snow, clear=0.34)
    if snow:
        return [*out, *land.drifts(stage)]
    return [*out, *land.tufts(stage, colour.of("84904a"), 0.25, 80), *land.foreground(stage, land.away(stage))]


def _steeple(stage: Stage, *, snow: bool) -> list[Layer]:
    """The church of a village, behind its houses."""
    depth = 9 * stage.unit
    spire = Scissors(depth)
    wall = stage.seen(WALLS[2], depth, 0.4)
    church(
        spire,
        -land.away(stage) * stage.across(depth) * 0.42,
        depth / stage.lens.focal * 0.34,
        wall,
        stage.seen(colour.of("e9f0f6" if snow else "5a4a48"), depth, 0.2),
    )
    edge = colour.mix(wall, stage.palette.light, 0.5), stage.lamp.towards(0.5, 0.4)[0] * 1.3, -0.8
    return list(spire.layers(edge))


def rooftop(stage: Stage) -> list[Layer]:
    """A flat roof with a parapet, chimneys and tanks, the city below and beyond."""
    unit = stage.unit
    out = [
        *towers(stage, 30, (0.05, 0.26), salt=5),
        *towers(stage, 14, (0.0, 0.2), salt=6),
        *towers(stage, 7, (-0.06, 0.12), salt=7),
    ]
    edge = 1.7 * unit
    half = stage.across(edge) * 1.5
    boards, tone = Boards(edge), stage.palette.lit(land.snowed(stage, colour.of("8d8a8c"), 0.55), 0.15)
    for k, (a, b) in enumerate(itertools.pairwise(np.linspace(edge, land.nearest(stage, 0.35), 9).tolist())):
        boards.floor(-half * 2, half * 2, b, a, colour.mix(tone, stage.palette.ink, 0.05 * k))
    out += boards.layers()
    dark = stage.seen(colour.of("8a8288"), edge, 0.3)
    light = (colour.mix(dark, stage.palette.light, 0.6), stage.lamp.towards(0.5, 0.4)[0] * 1.5, -1.2)
    cut = (
        Scissors(edge * 0.999)
        .box(-half, 0, half, 0.85, dark)
        .box(-half, 0.85, half, 0.97, colour.mix(dark, stage.palette.light, 0.2))
    )
    side = land.away(stage)
    tank = side * half * 0.45
    cut.box(tank - 1.2, 2.0, tank + 1.2, 4.0, dark).add(np.array(((tank - 1.35, 4.0), (tank + 1.35, 4.0), (tank, 5.0))), dark)
    for leg in (-1.0, 1.0):
        cut.box(tank + leg - 0.07, 0, tank + leg + 0.07, 2.1, dark)
    other = -side * half * 0.52
    cut.box(other - 0.5, 0, other + 0.5, 1.9, dark).box(other - 0.62, 1.9, other + 0.62, 2.1, dark)
    return [*out, *cut.layers(light)]


def bridge(stage: Stage) -> list[Layer]:
    """A bridge deck over a river, arches and a town behind."""
    unit = stage.unit
    out: list[Layer] = [*houses(stage, 12, 16, max(8.0, 1.6 * unit)), *sea(stage, 2.4 * unit, 0.3)]
    far = 5.2 * unit
    cut, half = Scissors(far), stage.across(far) * 1.4
    stone = stage.seen(land.STONE, far, 0.45)
    span = half / 2.5
    cut.box(-half, span * 0.36, half, span * 0.52, stone)
    for k in range(-4, 5):
        cut.box(k * span - span * 0.1, -0.5, k * span + span * 0.1, span * 0.4, stone)
    out += cut.layers((colour.mix(stone, stage.palette.light, 0.6 * stage.palette.gleam), 0, -1.2))
    edge = PARAPET * unit
    boards, tone = Boards(edge), stage.palette.lit(land.snowed(stage, colour.of("7d766e"), 0.55), 0.35)
    for k, (a, b) in enumerate(itertools.pairwise(np.linspace(edge, land.nearest(stage, 0.35), 9).tolist())):
        boards.floor(-half, half, b, a, colour.mix(tone, stage.palette.ink, 0.055 * k))
    out += boards.layers()
    dark, wide = stage.shadow(edge, 0.08), stage.across(edge) * 1.4
    rail = Scissors(edge * 0.999).box(-wide, 0.95, wide, 1.08, dark).box(-wide, 0, wide, 0.18, dark)
    for x in np.arange(-wide, wide, 0.36).tolist():
        rail.box(x - 0.035, 0.1, x + 0.035, 1.0, dark)
    out += rail.layers((colour.mix(dark, stage.palette.light, 0.6), stage.lamp.towards(0.5, 0.5)[0] * 1.3, -1.0))
    return [*out, *lamps(stage, wide * 0.62, edge * 1.001, unit * 99, 1)]


def station(stage: Stage) -> list[Layer]:
    """A platform, rails, a clock and an iron roof."""
    unit = stage.unit
    out: list[Layer] = [*towers(stage, 22, (0.03, 0.12), salt=8)]
    wide, tall = stage.across(2.6 * unit) * 1.1, max(6.0, 1.05 * unit)
    platform = paving(stage, colour.of("7f7a76"))
    out += platform
    boards = Boards(5.9 * unit)
    rail = stage.palette.lit(colour.of("4a4644"), 0.4)
    side = -land.away(stage)
    edge = side * stage.across(unit) * 0.62
    boards.add(
        ((edge, 0, 0.3 * unit), (edge + side * 3.4, 0, 0.3 * unit), (edge + side * 3.4, 0, 9 * unit), (edge, 0, 9 * unit)), rail
    )
    for off in (0.75, 2.2):
        x = edge + side * off
        boards.floor(x - 0.05, x + 0.05, 0.3 * unit, 9 * unit, colour.mix(rail, stage.palette.light, 0.5))
    boards.floor(
        edge - side * 0.35 - 0.1, edge - side * 0.35 + 0.1, 0.3 * unit, 9 * unit, stage.palette.lit(colour.of("e0c060"), 0.1), 0.8
    )
    out += boards.layers()
    for times in (6.0, 4.4, 3.2, 2.3, 1.6):
        z = times * unit
        dark = stage.shadow(z, 0.1)
        cut = Scissors(z)
        for x in (-wide * 0.72, wide * 0.72):
            cut.box(x - 0.12, 0, x + 0.12, tall, dark)
            cut.add(np.array(((x - 0.1, tall * 0.8), (x + 0.1, tall * 0.8), (x * 0.7 + 0.1, tall), (x * 0.7 - 0.1, tall))), dark)
        turn = np.linspace(0, np.pi, 24)
        outer = np.stack((np.cos(turn) * wide, tall + np.sin(turn) * tall * 0.38), 1)
        inner = np.stack((np.cos(turn) * wide * 0.97, tall - 0.25 + np.sin(turn) * tall * 0.36), 1)
        cut.add(np.concatenate((outer, inner[::-1])), dark)
        out += cut.layers((colour.mix(dark, stage.palette.light, 0.5 * stage.palette.gleam), 0, -1.0))
        out.append(Shine(0, tall * 0.92, z, 1.6, stage.palette.lamp, 0.45 if stage.palette.dark else 0.12, 0.12, seed=int(z)))
    return out


def airport(stage: Stage) -> list[Layer]:
    """A runway with lights, a tower, hangars far off."""
    unit = stage.unit
    out = land.ridges(stage, colour.of("5f7366"), (60,), 0.03)
    depth = 20 * unit
    cut, tone = Scissors(depth), stage.seen(colour.of("8a8d92"), depth, 0.4)
    frame, half = depth / stage.lens.focal, stage.across(depth)
    x = land.away(stage) * half * 0.55
    cut.box(x - frame * 0.008, 0, x + frame * 0.008, frame * 0.13, tone).box(
        x - frame * 0.022, frame * 0.125, x + frame * 0.022, frame * 0.155, tone
    )
    for k in range(3):
        a = -x - frame * (0.35 - 0.22 * k)
        turn = np.linspace(0, np.pi, 14)
        cut.add(np.stack((a + np.cos(turn) * frame * 0.1, np.sin(turn) * frame * 0.06), 1), tone)
    out += cut.layers((colour.mix(tone, stage.palette.light, 0.5), stage.lamp.towards(0.5, 0.4)[0], -0.8))
    out += paving(stage, colour.of("77777a"))
    for z in np.geomspace(0.9 * unit, 14 * unit, 9).tolist():
        for side in (-1, 1):
            out.append(
                Shine(
                    side * stage.across(unit) * 0.8,
                    0.12,
                    z,
                    0.25 + 0.02 * unit,
                    colour.of("9fc8ff"),
                    0.5 if stage.palette.dark else 0.2,
                    0.04 + 0.004 * unit,
                )
            )
    return out


def stadium(stage: Stage) -> list[Layer]:
    """Stands full of people under floodlights."""
    unit = stage.unit
    random, depth = stage.random(705), 12 * stage.unit
    frame, half = depth / stage.lens.focal, stage.across(depth) * 1.3
    cut = Scissors(depth)
    for row in range(7):
        y = frame * 0.045 * row
        tone = colour.mix(stage.seen(colour.of("6f6f78"), depth, 0.5), stage.palette.ink, 0.06 * row)
        cut.box(-half, y, half, y + frame * 0.05, tone)
        for k in range(46):
            x = half * (2 * (k + random.random()) / 46 - 1)
            cut.add(
                growth.disc(x, y + frame * 0.046, frame * 0.007, frame * 0.011, 8),
                colour.mix(tone, [stage.palette.accent, stage.palette.ambient, stage.palette.ink][k % 3], 0.45),
            )
    out: list[Layer] = list(cut.layers())
    for side in (-0.72, 0.72):
        pole, tone = Scissors(depth * 0.99), stage.shadow(depth, 0.1)
        x = side * half
        pole.box(x - frame * 0.006, 0, x + frame * 0.006, frame * 0.5, tone).box(
            x - frame * 0.06, frame * 0.48, x + frame * 0.06, frame * 0.54, tone
        )
        out += pole.layers()
        out.append(Shine(x, frame * 0.51, depth * 0.98, frame * 0.3, colour.of("f4f6ff"), 0.7 if stage.palette.dark else 0.25))
    return [*out, *land.tufts(stage, colour.of("6f9a4c"), 0.06 * unit / 6, 60)]


SETTINGS: dict[str, Setting] = {
    "city_street": Setting(street, ASPHALT),
    "square": Setting(square, colour.of("8c8378")),
    "market": Setting(market, colour.of("94856f")),
    "village": Setting(village, land.GRASS),
    "snow_village": Setting(partial(village, snow=True), land.SNOW),
    "rooftop": Setting(rooftop, colour.of("5f5c60")),
    "airport": Setting(airport, colour.of("77777a"), parked=True),
    "stadium": Setting(stadium, colour.of("5f8a44")),
    "bridge": Setting(bridge, colour.of("7d766e"), water_from=2.4, water_to=11, edge=PARAPET),
    "station": Setting(station, colour.of("7f7a76")),
}
