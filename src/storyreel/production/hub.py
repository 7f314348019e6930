"""Tells what happens to films: kept facts from the database, progress from this process as it comes."""

import asyncio
from collections.abc import AsyncGenerator, Generator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeAlias

from storyreel.domain.events import Event, Passing
from storyreel.domain.film import Film, FilmState
from storyreel.library import events, films
from storyreel.library.database import Connection, Database

ELSEWHERE_S = 0.25  # how often to look for facts that another process may have written
ENDS = {"film.ready", "film.delivered", "film.failed", "film.cancelled", "film.awaiting_approval"}
LIMIT = 1000  # facts at once

Ear: TypeAlias = asyncio.Queue[Event | Exception | None]
"""What a follower is told: progress, that something was written (None), or why nothing will come."""


class Hub:
    """Followers wake when a fact was written here, when progress is told, and every little while for other processes' facts."""

    def __init__(self) -> None:
        self._followers: dict[str, set[Ear]] = {}

    def ring(self, film: str) -> None:
        """Facts about this film were written."""
        for queue in self._followers.get(film, ()):
            queue.put_nowait(None)

    def followed(self, film: str) -> bool:
        """Whether somebody here would hear it."""
        return film in self._followers

    def tell(self, film: str, fact: Passing, now: datetime) -> None:
        """Tell what happens to a take; nobody keeps it."""
        for queue in self._followers.get(film, ()):
            queue.put_nowait(Event(number=0, film=film, at=now, fact=fact))

    def break_off(self, film: str, error: Exception) -> None:
        """Nothing will come any more, and not even that can be kept: followers raise it."""
        for queue in self._followers.get(film, ()):
            queue.put_nowait(error)

    async def follow(self, database: Database, film: str, after: int = 0) -> AsyncGenerator[Event]:
        """Every fact of a film after that number, and its progress, until the film is over. Raises UnknownFilm."""
        facts: list[Event] = []
        with self._listening(film) as queue:
            while True:
                ending = not facts or facts[-1].fact.kind in ENDS  # a film's row is large: ask it only where it may be over
                facts, over = await database.read(_news, film, after, ending=ending)
                for event in facts:
                    after = event.number
                    yield event
                if over:
                    return
                if not ending and facts and facts[-1].fact.kind in ENDS:
                    continue
                for event in await _told(queue):
                    yield event

    @contextmanager
    def _listening(self, film: str) -> Generator[Ear]:
        queue: Ear = asyncio.Queue()
        followers = self._followers.setdefault(film, set())
        followers.add(queue)
        try:
            yield queue
        finally:
            followers.discard(queue)
            if not followers:
                self._followers.pop(film, None)


def is_over(film: Film) -> bool:
    """Whether nothing more happens to a film by itself: it has ended, and a ready one is where the user asked."""
    waiting = film.state is FilmState.READY and film.order.output is not None and film.delivered is None
    return film.state.ended and not waiting


async def _told(queue: Ear) -> list[Event]:
    """What was told meanwhile; after a ring, or a little while, perhaps nothing."""
    told: list[Event] = []
    try:
        async with asyncio.timeout(ELSEWHERE_S):
            item = await queue.get()
    except TimeoutError:
        return told
    while item is not None:
        if isinstance(item, Exception):
            raise item
        told.append(item)
        if queue.empty():
            break
        item = queue.get_nowait()
    return told


def _news(connection: Connection, film: str, after: int, *, ending: bool) -> tuple[list[Event], bool]:
    facts = events.since(connection, film, after, LIMIT)
    return facts, len(facts) < LIMIT and ending and is_over(films.film(connection, film))
