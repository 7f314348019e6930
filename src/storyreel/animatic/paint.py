"""Colours a subject's outlines for the shot's light and air, and lays them on a frame with rim light and shadow."""

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from storyreel.animatic import colour
from storyreel.animatic.beam import cone
from storyreel.animatic.camera import FARTHEST_PX, View
from storyreel.animatic.canvas import Canvas, Coordinates
from storyreel.animatic.casting import Actor
from storyreel.animatic.colour import Rgb
from storyreel.animatic.figures.motion import lift_of
from storyreel.animatic.lettering import stamp
from storyreel.animatic.outline import Drawing, Glow, Tone
from storyreel.animatic.stage import Stage
from storyreel.animatic.stillness import Lives
from storyreel.animatic.tints import SAID_VIVID, TINTS
from storyreel.domain.storyboard import Facing
from storyreel.lexicon.concepts import Kind

INNER = {Tone.SHADE, Tone.WINDOW, Tone.GLOW}  # surfaces that lie within an outline and need no edge
SMALLEST_PX = 1.2  # smaller shapes flicker more than they show
SMALLEST_EDGED_PX = 16.0  # smaller shapes show no rim of light
SHADES = 9  # rings of a soft shadow
MIRRORED = 6  # shapes, from the back, that water mirrors
Cuts: TypeAlias = tuple[tuple[int, int], ...]
"""Where each ring of a shape begins and ends in a row of coordinates: x, y, x, y and so on."""


@dataclass(frozen=True, slots=True)
class Traced:
    """A drawing's points in one row, in metres, and which of them its shapes are made of."""

    points: NDArray[np.float64]  # (n, 2)
    spans: NDArray[np.float64]  # (rings, 2): how wide and how high each ring is
    cuts: Cuts
    shapes: tuple[tuple[Tone, int, int], ...]  # each with its first ring, and the one after its last
    mirrored: int  # how many of the points water mirrors

    def at(self, foot: tuple[float, float], across: float, up: float) -> "Flat":
        """The same in pixels about its foot, by its scales to the right and upwards."""
        points = self.points * (across, -up) + foot
        points.clip(-FARTHEST_PX, FARTHEST_PX, out=points)
        sizes: list[float] = (self.spans * (abs(across), up)).max(axis=1).tolist()
        shown: list[tuple[Tone, float, Cuts]] = []
        for tone, first, end in self.shapes:
            if end - first == 1:  # nearly always
                if sizes[first] > SMALLEST_PX:
                    shown.append((tone, sizes[first], self.cuts[first:end]))
            elif kept := [k for k in range(first, end) if sizes[k] > SMALLEST_PX]:
                shown.append((tone, sizes[kept[0]], tuple(self.cuts[k] for k in kept)))
        return Flat(points, points[: self.mirrored], shown)


@dataclass(frozen=True, slots=True)
class Flat:
    """A drawing in pixels."""

    points: NDArray[np.float64]  # (n, 2)
    mirrored: NDArray[np.float64]  # the first of them, which water mirrors
    shapes: list[tuple[Tone, float, Cuts]]  # those that show, each with the size of its first ring


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
        if self.grounded:
            y += drawing.height_m * lift_of(self.actor.subject.pose, time_s)
        if self.afloat:
            y += 0.012 * drawing.height_m * float(np.sin(time_s * 1.3 + self.z_m))
        scale = view.per_m(self.z_m)
        foot = view.point(x, y, self.z_m)
        flat = _traced(drawing).at(foot, -scale if self.mirrored else scale, scale)
        if self.grounded:
            self._shadow(canvas, view.point(x, self.y_m, self.z_m), drawing, scale)
        elif self.afloat:
            self._reflection(canvas, flat, foot[1], time_s)
        self._rim(canvas, flat, foot, drawing.height_m * scale)
        row: Coordinates = flat.points.ravel().tolist()
        for tone, _, cuts in flat.shapes:
            canvas.outlines([row[first:end] for first, end in cuts], self.tones[tone])
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

    def _rim(self, canvas: Canvas, flat: Flat, foot: tuple[float, float], tall_px: float) -> None:
        stage = self.stage
        right, down = stage.lamp.towards(foot[0] / canvas.width, (foot[1] - tall_px / 2) / canvas.height)
        width = min(3.4, max(0.8, 0.011 * tall_px)) * (0.55 + 0.45 * stage.palette.gleam)
        light = colour.mix(
            self.tones[Tone.BODY], stage.palette.light, (0.3 + 0.55 * stage.palette.gleam) * (1 - 0.8 * stage.air(self.z_m))
        )
        row: Coordinates = np.add(flat.points, (right * width, down * width)).ravel().tolist()
        edged = max(4 * width, SMALLEST_EDGED_PX)
        for tone, size, cuts in flat.shapes:
            if size > edged and tone not in INNER:
                canvas.outlines([row[first:end] for first, end in cuts], light)

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
        mirror = flat.mirrored.copy()
        mirror[:, 1] = level + (level - mirror[:, 1]) * 0.42
        mirror[:, 0] += np.sin(mirror[:, 1] * 0.5 + time_s * 3) * 1.6
        row: Coordinates = mirror.ravel().tolist()
        for _, _, cuts in flat.shapes:
            if cuts[-1][1] > len(row):
                break
            canvas.outlines([row[first:end] for first, end in cuts], fill, 0.28)

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


