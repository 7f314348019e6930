"""What stands in rooms and yards: seats, tables, beds, doors, windows, chests, clocks, mirrors."""

from math import cos, pi, radians, sin

from storyreel.animatic.figures.curves import arc, ellipse, filleted, mirrored, smooth
from storyreel.animatic.figures.places.masonry import arched
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import bar, ribbon
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing, Tone


def draw_bench(wish: Wish) -> Drawing:
    """A park bench."""
    sketch = Sketch()
    for x in (-0.72, 0.72):
        sketch.fill(
            Tone.SHADE,
            ribbon([(x - 0.10, 0.0), (x - 0.04, 0.42), (x - 0.10, 0.88)], (0.05, 0.045)),
            bar((x + 0.12, 0), (x + 0.06, 0.42), 0.05),
        )
        sketch.fill(Tone.SHADE, ribbon([(x - 0.07, 0.62), (x + 0.10, 0.64), (x + 0.14, 0.56)], (0.04, 0.05)))
    for y in (0.56, 0.68, 0.80):
        sketch.fill(Tone.BODY, filleted([(-0.92, y), (-0.92, y + 0.09), (0.92, y + 0.09), (0.92, y)], 0.02))
    sketch.fill(Tone.BODY, filleted([(-0.94, 0.40), (-0.94, 0.47), (0.94, 0.47), (0.94, 0.40)], 0.02))
    return sketch.fitted(wish.height_m)


def draw_table(wish: Wish) -> Drawing:
    """A table; a round one with a cloth by variant `round`; a desk with drawers by `desk`."""
    sketch = Sketch()
    if wish.variant == "round":
        sketch.smooth(
            Tone.PALE,
            mirrored([(0, 0.76, 1), (0.62, 0.76, 1), (0.66, 0.46), (0.70, 0.30, 1), (0.46, 0.36), (0.22, 0.28), (0, 0.35)]),
            5,
        )
        sketch.fill(
            Tone.SHADE, bar((0, 0.35), (0, 0.04), 0.09), filleted([(-0.26, 0), (-0.2, 0.06), (0.2, 0.06), (0.26, 0)], 0.02)
        )
        return sketch.fitted(wish.height_m)
    sketch.box(Tone.BODY, -0.90, 0.70, 0.90, 0.76)
    sketch.box(Tone.SHADE, -0.82, 0.62, 0.82, 0.70)
    for x in (-0.78, 0.78):
        sketch.flat(Tone.BODY, [(x - 0.04, 0.66), (x + 0.04, 0.66), (x + 0.03, 0), (x - 0.03, 0)])
    if wish.variant == "desk":
        for y in (0.10, 0.30, 0.50):
            sketch.box(Tone.BODY, 0.26, y - 0.06, 0.80, y + 0.12)
            sketch.disc(Tone.PALE, 0.53, y + 0.03, 0.025)
    return sketch.fitted(wish.height_m)


