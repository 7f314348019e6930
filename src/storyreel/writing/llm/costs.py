"""What a language model's tokens cost, by a dated table (`data/language_models.toml`)."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from storyreel.domain.values import Value
from storyreel.writing.words import table

if TYPE_CHECKING:
    from pydantic_ai.usage import RunUsage

_MILLION = 1_000_000
TABLE = "language_models"


class Spent(Value):
    """What was used of a language model, and its price; `cost_usd` is None where no price is known."""

    model: str
    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost_usd: Decimal | None = Decimal(0)

    def __add__(self, other: "Spent") -> "Spent":
        known = self.cost_usd is not None and other.cost_usd is not None
        return Spent(
            model=self.model or other.model,
            requests=self.requests + other.requests,
            tokens_in=self.tokens_in + other.tokens_in,
            tokens_out=self.tokens_out + other.tokens_out,
            cost_usd=(self.cost_usd or Decimal(0)) + (other.cost_usd or Decimal(0)) if known else None,
        )


def spent_of(model: str, usage: "RunUsage") -> Spent:
    """The bill for a run; what is read from the provider's cache has its own, lower price."""
    fresh = max(0, usage.input_tokens - usage.cache_read_tokens)
    return Spent(
        model=model,
        requests=usage.requests,
        tokens_in=usage.input_tokens,
        tokens_out=usage.output_tokens,
        cost_usd=cost_usd(model, fresh=fresh, cached=usage.cache_read_tokens, out=usage.output_tokens),
    )


def cost_usd(model: str, *, fresh: int, cached: int = 0, out: int) -> Decimal | None:
    """US dollars for so many tokens; None where the model's price is not known, but nothing costs nothing."""
    if fresh == cached == out == 0:
        return Decimal(0)
    prices: dict[str, Any] = table(TABLE)["prices"]
    row = prices.get(model.rpartition(":")[2])
    if row is None:
        return None
    return (Decimal(row["input_usd"]) * fresh + Decimal(row["cached_usd"]) * cached + Decimal(row["output_usd"]) * out) / _MILLION
