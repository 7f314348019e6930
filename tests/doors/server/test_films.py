"""Films over REST: asked for once, watched, had in parts; every mistake is told as a problem."""

import asyncio
import io
from pathlib import Path

import av
import pytest

from tests.doors.server.conftest import Serve

FOX = {"prompt": "A fox runs through the snow. The fox stops.", "shots": 2, "seconds": 0.5, "size": "160x90"}


def frames(clip: bytes) -> list[int | None]:
    with av.open(io.BytesIO(clip), "r") as container:
        return [frame.pts for frame in container.decode(video=0)]


@pytest.mark.journey
async def test_a_film_is_made_and_had_in_parts_and_an_idempotency_key_makes_one(serve: Serve, tmp_path: Path) -> None:
    server = await serve(works=False)
    same = {"json": FOX, "headers": {"Idempotency-Key": "one"}}

    first = await server.json("POST", "/v1/films", status=201, **same)
    again = await server.json("POST", "/v1/films", status=201, **same)
    other = await server.json("POST", "/v1/films", status=422, json={**FOX, "shots": 1}, headers={"Idempotency-Key": "one"})
    accepted = await server.json("GET", f"/v1/films/{first['id']}")
    assert (accepted["state"], (await server.studio.line()).owned) == ("queued", False)  # it waits for another process
    await serve()
    film = await server.ended(first["id"])
    async with server.client.get(film["film"]) as response:
        whole = await response.read()
    async with server.client.get(film["film"], headers={"Range": "bytes=100-199"}) as response:
        part, told = await response.read(), response.headers["Content-Range"]
    async with server.client.get(film["film"], headers={"Range": f"bytes={'9' * 5000}-"}) as response:
        assert (response.status, await response.read()) == (200, whole)  # no number of a file's: as if nothing was asked
    bill = await server.json("GET", f"/v1/films/{film['id']}/bill")

    assert (again, other["code"]) == (first, "idempotency_key_reused")
    assert (film["state"], film["cost_usd"], len(film["shots"])) == ("ready", 0.0, 2)
    assert len(frames(whole)) == 24
    assert (part, told) == (whole[100:200], f"bytes 100-199/{len(whole)}")
    assert [line["state"] for line in bill["calls"]] == ["done", "done"]
    listed = await server.json("GET", "/v1/films")
    assert [one["id"] for one in listed["data"]] == [film["id"]]
    assert not await asyncio.to_thread(lambda: list(tmp_path.glob("*.mp4")))


async def test_mistakes_are_told_as_problems_and_films_of_others_are_not_there(serve: Serve) -> None:
    server = await serve(works=False)
    cases = [
        ({**FOX, "shots": 2000}, 422, "invalid_request", "shots"),
        ({"shots": 2}, 422, "invalid_request", None),
        ({"prompt": "12345"}, 422, "invalid_request", "prompt"),
        ({**FOX, "wish": 1}, 422, "invalid_request", "wish"),
        ({**FOX, "seed": 2**31}, 422, "invalid_request", "seed"),
        ({**FOX, "model": "vio-3"}, 422, "unknown_model", "model"),
        ({**FOX, "model": "seedance-2-mini"}, 424, "authentication_failed", None),
        ({**FOX, "model": "nono"}, 422, "unknown_model", "model"),
    ]
    for body, status, code, field in cases:
        problem = await server.json("POST", "/v1/films", status=status, json=body)
        assert (problem["code"], problem.get("field") if field else None) == (code, field), problem
        assert not {"storyreel", "`storyreel"} & set(problem["detail"].split())  # no caller of REST types commands
        assert " --" not in problem["detail"]
    typed = {"headers": {"Content-Type": "application/json"}}
    broken = await server.json("POST", "/v1/films", status=422, data=b'{"prompt": "A fox",}', **typed)
    assert (broken["field"], broken["detail"].partition(":")[0]) == ("body", "The body is not JSON")
    assert "at character 19" in broken["detail"]
    for body in (b'{"prompt": "\xff"}', b"[" * 100_000):
        unread = await server.json("POST", "/v1/films", status=400, data=body, **typed)
        assert unread["detail"].startswith("The body cannot be read: send JSON in UTF-8")
    async with server.client.get("/v1/films", headers={"Host": "films.example.net"}) as response:
        assert response.status == 421
    async with server.client.post("/v1/films", json=FOX, headers={"Origin": "http://evil.example"}) as response:
        assert (response.status, response.content_type) == (403, "application/problem+json")

    ann, bob = [await server.key(name) for name in ("ann", "bob")]
    headers = [{"Authorization": f"Bearer {key.secret}"} for key in (ann, bob)]
    film = await server.json("POST", "/v1/films", status=201, json={**FOX, "approve": True}, headers=headers[0])
    assert (await server.json("GET", f"/v1/films/{film['id']}", headers=headers[0]))["state"] == "awaiting_approval"
    assert (await server.json("GET", f"/v1/films/{film['id']}", headers=headers[1], status=404))["code"] == "unknown_film"
    assert (await server.json("GET", "/v1/films", headers=headers[1]))["data"] == []
    assert (await server.json("GET", "/v1/films", status=401))["code"] == "key_missing"
    wrong = {"Authorization": f"Bearer {ann.secret}x"}
    assert (await server.json("GET", "/v1/films", status=401, headers=wrong))["code"] == "key_unknown"
