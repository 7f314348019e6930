"""The part of a studio that knows its shelf: the films that are kept, what is in them, and what nothing refers to any more."""

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from storyreel.domain.film import Film, ShotReport
from storyreel.planner import Planner

if TYPE_CHECKING:
    from storyreel.library.sweep import Swept
    from storyreel.production.line import Line


class Shelf(Planner, ABC):
    """The films that are kept, found by their ids."""

    async def film(self, id: str) -> Film:
        """The film of that id, or of the only id that begins so. Raises UnknownFilm."""
        from storyreel.library.films import find_film

        return await (await self._line()).database.read(find_film, id)

    async def films(self, limit: int = 100, *, user: str | None = None, after: str = "", search: str = "") -> tuple[Film, ...]:
        """The films, newest first: of one user, those that come after that id, those whose title or id has that text in it."""
        from storyreel.library.films import films

        return tuple(await (await self._line()).database.read(films, limit=limit, user=user, after=after, search=search))

    async def shots(self, film: Film | str) -> tuple[ShotReport, ...]:
        """The film's shots in order, each with the take it uses and where that was delivered."""
        from storyreel.production.report import shot_reports

        line = await self._line()
        return await line.database.read(shot_reports, await self._known(film))

    async def unbilled(self, *films: Film | str) -> dict[str, frozenset[str]]:
        """The takes of each film, or of these, whose price nobody told; their cost is counted as nothing.

        An empty name is the storyboard's.
        """
        from storyreel.library.ledger import unbilled

        ids = [film if isinstance(film, str) else film.id for film in films]
        return await (await self._line()).database.read(unbilled, ids or None)

    async def sweep(self, *, dry_run: bool = False) -> "Swept":
        """Remove what nothing refers to; what went, or would go, in bytes."""
        from storyreel.library.sweep import sweep

        line = await self._line()
        return await sweep(line.home, line.database, line.blobs, now=self._now(), dry_run=dry_run)

    async def _known(self, film: Film | str) -> Film:
        """The film as it is now. Raises UnknownFilm."""
        return await self.film(film if isinstance(film, str) else film.id)

    @abstractmethod
    async def _line(self) -> "Line":
        """What makes this studio's films."""
