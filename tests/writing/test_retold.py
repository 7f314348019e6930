"""A shot told otherwise by a person: its new words are read again, what they do not say is kept."""

import pytest

from storyreel.domain.storyboard import LightSource, Move, Shot, ShotSize, Storyboard, TimeOfDay, Weather
from storyreel.writing.retold import retold
from tests.writing.texts import main_shots, written

VILLAGE = "By day in a village a boy feeds a dog. The dog barks. The boy laughs."


def _told(board: Storyboard, words: str, number: int = 1) -> tuple[Storyboard, Shot]:
    id = main_shots(board)[number].id
    after = retold(board, id, words)
    return after, next(shot for shot in after.shots if shot.id == id)


def test_new_words_set_place_hour_weather_and_light_and_part_the_scene() -> None:
    board = written(VILLAGE)
    after, shot = _told(board, "At night, in heavy rain, an old woman opens a red umbrella on a bridge")

    assert (shot.time_of_day, shot.weather, shot.light.source) == (TimeOfDay.NIGHT, Weather.RAIN, LightSource.MOON)
    assert "old_woman" in [one.concept for one in shot.subjects]
    here = after.location_of(shot.id)
    assert here is not None
    assert here.place == "bridge"
    assert after.scene_of(shot.id).shots == (shot,)
    assert [one.id for one in after.shots] == [one.id for one in board.shots]
    assert len({scene.id for scene in after.scenes}) == len(after.scenes) == 3
    assert all(after.location_of(one.id) == board.location_of(one.id) for one in after.shots if one.id != shot.id)


def test_what_new_words_do_not_say_is_kept() -> None:
    board = written("At night, in the rain, a boy feeds a dog in a village. The dog barks. The boy laughs.")
    before = main_shots(board)[1]
    after, shot = _told(board, "A cat sleeps.")

    kept = {"time_of_day", "weather", "light", "mood", "slot", "size", "angle", "move", "pace", "seconds"}
    assert {name: getattr(shot, name) for name in kept} == {name: getattr(before, name) for name in kept}
    assert after.location_of(shot.id) == board.location_of(before.id)
    assert (shot.description, [one.concept for one in shot.subjects]) == ("A cat sleeps.", ["cat"])


@pytest.mark.parametrize(
    ("words", "told", "size", "move"),
    [
        ("Крупный план: собака лает, камера отъезжает", "Собака лает.", ShotSize.CLOSE_UP, Move.PULL_OUT),
        ("Close-up: the dog barks, the camera pulls back", "The dog barks.", ShotSize.CLOSE_UP, Move.PULL_OUT),
        ("特写：狗在叫，镜头拉远", "狗在叫。", ShotSize.CLOSE_UP, Move.PULL_OUT),
    ],
)
def test_new_words_set_size_and_camera_and_are_no_part_of_what_is_seen(words: str, told: str, size: ShotSize, move: Move) -> None:
    _, shot = _told(written(VILLAGE), words)

    assert (shot.description, shot.size, shot.move) == (told, size, move)


def test_words_of_the_camera_alone_leave_what_is_seen() -> None:
    board = written(VILLAGE)
    _, shot = _told(board, "Close-up, the camera pulls back")

    assert (shot.description, shot.subjects) == (main_shots(board)[1].description, main_shots(board)[1].subjects)
    assert (shot.size, shot.move) == (ShotSize.CLOSE_UP, Move.PULL_OUT)


def test_old_dialogue_goes_where_the_new_words_have_none() -> None:
    board = written("A boy feeds a dog. The boy says: “Good dog.” The dog barks.")
    assert main_shots(board)[1].dialogue

    assert _told(board, "The boy waves.")[1].dialogue == ()
    (line,) = _told(board, "The boy says: “Bad dog.”")[1].dialogue
    assert (line.speaker, line.words) == ("boy", "Bad dog.")
