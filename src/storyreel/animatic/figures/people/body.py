"""The parts of a body that every figure has: trunk, arms, legs, hands and feet, seen from the side."""

from collections.abc import Sequence

from storyreel.animatic.figures.curves import Path, Point, move, smooth
from storyreel.animatic.figures.people.build import Build
from storyreel.animatic.figures.people.skeleton import Arm, Leg, Skeleton
from storyreel.animatic.figures.strokes import limb, ribbon
from storyreel.animatic.outline import Ring

# Hands in hand lengths from the wrist along +x, the thumb's side up; feet in foot lengths from the ankle.
RELAXED = smooth([(-0.08, 0.15), (0.14, 0.17), (0.30, 0.27), (0.50, 0.27), (0.52, 0.20), (0.50, 0.13), (0.76, 0.10),
                  (0.96, 0.0), (0.97, -0.10), (0.72, -0.16), (0.34, -0.19), (-0.08, -0.16)], 4)  # fmt: skip
FIST = smooth([(-0.08, 0.15), (0.16, 0.20), (0.34, 0.28), (0.56, 0.24), (0.66, 0.06), (0.62, -0.14), (0.40, -0.22),
               (0.12, -0.18), (-0.08, -0.15)], 4)  # fmt: skip
OPEN = smooth([(-0.08, 0.15), (0.16, 0.20), (0.26, 0.38), (0.40, 0.48), (0.44, 0.40), (0.42, 0.24), (0.70, 0.24), (1.0, 0.20),
               (1.02, 0.12), (0.80, 0.09), (1.08, 0.02), (1.07, -0.06), (0.80, -0.08), (0.98, -0.20), (0.92, -0.27),
               (0.60, -0.22), (0.30, -0.20), (-0.08, -0.16)], 4)  # fmt: skip
SHOE = smooth([(-0.19, 0.16), (0.15, 0.16), (0.24, 0.03), (0.46, -0.07), (0.68, -0.11), (0.77, -0.19), (0.755, -0.265, 1),
               (0.24, -0.265, 1), (0.18, -0.24), (0.02, -0.24), (-0.02, -0.265, 1), (-0.235, -0.265, 1),
               (-0.25, -0.12)], 4)  # fmt: skip
HEELED = smooth([(-0.16, 0.20), (0.12, 0.18), (0.26, 0.0), (0.50, -0.13), (0.72, -0.19), (0.775, -0.23), (0.76, -0.265, 1),
                 (0.40, -0.265), (0.14, -0.16), (-0.12, -0.10), (-0.14, -0.265, 1), (-0.21, -0.265, 1),
                 (-0.22, -0.08)], 4)  # fmt: skip


def trunk(build: Build, bones: Skeleton, ease: float = 0.0, *, bust: float = 0.0, hem: float = -0.10) -> Ring:
    """The outline from the neck to just below the hips; `ease` is how far the cloth stands off."""
    c, w, h = build.chest + ease, build.waist + ease, build.hips + ease
    path: Path = [
        (0.036, 1.055),
        (c * 0.62, 0.98),
        (c * 0.93, 0.86),
        (c * 1.03 + bust, 0.72),
        (w * 0.99 + bust * 0.2, 0.47),
        (h * 0.93, 0.14),
        (h * 0.80, hem),
        (-h * 0.86, hem - 0.02),
        (-h * 1.04, 0.10),
        (-w * 0.88, 0.44),
        (-c * 0.99, 0.76),
        (-c * 0.92, 0.905),
        (-c * 0.60, 0.99),
        (-0.034, 1.075),
    ]
    return smooth([bones.trunk(one[0], one[1]) for one in path], 4)


def arm(build: Build, part: Arm, ease: float = 0.0) -> Sequence[Ring]:
    """A sleeve from shoulder to wrist."""
    a, b, c = build.arm_radii
    return limb((part.shoulder, part.elbow, part.wrist), (a + ease, b + ease * 0.9, c + ease * 0.7), belly=0.06)


def leg(build: Build, part: Leg, ease: float = 0.0) -> Sequence[Ring]:
    """A trouser leg from hip to ankle."""
    a, b, c = build.leg_radii
    return limb((part.hip, part.knee, part.ankle), (a + ease, b + ease, c + ease), belly=0.04)


def hand(build: Build, part: Arm, shape: Ring = RELAXED) -> Ring:
    """A hand at the end of an arm."""
    size = build.arm * 0.27
    return move(shape * size, *part.wrist, turn_deg=part.hand_deg)


def knuckles(build: Build, part: Arm) -> Sequence[Ring]:
    """The lines between the fingers of a hand at rest, for a close view."""
    size = build.arm * 0.27
    lines = (
        [(0.52, 0.05), (0.74, 0.04), (0.92, 0.0)],
        [(0.50, -0.03), (0.72, -0.05), (0.92, -0.08)],
        [(0.46, -0.10), (0.60, -0.13), (0.72, -0.14)],
    )
    return [move(ribbon(one, (0.008, 0.028, 0.012), 4) * size, *part.wrist, turn_deg=part.hand_deg) for one in lines]


def palm(build: Build, part: Arm) -> Point:
    """The middle of a closed hand: where what it holds is held."""
    size = build.arm * 0.27
    x, y = move(FIST[:1] * 0 + (0.36, 0.0), 0, 0, scale=size, turn_deg=part.hand_deg)[0]
    return (part.wrist[0] + float(x), part.wrist[1] + float(y))


def foot(build: Build, part: Leg, shape: Ring = SHOE) -> Ring:
    """A shoe at the end of a leg."""
    return move(shape * build.foot, *part.ankle, turn_deg=part.foot_deg)
