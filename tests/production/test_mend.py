"""A clip that is damaged or gone when its film is joined: brought again, or told with what to do. Nothing paid for is lost."""

from pathlib import Path

import pytest

from storyreel.domain.errors import ProviderUnavailable
from storyreel.domain.film import Film, FilmState
from storyreel.library import takes
from storyreel.production.line import Line
from storyreel.production.opening import open_line
from storyreel.production.sharing import Sharing
from tests.objects import ObjectStore
from tests.production.conftest import CATALOGUE, board, film_of, in_memory
from tests.production.scripted import Cloud

pytestmark = pytest.mark.journey


async def made(line: Line, id: str) -> Film:
    """A film of two shots, equal to any other of this name but for it."""
    await line.produce(film_of(board(2), id))
    return await line.wait(id)


@pytest.fixture
async def clip(line: Line) -> str:
    """The digest of a clip that a finished film uses."""
    await made(line, "ships-0001")
    output = (await line.database.read(takes.take, "ships-0001/s2/1")).output
    assert output is not None
    return output


def flip(line: Line, digest: str) -> None:
    """Change bytes in the middle of a clip, as a disk may."""
    path = line.blobs.path(digest)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


@pytest.mark.parametrize("gone", [True, False], ids=["gone", "flipped"])
async def test_a_clip_that_was_hurt_is_brought_again_from_its_provider(
    line: Line, cloud: Cloud, clip: str, *, gone: bool
) -> None:
    line.blobs.path(clip).unlink() if gone else flip(line, clip)

    film = await made(line, "ships-0002")

    assert (film.state, cloud.paid, cloud.fetches) == (FilmState.READY, 2, 3)
    assert line.blobs.path(clip).is_file()


async def test_a_clip_that_is_damaged_in_a_shared_store_is_put_there_again_from_its_provider(
    home: Path, cloud: Cloud, objects: ObjectStore
) -> None:
    sharing = Sharing(blobs=objects.create(), environ=objects.environ)
    async with await open_line(home, catalogue=CATALOGUE, sharing=sharing, opener=cloud.open, make_engine=in_memory) as line:
        await made(line, "ships-0001")
        clip = (await line.database.read(takes.take, "ships-0001/s2/1")).output or ""
        line.blobs.path(clip).unlink()
        objects.overwrite(str(sharing.blobs), clip, b"damaged")

        film = await made(line, "ships-0002")

        assert (film.state, cloud.paid, cloud.fetches) == (FilmState.READY, 2, 3)
        line.blobs.path(clip).unlink()
        assert (await line.blobs.fetch(clip)).is_file()


async def test_a_clip_that_nobody_has_any_more_stops_the_film_and_says_what_to_do(line: Line, cloud: Cloud, clip: str) -> None:
    flip(line, clip)
    cloud.expired_links = 1

    film = await made(line, "ships-0002")

    assert (film.state, film.error_code) == (FilmState.FAILED, "store_unusable")
    assert "the clip of shot 2 (s2) is missing or damaged, and animatic does not have it any more" in str(film.error)
    assert "storyreel retake ships-0002 s2" in str(film.error)


async def test_a_clip_that_cannot_be_asked_for_now_is_asked_for_when_the_film_is_resumed(
    line: Line, cloud: Cloud, clip: str
) -> None:
    flip(line, clip)
    cloud.before_look.append(ProviderUnavailable(provider="animatic", detail="no route to host"))
    stopped = await made(line, "ships-0002")

    await line.resume("ships-0002")

    assert (stopped.error_code, (await line.wait("ships-0002")).state) == ("provider_unavailable", FilmState.READY)
