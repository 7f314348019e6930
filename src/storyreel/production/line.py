"""The production line of a home, as the studio calls it: films go in, and come out finished, whichever process works on them.

One process owns the line, by a lock. Films of another one's lie in the same database as queued; the owner takes them up, and
where the owner ends before they do, the process that waits for them takes the line over.
"""

import asyncio
import os
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, aclosing, suppress
from decimal import Decimal
from types import TracebackType
from typing import TYPE_CHECKING, Self

from storyreel.domain.advice import Advice, Remedy
from storyreel.domain.errors import InvalidRequest, StoreUnusable
from storyreel.domain.events import Event, StoryboardWarned, StoryboardWritten
from storyreel.domain.film import Film, FilmState, Order, Writing
from storyreel.domain.generation import Key, RemoteId
from storyreel.library import events, films, ledger, replies
from storyreel.library.database import Connection
from storyreel.library.replies import Accepted
from storyreel.library.sqlite import FULL
from storyreel.observing.observer import Level
from storyreel.production.attention import Doubt, remote_called
from storyreel.production.engine import Engine
from storyreel.production.engine_held import must_be_free
from storyreel.production.floor import Floor
from storyreel.production.hub import is_over
from storyreel.production.lease import Lease
from storyreel.production.reword import WRITERS
from storyreel.production.works import Works

if TYPE_CHECKING:
    from storyreel.observing.tally import Tally
    from storyreel.production.hooks import Hooks
    from storyreel.production.metrics import Metrics

USUAL_MODEL = Order().model
HANDED_OVER_S = 1.0  # how soon the owner sees what another process asks
WAITING_FOR_A_PERSON = {FilmState.NEEDS_ATTENTION, FilmState.AWAITING_APPROVAL}
ENDED_S = 30.0  # how long who resumes a film waits for the end that was asked for before
LAST_ANSWER_S = 15.0  # how long a line that stops waits for the answers to what it has sent
LEAST_FREE_BYTES = 1 << 20  # with less on the disk, nothing that is made could be kept
OWNERLESS_S = 0.5  # how soon a process that waits sees that the owner is gone