def draw_chair(wish: Wish) -> Drawing:
    """A chair from its side; an armchair, a throne or a rocking chair by variant."""
    sketch = Sketch()
    if wish.variant in {"armchair", "sofa"}:
        wide = 0.95 if wish.variant == "sofa" else 0.46
        for x in (-wide, wide):
            sketch.box(Tone.SHADE, x - 0.04, 0, x + 0.04, 0.12)
        sketch.fill(Tone.ACCENT, filleted([(-wide, 0.36), (-wide, 0.95), (wide, 0.95), (wide, 0.36)], 0.12))
        sketch.fill(Tone.ACCENT, filleted([(-wide, 0.10), (-wide, 0.40), (wide, 0.40), (wide, 0.10)], 0.05))
        sketch.fill(Tone.PALE, filleted([(-wide + 0.1, 0.38), (-wide + 0.1, 0.52), (wide - 0.1, 0.52), (wide - 0.1, 0.38)], 0.05))
        for x in (-wide, wide):
            sketch.fill(Tone.SHADE, filleted([(x - 0.12, 0.10), (x - 0.12, 0.64), (x + 0.12, 0.64), (x + 0.12, 0.10)], 0.10))
        return sketch.fitted(wish.height_m)
    if wish.variant == "throne":
        sketch.smooth(Tone.BODY, mirrored([(0, 1.95, 1), (0.18, 1.75), (0.38, 1.70, 1), (0.42, 0.4), (0.44, 0, 1), (0, 0)]), 4)
        sketch.smooth(Tone.ACCENT, mirrored([(0, 1.62), (0.22, 1.52), (0.26, 0.62, 1), (0, 0.62)]), 4)
        sketch.box(Tone.SHADE, -0.50, 0.46, 0.50, 0.60)
        for x in (-0.46, 0.46):
            sketch.box(Tone.SHADE, x - 0.06, 0, x + 0.06, 0.86)
            sketch.disc(Tone.GLOW, x, 0.90, 0.07)
        sketch.disc(Tone.GLOW, 0, 1.80, 0.06)
        return sketch.fitted(wish.height_m)
    tilt = 3 * sin(wish.phase_s * 2.2) if wish.variant == "rocking" else 0.0
    seat = Sketch()
    seat.fill(
        Tone.BODY,
        bar((-0.20, 0.0), (-0.19, 0.46), 0.045),
        bar((0.20, 0.0), (0.19, 0.46), 0.045),
        bar((-0.19, 0.44), (-0.27, 0.95), 0.045),
    )
    seat.fill(Tone.BODY, filleted([(-0.23, 0.43), (-0.23, 0.48), (0.24, 0.48), (0.24, 0.43)], 0.015))
    for t in (0.35, 0.6, 0.92):
        x, y = -0.19 - 0.08 * t, 0.46 + 0.49 * t
        seat.fill(Tone.SHADE, ellipse(x, y, 0.035, 0.05, turn_deg=8))
    seat.fill(Tone.SHADE, bar((-0.2, 0.18), (0.2, 0.18), 0.025))
    if wish.variant == "rocking":
        seat.fill(Tone.BODY, ribbon([(-0.42, 0.10), (0, -0.02), (0.40, 0.10)], (0.03, 0.045, 0.03)))
    sketch.add(seat.drawing(), 0.0, 0.02 if wish.variant == "rocking" else 0.0, turn_deg=tilt)
    return sketch.fitted(wish.height_m, of=0.96)


def draw_bed(wish: Wish) -> Drawing:
    """A bed from its side; a cradle where the variant is `cradle`."""
    sketch = Sketch()
    if wish.variant == "cradle":
        rock = Sketch()
        rock.smooth(Tone.BODY, [(-0.5, 0.62, 1), (-0.40, 0.16), (0.40, 0.16), (0.5, 0.62, 1), (0.0, 0.52)], 5)
        rock.fill(Tone.SHADE, ribbon([(-0.5, 0.16), (0, 0.0), (0.5, 0.16)], (0.03, 0.06, 0.03)))
        rock.smooth(Tone.PALE, [(-0.42, 0.58), (0, 0.66), (0.42, 0.58), (0, 0.50)], 5)
        sketch.add(rock.drawing(), turn_deg=5 * sin(wish.phase_s * 2))
        return sketch.fitted(wish.height_m, of=0.7)
    sketch.fill(
        Tone.BODY,
        filleted([(-1.08, 0), (-1.08, 1.0), (-0.98, 1.0), (-0.98, 0)], 0.03),
        filleted([(1.0, 0), (1.0, 0.66), (1.10, 0.66), (1.10, 0)], 0.03),
    )
    sketch.box(Tone.BODY, -1.0, 0.18, 1.02, 0.34)
    sketch.fill(Tone.PALE, filleted([(-0.98, 0.32), (-0.98, 0.50), (1.0, 0.50), (1.0, 0.32)], 0.06))
    sketch.smooth(Tone.PALE, [(-0.95, 0.50), (-0.92, 0.66), (-0.62, 0.68), (-0.50, 0.54), (-0.55, 0.48)], 5)
    sketch.smooth(
        Tone.ACCENT,
        [(-0.48, 0.58), (0.1, 0.62), (1.02, 0.56, 1), (1.03, 0.22), (0.6, 0.26), (0.2, 0.20), (-0.2, 0.27), (-0.50, 0.24, 1)],
        5,
    )
    return sketch.fitted(wish.height_m)


