"""What stands on a table: cups, bowls and pots, and what is eaten."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from math import cos, pi, sin

from storyreel.animatic.figures.curves import ellipse, filleted, mirrored
from storyreel.animatic.figures.places.masonry import smoke
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import bar, ribbon
from storyreel.animatic.figures.things.lights import flame
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing, Tone


def draw_cup(wish: Wish) -> Drawing:
    """A steaming cup; a wine glass, a teapot or a vase by variant."""
    sketch = Sketch()
    kind = wish.variant
    if kind in {"glass", "wine"}:
        sketch.smooth(
            Tone.PALE,
            mirrored(
                [(0, 1.0, 1), (0.24, 1.0, 1), (0.26, 0.76), (0.10, 0.52), (0.03, 0.46), (0.03, 0.10), (0.22, 0.03, 1), (0, 0.0)]
            ),
            4,
        )
        sketch.smooth(Tone.ACCENT, mirrored([(0, 0.84, 1), (0.235, 0.84, 1), (0.21, 0.68), (0.08, 0.55), (0, 0.54)]), 4)
        return sketch.fitted(wish.height_m)
    if kind == "teapot":
        smoke(sketch, 0.62, 0.62, 0.11, wish.phase_s)
        sketch.cut(Tone.BODY, ellipse(-0.48, 0.40, 0.22), ellipse(-0.48, 0.40, 0.15))
        sketch.smooth(Tone.BODY, [(0.34, 0.30), (0.52, 0.42), (0.66, 0.62, 1), (0.56, 0.62, 1), (0.46, 0.52), (0.34, 0.50)], 4)
        sketch.smooth(Tone.BODY, mirrored([(0, 0.72), (0.26, 0.66), (0.46, 0.38), (0.36, 0.10), (0.20, 0.0, 1), (0, 0)]), 5)
        sketch.smooth(Tone.SHADE, mirrored([(0, 0.80), (0.16, 0.72), (0.24, 0.64, 1), (0, 0.62)]), 4)
        sketch.disc(Tone.SHADE, 0, 0.83, 0.055)
        return sketch.fitted(wish.height_m, of=0.88)
    if kind in {"vase", "jug"}:
        sketch.smooth(
            Tone.ACCENT,
            mirrored([(0, 1.0, 1), (0.16, 1.0, 1), (0.11, 0.82), (0.30, 0.52), (0.26, 0.22), (0.14, 0.0, 1), (0, 0)]),
            5,
        )
        sketch.fill(Tone.PALE, bar((-0.27, 0.46), (0.27, 0.46), 0.05))
        return sketch.fitted(wish.height_m)
    smoke(sketch, -0.04, 0.60, 0.15, wish.phase_s)
    sketch.cut(Tone.PALE, ellipse(0.34, 0.34, 0.18, 0.17), ellipse(0.34, 0.34, 0.11, 0.10))
    sketch.smooth(
        Tone.PALE, [(-0.38, 0.62, 1), (-0.34, 0.24), (-0.20, 0.05, 1), (0.20, 0.05, 1), (0.34, 0.24), (0.38, 0.62, 1)], 5
    )
    sketch.disc(Tone.SHADE, 0, 0.62, 0.375, 0.05)
    sketch.disc(Tone.SHADE, 0, 0.03, 0.52, 0.035)
    return sketch.fitted(wish.height_m, of=0.68)


def draw_bowl(wish: Wish) -> Drawing:
    """A bowl; of soup, rice or noodles by variant, or a cauldron, a pot or a plate."""
    sketch = Sketch()
    kind = wish.variant
    if kind in {"cauldron", "pot"}:
        smoke(sketch, -0.1, 0.84, 0.2, wish.phase_s)
        sketch.smooth(
            Tone.BODY, mirrored([(0, 0.84, 1), (0.42, 0.84, 1), (0.40, 0.72), (0.56, 0.42), (0.36, 0.10), (0, 0.04)]), 5
        )
        sketch.box(Tone.SHADE, -0.47, 0.80, 0.47, 0.88)
        for x in (-0.28, 0.28):
            sketch.fill(Tone.SHADE, bar((x, 0.16), (x * 1.2, 0), 0.07))
        return sketch.fitted(wish.height_m, of=0.9)
    if kind == "plate":
        sketch.disc(Tone.PALE, 0, 0.06, 0.6, 0.06)
        sketch.disc(Tone.SHADE, 0, 0.07, 0.38, 0.03)
        return sketch.fitted(wish.height_m)
    smoke(sketch, 0.0, 0.50, 0.15, wish.phase_s)
    if kind == "rice":
        sketch.smooth(Tone.PALE, mirrored([(0, 0.78), (0.28, 0.68), (0.46, 0.46, 1), (0, 0.42)]), 5)
    elif kind == "noodles":
        for k in range(6):
            sketch.fill(
                Tone.GLOW, ribbon([(-0.4 + 0.06 * k, 0.46), (-0.2 + 0.1 * k, 0.58), (0.05 + 0.06 * k, 0.46)], (0.03, 0.03))
            )
        sketch.fill(Tone.SHADE, bar((0.1, 0.45), (0.62, 0.86), 0.025), bar((0.0, 0.45), (0.56, 0.92), 0.025))
    sketch.smooth(
        Tone.ACCENT, [(-0.56, 0.50, 1), (-0.46, 0.20), (-0.20, 0.05, 1), (0.20, 0.05, 1), (0.46, 0.20), (0.56, 0.50, 1)], 5
    )
    sketch.box(Tone.SHADE, -0.22, 0, 0.22, 0.06)
    sketch.disc(Tone.PALE, 0, 0.50, 0.56, 0.04)
    return sketch.fitted(wish.height_m, of=0.6)


def _bread(sketch: Sketch, _wish: Wish) -> None:
    sketch.smooth(Tone.ACCENT, [(-0.9, 0.0), (-0.98, 0.2), (-0.7, 0.44), (0, 0.52), (0.7, 0.44), (0.98, 0.2), (0.9, 0.0)], 6)
    for x in (-0.5, -0.12, 0.26, 0.6):
        sketch.fill(Tone.PALE, ribbon([(x - 0.12, 0.22), (x, 0.34), (x + 0.14, 0.42)], (0.02, 0.06, 0.02)))


def _apple(sketch: Sketch, wish: Wish) -> None:
    tone = Tone.ACCENT if wish.variant != "pear" else Tone.GLOW
    if wish.variant == "pear":
        sketch.smooth(tone, mirrored([(0, 0.98), (0.13, 0.92), (0.18, 0.62), (0.36, 0.36), (0.26, 0.05), (0, 0.0)]), 5)
    else:
        sketch.smooth(
            tone, mirrored([(0, 0.80), (0.18, 0.88), (0.42, 0.76), (0.44, 0.42), (0.26, 0.06), (0.10, 0.0), (0, 0.05)]), 5
        )
    sketch.fill(Tone.SHADE, ribbon([(0, 0.80), (0.03, 0.94), (0.08, 1.04)], (0.03, 0.035)))
    sketch.smooth(Tone.BODY, [(0.05, 0.94), (0.20, 1.06), (0.36, 1.02, 1), (0.22, 0.92)], 4)
    sketch.disc(Tone.PALE, -0.20, 0.60, 0.06, 0.11, 24)


def _round_fruit(sketch: Sketch, wish: Wish) -> None:
    tone = {"tomato": Tone.ACCENT, "cherry": Tone.ACCENT, "lemon": Tone.GLOW, "pumpkin": Tone.ACCENT}.get(
        wish.variant, Tone.ACCENT
    )
    if wish.variant == "cherry":
        for x in (-0.26, 0.24):
            sketch.fill(Tone.SHADE, ribbon([(x, 0.36), (x * 0.4, 0.7), (0.05, 1.0)], (0.025, 0.025)))
            sketch.disc(tone, x, 0.22, 0.22)
        return
    wide = 0.60 if wish.variant == "pumpkin" else 0.46
    for share in (1.0, 0.62, 0.25) if wish.variant == "pumpkin" else (1.0,):
        sketch.disc(tone if share != 0.62 else Tone.SHADE, 0, 0.42, wide * share, 0.42)
        if share == 0.62:
            sketch.disc(tone, 0, 0.42, wide * share - 0.03, 0.415)
    sketch.fill(Tone.SHADE, ribbon([(0, 0.80), (0.02, 0.92), (0.08, 1.0)], (0.08, 0.06)))


def _banana(sketch: Sketch, _wish: Wish) -> None:
    for lift in (0.0, 0.12):
        sketch.smooth(
            Tone.GLOW,
            [
                (-0.6, 0.55 + lift),
                (-0.3, 0.20 + lift),
                (0.2, 0.06 + lift),
                (0.68, 0.30 + lift),
                (0.6, 0.36 + lift),
                (0.2, 0.26 + lift),
                (-0.2, 0.38 + lift),
                (-0.52, 0.62 + lift),
            ],
            5,
        )
    sketch.disc(Tone.SHADE, -0.56, 0.68, 0.06)


def _carrot(sketch: Sketch, _wish: Wish) -> None:
    for dx in (-0.12, 0.0, 0.12):
        sketch.fill(Tone.BODY, ribbon([(0, 0.70), (dx * 0.7, 0.86), (dx * 1.4, 1.0)], (0.05, 0.08, 0.02)))
    sketch.smooth(Tone.ACCENT, mirrored([(0, 0.74), (0.14, 0.70), (0.12, 0.45), (0.0, 0.0, 1)]), 5)
    for y in (0.30, 0.46, 0.58):
        sketch.fill(Tone.SHADE, bar((-0.10 * y * 1.6, y), (0.02, y + 0.01), 0.012))


def _grapes(sketch: Sketch, _wish: Wish) -> None:
    for row, count in enumerate((1, 2, 3, 4, 3)):
        for k in range(count):
            sketch.disc(Tone.ACCENT if (row + k) % 2 else Tone.BODY, (k - (count - 1) / 2) * 0.2, 0.12 + 0.165 * row, 0.115)
    sketch.fill(Tone.SHADE, bar((0, 0.82), (0.03, 1.0), 0.04))


def _cheese(sketch: Sketch, _wish: Wish) -> None:
    sketch.flat(Tone.GLOW, [(-0.7, 0), (-0.7, 0.34), (0.7, 0.34), (0.7, 0)])
    sketch.flat(Tone.PALE, [(-0.7, 0.34), (0.5, 0.68), (0.7, 0.34)])
    for x, y, r in ((-0.4, 0.18, 0.08), (0.05, 0.12, 0.06), (0.36, 0.22, 0.09)):
        sketch.disc(Tone.SHADE, x, y, r)


def _cake(sketch: Sketch, wish: Wish) -> None:
    for low, half in ((0.0, 0.62), (0.32, 0.44)):
        sketch.fill(Tone.PALE, filleted([(-half, low), (-half, low + 0.34), (half, low + 0.34), (half, low)], 0.03))
        drip = [(-half, low + 0.36, 1)]
        for k in range(8):
            x = -half + 2 * half * (k + 0.5) / 8
            drip.append((x, low + (0.14 if k % 2 else 0.22), 0))
        sketch.smooth(Tone.ACCENT, [*drip, (half, low + 0.36, 1)], 4)
    for x in (-0.22, 0.0, 0.22):
        sketch.box(Tone.SHADE, x - 0.018, 0.66, x + 0.018, 0.84)
        flame(sketch, x, 0.84, 0.12, wish.phase_s + x)
        sketch.glow(x, 0.9, 0.7, 0.6)
    sketch.disc(Tone.SHADE, 0, 0.0, 0.76, 0.04)


def _pie(sketch: Sketch, _wish: Wish) -> None:
    sketch.smooth(Tone.ACCENT, mirrored([(0, 0.56), (0.42, 0.52), (0.74, 0.36), (0.86, 0.24), (0, 0.20)]), 6)
    for x in (-0.5, -0.17, 0.17, 0.5):
        sketch.fill(Tone.SHADE, ribbon([(x - 0.05, 0.34), (x, 0.43), (x + 0.07, 0.48)], (0.014, 0.03, 0.014)))
    for k in range(9):
        sketch.disc(Tone.SKIN, -0.8 + 0.2 * k, 0.24, 0.12, 0.07)
    sketch.flat(Tone.PALE, [(-0.88, 0.22), (0.88, 0.22), (0.66, 0.0), (-0.66, 0.0)])


def _ice(sketch: Sketch, _wish: Wish) -> None:
    sketch.flat(Tone.SKIN, [(-0.24, 0.56), (0, 0), (0.24, 0.56)])
    for a in (-0.12, 0.0, 0.12):
        sketch.fill(Tone.SHADE, bar((a, 0.54), (a * 0.1 + 0.06, 0.14), 0.012))
    for x, y, tone in ((-0.12, 0.66, Tone.PALE), (0.13, 0.66, Tone.ACCENT), (0.0, 0.86, Tone.PALE)):
        sketch.disc(tone, x, y, 0.17)


def _egg(sketch: Sketch, _wish: Wish) -> None:
    sketch.smooth(Tone.PALE, mirrored([(0, 1.0), (0.26, 0.80), (0.38, 0.40), (0.24, 0.06), (0, 0.0)]), 6)


def _pizza(sketch: Sketch, _wish: Wish) -> None:
    sketch.smooth(Tone.GLOW, [(-0.55, 0.86, 1), (0, 0.98), (0.55, 0.86, 1), (0, 0, 1)], 4)
    sketch.smooth(Tone.ACCENT, [(-0.6, 0.86), (0, 1.06), (0.6, 0.86), (0.52, 0.78), (0, 0.92), (-0.52, 0.78)], 4)
    for x, y in ((-0.2, 0.68), (0.2, 0.62), (0.0, 0.40), (0.02, 0.78)):
        sketch.disc(Tone.ACCENT, x, y, 0.08)


def _fallback(sketch: Sketch, _wish: Wish) -> None:
    a = [2 * pi * k / 8 for k in range(8)]
    sketch.smooth(Tone.SKIN, [(0.5 * cos(t), 0.3 + 0.3 * sin(t)) for t in a], 4)
    sketch.fill(Tone.SHADE, ribbon([(-0.3, 0.4), (0, 0.46), (0.3, 0.4)], (0.02, 0.03, 0.02)))


FOODS: Mapping[str, Callable[[Sketch, Wish], None]] = {
    "bread": _bread, "apple": _apple, "pear": _apple, "orange": _round_fruit, "lemon": _round_fruit, "tomato": _round_fruit,
    "cherry": _round_fruit,
    "pumpkin": _round_fruit, "watermelon": _round_fruit, "banana": _banana, "carrot": _carrot, "grapes": _grapes,
    "cheese": _cheese, "cake": _cake, "pie": _pie,
    "ice_cream": _ice, "egg": _egg, "pizza": _pizza,
}  # fmt: skip


def draw_food(wish: Wish) -> Drawing:
    """Something to eat; `variant` says what."""
    sketch = Sketch()
    FOODS.get(wish.variant, _fallback)(sketch, wish)
    return sketch.fitted(wish.height_m, of=1.0 if wish.variant == "cake" else None)


def food_of(name: str) -> Callable[[Wish], Drawing]:
    """The family of one food alone."""

    def draw(wish: Wish) -> Drawing:
        sketch = Sketch()
        FOODS[name](sketch, replace(wish, variant=name))
        return sketch.fitted(wish.height_m, of=1.0 if name == "cake" else None)

    return draw
