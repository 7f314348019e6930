"""Living water: swells that roll towards the camera, glints that widen near, light broken into strokes, rings of rain."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from storyreel.animatic import colour
from storyreel.animatic.camera import FARTHEST_PX, NEAREST_M, View, drift
from storyreel.animatic.canvas import Canvas, Coordinates
from storyreel.animatic.colour import Rgb
from storyreel.animatic.stage import Stage
from storyreel.animatic.stillness import Lives
from storyreel.domain.storyboard import Weather

COLUMNS = 50
BANDS = 9
FAINTEST = 0.5 / 255  # below, nothing is drawn
LENS_X = np.array((-1.0, -0.4, 0.4, 1.0, 0.4, -0.4)).reshape(-1, 1)
LENS_Y = np.array((0.0, -1.0, -1.0, 0.0, 1.0, 1.0)).reshape(-1, 1)
ROUND_X, ROUND_Y = (part(np.linspace(0, math.tau, 13)).reshape(-1, 1) for part in (np.cos, np.sin))
Field: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rolled:
    """All the waves of a water at one moment."""

    faces: list[Coordinates]  # the shaded face under each crest
    crests: list[list[Coordinates]]  # the bright parts of each


@dataclass(frozen=True, slots=True)
class Swell(Lives):
    """One rolling wave: a band of water whose crest moves, from one depth down to the next."""

    number: int  # among those that roll together
    z_m: float
    fill: Rgb
    crest: Rgb
    share: float
    rolled: Callable[[View, float], Rolled]

    def paint(self, canvas: Canvas, view: View, time_s: float) -> None:
        """Draw the shaded face under the crest, then the bright parts of the crest."""
        rolled = self.rolled(view, time_s)
        canvas.outline(rolled.faces[self.number], self.fill, self.share)
        for part in rolled.crests[self.number]:
            canvas.outline(part, self.crest, 0.75)


@dataclass(frozen=True, slots=True)
class Rollers:
    """The waves of a water, moved together; every array has a row a wave."""

    stage: Stage
    depth: Field
    tall: Field
    seed: Field

    def at(self, view: View, time_s: float) -> Rolled:
        """Where they are in the frame at a moment."""
        lens, tall = self.stage.lens, self.tall
        scale = view.scale_px / np.maximum(NEAREST_M, self.depth - view.z_m)
        half = self.stage.across(1.0) * 1.06 * self.depth**2 / np.maximum(0.3, self.depth - view.z_m)
        pan = (lens.width_px / 2 - view.centre_px) / scale
        step = 2 * half / (COLUMNS - 3)
        left = np.floor((view.x_m + pan - half) / step)  # whole steps of a fixed grid: the crests do not swim
        x = (left + np.arange(COLUMNS, dtype=np.float64)) * step
        y = tall * wave(x / np.maximum(tall, 0.02), time_s, self.seed)
        line = np.stack((view.centre_px + (x - view.x_m) * scale, view.horizon_px - (y - view.y_m) * scale), axis=2)
        np.clip(line, -FARTHEST_PX, FARTHEST_PX, out=line)
        under = line.copy()
        deep = np.clip(0.55 + 0.6 * wave(x / (tall * 3.1), time_s * 0.7, self.seed + 5), 0.02, 1.2)
        under[:, :, 1] += deep * tall * scale * 1.5
        faces = np.concatenate((line, under[:, ::-1]), axis=1).reshape(len(line), -1).tolist()
        rise = np.diff(y, append=y[:, -1:]) * (1 if self.stage.lamp.x > 0.5 else -1)
        high = (y > 0.3 * tall) & (rise > -0.05 * tall)
        thick = tall * scale * (0.11 if self.stage.weather is not Weather.STORM else 0.24)
        thick = np.minimum(np.maximum(0.7, thick), 0.0065 * lens.height_px)
        framed = np.zeros((len(high), COLUMNS + 2), np.bool_)
        framed[:, 1:-1] = high
        turns = framed[:, 1:] != framed[:, :-1]
        return Rolled(faces, [_crests(*one) for one in zip(line, turns, thick.ravel().tolist(), strict=True)])


def _crests(line: Field, turns: NDArray[np.bool_], thick: float) -> list[Coordinates]:
    """A sliver along every stretch of a wave that lies high; it does so from one turn to the next."""
    places = np.flatnonzero(turns).tolist()
    out: list[Coordinates] = []
    for start, end in zip(places[::2], places[1::2], strict=True):
        if end - start >= 3:
            part = line[start:end]
            low = part[::-1].copy()
            low[:, 1] += thick * np.sin(np.linspace(0, math.pi, end - start))
            out.append(np.concatenate((part, low)).ravel().tolist())
    return out


def wave(x: Field, time_s: float, seed: Field) -> Field:
    """A travelling swell with sharpened crests, about -1 to 1; x in wave heights."""
    turn = seed * 2.399963
    out = 0.55 * np.sin(x * 0.24 + time_s * 0.9 + turn) + 0.3 * np.sin(x * 0.55 - time_s * 1.3 + 2 * turn)
    out += 0.15 * np.sin(x * 1.4 + time_s * 2.1 + 3 * turn)
    return out + 0.18 * np.abs(out)


@dataclass(frozen=True, slots=True)
class Glints(Lives):
    """Short level strokes of light on water, dense and bright under the light, each coming and going."""

    stage: Stage
    z_m: float  # painted with this depth
    places: NDArray[np.float64]  # (n, 3): across -1 to 1, depth m, phase
    fills: tuple[Rgb, ...]
    strength: NDArray[np.float64]  # (n,): opacity at its brightest

    @classmethod
    def of(cls, stage: Stage, places: NDArray[np.float64]) -> "Glints":
        """Strokes at their places (n, 4): across -1 to 1, depth m, phase, share of the light's colour."""
        glow, palette = places[:, 3], stage.palette
        pale = colour.mix(palette.sky[2], colour.WHITE, 0.16)
        fills = tuple(colour.mix(pale, palette.light, bright) for bright in glow.tolist())
        strength = 0.16 + 0.55 * glow * (0.35 + 0.65 * palette.gleam)
        return cls(stage, float(places[:, 1].min()), places[:, :3], fills, strength)

    def paint(self, canvas: Canvas, view: View, time_s: float) -> None:
        """Draw every stroke as a flat lens."""
        lens = self.stage.lens
        across, depth, phase = self.places.T
        scale = view.scale_px / np.maximum(0.3, depth - view.z_m)
        x_m = across * depth * lens.width_px / lens.height_px / lens.focal / 2 * 1.2 + 0.05 * depth * np.sin(
            time_s * 0.6 + 6 * phase
        )
        x = view.centre_px + (x_m - view.x_m) * scale
        y = view.horizon_px + view.y_m * scale + 0.6 * np.sin(time_s * 1.7 + 17 * phase)
        near = np.clip((y - view.horizon_px) / (lens.height_px - lens.horizon * lens.height_px), 0, 1)
        half = (4 + 46 * near) * (0.5 + phase) * lens.height_px / 720
        thick = (0.4 + 1.5 * near) * lens.height_px / 720
        alive = np.clip(0.55 + 0.6 * np.sin(time_s * (1.1 + phase) + 40 * phase), 0, 1)
        lenses = np.stack((x + half * LENS_X, y + thick * LENS_Y), axis=2).swapaxes(0, 1)
        share = alive * self.strength
        for row, fill, strength in zip(lenses.reshape(len(x), -1).tolist(), self.fills, share.tolist(), strict=True):
            if strength > FAINTEST:
                canvas.outline(row, fill, strength)


