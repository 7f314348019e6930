"""The studio from Python: what it refuses before anything is started, and what it mends."""

from pathlib import Path

import pytest

from storyreel.domain.errors import InvalidRequest
from storyreel.orders import FilmWishes
from storyreel.settings import Settings
from storyreel.studio import Studio


async def test_a_way_to_join_sound_that_is_none_is_refused_with_those_there_are(tmp_path: Path) -> None:
    async with Studio(tmp_path / "home") as studio:
        with pytest.raises(InvalidRequest, match="choose exact or copy") as refused:
            await studio.join([tmp_path / "one.mp4"], tmp_path / "film.mp4", sound="louder")

    assert refused.value.field == "sound"


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


async def test_films_of_one_title_that_draw_the_same_characters_are_two_films(tmp_path: Path) -> None:
    tokens = iter(["aaaa", "aaaa", "bbbb"])
    async with Studio(tmp_path / "home", token=lambda: next(tokens)) as studio:
        films = [await studio.start_film("A boat.", shots=1, seconds=0.5, size="160x90", approve=True) for _ in range(2)]

    assert [film.id for film in films] == ["boat-aaaa", "boat-bbbb"]
    assert [film.order.output and film.order.output.parent.name for film in films] == ["boat-aaaa", "boat-bbbb"]
