"""Work done ahead of its use."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from storyreel.media.ahead import DEPTH, ahead


def test_the_items_come_in_their_order() -> None:
    assert list(ahead(range(100))) == list(range(100))


def test_what_breaks_is_raised_after_what_was_made() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise OSError("the disk is gone")

    items = ahead(broken())

    assert next(items) == 1
    with pytest.raises(OSError, match="the disk is gone"):
        next(items)


def test_who_leaves_early_ends_the_work() -> None:
    made: list[int] = []

    def endless() -> Iterator[int]:
        while True:
            made.append(len(made))
            yield len(made)

    with closing(ahead(endless())) as items:
        next(items)

    assert len(made) <= DEPTH + 3
