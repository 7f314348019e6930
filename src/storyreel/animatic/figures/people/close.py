"""What fills the frame of a detail: a face with its shoulders, and hands that hold a thing."""

from math import sin

from storyreel.animatic.figures.curves import Point, mirrored, smooth
from storyreel.animatic.figures.people.front_hair import LONG
from storyreel.animatic.figures.people.front_head import draw_front, draw_front_hat
from storyreel.animatic.figures.people.hair import hangs
from storyreel.animatic.figures.people.hands import draw_hands
from storyreel.animatic.figures.people.hats import draw_hat
from storyreel.animatic.figures.people.head import Head
from storyreel.animatic.figures.people.profile import draw_profile
from storyreel.animatic.figures.people.spacesuit import draw_globe, draw_globe_behind
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import limb, ribbon
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing, Tone
from storyreel.domain.storyboard import Age, Facing, Figure, Garment

SIDE_BUST = smooth(
    [
        (-0.72, 0.0, 1),
        (-0.66, 0.26),
        (-0.40, 0.46),
        (-0.20, 0.58),
        (-0.17, 0.66, 1),
        (0.13, 0.60, 1),
        (0.22, 0.48),
        (0.42, 0.36),
        (0.58, 0.14),
        (0.60, 0.0, 1),
    ],
    6,
)
FRONT_BUST = smooth(
    mirrored([(0.0, 0.62), (0.17, 0.66, 1), (0.26, 0.52), (0.62, 0.42), (0.88, 0.28), (0.98, 0.0, 1), (0.0, 0.0)]), 6
)


def draw_face(wish: Wish) -> Drawing:
    """Head and shoulders, `height_m` high; `variant` is the mood: calm, joy, sorrow, fear, wonder, anger."""
    sketch, look, wears = Sketch(), wish.look, frozenset(wish.look.wears)
    suited = Garment.SPACESUIT in wears
    bare = not suited and not wears & {Garment.HOOD, Garment.HELMET}
    breath = 0.006 * sin(wish.phase_s * 1.6)
    front = wish.faces is Facing.CAMERA
    head = Head((0.0, 0.72 + breath), 1.0, 1.5 * sin(wish.phase_s * 0.7), wish.variant)
    throat = 0.19 if look.figure is Figure.WOMAN or look.age is Age.CHILD else 0.235
    if front and bare and hangs(look, wish.seed):
        sketch.fill(Tone.HAIR, head.place(LONG))
    sketch.fill(Tone.SKIN, *limb(((-0.03, 0.35), (-0.02, 0.86)), (throat * 1.1, throat)))
    sketch.fill(Tone.PALE if suited else Tone.BODY, FRONT_BUST if front else SIDE_BUST)
    if suited:
        draw_globe_behind(sketch, head)
    if front:
        _front_face(sketch, head, wish, bare=bare)
    else:
        _side_face(sketch, head, wish, bare=bare)
    if suited:
        draw_globe(sketch, head, front=front)
    elif front:
        draw_front_hat(sketch, head, wears, away=False)
    else:
        draw_hat(sketch, head, wears)
    return sketch.fitted(wish.height_m, of=1.74)


def _front_face(sketch: Sketch, head: Head, wish: Wish, *, bare: bool) -> None:
    sketch.smooth(Tone.SKIN, [(-0.17, 0.66, 1), (-0.12, 0.50), (0.0, 0.42), (0.12, 0.50), (0.17, 0.66, 1)], 5)
    for side in (-1, 1):
        sketch.fill(Tone.SHADE, ribbon([(0.18 * side, 0.64), (0.10 * side, 0.44), (0.02 * side, 0.0)], (0.02, 0.03, 0.012)))
    draw_front(sketch, head, wish.look, near=True, seed=wish.seed, bare=bare)


def _side_face(sketch: Sketch, head: Head, wish: Wish, *, bare: bool) -> None:
    sketch.fill(Tone.SHADE, ribbon([(-0.16, 0.64), (0.0, 0.56), (0.13, 0.59)], (0.03, 0.04, 0.03)))
    draw_profile(sketch, head, wish.look, near=True, seed=wish.seed, breeze=0.1 * sin(wish.phase_s * 1.3), bare=bare)


