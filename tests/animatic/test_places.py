"""Backdrops: every place, at every hour, in every weather."""

from itertools import product

import numpy as np
import pytest
from PIL import Image
from tests.animatic.conftest import Ask

from storyreel.animatic.engine import compose
from storyreel.animatic.places import SETTINGS
from storyreel.domain.storyboard import Mood, ShotSize, TimeOfDay, Weather
from storyreel.lexicon import all_places

PLACES = [place.id for place in all_places()]
LIGHTS = list(product(TimeOfDay, Weather))


def test_every_place_of_the_lexicon_has_a_backdrop_of_its_own() -> None:
    assert {place.backdrop for place in all_places()} <= set(SETTINGS)


@pytest.mark.parametrize("number", range(len(PLACES)))
def test_a_place_can_be_drawn_at_any_hour_in_any_weather(ask: Ask, number: int) -> None:
    for k in range(4):
        time, weather = LIGHTS[(number * 5 + k * 9) % len(LIGHTS)]
        picture = compose(
            ask(place=PLACES[number], frame="96x64", time_of_day=time, weather=weather, size=list(ShotSize)[k], subjects=())
        )
        frame = picture.frame(5)
        assert 3 < np.asarray(frame).mean() < 252, (time, weather)
        assert np.asarray(frame).std() > 2, (time, weather)


def brightness(frame: Image.Image) -> float:
    return float(np.asarray(frame.convert("L")).mean())


@pytest.mark.parametrize("place", ["sea_shore", "forest", "city_street", "room"])
def test_night_is_darker_than_day(ask: Ask, place: str) -> None:
    night, day = (compose(ask(place=place, time_of_day=time)).frame(0) for time in (TimeOfDay.NIGHT, TimeOfDay.DAY))
    assert brightness(night) < 0.7 * brightness(day)


def test_every_hour_and_mood_has_a_look_of_its_own(ask: Ask) -> None:
    looks = {
        compose(ask(place="meadow", frame="64x64", time_of_day=time, mood=mood, subjects=())).frame(0).tobytes()
        for time, mood in product(TimeOfDay, Mood)
    }
    assert len(looks) == len(TimeOfDay) * len(Mood)


@pytest.mark.parametrize("place", ["sea_shore", "river", "lake", "bridge", "square"])
def test_snow_lies_on_what_one_walks_on(ask: Ask, place: str) -> None:
    snowy, foggy = (
        brightness(compose(ask(place=place, weather=weather, subjects=())).frame(0).crop((0, 68, 160, 90)))
        for weather in (Weather.SNOW, Weather.FOG)
    )
    assert snowy > foggy
