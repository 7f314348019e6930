"""Tools and weapons in outline: blades, poles, hammers, guns, shields."""

from math import cos, pi, sin

from storyreel.animatic.figures.curves import ellipse, filleted, mirrored
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import bar, limb, ribbon
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing, Tone


def draw_blade(wish: Wish) -> Drawing:
    """A sword, point up; a dagger by variant."""
    sketch = Sketch()
    short = wish.variant in {"dagger", "knife"}
    guard = 0.36 if short else 0.20
    if wish.variant in {"katana", "sabre"}:
        sketch.fill(Tone.PALE, ribbon([(0, 0.2), (0.03, 0.6), (0.12, 1.0)], (0.045, 0.045, 0.012)))
    else:
        sketch.flat(Tone.PALE, [(-0.032, guard), (-0.026, 0.92), (0, 1.0), (0.026, 0.92), (0.032, guard)])
        sketch.fill(Tone.SHADE, bar((0, guard), (0, 0.90), 0.012))
    sketch.fill(
        Tone.GLOW,
        filleted([(-0.12, guard - 0.02), (-0.12, guard + 0.015), (0.12, guard + 0.015), (0.12, guard - 0.02)], 0.015),
        ellipse(0, 0.02, 0.03),
    )
    sketch.fill(Tone.SHADE, bar((0, 0.03), (0, guard), 0.036))
    return sketch.fitted(wish.height_m)


def draw_staff(wish: Wish) -> Drawing:
    """A staff; a spear, a trident, a broom, a shovel, a pitchfork, a rod, an oar, a scythe or a wand by variant."""
    sketch = Sketch()
    kind = wish.variant
    fine = kind in {"wand", "fishing_rod", "rod", "paintbrush", "pen"}
    pole = min(0.016, 0.011 / wish.height_m) if fine else min(0.028, 0.02 / wish.height_m)
    sketch.fill(Tone.BODY, *limb(((0, 0), (0.004, 0.5), (0, 0.98)), (pole, pole * 0.95, pole * 0.8)))
    if kind in {"spear", "arrow"}:
        sketch.smooth(Tone.PALE, mirrored([(0, 1.0, 1), (0.032, 0.90), (0, 0.84)]), 4)
    elif kind in {"trident", "pitchfork"}:
        sketch.fill(
            Tone.PALE,
            ribbon([(-0.08, 1.0), (-0.075, 0.86), (0, 0.82), (0.075, 0.86), (0.08, 1.0)], (0.010, 0.022, 0.010)),
            bar((0, 0.8), (0, 1.0), 0.02, 0.01),
        )
    elif kind == "broom":
        sketch.flat(Tone.PALE, [(-0.03, 0.26), (0.03, 0.26), (0.11, 0.0), (-0.11, 0.0)])
        sketch.box(Tone.ACCENT, -0.04, 0.22, 0.04, 0.25)
    elif kind in {"shovel", "oar", "paddle"}:
        sketch.smooth(Tone.PALE, mirrored([(0, 0.26, 1), (0.07, 0.25), (0.075, 0.10), (0, 0.0, 1)]), 4)
    elif kind in {"fishing_rod", "rod"}:
        sketch.fill(
            Tone.SHADE,
            ribbon([(0, 0.6), (0.05, 0.86), (0.20, 1.0)], (0.018, 0.008)),
            ribbon([(0.20, 1.0), (0.22, 0.6), (0.21, 0.22)], (0.004, 0.004)),
        )
        sketch.disc(Tone.SHADE, 0.03, 0.18, 0.03)
    elif kind == "scythe":
        sketch.smooth(Tone.PALE, [(0, 0.97, 1), (0.22, 0.98), (0.42, 0.80, 1), (0.22, 0.90), (0, 0.91, 1)], 5)
    elif kind == "wand":
        sketch.disc(Tone.GLOW, 0, 0.99, 0.03)
        sketch.glow(0, 0.99, 0.35, 0.7 + 0.3 * sin(wish.phase_s * 5))
    elif kind == "paintbrush":
        sketch.smooth(Tone.ACCENT, mirrored([(0, 1.0, 1), (0.035, 0.86), (0.02, 0.80, 1), (0, 0.80)]), 4)
    elif kind in {"crook", "staff"}:
        sketch.fill(Tone.BODY, ribbon([(0, 0.84), (0.0, 0.96), (0.06, 1.0), (0.10, 0.94), (0.08, 0.88)], (0.045, 0.04, 0.03)))
    elif kind == "bow":
        sketch = Sketch()
        sketch.fill(
            Tone.BODY, ribbon([(0, 0), (0.16, 0.25), (0.12, 0.5), (0.16, 0.75), (0, 1.0)], (0.015, 0.04, 0.05, 0.04, 0.015))
        )
        sketch.fill(Tone.PALE, bar((0, 0), (0, 1.0), 0.008))
    return sketch.fitted(wish.height_m, of=1.0)


