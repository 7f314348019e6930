"""Small furred animals whose bodies are one round outline: rabbit, mouse, squirrel, hedgehog, frog, bat at rest."""

from collections.abc import Callable, Mapping
from math import pi, sin

from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import ribbon
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing, Tone
from storyreel.domain.storyboard import Pose

MOVES = frozenset({Pose.WALK, Pose.RUN, Pose.DANCE, Pose.CLIMB})


def draw_small(wish: Wish) -> Drawing:
    """A small animal, which hops where it goes."""
    artist = ARTISTS.get(wish.variant, _rabbit)
    sketch = Sketch()
    artist(sketch, wish)
    still = sketch.fitted(wish.height_m)
    if wish.pose not in MOVES:
        return still
    share = (wish.phase_s / 0.62) % 1.0
    leap = sin(pi * share)
    hopping = Sketch()
    hopping.add(still, 0.0, 0.30 * wish.height_m * leap, turn_deg=16 * (0.5 - share) * leap)
    return hopping.drawing()


def _eye(sketch: Sketch, x: float, y: float, size: float, *, near: bool) -> None:
    sketch.disc(Tone.PALE, x, y, size, size * 0.9)
    if near:
        sketch.disc(Tone.SHADE, x + size * 0.15, y, size * 0.62)


def _rabbit(sketch: Sketch, wish: Wish) -> None:
    twitch = 3 * sin(wish.phase_s * 3.1)
    lean = 0.05 * twitch / 3
    sketch.smooth(
        Tone.SHADE, [(0.24, 0.66), (0.14, 0.82), (0.02 + lean, 1.02), (0.06 + lean, 1.08), (0.18, 0.94), (0.30, 0.72)], 5
    )
    body = [(-0.36, 0.03), (-0.46, 0.16), (-0.42, 0.36), (-0.26, 0.50), (-0.05, 0.53), (0.10, 0.56), (0.18, 0.70),
        (0.32, 0.76), (0.44, 0.70),
            (0.52, 0.585), (0.51, 0.53), (0.40, 0.49), (0.30, 0.44), (0.27, 0.30), (0.26, 0.10), (0.33, 0.04),
            (0.31, 0.0, 1), (0.16, 0.0), (0.12, 0.12),
            (0.04, 0.07), (0.06, 0.0, 1), (-0.28, 0.0)]  # fmt: skip
    sketch.smooth(Tone.BODY, body, 5)
    sketch.smooth(
        Tone.SHADE,
        [
            (-0.30, 0.10),
            (-0.20, 0.30),
            (-0.05, 0.32),
            (0.04, 0.18),
            (0.0, 0.06),
            (-0.02, 0.10),
            (0.0, 0.18),
            (-0.06, 0.28),
            (-0.18, 0.26),
        ],
        5,
    )
    sketch.disc(Tone.PALE, -0.46, 0.20, 0.085)
    sketch.smooth(
        Tone.BODY, [(0.20, 0.68), (0.06, 0.86), (-0.06 + lean, 1.08), (-0.02 + lean, 1.15), (0.12, 1.0), (0.30, 0.74)], 5
    )
    sketch.smooth(Tone.PALE, [(0.19, 0.76), (0.07, 0.92), (0.0 + lean, 1.07), (0.11, 0.96), (0.23, 0.77)], 5)
    _eye(sketch, 0.365, 0.645, 0.026, near=wish.near)
    sketch.disc(Tone.SHADE, 0.512, 0.565, 0.018)


def _mouse(sketch: Sketch, wish: Wish) -> None:
    wave = 0.05 * sin(wish.phase_s * 3)
    sketch.fill(
        Tone.SHADE,
        ribbon([(-0.50, 0.14), (-0.80, 0.10 + wave), (-1.05, 0.22 - wave), (-1.35, 0.16 + wave)], (0.06, 0.045, 0.03, 0.012)),
    )
    sketch.disc(Tone.SHADE, 0.40, 0.76, 0.15, 0.17)
    body = [(-0.52, 0.06), (-0.60, 0.26), (-0.48, 0.52), (-0.20, 0.66), (0.12, 0.64), (0.36, 0.64), (0.60, 0.52),
        (0.84, 0.30), (0.86, 0.24), (0.74, 0.18),
            (0.50, 0.14), (0.46, 0.03), (0.52, 0.0, 1), (0.32, 0.0), (0.28, 0.10), (-0.14, 0.08), (-0.10, 0.0, 1),
            (-0.44, 0.0)]  # fmt: skip
    sketch.smooth(Tone.BODY, body, 5)
    sketch.disc(Tone.BODY, 0.26, 0.76, 0.19, 0.20)
    sketch.disc(Tone.PALE, 0.26, 0.75, 0.12, 0.13)
    _eye(sketch, 0.58, 0.40, 0.032, near=wish.near)
    sketch.disc(Tone.ACCENT, 0.86, 0.27, 0.028)


