"""A film while it is being made: one line a shot, redrawn in place."""

import asyncio
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from storyreel.domain.errors import BudgetExceeded, Cancelled
from storyreel.domain.events import (
    CutStarted,
    Event,
    Fact,
    FilmChanged,
    FilmDelivered,
    FilmReady,
    FilmStalled,
    PromptReworded,
    RouteChanged,
    TakeAdopted,
    TakeDelayed,
    TakeFailed,
    TakeFound,
    TakeProgressed,
    TakeQueued,
    TakeReady,
    TakeRejected,
    TakeRetried,
    TakeSent,
    TakeSought,
)
from storyreel.domain.film import Film
from storyreel.domain.generation import is_keyframe, keyframe_of
from storyreel.domain.money import paid_text
from storyreel.doors.cli.findings import finding_text
from storyreel.doors.cli.interrupting import interruptible
from storyreel.doors.cli.render import clock
from storyreel.doors.cli.screen import Screen, padded
from storyreel.doors.cli.trying import Trying, standing_still_text, trying_text
from storyreel.doors.languages.failures import recalled_text
from storyreel.doors.languages.voice import Voice

if TYPE_CHECKING:
    from rich.console import RenderableType

    from storyreel.studio import Studio

MOST_LINES = 14  # shots shown at once; the rest is a count


@dataclass
class Progress:
    """What is known of each shot, folded from the film's events."""

    film: Film
    began: float
    making: str  # what is done to its shots, in a word
    said: Voice
    share: dict[str, float] = field(default_factory=dict)  # of a shot that is being made
    ready: dict[str, bool] = field(default_factory=dict)  # whether it was reused
    failed: dict[str, str] = field(default_factory=dict)  # how, and why
    found: dict[str, str] = field(default_factory=dict)  # in its last take
    waits: dict[str, str] = field(default_factory=dict[str, str])  # why nothing happens to a shot that is to be made
    crowded: set[str] = field(default_factory=set[str])  # providers of which it was said
    stalled: str = ""  # for whom the whole film waits
    spent_usd: Decimal = Decimal(0)
    joining: bool = False

    def take_in(self, event: Event) -> str | None:
        """Fold one event in; the line that a screen without a cursor should print, if any."""
        fact = event.fact
        if isinstance(fact, TakeDelayed | TakeSought):
            return self._stands_still(fact)
        if isinstance(fact, FilmStalled):
            self.stalled = standing_still_text(self.said, fact)
            return self.stalled
        if isinstance(fact, TakeSent | TakeProgressed | TakeReady | TakeFailed):
            self.waits.pop(fact.shot, None)
            self.stalled = ""
        return self._folded(fact)

    def _folded(self, fact: Fact) -> str | None:
        match fact:
            case TakeQueued() | TakeSent():
                self.failed.pop(fact.shot, None)
                self.found.pop(fact.shot, None)
                self.share.setdefault(fact.shot, 0.0)
            case TakeProgressed():
                self.share[fact.shot] = fact.progress
            case TakeReady():
                before = set(self.ready)
                self.ready[fact.shot] = fact.reused
                self.spent_usd += fact.cost_usd
                if fact.shot in before:
                    return None  # it was told then
                return self._told_ready(fact)
            case TakeFound() | TakeRejected() | TakeAdopted() | TakeRetried() | RouteChanged() | PromptReworded():
                return self._told_of(fact)
            case TakeFailed():
                return self._told_of_failure(fact)
            case CutStarted():
                self.joining = True
                return self.said("joining")
            case FilmChanged():
                for one in fact.remakes:
                    self.ready.pop(one.shot, None)
                    self.share.pop(one.shot, None)
            case FilmReady() | FilmDelivered():
                self.joining = False
            case _:
                pass
        return None

    def _told_ready(self, fact: TakeReady) -> str:
        said, shot, shots = self.said, self._called(fact.shot), len(self.film.storyboard.shots)
        told = said("{shot} of {shots} ready", shot=shot, shots=shots)
        return told + said(", made before") if fact.reused else told

    def _told_of_failure(self, fact: TakeFailed) -> str | None:
        if fact.code == Cancelled.code:
            self.share.pop(fact.shot, None)  # someone asked for the end, and is told of it once
            return None
        said, message = self.said, recalled_text(fact.code, fact.message, self.said.language)
        refused = fact.code == BudgetExceeded.code
        self.failed[fact.shot] = said("refused: {why}", why=message) if refused else said("failed: {why}", why=message)
        return f"{self._called(fact.shot)} {self.failed[fact.shot]}"

    def _told_of(self, fact: TakeFound | TakeRejected | TakeAdopted | Trying) -> str | None:
        """Fold in what a check found, that a shot is tried again, or that its lost answer was found."""
        said, shot = self.said, self._called(fact.shot)
        if isinstance(fact, TakeRetried | RouteChanged | PromptReworded):
            return trying_text(said, shot, fact)
        if isinstance(fact, TakeAdopted):
            return said("{shot} was found at its provider", shot=shot)
        if isinstance(fact, TakeFound):
            self.found[fact.shot] = finding_text(said, fact.finding)
            return f"{shot}: {self.found[fact.shot]}" if fact.finding.kind.bad else None
        self.ready.pop(fact.shot, None)
        self.share[fact.shot] = 0.0
        return said("{shot} is made again with another seed", shot=shot)

    def _stands_still(self, fact: TakeDelayed | TakeSought) -> str | None:
        """Fold in why nothing happens to a shot; said once of each shot that is sought, once of a whole film that waits."""
        before, self.waits[fact.shot] = self.waits.get(fact.shot), standing_still_text(self.said, fact)
        if isinstance(fact, TakeSought):
            return None if before else f"{self._called(fact.shot)}: {self.waits[fact.shot]}"
        if fact.provider in self.crowded:
            return None
        self.crowded.add(fact.provider)
        return self.waits[fact.shot]

    def _called(self, shot: str) -> str:
        """What a person calls that which has the take: 'shot 2', 'keyframe 2'."""
        names = [{one.id, keyframe_of(one.id)} for one in self.film.storyboard.shots]
        number = 1 + next((index for index, known in enumerate(names) if shot in known), 0)
        said = self.said
        return said("keyframe {number}", number=number) if is_keyframe(shot) else said("shot {number}", number=number)

    @property
    def shots_ready(self) -> int:
        """How many shots have their clip."""
        return sum(not is_keyframe(shot) for shot in self.ready)

    @property
    def done(self) -> float:
        """How much of the film is made, from 0 to 1."""
        shots = self.film.storyboard.shots
        weights = {shot.id: shot.seconds for shot in shots}
        made = sum(weights[id] for id in self.ready if id in weights)
        going = sum(weights[id] * share for id, share in self.share.items() if id in weights and id not in self.ready)
        return (made + going) / sum(weights.values())