@dataclass(frozen=True, slots=True)
class Ripples(Lives):
    """Rings where rain meets water or wet ground."""

    stage: Stage
    z_m: float
    places: NDArray[np.float64]  # (n, 3): across -1 to 1, depth m, phase

    def paint(self, canvas: Canvas, view: View, time_s: float) -> None:
        """Draw the rings as they widen and fade."""
        fill = colour.mix(self.stage.palette.haze, colour.WHITE, 0.4)
        across, depth, phase = self.places.T
        turns = time_s * 1.4 + phase
        age, hop = turns % 1.0, 0.37 * np.floor(turns)
        scale = view.scale_px / np.maximum(NEAREST_M, depth - view.z_m)
        x = view.centre_px + (((across + hop + 1) % 2 - 1) * self.stage.across(1.0) * depth - view.x_m) * scale
        y = view.horizon_px + view.y_m * scale
        wide = 0.16 * age * scale
        high = wide * np.clip(view.y_m / depth, 0.08, 0.5)
        rings = np.stack((x + wide * ROUND_X, y + high * ROUND_Y), axis=2).swapaxes(0, 1)
        canvas.lines(rings, fill, 1.0, (0.4 * (1 - age)).tolist())


def sea(stage: Stage, from_m: float, calm: float = 1.0, own: Rgb | None = None) -> list[Swell | Glints | Ripples]:
    """Water from a depth to the horizon, as layers; `calm` below 1 flattens it."""
    random = stage.random(41)
    lens, palette = stage.lens, stage.palette
    nearest = max(from_m, 0.8 * lens.focal * lens.eye_m / max(0.05, 1.02 - lens.horizon))
    rough = {Weather.STORM: 4.6, Weather.WIND: 1.9, Weather.RAIN: 1.2, Weather.FOG: 0.5}.get(stage.weather, 1.0) * calm
    deep = palette.lit(own or colour.of("3d6d86"), 0.3)
    depth = nearest * 34 ** np.linspace(0, 1, BANDS)
    drop = lens.focal * lens.eye_m / depth
    tall = np.minimum((0.34 if rough > 3 else 0.2) * drop, (0.006 + 0.05 * drop) * rough) * depth / lens.focal
    seed = random.integers(1, 999, BANDS) + np.arange(BANDS, dtype=np.float64)
    rollers = Rollers(stage, *(one.reshape(-1, 1) for one in (depth, tall, seed)))
    rolled = lru_cache(maxsize=2)(rollers.at)
    out: list[Swell | Glints | Ripples] = []
    for k, z in enumerate(depth.tolist()):
        near = min(1.0, float(drop[k]) / (1.02 - lens.horizon))
        base = colour.mix(colour.mix(palette.sky[2], palette.sky[1], near), deep, 0.35 + 0.4 * near)
        fill = colour.mix(colour.scaled(base, 0.86 - 0.3 * near), palette.haze, 0.5 * stage.air(z))
        foam = colour.mix(fill, colour.mix(palette.haze, palette.light, 0.4), 0.55 if rough < 2 else 0.8)
        out.append(Swell(k, z, fill, foam, (0.3 if rough < 3 else 0.5) + 0.3 * near, rolled))
    places = _glints(stage, random, nearest, 120)
    for low, high in ((0.0, 0.33), (0.33, 0.66), (0.66, 1.01)):
        cut = np.quantile(places[:, 1], (min(1.0, low), min(1.0, high)))
        group = places[(places[:, 1] >= cut[0]) & (places[:, 1] < cut[1] + (1 if high > 1 else 0))]
        if len(group):
            out.append(Glints.of(stage, group))
    if stage.weather in {Weather.RAIN, Weather.STORM}:
        out.append(rings(stage, nearest))
    return out


