"""Northern lights: curtains over the whole sky, green below and violet above, with rays in them."""

import numpy as np

from storyreel.animatic.canvas import Canvas
from storyreel.animatic.colour import Rgb
from storyreel.animatic.stage import Stage

CURTAINS, POINTS, RAYS, LAYERS = 3, 64, 46, 9
LOW: Rgb = (92.0, 236.0, 164.0)
HIGH: Rgb = (126.0, 92.0, 214.0)


def northern_lights(stage: Stage, canvas: Canvas, right_px: float, down_px: float, time_s: float) -> None:
    """Draw them, shifted by so many pixels."""
    lens = stage.lens
    random = stage.random(47)
    wide, high = lens.width_px, lens.height_px
    x = np.linspace(-0.3, 1.3, POINTS)
    for number in range(CURTAINS):
        phase, lift = random.uniform(0, 6.28), 0.1 * number
        waves = 0.05 * np.sin(3.1 * x + phase + 0.5 * time_s) + 0.02 * np.sin(9 * x - time_s + 2 * phase)
        low = lens.horizon * (0.74 - lift) + waves
        tall = lens.horizon * (0.5 + 0.13 * np.sin(5 * x + 2 * phase + 0.4 * time_s))
        for layer in range(LAYERS):
            share = (layer + 1) / LAYERS
            edge = np.stack((x, low), axis=1), np.stack((x, low - tall * share), axis=1)[::-1]
            ring = np.concatenate(edge) * (wide, high) + (right_px, down_px)
            canvas.polygons(ring[None], _between(LOW, HIGH, share), 0.085 - 0.05 * share)
        at = random.uniform(-0.25, 1.25, RAYS)
        foot, top = np.interp(at, x, low), np.interp(at, x, tall)
        half = random.uniform(0.002, 0.007, RAYS)
        lean = 0.012 * np.sin(4 * at + phase)
        for k in range(3):  # the lower part of a ray is the brighter one
            end = foot - top * (0.35 + 0.3 * k)
            rays = np.stack((at - half, foot, at + half, foot, at + half * 0.4 + lean, end, at - half * 0.4 + lean, end), axis=1)
            canvas.polygons(rays.reshape(-1, 4, 2) * (wide, high) + (right_px, down_px), LOW, 0.05)


def _between(one: Rgb, other: Rgb, share: float) -> Rgb:
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share, one[2] + (other[2] - one[2]) * share
