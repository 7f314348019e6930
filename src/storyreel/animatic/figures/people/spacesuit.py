"""A space suit: the globe around the head, the pack on the back, the panel on the chest; its cloth is pale and thick."""

from storyreel.animatic.figures.curves import Point, ellipse, filleted, mirrored, move, smooth
from storyreel.animatic.figures.people import body
from storyreel.animatic.figures.people.build import Build
from storyreel.animatic.figures.people.front_hair import CUTS as FRONT_CUTS
from storyreel.animatic.figures.people.hair import CUTS
from storyreel.animatic.figures.people.head import Head
from storyreel.animatic.figures.people.skeleton import Arm, Skeleton
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import bar, ribbon
from storyreel.animatic.outline import Ring, Tone

EASE = 0.013
"""How far the suit's cloth stands off the body, in heights of the figure."""

# In head heights, like `head`.
GLOBE = ellipse(0.02, 0.48, 0.66, 0.66, points=40)
OPENING = smooth([(0.10, 0.98), (0.36, 0.96), (0.56, 0.78), (0.625, 0.50), (0.56, 0.22), (0.38, 0.04), (0.12, 0.02),
                  (0.04, 0.20), (0.02, 0.50), (0.04, 0.80)], 5)  # fmt: skip
FACE_GLOBE = ellipse(0.0, 0.47, 0.64, 0.64, points=40)
FACE_OPENING = smooth(mirrored([(0.0, 0.98), (0.28, 0.94), (0.46, 0.74), (0.49, 0.46), (0.40, 0.16), (0.0, 0.04)]), 5)
COLLAR = smooth([(-0.46, 0.0), (0.02, -0.09), (0.46, 0.0), (0.44, -0.16), (0.02, -0.25), (-0.44, -0.16)], 4)


def draw_body(sketch: Sketch, build: Build, bones: Skeleton, hips: Ring) -> None:
    """All of a suited body seen from its side but the head and the near arm; `hips` is the cloth around the hips."""
    draw_arm(sketch, build, bones.far_arm, Tone.BODY, gripping=False)
    for part, tone in ((bones.far_leg, Tone.BODY), (bones.near_leg, Tone.PALE)):
        sketch.fill(tone, *body.leg(build, part, EASE))
        sketch.fill(Tone.SHADE, body.foot(build, part))
        if part is bones.far_leg:
            _pack(sketch, build, bones)
    sketch.fill(Tone.PALE, hips, body.trunk(build, bones, EASE * 1.2))
    _panel(sketch, build, bones)


def draw_arm(sketch: Sketch, build: Build, part: Arm, tone: Tone, *, gripping: bool) -> None:
    """A thick sleeve with its glove."""
    sketch.fill(Tone.BODY, body.hand(build, part, (body.FIST if gripping else body.RELAXED) * 1.12))
    sleeve = body.arm(build, part, EASE)
    if tone is Tone.PALE:
        sketch.fill(Tone.SHADE, *(move(ring, -0.006, -0.003) for ring in sleeve))
    sketch.fill(tone, *sleeve)
    draw_cuff(sketch, build, (part.elbow, part.wrist))


def _pack(sketch: Sketch, build: Build, bones: Skeleton) -> None:
    """What the wearer breathes from, on the back."""
    c = build.chest
    corners = [(-c * 0.7, 1.08), (-c * 2.05, 1.04), (-c * 2.15, 0.30), (-c * 0.7, 0.24)]
    sketch.fill(Tone.BODY, filleted([bones.trunk(*one) for one in corners], 0.022))
    for along in (0.86, 0.52):
        ends = [bones.trunk(-c * 2.1, along), bones.trunk(-c * 0.8, along - 0.01)]
        sketch.fill(Tone.SHADE, bar(ends[0], ends[1], 0.006))


