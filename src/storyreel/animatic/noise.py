"""Seeded soft noise for clouds, mist and ground."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Field: TypeAlias = NDArray[np.float32]
"""A picture of one channel."""


def lattice(random: np.random.Generator, size: int = 64) -> Field:
    """A square of random values 0 to 1 that repeats without a border; `size` is a power of two."""
    return random.random((size, size), dtype=np.float32)


def sampled(grid: Field, u: Field, v: Field) -> Field:
    """The grid's value at (u, v), smoothly interpolated; whole numbers are grid points and it repeats."""
    size, flat = grid.shape[0], grid.ravel()  # to look up by one number takes a third of the time
    left, top = np.floor(u), np.floor(v)
    a, b = u - left, v - top
    a, b = a * a * (3 - 2 * a), b * b * (3 - 2 * b)
    column, row = left.astype(np.int32), top.astype(np.int32)
    i, k = column & (size - 1), (column + 1) & (size - 1)
    j, n = (row & (size - 1)) * size, ((row + 1) & (size - 1)) * size
    upper = flat[j + i] * (1 - a) + flat[j + k] * a
    lower = flat[n + i] * (1 - a) + flat[n + k] * a
    return np.asarray(upper * (1 - b) + lower * b, dtype=np.float32)


def billows(grid: Field, u: Field, v: Field, octaves: int = 4, gain: float = 0.52) -> Field:
    """Fractal noise, about 0 to 1."""
    out = np.zeros_like(u)
    weight, total = 1.0, 0.0
    for k in range(octaves):
        factor = 2.03**k
        out += weight * sampled(grid, u * factor + 7.3 * k, v * factor + 3.1 * k)
        total += weight
        weight *= gain
    return out / total


def skyline(
    random: np.random.Generator, x: NDArray[np.float64], wave_m: float, octaves: int = 5, gain: float = 0.5
) -> NDArray[np.float64]:
    """A rough line over `x`, about -1 to 1, whose longest wave is `wave_m`."""
    out = np.zeros_like(x)
    weight = 1.0
    for k in range(octaves):
        turn, stretch = random.uniform(0, 6.283), random.uniform(0.8, 1.25)
        out += weight * np.sin(x * (6.283 / wave_m * stretch * 1.93**k) + turn)
        weight *= gain
    return out / 1.6
