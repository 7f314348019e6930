"""Things that grow and lie about, as rings in metres with the foot at (0, 0): trees, bushes, grass, rocks, hills."""

import math

import numpy as np

from storyreel.animatic.noise import skyline
from storyreel.animatic.outline import Ring

Random = np.random.Generator


def conifer(random: Random, height: float) -> list[Ring]:
    """A spruce: a trunk and one ragged crown of drooping boughs."""
    tiers = int(random.integers(9, 14))
    half = height * random.uniform(0.15, 0.2)
    sides: list[list[tuple[float, float]]] = []
    for _ in range(2):
        edge: list[tuple[float, float]] = []
        for k in range(tiers):
            part = k / tiers
            low = height * (0.09 + 0.9 * part**0.95)
            reach = half * (1 - part) ** 0.9 * random.uniform(0.8, 1.12)
            step = height / tiers
            droop = step * random.uniform(0.15, 0.4)
            inner = reach * random.uniform(0.3, 0.42)
            edge += [
                (inner * 0.9, low + droop * 0.2),
                (reach * 0.7, low - droop * 0.55),
                (reach, low - droop),
                (reach * 0.78, low + step * 0.16),
                (inner, low + step * 0.62),
            ]
        sides.append(edge)
    crown = np.array([*sides[0], (0.0, height * 1.02), *((-x, y) for x, y in reversed(sides[1]))])
    trunk = height * 0.017
    return [np.array(((-trunk, 0), (trunk, 0), (trunk, height * 0.2), (-trunk, height * 0.2))), crown]


def pine(random: Random, height: float) -> list[Ring]:
    """A tall pine seen from below: a bare, slightly bent trunk with stubs of branches; its crown is out of sight."""
    thick = height * random.uniform(0.011, 0.019)
    up = np.linspace(0, 1, 10)
    bend = height * 0.01 * np.sin(up * 3 + random.uniform(0, 6))
    w = thick * (1.0 - 0.5 * up + 0.7 * np.exp(-up * 40))
    out = [np.concatenate((np.stack((bend + w, up * height), 1), np.stack((bend - w, up * height), 1)[::-1]))]
    for _ in range(int(random.integers(4, 8))):
        y, side, long = height * random.uniform(0.12, 0.75), random.choice((-1.0, 1.0)), height * random.uniform(0.02, 0.075)
        x = float(np.interp(y / height, up, bend))
        rise = long * random.uniform(-0.25, 0.5)
        out.append(np.array(((x, y - thick * 0.3), (x, y + thick * 0.3), (x + side * long, y + rise))))
    return out


def trunk(random: Random, height: float) -> list[Ring]:
    """A leafy wood's trunk seen from below, forked above."""
    thick = height * random.uniform(0.014, 0.024)
    up = np.linspace(0, 0.55, 9)
    bend = height * 0.014 * np.sin(up * 6 + random.uniform(0, 6))
    w = thick * (1.0 - 0.4 * up + 0.9 * np.exp(-up * 34))
    out = [np.concatenate((np.stack((bend + w, up * height), 1), np.stack((bend - w, up * height), 1)[::-1]))]
    top = float(bend[-1])
    for side in (-1.0, 1.0):
        reach = height * random.uniform(0.08, 0.2) * side
        out.append(
            np.array(
                (
                    (top - thick * 0.7, height * 0.5),
                    (top + thick * 0.7, height * 0.5),
                    (top + reach + thick * 0.3, height),
                    (top + reach - thick * 0.3, height),
                )
            )
        )
    return out


def snow_on(crown_ring: Ring, height: float) -> list[Ring]:
    """Snow on a spruce's boughs: small caps on its outer tips."""
    out: list[Ring] = []
    for x, y in crown_ring[2::5].tolist():
        wide = abs(x) * 0.62
        if wide > height * 0.012:
            away = 1.0 if x > 0 else -1.0
            out.append(
                np.array(
                    (
                        (x, y),
                        (x - away * wide * 0.4, y + height * 0.028),
                        (x - away * wide, y + height * 0.034),
                        (x - away * wide * 0.55, y + height * 0.006),
                    )
                )
            )
    return out


def crown(random: Random, width: float, height: float, points: int = 46) -> Ring:
    """A leafy mass about its middle."""
    turn = np.linspace(0, math.tau, points, endpoint=False)
    bumps = (
        1
        + 0.10 * np.sin(turn * 5 + random.uniform(0, 6))
        + 0.07 * np.sin(turn * 9 + random.uniform(0, 6))
        + 0.04 * np.sin(turn * 17 + random.uniform(0, 6))
    )
    return np.stack((np.cos(turn) * width / 2 * bumps, np.sin(turn) * height / 2 * bumps), axis=1)


def broadleaf(random: Random, height: float) -> list[Ring]:
    """An oak or lime: forked trunk and a crown of a few masses."""
    t = height * 0.028
    trunk = np.array(
        ((-t * 1.5, 0), (t * 1.5, 0), (t, height * 0.12), (t * 0.8, height * 0.5), (-t * 0.8, height * 0.5), (-t, height * 0.12))
    )
    out: list[Ring] = [trunk]
    for k in range(5):
        side = (k - 2) * height * 0.13
        wide = height * random.uniform(0.36, 0.48)
        up = height * (0.62 + 0.13 * math.cos((k - 2) * 0.9) + random.uniform(-0.03, 0.03))
        out.append(crown(random, wide, wide * random.uniform(0.72, 0.88)) + np.array((side, up)))
    return out


