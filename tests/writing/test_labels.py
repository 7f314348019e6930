"""What stands under the pictures of a contact sheet, in the film's language. Requirement F12."""

from itertools import product

import pytest

from storyreel.domain.generation import Caption
from storyreel.domain.storyboard import Angle, Bible, Character, Line, Move, Pace, Shot, ShotSize
from storyreel.domain.values import Language
from storyreel.writing.labels import camera_label, caption_of, film_label, length_label


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


SAID = (Line(speaker="woman", words="Где ты был?"), Line(speaker="voice", words="Эй!"))


@pytest.mark.parametrize(
    ("language", "camera", "length", "lines"),
    [
        (Language.ENGLISH, "WIDE  ·  low  ·  slow tilt up", "3.8 s", ("Анна: “Где ты был?”", "“Эй!”")),
        (Language.RUSSIAN, "ОБЩИЙ ПЛАН  ·  снизу  ·  наклон вверх, медленно", "3,8 с", ("Анна: «Где ты был?»", "«Эй!»")),
        (Language.CHINESE, "远景  ·  低角度  ·  缓慢上仰", "3.8 秒", ("Анна：“Где ты был?”", "“Эй!”")),
    ],
)
def test_a_slate_tells_camera_length_and_who_says_what(
    language: Language, camera: str, length: str, lines: tuple[str, ...]
) -> None:
    shot = Shot(
        id="s1", beat="b1", description="Sea.", seconds=3.79167, size=ShotSize.WIDE, angle=Angle.LOW, move=Move.TILT_UP,
        dialogue=SAID,
    )  # fmt: skip
    bible = Bible(characters=(Character(id="woman", name="Анна"),))

    assert caption_of(shot, bible, language) == Caption(camera=camera, length=length, lines=lines)


def test_every_size_angle_move_and_pace_has_a_label_in_every_language() -> None:
    for size, move, language in product(ShotSize, Move, Language):
        assert camera_label(Shot(id="s1", beat="b1", description="Sea.", seconds=4, size=size, move=move), language)
    for angle, pace, language in product(Angle, Pace, Language):
        shot = Shot(id="s1", beat="b1", description="Sea.", seconds=4, angle=angle, move=Move.ORBIT, pace=pace)
        assert caption_of(shot, Bible(), language).camera
