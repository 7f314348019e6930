"""Turns: how many calls a provider may have at once and in a minute, counted over every process, and whose goes next.

A turn and SENDING are one change: what has a turn is on its way. Of those that wait, the more urgent go first; among equals
the user who has the fewest under way; of one user's, the oldest.
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, exists, func, or_, select, update

from storyreel.domain.generation import CallState, Key
from storyreel.domain.values import Value
from storyreel.library.fence import refuse_gone
from storyreel.library.ledger.call import Call
from storyreel.library.locks import exclusively
from storyreel.library.tables import calls as table
from storyreel.library.tables import films

MINUTE = timedelta(minutes=1)
UNHEARD = timedelta(minutes=1)  # past its deadline, a call whose process died and whose film nobody wants holds no turn
AT_ONCE = 256  # turns in one transaction


class Allowance(Value):
    """What a provider lets one account do."""

    in_flight: int | None = None  # of all its routes together; None: each route has its own bound
    per_minute: int | None = None


class UnderWay(Value):
    """The calls that a provider has, or may have: counted by user and by route."""

    users: Mapping[str, int]
    routes: Mapping[str, int]
    last_minute: int

    @property
    def calls(self) -> int:
        """All of them."""
        return sum(self.users.values())


def take_turns(
    connection: Connection,
    provider: str,
    waiting: Iterable[Call],
    allowance: Allowance,
    bound: Callable[[str], int],
    process: str,
    deadline: datetime,
    now: datetime,
    *,
    here: UnderWay | None = None,
) -> dict[Key, bool]:
    """Mark as many of the waiting calls as SENDING as the provider may have now. Commit this, then send.

    Gives those whose turn it was: True where the call may be sent, False where it may not any more, as its film is called off.

    `bound`: how many a route may have under way, where the account as a whole has no bound. `here`: what is under way at a
    provider that belongs to this process alone; counted in the ledger where it is None.
    """
    refuse_gone(connection, process)
    exclusively(connection, f"turns/{provider}")
    under_way = here or under_way_at(connection, provider, now)
    chosen: dict[Key, bool] = {}
    for call in next_turns(waiting, under_way, allowance, bound):
        wanted = exists().where(films.c.id == call.key.film, films.c.cancel_requested.is_(False))
        reserved = and_(table.c.key == str(call.key), table.c.state == CallState.RESERVED.value, wanted)
        sent = {"owner": process, "deadline": deadline, "sent": now, "attempts": table.c.attempts + 1}
        moved = connection.execute(update(table).where(reserved).values(state=CallState.SENDING.value, **sent))
        chosen[call.key] = moved.rowcount > 0
    return chosen


def under_way_at(connection: Connection, provider: str, now: datetime) -> UnderWay:
    """What a provider has of this installation, whichever process sent it."""
    sending = and_(table.c.state == CallState.SENDING.value, table.c.deadline > now - UNHEARD)
    going = and_(table.c.provider == provider, or_(sending, table.c.state == CallState.ACCEPTED.value))
    users, routes = Counter[str](), Counter[str]()
    for row in connection.execute(
        select(table.c.user, table.c.route, func.count().label("many")).where(going).group_by(table.c.user, table.c.route)
    ):
        users[row.user] += row.many
        routes[row.route] += row.many
    lately = and_(table.c.provider == provider, table.c.sent > now - MINUTE)
    last_minute = connection.scalar(select(func.count()).select_from(table).where(lately)) or 0
    return UnderWay(users=users, routes=routes, last_minute=last_minute)


def next_turns(waiting: Iterable[Call], under_way: UnderWay, allowance: Allowance, bound: Callable[[str], int]) -> Iterator[Call]:
    """The calls that may go now, in order."""
    left = AT_ONCE
    if allowance.in_flight is not None:
        left = min(left, allowance.in_flight - under_way.calls)
    if allowance.per_minute is not None:
        left = min(left, allowance.per_minute - under_way.last_minute)
    users, routes = Counter(under_way.users), Counter(under_way.routes)
    lines = {user: iter(sorted(calls, key=_urgency)) for user, calls in _by_user(waiting).items()}

    def may_go(call: Call) -> bool:
        return allowance.in_flight is not None or routes[call.key.route] < bound(call.key.route)

    heads: list[tuple[int, int, datetime, str, Call]] = []

    def bring_up(user: str) -> None:
        if (call := next((call for call in lines[user] if may_go(call)), None)) is not None:
            heapq.heappush(heads, (-call.priority, users[user], call.created, str(call.key), call))

    for user in lines:
        bring_up(user)
    while left > 0 and heads:
        *_, call = heapq.heappop(heads)
        if may_go(call):
            left -= 1
            users[call.user] += 1
            routes[call.key.route] += 1
            yield call
        bring_up(call.user)


def _by_user(waiting: Iterable[Call]) -> Mapping[str, list[Call]]:
    by_user: dict[str, list[Call]] = defaultdict(list)
    for call in waiting:
        by_user[call.user].append(call)
    return by_user


def _urgency(call: Call) -> tuple[int, datetime, str]:
    return -call.priority, call.created, str(call.key)
