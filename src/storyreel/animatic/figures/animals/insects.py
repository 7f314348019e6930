"""Insects and spiders: butterfly, bee, firefly, dragonfly, ant, beetle, spider."""

from collections.abc import Callable, Mapping
from math import sin

from storyreel.animatic.figures.curves import ellipse, move, smooth
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import limb, ribbon
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing, Tone

FORE_WING = smooth([(0.02, 0.02), (0.20, 0.36), (0.56, 0.56), (0.72, 0.42), (0.60, 0.12), (0.30, -0.02)], 6)
HIND_WING = smooth([(0.02, 0.0), (0.34, -0.02), (0.54, -0.18), (0.46, -0.44), (0.26, -0.52), (0.10, -0.26)], 6)


def draw_insect(wish: Wish) -> Drawing:
    """An insect that beats its wings or moves its legs."""
    sketch = Sketch()
    ARTISTS.get(wish.variant, _butterfly)(sketch, wish)
    low = Sketch()
    low.add(sketch.drawing(), 0.0, 0.56)
    return low.fitted(wish.height_m, of=1.12)


def _butterfly(sketch: Sketch, wish: Wish) -> None:
    open_ = 0.35 + 0.65 * abs(sin(wish.phase_s * 5.0 + wish.seed))
    for side in (-1, 1):
        for ring, tone, spot in ((HIND_WING, Tone.ACCENT, (0.34, -0.22)), (FORE_WING, Tone.ACCENT, (0.52, 0.36))):
            squeezed = ring * (side * open_, 1.0)
            sketch.fill(Tone.SHADE, squeezed)
            sketch.fill(tone, (ring * 0.80 + (0.03, 0.0)) * (side * open_, 1.0))
            sketch.disc(Tone.PALE, spot[0] * side * open_, spot[1], 0.06 * open_, 0.06)
        sketch.fill(Tone.SHADE, ribbon([(0.01 * side, 0.2), (0.08 * side, 0.40), (0.16 * side, 0.50)], (0.02, 0.012, 0.02)))
    sketch.fill(Tone.SHADE, *limb(((0, 0.22), (0, -0.30)), (0.045, 0.02)))


def _bee(sketch: Sketch, wish: Wish) -> None:
    beat = 20 * sin(wish.phase_s * 40)
    for turn in (70, 105):
        sketch.fill(Tone.PALE, move(ellipse(0.30, 0.0, 0.30, 0.13), 0.0, 0.16, turn_deg=turn + beat))
    sketch.disc(Tone.ACCENT, -0.06, 0.0, 0.42, 0.25)
    for x in (-0.30, -0.10, 0.10):
        high = 0.25 * (1 - ((x + 0.06) / 0.42) ** 2) ** 0.5
        sketch.fill(Tone.SHADE, ribbon([(x, high), (x - 0.03, 0.0), (x, -high)], (0.07, 0.08, 0.07)))
    sketch.disc(Tone.SHADE, 0.38, 0.04, 0.16)
    sketch.disc(Tone.PALE, 0.44, 0.08, 0.04)
    sketch.flat(Tone.SHADE, [(-0.46, 0.04), (-0.60, 0.0), (-0.46, -0.04)])


def _firefly(sketch: Sketch, wish: Wish) -> None:
    shine = 0.5 + 0.5 * sin(wish.phase_s * 2.2 + wish.seed)
    sketch.disc(Tone.GLOW, -0.22, -0.10, 0.24, 0.17, 24)
    for turn in (55, 95):
        sketch.fill(Tone.PALE, move(ellipse(0.26, 0.0, 0.26, 0.10), 0.02, 0.08, turn_deg=turn + 15 * sin(wish.phase_s * 30)))
    sketch.disc(Tone.BODY, 0.12, 0.04, 0.24, 0.14, 24)
    sketch.disc(Tone.SHADE, 0.36, 0.15, 0.10)
    sketch.glow(-0.22, -0.10, 1.6, 0.3 + 0.7 * shine)


def _dragonfly(sketch: Sketch, wish: Wish) -> None:
    beat = 9 * sin(wish.phase_s * 26)
    for turn in (60, 95, -75):
        sketch.fill(Tone.PALE, move(ellipse(0.42, 0.0, 0.42, 0.075), 0.10, 0.06, turn_deg=turn + beat))
    sketch.fill(Tone.BODY, ribbon([(0.18, 0.05), (-0.30, 0.03), (-0.80, -0.06)], (0.14, 0.06, 0.05)))
    sketch.disc(Tone.SHADE, 0.26, 0.06, 0.11)


def _crawler(sketch: Sketch, wish: Wish) -> None:
    legs, wide = (4, 1.0) if wish.variant == "spider" else (3, 0.7)
    for side, tone in ((1, Tone.SHADE), (-1, Tone.BODY)):
        for k in range(legs):
            step = 0.06 * sin(wish.phase_s * 9 + k * 1.7 + side)
            x = (k - (legs - 1) / 2) * 0.16
            reach = x * 4.0 * wide + step
            sketch.fill(tone, ribbon([(x, -0.10), (x + (reach - x) * 0.55, 0.18), (reach, -0.54)], (0.05, 0.04, 0.015)))
    if wish.variant == "spider":
        sketch.disc(Tone.BODY, -0.22, 0.0, 0.34, 0.26)
        sketch.disc(Tone.SHADE, 0.20, -0.06, 0.17)
    elif wish.variant in {"beetle", "ladybug", "ladybird", "scarab"}:
        sketch.smooth(Tone.ACCENT, [(-0.50, -0.16), (-0.34, 0.14), (0.0, 0.24), (0.30, 0.12), (0.36, -0.16)], 6)
        for x, y in ((-0.26, 0.0), (0.02, 0.08), (0.18, -0.06), (-0.08, -0.08)):
            sketch.disc(Tone.SHADE, x, y, 0.055)
        sketch.disc(Tone.SHADE, 0.42, -0.08, 0.14)
    else:
        for x, r in ((-0.40, 0.22), (-0.02, 0.13), (0.30, 0.16)):
            sketch.disc(Tone.BODY, x, -0.08, r, r * 0.8)
        sketch.fill(Tone.BODY, ribbon([(0.38, 0.0), (0.52, 0.18), (0.64, 0.16)], (0.03, 0.02, 0.02)))


ARTISTS: Mapping[str, Callable[[Sketch, Wish], None]] = {
    "butterfly": _butterfly,
    "moth": _butterfly,
    "bee": _bee,
    "wasp": _bee,
    "fly": _bee,
    "firefly": _firefly,
    "dragonfly": _dragonfly,
    "spider": _crawler,
    "ant": _crawler,
    "beetle": _crawler,
    "ladybug": _crawler,
    "ladybird": _crawler,
    "scarab": _crawler,
}
