"""How a call and its take move together while it is sent, in one transaction each; `settle` has how they end after."""

from datetime import datetime
from decimal import Decimal

from storyreel.domain.errors import StoryreelError
from storyreel.domain.generation import CallState, GenerationState, RemoteId, Repeat, Take
from storyreel.domain.money import Budgets
from storyreel.library import films, ledger, takes
from storyreel.library.database import Connection
from storyreel.library.ledger import Call


def reserve_call(
    connection: Connection, take: Take, provider: str, repeat: Repeat, price: Decimal | None, budgets: Budgets, now: datetime
) -> Call:
    """The call's row, with its price held of the budget. Raises BudgetExceeded."""
    if ledger.call(connection, take.key) is None:
        takes.set_take(connection, take.id, GenerationState.SUBMITTING)
    unpriced = films.order_of(connection, take.film).allow_unpriced
    return ledger.reserve(connection, take.key, take.id, provider, repeat, price, now, allow_unpriced=unpriced, budgets=budgets)


def unsend_call(connection: Connection, take: Take, now: datetime) -> bool:
    """It is certain that nothing arrived; False where its provider told otherwise meanwhile."""
    if ledger.known_call(connection, take.key, wanted=CallState.RESERVED).state is CallState.ACCEPTED:
        return False
    ledger.mark_unsent(connection, take.key, now)
    return True


def accept_call(connection: Connection, take: Take, remote: RemoteId, first_look: datetime, now: datetime) -> None:
    """The provider has taken it; nothing where it said so itself, before its answer came."""
    if ledger.known_call(connection, take.key, wanted=CallState.ACCEPTED).state is CallState.ACCEPTED:
        return
    ledger.mark_accepted(connection, take.key, remote, first_look, now)
    takes.set_take(connection, take.id, GenerationState.RUNNING)


def fail_call(connection: Connection, take: Take, error: StoryreelError, now: datetime) -> None:
    """It came to nothing before it was taken. An answer that is of no use is charged all the same, at its quote."""
    call, cost = ledger.call(connection, take.key), Decimal(0)
    if call is not None:
        cost = (call.quote_usd or cost) if error.may_have_cost and call.state is CallState.SENDING else cost
        ledger.mark_failed(connection, take.key, error.code, str(error), now, cost)
    takes.fail_take(connection, take.id, error.code, str(error), now, cost=cost)


def ask_a_person(connection: Connection, take: Take, error: StoryreelError, now: datetime) -> None:
    """Nobody can know whether it arrived; nothing where its provider said so itself."""
    if ledger.known_call(connection, take.key, wanted=CallState.ATTENTION).state is CallState.ACCEPTED:
        return
    ledger.mark_attention(connection, take.key, error.code, str(error), now)
    takes.fail_take(connection, take.id, error.code, str(error), now, attention=True)


def gave_up(connection: Connection, take: Take, now: datetime) -> bool:
    """Whether the film was called off before this take was sent; a call that may have arrived goes to its own end."""
    call = ledger.call(connection, take.key)
    sent = call is not None and call.state is not CallState.RESERVED
    if sent or not films.cancel_requested(connection, take.film):
        return False
    if call is not None:
        ledger.mark_cancelled(connection, take.key, now)
    takes.cancel_take(connection, take.id, now)
    return True
