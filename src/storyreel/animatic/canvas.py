"""Anti-aliased drawing at sub-pixel places on one frame (aggdraw on Pillow)."""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeAlias

import aggdraw
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from storyreel.animatic import colour
from storyreel.animatic.colour import Rgb

AGG: Any = aggdraw  # it carries no types

Coordinates: TypeAlias = list[float]
"""A ring in pixels: x, y, x, y and so on."""

Packed: TypeAlias = bytes | NDArray[np.uint8]
"""A picture as rows of packed RGB without padding, one byte after the other."""

SIZE_STEP = 0.018  # of a glow's radius: finer than the eye sees in so soft an edge
SMALL_GLOW_PX = 22.0  # up to here rings are drawn; above, one soft picture is laid over the finished frame


class Canvas:
    """One frame while it is being drawn; pixels from the top left."""

    __slots__ = ("_draw", "_fill", "_glows", "_stamps", "height", "width")

    def __init__(self, size: tuple[int, int], ground: Packed) -> None:
        """Begin on a ground."""
        self.width, self.height = size
        self._draw: Any = AGG.Draw("RGB", size)
        self._draw.frombytes(ground)
        self._fill: Any = self._draw.polygon
        self._glows: list[tuple[float, float, float, float, Rgb, float]] = []
        self._stamps: list[tuple[Image.Image, float, float, float, Rgb]] = []

    def polygon(self, points_px: NDArray[np.float64], fill: Rgb, share: float = 1.0) -> None:
        """Fill one ring (n, 2); `share` is its opacity."""
        self.outline(points_px.ravel().tolist(), fill, share)

    def polygons(self, rings_px: NDArray[np.float64], fill: Rgb, share: float = 1.0) -> None:
        """Fill many rings of equal length (k, n, 2) with one colour."""
        brush = _brush(fill, share)
        for ring in rings_px.reshape(len(rings_px), rings_px.shape[1] * 2).tolist():
            self._fill(ring, brush)

    def outline(self, ring_px: Coordinates, fill: Rgb, share: float = 1.0) -> None:
        """Fill one ring."""
        if len(ring_px) > 4:
            self._fill(ring_px, _paint(fill, int(share * 255 + 0.5)))

    def outlines(self, rings_px: Sequence[Coordinates], fill: Rgb, share: float = 1.0) -> None:
        """Fill rings together; a ring that runs the other way round inside another is a hole."""
        if len(rings_px) == 1:
            self.outline(rings_px[0], fill, share)
            return
        path = AGG.Path()
        for ring in rings_px:
            path.moveto(ring[0], ring[1])
            for x, y in zip(ring[2::2], ring[3::2], strict=True):
                path.lineto(x, y)
            path.close()
        self._draw.path(path, _brush(fill, share))

    def line(self, points_px: NDArray[np.float64], fill: Rgb, width_px: float, share: float = 1.0) -> None:
        """Draw an open line (n, 2)."""
        self._draw.line(points_px.ravel().tolist(), _pen(fill, width_px, int(share * 255 + 0.5)))

    def lines(self, lines_px: NDArray[np.float64], fill: Rgb, width_px: float, shares: Sequence[float]) -> None:
        """Draw many open lines of equal length (k, n, 2), each with an opacity of its own."""
        for row, share in zip(lines_px.reshape(len(lines_px), -1).tolist(), shares, strict=True):
            self._draw.line(row, _pen(fill, width_px, int(share * 255 + 0.5)))

    def box(self, x0: float, y0: float, x1: float, y1: float, fill: Rgb, share: float = 1.0) -> None:
        """Fill an upright rectangle."""
        self._fill((x0, y0, x1, y0, x1, y1, x0, y1), _brush(fill, share))

    def ellipse(self, x: float, y: float, rx: float, ry: float, fill: Rgb, share: float = 1.0) -> None:
        """Fill an ellipse about its centre."""
        self._draw.ellipse((x - rx, y - ry, x + rx, y + ry), _brush(fill, share))

    def veil(self, top: float, bottom: float, fill: Rgb, above: float, below: float, step: int = 3) -> None:
        """Lay a soft band over the whole width, its opacity running from `above` at the top to `below` at the bottom."""
        first, last = round(top), round(bottom)
        if last <= first:
            return
        for y in range(max(0, first - first % step), min(self.height, last - last % step), step):
            share = above + (below - above) * (y - first) / (last - first)
            if share > 0.003:
                # the rasteriser widens every edge by a quarter pixel: take that off, or the rows would overlap
                row = (0, y + 0.25, self.width, y + 0.25, self.width, y + step - 0.25, 0, y + step - 0.25)
                self._fill(row, _brush(fill, min(1.0, share)))

    def glow(self, x: float, y: float, radius: float, fill: Rgb, strength: float, flat: float = 1.0) -> None:
        """Add a soft light; `flat` squeezes it in height."""
        if strength <= 0.01 or radius < 0.5 or not (-radius < x < self.width + radius and -radius < y < self.height + radius):
            return
        if radius > SMALL_GLOW_PX:
            self._glows.append((x, y, min(radius, self.width * 0.17), flat, fill, strength))
            return
        rings = 6 + int(radius / 6)
        for k in range(rings):
            part = 1 - k / rings
            self.ellipse(x, y, radius * part, radius * part * flat, fill, strength * 2.2 * (1 - part * 0.8) / rings)

    def stamp(self, mask: Image.Image, x: float, y: float, factor: float, fill: Rgb) -> None:
        """Lay a mask (mode L) about (x, y), scaled, over the finished frame."""
        self._stamps.append((mask, x, y, factor, fill))

    def settle(self) -> None:
        """Lay the large glows so far, so that what is drawn after stands before them."""
        if self._glows:
            self._draw.frombytes(self._lit())

    def packed(self) -> Packed:
        """The finished frame, with its last glows and its stamps laid over."""
        return self.finish().tobytes() if self._stamps else self._lit()

    def finish(self) -> Image.Image:
        """The finished frame as a picture: RGB."""
        image = Image.frombytes("RGB", (self.width, self.height), self._lit())
        for mask, x, y, factor, fill in self._stamps:
            wide, high = mask.width * factor, mask.height * factor
            left, top = int(x - wide / 2) - 1, int(y - high / 2) - 1
            size = int(wide) + 3, int(high) + 3
            map_back = (1 / factor, 0, (left - x + wide / 2) / factor, 0, 1 / factor, (top - y + high / 2) / factor)
            placed = mask.transform(size, Image.Transform.AFFINE, map_back, Image.Resampling.BICUBIC)
            image.paste(colour.opaque(fill), (left, top), placed)
        return image

    def _lit(self) -> Packed:
        """What was drawn so far under its large glows."""
        frame: bytes = self._draw.tobytes()
        if not self._glows:
            return frame
        packed = np.frombuffer(frame, np.uint8).copy()
        rows = packed.reshape(self.height, self.width * 3)
        for x, y, radius, flat, fill, strength in self._glows:
            _lay(rows, x, y, radius, flat, fill, strength)
        self._glows = []
        return packed


