"""Colours a subject's outlines for the shot's light and air, and lays them on a frame with rim light and shadow."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from storyreel.animatic import colour
from storyreel.animatic.beam import cone
from storyreel.animatic.camera import View
from storyreel.animatic.canvas import Canvas, Coordinates
from storyreel.animatic.casting import OWN, Actor
from storyreel.animatic.colour import Rgb
from storyreel.animatic.lettering import stamp
from storyreel.animatic.outline import Drawing, Glow, Tone
from storyreel.animatic.stage import Stage
from storyreel.animatic.stillness import Lives
from storyreel.domain.storyboard import Facing

INNER = {Tone.SHADE, Tone.WINDOW, Tone.GLOW}  # surfaces that lie within an outline and need no edge
SMALLEST_PX = 1.2  # smaller shapes flicker more than they show
SMALLEST_EDGED_PX = 16.0  # smaller shapes show no rim of light
SHADES = 9  # rings of a soft shadow


@dataclass(frozen=True, slots=True)
class Flat:
    """A drawing in pixels: all its points, and where the rings of each shape lie among them."""

    points: NDArray[np.float64]  # (n, 2)
    rings: tuple[tuple[tuple[int, int], ...], ...]  # a shape smaller than a pixel has none
    sizes: tuple[float, ...]  # of each shape's first ring, in pixels; 0 where it has none

    def shapes(self, points: NDArray[np.float64]) -> list[list[Coordinates]]:
        """Every shape's rings, of these points or of others moved from them."""
        row: Coordinates = points.ravel().tolist()
        return [[row[2 * first : 2 * end] for first, end in rings] for rings in self.rings]


@dataclass(frozen=True, slots=True)
class Placed(Lives):
    """An actor at its place on the stage: a layer of the picture."""

    stage: Stage
    actor: Actor
    x_m: float
    y_m: float
    z_m: float
    mirrored: bool
    speed_m_s: float = 0.0  # along x, for those who go through the frame
    afloat: bool = False
    grounded: bool = True
    tones: dict[Tone, Rgb] = field(default_factory=dict[Tone, Rgb])

    def where(self, time_s: float) -> float:
        """Its place along x at a moment."""
        return self.x_m + self.speed_m_s * (time_s - self.stage.seconds / 2)

    def paint(self, canvas: Canvas, view: View, time_s: float) -> None:
        """Draw shadow, rim light, body and lights."""
        drawing = self.actor.draw(time_s)
        x, y = self.where(time_s), self.y_m
        if self.afloat:
            y += 0.012 * drawing.height_m * float(np.sin(time_s * 1.3 + self.z_m))
        scale = view.per_m(self.z_m)
        foot = view.point(x, y, self.z_m)
        flat = _flat(drawing, foot, -scale if self.mirrored else scale, scale)
        if self.grounded:
            self._shadow(canvas, foot, drawing, scale)
        elif self.afloat:
            self._reflection(canvas, flat, foot[1], time_s)
        self._rim(canvas, drawing, flat, foot, drawing.height_m * scale)
        for shape, rings in zip(drawing.shapes, flat.shapes(flat.points), strict=True):
            if rings:
                canvas.outlines(rings, self.tones[shape.tone])
        for glow in drawing.glows:
            self._glow(canvas, glow, foot, scale, time_s)
        if self.actor.label:
            stamp(
                canvas,
                self.actor.label,
                foot[0],
                foot[1] - drawing.height_m * 0.56 * scale,
                drawing.width_m * 0.84 * scale,
                self.tones[Tone.SHADE],
            )

    def _rim(self, canvas: Canvas, drawing: Drawing, flat: Flat, foot: tuple[float, float], tall_px: float) -> None:
        stage = self.stage
        right, down = stage.lamp.towards(foot[0] / canvas.width, (foot[1] - tall_px / 2) / canvas.height)
        width = min(3.4, max(0.8, 0.011 * tall_px)) * (0.55 + 0.45 * stage.palette.gleam)
        light = colour.mix(
            self.tones[Tone.BODY], stage.palette.light, (0.3 + 0.55 * stage.palette.gleam) * (1 - 0.8 * stage.air(self.z_m))
        )
        moved = flat.shapes(flat.points + np.array((right * width, down * width)))
        edged = max(4 * width, SMALLEST_EDGED_PX)
        for shape, rings, size in zip(drawing.shapes, moved, flat.sizes, strict=True):
            if shape.tone not in INNER and size > edged:
                canvas.outlines(rings, light)

    def _shadow(self, canvas: Canvas, foot: tuple[float, float], drawing: Drawing, scale: float) -> None:
        wide = min(drawing.width_m, 1.1 * drawing.height_m) * scale * 0.42
        slope = min(0.4, max(0.025, self.stage.lens.eye_m / self.z_m))
        right = self.stage.lamp.towards(foot[0] / canvas.width, 0.7)[0]
        share = 0.4 * (1 - self.stage.air(self.z_m))
        for k in range(SHADES):
            size = 1.7 - 1.2 * k / SHADES
            canvas.ellipse(
                foot[0] - right * wide * 0.3 * size,
                foot[1],
                wide * size,
                max(1.0, wide * size * slope),
                self.stage.palette.ink,
                share * 1.6 / SHADES,
            )

    def _reflection(self, canvas: Canvas, flat: Flat, level: float, time_s: float) -> None:
        fill = colour.mix(self.tones[Tone.BODY], self.stage.palette.ink, 0.4)
        mirror = flat.points.copy()
        mirror[:, 1] = level + (level - mirror[:, 1]) * 0.42
        mirror[:, 0] += np.sin(mirror[:, 1] * 0.5 + time_s * 3) * 1.6
        for rings in flat.shapes(mirror)[:6]:
            if rings:
                canvas.outlines(rings, fill, 0.28)

    def _glow(self, canvas: Canvas, glow: Glow, foot: tuple[float, float], scale: float, time_s: float) -> None:
        across = -scale if self.mirrored else scale
        x, y = foot[0] + glow.x_m * across, foot[1] - glow.y_m * scale
        palette = self.stage.palette
        shown = glow.strength * (0.75 if palette.dark else 0.3) * (1 - 0.7 * self.stage.air(self.z_m))
        if not glow.beam:
            canvas.glow(x, y, glow.radius_m * scale, (255.0, 206.0, 124.0), shown)
        elif palette.dark or palette.cover > 0.75 or palette.level < 0.7:
            cone(
                canvas,
                x,
                y,
                glow.radius_m * scale,
                colour.mix((255.0, 240.0, 196.0), palette.light, 0.3),
                time_s,
                0.75 if palette.level < 0.3 else 0.5,
            )


