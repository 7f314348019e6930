"""Runs dialogs: a button or a message in, the next screen out. What takes long is done beside, and nobody waits for it."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine, Mapping

from aiogram.methods import DeleteMessage, EditMessageReplyMarkup

from storyreel.domain.errors import StoryreelError
from storyreel.doors.bot.booth import Booth
from storyreel.doors.bot.outbox import ChatGone
from storyreel.doors.bot.rendering import edit_text, new_message
from storyreel.doors.bot.shown import CANCEL, Button, Shown
from storyreel.doors.bot.step import Incoming, Person, Step, Turn
from storyreel.doors.bot.talk import LOOKS, MENU, Talk
from storyreel.doors.bot.troubles import told
from storyreel.doors.bot.turns import Ticket, Turns
from storyreel.doors.bot.voice import spoken_by
from storyreel.library import chats
from storyreel.library.chats import Place

MOST_PANELS = 10_000


class Talking:
    """Every dialog of one bot."""

    def __init__(self, booth: Booth, steps: Mapping[str, Step]) -> None:
        self.booth, self._steps = booth, steps
        self._turns = Turns()
        self._panels: OrderedDict[Place, int | None] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()
        self._jobs: dict[Place, asyncio.Task[None]] = {}

    async def talk_of(self, place: Place, person: Person) -> Talk:
        """How far that person is; somebody new begins in the language of the messenger."""
        kept = await self.booth.database.read(chats.talk, place)
        return Talk.model_validate_json(kept) if kept else Talk(language=spoken_by(person.language))

    def shows(self, place: Place, message: int) -> bool:
        """Whether that message is known to be the person's panel, so that a press of it can be answered without a look."""
        return self._panels.get(place) == message

    def ticket(self, place: Place) -> Ticket:
        """A turn of that person's, in the order in which tickets are taken."""
        return self._turns.ticket(place)

    async def pressed(self, ticket: Ticket, person: Person, message: int, tag: str, data: str) -> bool:
        """A button of a screen was pressed; False where that is not what the person is at, so that nothing is done."""
        place = ticket.place
        async with ticket:
            talk = await self.talk_of(place, person)
            if talk.panel != message or talk.screen != tag:
                return talk.panel == message  # pressed twice: the screen has changed meanwhile
            if talk.working and (self._steps[tag].holds or data != CANCEL):
                return True
            clean = talk.model_copy(update={"trouble": "", "remedies": (), "quiet": False})
            await self._go(place, person, talk, self._steps[tag].press(Turn(self.booth, place, person, clean), data))
            return True

    async def heard(self, ticket: Ticket, person: Person, incoming: Awaitable[Incoming]) -> None:
        """A person wrote, or sent pictures, which are fetched first."""
        place = ticket.place
        async with ticket:
            came = await incoming
            talk = await self.talk_of(place, person)
            if talk.aside and not talk.aside.working:  # who looked at his films and writes on, writes for the dialog
                talk = talk.returned()
            hear = self._steps[talk.screen].hear or self._steps[MENU].hear
            if hear is not None and not talk.working:
                clean = talk.model_copy(update={"trouble": "", "remedies": (), "quiet": False})
                await self._go(place, person, talk, hear(Turn(self.booth, place, person, clean), came), below=True)

    async def jump(self, ticket: Ticket, person: Person, leap: Callable[[Talk], Talk]) -> None:
        """Show a screen, whatever was there before: of a command, or of a button under a film."""
        async with ticket:
            before = await self.talk_of(ticket.place, person)
            await self._show(ticket.place, person, before, leap(before), below=True)

    async def look(self, ticket: Ticket, person: Person, screen: str) -> None:
        """Show a screen beside the dialog, which waits; not where it is only being begun, or has come to its result."""

        def leap(talk: Talk) -> Talk:
            step = self._steps[talk.screen]
            waits = talk.screen not in {MENU, *LOOKS} and not (step.holds or step.result or (talk.working and step.once))
            return talk.looking(screen) if talk.aside or waits else talk.at(screen)

        await self.jump(ticket, person, leap)

    async def take_up(self) -> None:
        """Go on with what was being worked out when the bot ended."""
        for place, text in await self.booth.database.read(chats.working_talks, self.booth.api.id):
            person = Person(user=place.user)
            self._work(place, person, Talk.model_validate_json(text), again=True)

    async def close(self) -> None:
        """Leave off; what is being worked out is taken up by who comes next."""
        tasks = [*self._tasks, *self._jobs.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def beside(self, work: Coroutine[object, object, None]) -> None:
        """Do something while everything else goes on."""
        task = self._begun(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def grey(self, turn: Turn, data: str) -> str:
        """Why a grey button does nothing, in a person's language."""
        grey = self._steps[turn.talk.screen].grey
        return grey(turn, data) if grey else ""

    def _begun(self, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(self._guarded(work))
        task.add_done_callback(lambda _: work.close())  # a task that is cancelled before its first step awaits nothing
        return task

    async def _guarded(self, work: Coroutine[object, object, None]) -> None:
        try:
            await work
        except ChatGone:
            self.booth.observer.note("chat.gone")
        except Exception as error:  # noqa: BLE001  a task's outer edge: one dialog's fault is not the others'
            self.booth.observer.warn("chat.broken", error=type(error).__name__, message=str(error))

    async def _go(self, place: Place, person: Person, before: Talk, step: Awaitable[Talk], *, below: bool = False) -> None:
        """Take a step, and show where it leads."""
        try:
            after = await step
        except StoryreelError as error:
            trouble, remedies = told(self.booth, before, error)
            after = before.model_copy(update={"trouble": trouble, "remedies": remedies})
        await self._show(place, person, before, after, below=below)

    async def _show(self, place: Place, person: Person, before: Talk, after: Talk, *, below: bool = False) -> None:
        """Keep where a person is, and show it: in the message that is there, or in a new one below."""
        job = self._jobs.pop(place, None)
        if job is not None and not self._steps[before.screen].holds:
            job.cancel()
        after = after.model_copy(update={"turn": before.turn + 1})
        await self._keep(place, after)
        if after.quiet:
            return
        shown = await self._shown(Turn(self.booth, place, person, after))
        if below or after.panel is None or self._stays(before, after):
            after = await self._posted(place, before, after, shown)
        else:
            method = edit_text(place.chat, after.panel, shown, after.screen)
            self.booth.outbox.edit(place.chat, after.panel, method, lost=lambda: self._again(place, person))
        if after.working:
            self._work(place, person, after)

    async def _posted(self, place: Place, before: Talk, after: Talk, shown: Shown) -> Talk:
        sent = await self.booth.outbox.send(place.chat, new_message(place.chat, shown, after.screen))
        after = after.model_copy(update={"panel": sent.message_id})
        await self._keep(place, after)
        if before.panel is not None and before.panel != after.panel:
            self.beside(self._gone(place, before.panel, stays=self._stays(before, after)))
        return after

    def _stays(self, before: Talk, after: Talk) -> bool:
        """Whether what the panel says is a result, which is left in the chat as it is."""
        return self._steps[before.screen].result and after.screen != before.screen

    async def _gone(self, place: Place, message: int, *, stays: bool) -> None:
        """An old panel goes away; where it is a result, or too old for that, its buttons do."""
        if stays or not await self.booth.outbox.free(DeleteMessage(chat_id=place.chat, message_id=message)):
            await self.booth.outbox.free(EditMessageReplyMarkup(chat_id=place.chat, message_id=message))

    async def _again(self, place: Place, person: Person) -> None:
        """The panel was deleted: post it anew."""
        async with self.ticket(place):
            talk = await self.talk_of(place, person)
            await self._posted(place, talk, talk, await self._shown(Turn(self.booth, place, person, talk)))

    async def _shown(self, turn: Turn) -> Shown:
        step = self._steps[turn.talk.screen]
        if turn.talk.working:
            rows = () if step.holds else ((Button(turn.said("✖️ Cancel"), CANCEL),),)
            return Shown(turn.said(step.waiting), rows)
        shown = await step.show(turn)
        extra = tuple((Button(label, data),) for label, data in turn.talk.remedies)
        text = f"⚠️ {turn.talk.trouble}\n\n{shown.text}" if turn.talk.trouble else shown.text
        return Shown(text, (*extra, *shown.rows))

    def _work(self, place: Place, person: Person, talk: Talk, *, again: bool = False) -> None:
        self._jobs[place] = self._begun(self._worked(place, person, talk, again=again))

    async def _worked(self, place: Place, person: Person, talk: Talk, *, again: bool) -> None:
        """Work something out for a screen, and show what came of it, unless the person is elsewhere by then."""
        work = self._steps[talk.screen].work
        try:
            after = talk if work is None else await work(Turn(self.booth, place, person, talk, again))
            after = after.model_copy(update={"working": after.working and after.screen != talk.screen})
        except StoryreelError as error:
            trouble, remedies = told(self.booth, talk, error)
            after = talk.model_copy(update={"working": False, "trouble": trouble, "remedies": remedies})
        async with self.ticket(place):
            if (now := await self.talk_of(place, person)).turn == talk.turn:
                self._jobs.pop(place, None)
                await self._show(place, person, now, after)

    async def _keep(self, place: Place, talk: Talk) -> None:
        text, now = talk.model_dump_json(), self.booth.now()
        await self.booth.database.write(chats.keep_talk, place, text, now, working=talk.working)
        self._panels[place] = talk.panel
        self._panels.move_to_end(place)
        if len(self._panels) > MOST_PANELS:
            self._panels.popitem(last=False)
