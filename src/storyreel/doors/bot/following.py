"""Follows films that were asked for in chats: one message that tells how far they are, then the film, or what went wrong."""

import asyncio
from contextlib import aclosing, suppress

from storyreel.domain.errors import StoryreelError
from storyreel.domain.events import Event, TakeFailed, TakeProgressed, TakeReady
from storyreel.domain.film import Film, FilmState
from storyreel.domain.values import Language
from storyreel.doors.bot.booth import Booth
from storyreel.doors.bot.delivering import deliver
from storyreel.doors.bot.ending import told_end
from storyreel.doors.bot.outbox import ChatGone
from storyreel.doors.bot.progress import told_progress
from storyreel.doors.bot.rendering import edit_text, new_message
from storyreel.doors.bot.shown import Shown
from storyreel.library import chats
from storyreel.library.chats import ChatFilm, Place, Told

GAP_S = 3.0  # between two edits
TICK_S = 15.0  # after which the message is looked at again, though nothing happened: times pass


class Following:
    """Every film of one bot of which there is something to tell."""

    def __init__(self, booth: Booth) -> None:
        self._booth = booth
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def begin(self, film: Film, place: Place, language: Language, message: int | None) -> None:
        """Tell of a film from now on, in that message, or in one of its own."""
        told = ChatFilm(place=place, film=film.id, language=language, state=Told.FOLLOWING, message=message)
        await self._keep(told)
        self._start(told)

    async def take_up(self) -> None:
        """Go on where the bot ended."""
        for told in await self._booth.database.read(chats.untold_films, self._booth.api.id):
            self._start(told)

    async def close(self) -> None:
        """Leave off; who comes next goes on."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    def _start(self, told: ChatFilm) -> None:
        if (task := self._tasks.pop(told.film, None)) is not None:
            task.cancel()
        task = self._tasks[told.film] = asyncio.create_task(self._guarded(told))
        task.add_done_callback(lambda done: self._tasks.get(told.film) is done and self._tasks.pop(told.film))

    async def _guarded(self, told: ChatFilm) -> None:
        try:
            await self._follow(told)
        except ChatGone:  # the film stays where it is, and is seen on the pages
            await self._keep(told.model_copy(update={"state": Told.ENDED}))
        except Exception as error:  # noqa: BLE001  a task's outer edge: one film's fault is not the others'
            self._booth.observer.warn("chat.broken", film=told.film, error=type(error).__name__, message=str(error))

    async def _follow(self, told: ChatFilm) -> None:
        booth, said = self._booth, self._booth.voice(told.language)
        shares: dict[str, float] = {}
        happened = asyncio.Event()
        hearing = asyncio.create_task(self._hear(told.film, shares, happened))
        try:
            while not (film := await booth.studio.film(told.film)).state.ended:
                shots = await booth.studio.shots(film)
                now = booth.now()
                told = await self._tell(told, told_progress(film, shots, shares, booth.studio.catalogue, now, said), passing=True)
                await asyncio.sleep(GAP_S / booth.pace)
                with suppress(TimeoutError):
                    async with asyncio.timeout((TICK_S - GAP_S) / booth.pace):
                        await happened.wait()
                happened.clear()
        finally:
            hearing.cancel()
        await self._end(told, film)

    async def _end(self, told: ChatFilm, film: Film) -> None:
        end = await told_end(self._booth, told, film)
        told = await self._tell(told, end, passing=False)
        if film.state is FilmState.READY:
            await deliver(self._booth, told, film, self._keep)
        else:
            await self._keep(told.model_copy(update={"state": Told.ENDED}))

    async def _tell(self, told: ChatFilm, shown: Shown, *, passing: bool) -> ChatFilm:
        """Have the message say that, where it says something else."""
        if told.message is None:
            return await self._post(told, shown)
        if shown.text == told.shown:
            return told
        chat, message, outbox = told.place.chat, told.message, self._booth.outbox
        lost = told.model_copy()
        outbox.edit(chat, message, edit_text(chat, message, shown), passing=passing, lost=lambda: self._lost(lost, shown))
        told = told.model_copy(update={"shown": shown.text})
        await self._keep(told)
        return told

    async def _lost(self, told: ChatFilm, shown: Shown) -> None:
        """The message was deleted: another one goes on."""
        self._start(await self._post(told, shown))

    async def _post(self, told: ChatFilm, shown: Shown) -> ChatFilm:
        chat = told.place.chat
        sent = await self._booth.outbox.send(chat, new_message(chat, shown))
        told = told.model_copy(update={"message": sent.message_id, "shown": shown.text})
        await self._keep(told)
        return told

    async def _keep(self, told: ChatFilm) -> None:
        await self._booth.database.write(chats.keep_film, told, self._booth.now())

    async def _hear(self, film: str, shares: dict[str, float], happened: asyncio.Event) -> None:
        """Notice that something happened, and how far shots are."""
        with suppress(StoryreelError):  # why the film broke off is kept with it, and told
            async with aclosing(self._booth.studio.events(film)) as events:
                async for event in events:
                    _fold(shares, event)
                    happened.set()
        happened.set()


def _fold(shares: dict[str, float], event: Event) -> None:
    match event.fact:
        case TakeProgressed(shot=shot, progress=progress):
            shares[shot] = progress
        case TakeReady(shot=shot) | TakeFailed(shot=shot):
            shares.pop(shot, None)
        case _:
            pass