def draw_door(wish: Wish) -> Drawing:
    """A door in its frame; it stands open, light behind it, where the variant is `open`."""
    sketch = Sketch()
    sketch.box(Tone.SHADE, -0.56, 0, 0.56, 2.16)
    if wish.variant == "open":
        sketch.box(Tone.GLOW, -0.46, 0, 0.46, 2.06)
        sketch.flat(Tone.BODY, [(-0.46, 0), (-0.46, 2.06), (-0.10, 1.92), (-0.10, -0.06)])
        sketch.glow(0.15, 1.0, 2.4, 0.8)
    else:
        sketch.box(Tone.BODY, -0.46, 0, 0.46, 2.06)
        for y0, y1 in ((0.18, 0.86), (1.06, 1.88)):
            for x in (-0.21, 0.21):
                sketch.fill(Tone.SHADE, filleted([(x - 0.15, y0), (x - 0.15, y1), (x + 0.15, y1), (x + 0.15, y0)], 0.02))
                sketch.fill(
                    Tone.BODY,
                    filleted([(x - 0.12, y0 + 0.03), (x - 0.12, y1 - 0.03), (x + 0.12, y1 - 0.03), (x + 0.12, y0 + 0.03)], 0.02),
                )
        sketch.disc(Tone.GLOW, 0.38, 0.98, 0.035)
    return sketch.fitted(wish.height_m)


def draw_window(wish: Wish) -> Drawing:
    """A window with curtains and a sill."""
    sketch = Sketch()
    sketch.box(Tone.SHADE, -0.62, 0.06, 0.62, 1.62)
    sketch.box(Tone.WINDOW, -0.54, 0.14, 0.54, 1.54)
    sketch.box(Tone.SHADE, -0.03, 0.14, 0.03, 1.54)
    sketch.box(Tone.SHADE, -0.54, 0.98, 0.54, 1.04)
    for side in (-1, 1):
        sketch.smooth(
            Tone.PALE,
            [
                (0.54 * side, 1.56, 1),
                (0.10 * side, 1.56, 1),
                (0.22 * side, 1.16),
                (0.44 * side, 0.82, 1),
                (0.38 * side, 0.5),
                (0.40 * side, 0.12, 1),
                (0.56 * side, 0.12, 1),
            ],
            5,
        )
        sketch.box(Tone.ACCENT, min(0.40 * side, 0.58 * side), 0.78, max(0.40 * side, 0.58 * side), 0.86)
    sketch.box(Tone.BODY, -0.76, 0, 0.76, 0.09)
    sketch.glow(0, 0.85, 1.6, 0.5)
    return sketch.fitted(wish.height_m)


def draw_chest(wish: Wish) -> Drawing:
    """A chest, shut; open on its treasure where the variant is `open`."""
    sketch = Sketch()
    opened = wish.variant in {"open", "treasure"}
    if opened:
        sketch.smooth(
            Tone.SHADE, [(-0.62, 0.46, 1), (-0.70, 0.72), (-0.55, 0.98), (0.55, 0.98), (0.70, 0.72), (0.62, 0.46, 1)], 5
        )
        for k in range(9):
            sketch.disc(Tone.GLOW, -0.48 + 0.12 * k, 0.52 + 0.07 * sin(k * 1.9), 0.09)
        sketch.glow(0, 0.6, 1.2, 0.7)
    else:
        sketch.smooth(Tone.BODY, [(-0.62, 0.44, 1), (-0.60, 0.66), (-0.40, 0.80), (0.40, 0.80), (0.60, 0.66), (0.62, 0.44, 1)], 5)
    sketch.box(Tone.BODY, -0.62, 0, 0.62, 0.46)
    for x in (-0.44, 0.44):
        sketch.box(Tone.PALE, x - 0.05, 0, x + 0.05, 0.46 if opened else 0.78)
    sketch.box(Tone.SHADE, -0.64, 0.42, 0.64, 0.48)
    sketch.fill(Tone.GLOW, filleted([(-0.08, 0.32), (-0.08, 0.52), (0.08, 0.52), (0.08, 0.32)], 0.03))
    return sketch.fitted(wish.height_m)