def bare(random: Random, height: float, depth: int = 5) -> list[Ring]:
    """A tree without leaves."""
    out: list[Ring] = []

    def grow(x: float, y: float, angle: float, length: float, thick: float, left: int) -> None:
        x2, y2 = x + math.sin(angle) * length, y + math.cos(angle) * length
        nx, ny = math.cos(angle), -math.sin(angle)
        thin = thick * 0.62
        out.append(
            np.array(
                (
                    (x - nx * thick, y - ny * thick),
                    (x + nx * thick, y + ny * thick),
                    (x2 + nx * thin, y2 + ny * thin),
                    (x2 - nx * thin, y2 - ny * thin),
                )
            )
        )
        if left:
            for turn in (random.uniform(-0.65, -0.2), random.uniform(0.15, 0.6)):
                grow(x2, y2, angle + turn, length * random.uniform(0.62, 0.8), thin, left - 1)

    grow(0, 0, random.uniform(-0.06, 0.06), height * 0.3, height * 0.022, depth)
    return out


def palm(random: Random, height: float) -> list[Ring]:
    """A palm with a leaning trunk and drooping fronds."""
    lean = random.uniform(-0.18, 0.18) * height
    up = np.linspace(0, 1, 8)
    spine = np.stack((lean * up**2, height * up), axis=1)
    thick = height * 0.02 * (1.3 - 0.6 * up)
    out = [np.concatenate((spine - np.stack((thick, 0 * up), 1), (spine + np.stack((thick, 0 * up), 1))[::-1]))]
    top = spine[-1]
    for k in range(9):
        angle = math.pi * (k / 8) + random.uniform(-0.1, 0.1)
        reach = height * random.uniform(0.3, 0.4)
        s = np.linspace(0, 1, 9)
        path = np.stack((np.cos(angle) * reach * s, np.sin(angle) * reach * 0.55 * s - reach * 0.62 * s**2), 1)
        wide = height * 0.035 * np.sin(np.pi * np.clip(s * 0.9 + 0.08, 0, 1))
        out.append(top + np.concatenate((path + np.stack((0 * s, wide), 1), (path - np.stack((0 * s, wide * 0.5), 1))[::-1])))
    return out


def rock(random: Random, width: float, height: float) -> Ring:
    """A weathered stone that lies on the ground."""
    turn = np.linspace(0, math.pi, 9)
    rough = random.uniform(0.78, 1.12, 9)
    x, y = np.cos(turn) * width / 2 * rough, np.sin(turn) ** 0.7 * height * rough
    return np.stack((np.append(x, (-width * 0.52, width * 0.52)), np.append(y, (-height * 0.4, -height * 0.4))), axis=1)


def ridge(
    random: Random, half: float, base: float, swing: float, wave: float, points: int = 90, gain: float = 0.5, foot: float = 0.0
) -> Ring:
    """A range of hills from -half to half, its crest about `base` high, closed at `foot`."""
    x = np.linspace(-half, half, points)
    y = np.maximum(foot + 0.001, base + swing * skyline(random, x, wave, gain=gain))
    return np.concatenate((np.stack((x, y), axis=1), ((half, foot), (-half, foot))))


def peaks(random: Random, half: float, height: float, count: int) -> Ring:
    """Jagged mountains from -half to half."""
    x: list[float] = [-half]
    y: list[float] = [height * random.uniform(0.2, 0.5)]
    step = 2 * half / count
    for k in range(count):
        middle = -half + (k + 0.5 + random.uniform(-0.2, 0.2)) * step
        x += [middle, middle + step * random.uniform(0.4, 0.55)]
        y += [height * random.uniform(0.6, 1.0), height * random.uniform(0.22, 0.45)]
    fine = np.linspace(-half, half, count * 16)
    line = np.interp(fine, x, y) + height * 0.045 * skyline(random, fine, step * 0.6, 5, 0.62)
    return np.concatenate((np.stack((fine, line), axis=1), ((half, 0.0), (-half, 0.0))))


def snowcap(mountain: Ring, line: float, random: Random) -> list[Ring]:
    """What lies above a ragged snow line of a mountain's ring."""
    crest = mountain[:-2]
    edge = line * (1 + 0.16 * skyline(random, crest[:, 0], float(np.ptp(crest[:, 0])) / 12, 6, 0.7))
    above = crest[:, 1] > edge
    out: list[Ring] = []
    start: int | None = None
    for k, is_above in enumerate([*above.tolist(), False]):
        if is_above and start is None:
            start = k
        elif not is_above and start is not None:
            if k - start > 2:
                top = crest[start:k]
                out.append(np.concatenate((top, np.stack((top[:, 0], edge[start:k]), axis=1)[::-1])))
            start = None
    return out


def arch(x: float, y: float, wide: float, high: float, points: int = 10) -> Ring:
    """A door or window with a round head; its foot in the middle at (x, y)."""
    turn = np.linspace(0, math.pi, points)
    head = np.stack((x + np.cos(turn) * wide / 2, y + high - wide / 2 + np.sin(turn) * wide / 2), axis=1)
    return np.concatenate((((x - wide / 2, y), (x + wide / 2, y)), head))


def disc(x: float, y: float, across: float, up: float, points: int = 20) -> Ring:
    """An ellipse by its half axes."""
    turn = np.linspace(0, math.tau, points, endpoint=False)
    return np.stack((x + np.cos(turn) * across, y + np.sin(turn) * up), axis=1)
