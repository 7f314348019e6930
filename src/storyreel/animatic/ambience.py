"""A quiet sound of the place and weather under a shot: shaped noise, seeded, the same every time."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storyreel.animatic.places import known_place
from storyreel.domain.generation import Request
from storyreel.domain.storyboard import Shot, TimeOfDay, Weather
from storyreel.domain.values import frames_in

Mono = NDArray[np.float64]
LOUDNESS = -31.5  # LUFS of every bed
FADE_S = 0.05

BEDS: dict[str, tuple[tuple[float, float], ...]] = {
    # gain in dB at a frequency in Hz, joined by straight lines over the logarithm of frequency
    "wind": ((30, -14), (120, -3), (350, 0), (900, -14), (3000, -34), (12000, -60)),
    "rain": ((80, -30), (400, -12), (1500, -4), (5000, 0), (10000, -6), (18000, -20)),
    "sea": ((30, -12), (90, -2), (400, -3), (1500, -9), (5000, -18), (14000, -36)),
    "river": ((80, -26), (300, -10), (900, 0), (2500, -4), (7000, -14), (15000, -32)),
    "city": ((25, -8), (60, 0), (180, -6), (700, -18), (2500, -30), (9000, -50)),
    "crowd": ((80, -30), (220, -6), (500, 0), (1200, -5), (2800, -16), (8000, -40)),
    "room": ((30, -4), (90, 0), (300, -12), (1200, -26), (6000, -48)),
    "forest": ((60, -26), (400, -12), (1800, -4), (4500, -6), (9000, -16), (16000, -34)),
    "space": ((25, 0), (55, -2), (110, -12), (400, -34), (3000, -60)),
    "underwater": ((25, -2), (80, 0), (220, -9), (600, -26), (3000, -60)),
    "train": ((30, -3), (80, 0), (250, -8), (900, -18), (4000, -34)),
    "fire": ((40, -8), (160, 0), (600, -12), (2500, -18), (8000, -26)),
}
SWELLS: dict[str, tuple[float, float]] = {  # period in seconds and depth of the slow change of loudness
    "wind": (4.6, 0.6),
    "sea": (8.5, 0.75),
    "rain": (6.0, 0.15),
    "forest": (5.2, 0.45),
    "city": (9.0, 0.2),
    "crowd": (3.1, 0.25),
    "fire": (1.3, 0.3),
    "train": (0.62, 0.35),
}


def ambience(request: Request, rate_hz: int = 48000) -> NDArray[np.float32]:
    """The sound under a shot: float32 of shape (samples, 2), -1 to 1, exactly as long as its frames, faded at both ends."""
    frames = frames_in(request.seconds, request.fps)
    count = round(frames * rate_hz / request.fps)
    random = np.random.default_rng((request.seed & 0xFFFFFFFF, 271))
    layers = _layers(request)
    left, right = np.zeros(count), np.zeros(count)
    for name, gain in layers:
        bed, wide = _beds(name, count, rate_hz, random)
        left += gain * (0.8 * bed + 0.45 * wide)
        right += gain * (0.8 * bed - 0.45 * wide)
    for effect in _effects(request, layers):
        sound, side = effect(count, rate_hz, random)
        left += sound * (1 - 0.5 * side)
        right += sound * (1 + 0.5 * side)
    mix = np.stack((left, right), axis=1)
    mix *= 10 ** ((LOUDNESS - loudness(mix, rate_hz)) / 20)
    mix = np.tanh(mix * 1.2) / 1.2
    fade = np.ones(count)
    edge = min(count // 2, round(FADE_S * rate_hz))
    ramp = 0.5 - 0.5 * np.cos(np.linspace(0, math.pi, edge, endpoint=False))
    fade[:edge], fade[count - edge :] = ramp, ramp[::-1]
    return (mix * fade[:, None]).astype(np.float32)


def loudness(sound: NDArray[np.floating[Any]], rate_hz: int) -> float:
    """How loud a sound (samples, 2) is, in LUFS, without gating: ITU-R BS.1770's weighting applied to its spectrum."""
    size = 1 << max(1, (len(sound) - 1).bit_length())
    pitch = np.fft.rfftfreq(size, 1 / rate_hz)
    low = pitch**4 / (pitch**4 + 38.0**4)  # power of the high-pass
    high = 1 + 1.51 * pitch**4 / (pitch**4 + 1500.0**4)  # a shelf of 4 dB
    power = sum(float((np.abs(np.fft.rfft(sound[:, k], size)) ** 2 * low * high).sum()) for k in range(2))
    return -0.691 + 10 * math.log10(max(1e-12, 2 * power / size / len(sound)))


def _layers(request: Request) -> list[tuple[str, float]]:
    """The beds of a shot with their gains."""
    shot = request.shot
    spot = known_place(request.location)
    inside = spot.indoors if spot else False
    out = [(name, 1.0) for name in (spot.ambience if spot else ("wind",)) if name in BEDS]
    muffled = 0.35 if inside else 1.0
    weather = shot.weather if shot else Weather.CLEAR
    if weather in {Weather.RAIN, Weather.STORM}:
        out.append(("rain", 1.3 * muffled))
    if weather in {Weather.STORM, Weather.WIND, Weather.SAND, Weather.SNOW}:
        out.append(("wind", (1.2 if weather is not Weather.SNOW else 0.6) * muffled))
    if shot and any(subject.concept in {"fire", "campfire", "bonfire", "torch", "fireplace"} for subject in shot.subjects):
        out.append(("fire", 0.7))
    return out or [("room" if inside else "wind", 1.0)]


