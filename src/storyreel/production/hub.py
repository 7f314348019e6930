"""Tells what happens to films: kept facts from the database, progress from this process as it comes.

However many follow, the database is asked once for each film that something happened to, and every little while, for all of
them, what other processes have written.
"""

import asyncio
from collections.abc import AsyncGenerator, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from storyreel.domain.events import Event, Passing
from storyreel.domain.film import Film, FilmState
from storyreel.library import events, films
from storyreel.library.database import Connection, Database
from storyreel.production.news import LIMIT, News

ELSEWHERE_S = 0.25  # how often to look for facts that another process may have written
MOST_UNHEARD = 100  # of what waits for a slow follower, after which he is told no progress

Ear: TypeAlias = asyncio.Queue[Event | Exception | None]
"""What a follower is told: events, why nothing will come, or that nothing more comes by itself (None)."""


@dataclass(slots=True, eq=False)
class _Followed:
    """A film that somebody here follows."""

    ears: set[Ear] = field(default_factory=set[Ear])
    rung: asyncio.Event = field(default_factory=asyncio.Event)  # something was written
    read_to: int = 0  # later events are told to every ear
    reading: asyncio.Task[None] | None = None
    beginning: asyncio.Lock = field(default_factory=asyncio.Lock)

    def say(self, item: Event | Exception | None) -> None:
        for ear in self.ears:
            ear.put_nowait(item)


class Hub:
    """Followers hear of a film's facts as they are written, here or elsewhere, and of progress that is told here."""

    def __init__(self) -> None:
        self._films: dict[str, _Followed] = {}
        self._users: dict[str, set[asyncio.Event]] = {}
        self._unsettled: dict[str, int] = {}  # users, each with the number that is to be settled before they are told
        self._news = News()
        self._looking: asyncio.Task[None] | None = None
        self._first_look = asyncio.Lock()
        self._closed = False

    def ring(self, film: str) -> None:
        """Facts about this film were written."""
        if film in self._films:
            self._films[film].rung.set()

    def followed(self, film: str) -> bool:
        """Whether somebody here would hear it."""
        return film in self._films

    def tell(self, film: str, fact: Passing, now: datetime) -> None:
        """Tell what happens to a take; nobody keeps it."""
        if film in self._films:
            event = Event(number=0, film=film, at=now, fact=fact)
            for ear in self._films[film].ears:
                if ear.qsize() < MOST_UNHEARD:
                    ear.put_nowait(event)

    def break_off(self, film: str, error: Exception) -> None:
        """Nothing will come any more, and not even that can be kept: followers raise it."""
        if film in self._films:
            self._films[film].say(error)

    async def follow(self, database: Database, film: str, after: int = 0) -> AsyncGenerator[Event]:
        """Every fact of a film after that number, and its progress, until the film is over. Raises UnknownFilm."""
        with self._listening(film) as (followed, ear):
            await self._begin(database)
            await _begin_to_read(database, film, followed)
            over = False
            while not (over or self._closed):
                facts, over = await database.read(_news, film, after)
                for event in facts:
                    after = event.number
                    yield event
                if not over and len(facts) < LIMIT:
                    async for event in _heard(ear, after):
                        after = event.number or after
                        yield event

    async def follow_user(self, database: Database, user: str, after: int = 0) -> AsyncGenerator[Event]:
        """Every fact of a user's films after that number, those that come, too; it ends where this is closed."""
        bell = asyncio.Event()
        with self._waiting(user, bell):
            await self._begin(database)
            while not self._closed:
                bell.clear()
                facts = await database.read(events.of_user, user, after, self._news.settled, LIMIT)
                for event in facts:
                    after = event.number
                    yield event
                if len(facts) < LIMIT:
                    await bell.wait()

    async def close(self) -> None:
        """Ask the database nothing more; for whoever still follows, that is the end."""
        self._closed = True
        tasks = [self._looking, *(followed.reading for followed in self._films.values())]
        for followed in self._films.values():
            followed.say(None)
        self._ring_users()
        await _ended(*tasks)

    @contextmanager
    def _listening(self, film: str) -> Generator[tuple[_Followed, Ear]]:
        followed, ear = self._films.setdefault(film, _Followed()), Ear()
        followed.ears.add(ear)
        try:
            yield followed, ear
        finally:
            followed.ears.discard(ear)
            if not followed.ears:
                self._films.pop(film, None)
                if followed.reading is not None:
                    followed.reading.cancel()
            self._stop_where_nobody_listens()

    @contextmanager
    def _waiting(self, user: str, bell: asyncio.Event) -> Generator[None]:
        bells = self._users.setdefault(user, set())
        bells.add(bell)
        try:
            yield
        finally:
            bells.discard(bell)
            if not bells:
                self._users.pop(user, None)
            self._stop_where_nobody_listens()

    def _stop_where_nobody_listens(self) -> None:
        if not self._films and not self._users and self._looking is not None:
            self._looking.cancel()
            self._looking = None

    async def _begin(self, database: Database) -> None:
        """From here on, nothing that is written is missed. Raises StoreUnusable."""
        async with self._first_look:
            if self._looking is None and not self._closed:
                self._news = News()
                await self._look(database)
                self._looking = asyncio.ensure_future(self._look_on(database))

    async def _look_on(self, database: Database) -> None:
        while True:
            await asyncio.sleep(ELSEWHERE_S)
            try:
                await self._look(database)
            except Exception as error:  # noqa: BLE001  a task's outer edge: nobody must wait in vain
                for followed in self._films.values():
                    followed.say(error)
                self._ring_users()

    def _ring_users(self) -> None:
        for bell in (bell for bells in self._users.values() for bell in bells):
            bell.set()

    async def _look(self, database: Database) -> None:
        whole = False
        while not whole:
            found = await self._news.look(database)
            whole = len(found) < LIMIT
            for one in found:
                self._unsettled[one.user] = one.number
                if one.film in self._films and one.number > self._films[one.film].read_to:
                    self._films[one.film].rung.set()
        for user in [user for user, number in self._unsettled.items() if number <= self._news.settled]:
            del self._unsettled[user]
            for bell in self._users.get(user, ()):
                bell.set()


