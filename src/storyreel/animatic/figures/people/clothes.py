"""What people wear over trunk and legs: skirts of every length, cloaks, collars, scarves, ties and buttons."""

from collections.abc import Sequence
from math import cos, radians, sin

from storyreel.animatic.figures.curves import Path, Point, filleted, hull, smooth
from storyreel.animatic.figures.people.build import Build
from storyreel.animatic.figures.people.skeleton import Leg, Skeleton
from storyreel.animatic.figures.people.stance import Stance
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import ribbon
from storyreel.animatic.outline import Ring, Tone


def skirt(build: Build, bones: Skeleton, stance: Stance, hem: float, flare: float, sway: float, waist: float = 0.42) -> Ring:
    """Cloth from the waist to `hem` (0 the hip, 1 the knee, 2 the ankle) around both legs; `flare` widens it below."""
    w, h = build.waist + 0.012, build.hips + 0.014
    points: list[Point] = [
        bones.trunk(w, waist),
        bones.trunk(-w * 0.92, waist),
        bones.trunk(h, 0.05),
        bones.trunk(-h * 1.08, 0.05),
    ]
    a = radians(bones.spine_deg if not stance.upright else 0.0)
    across, down = (cos(a), -sin(a)), (-sin(a), -cos(a))
    depth = max(_depth(bones.hip, one.at(hem), down) for one in (bones.near_leg, bones.far_leg))
    for part in (bones.near_leg, bones.far_leg):
        points.extend(_around(build, part, hem, flare, across))
        if stance.upright:
            x, y = part.at(hem)
            lack = depth - _depth(bones.hip, (x, y), down)
            trail = -0.34 * flare * stance.swing - 0.3 * flare * sway
            x, y = x + down[0] * lack + trail * across[0], y + down[1] * lack + trail * across[1]
            reach = 0.040 + flare * 0.5
            points += [(x + across[0] * reach, y + across[1] * reach), (x - across[0] * reach, y - across[1] * reach)]
    return filleted(hull(points), 0.045)


def _depth(hip: Point, at: Point, down: Point) -> float:
    return (at[0] - hip[0]) * down[0] + (at[1] - hip[1]) * down[1]


def _around(build: Build, part: Leg, hem: float, flare: float, across: Point) -> Sequence[Point]:
    found: list[Point] = []
    for t in (min(hem, 0.5), min(hem, 1.0), hem):
        x, y = part.at(t)
        r = build.leg_radii[0] * (1 - 0.2 * min(t, 1.0)) + flare * t / 4
        found += [(x + across[0] * r, y + across[1] * r), (x - across[0] * r, y - across[1] * r)]
    return found


def cloak(build: Build, bones: Skeleton, stance: Stance, sway: float, *, behind: bool) -> Ring:
    """A cloak from the shoulders to the shins; `behind` is the part that the body hides."""
    c = build.chest
    drop = 0.94 * build.leg
    a = radians(bones.spine_deg if not stance.upright else bones.spine_deg * 0.4)
    ax, ay = cos(a), -sin(a)
    dx, dy = -sin(a), -cos(a)
    blow = 0.20 * stance.swing + 0.035 * sway

    def hang(across: float, share: float, trail: float) -> Point:
        x, y = bones.hip
        return (x + ax * (across - trail) + dx * drop * share, y + ay * (across - trail) + dy * drop * share)

    front = 0.085 if behind else -0.01
    path: Path = [
        bones.trunk(0.040 if behind else 0.030, 1.03),
        bones.trunk(c * (1.0 if behind else 0.55), 0.90),
        bones.trunk(c * (0.9 if behind else 0.34), 0.5),
        hang(front * 0.7, 0.10, 0.0),
        hang(front, 0.60, blow * 0.4),
        (*hang(front + 0.02, 0.97, blow * 0.7), 1),
        hang(-0.06, 1.02, blow * 0.9 + 0.01 * sway),
        (*hang(-0.155, 0.98, blow * 1.25), 1),
        hang(-0.135, 0.55, blow * 0.75),
        hang(-0.118, 0.10, blow * 0.25),
        bones.trunk(-c * 1.42, 0.62),
        bones.trunk(-c * 1.30, 0.86),
        bones.trunk(-c * 0.72, 0.99),
        bones.trunk(-0.030, 1.07),
    ]
    return smooth(path, 5)


