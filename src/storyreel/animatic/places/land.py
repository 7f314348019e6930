"""What open ground is made of: hills, rows of trees, grass, drifts, paths, stones, and what stands before the lens."""

import math
from collections.abc import Callable, Sequence

import numpy as np

from storyreel.animatic import colour, growth
from storyreel.animatic.colour import Rgb
from storyreel.animatic.noise import skyline
from storyreel.animatic.outline import Ring
from storyreel.animatic.scenery import Blades, Boards, Scissors
from storyreel.animatic.setting import Layer
from storyreel.animatic.stage import Stage
from storyreel.domain.storyboard import Weather

GRASS, MOSS, SAND, SNOW, EARTH, STONE = (colour.of(one) for one in ("71803f", "4d6038", "d8b27a", "e9f0f6", "6e5740", "77736c"))
NEEDLES = colour.of("3f5a3c")
STRAW = colour.of("a8966a")  # what looks out of snow
LOW = 0.3  # of the frame: grass is no higher, so that a coin or an ant in it is seen
Tree = Callable[[np.random.Generator, float], list[Ring]]


def snowed(stage: Stage, albedo: Rgb, share: float) -> Rgb:
    """A surface's own colour, under snow where it snows."""
    return colour.mix(albedo, SNOW, share) if stage.weather is Weather.SNOW else albedo


