"""Two open hands that come in from below and show what lies in them: a detail that fills its frame."""

from dataclasses import dataclass
from math import cos, radians, sin

from storyreel.animatic.figures.curves import Path, Point, ellipse, move, smooth
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import limb, ribbon
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing, Ring, Tone
from storyreel.domain.storyboard import Age, Figure, Garment

HAND_M = 0.19
"""A grown person's hand from wrist to finger tips: the unit of the measures below."""
BASE = 0.24
"""How high what is held stands above the wrists, in hand lengths."""
SMALLEST, LARGEST_M = 0.42, 0.60
"""What is held is shown no smaller than this share of a hand, and no larger than this."""
FAR_APART = 1.25
"""How far from the middle a hand goes at most, in hand lengths."""

# The right hand, palm up, in hand lengths from the middle of its wrist; its thumb is on the outside.
PALM = smooth([(-0.16, -0.10), (-0.235, 0.10), (-0.25, 0.26), (-0.20, 0.44), (0.0, 0.49), (0.20, 0.46), (0.265, 0.28),
               (0.255, 0.10), (0.16, -0.10)], 6)  # fmt: skip
ROOTS: tuple[Point, ...] = ((-0.175, 0.40), (-0.055, 0.44), (0.070, 0.45), (0.185, 0.42))
LENGTHS = (0.30, 0.40, 0.44, 0.40)
LINES: tuple[Path, ...] = (
    [(0.15, 0.36), (0.03, 0.27), (0.0, 0.12), (0.03, 0.0)],
    [(-0.19, 0.32), (-0.05, 0.33), (0.07, 0.40)],
    [(-0.20, 0.20), (-0.08, 0.23), (0.0, 0.21)],
)

GRIPPING: tuple[Point, ...] = ((0.19, 0.12), (0.26, 0.34), (0.10, 0.50))
OPEN: tuple[Point, ...] = ((0.20, 0.12), (0.33, 0.34), (0.30, 0.56))
"""A thumb's joints: over the edge of what is wide, or open beside what is slim."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two hands: -1 the left of the picture, 1 the right; where its wrist is, how far it leans inwards."""

    side: int
    x: float
    lean_deg: float
    size: float

    def place(self, ring: Ring) -> Ring:
        """A ring of the right hand, put where this hand is."""
        leaning = move(ring, turn_deg=self.lean_deg)
        return move(leaning * (self.side, 1.0), self.side * self.x, 0.0) * self.size


def draw_hands(wish: Wish) -> Drawing:
    """Two hands side by side, palms up, with the sleeves that `look` asks for; `height_m` is a hand's length.

    The origin is the middle between the wrists. Hands reach up to about 0.9 of `height_m`, sleeves down to -1.9 of it, below
    the drawing's `height_m`, so that a frame may cut them. What is held keeps its size (0.42 of a hand to 0.6 m), stands centred
    with its base 0.24 of `height_m` above the origin, and the hands move apart for what is wide, up to 1.25 of `height_m` each.
    """
    size = wish.height_m * (0.84 if wish.look.age is Age.CHILD else 1.0)
    thing, scale = wish.holds, 1.0
    if thing is not None:
        longest = max(thing.height_m, thing.width_m, 1e-6)
        scale = max(1.0, SMALLEST * size / longest) if longest < LARGEST_M else LARGEST_M / longest
    wide = thing.width_m * scale / size if thing is not None else 0.0
    breath = sin(wish.phase_s * 1.5)
    x = min(FAR_APART, max(0.25, wide / 2 - 0.10))
    hands = [Side(side, x + 0.006 * breath, 10.0 + 1.2 * breath, size) for side in (-1, 1)]
    sketch = Sketch()
    for one in hands:
        _open_hand(sketch, one, wish)
        _sleeve(sketch, one, wish)
    if thing is not None:
        if wide < 1.0:  # what is wider rests on the fingers and casts no shadow on the palms
            sketch.fill(Tone.SHADE, ellipse(0.0, BASE * size, 0.42 * wide * size, 0.022 * size))
        sketch.add(thing, 0.0, (BASE + 0.004 * breath) * size, scale=scale)
    for one in hands:
        _thumb(sketch, one, wish, gripping=wide > 0.55)
    return sketch.drawing()


def _skin(wish: Wish) -> Tone:
    return Tone.BODY if Garment.SPACESUIT in wish.look.wears else Tone.SKIN


