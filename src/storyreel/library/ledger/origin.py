"""Which paid call a clip came from, so that it can be asked for again."""

from sqlalchemy import Connection, and_, select

from storyreel.domain.generation import CallState
from storyreel.domain.values import Digest
from storyreel.library.ledger.call import Call, call_of
from storyreel.library.tables import calls as table


def call_that_made(connection: Connection, output: Digest) -> Call | None:
    """The latest call whose result that blob is, whichever film it was for; None where none is known."""
    made = and_(table.c.output == output, table.c.state == CallState.DONE.value)
    row = connection.execute(select(table).where(made).order_by(table.c.created.desc()).limit(1)).mappings().one_or_none()
    return None if row is None else call_of(row)
