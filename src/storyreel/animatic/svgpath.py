"""Reads SVG path data into closed rings of points: every command of SVG 1.1, absolute and relative, curves flattened."""

import math
import re
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from storyreel.animatic.outline import Ring

STEPS = 12  # lines a curve is made of
_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_COMMAND = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])([^MmLlHhVvCcSsQqTtAaZz]*)")
_ARC = re.compile(
    rf"\s*,?\s*({_NUMBER})\s*,?\s*({_NUMBER})\s*,?\s*({_NUMBER})\s*,?\s*([01])\s*,?\s*([01])\s*,?\s*({_NUMBER})\s*,?\s*({_NUMBER})"
)
_ARITY = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2}


def rings(data: str) -> tuple[Ring, ...]:
    """The subpaths of path data as closed rings, in the units and axes of the data. Rings of under three points are left out."""
    pen = _Pen()
    for found in _COMMAND.finditer(data):
        command = str(found[1])
        for values in _groups(command, str(found[2])):
            pen.draw(command, values)
            command = {"M": "L", "m": "l"}.get(command, command)  # further pairs after a move are lines
    pen.close()
    return tuple(np.array(ring, dtype=np.float64) for ring in pen.done if len(ring) > 2)


def _groups(command: str, arguments: str) -> Iterator[tuple[float, ...]]:
    kind = command.upper()
    if kind == "Z":
        yield ()
    elif kind == "A":
        for found in _ARC.findall(arguments):
            yield tuple(float(one) for one in found)
    else:
        numbers = [float(one) for one in re.findall(_NUMBER, arguments)]
        size = _ARITY[kind]
        for at in range(0, len(numbers) - size + 1, size):
            yield tuple(numbers[at : at + size])


class _Pen:
    """Where the drawing stands while path data is read."""

    def __init__(self) -> None:
        self.done: list[list[tuple[float, float]]] = []
        self._ring: list[complex] = []
        self._at = self._start = 0j
        self._handle: complex | None = None  # of the curve before, for S and T
        self._handle_kind = ""

    def draw(self, command: str, values: tuple[float, ...]) -> None:
        """Carry out one command with its numbers."""
        kind, origin = command.upper(), self._at if command.islower() else 0j
        if kind == "Z":
            self.close()
            return
        if kind == "M":
            self.close()
            self._at = self._start = origin + complex(*values)
            self._ring = [self._at]
            return
        if not self._ring:
            self._ring = [self._at]
        handle, handle_kind = None, ""
        if kind in "LHV":
            self._line(kind, values, origin)
        elif kind == "A":
            self._arc(values, origin + complex(values[5], values[6]))
        else:
            handle, handle_kind = self._curve(kind, values, origin)
        self._handle, self._handle_kind = handle, handle_kind

    def close(self) -> None:
        """End the subpath; the pen goes back to its start."""
        if len(self._ring) > 2:
            points = [point for point, after in pairwise([*self._ring, self._ring[0]]) if point != after]
            self.done.append([(point.real, point.imag) for point in points])
        self._ring, self._at = [], self._start
        self._handle, self._handle_kind = None, ""

    def _line(self, kind: str, values: tuple[float, ...], origin: complex) -> None:
        if kind == "L":
            self._at = origin + complex(*values)
        elif kind == "H":
            self._at = complex(origin.real + values[0], self._at.imag)
        else:
            self._at = complex(self._at.real, origin.imag + values[0])
        self._ring.append(self._at)

    def _curve(self, kind: str, values: tuple[float, ...], origin: complex) -> tuple[complex, str]:
        points = [origin + complex(values[at], values[at + 1]) for at in range(0, len(values), 2)]
        family = "C" if kind in "CS" else "Q"
        if kind in "ST":
            mirrored = 2 * self._at - self._handle if self._handle is not None and self._handle_kind == family else self._at
            points.insert(0, mirrored)
        control = [self._at, *points]
        self._ring.extend(_bezier(control, at / STEPS) for at in range(1, STEPS + 1))
        self._at = points[-1]
        return points[-2], family

    def _arc(self, values: tuple[float, ...], end: complex) -> None:
        self._ring.extend(
            _arc_points(self._at, end, complex(abs(values[0]), abs(values[1])), values[2], bool(values[3]), bool(values[4]))
        )
        self._at = end


def _bezier(control: list[complex], t: float) -> complex:
    while len(control) > 1:
        control = [(1 - t) * one + t * after for one, after in pairwise(control)]
    return control[0]


def _arc_points(start: complex, end: complex, radii: complex, turn_deg: float, large: bool, sweep: bool) -> list[complex]:
    """Points of an elliptical arc after its start, by the conversion to a centre of SVG 1.1, appendix F.6.5."""
    wide, tall = radii.real, radii.imag
    if start == end or not wide or not tall:
        return [end]
    turn = complex(math.cos(math.radians(turn_deg)), math.sin(math.radians(turn_deg)))
    half = (start - end) / 2 / turn
    size = (half.real / wide) ** 2 + (half.imag / tall) ** 2
    if size > 1:
        wide, tall, size = wide * math.sqrt(size), tall * math.sqrt(size), 1.0
    unit = complex(half.real / wide, half.imag / tall)
    centre = math.sqrt(max(0.0, 1 / size - 1)) * (-1 if large == sweep else 1) * complex(unit.imag, -unit.real)
    first, last = _angle(unit - centre), _angle(-unit - centre)
    span = (last - first) % (2 * math.pi) if sweep else -((first - last) % (2 * math.pi))
    steps = max(2, math.ceil(abs(span) / math.pi * 2 * STEPS))
    middle = (start + end) / 2
    found: list[complex] = []
    for at in range(1, steps):
        angle = first + span * at / steps
        point = centre + complex(math.cos(angle), math.sin(angle))
        found.append(middle + complex(point.real * wide, point.imag * tall) * turn)
    return [*found, end]


def _angle(vector: complex) -> float:
    return math.atan2(vector.imag, vector.real)
