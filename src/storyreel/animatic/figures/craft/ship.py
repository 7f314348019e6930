"""Ships with engines: liner, freighter, and a steamer between them."""

from collections.abc import Mapping
from functools import lru_cache

from storyreel.animatic.figures.craft.sails import rolling
from storyreel.animatic.figures.curves import ellipse, smooth
from storyreel.animatic.figures.places.masonry import smoke
from storyreel.animatic.figures.sketch import Sketch
from storyreel.animatic.figures.strokes import bar
from storyreel.animatic.figures.wish import Wish
from storyreel.animatic.outline import Drawing, Tone

KINDS: Mapping[str, str] = {
    **dict.fromkeys(("freighter", "cargo", "tanker", "warship"), "freighter"),
    **dict.fromkeys(("trawler", "tug", "fishing", "ferry"), "trawler"),
}
SMOKE: Mapping[str, tuple[tuple[float, float, float], ...]] = {
    "liner": ((-24.2, 40.0, 5.2), (-4.2, 40.0, 5.2), (15.8, 40.0, 5.2)),
    "freighter": ((-46.5, 27.0, 3.6),),
    "trawler": ((-3.2, 8.0, 1.2),),
}
"""Where smoke leaves the funnels, and how large it is."""
HEIGHTS: Mapping[str, float] = {"liner": 42.0, "freighter": 30.0, "trawler": 12.0}
ROLLS_DEG: Mapping[str, float] = {"liner": 0.6, "freighter": 0.7, "trawler": 2.0}


def draw_ship(wish: Wish) -> Drawing:
    """A ship of the wished kind: `liner`, `freighter` or `trawler`; a trawler where nothing is told and it is under 14 m."""
    kind = KINDS.get(wish.variant, "trawler" if wish.variant == "" and wish.height_m < 14 else "liner")
    sketch = Sketch()
    for x, y, size in SMOKE[kind]:
        smoke(sketch, x, y, size, wish.phase_s + x)
    sketch.add(_hull(kind, wish.seed))
    return rolling(sketch, HEIGHTS[kind], wish, ROLLS_DEG[kind])


@lru_cache(maxsize=16)
def _hull(kind: str, seed: int) -> Drawing:
    sketch = Sketch()
    if kind == "freighter":
        _freighter(sketch, seed)
    elif kind == "trawler":
        _trawler(sketch)
    else:
        _liner(sketch)
    return sketch.drawing()


def _funnel(sketch: Sketch, x: float, low: float, high: float, wide: float) -> None:
    lean = -0.10 * (high - low)
    sketch.flat(
        Tone.ACCENT, [(x - wide / 2, low), (x + wide / 2, low), (x + wide * 0.46 + lean, high), (x - wide * 0.46 + lean, high)]
    )
    top = high - (high - low) * 0.22
    sketch.flat(
        Tone.SHADE,
        [
            (x - wide * 0.47 + lean * 0.78, top),
            (x + wide * 0.47 + lean * 0.78, top),
            (x + wide * 0.46 + lean, high),
            (x - wide * 0.46 + lean, high),
        ],
    )


def _portholes(sketch: Sketch, left: float, right: float, y: float, size: float, gap: float, tone: Tone = Tone.WINDOW) -> None:
    count = int((right - left) / gap)
    for k in range(count + 1):
        if (k * 7 + int(y)) % 5:
            sketch.fill(tone, ellipse(left + gap * k, y, size, points=10))


def _liner(sketch: Sketch) -> None:
    sketch.fill(Tone.BODY, bar((50, 16), (48.5, 42), 0.9, 0.5), bar((-46, 16), (-47.5, 37), 0.9, 0.5))
    for a, b in (((48.5, 41.5), (-47.5, 36.5)), ((48.5, 41.5), (82.5, 15.6)), ((-47.5, 36.5), (-76, 14.5))):
        sketch.fill(Tone.SHADE, bar(a, b, 0.22))
    for x in (-22.0, -2.0, 18.0):
        _funnel(sketch, x, 25, 40, 8.0)
    sketch.flat(Tone.PALE, [(-48, 14), (-47, 20.5), (40, 20.5), (44, 14)])
    sketch.flat(Tone.PALE, [(-40, 20), (-39, 25.5), (33, 25.5), (36, 20)])
    sketch.flat(Tone.PALE, [(24, 25), (24.5, 29.5), (31.5, 29.5), (33, 25)])
    sketch.box(Tone.SHADE, -50, 20.2, 44, 20.8)
    sketch.box(Tone.SHADE, -41.5, 25.2, 36.5, 25.8)
    sketch.box(Tone.WINDOW, 25.6, 27.0, 32.0, 28.4)
    for y, left, right in ((22.2, -37, 31), (16.6, -45, 40)):
        _windows(sketch, left, right, y)
    for x in (-33, -25, -12, 8, 26):
        sketch.smooth(Tone.BODY, [(x - 2.6, 27.0, 1), (x - 2.0, 25.7), (x + 2.0, 25.7), (x + 2.6, 27.0, 1)], 4)
    hull = [
        (-80, 15.4, 1),
        (-50, 13.4),
        (0, 12.9),
        (45, 14.2),
        (83, 17.5, 1),
        (79, 9.0),
        (76, 0),
        (75.5, -3.0, 1),
        (-72, -3.0, 1),
        (-75, 2.0),
        (-79.5, 8.0),
    ]
    sketch.smooth(Tone.BODY, hull)
    sketch.smooth(
        Tone.PALE,
        [
            (-79.8, 14.0, 1),
            (-50, 12.2),
            (0, 11.7),
            (45, 12.9),
            (82.2, 15.9, 1),
            (82.0, 15.0, 1),
            (45, 12.3),
            (0, 11.2),
            (-50, 11.6),
            (-79.7, 13.4, 1),
        ],
    )
    _portholes(sketch, -70, 70, 9.0, 0.62, 3.5)
    _portholes(sketch, -68, 68, 5.6, 0.55, 3.5)
    sketch.smooth(Tone.ACCENT, [(-74, 2.2, 1), (75.9, 2.2, 1), (75.5, -3.0, 1), (-72, -3.0, 1)], 2)
    for x in (-40.0, 0.0, 38.0):
        sketch.glow(x, 18, 16.0, 0.45)
    sketch.glow(48.5, 41.8, 3.0, 0.8)