def collar(sketch: Sketch, bones: Skeleton, tone: Tone) -> None:
    """A turned-up collar around the neck."""
    path = [(-0.046, 0.965), (-0.052, 1.07, 1), (-0.01, 1.075), (0.020, 1.03), (0.050, 1.065, 1), (0.056, 0.955), (0.02, 0.93)]
    sketch.smooth(tone, [(*bones.trunk(one[0], one[1]), one[2] if len(one) > 2 else 0) for one in path], 4)


def scarf(sketch: Sketch, bones: Skeleton, stance: Stance, sway: float) -> None:
    """A scarf around the neck, one end trailing."""
    blow = stance.swing + 0.25 * sway
    start = bones.trunk(-0.038, 1.03)
    path = [
        start,
        (start[0] - 0.035 - 0.05 * blow, start[1] - 0.03 + 0.015 * blow),
        (start[0] - 0.055 - 0.12 * blow, start[1] - 0.095 + 0.075 * blow + 0.012 * sway),
        (start[0] - 0.060 - 0.19 * blow, start[1] - 0.165 + 0.15 * blow - 0.010 * sway),
    ]
    sketch.fill(Tone.ACCENT, ribbon(path, (0.030, 0.036, 0.042, 0.048)))
    path = [(-0.055, 0.985), (-0.056, 1.075), (-0.02, 1.105), (0.03, 1.085), (0.062, 1.055), (0.066, 0.985), (0.02, 0.945)]
    sketch.smooth(Tone.ACCENT, [bones.trunk(one[0], one[1]) for one in path], 4)


def shirt_front(sketch: Sketch, build: Build, bones: Skeleton, *, tie: bool) -> None:
    """The pale wedge of a shirt between lapels, with a tie."""
    c = build.chest
    path = [(0.014, 1.02), (c * 0.60, 0.985), (c * 0.98, 0.78), (c * 0.99, 0.60)]
    sketch.flat(Tone.PALE, [bones.trunk(one[0], one[1]) for one in path])
    if tie:
        path = [(c * 0.44, 0.965), (c * 0.66, 0.955), (c * 0.97, 0.76), (c * 0.97, 0.62), (c * 0.84, 0.70)]
        sketch.flat(Tone.ACCENT, [bones.trunk(one[0], one[1]) for one in path])


def opening(sketch: Sketch, build: Build, bones: Skeleton, foot: float) -> None:
    """The edge of a coat that closes in front, with its buttons; `foot` is where along the trunk it ends."""
    c, w, h = build.chest, build.waist, build.hips
    path = [(0.030, 0.97), (c * 0.62, 0.80), (w * 0.62, 0.45), (h * 0.60, 0.1), (h * 0.58, foot)]
    line = [bones.trunk(one[0], one[1]) for one in path]
    sketch.fill(Tone.SHADE, ribbon(line, (0.004, 0.008, 0.006)))
    for along in (0.80, 0.62, 0.44, 0.26):
        x, y = bones.trunk(c * 0.78 * (0.75 + 0.3 * along), along)
        sketch.disc(Tone.PALE, x, y, 0.0075)


def belt(sketch: Sketch, build: Build, bones: Skeleton, along: float = 0.34) -> None:
    """A belt."""
    w = build.waist + 0.014
    corners = [(w, along), (w, along - 0.075), (-w * 0.95, along - 0.07), (-w * 0.95, along + 0.005)]
    sketch.flat(Tone.SHADE, [bones.trunk(one[0], one[1]) for one in corners])