async def watch(studio: "Studio", screen: Screen, film: Film, since: datetime, rest: Sequence[Film] = ()) -> Film:
    """Follow a film to its end on the screen, what happens from `since` on. Raises the StoryreelError that ended it.

    `rest`: the films that are followed after it, which end with it where a person stops them.
    """
    said = screen.said
    making = said("Drawing") if _drawn_here(studio, film) else said("Making")
    progress = Progress(film, time.monotonic(), making=making, said=said)
    ended = asyncio.ensure_future(studio.wait(film))
    with interruptible(studio, screen, (film, *rest)), _drawn(screen, progress) as refresh:
        following = asyncio.ensure_future(_follow(studio, film, progress, screen, since))
        ticking = asyncio.ensure_future(_tick(refresh))
        try:
            return await ended
        finally:
            await asyncio.wait([following], timeout=1.0)
            for task in (following, ticking):
                task.cancel()
            await asyncio.gather(following, ticking, return_exceptions=True)
            refresh()


def _drawn_here(studio: "Studio", film: Film) -> bool:
    """Whether this installation makes the film's shots itself."""
    name = film.order.model.partition("@")[0]
    return any(model.built_in for model in studio.catalogue.models if model.id == name)


async def _follow(studio: "Studio", film: Film, progress: Progress, screen: Screen, since: datetime) -> None:
    async for event in studio.events(film):
        if isinstance(event.fact, FilmChanged):
            progress.film = await studio.film(film.id)
        line = progress.take_in(event)
        if line is not None and event.at >= since and not screen.live:
            screen.note("", line)


async def _tick(refresh: "Refresh") -> None:
    while True:
        refresh()
        await asyncio.sleep(0.12)


class Refresh:
    """Draws the present state again; nothing on a screen without a cursor."""

    def __init__(self, update: Callable[[], None] | None = None) -> None:
        self._update = update

    def __call__(self) -> None:
        """Draw."""
        if self._update is not None:
            self._update()


@contextmanager
def _drawn(screen: Screen, progress: Progress) -> Generator[Refresh]:
    if not screen.live:
        yield Refresh()
        return
    from rich.live import Live

    with Live(_picture(progress), console=screen.console, auto_refresh=False, transient=True) as live:
        yield Refresh(lambda: live.update(_picture(progress), refresh=True))


def _picture(progress: Progress) -> "RenderableType":
    from rich.console import Group
    from rich.progress_bar import ProgressBar
    from rich.table import Table
    from rich.text import Text

    shots = progress.film.storyboard.shots
    said = progress.said
    rows = Table.grid(padding=(0, 2))
    numbered = list(enumerate(shots, start=1))
    if len(numbered) > MOST_LINES:
        numbered = [(n, shot) for n, shot in numbered if shot.id in progress.share and shot.id not in progress.ready][:MOST_LINES]
    for number, shot in numbered:
        rows.add_row(
            Text(f"  {number:>3}", style="dim"), _state(progress, shot.id), Text(said.seconds(shot.seconds), style="dim")
        )
    spent = time.monotonic() - progress.began
    known = 0.05 < progress.done < 1 and spent > 1
    left = said("{time} left", time=clock(spent / progress.done - spent)) if known else ""
    total = Table.grid(padding=(0, 2))
    label = said("Joining") if progress.joining else progress.making
    count = f"{progress.shots_ready}/{len(shots)}   {left}   {paid_text(progress.spent_usd)}"
    total.add_row(Text(padded(label), style="bold"), ProgressBar(total=1, completed=progress.done, width=28), Text(count))
    return Group(rows, total, *([Text(progress.stalled, style="yellow")] if progress.stalled else []))


def _state(progress: Progress, shot: str) -> "RenderableType":
    from rich.text import Text

    said = progress.said
    if shot in progress.failed and shot not in progress.ready:
        return Text(progress.failed[shot], style="red")
    if shot in progress.ready and shot in progress.found:
        return Text(said("ready: {finding}", finding=progress.found[shot]), style="yellow")
    if shot in progress.ready:
        return Text(said("ready") + (said(", made before") if progress.ready[shot] else ""), style="green")
    if shot in progress.share:
        return Text(progress.waits.get(shot) or said("being made {share}", share=f"{progress.share[shot]:>4.0%}"))
    if (frame := keyframe_of(shot)) in progress.share and frame not in progress.ready:
        return Text(said("its keyframe {share}", share=f"{progress.share[frame]:>4.0%}"))
    return Text(said("waiting, keyframe ready") if frame in progress.ready else said("waiting"), style="dim")
