"""What is known of language models: dated, with its source, and no default that is to be shut."""

from decimal import Decimal
from typing import Any

from storyreel.writing.llm.costs import TABLE, Spent, cost_usd
from storyreel.writing.llm.model import closing, default_model, model_named
from storyreel.writing.words import table


def rows() -> list[dict[str, Any]]:
    known = table(TABLE)
    return [known["default"], *known["prices"].values(), *known["closing"]]


def test_every_fact_has_a_public_source_and_its_date() -> None:
    assert all(row["source"].startswith("https://") and row["read_on"].year >= 2026 for row in rows())


def test_the_default_has_a_price_and_no_closing_date() -> None:
    assert default_model() in table(TABLE)["prices"]
    assert closing(default_model()) is None
    assert model_named("model") == default_model()


def test_a_model_that_closes_is_known_under_its_providers_name_too() -> None:
    found = closing("openai:gpt-5")

    assert found is not None
    assert "2026-12-11" in found.message


def test_tokens_from_the_cache_cost_less_and_unknown_models_have_no_price() -> None:
    assert cost_usd("gpt-6.1-terra", fresh=1_000_000, out=0) == Decimal(1)
    assert cost_usd("openai:gpt-6.1-terra", fresh=0, cached=1_000_000, out=0) == Decimal("0.05")
    assert cost_usd("llama", fresh=10, out=10) is None
    assert cost_usd("llama", fresh=0, out=0) == 0


def test_bills_add_up_and_an_unknown_price_stays_unknown() -> None:
    one = Spent(model="a", requests=1, tokens_in=10, tokens_out=5, cost_usd=Decimal("0.5"))

    assert one + one == Spent(model="a", requests=2, tokens_in=20, tokens_out=10, cost_usd=Decimal(1))
    assert (one + Spent(model="b", cost_usd=None)).cost_usd is None