BACK = smooth(
    [
        (-0.95, 0.30),
        (-0.35, 0.33),
        (0.02, 0.36),
        (0.20, 0.34),
        (0.30, 0.24),
        (0.28, 0.02),
        (0.10, -0.16),
        (-0.30, -0.20),
        (-0.95, -0.18),
    ],
    5,
)
"""The back of a hand from the wrist to the knuckles, in units of a hand's width."""

KNUCKLES = ((0.26, 0.24), (0.30, 0.12), (0.28, 0.0), (0.22, -0.10))
"""Where the fingers begin, from the first to the last."""


def draw_hand(wish: Wish) -> Drawing:
    """A hand on its forearm; it holds `holds`, points (`point`), lies open (`open`), or two hands hold it (`pair`)."""
    sketch = Sketch()
    if wish.variant in {"pair", "hands"} or (wish.variant == "" and wish.holds is not None and wish.holds.width_m > 0.25):
        return draw_hands(wish)
    _sleeve(sketch)
    thing = wish.holds
    closed = thing is not None or wish.variant in {"fist", "hold"}
    tremble = 0.008 * sin(wish.phase_s * 5)
    if thing is not None:
        _lay_in(sketch, thing)
    for k, (x, y) in enumerate(KNUCKLES):
        points = wish.variant == "point"
        joints = _pointing(x, y) if points and k == 0 else _bent(x, y) if closed or points else _stretched(k, tremble)
        sketch.fill(Tone.SKIN, *limb(joints, (0.075, 0.068, 0.052)))
        if k:
            sketch.fill(Tone.HAIR, ribbon([(x - 0.02, y + 0.065), (x + 0.14, y + 0.068)], (0.004, 0.012, 0.004), 3))
    sketch.fill(Tone.SKIN, BACK)
    thumb = [(-0.12, 0.22), (0.14, 0.40), (0.34, 0.30)] if closed else [(-0.12, 0.22), (0.10, 0.46), (0.30, 0.58 + tremble)]
    sketch.fill(Tone.SKIN, *limb(thumb, (0.12, 0.085, 0.06)))
    sketch.fill(Tone.HAIR, ribbon([(-0.10, 0.16), (0.06, 0.26), (0.12, 0.34)], (0.004, 0.014, 0.004), 4))
    shown = sketch.drawing()
    low = Sketch()
    low.add(shown, 0.0, 0.45)
    return low.drawing(wish.height_m / 1.2)


def _lay_in(sketch: Sketch, thing: Drawing) -> None:
    """What a hand holds, as large as the hand; what is broad lies farther out."""
    size = 1.3 / max(thing.height_m, thing.width_m, 1e-6)
    x = 0.42 + (0.30 if thing.width_m > 0.8 * thing.height_m else 0.0)
    sketch.add(thing, x, 0.10 - 0.35 * size * thing.height_m, scale=size)


def _pointing(x: float, y: float) -> list[Point]:
    return [(x - 0.04, y), (x + 0.34, y + 0.02), (x + 0.68, y + 0.02)]


def _bent(x: float, y: float) -> list[Point]:
    return [(x - 0.06, y), (x + 0.16, y + 0.01), (x + 0.05, y - 0.12)]


def _stretched(k: int, tremble: float) -> list[Point]:
    x, y = KNUCKLES[k]
    spread = 0.10 - 0.06 * k
    long = (0.62, 0.70, 0.66, 0.52)[k]
    return [(x - 0.06, y), (x + long * 0.5, y + spread * 0.4 + tremble), (x + long, y + spread - 0.06)]


def _sleeve(sketch: Sketch) -> None:
    sketch.fill(Tone.SKIN, *limb(((-1.7, -0.10), (-0.8, 0.06)), (0.27, 0.22)))
    sketch.smooth(
        Tone.BODY, [(-2.9, -0.55, 1), (-1.5, -0.36), (-0.92, -0.22, 1), (-0.98, 0.36, 1), (-1.5, 0.30), (-2.9, 0.24, 1)], 5
    )
    sketch.smooth(Tone.SHADE, [(-1.10, -0.27, 1), (-0.88, -0.21, 1), (-0.94, 0.37, 1), (-1.16, 0.35, 1)], 3)