def _panel(sketch: Sketch, build: Build, bones: Skeleton) -> None:
    """The panel on the chest with its hose, seen from the side."""
    c = build.chest
    corners = [(c * 0.55, 0.80), (c * 1.34, 0.76), (c * 1.30, 0.54), (c * 0.55, 0.54)]
    hose = [bones.trunk(c * 0.75, 0.58), bones.trunk(c * 0.35, 0.36), bones.trunk(-c * 0.5, 0.34), bones.trunk(-c, 0.46)]
    sketch.fill(Tone.SHADE, ribbon(hose, (0.012, 0.012)))
    sketch.fill(Tone.BODY, filleted([bones.trunk(*one) for one in corners], 0.008))
    for across, tone in ((0.80, Tone.ACCENT), (1.06, Tone.GLOW)):
        sketch.disc(tone, *bones.trunk(c * across, 0.68), 0.008)


def draw_front_panel(sketch: Sketch, corners: tuple[Point, Point], *, away: bool) -> None:
    """The panel, or the pack of one who looks away, between two opposite corners."""
    (left, bottom), (right, top) = corners
    sketch.fill(Tone.BODY, filleted([(left, bottom), (left, top), (right, top), (right, bottom)], 0.012))
    high, wide = top - bottom, right - left
    if away:
        for share in (0.34, 0.72):
            y = bottom + high * share
            sketch.fill(Tone.SHADE, bar((left + 0.1 * wide, y), (right - 0.1 * wide, y), 0.006))
        return
    for share, tone in ((0.25, Tone.ACCENT), (0.5, Tone.GLOW), (0.75, Tone.PALE)):
        sketch.disc(tone, left + wide * share, bottom + high * 0.66, 0.007)
    sketch.fill(Tone.SHADE, bar((left + 0.16 * wide, bottom + 0.3 * high), (right - 0.16 * wide, bottom + 0.3 * high), 0.005))


def draw_cuff(sketch: Sketch, build: Build, joints: tuple[Point, Point]) -> None:
    """The ring that joins glove and sleeve; `joints` are elbow and wrist."""
    (ex, ey), (wx, wy) = joints
    length = max(((wx - ex) ** 2 + (wy - ey) ** 2) ** 0.5, 1e-9)
    nx, ny, r = -(wy - ey) / length, (wx - ex) / length, build.arm_radii[2] + EASE * 0.8
    sketch.fill(Tone.ACCENT, bar((wx - nx * r, wy - ny * r), (wx + nx * r, wy + ny * r), 0.014))


def draw_globe_behind(sketch: Sketch, head: Head) -> None:
    """The dark inside of the helmet, behind the face."""
    sketch.fill(Tone.SHADE, head.place(GLOBE * (0.94, 0.94)))


def draw_globe(sketch: Sketch, head: Head, *, front: bool = False, away: bool = False) -> None:
    """The helmet over a head that was drawn: its shell, its open visor and the light on the glass."""
    if away:
        sketch.fill(Tone.PALE, head.place(FACE_GLOBE))
        sketch.fill(Tone.BODY, head.place(COLLAR))
        return
    if front:
        sketch.fill(Tone.BODY, head.place(FRONT_CUTS["crop"]))
        sketch.cut(Tone.PALE, head.place(FACE_GLOBE), head.place(FACE_OPENING))
        light = [(-0.40, 0.42), (-0.37, 0.66), (-0.22, 0.86)]
    else:
        sketch.fill(Tone.BODY, head.place(CUTS["crop"]))
        sketch.cut(Tone.PALE, head.place(GLOBE), head.place(OPENING))
        light = [(0.30, 0.90), (0.47, 0.80), (0.56, 0.62)]
        sketch.fill(Tone.ACCENT, head.place(ellipse(-0.16, 0.48, 0.07)))
    sketch.fill(Tone.PALE, head.place(ribbon(light, (0.006, 0.034, 0.006), 5)))
    sketch.fill(Tone.BODY, head.place(COLLAR))
