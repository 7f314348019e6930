"""Blobs in a bucket: two machines see the same ones, what is at hand here can go, and a store that is down loses nothing.

Requirements B8 (object storage) and F10 (many machines).
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storyreel.domain.errors import InvalidRequest, StoreUnusable
from storyreel.library.blobs import BlobLost, Blobs
from storyreel.library.bucket import open_blobs
from storyreel.library.database import Database
from storyreel.library.home import Home
from storyreel.library.sweep import sweep
from tests.objects import ObjectStore

CLIP = b"moov" * 500_000
DAY = timedelta(days=1)

pytestmark = pytest.mark.journey


@pytest.fixture
def url(objects: ObjectStore) -> str:
    return objects.create()


@pytest.fixture
def here(objects: ObjectStore, url: str, tmp_path: Path) -> Iterator[Blobs]:
    opened = open_blobs(url, tmp_path / "here", objects.environ)
    yield opened
    opened.close()


@pytest.fixture
def there(objects: ObjectStore, url: str, tmp_path: Path) -> Iterator[Blobs]:
    """The same store, as another machine has it."""
    opened = open_blobs(url, tmp_path / "there", objects.environ)
    yield opened
    opened.close()


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_what_one_machine_puts_another_has(here: Blobs, there: Blobs, tmp_path: Path) -> None:
    (tmp_path / "clip.mp4").write_bytes(CLIP)
    digest = await here.put_file(tmp_path / "clip.mp4")
    small = await here.put_bytes(b"frame")

    assert (await there.fetch(digest)).read_bytes() == CLIP
    assert await there.get_bytes(small) == b"frame"
    assert here.path(digest).read_bytes() == CLIP
    assert {one.digest: one.bytes for one in await there.stored()} == {digest: len(CLIP), small: 5}


async def test_what_is_not_there_is_told(here: Blobs, there: Blobs) -> None:
    digest = await here.put_bytes(b"frame")
    await there.delete(digest)
    await there.delete(digest)

    assert not await here.exists(digest)
    with pytest.raises(StoreUnusable, match="not there any more"):
        await there.fetch(digest)
    assert files_in(there.root) == []


async def test_what_is_damaged_there_is_told_apart_from_a_store_that_cannot_be_reached(
    here: Blobs, there: Blobs, objects: ObjectStore, url: str
) -> None:
    digest = await here.put_bytes(b"frame")
    objects.overwrite(url, digest, b"flame")

    with pytest.raises(BlobLost, match="is damaged there"):
        await there.fetch(digest)
    assert files_in(there.root) == []


async def test_a_sweep_removes_from_the_bucket_what_no_row_names_and_from_here_what_is_idle(
    here: Blobs, database: Database, home: Home
) -> None:
    digest = await here.put_bytes(b"orphan")
    later = datetime.now(UTC) + DAY

    told = await sweep(home, database, here, now=later, dry_run=True)
    young = await sweep(home, database, here, now=datetime.now(UTC))
    swept = await sweep(home, database, here, now=later)

    assert (told.blobs, told.blob_bytes, young.blobs, swept.blobs, swept.kept) == (1, 6, 0, 1, 0)
    assert not await here.exists(digest)


async def test_what_was_tidied_away_here_is_brought_again(here: Blobs) -> None:
    digest = await here.put_bytes(b"frame")
    os.utime(here.path(digest), (1, 1))

    assert await here.tidy(datetime.now(UTC) - DAY, dry_run=False) == (1, 5)
    assert not here.path(digest).exists()
    assert (await here.fetch(digest)).read_bytes() == b"frame"
    assert await here.tidy(datetime.now(UTC) - DAY, dry_run=False) == (0, 0)


async def test_what_lies_here_only_to_be_at_hand_is_bounded_and_what_is_nowhere_else_stays(
    objects: ObjectStore, url: str, tmp_path: Path
) -> None:
    old = Blobs(tmp_path)
    only_here = await old.put_bytes(b"from before there was a bucket" * 10)
    old.close()
    blobs = open_blobs(url, tmp_path, objects.environ, most_at_hand=1000)
    digests = [only_here, *[await blobs.put_bytes(bytes([number]) * 300) for number in range(4)]]
    assert all(blobs.path(digest).exists() for digest in digests)  # they may be in use
    for digest in digests:
        os.utime(blobs.path(digest), (1, 1))
    await blobs.fetch(digests[1])

    await blobs.put_bytes(b"one more")

    assert [blobs.path(digest).exists() for digest in digests] == [True, True, False, False, False]
    assert (await blobs.fetch(digests[2])).read_bytes() == bytes([1]) * 300
    os.utime(blobs.path(only_here), (1, 1))
    await blobs.tidy(datetime.now(UTC) - DAY, dry_run=False)
    assert blobs.path(only_here).exists()
    blobs.close()


@pytest.mark.parametrize("patient", [False, True])
async def test_a_store_that_is_down_is_told_and_nothing_half_put_is_left(tmp_path: Path, patient: bool) -> None:
    keys = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_ENDPOINT_URL": "http://127.0.0.1:1"}
    blobs = open_blobs("s3://films", tmp_path, keys, patient=patient, away_s=0.1)
    for asked in (blobs.put_bytes(b"frame"), blobs.fetch("a" * 64)):
        with pytest.raises(StoreUnusable, match=r"s3://films: .* \(") as told:
            await asked
        assert not isinstance(told.value, BlobLost)
    assert (blobs.away is not None) is patient
    blobs.close()
    assert files_in(tmp_path) == []


async def test_a_bucket_that_is_not_there_is_told(objects: ObjectStore, tmp_path: Path) -> None:
    blobs = open_blobs("s3://nobody-made-this/x", tmp_path, objects.environ)
    with pytest.raises(StoreUnusable, match="cannot be stored"):
        await blobs.put_bytes(b"frame")
    blobs.close()


@pytest.mark.parametrize("url", ["films", "s3://", "http://host/films", "/var/films"])
def test_an_address_that_is_no_bucket_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest):
        open_blobs(url, tmp_path, {})
