"""The sound under a shot: quiet, as long as its frames, the same every time, without clicks."""

import math

import numpy as np
import pytest
from tests.animatic.conftest import Ask

from storyreel.animatic.ambience import ambience, loudness
from storyreel.domain.storyboard import Weather
from storyreel.lexicon import all_places


def level_db(sound: np.ndarray) -> float:
    return 20 * math.log10(float(np.sqrt(np.mean(np.square(sound, dtype=np.float64)))))


@pytest.mark.parametrize("seconds", [0.04, 1.0, 2.5])
def test_it_is_as_long_as_the_frames(ask: Ask, seconds: float) -> None:
    sound = ambience(ask(seconds=seconds))
    assert sound.shape == (round(max(1, round(seconds * 24)) * 2000), 2)
    assert sound.dtype == np.float32


@pytest.mark.parametrize("place", sorted({place.ambience: place.id for place in all_places()}.values()))
def test_every_kind_of_place_is_quiet_and_even(ask: Ask, place: str) -> None:
    sound = ambience(ask(place=place, seconds=2), 24000)
    assert -35 < loudness(sound, 24000) < -28
    assert np.abs(sound).max() < 0.5


def test_loudness_is_that_of_the_standard() -> None:
    time = np.arange(48000) / 48000
    tone = np.stack([np.sin(2 * np.pi * 997 * time)] * 2, axis=1)
    assert loudness(tone, 48000) == pytest.approx(0.0, abs=0.5)  # a full-scale tone of 997 Hz in both channels: -0.01 LUFS


def test_it_fades_in_and_out(ask: Ask) -> None:
    sound = ambience(ask(seconds=1))
    assert np.abs(sound[:4]).max() < 1e-4
    assert np.abs(sound[-4:]).max() < 1e-4


def test_the_same_request_sounds_the_same_and_another_seed_does_not(ask: Ask) -> None:
    assert np.array_equal(ambience(ask(seed=4)), ambience(ask(seed=4)))
    assert not np.array_equal(ambience(ask(seed=4)), ambience(ask(seed=5)))


@pytest.mark.parametrize("weather", list(Weather))
def test_weather_is_heard(ask: Ask, weather: Weather) -> None:
    assert level_db(ambience(ask(place=None, weather=weather), 24000)) > -40
