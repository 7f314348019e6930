"""How domain values lie in columns: times in UTC, dollars as whole millionths, models as JSON text."""

from datetime import UTC, datetime
from decimal import ROUND_CEILING, Decimal
from functools import lru_cache
from typing import TypeVar

from pydantic import BaseModel
from sqlalchemy import BigInteger, DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

MICROS = Decimal(1_000_000)
LARGE = 8_192  # characters; what is smaller is sooner read than looked for
KEPT = 8  # large texts and what they say, which is frozen and so may be shared

M = TypeVar("M", bound=BaseModel)


class Utc(TypeDecorator[datetime]):
    """An aware time, kept as naive UTC. Raises ValueError for a naive one."""

    impl = DateTime
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """An aware time as the column's naive UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The column's time, aware again."""
        return None if value is None else value.replace(tzinfo=UTC)


class Dollars(TypeDecorator[Decimal]):
    """US dollars as whole millionths; a fraction of one is rounded up, so that no budget is passed by rounding."""

    impl = BigInteger
    cache_ok = True

    @override
    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Dollars as whole millionths."""
        return None if value is None else int((Decimal(value) * MICROS).to_integral_value(ROUND_CEILING))

    @override
    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Whole millionths as dollars, without trailing noughts."""
        return None if value is None else dollars(int(value))


class Json(TypeDecorator[M]):
    """A domain model as its JSON text."""

    impl = Text
    cache_ok = True

    def __init__(self, model: type[M]) -> None:
        super().__init__()
        self.model = model

    @override
    def process_bind_param(self, value: M | None, dialect: Dialect) -> str | None:
        """The model's JSON text."""
        return None if value is None else value.model_dump_json()

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> M | None:
        """The model, validated."""
        if value is None:
            return None
        return _read(self.model, value) if len(value) > LARGE else self.model.model_validate_json(value)


@lru_cache(maxsize=KEPT)
def _read(model: type[M], value: str) -> M:
    """A large model, validated once: all shots of a film read the same storyboard, one after another."""
    return model.model_validate_json(value)


def dollars(micros: int) -> Decimal:
    """Whole millionths as dollars, without trailing noughts: 250000 is 0.25 and 10000000 is 10."""
    value = Decimal(micros) / MICROS
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