def _bed(name: str, count: int, rate_hz: int, random: np.random.Generator) -> Mono:
    """Noise of one colour, about 1 RMS, that swells as the thing does."""
    return _beds(name, count, rate_hz, random)[0]


def _beds(name: str, count: int, rate_hz: int, random: np.random.Generator) -> tuple[Mono, Mono]:
    """Two that share a colour and a swell, yet nothing else: for the middle and the sides."""
    size = 1 << (count - 1).bit_length() if count > 1 else 2
    spectrum = np.fft.rfft(random.standard_normal(size))
    pitch = np.maximum(1.0, np.fft.rfftfreq(size, 1 / rate_hz))
    points = BEDS[name]
    gain = np.interp(np.log(pitch), [math.log(hz) for hz, _ in points], [db for _, db in points], left=-60, right=-70)
    whole = np.fft.irfft(spectrum * 10 ** (gain / 20), size)  # it repeats without a border, so its other half is another sound
    whole /= max(1e-9, float(np.sqrt(np.mean(whole**2))))
    slow = _swell(name, count, rate_hz, random)
    return whole[:count] * slow, np.roll(whole, size // 2)[:count] * slow


def _swell(name: str, count: int, rate_hz: int, random: np.random.Generator) -> Mono:
    """How loud the thing is from moment to moment, about 1."""
    if name not in SWELLS:
        return np.ones(count)
    period, depth = SWELLS[name]
    time = np.arange(count) / rate_hz
    turn = random.uniform(0, math.tau)
    slow = 0.5 + 0.35 * np.sin(math.tau * time / period + turn) + 0.15 * np.sin(math.tau * time / (period * 0.37) + 2 * turn)
    return 1 - depth + depth * slow * (slow if name == "sea" else 1.0) * 1.6


Effect = Callable[[int, int, np.random.Generator], tuple[Mono, float]]


def _effects(request: Request, layers: list[tuple[str, float]]) -> list[Effect]:
    names = {name for name, _ in layers}
    shot: Shot | None = request.shot
    out: list[Effect] = []
    if shot and shot.weather is Weather.STORM:
        out.append(_thunder)
    if "forest" in names and shot and shot.time_of_day in {TimeOfDay.DAWN, TimeOfDay.DAY} and shot.weather is Weather.CLEAR:
        out += [_birds, _birds]
    if "forest" in names and shot and shot.time_of_day is TimeOfDay.NIGHT:
        out.append(_crickets)
    if names & {"rain", "fire"}:
        out.append(_drops)
    if names & {"space", "underwater"}:
        out.append(_drone)
    return out


def _thunder(count: int, rate_hz: int, random: np.random.Generator) -> tuple[Mono, float]:
    noise = _bed("space", count, rate_hz, random)
    time = np.arange(count) / rate_hz
    at = random.uniform(0.2, max(0.3, count / rate_hz * 0.5))
    since = np.maximum(0, time - at)
    roll = np.where(
        time > at, (1 - np.exp(-since * 14)) * np.exp(-since * 0.8) * (1 + 0.5 * np.sin(since * 9) * np.exp(-since)), 0
    )
    return 3.2 * noise * roll, float(random.uniform(-0.5, 0.5))


def _birds(count: int, rate_hz: int, random: np.random.Generator) -> tuple[Mono, float]:
    out = np.zeros(count)
    at = random.uniform(0.1, 1.2)
    while at < count / rate_hz:
        pitch = random.uniform(2600, 4600)
        for _ in range(int(random.integers(2, 6))):
            length = int(rate_hz * random.uniform(0.05, 0.12))
            start = int(at * rate_hz)
            if start + length >= count:
                break
            t = np.linspace(0, 1, length)
            sweep = pitch * (1 + random.uniform(-0.15, 0.25) * t)
            out[start : start + length] += 0.5 * np.sin(math.tau * np.cumsum(sweep) / rate_hz) * np.sin(math.pi * t) ** 2
            at += random.uniform(0.1, 0.2)
        at += random.uniform(1.0, 3.0)
    return out, float(random.uniform(-0.8, 0.8))


def _crickets(count: int, rate_hz: int, random: np.random.Generator) -> tuple[Mono, float]:
    time = np.arange(count) / rate_hz
    chirp = np.clip(np.sin(math.tau * 17 * time), 0, 1) ** 2 * (np.sin(math.tau * 0.9 * time + random.uniform(0, 6)) > 0.1)
    return 0.22 * np.sin(math.tau * 4300 * time) * chirp, 0.4


def _drops(count: int, rate_hz: int, random: np.random.Generator) -> tuple[Mono, float]:
    clicks = np.zeros(count)
    places = random.integers(0, count, max(1, int(count / rate_hz * 40)))
    clicks[places] = random.standard_normal(len(places))
    time = np.arange(int(0.006 * rate_hz)) / rate_hz
    ring = np.sin(math.tau * 2400 * time) * np.exp(-time * 900)
    return 1.1 * np.convolve(clicks, ring)[:count], 0.0


def _drone(count: int, rate_hz: int, random: np.random.Generator) -> tuple[Mono, float]:
    time = np.arange(count) / rate_hz
    root = 55.0
    parts = [(1.0, 0.5), (1.5, 0.22), (2.003, 0.16), (2.996, 0.07)]
    sound = sum((gain * np.sin(math.tau * root * ratio * time + random.uniform(0, 6)) for ratio, gain in parts), np.zeros(count))
    return 0.9 * sound * (0.75 + 0.25 * np.sin(math.tau * time / 7)), 0.0
