"""A lighthouse's turning beam: a cone of light that sweeps round, seen from the side."""

import math

import numpy as np

from storyreel.animatic.canvas import Canvas
from storyreel.animatic.colour import Rgb

TURN_S = 9.0  # one turn of the lamp
SPREAD = 0.115  # half the cone's angle, in radians
LAYERS = 8


def cone(canvas: Canvas, x: float, y: float, lamp_px: float, fill: Rgb, time_s: float, strength: float) -> None:
    """Draw the beam as nested wedges, and the flare as it passes over the camera."""
    turn = math.tau * (time_s / TURN_S) + 0.35
    for angle in (turn, turn + math.pi):
        along, ahead = math.cos(angle), math.sin(angle)  # to the right, and towards the camera
        reach = canvas.width * (0.2 + 1.7 * abs(along))
        side = 1.0 if along > 0 else -1.0
        fade = abs(along) ** 0.6 * (0.75 + 0.25 * max(0.0, ahead)) * (1.0 if angle == turn else 0.6)
        open_up = SPREAD * (1 + 0.9 * (1 - abs(along)))
        for k in range(0, LAYERS, 1 if angle == turn else 3):
            part = 1 - k / LAYERS
            half = math.tan(open_up * part**0.85)
            length = reach * (0.22 + 0.78 * ((k * 3) % LAYERS) / (LAYERS - 1))
            rise = -0.05 * length
            far = x + side * length
            wedge = np.array(
                (
                    (x, y - 1.5),
                    (far, y + rise - half * length),
                    (far + side * half * length * 0.3, y + rise),
                    (far, y + rise + half * length),
                    (x, y + 1.5),
                )
            )
            canvas.polygon(wedge, fill, 0.07 * strength * fade)
    flare = max(0.0, math.sin(turn)) ** 14
    canvas.glow(x, y, lamp_px * (1.4 + 4 * flare), fill, min(1.0, strength * (0.5 + 0.5 * flare)))