def ridges(stage: Stage, albedo: Rgb, depths: Sequence[float], rise: float = 0.05, salt: int = 1) -> list[Layer]:
    """Ranges of hills, one behind the other; depths in depths of the main subject, `rise` in frame heights over the horizon."""
    albedo = snowed(stage, albedo, 0.5)
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
        if (clear and abs(x) < clear * stage.across(depth)) or stage.hides(x, depth, 0.25 * tall_m):
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
    """Grass on the ground from the frame's lower edge to `reach` depths of the subject; under snow, what looks out of it."""
    random = stage.random(300 + salt)
    near = front(stage)
    out: list[Layer] = []
    if stage.weather is Weather.SNOW:
        out += drifts(stage, reach)
        albedo, tall_m, count = snowed(stage, colour.mix(albedo, STRAW, 0.6), 0.3), 0.5 * tall_m, count // 3
    rows, blades = 8, 5
    for k in range(rows):
        depth = near * (max(1.5, reach * stage.unit / near) ** (k / (rows - 1)))
        half = stage.across(depth) * 1.25
        tufted = max(2, count // rows // blades)
        middle = np.repeat(random.uniform(-half, half, tufted), blades)
        many = len(middle)
        highest = min(tall_m, LOW * depth / stage.lens.focal)
        high = np.repeat(random.uniform(0.5, 1.1, tufted), blades) * highest
        fan = np.tile(np.linspace(-1, 1, blades), tufted) + random.uniform(-0.2, 0.2, many)
        roots = np.stack((middle + fan * high * 0.2, np.zeros(many)), 1)
        tall = high * (1.0 - 0.35 * fan**2) * random.uniform(0.7, 1.0, many)
        own = colour.mix(stage.seen(albedo, depth, 0.4), stage.palette.ink, 0.3 - 0.25 * k / rows)
        out.append(Blades(depth, roots, tall, fan * 0.55, highest * 0.085, own, stage.wind))
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
    reach = np.clip(1.2 - np.abs(side * half - x) / (0.8 * half), 0.25, 1)
    tall = frame * (0.05 + 0.17 * random.random(count)) * reach
    roots = np.stack((x, np.full(count, bottom)), 1)
    # a bank carries the grass, so that a camera that rises or steps back does not find it floating
    s = np.linspace(0, 1, 16)
    crest = np.stack((side * half * (1.9 - 1.75 * s), bottom + frame * 0.02 - frame * 0.35 * s**2.2), 1)
    bank = np.concatenate((crest, ((side * half * 0.1, bottom - frame), (side * half * 1.9, bottom - frame))))
    return [
        *Scissors(depth).add(bank, tone).layers(),
        Blades(depth, roots, tall, random.uniform(-0.4, 0.4, count), frame * 0.011, tone, stage.wind),
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


def path(stage: Stage, tone: Rgb | None = None) -> list[Layer]:
    """A trodden path that winds from the frame's lower edge into the distance."""
    random, unit = stage.random(445), stage.unit
    near, far = front(stage) * 0.55, 14 * unit
    side, turn = -away(stage), random.uniform(0, 6)
    steps = np.geomspace(near, far, 34)
    middle = side * 0.42 * unit * np.sin(np.log(steps / near) * 1.35 + turn) + side * 0.12 * (steps - near)
    half = 0.42 + 0.05 * unit
    boards = Boards(far)
    own = tone or snowed(stage, colour.mix(EARTH, colour.of("b79f78"), 0.45), 0.75)
    for k in range(len(steps) - 2, -1, -1):
        a, b = float(steps[k]), float(steps[k + 1])
        tone = colour.mix(stage.seen(own, (a + b) / 2, 0.2), stage.palette.ink, 0.3 * max(0.0, 1 - a / unit))
        boards.add(
            ((middle[k] - half, 0, a), (middle[k] + half, 0, a), (middle[k + 1] + half, 0, b), (middle[k + 1] - half, 0, b)),
            tone,
            0.8,
        )
    return list(boards.layers())


def stones(stage: Stage, count: int = 9) -> list[Layer]:
    """Boulders here and there in the grass."""
    random, out = stage.random(447), list[Layer]()
    for k in range(count):
        depth = stage.unit * (0.9 + 5 * (k / count) ** 1.5)
        x = random.uniform(0.62 if k < 3 else 0.35, 1.05) * random.choice((-1.0, 1.0)) * stage.across(depth)
        size = stage.unit * random.uniform(0.02, 0.055)
        fill = stage.seen(STONE, depth, 0.35)
        light = colour.mix(fill, stage.palette.light, 0.55 * stage.palette.gleam)
        cut = Scissors(depth).add(growth.rock(random, size * 2, size * 0.8), fill, x)
        out += cut.layers((light, stage.lamp.towards(0.5, 0.7)[0] * 1.5, -1.1))
    return out


def nearest(stage: Stage, times: float) -> float:
    """How near what one walks on is drawn: as many times the stage's unit, or beyond the frame's lower edge."""
    return min(times * stage.unit, 0.6 * front(stage))


def drifts(stage: Stage, reach: float = math.inf) -> list[Layer]:
    """Snow that lies before and behind the subject in soft waves, as far as `reach` depths of the subject."""
    out: list[Layer] = []
    random = stage.random(440)
    for times, lift in ((3.0, 0.012), (1.9, 0.014), (1.2, 0.012), (0.8, 0.016)):
        if times > reach:
            continue
        depth = times * stage.lens.depth_m
        frame, half = depth / stage.lens.focal, stage.across(depth) * 3
        x = np.linspace(-half, half, 120)
        crest = frame * lift * (0.6 + skyline(random, x, half * 1.5, 3, 0.35))
        body = np.clip(crest + frame * 0.004, 0, None) * 1.6
        lens = np.concatenate((np.stack((x, crest), 1), np.stack((x, crest - body), 1)[::-1]))
        fill = colour.mix(stage.seen(SNOW, depth, 0.0), stage.palette.light, 0.25 * stage.palette.gleam)
        shade = colour.mix(stage.seen(SNOW, depth, 0.15), stage.palette.sky[1], 0.3)
        out += Scissors(depth).add(lens + np.array((0.0, -frame * 0.012)), shade, share=0.4).add(lens, fill, share=0.6).layers()
    return out


def away(stage: Stage) -> float:
    """The side of the frame (-1 or 1) that lies away from the light: where a dark foreground belongs."""
    return -1.0 if stage.lamp.x > 0.5 else 1.0
