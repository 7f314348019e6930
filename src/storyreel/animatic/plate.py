"""The soft part of a shot, baked once: sky, light, clouds, haze, and the ground or water as far as the eye goes.

Two plates are baked, for the beginning and the end; a frame is a blend of them, so clouds drift and light breathes without
a pixel's jump.
"""

import math
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from storyreel.animatic.camera import View
from storyreel.animatic.canvas import Canvas
from storyreel.animatic.colour import luma
from storyreel.animatic.noise import Field, billows, lattice
from storyreel.animatic.setting import Below, Layer, Setting
from storyreel.animatic.stage import Stage
from storyreel.animatic.weather import Sky
from storyreel.domain.storyboard import TimeOfDay, Weather

LOOSE_PX = 0.6
STEADY = 0.02  # a smaller part of a pixel is no move
MELTS_HZ = 8  # blends a second; a step changes a pixel by one level at most


@dataclass(frozen=True, slots=True)
class Plate:
    """The baked background and its spare rims for a camera that turns."""

    melted: Callable[[int], bytes]  # the blend at a step from the first plate to the last: rows of packed RGB
    steps: int
    spare_x: int
    spare_y: int
    width_px: int
    height_px: int
    home: tuple[float, float]  # where centre and horizon were when it was baked

    def at(self, view: View, done: float) -> bytes:
        """The background of one frame: rows of packed RGB."""
        packed = self.melted(round(done * self.steps))
        if not self.spare_x:
            return packed
        x = min(2.0 * self.spare_x - 1, max(0.0, self.spare_x - (view.centre_px - self.home[0])))
        y = min(2.0 * self.spare_y - 1, max(0.0, self.spare_y - (view.horizon_px - self.home[1])))
        left, top = int(x), int(y)
        return self._between(packed, left, top, x - left, y - top).tobytes()

    def _between(self, packed: bytes, left: int, top: int, right: float, down: float) -> Image.Image:
        whole = _one_channel(packed, self.width_px + 2 * self.spare_x, self.height_px + 2 * self.spare_y)
        wide, high = 3 * self.width_px, self.height_px
        below = top + high + (down >= STEADY)

        def cut(x: int) -> Image.Image:
            return whole.crop((3 * x, top, 3 * x + wide, below))

        across = cut(left) if right < STEADY else Image.blend(cut(left), cut(left + 1), right)
        if down < STEADY:
            return across
        return Image.blend(across.crop((0, 0, wide, high)), across.crop((0, 1, wide, high + 1)), down)


def bake(stage: Stage, setting: Setting, sky: Sky, layers: Sequence[Layer] = ()) -> Plate:
    """Bake the background of a shot, with the layers (from far to near) that stay where the plate is."""
    lens = stage.lens
    turning = stage.camera.turns
    spare_x, spare_y = (int(lens.height_px * 0.3), int(lens.height_px * 0.2)) if turning else (0, 0)
    width, height = lens.width_px + 2 * spare_x, lens.height_px + 2 * spare_y
    x = ((np.arange(0, width, 2) - spare_x) / lens.width_px).astype(np.float32)
    y = ((np.arange(0, height, 2) - spare_y) / lens.height_px).astype(np.float32)
    baker = _Baker(stage, setting, x, y)
    still = baker.still()
    with ThreadPoolExecutor(2) as threads:  # sums over whole pictures let other threads run
        ends = threads.map(baker.alive, (still, still), (0.0, 1.0))
        plates = list(threads.map(_finish, (stage, stage), ends, ((width, height),) * 2))
    home = stage.camera.lens.width_px / 2, lens.horizon * lens.height_px
    for k, time_s in enumerate((0.0, stage.seconds)):
        canvas = Canvas(plates[k].size, plates[k].tobytes())
        view = stage.camera.at(time_s)
        sky.heavens(canvas, replace(view, centre_px=home[0] + spare_x, horizon_px=home[1] + spare_y), time_s)
        for layer in layers:
            layer.paint(canvas, view, time_s)
        plates[k] = canvas.finish()
    steps = max(1, round(stage.seconds * MELTS_HZ))
    return Plate(_melting(plates[0], plates[1], steps), steps, spare_x, spare_y, lens.width_px, lens.height_px, home)


