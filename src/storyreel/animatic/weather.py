"""What the air does in front of and behind the picture: stars, disc, northern lights, rain, lightning, snow, sand, fog."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storyreel.animatic import colour
from storyreel.animatic.aurora import northern_lights
from storyreel.animatic.camera import View, drift
from storyreel.animatic.canvas import Canvas
from storyreel.animatic.colour import Rgb
from storyreel.animatic.setting import Below, Setting
from storyreel.animatic.stage import Stage
from storyreel.domain.storyboard import LightSource, TimeOfDay, Weather

NORTHERN_LIGHTS, DISCS = "northern_lights", frozenset({"moon", "sun"})
"""Subjects of the lexicon that are part of the sky where anything else is seen."""
DEPTHS = 3  # of falling drops and flakes
RAIN_M_S, SNOW_M_S = 1.9, 0.16  # frame heights a second, nearest


@dataclass(frozen=True, slots=True)
class Sky:
    """The moving parts of sky and weather of one shot."""

    stage: Stage
    open_air: bool  # the sky is seen
    falls: bool  # rain or snow comes down before the camera
    stars: NDArray[np.float64]  # (n, 4): x, y in frame sizes, radius in pixels, phase
    drops: NDArray[np.float64]  # (n, 4): x, y start 0 to 1, depth 0 to 1, phase

    @property
    def moves_behind(self) -> bool:
        """Whether something far off changes from frame to frame."""
        return self.open_air and self.stage.weather is Weather.STORM

    def behind(self, canvas: Canvas, view: View, time_s: float) -> None:
        """Draw what is farther than anything and moves: lightning."""
        if self.moves_behind:
            self._lightning(canvas, view.centre_px - self.stage.lens.width_px / 2, time_s)

    def heavens(self, canvas: Canvas, view: View, time_s: float) -> None:
        """Draw stars and disc, on the plate."""
        if not self.open_air:
            return
        lens = self.stage.lens
        right, down = view.centre_px - lens.width_px / 2, view.horizon_px - lens.horizon * lens.height_px
        for x, y, radius, phase in self.stars.tolist():
            share = 0.6 + 0.4 * math.sin(time_s * (1.5 + phase) + 9 * phase)
            canvas.ellipse(
                x * lens.width_px + right,
                y * lens.height_px + down,
                radius,
                radius,
                (255.0, 250.0, 235.0),
                share * min(1.0, radius),
            )
        if NORTHERN_LIGHTS in self.stage.heavens:
            northern_lights(self.stage, canvas, right, down, time_s)
        if self.stage.lamp.disc:
            self._disc(canvas, self.stage.lamp.x * lens.width_px + right, self.stage.lamp.y * lens.height_px + down)

    def before(self, canvas: Canvas, view: View, time_s: float) -> None:
        """Draw what falls or drifts between the camera and everything."""
        if not self.falls:
            return
        match self.stage.weather:
            case Weather.RAIN | Weather.STORM:
                self._rain(canvas, view, time_s)
            case Weather.SNOW:
                self._snow(canvas, view, time_s)
            case Weather.FOG:
                self._banks(canvas, time_s)
            case Weather.SAND:
                self._sand(canvas, time_s)
            case Weather.WIND:
                self._leaves(canvas, time_s)
            case Weather.CLEAR:
                pass

    def _disc(self, canvas: Canvas, x: float, y: float) -> None:
        stage, high = self.stage, self.stage.lens.height_px
        night = stage.time is TimeOfDay.NIGHT or stage.lamp.source is LightSource.MOON
        radius = high * (0.036 if night else 0.042) * (1.5 if self.stage.heavens & DISCS else 1.0)
        fill = colour.mix(stage.palette.light, colour.WHITE, 0.45 if not night else 0.3)
        share = 0.55 + 0.45 * stage.palette.gleam
        canvas.ellipse(x, y, radius * 1.06, radius * 1.06, fill, 0.35 * share)
        canvas.ellipse(x, y, radius, radius, fill, share)
        if night:
            shade = colour.mix(fill, stage.palette.sky[1], 0.3)
            for dx, dy, size in ((-0.3, -0.25, 0.24), (0.22, 0.12, 0.3), (-0.15, 0.42, 0.16), (0.35, -0.42, 0.12)):
                canvas.ellipse(x + dx * radius, y + dy * radius, size * radius, size * radius * 0.9, shade, 0.4 * share)

    def _lightning(self, canvas: Canvas, right: float, time_s: float) -> None:
        strength, number = flash(self.stage, time_s)
        if strength <= 0.01:
            return
        lens = self.stage.lens
        canvas.box(0, 0, lens.width_px, lens.height_px, (214.0, 224.0, 255.0), 0.5 * strength)
        random = self.stage.random(900 + number)
        x, y = lens.width_px * random.uniform(0.12, 0.88) + right, -10.0
        end = lens.horizon * lens.height_px
        points: list[tuple[float, float]] = []
        while y < end:
            points.append((x, y))
            x += random.uniform(-0.035, 0.035) * lens.width_px
            y += random.uniform(0.02, 0.06) * lens.height_px
        bolt = np.array([*points, (x, end)])
        for width, share in ((9.0, 0.16), (4.5, 0.4), (1.8, 1.0)):
            canvas.line(bolt, (240.0, 244.0, 255.0), width * lens.height_px / 720, share * strength)

    def _rain(self, canvas: Canvas, view: View, time_s: float) -> None:
        stage, lens = self.stage, self.stage.lens
        slant = -0.42 if stage.weather is Weather.STORM else -0.12
        fill = colour.mix(stage.palette.haze, colour.WHITE, 0.45)
        x0, y0, depth, phase = self.drops.T
        speed = RAIN_M_S * (0.55 + 0.75 * depth)
        long = (0.022 + 0.06 * depth**2) * lens.height_px
        y = ((y0 + time_s * speed) % 1.25 - 0.12) * lens.height_px
        x = ((x0 + phase * 0.1 + (view.centre_px / lens.width_px - 0.5) * depth) % 1.3 - 0.15) * lens.width_px + slant * y * 0.5
        x = (x + 0.2 * lens.width_px) % (1.3 * lens.width_px) - 0.1 * lens.width_px
        half = (0.35 + 0.55 * depth) * lens.height_px / 720
        quads = np.stack(
            (x - half, y, x + half, y, x + half + slant * long, y + long, x - half + slant * long, y + long), axis=1
        ).reshape(-1, 4, 2)
        for k in range(DEPTHS):
            layer = quads[(depth * DEPTHS).astype(int) == k]
            canvas.polygons(layer, fill, 0.13 + 0.08 * k)

    def _snow(self, canvas: Canvas, view: View, time_s: float) -> None:
        stage, lens = self.stage, self.stage.lens
        bright = colour.mix(colour.mix(stage.palette.haze, colour.WHITE, 0.75), stage.palette.ambient, 0.25)
        slide = (view.centre_px / lens.width_px - 0.5) * 1.5 + view.x_m / max(0.1, stage.across(lens.depth_m)) * -0.4
        for x0, y0, depth, phase in self.drops.tolist():
            near = depth * depth
            y = (y0 + time_s * SNOW_M_S * (0.35 + 1.1 * near)) % 1.1 - 0.05
            x = (
                x0
                + slide * near
                + 0.012 * math.sin(time_s * (0.7 + phase) + 6.28 * phase)
                + time_s * stage.wind * 0.05 * (0.4 + near)
            ) % 1.1 - 0.05
            radius = (0.7 + 3.4 * near**1.6) * lens.height_px / 720
            canvas.ellipse(x * lens.width_px, y * lens.height_px, radius, radius, bright, 0.85 - 0.3 * near)

    def _banks(self, canvas: Canvas, time_s: float) -> None:
        lens, haze = self.stage.lens, self.stage.palette.haze
        rise = 0.02 * drift(time_s * 0.35, self.stage.seed)
        high = lens.height_px
        canvas.veil((lens.horizon + 0.02 + rise) * high, (lens.horizon + 0.2 + rise) * high, haze, 0.0, 0.26)
        canvas.veil((lens.horizon + 0.2 + rise) * high, (lens.horizon + 0.42 + rise) * high, haze, 0.26, 0.04)

    def _sand(self, canvas: Canvas, time_s: float) -> None:
        lens = self.stage.lens
        fill = colour.mix(self.stage.palette.haze, colour.of("e2b06a"), 0.4)
        x0, y0, depth, phase = self.drops.T
        x = ((x0 + time_s * (0.5 + 1.1 * depth)) % 1.3 - 0.15) * lens.width_px
        y = (y0 + 0.02 * np.sin(time_s * 2 + 9 * phase)) * lens.height_px
        long = (0.02 + 0.09 * depth) * lens.width_px
        half = (0.4 + 0.8 * depth) * lens.height_px / 720
        quads = np.stack((x, y - half, x + long, y - half * 2, x + long, y, x, y + half), axis=1).reshape(-1, 4, 2)
        canvas.polygons(quads, fill, 0.22)
        canvas.veil(lens.horizon * lens.height_px, lens.height_px, fill, 0.0, 0.3)

    def _leaves(self, canvas: Canvas, time_s: float) -> None:
        lens = self.stage.lens
        fill: Rgb = colour.mix(self.stage.palette.ink, self.stage.palette.accent, 0.3)
        for x0, y0, depth, phase in self.drops[:26].tolist():
            x = ((x0 + time_s * (0.16 + 0.25 * depth)) % 1.2 - 0.1) * lens.width_px
            y = (0.25 + 0.65 * y0 + 0.05 * math.sin(time_s * (1.6 + phase) + 6 * phase)) * lens.height_px
            turn, size = time_s * (3 + 4 * phase) + 7 * phase, (2.0 + 4.5 * depth) * lens.height_px / 720
            ax, ay = math.cos(turn) * size, math.sin(turn) * size * 0.8
            canvas.polygon(
                np.array(((x + ax, y + ay), (x - ay * 0.35, y + ax * 0.35), (x - ax, y - ay), (x + ay * 0.35, y - ax * 0.35))),
                fill,
                0.8,
            )


def flash(stage: Stage, time_s: float) -> tuple[float, int]:
    """How bright a lightning flash is at a moment, 0 to 1, and its number."""
    random = stage.random(77)
    at = random.uniform(0.3, 1.1)
    number = 0
    while at < stage.seconds + 0.5:
        since = time_s - at
        if 0 <= since < 0.5:
            flicker = math.exp(-since * 9) + 0.7 * math.exp(-(((since - 0.16) / 0.04) ** 2))
            return min(1.0, flicker), number
        at += random.uniform(1.5, 3.4)
        number += 1
    return 0.0, 0


def weather_over(stage: Stage, setting: Setting) -> Sky:
    """The weather of a shot at a place."""
    random = stage.random(31)
    dark = stage.time is TimeOfDay.NIGHT or (stage.time is TimeOfDay.DAWN and stage.palette.level < 0.7)
    count = 0 if stage.palette.cover > 0.7 or not dark else (165 if stage.time is TimeOfDay.NIGHT else 35)
    top = stage.lens.horizon * 0.8 if setting.below is not Below.SKY else 1.0
    stars = np.stack(
        (
            random.uniform(-0.25, 1.25, count),
            random.random(count) ** 1.3 * top,
            0.45 + 1.1 * random.random(count) ** 3,
            random.random(count),
        ),
        axis=1,
    )
    many = {Weather.STORM: 300, Weather.RAIN: 240, Weather.SNOW: 230, Weather.SAND: 120, Weather.WIND: 40}.get(stage.weather, 0)
    drops = np.stack((random.random(many), random.random(many), random.random(many), random.random(many)), axis=1)
    stars[:, 2] *= stage.lens.height_px / 720
    return Sky(
        stage,
        setting.sky,
        setting.sky and not setting.roof and setting.below is not Below.SKY,
        stars,
        drops[np.argsort(drops[:, 2])] if many else drops,
    )
