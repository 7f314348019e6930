"""What tells the work of the living from that of workers who are gone, as a part of other questions and changes."""

from asyncio import CancelledError

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from storyreel.library.tables import calls, workers


def is_free_for(process: str) -> ColumnElement[bool]:
    """Calls that are this worker's, or nobody's who lives."""
    living = select(workers.c.id).where(workers.c.gone.is_(None))
    return or_(calls.c.owner.is_(None), calls.c.owner == process, calls.c.owner.not_in(living))


def refuse_gone(connection: Connection, process: str) -> None:
    """Raises CancelledError where this worker was found gone: whatever it wants to send is another's now."""
    gone = and_(workers.c.id == process, workers.c.gone.is_not(None))
    if connection.scalar(select(workers.c.id).where(gone)) is not None:
        raise CancelledError(f"worker {process} was found gone")