def is_over(film: Film) -> bool:
    """Whether nothing more happens to a film by itself: it has ended, and a ready one is where the user asked."""
    waiting = film.state is FilmState.READY and film.order.output is not None and film.delivered is None
    return film.state.ended and not waiting


async def _begin_to_read(database: Database, film: str, followed: _Followed) -> None:
    """What is written from here on is told to every ear; what was before, each reads by himself."""
    async with followed.beginning:
        if followed.reading is None:
            followed.read_to = await database.read(events.latest, film)
            followed.reading = asyncio.ensure_future(_read_on(database, film, followed))


async def _read_on(database: Database, film: str, followed: _Followed) -> None:
    while True:
        await followed.rung.wait()
        followed.rung.clear()
        try:
            facts, over = await database.read(_news, film, followed.read_to)
        except Exception as error:  # noqa: BLE001  a task's outer edge: nobody must wait in vain
            followed.say(error)
            continue
        for event in facts:
            followed.read_to = event.number
            followed.say(event)
        if len(facts) == LIMIT:
            followed.rung.set()
        elif over:
            followed.say(None)


async def _heard(ear: Ear, after: int) -> AsyncGenerator[Event]:
    """What is told, each kept fact once, until it seems that nothing more comes. Raises why nothing will."""
    while (item := await ear.get()) is not None:
        if isinstance(item, Exception):
            raise item
        if not 0 < item.number <= after:
            after = item.number or after
            yield item


def _news(connection: Connection, film: str, after: int) -> tuple[list[Event], bool]:
    """Facts after that number, and whether nothing follows them by itself. Raises UnknownFilm."""
    standing = films.standing(connection, [film])
    if film not in standing:
        films.film(connection, film)  # which says what is nearest
    facts = events.since(connection, film, after, LIMIT)
    state, undelivered = standing[film]
    return facts, len(facts) < LIMIT and state.ended and not undelivered


async def _ended(*tasks: asyncio.Task[None] | None) -> None:
    for task in tasks:
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