def draw_box(wish: Wish) -> Drawing:
    """A box with flaps; a crate, a gift or a barrel by variant."""
    sketch = Sketch()
    if wish.variant == "barrel":
        sketch.smooth(Tone.BODY, [(-0.30, 0, 1), (-0.40, 0.45), (-0.30, 0.9, 1), (0.30, 0.9, 1), (0.40, 0.45), (0.30, 0, 1)], 6)
        for y, half in ((0.14, 0.345), (0.34, 0.39), (0.56, 0.39), (0.76, 0.345)):
            sketch.box(Tone.SHADE, -half, y - 0.03, half, y + 0.03)
        return sketch.fitted(wish.height_m)
    sketch.box(Tone.BODY if wish.variant != "gift" else Tone.PALE, -0.5, 0, 0.5, 0.72)
    if wish.variant == "gift":
        sketch.box(Tone.PALE, -0.55, 0.60, 0.55, 0.76)
        sketch.box(Tone.ACCENT, -0.08, 0, 0.08, 0.76)
        for side in (-1, 1):
            sketch.smooth(Tone.ACCENT, [(0, 0.76), (0.12 * side, 0.94), (0.32 * side, 0.96), (0.24 * side, 0.80)], 5)
    elif wish.variant == "crate":
        for y in (0.02, 0.26, 0.50):
            sketch.box(Tone.PALE, -0.48, y, 0.48, y + 0.19)
        for x in (-0.46, 0.46):
            sketch.box(Tone.SHADE, x - 0.05, 0, x + 0.05, 0.72)
    else:
        sketch.box(Tone.PALE, -0.07, 0.44, 0.07, 0.72)
        sketch.flat(Tone.SHADE, [(-0.5, 0.72), (-0.68, 0.86), (-0.16, 0.86), (0, 0.72)])
        sketch.flat(Tone.SHADE, [(0.5, 0.72), (0.68, 0.86), (0.16, 0.86), (0, 0.72)])
    return sketch.fitted(wish.height_m)


def draw_clock(wish: Wish) -> Drawing:
    """A tall clock whose pendulum swings; a round face alone where the variant is `wall` or `watch`."""
    sketch = Sketch()
    face = (0.0, 1.62, 0.22)
    if wish.variant in {"wall", "watch", "alarm"}:
        face = (0.0, 0.5, 0.42)
        sketch.disc(Tone.SHADE, 0.0, 0.5, 0.5)
        if wish.variant == "watch":
            sketch.cut(Tone.SHADE, ellipse(0, 1.06, 0.09), ellipse(0, 1.06, 0.06))
    else:
        sketch.box(Tone.BODY, -0.34, 0, 0.34, 0.30)
        sketch.box(Tone.BODY, -0.24, 0.30, 0.24, 1.30)
        sketch.box(Tone.SHADE, -0.16, 0.38, 0.16, 1.24)
        a = radians(11) * sin(wish.phase_s * pi)
        sketch.fill(
            Tone.GLOW,
            bar((0, 1.2), (0.62 * sin(a), 1.2 - 0.62 * cos(a)), 0.02),
            ellipse(0.66 * sin(a), 1.2 - 0.66 * cos(a), 0.08),
        )
        sketch.smooth(Tone.BODY, mirrored([(0, 2.08, 1), (0.14, 1.98), (0.34, 1.94, 1), (0.34, 1.28, 1), (0, 1.28)]), 4)
    x, y, r = face
    sketch.disc(Tone.PALE, x, y, r)
    for k in range(12):
        a = pi * k / 6
        sketch.fill(
            Tone.SHADE,
            bar((x + 0.82 * r * sin(a), y + 0.82 * r * cos(a)), (x + 0.93 * r * sin(a), y + 0.93 * r * cos(a)), r * 0.05),
        )
    for long, wide, turn in ((0.52, 0.09, 5.2 + wish.phase_s / 720), (0.78, 0.06, 1.0 + wish.phase_s / 60)):
        sketch.fill(Tone.SHADE, bar((x, y), (x + long * r * sin(turn), y + long * r * cos(turn)), r * wide, r * wide * 0.5))
    sketch.disc(Tone.SHADE, x, y, r * 0.07)
    return sketch.fitted(wish.height_m)