def _squirrel(sketch: Sketch, wish: Wish) -> None:
    wave = 0.03 * sin(wish.phase_s * 2.4)
    tail = [(-0.22, 0.06), (-0.46, 0.12), (-0.62, 0.40), (-0.60, 0.74), (-0.62 + wave, 0.96), (-0.46 + wave, 1.06),
        (-0.28, 0.98), (-0.22, 0.76),
            (-0.34, 0.60), (-0.34, 0.42), (-0.22, 0.24)]  # fmt: skip
    sketch.smooth(Tone.SHADE, tail, 6)
    sketch.smooth(Tone.SHADE, [(0.14, 0.84), (0.13, 0.98, 1), (0.24, 0.88)], 4)
    body = [(-0.30, 0.02), (-0.36, 0.20), (-0.24, 0.42), (-0.06, 0.56), (0.0, 0.72), (0.10, 0.86), (0.24, 0.88),
        (0.38, 0.78), (0.44, 0.70), (0.36, 0.64),
            (0.24, 0.60), (0.24, 0.52), (0.36, 0.46), (0.38, 0.40), (0.24, 0.40), (0.20, 0.22), (0.16, 0.06), (0.26, 0.02),
            (0.24, 0.0, 1), (-0.20, 0.0)]  # fmt: skip
    sketch.smooth(Tone.BODY, body, 5)
    sketch.smooth(Tone.PALE, [(0.20, 0.54), (0.22, 0.40), (0.16, 0.16), (0.10, 0.28), (0.12, 0.46)], 5)
    sketch.smooth(Tone.BODY, [(0.06, 0.84), (0.04, 1.0, 1), (0.16, 0.90)], 4)
    _eye(sketch, 0.27, 0.765, 0.026, near=wish.near)


def _hedgehog(sketch: Sketch, wish: Wish) -> None:
    spines: list[tuple[float, float, int]] = []
    for k in range(37):
        share = k / 36
        x = -0.78 + 1.28 * share
        y = 0.18 + 0.80 * sin(pi * (0.10 + 0.80 * share)) ** 0.8
        spines.append((x - (0.05 if k % 2 else 0.0), y + (0.085 if k % 2 else -0.02), 1))
    sketch.smooth(
        Tone.BODY,
        [
            (-0.60, 0.02),
            (-0.66, 0.2),
            (0.2, 0.62),
            (0.52, 0.50),
            (0.78, 0.30),
            (0.90, 0.22),
            (0.84, 0.15),
            (0.60, 0.10),
            (0.40, 0.0),
        ],
        5,
    )
    sketch.smooth(Tone.SHADE, [*spines, (0.52, 0.40, 0), (0.36, 0.18, 0), (-0.5, 0.10, 0)], 2)
    for x in (-0.45, 0.30):
        sketch.disc(Tone.BODY, x, 0.04, 0.12, 0.05)
    _eye(sketch, 0.66, 0.30, 0.032, near=wish.near)
    sketch.disc(Tone.SHADE, 0.89, 0.205, 0.042)


def _frog(sketch: Sketch, wish: Wish) -> None:
    puff = 0.03 * sin(wish.phase_s * 3.4)
    body = [(-0.60, 0.05), (-0.56, 0.22), (-0.30, 0.46), (0.05, 0.72), (0.22, 0.86), (0.34, 0.98), (0.46, 0.94),
        (0.52, 0.80), (0.68, 0.66), (0.66, 0.58),
            (0.46, 0.48 - puff), (0.40, 0.30), (0.42, 0.06), (0.56, 0.02), (0.54, 0.0, 1), (0.20, 0.0), (0.22, 0.18),
            (0.05, 0.10), (0.12, 0.0, 1), (-0.50, 0.0)]  # fmt: skip
    sketch.smooth(Tone.BODY, body, 5)
    sketch.smooth(Tone.PALE, [(0.62, 0.57), (0.45, 0.47 - puff), (0.38, 0.30), (0.28, 0.22), (0.34, 0.44), (0.46, 0.56)], 5)
    sketch.smooth(
        Tone.SHADE, [(-0.46, 0.06), (-0.40, 0.26), (-0.16, 0.36), (0.0, 0.22), (-0.10, 0.10), (-0.12, 0.2), (-0.24, 0.26)], 5
    )
    _eye(sketch, 0.40, 0.88, 0.062, near=wish.near)


ARTISTS: Mapping[str, Callable[[Sketch, Wish], None]] = {
    "rabbit": _rabbit,
    "hare": _rabbit,
    "mouse": _mouse,
    "rat": _mouse,
    "squirrel": _squirrel,
    "hedgehog": _hedgehog,
    "frog": _frog,
    "toad": _frog,
}
"""By variant of `quadruped`, which sends these here."""