def _melting(first: Image.Image, last: Image.Image, steps: int) -> Callable[[int], bytes]:
    begun, ended = first.tobytes(), last.tobytes()
    if begun == ended:
        return lambda _: begun
    here, there = _one_channel(begun, *first.size), _one_channel(ended, *last.size)

    @lru_cache(maxsize=2)
    def melted(step: int) -> bytes:
        return Image.blend(here, there, step / steps).tobytes()

    return melted


def _one_channel(packed: bytes, width_px: int, height_px: int) -> Image.Image:
    """Rows of packed RGB as a picture of one channel, three times as wide: they blend as they are."""
    return Image.frombuffer("L", (width_px * 3, height_px), packed, "raw", "L", 0, 1)


def bakeable(stage: Stage, layers: Sequence[Layer]) -> int:
    """How many of the layers, from the farthest on, hold still with the plate for the whole shot."""
    if stage.camera.turns:
        return 0
    return next((k for k, layer in enumerate(layers) if layer.still_m is None or _stirs(stage, layer.still_m)), len(layers))


def _stirs(stage: Stage, depth_m: float) -> bool:
    """Whether the camera's way shows at a depth: more than a part of a pixel at the rim of the frame."""
    rim = stage.across(depth_m)
    places = np.array([stage.camera.at(stage.seconds * part).point(rim, 0.0, depth_m) for part in (0.0, 0.25, 0.5, 0.75, 1.0)])
    return bool(np.ptp(places, axis=0).max() > LOOSE_PX)


