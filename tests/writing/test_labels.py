"""What stands under the pictures of a contact sheet, in the film's language. Requirement F12."""

from itertools import product

import pytest

from storyreel.domain.storyboard import Move, Shot, ShotSize
from storyreel.domain.values import Language
from storyreel.writing.labels import camera_label, film_label, length_label


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (Language.ENGLISH, ["wide, tilt up", "4.5 s", "6 shots · 1:05", "1 shot · 4 s"]),
        (Language.RUSSIAN, ["общий план, наклон вверх", "4,5 с", "кадров: 6 · 1:05", "1 кадр · 4 с"]),
        (Language.CHINESE, ["远景，上仰", "4.5 秒", "6 个镜头 · 1:05", "1 个镜头 · 4 秒"]),
    ],
)
def test_a_shot_and_a_film_are_labelled_in_their_language(language: Language, told: list[str]) -> None:
    shot = Shot(id="s1", beat="b1", description="Sea.", seconds=4.5, size=ShotSize.WIDE, move=Move.TILT_UP)

    assert camera_label(shot, language) == told[0]
    assert length_label(shot.seconds, language) == told[1]
    assert [film_label(6, 65, language), film_label(1, 4, language)] == told[2:]


def test_every_size_and_move_has_a_label_in_every_language() -> None:
    for size, move, language in product(ShotSize, Move, Language):
        assert camera_label(Shot(id="s1", beat="b1", description="Sea.", seconds=4, size=size, move=move), language)
