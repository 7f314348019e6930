"""How far a film is, told to whoever waits for it: a number that only grows, and a sentence."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from storyreel.domain.events import (
    CutStarted,
    Event,
    Fact,
    FilmChanged,
    FilmReady,
    FilmStalled,
    FilmStarted,
    RouteChanged,
    TakeDelayed,
    TakeFailed,
    TakeProgressed,
    TakeReady,
    TakeRejected,
    TakeRetried,
    TakeSent,
    TakeSought,
)
from storyreel.domain.film import Film
from storyreel.tools.reaching import Noter, Reporter

TROUBLES = (FilmStalled, RouteChanged, TakeDelayed, TakeFailed, TakeRejected, TakeRetried, TakeSought)
LEAST_STEP = 0.02  # of a shot: what is less is not told, since a provider may be asked many times a second


@dataclass(slots=True, eq=False)
class Progress:
    """Hears a film's events, reports how far it is, a shot counting one and the cut another, and logs what happened."""

    report: Reporter
    note: Noter
    film_of: Callable[[str], Awaitable[Film]]
    since: datetime  # what happened before is known to who asked
    _shots: list[str] = field(default_factory=list[str])
    _shares: dict[str, float] = field(default_factory=dict[str, float])
    _told: float = -1.0

    async def hear(self, event: Event) -> None:
        """Report it, where it brings the film further."""
        if not self._shots:
            self._shots = [shot.id for shot in (await self.film_of(event.film)).storyboard.shots]
        whole = len(self._shots) + 1
        self._take_in(event.fact)
        if event.at < self.since:
            return
        if not isinstance(event.fact, TakeProgressed) and (told := self._sentence(event.fact)):
            await self.note("warning" if isinstance(event.fact, TROUBLES) else "info", told)
        done = float(whole) if isinstance(event.fact, FilmReady) else min(sum(self._shares.values(), 0.0), whole - 1.0)
        if done >= self._told + LEAST_STEP or (done > self._told and done.is_integer()):
            self._told = done
            await self.report(round(done, 3), float(whole), self._sentence(event.fact))

    def _take_in(self, fact: Fact) -> None:
        match fact:
            case TakeProgressed() if fact.shot in self._shots:
                self._shares[fact.shot] = max(self._shares.get(fact.shot, 0.0), min(fact.progress, 0.99))
            case TakeReady() if fact.shot in self._shots:
                self._shares[fact.shot] = 1.0
            case FilmChanged():
                for one in fact.remakes:
                    self._shares.pop(one.shot, None)
            case _:
                pass

    def _sentence(self, fact: Fact) -> str | None:  # noqa: PLR0911  a table, a line each
        match fact:
            case FilmStarted():
                return "The film is being made."
            case TakeSent() | TakeProgressed():
                return f"{self._called(fact.shot)} is being made."
            case TakeReady():
                return f"{self._called(fact.shot)} is ready{', as it was made before' * fact.reused}."
            case TakeFailed():
                return f"{self._called(fact.shot)} failed: {fact.message}"
            case TakeRetried() | TakeRejected():
                return f"{self._called(fact.shot)} is made again."
            case RouteChanged():
                return f"{self._called(fact.shot)} is made by {fact.after} instead of {fact.before}."
            case TakeDelayed() | TakeSought():
                return f"{self._called(fact.shot)} waits for {fact.provider}."
            case FilmStalled():
                return f"The film waits for {fact.where}."
            case CutStarted():
                return "The shots are being joined."
            case FilmReady():
                return "The film is ready."
            case _:
                return None

    def _called(self, shot: str) -> str:
        if shot in self._shots:
            return f"Shot {self._shots.index(shot) + 1} of {len(self._shots)}"
        return "A frame that shots share"