def _glints(stage: Stage, random: np.random.Generator, nearest: float, count: int) -> NDArray[np.float64]:
    lens = stage.lens
    drop = (random.random(count) ** 1.5 * 0.97 + 0.03) * lens.focal * lens.eye_m / nearest
    depth = lens.focal * lens.eye_m / drop
    under = random.random(count) < 0.6 * stage.palette.gleam
    column = (stage.lamp.x - 0.5) * 2 / 1.2 + random.normal(0, 0.05 + 0.22 * drop / drop.max(), count)
    across = np.where(under, column, random.uniform(-1, 1, count))
    bright = np.where(under, 1.0, 0.15 * random.random(count))
    return np.stack((across, depth, random.random(count), bright), axis=1)


def rings(stage: Stage, nearest: float) -> Ripples:
    """Rings of rain on what lies before the camera."""
    random = stage.random(43)
    count = 26
    depth = nearest * (1 + 4 * random.random(count) ** 1.6)
    return Ripples(stage, nearest, np.stack((random.uniform(-1, 1, count), depth, random.random(count)), axis=1))


@dataclass(frozen=True, slots=True)
class Surf(Lives):
    """The line where waves run up a beach: pale, broken, to and fro."""

    stage: Stage
    z_m: float

    def paint(self, canvas: Canvas, view: View, time_s: float) -> None:
        """Draw two runs of foam."""
        foam = colour.mix(self.stage.palette.ambient, self.stage.palette.light, 0.35)
        half = self.stage.across(self.z_m) * 1.4
        x = np.linspace(-half, half, 40)
        for k in range(2):
            reach = self.z_m * (
                0.035 + 0.03 * drift(time_s * 0.8, 7 + 3 * k) + 0.02 * np.sin(x * 0.9 / (0.1 + 0.12 * half) + k) - 0.05 * k
            )
            deep = self.z_m + reach
            scale = view.scale_px / np.maximum(0.3, deep - view.z_m)
            px, py = view.centre_px + (x - view.x_m) * scale, view.horizon_px + view.y_m * scale
            thick = (
                0.5 + 0.5 * np.sin(x * 2.1 / (0.1 + 0.1 * half) + time_s * 0.7 + k)
            ) * 0.006 * self.stage.lens.height_px + 0.8
            top, low = np.stack((px, py), 1), np.stack((px, py + thick), 1)
            canvas.polygon(np.clip(np.concatenate((top, low[::-1])), -6000, 6000), foam, 0.55 - 0.2 * k)
