"""`storyreel attention`: what nobody can know is shown, and a person's decision lets the film go on. Requirements B8 and F2."""

import asyncio
from pathlib import Path

import pytest

from storyreel.standins.cloud import Cloud
from storyreel.standins.fixtures import Standin
from tests.doors.conftest import Cli

pytestmark = pytest.mark.journey

SPEED = 5000.0
FILM = ("make", "A fox runs. It stops.", "--model", "seedance-1.5-pro@fal", "--joins", "cuts", "--shots", 2, "--seconds", 4)
SMALL = ("--size", "854x480", "--yes", "--json")


@pytest.fixture
async def cloud(standin: Standin, monkeypatch: pytest.MonkeyPatch) -> Cloud:
    cloud = await standin("fal", speed=SPEED)
    for name, value in {**cloud.environment(cloud.url), "STORYREEL_PACE": str(SPEED)}.items():
        monkeypatch.setenv(name, value)
    cloud.faults.add("reset_after", "create", count=1)
    return cloud


async def test_a_call_in_doubt_is_listed_and_adopted_by_what_its_provider_calls_it(cli: Cli, cloud: Cloud, folder: Path) -> None:
    made = await asyncio.to_thread(cli, *FILM, *SMALL)
    [row] = (await asyncio.to_thread(cli, "attention", "--json")).json
    shown = await asyncio.to_thread(cli, "attention")
    told = [await asyncio.to_thread(cli, *words) for words in (("films", "--json"), ("show", row["film"]), ("films",))]
    wrong = await asyncio.to_thread(cli, "attention", "adopt", row["number"], "no-such-request")
    [lost] = [one.id for one in cloud.submissions if row["prompt"] in str(cloud.jobs[one.id].asked)]
    adopted = await asyncio.to_thread(cli, "attention", "adopt", row["number"], lost, "--wait", "--json")

    assert (made.code, made.json["state"]) == (4, "needs_attention")
    assert (made.json["notes"], made.json["quote"]["expected_usd"]) == ([], 2 * row["quote_usd"])
    assert not any(word in made.err for word in ("Quote", "Note"))
    assert (row["film"], row["provider"]) == (made.json["film"], "fal")
    each = row["quote_usd"]
    assert (made.json["cost_usd"], made.json["held_usd"]) == (each, each) != (0, 0)
    assert [(film["cost_usd"], film["held_usd"]) for film in told[0].json] == [(each, each)]
    assert "held until it is settled" in told[1].out
    assert "held" in told[2].out
    assert f"storyreel attention adopt {row['number']} REMOTE_ID" in shown.out
    assert (wrong.code, wrong.err.startswith("storyreel: fal does not know no-such-request. Look for another")) == (2, True)
    assert (adopted.code, adopted.json["state"], len(cloud.submissions)) == (0, "ready", 2)
    assert adopted.json["cost_usd"] == float(sum(one.cost_usd for one in cloud.submissions))
    assert (folder / adopted.json["path"]).exists()


async def test_a_call_is_sent_again_only_at_a_price_that_somebody_accepts(cli: Cli, cloud: Cloud) -> None:
    await asyncio.to_thread(cli, *FILM, *SMALL)
    [row] = (await asyncio.to_thread(cli, "attention", "--json")).json

    asked = await asyncio.to_thread(cli, "attention", "resubmit", row["take"])
    sent = await asyncio.to_thread(cli, "attention", "resubmit", row["take"], "--yes", "--json")
    resumed = await asyncio.to_thread(cli, "resume", row["film"], "--json")

    assert (asked.code, "Accept it with --yes" in asked.err) == (3, True)
    assert sent.json == {
        "take": row["take"],
        "decision": "resubmitted",
        "film": row["film"],
        "state": "queued",
        "quote_usd": row["quote_usd"],
    }
    assert (resumed.json["state"], len(cloud.submissions)) == ("ready", 3)


async def test_a_call_that_is_written_off_costs_what_its_provider_charged(cli: Cli, cloud: Cloud) -> None:
    await asyncio.to_thread(cli, *FILM, *SMALL)
    [row] = (await asyncio.to_thread(cli, "attention", "--json")).json

    idle = await asyncio.to_thread(cli, "resume")
    written_off = await asyncio.to_thread(cli, "attention", "abandon", row["number"], "--charged")
    resumed = await asyncio.to_thread(cli, "resume", row["film"], "--json")

    assert "1 film waits until you decide about a paid call:  storyreel attention" in idle.out
    assert f"make the shot again:  storyreel resume {row['film']}" in written_off.out
    assert (resumed.json["state"], len(cloud.submissions)) == ("ready", 3)
    assert resumed.json["cost_usd"] == float(sum(one.cost_usd for one in cloud.submissions))
    assert (await asyncio.to_thread(cli, "attention")).out.split()[-1] == "person"