def _flat(drawing: Drawing, foot: tuple[float, float], across: float, up: float) -> Flat:
    """A drawing about its foot, by its scales to the right and upwards."""
    rings = [ring for shape in drawing.shapes for ring in shape.rings]
    if not rings:
        return Flat(np.empty((0, 2)), ((),) * len(drawing.shapes), (0.0,) * len(drawing.shapes))
    points = np.concatenate(rings) * (across, -up) + foot
    np.clip(points, -6000, 6000, out=points)
    starts = np.cumsum([0, *(len(ring) for ring in rings)])
    spans = np.maximum.reduceat(points, starts[:-1]) - np.minimum.reduceat(points, starts[:-1])
    sizes, bounds = spans.max(axis=1).tolist(), starts.tolist()
    shown: list[tuple[tuple[int, int], ...]] = []
    first_sizes: list[float] = []
    k = 0
    for shape in drawing.shapes:
        kept = [n for n in range(k, k + len(shape.rings)) if sizes[n] > SMALLEST_PX]
        shown.append(tuple((bounds[n], bounds[n + 1]) for n in kept))
        first_sizes.append(sizes[kept[0]] if kept else 0.0)
        k += len(shape.rings)
    return Flat(points, tuple(shown), tuple(first_sizes))


def tones(stage: Stage, actor: Actor, depth_m: float) -> dict[Tone, Rgb]:
    """The colour of every surface of an actor at a depth."""
    palette, level = stage.palette, stage.palette.level
    vivid = 0.22 if actor.tint in OWN.values() else 0.0
    body = colour.mix(
        palette.ink, palette.lit(actor.tint, 0.1), 0.16 + vivid + 0.42 * level + (0.2 if colour.luma(actor.tint) > 200 else 0.0)
    )
    own: dict[Tone, Rgb] = {
        Tone.BODY: body,
        Tone.SHADE: colour.mix(body, colour.BLACK, 0.42),
        Tone.PALE: colour.mix(body, colour.mix(palette.ambient, palette.haze, 0.4), 0.3 + 0.35 * level),
        Tone.ACCENT: colour.mix(body, palette.accent, 0.42 + 0.4 * level),
        Tone.SKIN: colour.mix(
            body, colour.times(colour.of("e2b18e"), colour.mix(palette.ambient, palette.light, 0.3)), 0.35 + 0.45 * level
        ),
        Tone.WINDOW: palette.lamp if palette.dark else colour.mix(palette.ink, palette.sky[1], 0.45),
        Tone.GLOW: (255.0, 232.0, 170.0),
    }
    air = stage.air(depth_m)
    shining = {Tone.WINDOW, Tone.GLOW} if palette.dark else {Tone.GLOW}
    return {tone: colour.mix(one, palette.haze, air * (0.45 if tone in shining else 1.0)) for tone, one in own.items()}


def faces_left(facing: Facing, *, at_right: bool) -> bool:
    """Whether a drawing that looks right must be turned over."""
    return facing is Facing.LEFT or (facing in {Facing.CAMERA, Facing.AWAY} and at_right)
