"""Faults on demand: what goes wrong, on which calls, how often. By header, file, POST to /_standin/faults, or chance with a seed.

A fault is told as `{"fault": "rate_limited", "on": "create", "count": 2, "retry_after_s": 3}`, or as its name alone.
"""

import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from random import Random
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.values import JSON, Value

HEADER = "X-Standin-Fault"
"""A request that carries a fault's name in it meets that fault, once."""


class Kind(StrEnum):
    """What a call is for."""

    CREATE = "create"  # begins something that costs
    LOOK = "look"  # asks how far it is
    LIST = "list"
    FETCH = "fetch"  # takes the result's bytes
    CANCEL = "cancel"
    OTHER = "other"


class Fault(StrEnum):
    """What can go wrong."""

    RATE_LIMITED = "rate_limited"  # 429 with Retry-After
    RATE_LIMITED_BARE = "rate_limited_bare"  # 429 without
    INTERNAL = "internal"  # 500
    BAD_GATEWAY = "bad_gateway"  # 502
    UNAVAILABLE = "unavailable"  # 503
    INTERNAL_AFTER = "internal_after"  # the job is made, and 500 is answered
    RESET_BEFORE = "reset_before"  # the connection is reset; nothing was taken
    RESET_AFTER = "reset_after"  # the job is made, and the connection is reset without an answer
    SILENT = "silent"  # the job is made, and no answer ever comes
    STALLED = "stalled"  # half of the body comes, then nothing
    SLOW = "slow"  # the body trickles
    CUT_OFF = "cut_off"  # half of the body comes, then the connection is reset
    TRUNCATED = "truncated"  # half of the result, told as if it were all
    CORRUPT = "corrupt"  # the result's middle is overwritten
    BLACK = "black"  # the result plays, and shows nothing
    WRONG_TYPE = "wrong_type"  # the right bytes under a wrong content type
    HTML_PAGE = "html_page"  # 200 and a page
    HTML_ERROR = "html_error"  # 502 and a page, as a proxy in front of the cloud answers
    EXPIRED_LINK = "expired_link"
    NO_CREDIT = "no_credit"
    UNAUTHORISED = "unauthorised"  # the key is refused, whatever it is
    MODERATION = "moderation"  # refused at once
    MODERATION_LATER = "moderation_later"  # taken, and refused while it is made
    FAILS_LATER = "fails_later"  # taken, and the model breaks
    ENDLESS = "endless"  # taken, and never done
    UNKNOWN_STATE = "unknown_state"  # a state that no documentation names
    EXTRA_FIELDS = "extra_fields"  # fields that no documentation names


JOBS = frozenset({Fault.MODERATION_LATER, Fault.FAILS_LATER, Fault.ENDLESS})
"""Those that are decided when a job is made, and show later."""

_PLACES: Mapping[Fault, frozenset[Kind]] = {
    **dict.fromkeys((*JOBS, Fault.MODERATION, Fault.NO_CREDIT), frozenset({Kind.CREATE})),
    **dict.fromkeys((Fault.INTERNAL_AFTER, Fault.RESET_AFTER, Fault.SILENT), frozenset({Kind.CREATE})),
    **dict.fromkeys((Fault.TRUNCATED, Fault.CORRUPT, Fault.BLACK, Fault.EXPIRED_LINK), frozenset({Kind.FETCH})),
    Fault.UNKNOWN_STATE: frozenset({Kind.LOOK}),
}
"""Where a fault happens if nothing is said; the others happen anywhere."""


class Order(Value):
    """A fault that was asked for."""

    fault: Fault
    on: Kind | None = None  # which calls; None: wherever that fault makes sense
    count: Annotated[int, Field(ge=1)] | None = None  # the next so many calls; None: until it is taken back
    after: Annotated[int, Field(ge=0)] = 0  # let so many calls pass first
    probability: Annotated[float, Field(gt=0, le=1)] = 1.0
    retry_after_s: Annotated[float, Field(ge=0)] = 1.0

    def concerns(self, kind: Kind) -> bool:
        """Whether it may happen on such a call."""
        if self.on is not None:
            return kind is self.on
        return kind in _PLACES.get(self.fault, frozenset(Kind))


_ORDERS: TypeAdapter[tuple[Order, ...]] = TypeAdapter(tuple[Order, ...])


class Faults:
    """The faults of one cloud: those asked for, in order; the first that concerns a call happens."""

    def __init__(self, orders: Iterable[Order] = (), *, seed: int = 0) -> None:
        self._chance = Random(seed)  # noqa: S311 - chance that repeats with the seed is meant
        self._orders: list[_Waiting] = [_Waiting(order) for order in orders]

    def add(
        self,
        fault: Fault | str,
        on: Kind | str | None = None,
        *,
        count: int | None = None,
        after: int = 0,
        probability: float = 1.0,
        retry_after_s: float = 1.0,
    ) -> None:
        """Ask for a fault: `faults.add("reset_after", "create", count=1)`."""
        order = Order(
            fault=Fault(fault),
            on=Kind(on) if on else None,
            count=count,
            after=after,
            probability=probability,
            retry_after_s=retry_after_s,
        )
        self._orders.append(_Waiting(order))

    def extend(self, orders: Iterable[Order]) -> None:
        """Ask for several."""
        self._orders.extend(_Waiting(order) for order in orders)

    def clear(self) -> None:
        """Nothing goes wrong from now on."""
        self._orders.clear()

    @property
    def orders(self) -> Sequence[Order]:
        """Those that can still happen."""
        return [waiting.order for waiting in self._orders]

    def draw(self, kind: Kind) -> Order | None:
        """The fault of this call; None: none."""
        for waiting in self._orders:
            if waiting.order.concerns(kind) and waiting.happens(self._chance):
                self._orders = [one for one in self._orders if not one.spent]
                return waiting.order
        return None


class _Waiting:
    """An order, and how often it happened."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self._passed = self._happened = 0

    @property
    def spent(self) -> bool:
        return self.order.count is not None and self._happened >= self.order.count

    def happens(self, chance: Random) -> bool:
        if self._passed < self.order.after:
            self._passed += 1
            return False
        if self.order.probability < 1 and chance.random() >= self.order.probability:
            return False
        self._happened += 1
        return True


def read_orders(told: JSON) -> tuple[Order, ...]:
    """Faults from JSON: a name, one as an object, or a list of either. Raises InvalidRequest."""
    listed = told if isinstance(told, list) else [told]
    try:
        return _ORDERS.validate_python([{"fault": one} if isinstance(one, str) else one for one in listed])
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"][1:]) or "fault"
        near = f" {first['input']!r} is none." if where == "fault" else ""
        raise InvalidRequest(f"A fault's {where} is wrong:{near} {first['msg']}.", field="faults") from error


def read_file(path: Path) -> dict[str, tuple[Order, ...]]:
    """Faults from a TOML or JSON file, by cloud's name; "*" for all. Raises InvalidRequest.

    In TOML: `[[replicate]]` with `fault = "rate_limited"` and what else an order has; in JSON the same nested in an object.
    """
    try:
        text = path.read_text(encoding="utf-8")
        told: dict[str, JSON] = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except (OSError, ValueError) as error:
        raise InvalidRequest(
            f"{path}: {error}. It is a TOML or JSON file: a cloud's name, and its faults.", field="faults"
        ) from error
    return {name: read_orders(orders) for name, orders in told.items()}