def draw_mirror(wish: Wish) -> Drawing:
    """A standing mirror; a picture in its frame where the variant is `painting` or `photo`."""
    sketch = Sketch()
    if wish.variant in {"painting", "photo", "picture"}:
        sketch.box(Tone.SHADE, -0.62, 0, 0.62, 0.92)
        sketch.box(Tone.GLOW, -0.56, 0.06, 0.56, 0.86)
        sketch.box(Tone.PALE, -0.50, 0.12, 0.50, 0.80)
        sketch.smooth(
            Tone.BODY,
            [(-0.50, 0.12, 1), (-0.50, 0.34), (-0.22, 0.52), (0.04, 0.32), (0.26, 0.44), (0.50, 0.30), (0.50, 0.12, 1)],
            5,
        )
        sketch.disc(Tone.ACCENT, 0.24, 0.62, 0.08)
        return sketch.fitted(wish.height_m)
    sketch.fill(Tone.SHADE, bar((-0.30, 0.5), (-0.42, 0), 0.05), bar((0.30, 0.5), (0.42, 0), 0.05))
    sketch.disc(Tone.SHADE, 0, 1.0, 0.40, 0.72)
    sketch.disc(Tone.PALE, 0, 1.0, 0.34, 0.66)
    sketch.fill(Tone.WINDOW, bar((-0.16, 0.76), (0.12, 1.34), 0.05), bar((-0.02, 0.70), (0.20, 1.16), 0.03))
    return sketch.fitted(wish.height_m)


def draw_ladder(wish: Wish) -> Drawing:
    """A ladder; a flight of stairs where the variant is `stairs`."""
    sketch = Sketch()
    if wish.variant == "stairs":
        path = [(-1.2, 0.0)]
        for k in range(8):
            path += [(-1.2 + 0.3 * k, 0.25 * (k + 1)), (-0.9 + 0.3 * k, 0.25 * (k + 1))]
        sketch.flat(Tone.BODY, [*path, (1.2, 0)])
        for k in range(8):
            sketch.box(Tone.SHADE, -1.2 + 0.3 * k, 0.25 * (k + 1) - 0.05, -0.88 + 0.3 * k, 0.25 * (k + 1))
        return sketch.fitted(wish.height_m)
    for x in (-0.24, 0.24):
        sketch.fill(Tone.BODY, bar((x * 1.1, 0), (x, 3.0), 0.06))
    for k in range(9):
        sketch.box(Tone.SHADE, -0.24, 0.28 + 0.31 * k, 0.24, 0.33 + 0.31 * k)
    return sketch.fitted(wish.height_m)


