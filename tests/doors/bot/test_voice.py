"""How the bot says times."""

import pytest

from storyreel.domain.values import Language
from storyreel.doors.bot.voice import Voice


@pytest.mark.parametrize(
    ("seconds", "english", "russian"),
    [
        (1.2, "5 s", "5 с"),
        (43.5, "40 s", "40 с"),
        (59.4, "1 min", "1 мин"),
        (89.8, "1.5 min", "1,5 мин"),
        (430.0, "7 min", "7 мин"),
    ],
)
def test_a_guess_of_time_is_told_as_a_person_would(seconds: float, english: str, russian: str) -> None:
    assert Voice(Language.ENGLISH).about(seconds) == english
    assert Voice(Language.RUSSIAN).about(seconds) == russian
