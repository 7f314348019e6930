"""Results as files of our own: whole or not there at all. Requirement C3."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storyreel.compat.media_folder import MediaFolder
from storyreel.domain.errors import OutputBroken, OutputUnwritable


async def pieces(*data: bytes) -> AsyncIterator[bytes]:
    for one in data:
        yield one


def held(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_the_same_bytes_twice_are_one_file(tmp_path: Path) -> None:
    folder = MediaFolder(tmp_path)
    first = await folder.keep(pieces(b"\xff\xd8", b"\xff and so on"))
    assert await folder.keep(pieces(b"\xff\xd8\xff", b" and so on")) == first
    assert held(tmp_path) == [first]


async def test_what_is_no_picture_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OutputBroken):
        await MediaFolder(tmp_path).keep(pieces(b"<html>"))
    assert not held(tmp_path)


async def test_a_folder_that_cannot_be_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputUnwritable):
        await MediaFolder(tmp_path / "file" / "media").keep(pieces(b"GIF8"))
