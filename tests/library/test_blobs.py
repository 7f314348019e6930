"""Blobs: the name is the digest of the bytes, one file however often it is put, and nothing half-written under a name."""

import asyncio
import hashlib
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyreel.domain.errors import StoreUnusable
from storyreel.library.blobs import Blobs
from storyreel.library.home import Home

DATA = b"moov" * 1000
DIGEST = hashlib.sha256(DATA).hexdigest()


async def test_bytes_come_back_under_their_digest(blobs: Blobs) -> None:
    assert await blobs.put_bytes(DATA) == DIGEST
    assert await blobs.get_bytes(DIGEST) == DATA
    assert blobs.path(DIGEST).read_bytes() == DATA
    assert blobs.path(DIGEST).relative_to(blobs.root).as_posix() == f"{DIGEST[:2]}/{DIGEST[2:]}"


async def test_a_file_is_the_same_blob_as_its_bytes(blobs: Blobs, tmp_path: Path) -> None:
    (tmp_path / "clip.mp4").write_bytes(DATA)
    assert await blobs.put_file(tmp_path / "clip.mp4") == await blobs.put_bytes(DATA)
    assert {one.digest for one in await blobs.stored()} == {DIGEST}
    assert [stored.name for stored in await blobs.stored()] == [f"{DIGEST[:2]}/{DIGEST[2:]}"]


@settings(max_examples=8, deadline=None)
@given(
    sizes=st.lists(st.sampled_from([0, 1, 4095, 1 << 20, (1 << 20) + 1, (5 << 20) + 3, (11 << 20) + 7]), min_size=1, max_size=3)
)
def test_every_size_is_kept_to_the_byte(tmp_path_factory: pytest.TempPathFactory, sizes: list[int]) -> None:
    folder = tmp_path_factory.mktemp("sizes")
    blobs = Blobs(folder / "blobs")
    for size in sizes:
        data = (b"%d." % size) * (size // 2 + 1)
        (folder / "file").write_bytes(data[:size])
        digest = blobs.put_file_now(folder / "file")
        assert digest == hashlib.sha256(data[:size]).hexdigest()
        assert blobs.path(digest).read_bytes() == data[:size]
    blobs.close()


async def test_the_same_bytes_put_by_many_at_once_are_one(blobs: Blobs) -> None:
    digests = await asyncio.gather(*[blobs.put_bytes(DATA) for _ in range(20)])
    assert set(digests) == {DIGEST}
    assert len(await blobs.stored()) == 1


async def test_what_is_not_there_is_told(blobs: Blobs) -> None:
    assert not await blobs.exists(DIGEST)
    with pytest.raises(StoreUnusable):
        await blobs.get_bytes(DIGEST)
    await blobs.delete(DIGEST)


async def test_a_deleted_blob_is_gone(blobs: Blobs) -> None:
    await blobs.put_bytes(DATA)
    assert await blobs.exists(DIGEST)
    await blobs.delete(DIGEST)
    assert not await blobs.exists(DIGEST)
    assert {one.digest for one in await blobs.stored()} == set()


async def test_a_file_that_is_not_there_stays_the_callers_error(blobs: Blobs, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        await blobs.put_file(tmp_path / "nothing.mp4")
    assert await blobs.stored() == []


SMALL_DISK = """
import sys
from pathlib import Path
from storyreel.domain.errors import StoreUnusable
from storyreel.library.blobs import Blobs

blobs = Blobs(Path(sys.argv[1]))
try:
    blobs.put_file_now(Path(sys.argv[2]))
except StoreUnusable as error:
    print(error)
"""


def test_a_disk_that_takes_no_more_is_told_and_nothing_is_left(home: Home, tmp_path: Path) -> None:
    (tmp_path / "clip.mp4").write_bytes(b"x" * 3_000_000)
    limit = 1_000_000  # bytes: a file may not grow beyond this in the process
    done = subprocess.run(
        [sys.executable, "-c", SMALL_DISK, str(home.blobs), str(tmp_path / "clip.mp4")],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert "the disk is full" in done.stdout
    assert [path for path in home.blobs.rglob("*") if path.is_file()] == []


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "blobs").write_text("")
    with pytest.raises(StoreUnusable):
        Blobs(tmp_path / "blobs")