def _open_hand(sketch: Sketch, one: Side, wish: Wish) -> None:
    """Palm and fingers, which lie behind what is held."""
    skin = _skin(wish)
    slim = 0.88 if wish.look.figure is Figure.WOMAN or wish.look.age is Age.CHILD else 1.0
    sketch.fill(skin, *(one.place(ring) for ring in limb(((0.10, -0.75), (0.0, -0.02)), (0.185 * slim, 0.16 * slim))))
    for k, (root, long) in enumerate(zip(ROOTS, LENGTHS, strict=True)):
        a = radians(99 - 6 * k)
        middle = (root[0] + 0.55 * long * cos(a), root[1] + 0.50 * long * sin(a))
        tip = (middle[0] - 0.16 * long, middle[1] + 0.36 * long)
        finger = limb((root, middle, tip), (0.068 * slim, 0.062 * slim, 0.046 * slim))
        sketch.fill(Tone.SHADE, *(one.place(move(ring, -0.009, -0.002)) for ring in finger))
        sketch.fill(skin, *(one.place(ring) for ring in finger))
        crease = [(middle[0] - 0.04, middle[1] - 0.015), (middle[0], middle[1] - 0.022), (middle[0] + 0.04, middle[1] - 0.012)]
        sketch.fill(Tone.SHADE, one.place(ribbon(crease, (0.001, 0.007, 0.001), 3)))
    sketch.fill(skin, one.place(PALM))
    lines = LINES if wish.look.age is not Age.OLD else (*LINES, [(0.06, 0.30), (0.12, 0.18), (0.10, 0.04)])
    sketch.fill(Tone.SHADE, *(one.place(ribbon(line, (0.001, 0.010, 0.001), 5)) for line in lines))


def _thumb(sketch: Sketch, one: Side, wish: Wish, *, gripping: bool) -> None:
    """The thumb, before what is held: over its edge where that is wide, else open."""
    joints = GRIPPING if gripping else OPEN
    thumb = limb(joints, (0.105, 0.078, 0.056))
    sketch.fill(Tone.SHADE, *(one.place(move(ring, -0.010, -0.006)) for ring in thumb))
    sketch.fill(_skin(wish), *(one.place(ring) for ring in thumb))
    (ax, ay), (x, y) = joints[1], joints[2]
    length = max(((x - ax) ** 2 + (y - ay) ** 2) ** 0.5, 1e-9)
    along, up = (x - ax) / length, (y - ay) / length
    crease = [(ax - 0.05 * up, ay + 0.05 * along), (ax + 0.05 * up, ay - 0.05 * along)]
    sketch.fill(Tone.SHADE, one.place(ribbon(crease, (0.002, 0.008, 0.002), 3)))


def _sleeve(sketch: Sketch, one: Side, wish: Wish) -> None:
    """From the wrist down and outwards, out of the frame."""
    wears = frozenset(wish.look.wears)
    if Garment.DRESS in wears and Garment.COAT not in wears:
        arm = smooth([(-0.17, -0.3), (-0.12, -1.0), (-0.06, -1.9, 1), (0.62, -1.9, 1), (0.34, -0.9), (0.18, -0.3)], 5)
        sketch.fill(Tone.SKIN, one.place(arm))
        return
    wide = 0.06 if wears & {Garment.COAT, Garment.CLOAK, Garment.SPACESUIT} else 0.0
    cloth = Tone.PALE if Garment.SPACESUIT in wears else Tone.BODY
    drawn = [(-0.26 - wide, -0.30, 1), (0.0, -0.335), (0.27 + wide, -0.28, 1), (0.46 + wide, -0.95), (0.80 + wide, -1.9, 1),
             (-0.10 - wide, -1.9, 1), (-0.20 - wide, -1.0)]  # fmt: skip
    sketch.fill(cloth, one.place(smooth(drawn, 5)))
    folds = ([(0.20, -0.52), (0.05, -0.60), (-0.08, -0.57)], [(-0.20, -0.80), (0.0, -0.86), (0.16, -0.82)])
    sketch.fill(Tone.SHADE, *(one.place(ribbon(line, (0.002, 0.020, 0.002), 4)) for line in folds))
    cuff = [(-0.27 - wide, -0.295, 1), (0.0, -0.33), (0.28 + wide, -0.275, 1), (0.30 + wide, -0.40, 1), (0.0, -0.455),
            (-0.27 - wide, -0.42, 1)]  # fmt: skip
    if Garment.SUIT in wears:
        sketch.fill(Tone.PALE, one.place(smooth(cuff, 4) * (0.92, 1.0) + (0.0, 0.055)))
    else:
        sketch.fill(Tone.ACCENT if Garment.SPACESUIT in wears else Tone.SHADE, one.place(smooth(cuff, 4)))
    if Garment.COAT in wears:
        sketch.fill(Tone.PALE, one.place(ellipse(0.22, -0.365, 0.030, points=12)))
