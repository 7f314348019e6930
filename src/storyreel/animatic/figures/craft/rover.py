"""A rover: a car without a driver for the ground of the Moon or Mars."""

from math import sin

from storyreel.animatic.figures.craft.wheels import wheel
from storyreel.animatic.figures.curves import filleted
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import bar, limb
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing, Tone


def draw_rover(wish: Wish) -> Drawing:
    """A rover on six wheels with its panel, its dish and a camera on a mast that looks about."""
    sketch = Sketch()
    for hip, foot in (((-0.2, 0.78), (-1.15, 0.34)), ((-0.2, 0.78), (0.05, 0.34)), ((0.5, 0.74), (1.2, 0.34))):
        sketch.fill(Tone.SHADE, *limb((hip, foot), (0.06, 0.05)))
    for x in (-1.15, 0.05, 1.2):
        wheel(sketch, x, 0.33, wish, rim=0.70)
    sketch.fill(Tone.SHADE, bar((0.72, 1.0), (0.72, 1.86), 0.07), bar((-0.85, 1.0), (-1.05, 1.45), 0.05))
    sketch.fill(Tone.BODY, filleted([(-1.0, 0.74), (-1.08, 1.06), (0.98, 1.06), (1.06, 0.74)], 0.06))
    sketch.flat(Tone.PALE, [(-1.35, 1.10), (-1.25, 1.18), (0.50, 1.18), (0.58, 1.10)])
    for k in range(5):
        sketch.fill(Tone.SHADE, bar((-1.0 + 0.33 * k, 1.10), (-0.94 + 0.33 * k, 1.18), 0.018))
    sketch.smooth(Tone.PALE, [(-1.36, 1.36, 1), (-1.10, 1.44), (-0.88, 1.64, 1), (-1.24, 1.60)], 5)
    glance = 0.03 * sin(wish.phase_s * 0.9)
    sketch.fill(Tone.BODY, filleted([(0.52, 1.84), (0.52, 2.08), (0.98, 2.08), (0.98, 1.84)], 0.05))
    sketch.disc(Tone.SHADE, 0.90 + glance, 1.96, 0.085)
    sketch.disc(Tone.GLOW, 0.92 + glance, 1.97, 0.035)
    sketch.fill(Tone.ACCENT, bar((-0.9, 0.88), (0.95, 0.88), 0.05))
    sketch.fill(Tone.SHADE, *limb(((0.98, 0.92), (1.38, 1.10), (1.58, 0.78)), (0.045, 0.04, 0.035)))
    return sketch.fitted(wish.height_m, of=2.08)
