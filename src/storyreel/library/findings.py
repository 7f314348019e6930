"""What the checks of takes found: an event each, as takes themselves are never changed."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, select

from storyreel.domain.checks import TakeFinding
from storyreel.domain.events import TakeFound
from storyreel.library import events
from storyreel.library.tables import events as table

_KIND = "take.found"


def tell_findings(
    connection: Connection, film: str, shot: str, take: str, findings: Iterable[TakeFinding], now: datetime
) -> None:
    """Write `take.found` for each thing that a take's check found."""
    for finding in findings:
        events.append(connection, film, TakeFound(shot=shot, take=take, finding=finding), now)


def findings_of(connection: Connection, film: str) -> dict[str, tuple[TakeFinding, ...]]:
    """What was found in each take of a film, in order; a take in which nothing was has no entry."""
    question = select(table.c.fact).where(table.c.film == film, table.c.kind == _KIND).order_by(table.c.number)
    found: dict[str, list[TakeFinding]] = defaultdict(list)
    for fact in connection.scalars(question):
        told = TakeFound.model_validate_json(fact)
        found[told.take].append(told.finding)
    return {take: tuple(findings) for take, findings in found.items()}
