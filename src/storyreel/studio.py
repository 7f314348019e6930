"""The studio: the one façade that every door calls. Words, pictures or a storyboard in; films out."""

import asyncio
import secrets
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, Unpack

from storyreel.accounts import Account
from storyreel.crew import Crew
from storyreel.cutter import Cutter
from storyreel.domain.advice import recalled
from storyreel.domain.errors import Cancelled, InvalidRequest, restored
from storyreel.domain.events import Event
from storyreel.domain.film import LOCAL, Film, FilmState, Order, Writing
from storyreel.domain.storyboard import Storyboard
from storyreel.domain.values import Digest
from storyreel.editor import Editor
from storyreel.keyring import Keyring
from storyreel.orders import (
    FilmWishes,
    Pictures,
    brief_for,
    must_be_wishes,
    must_leave_storyboard,
    order_for,
    output_for,
    story_part,
)
from storyreel.planner import writing_of
from storyreel.settings import Settings
from storyreel.viewer import Viewer

if TYPE_CHECKING:
    from storyreel.admission import Plan
    from storyreel.diagnosis import Diagnosis
    from storyreel.observing.observer import Sink
    from storyreel.production.line import Line
    from storyreel.writing.llm import Written


DRAWS = 8  # ids that are drawn for a film, until one is free
STOPPED_FROM_OUTSIDE = {
    *("output_unwritable", "store_unusable", "line_busy"),
    *("insufficient_credit", "authentication_failed", "rate_limited", "provider_unavailable", "timed_out"),
}
"""Failures that lie in this machine or at a provider and not in the film: it may well go on now."""