def draw_swing(wish: Wish) -> Drawing:
    """A swing in its frame, swinging; `holds` sits on it."""
    sketch = Sketch()
    for x in (-1.2, 1.2):
        sketch.fill(Tone.BODY, bar((x, 2.4), (x - 0.35, 0), 0.09), bar((x, 2.4), (x + 0.35, 0), 0.09))
    sketch.box(Tone.BODY, -1.3, 2.34, 1.3, 2.46)
    a = radians(24) * sin(wish.phase_s * 2.0)
    seat = (1.85 * sin(a), 2.36 - 1.85 * cos(a))
    for dx in (-0.2, 0.2):
        sketch.fill(Tone.SHADE, bar((dx, 2.36), (seat[0] + dx, seat[1]), 0.025))
    if wish.holds is not None:
        sketch.add(wish.holds, seat[0], seat[1] - 0.21 * wish.holds.height_m * 2.46 / wish.height_m, scale=2.46 / wish.height_m)
    sketch.fill(Tone.ACCENT, bar((seat[0] - 0.26, seat[1]), (seat[0] + 0.26, seat[1]), 0.06))
    return sketch.drawing(wish.height_m / 2.46)


def draw_bookshelf(wish: Wish) -> Drawing:
    """Shelves of books."""
    sketch = Sketch()
    sketch.box(Tone.BODY, -0.7, 0, 0.7, 2.1)
    for row in range(5):
        y = 0.10 + 0.40 * row
        sketch.box(Tone.SHADE, -0.62, y, 0.62, y + 0.36)
        x, k = -0.60, row * 3 + wish.seed
        while x < 0.5:
            wide, high = 0.05 + 0.02 * ((k * 7) % 4), 0.22 + 0.03 * ((k * 5) % 4)
            sketch.box((Tone.ACCENT, Tone.PALE, Tone.BODY, Tone.SKIN)[(k * 11) % 4], x, y, x + wide, y + high)
            x, k = x + wide + 0.012, k + 1
    return sketch.fitted(wish.height_m)


def draw_arch(wish: Wish) -> Drawing:
    """A pillar, whole or broken; an arch where the variant is `arch`."""
    sketch = Sketch()
    if wish.variant == "arch":
        outer = arc(0, 2.0, 1.5, 0, 180, 24).tolist()
        inner = arc(0, 2.0, 1.0, 180, 0, 20).tolist()
        sketch.flat(Tone.BODY, [(1.5, 0), *outer, (-1.5, 0), (-1.0, 0), *inner, (1.0, 0)])
        return sketch.fitted(wish.height_m)
    sketch.box(Tone.SHADE, -0.5, 0, 0.5, 0.18)
    sketch.box(Tone.PALE, -0.42, 0.18, 0.42, 0.34)
    sketch.flat(Tone.PALE, [(-0.32, 0.34), (-0.27, 3.0), (0.27, 3.0), (0.32, 0.34)])
    for x in (-0.18, 0.0, 0.18):
        sketch.fill(Tone.BODY, bar((x, 0.36), (x * 0.85, 2.98), 0.03))
    sketch.smooth(
        Tone.PALE, [(-0.28, 2.95, 1), (-0.46, 3.18), (-0.46, 3.26, 1), (0.46, 3.26, 1), (0.46, 3.18), (0.28, 2.95, 1)], 4
    )
    arched(sketch, Tone.SHADE, 0, 0.02, 0.2, 0.12)
    return sketch.fitted(wish.height_m)


def draw_cage(wish: Wish) -> Drawing:
    """A bird cage."""
    sketch = Sketch()
    dome = smooth(mirrored([(0, 1.0), (0.28, 0.86), (0.34, 0.6), (0.34, 0.12, 1), (0, 0.12)]), 5)
    inner = smooth(mirrored([(0, 0.96), (0.25, 0.83), (0.31, 0.6), (0.31, 0.15, 1), (0, 0.15)]), 5)
    sketch.cut(Tone.SHADE, dome, inner)
    for x in (-0.2, -0.1, 0.0, 0.1, 0.2):
        sketch.fill(Tone.SHADE, ribbon([(x, 0.14), (x, 0.7), (x * 0.4, 0.97)], (0.016, 0.016, 0.012)))
    sketch.box(Tone.BODY, -0.38, 0.0, 0.38, 0.14)
    sketch.cut(Tone.SHADE, ellipse(0, 1.06, 0.07), ellipse(0, 1.06, 0.045))
    return sketch.fitted(wish.height_m)