def _brush(fill: Rgb, share: float) -> Any:
    return _paint(fill, int(share * 255 + 0.5))


@lru_cache(maxsize=4096)
def _paint(fill: Rgb, opacity: int) -> Any:
    return AGG.Brush(colour.opaque(fill)[:3], opacity)


@lru_cache(maxsize=512)
def _pen(fill: Rgb, width_px: float, opacity: int) -> Any:
    return AGG.Pen(colour.opaque(fill)[:3], width_px, opacity)


def _lay(packed: NDArray[np.uint8], x: float, y: float, radius: float, flat: float, fill: Rgb, strength: float) -> None:
    """Lay a glow on rows of packed RGB (height, 3 width)."""
    keep, light = _light(round(math.log(radius) / SIZE_STEP), round(flat * 50), round(strength * 96), colour.opaque(fill))
    high, wide = keep.shape
    top, left = round(y - high / 2), 3 * round(x - wide / 6)
    below, right = min(high, packed.shape[0] - top), min(wide, packed.shape[1] - left)
    above, before = max(0, -top), max(0, -left)
    if above >= below or before >= right:
        return
    part = packed[top + above : top + below, left + before : left + right]
    mixed = part.astype(np.uint16)
    mixed *= keep[above:below, before:right]
    mixed += light[above:below, before:right]
    mixed >>= 8
    part[...] = mixed


@lru_cache(maxsize=32)
def _light(size: int, flat: int, strength: int, fill: tuple[int, int, int, int]) -> tuple[NDArray[np.uint16], NDArray[np.uint16]]:
    """A soft disc of a size, strength and colour, made once for the glows that share it.

    Two arrays (height, 3 width): how much stays of each byte, and what is added to it; in 256ths.
    """
    radius = math.exp(size * SIZE_STEP)
    disc = SOFT.resize((max(2, int(radius * 2)), max(2, int(radius * 2 * flat / 50))), Image.Resampling.BILINEAR)
    disc = disc.point([min(255, int(k * strength / 96)) for k in range(256)])
    share = np.array(disc.crop(disc.getbbox() or (0, 0, 1, 1)), np.uint16)
    share += share > 127  # 255 becomes the whole
    keep, light = (np.empty((share.shape[0], share.shape[1] * 3), np.uint16) for _ in range(2))
    for channel in range(3):
        keep[:, channel::3] = 256 - share
        light[:, channel::3] = share * np.uint16(fill[channel]) + np.uint16(128)
    return keep, light


def _soft_disc(size: int = 96) -> Image.Image:
    """A round light that falls off to nothing at its rim: mode L."""
    axis = (np.arange(size) + 0.5) / size * 2 - 1
    fall = np.clip(1 - np.hypot(axis[:, None], axis[None, :]), 0, 1)
    return Image.fromarray((255 * (0.65 * fall**2.2 + 0.35 * fall**6)).astype(np.uint8))


SOFT = _soft_disc()