def draw_tool(wish: Wish) -> Drawing:
    """A hammer; an axe, a pickaxe, a wrench or a saw by variant. The head is up."""
    sketch = Sketch()
    kind = wish.variant
    sketch.fill(Tone.BODY, *limb(((0, 0), (0.0, 0.9)), (0.030, 0.024)))
    if kind == "axe":
        sketch.smooth(
            Tone.PALE,
            [(-0.04, 0.95, 1), (-0.04, 0.74, 1), (0.10, 0.74), (0.27, 0.60, 1), (0.33, 0.84), (0.27, 1.04, 1), (0.10, 0.93)],
            4,
        )
    elif kind == "pickaxe":
        sketch.smooth(
            Tone.PALE,
            [(-0.42, 0.80, 1), (-0.2, 0.94), (0, 0.97), (0.2, 0.94), (0.42, 0.80, 1), (0.2, 0.86), (0, 0.88), (-0.2, 0.86)],
            4,
        )
    elif kind in {"wrench", "spanner"}:
        sketch.cut(Tone.PALE, ellipse(0, 0.92, 0.12), filleted([(-0.05, 0.92), (-0.05, 1.06), (0.05, 1.06), (0.05, 0.92)], 0.02))
    elif kind == "saw":
        sketch.flat(Tone.PALE, [(-0.04, 0.2), (-0.02, 1.0), (0.05, 1.0), (0.16, 0.2)])
    else:
        sketch.fill(Tone.SHADE, filleted([(-0.20, 0.82), (-0.20, 0.98), (0.14, 0.98), (0.24, 0.90), (0.14, 0.82)], 0.03))
    return sketch.fitted(wish.height_m)


def draw_gun(wish: Wish) -> Drawing:
    """A long gun in outline; a short one where the variant is `pistol`; an old cannon by `cannon`."""
    sketch = Sketch()
    if wish.variant == "cannon":
        sketch.smooth(Tone.BODY, [(-0.7, 0.42), (-0.8, 0.62), (-0.5, 0.72), (0.9, 0.86, 1), (0.94, 0.64, 1), (-0.3, 0.36)], 4)
        sketch.smooth(Tone.SHADE, [(-1.2, 0.0, 1), (-0.4, 0.5), (0.2, 0.5), (0.1, 0.3), (-0.9, 0.0, 1)], 4)
        sketch.cut(Tone.SHADE, ellipse(0, 0.3, 0.3), ellipse(0, 0.3, 0.23))
        for k in range(8):
            sketch.fill(Tone.SHADE, bar((0, 0.3), (0.28 * cos(k * pi / 4), 0.3 + 0.28 * sin(k * pi / 4)), 0.04))
        return sketch.fitted(wish.height_m)
    if wish.variant == "pistol":
        sketch.smooth(
            Tone.SHADE,
            [(-0.4, 0.9, 1), (0.6, 0.9, 1), (0.6, 0.66, 1), (-0.05, 0.62), (-0.16, 0.0, 1), (-0.44, 0.04, 1), (-0.34, 0.56)],
            4,
        )
        return sketch.fitted(wish.height_m)
    sketch.smooth(
        Tone.BODY,
        [(-0.05, 0.0, 1), (-0.13, 0.02), (-0.05, 0.34), (-0.02, 0.62, 1), (0.03, 0.62, 1), (0.04, 0.36), (0.03, 0.04, 1)],
        4,
    )
    sketch.fill(Tone.SHADE, bar((0.02, 0.34), (0.02, 1.0), 0.03))
    return sketch.fitted(wish.height_m)


def draw_shield(wish: Wish) -> Drawing:
    """A shield."""
    sketch = Sketch()
    half = [(0, 1.0), (0.42, 0.94, 1), (0.42, 0.5), (0.26, 0.18), (0, 0.0, 1)]
    sketch.smooth(Tone.SHADE, mirrored(half), 5)
    sketch.smooth(Tone.ACCENT, mirrored([(one[0] * 0.86, 0.07 + one[1] * 0.86) for one in half]), 5)
    sketch.fill(Tone.PALE, bar((0, 0.12), (0, 0.92), 0.09), bar((-0.34, 0.62), (0.34, 0.62), 0.09))
    return sketch.fitted(wish.height_m)
