"""A film's page as it stands, worked out once for everybody of one caller who has it open in one language."""

import asyncio
import re
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from storyreel.domain.errors import StoryreelError
from storyreel.domain.events import Event, TakeFailed, TakeProgressed, TakeReady
from storyreel.domain.film import Film
from storyreel.domain.values import Language
from storyreel.doors.server.pages.film import facts
from storyreel.doors.server.pages.page import Page
from storyreel.doors.server.pages.reel import Reel

GATHERED_S = 0.2  # what happens in so short a time is shown at once
PARTS = ("steps", "actions", "trouble", "money", "log")
ONCE = re.compile(r'name="(?:token|once)" value="[^"]*"')
"""What differs each time a form is made, and is no change."""

Name: TypeAlias = tuple[str, str, Language]
"""Of a screening: the film, the caller, the language."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page shows at a moment."""

    latest: int  # the last event that it shows
    shape: str  # another one: its parts do not make it so, and the page is asked for as a whole
    parts: Mapping[str, str]  # by what they look like, without what differs each time
    today: str  # what was spent today, which stands at the top of every page
    takes: Mapping[str, str]  # of each shot; another text: there is something new to see


class Screening:
    """One film, followed for as long as somebody has its page open, past its end too."""

    def __init__(self, page: Page, film: str) -> None:
        self._page: Page = page
        self._film = film
        self._shares: dict[str, float] = {}
        self._spent: tuple[Decimal, Decimal] | None = None
        self._changed = asyncio.Event()
        self.now: Seen | None = None
        self.over = False  # nobody follows it any more: who watches asks again
        self.watchers = 0

    async def after(self, seen: Seen | None) -> Seen | None:
        """What it shows once that is not what was seen; None where it is not followed any more."""
        while self.now is seen and not self.over:
            await self._changed.wait()
        return None if self.over else self.now

    async def follow(self) -> None:
        """Keep what it shows true, until it is cancelled or the studio closes."""
        try:
            with suppress(StoryreelError):  # the store, or the film, is gone: whoever watches asks again, and is told
                film, more = await self._look(), True
                while more:
                    async for happened in _gathered(self._page.desk.studio.events(film, self._latest)):
                        self._fold(happened)
                        await self._look()
                    await self._look()
                    more = await self._is_more(film)
        finally:
            self.over = True
            self._changed.set()

    @property
    def _latest(self) -> int:
        return self.now.latest if self.now else 0

    async def _look(self) -> Film:
        told = await facts(self._page, self._film, self._shares)
        reel: Reel = told["reel"]  # pyright: ignore[reportAssignmentType]
        film = reel.film
        if self._spent != (film.cost_usd, film.held_usd):
            self._spent, self._page = (film.cost_usd, film.held_usd), await self._page.of_today()
        self.now = await _seen(self._page, reel, told)
        self._changed.set()
        self._changed = asyncio.Event()
        return film

    async def _is_more(self, film: Film) -> bool:
        """Whether something is written of the film after its end: it is changed, or made once more."""
        async with aclosing(self._page.desk.studio.events_of(film.user, self._latest)) as happening:
            async for event in happening:
                if event.film == film.id:
                    return True
        return False

    def _fold(self, happened: list[Event]) -> None:
        for event in happened:
            match event.fact:
                case TakeProgressed(shot=shot, progress=progress):
                    self._shares[shot] = progress
                case TakeReady(shot=shot) | TakeFailed(shot=shot):
                    self._shares.pop(shot, None)
                case _:
                    pass


@dataclass(slots=True)
class Screenings:
    """Every screening that somebody watches."""

    _known: dict[Name, tuple[Screening, asyncio.Task[None]]] = field(
        default_factory=dict[Name, tuple[Screening, asyncio.Task[None]]]
    )

    @asynccontextmanager
    async def of(self, page: Page, film: Film) -> AsyncGenerator[Screening]:
        """The screening of a film for this page's caller and language; it ends when the last one leaves."""
        name = (film.id, page.caller.name, page.language)
        known = self._known.get(name)
        if known is None or known[0].over:
            made = Screening(page, film.id)
            known = self._known[name] = made, asyncio.create_task(made.follow())
        screening, following = known
        screening.watchers += 1
        try:
            yield screening
        finally:
            screening.watchers -= 1
            if not screening.watchers:
                following.cancel()
                if self._known.get(name) is known:
                    del self._known[name]
                await asyncio.gather(following, return_exceptions=True)


async def _seen(page: Page, reel: Reel, told: Mapping[str, object]) -> Seen:
    latest: int = told["latest"]  # pyright: ignore[reportAssignmentType]
    made = [page.part(name, **told, swapped=True) for name in PARTS]
    made += [page.part("tile", reel=reel, one=tile, swapped=True) for tile in reel.tiles]
    takes = await page.desk.studio.takes(reel.film)
    return Seen(
        latest=latest,
        shape=reel.shape,
        parts={ONCE.sub("", html): html for html in made},
        today=page.part("today", swapped=True),
        takes={
            tile.id: f"{tile.take and tile.take.id} {tile.locked} {tile.stale} "
            + " ".join(f"{one.number}:{one.state}" for one in takes.get(tile.id, ()))
            for tile in reel.tiles
        },
    )


async def _gathered(happening: AsyncGenerator[Event]) -> AsyncGenerator[list[Event]]:
    """What happens, a few things at once. Raises what the following raises."""
    queue: asyncio.Queue[Event | None] = asyncio.Queue()

    async def heard() -> None:
        try:
            async with aclosing(happening):
                async for event in happening:
                    queue.put_nowait(event)
        finally:
            queue.put_nowait(None)

    listening = asyncio.create_task(heard())
    try:
        gathered: list[Event | None] = []
        while None not in gathered:
            gathered = [await queue.get()]
            await asyncio.sleep(GATHERED_S)
            while not queue.empty():
                gathered.append(queue.get_nowait())
            if events := [event for event in gathered if event is not None]:
                yield events
        await listening
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
