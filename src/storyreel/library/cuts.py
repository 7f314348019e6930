"""Every film that was ever joined of a storyboard's takes: append-only, so that an earlier one can be had again."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, and_, insert, select

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.film import Cut
from storyreel.domain.values import Digest
from storyreel.library.known_blobs import know_blob
from storyreel.library.tables import cuts as table


def append_cut(connection: Connection, film: str, output: Digest, seconds: float, takes: Sequence[str], now: datetime) -> Cut:
    """The film's newest cut; the last one again, where it is of the same takes and bytes."""
    before = cuts_of(connection, film)
    if before and (before[-1].output, before[-1].takes) == (output, tuple(takes)):
        return before[-1]
    cut = Cut(number=len(before) + 1, output=output, seconds=seconds, takes=tuple(takes), created=now)
    know_blob(connection, output, now)
    connection.execute(insert(table).values(film=film, **cut.model_dump(exclude={"takes"}), takes=json.dumps(cut.takes)))
    return cut


def cuts_of(connection: Connection, film: str) -> list[Cut]:
    """A film's cuts, the first one first."""
    rows = connection.execute(select(table).where(table.c.film == film).order_by(table.c.number)).mappings()
    return [_cut(row) for row in rows]


def cut_numbered(connection: Connection, film: str, number: int) -> Cut:
    """The cut of that number. Raises InvalidRequest, which tells how many there are."""
    here = and_(table.c.film == film, table.c.number == number)
    row = connection.execute(select(table).where(here)).mappings().one_or_none()
    if row is None:
        there = len(cuts_of(connection, film))
        told = f"its cuts are 1 to {there}" if there > 1 else "it has one" if there else "it has none yet"
        raise InvalidRequest(f"The film {film} has no cut {number}; {told}.", field="cut")
    return _cut(row)


def _cut(row: RowMapping) -> Cut:
    return Cut.model_validate({**{name: row[name] for name in Cut.model_fields}, "takes": json.loads(row["takes"])})
