"""A lighthouse: banded tower, gallery, lamp room with a turning beam."""

from dataclasses import replace
from functools import lru_cache
from math import sin

from storyreel.animatic.figures.curves import curve, ellipse, smooth
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing, Tone

FOOT, NECK = 0.118, 0.062
"""Half the tower's width at its foot and under its gallery, as a share of its height."""
SHAFT = (0.028, 0.752)


def draw_lighthouse(wish: Wish) -> Drawing:
    """A lighthouse whose beam starts in its lamp room."""
    built = _built(wish.height_m)
    lamp, beam = built.glows
    return replace(built, glows=(replace(lamp, strength=0.90 + 0.06 * sin(wish.phase_s * 2.3)), beam))


@lru_cache(maxsize=4)
def _built(height_m: float) -> Drawing:
    """All of it but the lamp's unrest."""
    sketch = Sketch()
    _tower(sketch)
    _door_and_windows(sketch)
    _gallery(sketch)
    _lantern(sketch)
    return sketch.fitted(height_m, of=1.0)


def _half(y: float) -> float:
    """Half the shaft's width at a height: a slight inward curve, as masons built them."""
    t = (y - SHAFT[0]) / (SHAFT[1] - SHAFT[0])
    return NECK + (FOOT - NECK) * (1 - t) ** 1.55


def _band(low: float, high: float) -> list[tuple[float, float]]:
    rows = [low + (high - low) * k / 8 for k in range(9)]
    return [(_half(y), y) for y in rows] + [(-_half(y), y) for y in reversed(rows)]


def _tower(sketch: Sketch) -> None:
    sketch.flat(Tone.SHADE, [(-0.155, 0), (0.155, 0), (0.145, 0.02), (0.132, 0.032), (-0.132, 0.032), (-0.145, 0.02)])
    sketch.flat(Tone.BODY, _band(*SHAFT))
    for low, high in ((0.19, 0.31), (0.43, 0.54), (0.645, 0.715)):
        sketch.flat(Tone.PALE, _band(low, high))
    rows = [SHAFT[0] + (SHAFT[1] - SHAFT[0]) * k / 10 for k in range(11)]
    dark = [(-_half(y), y) for y in rows] + [(-_half(y) * 0.62, y) for y in reversed(rows)]
    for low, high in ((0.028, 0.19), (0.31, 0.43), (0.54, 0.645), (0.715, 0.752)):
        part = [one for one in dark if low <= one[1] <= high]
        if len(part) > 3:
            sketch.flat(Tone.SHADE, part)


def _door_and_windows(sketch: Sketch) -> None:
    sketch.smooth(
        Tone.SHADE,
        [(-0.030, 0.030, 1), (-0.030, 0.088), (-0.02, 0.108), (0.0, 0.116), (0.02, 0.108), (0.030, 0.088), (0.030, 0.030, 1)],
    )
    sketch.box(Tone.WINDOW, -0.008, 0.075, 0.008, 0.092)
    for x, y in ((0.022, 0.36), (-0.014, 0.48), (0.012, 0.595)):
        sketch.smooth(
            Tone.WINDOW, [(x - 0.011, y, 1), (x - 0.011, y + 0.022), (x, y + 0.036), (x + 0.011, y + 0.022), (x + 0.011, y, 1)], 4
        )


def _gallery(sketch: Sketch) -> None:
    sketch.smooth(
        Tone.SHADE,
        [(-0.062, 0.735, 1), (-0.085, 0.758), (-0.112, 0.772, 1), (0.112, 0.772, 1), (0.085, 0.758), (0.062, 0.735, 1)],
    )
    sketch.box(Tone.BODY, -0.118, 0.770, 0.118, 0.784)
    for k in range(9):
        x = -0.112 + 0.028 * k
        sketch.box(Tone.BODY, x - 0.0022, 0.784, x + 0.0022, 0.822)
    sketch.box(Tone.BODY, -0.115, 0.820, 0.115, 0.826)
    sketch.box(Tone.BODY, -0.115, 0.802, 0.115, 0.805)


def _lantern(sketch: Sketch) -> None:
    sketch.box(Tone.BODY, -0.056, 0.784, 0.056, 0.812)
    sketch.box(Tone.GLOW, -0.050, 0.812, 0.050, 0.893)
    sketch.fill(Tone.PALE, ellipse(0.0, 0.852, 0.019, 0.030))
    for k in range(5):
        x = -0.050 + 0.025 * k
        sketch.box(Tone.BODY, x - 0.0026, 0.810, x + 0.0026, 0.895)
    sketch.box(Tone.BODY, -0.052, 0.850, 0.052, 0.854)
    roof = curve(
        [(-0.068, 0.892), (-0.048, 0.925), (-0.016, 0.952), (0.0, 0.966), (0.016, 0.952), (0.048, 0.925), (0.068, 0.892)]
    )
    sketch.fill(Tone.BODY, roof)
    sketch.box(Tone.SHADE, -0.072, 0.886, 0.072, 0.896)
    sketch.fill(Tone.BODY, ellipse(0.0, 0.970, 0.011, points=14), smooth([(-0.003, 0.97, 1), (0.0, 1.0, 1), (0.003, 0.97, 1)], 2))
    sketch.glow(0.0, 0.853, 0.30)
    sketch.glow(0.0, 0.853, 1.0, 1.0, beam=True)
