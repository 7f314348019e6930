"""The studio from Python: what it refuses before anything is started, and what it mends."""

from pathlib import Path
from typing import Any

import pytest

import storyreel
from storyreel.domain.errors import InvalidRequest
from storyreel.domain.storyboard import Storyboard
from storyreel.library.films import insert_film
from storyreel.orders import FilmWishes
from storyreel.settings import Settings
from storyreel.studio import Studio


async def test_a_way_to_join_sound_that_is_none_is_refused_with_those_there_are(tmp_path: Path) -> None:
    async with Studio(tmp_path / "home") as studio:
        with pytest.raises(InvalidRequest, match="choose exact or copy") as refused:
            await studio.join([tmp_path / "one.mp4"], tmp_path / "film.mp4", sound="louder")

    assert refused.value.field == "sound"


@pytest.mark.journey
async def test_a_drawn_clip_that_is_gone_is_drawn_again_the_same(tmp_path: Path, drawers: None) -> None:
    one, two = (FilmWishes(shots=1, seconds=0.5, size="160x90", output=tmp_path / name) for name in ("one.mp4", "two.mp4"))
    async with Studio(tmp_path / "home", settings=Settings(workers=1)) as studio:
        first = await studio.make_film("A boat.", **one)
        [blob] = (tmp_path / "home" / "blobs").rglob(str(first.output)[2:])
        kept = blob.read_bytes()
        blob.unlink()

        second = await studio.make_film("A boat.", **two)

    assert (second.output, blob.read_bytes() == kept) == (first.output, True)
    assert not any((tmp_path / "home" / "work" / "animatic").glob("*/clip*"))


async def test_shots_are_called_so_that_each_is_known_and_what_was_kept_otherwise_is_read_and_changed(tmp_path: Path) -> None:
    def called(board: Storyboard, *ids: str) -> Storyboard:
        shots = [shot.model_copy(update={"id": id}) for shot, id in zip(board.shots, ids, strict=True)]
        scene = board.scenes[0].model_copy(update={"shots": tuple(shots)})
        return board.model_copy(update={"scenes": (scene,)})

    async with Studio(tmp_path / "home") as studio:
        film = await studio.start_film("A fox runs. It stops.", shots=2, seconds=0.5, size="160x90", approve=True)
        of_old = called(film.storyboard, "act:1", "act:2")
        with pytest.raises(InvalidRequest, match="Shots 1 and 2 are both called 'a': give each") as refused:
            await studio.start_film(called(film.storyboard, "a", "a"), size="160x90")
        with pytest.raises(InvalidRequest, match="'act:1' cannot be the id of a shot"):
            await studio.start_film(of_old, size="160x90")
        line = await studio.line()
        await line.database.write(insert_film, film.model_copy(update={"id": "fox-of-old", "storyboard": of_old}))

        kept = await studio.film("fox-of-old")
        changed = await studio.plan_edit(kept, called(of_old, "act:2", "act:1"))
        with pytest.raises(InvalidRequest, match="'act:3' cannot be"):
            await studio.plan_edit(kept, called(of_old, "act:1", "act:3"))

    assert refused.value.field == "storyboard"
    assert [shot.id for shot in kept.storyboard.shots] == ["act:1", "act:2"]
    assert [shot.id for shot in changed.storyboard.shots] == ["act:2", "act:1"]


async def test_films_of_one_title_that_draw_the_same_characters_are_two_films(tmp_path: Path) -> None:
    tokens = iter(["aaaa", "aaaa", "bbbb"])
    async with Studio(tmp_path / "home", token=lambda: next(tokens)) as studio:
        films = [await studio.start_film("A boat.", shots=1, seconds=0.5, size="160x90", approve=True) for _ in range(2)]

    assert [film.id for film in films] == ["boat-aaaa", "boat-bbbb"]
    assert [film.order.output and film.order.output.parent.name for film in films] == ["boat-aaaa", "boat-bbbb"]


@pytest.mark.parametrize(
    ("wishes", "nearest"),
    [({"bugdet": 0.01}, "budget"), ({"budgets": 0.01}, "budget"), ({"qwerty": 1}, "there are .*budget")],
)
def test_a_wish_that_is_none_is_refused_with_the_nearest_before_anything(
    wishes: dict[str, Any], nearest: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORYREEL_HOME", str(tmp_path / "home"))
    with pytest.raises(TypeError, match=nearest):
        storyreel.make_film("A boat.", **wishes)
    with pytest.raises(TypeError, match=nearest):
        storyreel.animate(tmp_path / "boat.png", **wishes)
    with pytest.raises(TypeError, match=nearest):
        storyreel.retake("boat", "1", **wishes)

    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("wishes", "told"),
    [
        ({"size": (320, 180)}, "size cannot be (320, 180): give text."),
        ({"shots": "three"}, "shots cannot be 'three': give a whole number."),
        ({"shots": True}, "shots cannot be True: give a whole number."),
        ({"seconds": "2"}, "seconds cannot be '2': give a number."),
        ({"references": "boat.png"}, "references cannot be 'boat.png': give a list, each a path or text or bytes."),
    ],
)
async def test_a_wish_of_another_type_is_refused_and_named(wishes: dict[str, Any], told: str, tmp_path: Path) -> None:
    async with Studio(tmp_path / "home") as studio:
        with pytest.raises(InvalidRequest) as refused:
            await studio.make_film("A boat.", **wishes)

    assert (str(refused.value), refused.value.field) == (told, *wishes)


async def test_a_language_that_is_none_is_refused_before_the_picture_is_read(tmp_path: Path) -> None:
    async with Studio(tmp_path / "home") as studio:
        with pytest.raises(InvalidRequest, match=r"'fr' is not a language .* en, ru, zh"):
            await studio.animate(tmp_path / "boat.png", language="fr")


@pytest.mark.parametrize(("wish", "told"), [({"language": "fr"}, "'fr' is not a language"), ({"output": "a\0.mp4"}, "NUL")])
async def test_a_language_or_a_file_that_cannot_be_is_refused(wish: dict[str, Any], told: str, tmp_path: Path) -> None:
    async with Studio(tmp_path / "home") as studio:
        with pytest.raises(InvalidRequest, match=told) as refused:
            await studio.make_film("A boat.", **wish)

        assert refused.value.field == next(iter(wish))
        assert await studio.films() == ()


async def test_a_film_of_a_file_says_how_it_is_read(tmp_path: Path) -> None:
    async with Studio(tmp_path / "home") as studio:
        with pytest.raises(InvalidRequest, match="read_text, read_storyboard"):
            await studio.make_film(tmp_path / "fox.yaml", shots=1)  # type: ignore[arg-type]


@pytest.mark.parametrize("story", [None, 7, b"A boat."])
async def test_a_film_of_what_is_neither_words_nor_a_storyboard_is_refused(story: Any, tmp_path: Path) -> None:
    async with Studio(tmp_path / "home") as studio:
        with pytest.raises(InvalidRequest, match="was given"):
            await studio.make_film(story, shots=1)
        with pytest.raises(InvalidRequest, match="was given"):
            await studio.storyboard(story)
