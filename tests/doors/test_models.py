"""`storyreel models`: what can be used, for how much, where it is written, and whether it is still so. Requirements B7 and E1."""

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from storyreel.accounts import VARIABLES
from storyreel.catalog.load import PACKAGED
from storyreel.standins.fixtures import Standin
from tests.doors.conftest import Cli

ROUTE = {
    *("provider", "id", "status", "until", "successor", "price_8s_720p_usd", "clip_usd", "clip_seconds"),
    *("source", "read_on", "key_present"),
}


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's keys."""
    for variables in VARIABLES.values():
        for name in (*variables.key, *variables.base_url, *variables.facts.values()):
            monkeypatch.delenv(name, raising=False)


def names(rows: Iterable[Any]) -> set[str]:
    """The models of `--json`."""
    return {row["name"] for row in rows}


def test_the_list_for_programs_has_just_these_facts(cli: Cli) -> None:
    rows = cli("models", "--json").json

    assert len(rows) > 40
    for row in rows:
        assert set(row) == {"name", "title", "medium", "modes", "routes"}
        assert row["routes"]
        assert all(set(route) == ROUTE for route in row["routes"])
    kling = next(row for row in rows if row["name"] == "kling-2.5-turbo")
    assert (kling["title"], kling["medium"], kling["modes"]) == (
        "Kling 2.5 Turbo",
        "video",
        ["text", "first_frame", "last_frame"],
    )
    assert kling["routes"][0] == {
        "provider": "replicate",
        "id": "kwaivgi/kling-v2.5-turbo-pro",
        "status": "live",
        "until": None,
        "successor": None,
        "price_8s_720p_usd": 0.56,
        "clip_usd": 0.7,
        "clip_seconds": 10.0,
        "source": "https://replicate.com/kwaivgi/kling-v2.5-turbo-pro",
        "read_on": "2026-09-25",
        "key_present": False,
    }


def test_a_price_is_of_a_length_that_can_be_bought_and_another_than_8_s_is_told(cli: Cli) -> None:
    [kling] = [line for line in cli("models", "kling-2.5-turbo").out.splitlines() if line.startswith("kling-2.5-turbo ")]
    [veo] = [line for line in cli("models", "veo-3.1-fast").out.splitlines() if line.startswith("veo-3.1-fast ")]

    assert "$0.70 (10 s)" in kling
    assert " s)" not in veo


def test_what_is_closed_says_since_when_and_what_replaces_it(cli: Cli) -> None:
    veo = next(row for row in cli("models", "veo-3.1", "--json").json if row["name"] == "veo-3.1")
    (gemini,) = [route for route in veo["routes"] if route["provider"] == "gemini"]

    assert (gemini["status"], gemini["until"], gemini["successor"]) == ("closed", "2026-10-22", "gemini-omni-flash-1.2")
    assert "closed 2026-10-22" in cli("models", "veo-3.1").out


def test_words_without_a_command_are_searched_for(cli: Cli) -> None:
    found = cli("models", "kling", "--json").json

    assert names(found) == names(cli("models", "list", "kling", "--json").json)
    assert "kling-3" in names(found)
    assert "seedance-2" not in names(found)
    assert names(cli("models", "replicate hailuo", "--json").json) == {"hailuo-02", "hailuo-2.3", "minimax-h3"}


@pytest.mark.parametrize("words", [["nosuch"], ["check", "nosuch"], ["hailo-2.3", "--json"], ["check", "hailo-2.3"]])
def test_words_that_no_model_has_are_refused_with_the_nearest(cli: Cli, words: list[str]) -> None:
    refused = cli("models", *words)

    assert (refused.code, "is not a model" in refused.err) == (2, True)
    assert ("hailuo-2.3" in refused.err) is ("hailo-2.3" in words)