class _Baker:
    """Half-size float pictures on the grid x (columns, frame widths), y (rows, frame heights)."""

    def __init__(self, stage: Stage, setting: Setting, x: Field, y: Field) -> None:
        self.stage, self.setting, self.x, self.y = stage, setting, x, y
        self.grid = lattice(stage.random(11))
        self.aspect = stage.lens.width_px / stage.lens.height_px

    def still(self) -> NDArray[np.float32]:
        """What does not change during the shot."""
        stage, y = self.stage, self.y
        rows = self._sky_rows(y)
        below = y > stage.lens.horizon
        if self.setting.below is not Below.SKY:
            rows[below] = self._ground_rows(y[below])
        picture = np.repeat(rows[:, None, :], len(self.x), axis=1)
        if self.setting.below in {Below.LAND, Below.WATER}:
            self._texture(picture, below)
        return picture

    def alive(self, still: NDArray[np.float32], part: float) -> NDArray[np.float32]:
        """The picture at the beginning (0) or end (1) of the shot."""
        picture = still.copy()
        if self.setting.sky and self.stage.palette.cover > 0.05:
            self._clouds(picture, part)
        self._light(picture, part)
        self._mist(picture, part)
        self._vignette(picture)
        return picture

    def _sky_rows(self, y: Field) -> NDArray[np.float32]:
        stops = np.array(self.setting.heavens(self.stage.palette), dtype=np.float32)
        where = (
            self.stage.lens.horizon * np.array((0.0, 0.42, 0.78, 1.0))
            if self.setting.below is not Below.SKY
            else np.array((0, 0.35, 0.7, 1.0))
        )
        top = -0.35
        fine = np.linspace(top, 1.4, 700)
        kernel = np.hanning(75)
        out = np.empty((len(y), 3), dtype=np.float32)
        for c in range(3):
            raw = np.interp(fine, where, stops[:, c])
            raw[fine < 0] += (fine[fine < 0] / 0.35) * (raw[0] * 0.18)
            soft = np.convolve(np.pad(raw, 37, mode="edge"), kernel / kernel.sum(), mode="valid")
            out[:, c] = np.interp(y, fine, soft)
        return out

    def _ground_rows(self, y: Field) -> NDArray[np.float32]:
        stage, lens, palette = self.stage, self.stage.lens, self.stage.palette
        drop = np.maximum(1e-3, y - lens.horizon)
        depth = np.minimum(1e5, lens.focal * max(0.15, lens.eye_m) / drop)
        far = 0.93 * (1 - np.exp(-np.maximum(0, depth - 0.9 * stage.unit) / (palette.sight * stage.unit)))
        near = np.clip(drop / (1.02 - lens.horizon), 0, 1)[:, None]
        own = np.array(palette.lit(self.setting.ground, 0.12), dtype=np.float32)
        ink = np.array(palette.ink, dtype=np.float32)
        haze = np.array(palette.haze, dtype=np.float32)
        if self.setting.below is Below.WATER or self.setting.water_from > 0:
            sky = self._sky_rows((lens.horizon - drop * 0.85).astype(np.float32))
            own = sky * (0.8 - 0.5 * near**0.7) + own * (0.2 + 0.5 * near**0.7)
            far = far * 0.45
        deep = 0.5 * (1 - 0.6 * luma(self.setting.ground) / 255)  # pale ground stays pale to the frame's edge
        shade = own * (1 - deep * near**1.3) + ink * (deep * near**1.3)
        return (shade * (1 - far[:, None]) + haze * far[:, None]).astype(np.float32)

    def _texture(self, picture: NDArray[np.float32], below: NDArray[np.bool_]) -> None:
        drop = np.maximum(0.004, self.y[below] - self.stage.lens.horizon)[:, None]
        u = (self.x[None, :] - 0.5) * self.aspect / drop * 1.6
        v = np.broadcast_to(1.2 / drop, u.shape)
        grain = billows(self.grid, u.astype(np.float32), v.astype(np.float32), 3) - 0.5
        fade = np.clip(drop / 0.1, 0, 1)
        picture[below] *= 1 + (0.22 * grain * fade)[:, :, None]

    def _clouds(self, picture: NDArray[np.float32], part: float) -> None:
        stage, palette, lamp = self.stage, self.stage.palette, self.stage.lamp
        end = stage.lens.horizon if self.setting.below is not Below.SKY else 1.4
        rows = self.y < end
        if not rows.any():
            return
        rise = (end - self.y[rows])[:, None]
        reach = 0.34 / (rise + 0.12)
        shift = part * stage.seconds * (0.010 + 0.03 * stage.wind)
        u = ((self.x[None, :] - 0.5) * self.aspect * (1.1 + 1.3 * reach) + shift + 20).astype(np.float32)
        v = np.broadcast_to(3.4 * reach + 0.3 * shift, u.shape).astype(np.float32)
        toward = np.sign(lamp.x - self.x[None, :]) * np.minimum(1, np.abs(lamp.x - self.x[None, :]) * 4)
        dense = billows(self.grid, u, v, 4)
        lit = dense - billows(self.grid, (u + 0.22 * toward).astype(np.float32), v - np.float32(0.16), 2)
        edge = 0.70 - 0.34 * palette.cover
        body = np.clip((dense - edge) / 0.2, 0, 1)
        fade = np.clip(rise / 0.05, 0, 1)
        body = body * body * (3 - 2 * body) * fade * (0.6 + 0.35 * palette.cover)
        near = np.exp(-(((self.x[None, :] - lamp.x) * self.aspect) ** 2 + (self.y[rows][:, None] - lamp.y) ** 2) / 0.5)
        bright = np.clip(0.42 + 2.4 * lit, 0, 1) * (0.35 + 0.65 * near * palette.gleam + 0.25 * palette.gleam)
        dark = np.array(palette.sky[1], dtype=np.float32) * (0.72 if palette.cover < 0.75 else 0.6)
        glowing = np.array(palette.sky[3], dtype=np.float32) * 0.6 + np.array(palette.light, dtype=np.float32) * 0.4
        if stage.time is TimeOfDay.NIGHT:
            glowing = glowing * 0.55
        tone = dark * (1 - bright[:, :, None]) + glowing * bright[:, :, None]
        picture[rows] += (tone - picture[rows]) * body[:, :, None]

    def _light(self, picture: NDArray[np.float32], part: float) -> None:
        stage, palette, lamp = self.stage, self.stage.palette, self.stage.lamp
        if not self.setting.sky:
            return
        across = (self.x[None, :] - lamp.x) * self.aspect
        down = self.y[:, None] - lamp.y
        far = np.hypot(across, down * np.where(down > 0, 1.25, 1.0))
        breath = 1 + 0.1 * (part - 0.5)
        night = stage.time is TimeOfDay.NIGHT
        inner, outer = (0.3, 0.14) if night else (0.5, 0.4)
        strength = palette.gleam * breath * (inner * np.exp(-far / 0.075) + outer * np.exp(-far / 0.34))
        if self.setting.below is not Below.SKY:
            strength *= np.where(self.y[:, None] > stage.lens.horizon, 0.35, 1.0)
        light = np.array(palette.light, dtype=np.float32)
        picture += (light - picture) * np.clip(strength, 0, 0.92)[:, :, None].astype(np.float32)
        if self.setting.below is Below.WATER or self.setting.water_from > 0:
            self._glitter(picture, light)

    def _glitter(self, picture: NDArray[np.float32], light: NDArray[np.float32]) -> None:
        lens = self.stage.lens
        drop = (self.y - lens.horizon)[:, None]
        inside = drop > 0
        spread = 0.03 + 0.32 * np.maximum(0, drop)
        column = np.exp(-(((self.x[None, :] - self.stage.lamp.x) * self.aspect / spread) ** 2)) * np.where(
            inside, np.exp(-drop / 0.3), 0
        )
        picture += (light - picture) * (0.4 * self.stage.palette.gleam * column)[:, :, None].astype(np.float32)

    def _mist(self, picture: NDArray[np.float32], part: float) -> None:
        stage = self.stage
        if self.setting.below is Below.SKY or not self.setting.sky:
            return
        thick, tall = {Weather.FOG: (0.75, 0.3), Weather.SAND: (0.6, 0.25), Weather.SNOW: (0.5, 0.14)}.get(
            stage.weather, (0.32, 0.055)
        )
        away = self.y[:, None] - stage.lens.horizon
        band = thick * np.exp(-np.where(away < 0, (away / tall) ** 2, (away / (tall * 0.45)) ** 2))
        shape = len(self.y), len(self.x)
        u = np.broadcast_to((self.x[None, :] * self.aspect) * 2.2 + 0.25 * part, shape).astype(np.float32)
        wisps = billows(self.grid, u, np.broadcast_to(self.y[:, None] * 9, shape).astype(np.float32), 2)
        haze = np.array(stage.palette.haze, dtype=np.float32)
        picture += (haze - picture) * (band * (0.65 + 0.6 * wisps)).clip(0, 0.95)[:, :, None].astype(np.float32)

    def _vignette(self, picture: NDArray[np.float32]) -> None:
        away = np.hypot((self.x[None, :] - 0.5) * 1.25, (self.y[:, None] - 0.5) * 1.05)
        strength = 0.3 + 0.2 * (1 - self.stage.palette.level)
        picture *= (1 - strength * np.clip((away - 0.34) / 0.5, 0, 1) ** 1.6)[:, :, None].astype(np.float32)


def _finish(stage: Stage, half: NDArray[np.float32], size: tuple[int, int]) -> Image.Image:
    """Full size, with a fine grain that keeps gradients from banding: RGB."""
    channels = [np.asarray(Image.fromarray(half[:, :, c]).resize(size, Image.Resampling.BILINEAR)) for c in range(3)]
    full = np.stack(channels, axis=2)
    grain = stage.random(5).normal(0, 1.1, (128, 128)).astype(np.float32)
    tiles = np.tile(grain, (math.ceil(size[1] / 128), math.ceil(size[0] / 128)))[: size[1], : size[0]]
    full += tiles[:, :, None]
    full += 0.5
    np.clip(full, 0, 255, out=full)
    return Image.fromarray(full.astype(np.uint8))
