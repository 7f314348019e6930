"""What is written lately is told in order, and a number that is missing is waited for while it can still come."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from storyreel.domain.events import CutStarted
from storyreel.library import events, films
from storyreel.library.database import Database
from storyreel.production.news import News
from tests.postgres import Server
from tests.production.conftest import board, film_of

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FIRST, SECOND = "ships-0001", "ships-0002"


@pytest.fixture
def shared(postgres: Server) -> Iterator[Database]:
    with Database.open(postgres.url(postgres.create())) as opened:
        yield opened


async def test_an_event_that_is_committed_late_is_waited_for_and_one_that_never_comes_is_not(shared: Database) -> None:
    for id in (FIRST, SECOND):
        await shared.write(films.insert_film, film_of(board(1), id))
    news = News()
    assert [one.film for one in await news.look(shared)] == [FIRST, SECOND]

    with shared._writing.connect() as slow:  # pyright: ignore[reportPrivateUsage, reportOptionalMemberAccess]
        late = events.append(slow, FIRST, CutStarted(clips=1), NOW).number
        early = (await shared.write(events.append, SECOND, CutStarted(clips=1), NOW)).number
        assert late < early
        assert [one.number for one in await news.look(shared)] == [early]
        assert news.settled == late - 1
        slow.commit()
        assert [(one.number, one.film) for one in await news.look(shared)] == [(late, FIRST)]
        assert news.settled == early

        events.append(slow, FIRST, CutStarted(clips=2), NOW)
        last = (await shared.write(events.append, SECOND, CutStarted(clips=2), NOW)).number
        await news.look(shared)
        slow.rollback()
        assert await news.look(shared) == []
        assert news.settled == last
