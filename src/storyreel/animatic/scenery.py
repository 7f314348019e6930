"""The parts that backdrops are made of: upright cut-outs, panels in perspective, lights, mist, and water's edge."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import cast

import numpy as np
from numpy.typing import NDArray

from storyreel.animatic.camera import View, drift
from storyreel.animatic.canvas import Canvas, Coordinates
from storyreel.animatic.colour import Rgb
from storyreel.animatic.outline import Ring
from storyreel.animatic.stage import Stage
from storyreel.animatic.stillness import HoldsStill, Lives

RESTLESS = 0.1  # a lamp that flickers less is baked


@dataclass(frozen=True, slots=True)
class Cutout:
    """Upright outlines at one depth, in metres; they may sway, and have a bright edge."""

    z_m: float
    points: NDArray[np.float64]  # (n, 2): every ring, one after the other
    starts: NDArray[np.intp]
    fills: tuple[tuple[Rgb, float], ...]
    edge: tuple[Rgb, float, float] | None = None  # colour, and where the light lies (x right, y down), in pixels
    sway: float = 0.0  # metres sideways per square metre of height
    seed: int = 0

    @property
    def still_m(self) -> float | None:
        """Its nearest depth where nothing in it moves."""
        return None if self.sway else self.z_m

    def paint(self, canvas: Canvas, view: View, time_s: float) -> None:
        """Draw the rings that fall into the frame."""
        points = self.points
        if self.sway:
            lean = self.sway * drift(time_s, self.seed)
            points = points.copy()
            points[:, 0] += lean * points[:, 1] * np.abs(points[:, 1])
        flat = view.flat(points, self.z_m)
        lows, highs = np.minimum.reduceat(flat[:, 0], self.starts), np.maximum.reduceat(flat[:, 0], self.starts)
        tops = np.minimum.reduceat(flat[:, 1], self.starts)
        shown = ((highs > 0) & (lows < canvas.width) & (tops < canvas.height) & (highs - lows > 0.4)).tolist()
        starts = self.starts.tolist()
        cuts = [
            (2 * first, 2 * end, fill)
            for first, end, seen, fill in zip(starts, [*starts[1:], len(flat)], shown, self.fills, strict=True)
            if seen
        ]
        if self.edge:
            tone, right, down = self.edge
            row: Coordinates = (flat + np.array((right, down))).ravel().tolist()
            for first, end, _ in cuts:
                canvas.outline(row[first:end], tone)
        row = flat.ravel().tolist()
        for first, end, (fill, share) in cuts:
            canvas.outline(row[first:end], fill, share)


@dataclass(slots=True)
class Scissors:
    """Collects rings for one cut-out."""

    z_m: float
    rings: list[Ring] = field(default_factory=list[Ring])
    fills: list[tuple[Rgb, float]] = field(default_factory=list[tuple[Rgb, float]])

    def add(self, rings: Iterable[Ring] | Ring, fill: Rgb, x_m: float = 0.0, y_m: float = 0.0, share: float = 1.0) -> "Scissors":
        """Put rings of one colour at a place on the ground."""
        for ring in cast("Iterable[Ring]", (rings,) if isinstance(rings, np.ndarray) else rings):
            self.rings.append(ring + np.array((x_m, y_m)))
            self.fills.append((fill, share))
        return self

    def box(self, x0: float, y0: float, x1: float, y1: float, fill: Rgb, share: float = 1.0) -> "Scissors":
        """Put an upright rectangle."""
        return self.add(np.array(((x0, y0), (x1, y0), (x1, y1), (x0, y1))), fill, share=share)

    def layers(self, edge: tuple[Rgb, float, float] | None = None, sway: float = 0.0, seed: int = 0) -> list[Cutout]:
        """The cut-out, or nothing where nothing was put."""
        if not self.rings:
            return []
        lengths = [len(ring) for ring in self.rings]
        starts = np.concatenate(([0], np.cumsum(lengths[:-1]))).astype(np.intp)
        return [Cutout(self.z_m, np.concatenate(self.rings), starts, tuple(self.fills), edge, sway, seed)]


@dataclass(frozen=True, slots=True)
class Panels:
    """Flat four-sided panels in perspective: roads, walls, floors. Farthest first within one layer."""

    z_m: float
    corners: NDArray[np.float64]  # (k, 4, 3) metres
    fills: tuple[tuple[Rgb, float], ...]

    @property
    def still_m(self) -> float | None:
        """Its nearest depth where nothing in it moves."""
        return float(self.corners[:, :, 2].min())

    def paint(self, canvas: Canvas, view: View, time_s: float) -> None:  # noqa: ARG002 - panels stand still
        """Draw every panel."""
        flat = view.solid(self.corners.reshape(-1, 3)).reshape(-1, 4, 2)
        low, high = flat.min(axis=1), flat.max(axis=1)
        inside = ((high > 0) & (low < (canvas.width, canvas.height)) & (high - low > 0.8)).all(axis=1)
        quads: list[Coordinates] = flat.reshape(-1, 8).tolist()
        for quad, (fill, share), seen in zip(quads, self.fills, inside.tolist(), strict=True):
            if seen:
                canvas.outline(quad, fill, share)


@dataclass(slots=True)
class Boards:
    """Collects panels for one layer."""

    z_m: float
    corners: list[Sequence[tuple[float, float, float]]] = field(default_factory=list[Sequence[tuple[float, float, float]]])
    fills: list[tuple[Rgb, float]] = field(default_factory=list[tuple[Rgb, float]])

    def add(self, corners: Sequence[tuple[float, float, float]], fill: Rgb, share: float = 1.0) -> "Boards":
        """Put four corners."""
        self.corners.append(corners)
        self.fills.append((fill, share))
        return self

    def floor(self, x0: float, x1: float, z0: float, z1: float, fill: Rgb, share: float = 1.0, y: float = 0.0) -> "Boards":
        """Put a level panel."""
        return self.add(((x0, y, z0), (x1, y, z0), (x1, y, z1), (x0, y, z1)), fill, share)

    def side(self, x: float, y0: float, y1: float, z0: float, z1: float, fill: Rgb, share: float = 1.0) -> "Boards":
        """Put an upright panel that runs away from the camera."""
        return self.add(((x, y0, z0), (x, y1, z0), (x, y1, z1), (x, y0, z1)), fill, share)

    def layers(self) -> list[Panels]:
        """The panels, or nothing where nothing was put."""
        return [Panels(self.z_m, np.array(self.corners, dtype=np.float64), tuple(self.fills))] if self.corners else []


@dataclass(frozen=True, slots=True)
class Shine:
    """A lamp: a bright core and a soft glow that breathes."""

    x_m: float
    y_m: float
    z_m: float
    radius_m: float
    fill: Rgb
    strength: float = 0.6
    core_m: float = 0.0
    unrest: float = 0.06
    seed: int = 0
    flat: float = 1.0

    @property
    def still_m(self) -> float | None:
        """Its nearest depth where nothing in it moves."""
        return self.z_m if self.unrest < RESTLESS else None

    def paint(self, canvas: Canvas, view: View, time_s: float) -> None:
        """Draw the glow and the core."""
        x, y = view.point(self.x_m, self.y_m, self.z_m)
        scale = view.per_m(self.z_m)
        pulse = 1 + self.unrest * drift(time_s * (1 + 8 * self.unrest), self.seed) if self.unrest >= RESTLESS else 1.0
        canvas.glow(x, y, self.radius_m * scale, self.fill, self.strength * pulse, self.flat)
        if self.core_m:
            canvas.ellipse(x, y, self.core_m * scale, self.core_m * scale, (255.0, 246.0, 220.0))


@dataclass(frozen=True, slots=True)
class Mist(HoldsStill):
    """A bank of haze that lies on the ground before what is farther."""

    z_m: float
    tall_m: float
    fill: Rgb
    share: float

    def paint(self, canvas: Canvas, view: View, time_s: float) -> None:  # noqa: ARG002 - a bank lies still
        """Lay the bank, thickest at the ground."""
        thick = self.share
        base = view.point(0, 0, self.z_m)[1]
        top = view.point(0, self.tall_m, self.z_m)[1]
        canvas.veil(top, base, self.fill, 0.0, thick)
        canvas.veil(base, base + (base - top) * 0.5, self.fill, thick, 0.0)


@dataclass(frozen=True, slots=True)
class Blades(Lives):
    """Grass, reeds or wheat in the wind: tapering blades, each bent by a gust that runs through them."""

    z_m: float
    roots: NDArray[np.float64]  # (n, 2) metres
    tall: NDArray[np.float64]  # (n,) metres
    lean: NDArray[np.float64]  # (n,) at rest, share of its height
    width_m: float
    fill: Rgb
    wind: float

    def paint(self, canvas: Canvas, view: View, time_s: float) -> None:
        """Draw every blade as a bent wedge of five points."""
        x, y, h = self.roots[:, 0], self.roots[:, 1], self.tall
        gust = np.sin(time_s * 1.9 + x * 1.3) * 0.6 + np.sin(time_s * 3.1 + x * 2.9 + 1) * 0.25
        bend = h * (self.lean + self.wind * (0.22 + 0.30 * gust))
        half = self.width_m / 2
        rings = np.empty((len(x), 5, 2))
        for k, (across, up, bow) in enumerate(
            ((-half, 0.0, 0.0), (-half * 0.7, 0.5, 0.32), (0.0, 1.0, 1.0), (half * 0.7, 0.5, 0.32), (half, 0.0, 0.0))
        ):
            rings[:, k, 0] = x + across + bow * bend
            rings[:, k, 1] = y + up * h
        flat = view.flat(rings.reshape(-1, 2), self.z_m).reshape(-1, 5, 2)
        canvas.polygons(flat[(flat[:, :, 0].max(axis=1) > 0) & (flat[:, :, 0].min(axis=1) < canvas.width)], self.fill)


@dataclass(frozen=True, slots=True)
class Rays(Lives):
    """Slanting bands of light through leaves or clouds, from the lamp downwards."""

    stage: Stage
    z_m: float
    count: int = 4
    strength: float = 1.0

    def paint(self, canvas: Canvas, view: View, time_s: float) -> None:
        """Draw each band as nested wedges that come and go."""
        stage, random = self.stage, self.stage.random(435)
        wide, high = stage.lens.width_px, stage.lens.height_px
        slide = (view.centre_px - wide / 2) * 0.6
        x0 = min(1.3, max(-0.3, stage.lamp.x)) * wide
        for _ in range(self.count):
            at, size, phase = random.uniform(-0.1, 0.9), random.uniform(0.025, 0.07), random.random()
            top = x0 * 0.7 + at * wide * 0.45 + slide
            lean = (at * wide - x0) * 0.5 + (0.2 if stage.lamp.x < 0.5 else -0.2) * wide
            share = self.strength * stage.palette.gleam * (0.075 + 0.025 * np.sin(time_s * 0.6 + 6.28 * phase))
            for k in range(2):
                w = size * wide * (1 - 0.3 * k)
                canvas.polygon(
                    np.array(
                        ((top - w * 0.4, -4), (top + w * 0.4, -4), (top + lean + w, high * 1.02), (top + lean - w, high * 1.02))
                    ),
                    stage.palette.light,
                    float(share),
                )
