"""How a call and its take end together, in one transaction each; what has ended already stays as it is."""

from datetime import datetime
from decimal import Decimal

from storyreel.domain.errors import StoryreelError
from storyreel.domain.generation import CallState, Key, Take
from storyreel.library import findings, ledger, takes
from storyreel.library.database import Connection
from storyreel.library.ledger import Call
from storyreel.observing.observer import Level
from storyreel.production.collect import Clip
from storyreel.production.floor import Floor


def settle_done(connection: Connection, call: Call, now: datetime, clip: Clip, cost: Decimal | None) -> None:
    """The clip is in our store and was checked. Where the provider does not tell the cost, it is what was quoted."""
    if _ended(connection, call):
        return
    charged = cost if cost is not None else call.reserved_usd
    ledger.mark_done(connection, call.key, clip.output, charged, now)
    takes.finish_take(connection, call.take, clip.output, clip.last_frame, clip.seconds, charged, now)
    findings.tell_findings(connection, call.key.film, call.key.shot, call.take, clip.findings, now)


def settle_failed(
    connection: Connection, call: Call, now: datetime, code: str, message: str, cost: Decimal | None = None
) -> None:
    """The generation came to nothing; what it cost all the same is kept."""
    if _ended(connection, call):
        return
    ledger.mark_failed(connection, call.key, code, message, now, cost or Decimal(0))
    takes.fail_take(connection, call.take, code, message, now, cost=cost or Decimal(0))


def settle_cancelled(connection: Connection, call: Call, now: datetime, cost: Decimal | None) -> None:
    """The generation was ended on demand."""
    if _ended(connection, call):
        return
    ledger.mark_cancelled(connection, call.key, now, cost or Decimal(0))
    takes.cancel_take(connection, call.take, now, cost=cost or Decimal(0))


async def tell_settled(floor: Floor, key: Key, error: StoryreelError | None = None) -> None:
    """How a call ended, to who observes: what it cost, and how long it was at its provider; one without a row was refused."""
    if not floor.observer.active:
        return
    ended = await floor.database.read(ledger.call, key)
    if ended is None:
        floor.observer.warn("call.refused", code=error and error.code, message=error and str(error))
        return
    floor.observer.note(
        "call.settled",
        Level.WARNING if ended.state is CallState.FAILED else Level.INFO,
        provider=ended.provider,
        model=ended.key.route.partition("@")[0],
        state=ended.state,
        cost_usd=ended.cost_usd,
        quote_usd=ended.quote_usd,
        took_s=(floor.now - (ended.sent or ended.created)).total_seconds(),
        code=ended.error_code,
        message=ended.error,
    )


def _ended(connection: Connection, call: Call) -> bool:
    take: Take = takes.take(connection, call.take)
    return take.state.ended
