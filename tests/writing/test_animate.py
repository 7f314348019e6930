"""One shot for a picture, and the prompt of a shot."""

import pytest

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.storyboard import Move, Pace, TimeOfDay, Weather
from storyreel.writing import animate_shot, prompt_of
from tests.writing.texts import FOUNTAIN, KEEPER, KEEPER_RU, STATION, written


@pytest.mark.parametrize(
    ("words", "move", "pace", "weather"),
    [
        ("", Move.PUSH_IN, Pace.SLOW, Weather.CLEAR),
        ("slow push in, rain begins", Move.PUSH_IN, Pace.SLOW, Weather.RAIN),
        ("fast zoom out; a storm rages", Move.PULL_OUT, Pace.FAST, Weather.STORM),
        ("медленный отъезд камеры, идёт снег", Move.PULL_OUT, Pace.SLOW, Weather.SNOW),
        ("镜头缓缓左摇，下雨了", Move.PAN_LEFT, Pace.SLOW, Weather.RAIN),
        ("orbit around the statue in fog", Move.ORBIT, Pace.SLOW, Weather.FOG),
    ],
)
def test_a_picture_moves_as_the_words_say(words: str, move: Move, pace: Pace, weather: Weather) -> None:
    storyboard = animate_shot(words, 5)
    (shot,) = storyboard.shots

    assert (shot.move, shot.pace, shot.weather) == (move, pace, weather)
    assert shot.seconds == 5
    assert shot.description


def test_a_picture_takes_the_hour_from_the_words() -> None:
    assert animate_shot("night falls, pan right", 4).shots[0].time_of_day is TimeOfDay.NIGHT


def test_a_length_that_is_none_is_refused() -> None:
    with pytest.raises(InvalidRequest, match="no length"):
        animate_shot("rain", 0)


def test_a_prompt_says_what_is_seen_where_and_by_which_camera() -> None:
    storyboard = written(KEEPER)

    assert prompt_of(storyboard.shots[1], storyboard) == (
        "An old lighthouse keeper finds a message in a bottle. Sea shore, at dusk, sunlight, full of wonder. "
        "Medium shot, slow push in. Sound: waves."
    )


@pytest.mark.parametrize("text", [KEEPER, KEEPER_RU, STATION, FOUNTAIN])
def test_every_shot_has_a_prompt_of_its_own(text: str) -> None:
    storyboard = written(text)
    prompts = [prompt_of(shot, storyboard) for shot in storyboard.shots]

    assert len(set(prompts)) == len(prompts)
    assert all("{" not in prompt for prompt in prompts)


def test_a_prompt_carries_the_words_spoken() -> None:
    storyboard = written(FOUNTAIN)
    speaks = next(shot for shot in storyboard.shots if shot.dialogue)

    assert "Anna says: “You're late.”" in prompt_of(speaks, storyboard)


def test_a_place_that_no_word_tells_is_left_out_of_the_prompt() -> None:
    storyboard = written("Робот танцует под дождём")

    assert storyboard.bible.locations[0].name == "открытое место"
    assert "открытое место" not in prompt_of(storyboard.shots[1], storyboard)
