"""The catalogue, what was spent, and the installation's figures, over REST."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openai import AsyncOpenAI

from storyreel.domain.generation import Key
from storyreel.library import films, ledger
from storyreel.library.keys import Scope
from tests.doors.server.conftest import Serve
from tests.production.conftest import board, film_of

pytestmark = pytest.mark.journey

PAGE = Path(__file__).parents[3] / "docs" / "server.md"
DAY = datetime(2026, 1, 2, 23, 59, tzinfo=UTC)


def told_of_by(page: str) -> set[tuple[str, str]]:
    """The method and path of every request that a page shows; names that the reader fills in are X."""
    found: set[tuple[str, str]] = set()
    for command in re.findall(r"^curl (?:.*\\\n)*.*$", page, re.MULTILINE):
        path = re.sub(r"/[A-Z_]+\b", "/X", re.findall(r"http://localhost:8000(/[\w/.-]*)", command)[0])
        method = re.findall(r"-X ([A-Z]+)", command) or ["POST" if re.search(r" -[dF] ", command) else "GET"]
        found.add((method[0].lower(), path))
    return found


async def test_models_usage_and_figures_are_told_to_whom_they_concern(serve: Serve) -> None:
    server = await serve(works=False)
    database = (await server.studio.line()).database
    ann = await server.key("ann")
    for id, user, key, cost in (("ships-0001", "ann", ann.key.id, "0.35"), ("ships-0002", "bob", None, "1.05")):
        film = film_of(board(1), id).model_copy(update={"user": user, "api_key": key})
        await database.write(films.insert_film, film)
        call = Key(film=id, shot="s1", take=1, route="kling-2.5-turbo@replicate")
        await database.write(ledger.record_spent, call, "replicate", Decimal(cost), DAY)
    admin = await server.key("root", scopes=[Scope.READ, Scope.ADMIN])
    own, all_of_it = [{"Authorization": f"Bearer {key.secret}"} for key in (ann, admin)]

    async with AsyncOpenAI(base_url=f"{server.url}/v1", api_key=ann.secret) as client:
        names = {model.id async for model in client.models.list()}
        assert {"animatic", "kling-2.5-turbo"} <= names
        assert (await client.models.retrieve("animatic")).owned_by == "animatic"
    shown = await server.json("GET", "/v1/models/kling-2.5-turbo@replicate", headers=own)
    route = next(one for one in shown["routes"] if one["name"] == "kling-2.5-turbo@replicate")
    assert (route["has_key"], route["prices"][0]["usd_per_second"]) == (False, 0.07)
    assert (await server.json("GET", "/v1/models?usable=true&medium=video", headers=own))["data"][0]["id"] == "animatic"
    assert (await server.json("GET", "/v1/models/vio", headers=own, status=404))["code"] == "unknown_model"

    at = "/v1/usage?since=2026-01-01&until=2026-01-02"
    spent = await server.json("GET", at, headers=own)
    told = {
        "day": "2026-01-02",
        "route": "kling-2.5-turbo@replicate",
        "key": "ann",
        "calls": 1,
        "cost_usd": 0.35,
        "held_usd": 0.0,
    }
    assert (spent["data"], spent["cost_usd"]) == ([told], 0.35)
    assert (await server.json("GET", f"{at}&everybody=true", headers=all_of_it))["cost_usd"] == 1.4
    assert (await server.json("GET", "/v1/usage?since=2026-01-03&until=2026-01-02", headers=own, status=422))["field"] == "since"

    stream = {**own, "Accept": "text/event-stream"}
    async with server.client.get("/v1/events", headers=stream) as response:
        assert b'"film":"ships-0001"' in await response.content.readuntil(b"}}\n")
    assert [one["film"] for one in (await server.json("GET", "/v1/events", headers=own))["data"]] == ["ships-0001"]
    assert (await server.json("GET", "/v1/events", headers=all_of_it))["data"] == []

    described = await server.json("GET", "/openapi.json", headers=own)
    there = {(method, re.sub(r"\{\w+(:path)?\}", "X", path)) for path, ways in described["paths"].items() for method in ways}
    assert sorted(told_of_by(PAGE.read_text()) - there) == []

    for place in (f"{at}&everybody=true", "/metrics"):
        assert (await server.json("GET", place, headers=own, status=403))["code"] == "scope_missing"
    async with server.client.get("/metrics", headers=all_of_it) as response:
        text = await response.text()
    assert 'storyreel_settled_dollars_total{provider="replicate"} 1.4' in text
    assert "storyreel_loop_lag_seconds" in text
