"""What people wear on their heads, in head heights like `head`."""

from storyreel.animatic.figures.curves import ellipse, smooth
from storyreel.animatic.figures.people.head import Head
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.outline import Tone
from storyreel.domain.storyboard import Garment

BRIM = smooth([(-0.72, 0.735), (-0.45, 0.80), (0.0, 0.815), (0.42, 0.79), (0.74, 0.70), (0.70, 0.655), (0.42, 0.725),
    (0.0, 0.735),
               (-0.45, 0.715), (-0.68, 0.68)], 4)  # fmt: skip
CROWN = smooth([(-0.445, 0.74, 1), (-0.42, 1.0), (-0.36, 1.165), (-0.20, 1.20), (0.02, 1.145), (0.20, 1.185), (0.34, 1.10),
                (0.40, 0.93), (0.425, 0.74, 1)], 4)  # fmt: skip
BAND = smooth([(-0.445, 0.735, 1), (-0.435, 0.86, 1), (0.0, 0.885), (0.415, 0.86, 1), (0.425, 0.735, 1), (0.0, 0.76)], 4)
CAP = smooth([(-0.47, 0.66, 1), (-0.475, 0.86), (-0.33, 1.05), (0.0, 1.115), (0.30, 1.02), (0.425, 0.83), (0.43, 0.745, 1),
              (0.0, 0.73)], 4)  # fmt: skip
PEAK = smooth([(0.28, 0.775), (0.44, 0.79), (0.64, 0.705), (0.70, 0.635), (0.52, 0.665), (0.30, 0.70)], 4)
HELMET = smooth([(-0.50, 0.36, 1), (-0.545, 0.62), (-0.47, 0.92), (-0.24, 1.11), (0.05, 1.14), (0.31, 1.03), (0.455, 0.80),
                 (0.47, 0.665, 1), (0.14, 0.655), (0.08, 0.40, 1), (-0.15, 0.30)], 4)  # fmt: skip
HOOD = smooth([(0.30, 0.94), (0.40, 0.80), (0.30, 0.74), (0.20, 0.58), (0.15, 0.34), (0.18, 0.12), (0.22, -0.10), (0.05, -0.28),
               (-0.34, -0.26), (-0.52, -0.05), (-0.57, 0.34), (-0.62, 0.66), (-0.58, 0.92), (-0.40, 1.06), (-0.12, 1.13),
               (0.14, 1.08)], 4)  # fmt: skip
HOOD_INSIDE = smooth([(0.34, 0.90), (0.385, 0.79), (0.26, 0.64), (0.21, 0.40), (0.23, 0.14), (0.24, -0.04), (0.10, 0.02),
    (0.06, 0.36),
                      (0.10, 0.70), (0.20, 0.86)], 4)  # fmt: skip

DIADEM = smooth([(-0.455, 0.775, 1), (-0.02, 0.725), (0.410, 0.790, 1), (0.465, 1.130, 1), (0.300, 0.960, 1),
                 (0.215, 1.190, 1), (0.090, 0.960, 1), (0.0, 1.215, 1), (-0.120, 0.955, 1), (-0.250, 1.185, 1),
                 (-0.345, 0.955, 1), (-0.520, 1.110, 1)], 3)  # fmt: skip
DIADEM_BAND = smooth(
    [(-0.455, 0.775, 1), (-0.02, 0.725), (0.410, 0.790, 1), (0.420, 0.855, 1), (-0.02, 0.795), (-0.468, 0.842, 1)], 3
)
TIPS = ((0.465, 1.135), (0.215, 1.195), (0.0, 1.22), (-0.250, 1.19), (-0.520, 1.115))


def draw_diadem(sketch: Sketch, head: Head) -> None:
    """A king's or a queen's crown."""
    sketch.fill(Tone.ACCENT, head.place(DIADEM))
    sketch.fill(Tone.SHADE, head.place(DIADEM_BAND))
    sketch.fill(Tone.GLOW, *(head.place(ellipse(x, y, 0.030, points=10)) for x, y in TIPS))
    sketch.fill(Tone.GLOW, *(head.place(ellipse(x, 0.768 + 0.05 * abs(x), 0.018, points=8)) for x in (-0.28, -0.02, 0.24)))


def draw_hat(sketch: Sketch, head: Head, wears: frozenset[Garment]) -> None:
    """Whatever of hat, cap, hood, helmet or crown is worn."""
    if Garment.HOOD in wears:
        sketch.fill(Tone.SHADE, head.place(HOOD_INSIDE))
        sketch.fill(Tone.BODY, head.place(HOOD))
    if Garment.HELMET in wears:
        sketch.fill(Tone.BODY, head.place(HELMET))
        sketch.fill(Tone.PALE, head.place(ellipse(0.18, 0.86, 0.20, 0.045, turn_deg=-28)))
    elif Garment.CAP in wears:
        sketch.fill(Tone.BODY, head.place(CAP))
        sketch.fill(Tone.SHADE, head.place(PEAK))
    elif Garment.HAT in wears:
        sketch.fill(Tone.BODY, head.place(CROWN))
        sketch.fill(Tone.SHADE, head.place(BAND))
        sketch.fill(Tone.BODY, head.place(BRIM))
    elif Garment.CROWN in wears:
        draw_diadem(sketch, head)
