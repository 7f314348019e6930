"""`storyreel bill` and `estimate`: what is quoted is what is paid, and the bill is the provider's own, to the cent.

Requirements B7 and F3.
"""

import asyncio
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from storyreel.accounts import VARIABLES
from storyreel.standins.cloud import Cloud
from storyreel.standins.fixtures import Standin
from tests.doors.conftest import Cli, Ran

SPEED = 5000.0
FOX = "A fox runs. It stops. It sleeps."
WISHES = ("--model", "seedance-1.5-pro@fal", "--joins", "cuts", "--shots", 3, "--seconds", 4, "--size", "854x480")


@pytest.fixture
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's keys."""
    for variables in VARIABLES.values():
        for name in (*variables.key, *variables.base_url, *variables.facts.values()):
            monkeypatch.delenv(name, raising=False)


@pytest.fixture
async def cloud(standin: Standin, monkeypatch: pytest.MonkeyPatch) -> Cloud:
    cloud = await standin("fal", speed=SPEED)
    for name, value in {**cloud.environment(cloud.url), "STORYREEL_PACE": str(SPEED)}.items():
        monkeypatch.setenv(name, value)
    return cloud


def usd(figure: float) -> Decimal:
    return Decimal(str(figure))


def settled(bill: Any) -> Counter[Decimal]:
    """What the lines of a bill come to, one by one."""
    return Counter(usd(line["cost_usd"]) for line in bill["lines"])


@pytest.mark.journey
async def test_after_faults_and_failures_the_bill_is_the_providers_to_the_cent(cli: Cli, cloud: Cloud, folder: Path) -> None:
    async def run(*words: object) -> Ran:
        return await asyncio.to_thread(cli, *words)

    for fault in ("reset_after", "moderation_later", "fails_later", "rate_limited"):
        cloud.faults.add(fault, "create", count=1, retry_after_s=0)
    quote = (await run("estimate", FOX, *WISHES, "--json")).json
    film = (await run("make", FOX, *WISHES, "--yes", "--json")).json["film"]
    [doubt] = (await run("attention", "--json")).json
    held = (await run("bill", film, "--json")).json
    await run("attention", "abandon", doubt["number"], "--charged")
    made = (await run("resume", film, "--json")).json
    again = (await run("make", FOX, *WISHES, "--yes", "--json")).json

    bill, other, everything = [(await run("bill", *which, "--json")).json for which in ([film], [again["film"]], [])]
    assert made["state"] == again["state"] == "ready"
    assert usd(held["reserved_usd"]) == usd(quote["expected_usd"]) / 3
    assert settled(bill) == Counter(one.cost_usd for one in cloud.submissions)
    assert usd(bill["settled_usd"]) == usd(made["cost_usd"]) == sum(one.cost_usd for one in cloud.submissions)
    told = {line["remote_id"] for line in bill["lines"] if line["remote_id"]}
    assert told == {one.id for one in cloud.submissions[1:]}  # the one that was lost has none
    assert (bill["reserved_usd"], bill["saved_usd"], len(bill["lines"])) == (0, 0, len(cloud.submissions))
    assert (usd(other["saved_usd"]), other["lines"]) == (usd(quote["expected_usd"]), [])
    assert [(day["provider"], usd(day["settled_usd"])) for day in everything["days"]] == [("fal", usd(bill["settled_usd"]))]
    assert "seedance-1.5-pro@fal" in (await run("bill", film)).out


@pytest.mark.usefixtures("no_keys")
def test_an_estimate_adds_up_and_needs_no_key(cli: Cli, folder: Path) -> None:
    told = cli("estimate", FOX, "--model", "seedance-1-lite", "--joins", "keyframes", "--shots", 3, "--json").json

    assert sum(usd(piece["price_usd"]) for piece in told["shots"]) == usd(told["expected_usd"]) < usd(told["worst_usd"])
    assert sum(map(usd, told["models"].values())) == usd(told["expected_usd"])
    assert (len(told["shots"]), "REPLICATE_API_TOKEN" in told["needs"]) == (6, True)
    assert list(folder.iterdir()) == []


@pytest.mark.usefixtures("no_keys")
def test_models_are_compared_cheapest_first(cli: Cli) -> None:
    rows = cli("estimate", FOX, "--shots", 3, "--compare", "--json").json

    prices = [row["expected_usd"] for row in rows]
    assert prices == sorted(prices)
    assert (rows[0]["model"], prices[0], rows[0]["key_present"]) == ("animatic@animatic", 0, True)
    assert len(rows) > 20
    assert not any(row["key_present"] for row in rows[1:])


@pytest.mark.usefixtures("no_keys")
def test_nothing_to_bill_is_said(cli: Cli) -> None:
    assert "nothing was ever sent" in cli("bill").out