class Studio(Editor, Crew, Keyring, Viewer, Cutter):
    """Everything Storyreel does for one home folder. Opening it costs nothing: each part starts when it is first needed."""

    def __init__(
        self,
        home: Path | None = None,
        *,
        settings: Settings | None = None,
        accounts: Mapping[str, Account] | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        token: Callable[[], str] = lambda: secrets.token_hex(2),
    ) -> None:
        super().__init__(home, settings=settings, accounts=accounts, now=now)
        self._token = token
        self._sinks: list[Sink] = []
        self._hands_over = False
        self._opened: Line | None = None
        self._opening = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._opened is not None:
            await self._opened.close()
            self._opened = None

    def hear(self, sink: "Sink") -> None:
        """Let it hear what the line does, once that is opened."""
        self._sinks.append(sink)

    def hand_over(self) -> None:
        """Only accept films, from when the line is opened: another process makes them."""
        self._hands_over = True

    # Films.

    async def make_film(self, story: "str | Storyboard | Written", **wishes: Unpack[FilmWishes]) -> Film:
        """The finished film of a prompt, a script or a storyboard, delivered. Raises any StoryreelError that ended it."""
        return await self.wait(await self.start_film(story, **wishes))

    async def start_film(self, story: "str | Storyboard | Written", **wishes: Unpack[FilmWishes]) -> Film:
        """A film that is accepted: its row is committed and the line works on it. Raises before anything is started."""
        must_be_wishes(FilmWishes, wishes)
        brief = brief_for(wishes)
        if not isinstance(story, str):
            _must_be_story(story)
            must_leave_storyboard(wishes)
        written = await self.write(story, **story_part(wishes)) if isinstance(story, str) else story
        board, writing = (written, None) if isinstance(written, Storyboard) else (written.storyboard, writing_of(written))
        aspect = brief.aspect if wishes.get("size") or wishes.get("aspect") else board.aspect
        return await self._start(board, wishes, aspect=aspect, writing=writing)

    async def animate(self, picture: Path | str | bytes, text: str = "", **wishes: Unpack[FilmWishes]) -> Film:
        """The film of one shot that begins on a picture and moves as the words say. Raises any StoryreelError that ended it."""
        return await self.wait(await self.start_animation(picture, text, **wishes))

    async def start_animation(self, picture: Path | str | bytes, text: str = "", **wishes: Unpack[FilmWishes]) -> Film:
        """An accepted film of one picture; its shape is the picture's where nothing else is wished. Raises MediaUnusable."""
        data, board, asked = await self._animation(picture, text, wishes)
        await self._plan_from(data, board, asked)
        first = await (await self._line()).blobs.put_bytes(data)
        return await self._start(board, asked, aspect=board.aspect, first_frame=first)

    async def _start(
        self,
        board: Storyboard,
        wishes: FilmWishes,
        *,
        aspect: str,
        first_frame: Digest | None = None,
        writing: Writing | None = None,
    ) -> Film:
        from storyreel.admission import plan_of

        await self.learn(board, **wishes)
        pictures = Pictures(first_frame=first_frame, references=await self._kept(wishes.get("references", ())))
        usual = self.settings
        order = order_for(wishes, default_model=usual.model, aspect=aspect, pictures=pictures, default_writer=usual.writer)
        _delivered(order, wishes, "film")  # a place that cannot be is told before anything is worked out
        plan = await asyncio.to_thread(plan_of, board, order, self.means(), self._at_hand)
        return await self._accepted(plan, wishes, writing)

    async def _accepted(self, plan: "Plan", wishes: FilmWishes, writing: Writing | None) -> Film:
        """The film of a plan, under an id that no other has: four characters are soon had by two films of one title."""
        from storyreel.library.films import IdTaken
        from storyreel.library.names import new_film_id

        title = plan.storyboard.title
        film = Film(
            id="new",
            title=title,
            state=FilmState.QUEUED,
            storyboard=plan.storyboard,
            order=plan.order,
            created=self._now(),
            user=wishes.get("user", LOCAL),
            api_key=wishes.get("api_key"),
        )
        line = await self._line()
        for left in reversed(range(DRAWS)):
            id = new_film_id(title, self._token())
            order = _delivered(plan.order, wishes, id)
            try:
                return await line.produce(film.model_copy(update={"id": id, "order": order}), writing, plan.quote.expected_usd)
            except IdTaken:
                if not left:
                    raise
        raise AssertionError("the last draw has returned")

    async def _kept(self, pictures: Sequence[Path | str | bytes]) -> tuple[Digest, ...]:
        """The pictures in our own store, as PNG. Raises MediaUnusable."""
        if not pictures:
            return ()
        line = await self._line()
        given = [await self._picture(picture, field="reference") for picture in pictures]
        return tuple([await line.blobs.put_bytes(picture.png) for picture in given])

    async def wait(self, film: Film | str) -> Film:
        """The film once it has ended, or waits for approval. Raises the StoryreelError that ended it, if one did."""
        ended = await (await self._line()).wait(_id(film))
        if ended.state is FilmState.CANCELLED:
            raise Cancelled(f"The film {ended.id}", film=ended.id)
        if ended.state not in {FilmState.READY, FilmState.AWAITING_APPROVAL}:
            kept = recalled(ended.error or f"The film {ended.id} is {ended.state}.", ended.id)
            raise restored(ended.error_code or ended.state, kept)
        return ended

    async def events(self, film: Film | str, after: int = 0) -> AsyncGenerator[Event]:
        """What happens to a film, from the event after that number until the film ends; what is told is told once."""
        async with aclosing((await self._line()).follow(_id(film), after)) as told:
            async for event in told:
                yield event

    async def events_of(self, user: str, after: int = 0) -> AsyncGenerator[Event]:
        """What happens to a user's films, from the event after that number on; it does not end by itself."""
        async with aclosing((await self._line()).follow_user(user, after)) as told:
            async for event in told:
                yield event

    async def cancel(self, film: Film | str) -> None:
        """End a film tidily: nothing more is sent, what is being made is called off, what was finished is kept."""
        await (await self._line()).cancel(_id(film))

    async def restart(
        self, film: Film | str | None = None, *, cache: bool = True, budget: float | None = None
    ) -> tuple[Film, ...]:
        """Take every unfinished film up again, or that one; shots that are ready are not made again. Raises UnknownFilm.

        Without `cache`, the clips of other films' equal shots do not serve. `budget`: what that one film may cost from now on, in
        US dollars, all in all; raises as `allow`.
        """
        line = await self._line()
        chosen = await self._unfinished() if film is None else (await self._known(film),)
        if budget is not None:
            if film is None:
                raise InvalidRequest("A budget is one film's: name the film that may cost it.", field="film")
            if chosen[0].state is not FilmState.AWAITING_APPROVAL:  # which is told of by the line
                await self.allow(chosen[0], budget)
        return tuple([await line.resume(one.id, cache=cache) for one in chosen])

    async def _unfinished(self) -> tuple[Film, ...]:
        """Films that go on by themselves once they are taken up, and those that something outside them stopped."""
        stopped = [
            film for film in await self.films() if film.error_code in STOPPED_FROM_OUTSIDE and film.state is FilmState.FAILED
        ]
        return (*await (await self._line()).unfinished(), *reversed(stopped))

    async def resume(self, film: Film | str | None = None, *, budget: float | None = None) -> tuple[Film, ...]:
        """Every unfinished film, or that one, carried to its end and delivered, as it then stands. `budget` as in `restart`."""
        line = await self._line()
        return tuple([await line.wait(one.id) for one in await self.restart(film, budget=budget)])

    def diagnose(self) -> "Diagnosis":
        """What this machine has and lacks; a key's value is never told."""
        from storyreel.diagnosis import diagnose

        return diagnose(self.settings, self.accounts, self.home, lambda: self.catalogue, self._now)

    async def line(self) -> "Line":
        """The line, opened: what a door that outlives a film works with. Raises StoreUnusable."""
        return await self._line()

    async def _line(self) -> "Line":
        async with self._opening:
            if self._opened is None:
                from storyreel.production.opening import open_line

                self._opened = await open_line(
                    self.home.root,
                    catalogue=self.catalogue,
                    accounts=self.accounts,
                    workers=self.settings.workers,
                    pace=self.settings.pace,
                    budgets=self.settings.budgets,
                    sharing=self.sharing,
                    now=self._now,
                    hands_over=self._hands_over,
                    observer=self.observe(*self._sinks),
                )
            return self._opened


def _must_be_story(story: object) -> None:
    """Raises InvalidRequest for what is neither words nor a storyboard."""
    if isinstance(story, Storyboard):
        return
    from storyreel.writing.llm import Written

    if isinstance(story, Path):
        told = f"A film is made of text or a storyboard; {story} is a file: give what it says (read_text, read_storyboard)."
        raise InvalidRequest(told, field="story")
    if not isinstance(story, Written):
        raise InvalidRequest(f"A film is made of text or a storyboard; {story!r} was given.", field="story")


def _delivered(order: Order, wishes: FilmWishes, id: str) -> Order:
    """The order with the file that the film of this id goes to, if to any. Raises OutputUnwritable."""
    if not wishes.get("deliver", True):
        return order
    output = wishes.get("output")
    return order.model_copy(update={"output": output_for(Path(output) if output else None, id, wishes.get("folder", Path.cwd()))})


def _id(film: Film | str) -> str:
    return film if isinstance(film, str) else film.id
