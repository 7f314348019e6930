"""Speech inside prose belongs to the beat of who says it."""

import pytest

from tests.writing.texts import main_shots, written


@pytest.mark.parametrize(
    ("text", "told", "lines"),
    [
        ("Кораблик достигает моря. — Прощай! — кричит мальчик с причала.", "Мальчик кричит.", ["Прощай!"]),
        ("Кораблик уходит. — Прощай, — говорит мальчик. — Пиши! Кораблик скрывается.", "Мальчик говорит.", ["Прощай.", "Пиши!"]),
        ("Кораблик достигает моря. Мальчик кричит: — Прощай! Он идёт домой.", "Мальчик кричит.", ["Прощай!"]),
    ],
)
def test_speech_between_russian_dashes_is_said_in_its_speakers_beat(text: str, told: str, lines: list[str]) -> None:
    storyboard = written(text)
    sails, says, *_ = main_shots(storyboard)

    assert (says.description, [line.words for line in says.dialogue]) == (told, lines)
    assert {line.speaker for line in says.dialogue} == {"boy"}
    assert (sails.dialogue, "".join(text[one.words.start : one.words.end] for one in main_shots(storyboard) if one.words)) == (
        (),
        text,
    )


@pytest.mark.parametrize("text", ["Кораблик — маленький, красный — плывёт.", "Море тихо. Кораблик — это игрушка."])
def test_a_dash_that_nobody_speaks_after_is_no_speech(text: str) -> None:
    assert not [line for shot in written(text).shots for line in shot.dialogue]