@lru_cache(maxsize=64)
def _traced(drawing: Drawing) -> Traced:
    """A drawing ready to be put into pixels, made once for the frames that it serves."""
    rings = [ring for shape in drawing.shapes for ring in shape.rings]
    if not rings:
        return Traced(np.empty((0, 2)), np.empty((0, 2)), (), (), 0)
    points = np.concatenate(rings)
    starts = [0, *accumulate(len(ring) for ring in rings)]
    spans = np.maximum.reduceat(points, starts[:-1]) - np.minimum.reduceat(points, starts[:-1])
    firsts = pairwise([0, *accumulate(len(shape.rings) for shape in drawing.shapes)])
    shapes = tuple((shape.tone, first, end) for shape, (first, end) in zip(drawing.shapes, firsts, strict=True))
    mirrored = starts[shapes[:MIRRORED][-1][2]]
    return Traced(points, spans, tuple((2 * start, 2 * end) for start, end in pairwise(starts)), shapes, mirrored)


def tones(stage: Stage, actor: Actor, depth_m: float) -> dict[Tone, Rgb]:
    """The colour of every surface of an actor at a depth."""
    palette, level = stage.palette, stage.palette.level
    body = _body(stage, actor.tint, actor.vivid)
    clothed = actor.kind is Kind.PERSON and actor.vivid > 0  # in a colour of its own, which hair and skin have not
    plain = _body(stage, TINTS[Kind.PERSON], 0.0) if clothed else body
    accent = 0.42 + 0.4 * level if actor.vivid < SAID_VIVID else 0.08  # what is said to be black has no orange doors
    own: dict[Tone, Rgb] = {
        Tone.BODY: body,
        Tone.SHADE: colour.mix(body, colour.BLACK, 0.42),
        Tone.HAIR: colour.mix(plain, colour.BLACK, 0.42),
        Tone.SHEEN: plain,
        Tone.PALE: colour.mix(plain, colour.mix(palette.ambient, palette.haze, 0.4), 0.3 + 0.35 * level),
        Tone.ACCENT: colour.mix(body, palette.accent, accent),
        Tone.SKIN: colour.mix(
            plain, colour.times(colour.of("e2b18e"), colour.mix(palette.ambient, palette.light, 0.3)), 0.35 + 0.45 * level
        ),
        Tone.WINDOW: palette.lamp if palette.dark else colour.mix(palette.ink, palette.sky[1], 0.45),
        Tone.GLOW: (255.0, 232.0, 170.0),
    }
    air = stage.air(depth_m)
    shining = {Tone.WINDOW, Tone.GLOW} if palette.dark else {Tone.GLOW}
    return {tone: colour.mix(one, palette.haze, air * (0.45 if tone in shining else 1.0)) for tone, one in own.items()}


def _body(stage: Stage, tint: Rgb, vivid: float) -> Rgb:
    """A body of a colour in the shot's light."""
    pale = 0.2 if colour.luma(tint) > 200 else 0.0
    return colour.mix(stage.palette.ink, stage.palette.lit(tint, 0.1), min(1.0, 0.16 + vivid + 0.42 * stage.palette.level + pale))


def faces_left(facing: Facing, *, at_right: bool) -> bool:
    """Whether a drawing that looks right must be turned over."""
    return facing is Facing.LEFT or (facing in {Facing.CAMERA, Facing.AWAY} and at_right)