def test_filters_leave_what_is_as_wished(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    every, images = cli("models", "--json").json, cli("models", "--medium", "image", "--json").json
    last, live = cli("models", "--from", "last_frame", "--json").json, cli("models", "--open", "--json").json
    monkeypatch.setenv("FAL_KEY", "fal-key-1")
    mine = cli("models", "--with-key", "--json").json

    assert {row["medium"] for row in images} == {"image"}
    assert names(images) < names(every)
    assert all("last_frame" in row["modes"] for row in last)
    assert "hailuo-2.3" not in names(last)
    assert {"sora-2", "sora-2-pro", "veo-3"} & names(live) == set()
    assert all(route["status"] != "closed" for row in live for route in row["routes"])
    assert {route["provider"] for row in mine for route in row["routes"]} == {"animatic", "fal"}
    assert all(route["key_present"] for row in mine for route in row["routes"])


def test_the_table_shows_price_status_key_and_abilities(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPLICATE_API_TOKEN", "r8-secret-1")

    shown = cli("models", "hailuo").out

    lines = {line.split()[0]: line.split() for line in shown.splitlines()[1:]}
    assert lines["hailuo-2.3"][1:] == ["replicate", "$0.56", "(10", "s)", "live", "set", "6,", "10", "none", "text", "first"]
    assert "r8-secret-1" not in shown


def test_one_model_is_shown_with_the_source_and_day_of_every_fact(cli: Cli) -> None:
    shown = cli("models", "show", "hailuo-2.3").out

    assert "6, 10; 6 at 1080p" in shown
    assert "$0.49 each (resolution 1080p, seconds 6)" in shown
    assert "read 2026-10-06 at https://replicate.com/minimax/hailuo-2.3" in shown
    assert "Always       prompt_optimizer False" in shown
    assert "no key (set REPLICATE_API_TOKEN)" in shown
    assert "their links live 1 hour" in shown
    assert "how long links to them live is not documented" in cli("models", "show", "vsegpt").out
    told = cli("models", "show", "veo-3.1@vertex", "--json").json
    facts = [told, *told["routes"], *(route["price"] for route in told["routes"] if route["price"])]
    assert all(fact["source"].startswith("https://") and fact["read_on"] for fact in facts)


def test_a_model_that_is_not_there_is_refused_with_the_nearest(cli: Cli) -> None:
    refused = cli("models", "show", "hailo-2.3")

    assert refused.code != 0
    assert "hailuo-2.3" in refused.err


def test_without_a_key_nothing_is_asked_and_it_is_said(cli: Cli) -> None:
    checked = cli("models", "check", "hailuo")

    assert checked.code == 0
    assert "nothing: no provider could be asked" in checked.out
    assert "replicate: REPLICATE_API_TOKEN is not set" in checked.out


@pytest.mark.asyncio
async def test_a_check_that_finds_nothing_is_a_success_and_a_difference_is_not(
    cli: Cli, standin: Standin, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    cloud = await standin("replicate")
    for name, value in cloud.environment(cloud.url).items():
        monkeypatch.setenv(name, value)

    same = await asyncio.to_thread(cli, "models", "check", "hailuo-")

    assert same.code == 0
    assert "2 routes; 0 differ" in same.out

    mine = (PACKAGED / "hailuo-2.3.toml").read_text(encoding="utf-8").replace('"hailuo-2.3"', '"hailuo-mine"')
    (tmp_path / "home" / "models").mkdir(parents=True, exist_ok=True)
    own = tmp_path / "home" / "models" / "hailuo-mine.toml"
    own.write_text(mine.replace("prompt_optimizer", "optimizer").replace('"768p", "1080p"]', '"768p", "4k"]'), encoding="utf-8")

    other = await asyncio.to_thread(cli, "models", "check", "hailuo-")
    told = await asyncio.to_thread(cli, "models", "check", "hailuo-mine", "--json")

    cloud.faults.add("unauthorised")
    refused = await asyncio.to_thread(cli, "models", "check", "hailuo-2.3")

    assert (refused.code, "for free" in refused.out) == (3, False)
    assert "replicate: it refuses the key in REPLICATE_API_TOKEN" in refused.out
    assert other.code == told.code == 1
    assert "hailuo-mine@replicate  It has no parameter optimizer, which the catalogue always sends." in other.out
    assert "3 routes; 1 differ" in other.out
    assert told.json == [
        {
            "model": "hailuo-mine",
            "provider": "replicate",
            "asked": True,
            "differences": [
                "It has no parameter optimizer, which the catalogue always sends.",
                "It does not take resolution 4k any more; it takes 768p, 1080p.",
            ],
            "reason": "",
            "refused": False,
        }
    ]
    assert cloud.submissions == []
