"""What was written lately by whichever process: one look for all who wait for it, instead of one each."""

from storyreel.library import events
from storyreel.library.database import Database
from storyreel.library.events import Written

BEFORE = 100  # of the numbers before the first look, how many may still be missing
LIMIT = 1000  # events at once


class News:
    """How far events were seen. A number that is missing is waited for until whoever could have written it has ended."""

    def __init__(self) -> None:
        self._seen: int | None = None
        self._missing: dict[int, int] = {}  # each with the first transaction that had not begun when it was missed

    @property
    def settled(self) -> int:
        """No event of this number or a lower one will come any more that was not there at the last look."""
        return min(self._missing) - 1 if self._missing else self._seen or 0

    async def look(self, database: Database) -> list[Written]:
        """What was written since the look before, in order; at the first one, perhaps older ones too. Raises StoreUnusable."""
        if self._seen is None:
            self._seen = max(0, await database.read(events.latest) - BEFORE)
        found, (ended, begun) = await database.read(events.lately, self._seen, tuple(self._missing), LIMIT)
        there = {one.number for one in found}
        self._missing = {number: since for number, since in self._missing.items() if number not in there and since > ended}
        if found and found[-1].number > self._seen:
            missed = (number for number in range(self._seen + 1, found[-1].number) if number not in there)
            self._missing |= dict.fromkeys(missed, begun) if begun > ended else {}
            self._seen = found[-1].number
        return found


async def settled_now(database: Database) -> int:
    """The number up to which every event is there that will ever be. Raises StoreUnusable."""
    news = News()
    await news.look(database)
    return news.settled