def _windows(sketch: Sketch, left: float, right: float, y: float) -> None:
    x = left
    while x < right:
        if int(x * 3) % 7:
            sketch.box(Tone.WINDOW, x, y, x + 1.5, y + 1.6)
        x += 2.7


def _freighter(sketch: Sketch, seed: int) -> None:
    sketch.fill(Tone.BODY, bar((-38, 22), (-38, 30), 0.7, 0.4), bar((54, 11), (54, 22), 0.8, 0.4))
    _funnel(sketch, -46, 19, 27, 5.4)
    sketch.flat(Tone.PALE, [(-54, 9), (-54, 14.5), (-52, 20.5), (-36, 20.5), (-34, 14), (-34, 9)])
    sketch.box(Tone.PALE, -48, 20, -35, 23)
    sketch.box(Tone.WINDOW, -42, 21.0, -35.3, 22.3)
    for y in (11.4, 14.6, 17.6):
        for k in range(5):
            sketch.box(Tone.WINDOW if (k + int(y)) % 3 else Tone.SHADE, -50.5 + 3.1 * k, y, -49.0 + 3.1 * k, y + 1.4)
    tones = (Tone.ACCENT, Tone.PALE, Tone.SHADE, Tone.BODY)
    for k in range(9):
        stack = (2, 3, 3, 4, 3, 4, 3, 2, 2)[(k + seed) % 9]
        for j in range(stack):
            x, y = -31 + 8.6 * k, 8.6 + 2.7 * j
            sketch.box(tones[(k * 3 + j * 5 + seed) % 4], x, y, x + 8.2, y + 2.5)
    hull = [(-60, 9.6, 1), (-30, 8.6), (30, 8.6), (52, 10.4), (64, 13.6, 1), (60.5, 6), (58, -2.5, 1), (-55, -2.5, 1), (-58, 3)]
    sketch.smooth(Tone.BODY, hull)
    sketch.smooth(Tone.ACCENT, [(-57, 1.8, 1), (59.3, 1.8, 1), (58, -2.5, 1), (-55, -2.5, 1)], 2)
    sketch.fill(Tone.SHADE, bar((57, 8.5), (58.5, 6.2), 0.7), smooth([(57.2, 6.8), (58.4, 5.4), (59.6, 6.6), (58.5, 6.2)], 4))
    sketch.glow(-38.5, 21.5, 6.0, 0.5)
    sketch.glow(-38, 30, 2.0, 0.8)


def _trawler(sketch: Sketch) -> None:
    sketch.fill(
        Tone.BODY, bar((-1.0, 3), (-1.2, 12), 0.32, 0.16), bar((-1.1, 5.2), (-7.6, 9.4), 0.22), bar((4.6, 4), (4.6, 8.4), 0.2)
    )
    for a, b in (
        ((-1.2, 11.6), (9.0, 4.3)),
        ((-1.2, 11.6), (-7.6, 9.4)),
        ((-7.6, 9.4), (-8.2, 2.6)),
        ((-1.2, 11.6), (-8.4, 2.7)),
    ):
        sketch.fill(Tone.SHADE, bar(a, b, 0.07))
    _funnel(sketch, -3.0, 5.0, 8.0, 1.2)
    sketch.flat(Tone.PALE, [(-4.4, 2.4), (-4.4, 5.4), (0.8, 5.4), (0.8, 2.4)])
    sketch.flat(Tone.PALE, [(0.0, 2.4), (0.0, 7.2), (3.4, 7.2), (3.7, 2.4)])
    sketch.box(Tone.SHADE, -0.3, 7.1, 4.0, 7.5)
    for x in (0.5, 1.6, 2.6):
        sketch.box(Tone.WINDOW, x, 5.6, x + 0.75, 6.6)
    for x in (-3.4, -1.8):
        sketch.disc(Tone.WINDOW, x, 4.2, 0.36)
    hull = [
        (-8.8, 2.9, 1),
        (-4, 2.1),
        (2, 2.2),
        (6, 3.2),
        (9.4, 4.9, 1),
        (8.4, 2.4),
        (7.2, -0.8, 1),
        (-7.6, -0.8, 1),
        (-8.4, 1.0),
    ]
    sketch.smooth(Tone.BODY, hull)
    sketch.smooth(
        Tone.PALE,
        [
            (-8.7, 2.3, 1),
            (-4, 1.6),
            (2, 1.7),
            (6, 2.6),
            (9.1, 4.1, 1),
            (9.0, 3.8, 1),
            (6, 2.35),
            (2, 1.45),
            (-4, 1.35),
            (-8.65, 2.0, 1),
        ],
    )
    sketch.smooth(Tone.ACCENT, [(-8.2, 0.45, 1), (7.7, 0.45, 1), (7.2, -0.8, 1), (-7.6, -0.8, 1)], 2)
    sketch.glow(1.9, 6.1, 2.2, 0.6)
    sketch.glow(-1.2, 12.0, 1.0, 0.9)