class Line:
    """Films in, finished films out. Nothing is locked or started before a film is wanted."""

    def __init__(self, floor: Floor, make_engine: Callable[[], Engine]) -> None:
        self.home, self.database, self.blobs, self.observer = floor.home, floor.database, floor.blobs, floor.observer
        self._floor = floor
        self._lease = Lease(floor.home.lock)
        self._works = Works(floor, make_engine)
        self._wanted: set[str] = set()
        self._away = ""  # a shared store of which it was told that it does not answer
        self._failed_by = ""  # what keeps the line from running, which is told once while nobody waits
        self._bell = asyncio.Event()
        self._keeper: asyncio.Task[None] | None = None
        self._hooks: Hooks | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.close()

    @property
    def owned(self) -> bool:
        """Whether this process makes the films of this home."""
        return self._lease.held

    def warm(self, lengths_s: Sequence[float], model: str = USUAL_MODEL) -> None:
        """Begin whatever is slow to start, for shots of those lengths: they are wanted soon. Raises UnknownModel, RouteClosed."""
        self._floor.catalogue.route(model, self._floor.now.date())
        self._works.expect(model, lengths_s)
        self._call_keeper()

    async def produce(self, film: Film, writing: Writing | None = None, quote_usd: Decimal | None = None) -> Film:
        """The film, accepted: its row is kept, and the line works on it as soon as it can, or as it is approved.

        `writing`: what a language model took for its storyboard, which goes on the film's bill. `quote_usd`: what was told.
        """
        await self._floor.write(film.id, replies.noted(_accept, Accepted(film=film.id)), film, writing, quote_usd)
        if film.order.approve:
            return await self.database.read(films.film, film.id)
        self._works.expect(film.order.model, [shot.seconds for shot in film.storyboard.shots])
        self._want(film.id)
        return film

    async def resume(self, film_id: str, *, cache: bool = True) -> Film:
        """The film, wanted again; what is ready stays, and is delivered again where its file is gone. Raises UnknownFilm.

        Without `cache`, no other film's takes serve.
        """
        film = await self.database.read(films.film, film_id)
        if film.order.cache and not cache:
            await self._floor.write(film_id, films.make_anew, film_id)
        if film.state is FilmState.AWAITING_APPROVAL:
            message = Advice(f"The film {film_id} waits for approval: ", Remedy.APPROVE.of(film=film_id))
            raise InvalidRequest(message, field="film")
        if film.delivered is not None and not await asyncio.to_thread(os.path.exists, film.delivered):
            await self._floor.write(film_id, films.recall_film, film_id)
            film = await self.database.read(films.film, film_id)
        if wanted := not is_over(film) or film.state is not FilmState.READY:
            begun = film.state is FilmState.PRODUCING  # here, or by a process that ended before its films did
            is_made = begun and self._goes_on(film_id)
            if begun and await self.database.read(films.cancel_requested, film_id):
                film, is_made = await self._ended(film_id), False  # what is being ended ends first, and then goes on
            if not is_made and film.state not in {FilmState.QUEUED, FilmState.READY}:
                await self._floor.write(film_id, films.resume_film, film_id, self._floor.now)
        film = await self.database.read(films.film, film_id)  # told as it was put on its way, not by how soon it is begun
        if wanted:
            self._want(film_id)
        return film

    async def _ended(self, film_id: str) -> Film:
        """A film whose end somebody asked for, once it has ended. Raises InvalidRequest where that takes long."""
        try:
            async with asyncio.timeout(ENDED_S):
                return await self.wait(film_id)
        except TimeoutError as error:
            message = f"The film {film_id} is still being ended; resume it once it has."
            raise InvalidRequest(message, field="film") from error

    async def wait(self, film_id: str) -> Film:
        """The film once it is over: delivered, failed, cancelled, or left to a person. Who waits wants it. Raises UnknownFilm."""
        if not is_over(await self.database.read(films.film, film_id)):
            self._want(film_id)
        async for _ in self.follow(film_id):
            pass
        return await self.database.read(films.film, film_id)

    async def follow(self, film_id: str, after: int = 0) -> AsyncGenerator[Event]:
        """What happens to a film from the fact after that number until it is over. Raises UnknownFilm."""
        async with aclosing(self._floor.hub.follow(self.database, film_id, after)) as told:
            async for event in told:
                yield event

    async def follow_user(self, user: str, after: int = 0) -> AsyncGenerator[Event]:
        """What happens to a user's films from the fact after that number on; it does not end by itself."""
        async with aclosing(self._floor.hub.follow_user(self.database, user, after)) as told:
            async for event in told:
                yield event

    async def cancel(self, film_id: str) -> None:
        """Ask for a film's end, whichever process makes it; what is finished is kept. Raises UnknownFilm."""
        if await self._floor.write(film_id, films.request_cancel, film_id):
            film = await self.database.read(films.film, film_id)
            if film.state in WAITING_FOR_A_PERSON:  # the line does nothing with it that could be ended
                await self._floor.write(film_id, films.cancel_film, film_id, self._floor.now)
            self._want(film_id)

    async def remote_called(self, doubt: Doubt, told: str) -> RemoteId:
        """The remote id of the generation that the provider of a call in doubt calls so. Raises InvalidRequest."""
        return await remote_called(self._floor, doubt, told)

    def webhooks(self, host: str, port: int) -> AbstractAsyncContextManager[str]:
        """Listen for providers' webhooks while the block runs; gives the address, to which a provider's name is added."""
        from storyreel.production.hooks import serve_hooks

        return serve_hooks(self._floor, host, port)

    def hooks(self) -> "Hooks":
        """What takes providers' webhooks in, for a server that listens for them itself."""
        from storyreel.production.hooks import Hooks

        self._hooks = self._hooks or Hooks(self._floor)
        return self._hooks

    def metrics(self, tally: "Tally | None" = None) -> "Metrics":
        """The figures of everything that is kept here, and with a tally what this process counts of its own."""
        from storyreel.production.metrics import Metrics

        floor = self._floor
        return Metrics(
            floor.database, floor.blobs, floor.catalogue, floor.accounts, floor.home.free_bytes, floor.clock.now, tally
        )

    async def unfinished(self) -> list[Film]:
        """Films that someone may still wait for, the oldest first."""
        return await self.database.read(films.unfinished_films)

    async def work(self, stop: asyncio.Event) -> None:
        """Take up whatever is handed over, until told to stop; a line that could not run is tried again."""
        while not stop.is_set():
            if not self._is_kept:  # a keeper who is there looks around by himself
                self._call_keeper()
            with suppress(TimeoutError):
                async with asyncio.timeout(HANDED_OVER_S):
                    await stop.wait()

    async def close(self) -> None:
        """Stop where things stand; what is unfinished goes on when it is wanted again, here or in another process.

        Answers to what was sent are waited for. Everything is let go, whatever becomes of the rest; then raises what went wrong.
        """
        async with AsyncExitStack() as last_first:
            last_first.push_async_callback(asyncio.to_thread, self._floor.observer.close)
            last_first.callback(self.blobs.close)
            last_first.push_async_callback(asyncio.to_thread, self.database.close)
            last_first.callback(self._lease.give_back)
            last_first.push_async_callback(self._floor.close)
            last_first.push_async_callback(self._works.stop)
            last_first.push_async_callback(self._floor.gate.close, LAST_ANSWER_S)
            last_first.push_async_callback(self._end_keeper)

    async def _end_keeper(self) -> None:
        if self._keeper is not None:
            self._keeper.cancel()
            with suppress(asyncio.CancelledError):
                await self._keeper

    def _goes_on(self, film_id: str) -> bool:
        """Whether a film that is being made needs nobody who wants it."""
        return self._works.works_on(film_id)

    def _want(self, film_id: str) -> None:
        self._wanted.add(film_id)
        self._call_keeper()

    @property
    def _is_kept(self) -> bool:
        return self._keeper is not None and not self._keeper.done()

    def _call_keeper(self) -> None:
        if not self._is_kept:
            self._keeper = asyncio.ensure_future(self._keep())
        self._bell.set()

    async def _keep(self) -> None:
        """Own the line where that is possible, and take films up; tell those who wait where it is not."""
        while True:
            try:
                await self._keep_watched()
            except Exception as error:  # noqa: BLE001  a task's outer edge: nobody must wait in vain
                failing, self._wanted = self._wanted, set()
                await self._despair(error, failing)
                if not self._wanted:  # since then
                    return

    async def _keep_watched(self) -> None:
        """Never comes back. Raises what keeps the line from running, its engine's file held by another program too."""
        watch = must_be_free(self.home.engine_path, self._tell_of, pace=self._floor.pace)
        both = [asyncio.ensure_future(one) for one in (self._keep_on(), watch)]
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_EXCEPTION)
            await next(one for one in both if one.done())
        finally:
            for one in both:
                one.cancel()
            await asyncio.gather(*both, return_exceptions=True)

    async def _keep_on(self) -> None:
        while True:
            self._bell.clear()
            if not self._lease.held and self._lease.try_take():
                self._floor.observer.note("line.taken", home=str(self.home.root))
                await self._works.open(self._bell.set)
            if self._lease.held:
                await self._works.take_up(self._wanted)
                self._must_have_room()
                self._failed_by = ""
            await self._tell_of_blobs()
            with suppress(TimeoutError):
                async with asyncio.timeout(HANDED_OVER_S if self._lease.held else OWNERLESS_S):
                    await self._bell.wait()

    async def _tell_of_blobs(self) -> None:
        """Tell who waits for a film here of a shared store that does not answer."""
        if away := self.blobs.away:
            self._away = away[0]
            await self._tell_of(*away)
        elif self._away:
            await self._tell_of(self._away, None)
            self._away = ""

    async def _tell_of(self, where: str, problem: str | None) -> None:
        """Tell who waits for a film here that a store of ours cannot be written, or that it can again."""
        for film_id in self._wanted | self._works.under_way:
            if problem is None:
                self._floor.goes_on(film_id, where)
            else:
                await self._floor.stands_still(film_id, where, problem)

    def _must_have_room(self) -> None:
        """The engine waits for ever where it cannot write: who waits for a film must hear of it. Raises StoreUnusable."""
        if self._wanted and self.home.free_bytes() < LEAST_FREE_BYTES:
            problem, remedy = FULL
            raise StoreUnusable(self.home.root, problem, remedy=remedy)

    async def _despair(self, error: Exception, failing: set[str]) -> None:
        """The line cannot run: the films that this process wants fail by it."""
        before, self._failed_by = self._failed_by, f"{type(error).__name__}: {error}"
        if failing or self._failed_by != before:
            self._floor.observer.note("line.failed", Level.ERROR, error=type(error).__name__, message=str(error))
        for film_id in sorted(failing):
            await self._works.fail(film_id, error)
        await self._floor.gate.close(LAST_ANSWER_S)
        try:
            await self._works.stop()
        finally:
            self._floor.gate.reopen()
            self._lease.give_back()


def _accept(connection: Connection, film: Film, writing: Writing | None, quote_usd: Decimal | None) -> None:
    """The film's row, whether it waits for approval, and what its storyboard cost, in one transaction.

    Raises BudgetExceeded for more than the budget of its API key leaves.
    """
    if film.api_key is not None and not film.order.approve:
        ledger.must_fit_key(connection, film, quote_usd)
    films.insert_film(connection, film)
    if film.order.approve:
        films.hold_film(connection, film.id, film.created, quote_usd)
    if writing is None:
        return
    key = Key(film=film.id, shot="storyboard", take=1, route=writing.model)
    ledger.record_spent(connection, key, WRITERS, writing.cost_usd, film.created)
    spent = StoryboardWritten(
        model=writing.model, tokens_in=writing.tokens_in, tokens_out=writing.tokens_out, cost_usd=writing.cost_usd
    )
    events.append(connection, film.id, spent, film.created)
    for message in writing.warnings:
        events.append(connection, film.id, StoryboardWarned(message=message), film.created)
