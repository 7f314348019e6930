"""Who may come in: whoever sits here while there is no key, then keys alone, each at its own rate; a revoked one opens none."""

import asyncio

from tests.doors.server.conftest import Serve, Served

FROM_ELSEWHERE = [{"X-Forwarded-For": "203.0.113.9"}, {"Forwarded": "for=203.0.113.9"}, {"Via": "1.1 proxy"}]


async def answered(server: Served, headers: dict[str, str]) -> int:
    async with server.client.get("/v1/assets", headers=headers) as response:
        return response.status


async def test_without_a_key_this_machine_alone_is_served_and_a_revoked_key_opens_nothing_within_a_second(serve: Serve) -> None:
    server = await serve(works=False, streams=1)
    assert (await server.json("GET", "/v1/films"))["data"] == []
    for headers in FROM_ELSEWHERE:
        assert (await server.json("GET", "/v1/films", status=401, headers=headers))["code"] == "key_missing"

    key = await server.key("ann")
    mine = {"Authorization": f"Bearer {key.secret}"}
    await server.json("GET", "/v1/films", headers={**mine, **FROM_ELSEWHERE[0]})
    await server.json("GET", "/v1/films", headers={"X-API-Key": key.secret})
    listening = {**mine, "Accept": "text/event-stream"}
    async with server.client.get("/v1/events", headers=listening):
        problem = await server.json("GET", "/v1/events", status=429, headers=listening)
        assert problem["code"] == "too_many_streams"
        await server.json("GET", "/v1/events", headers=mine)
    await server.studio.revoke_key("ann")
    last = 0
    for _ in range(20):
        if (last := await answered(server, {**mine, **FROM_ELSEWHERE[0]})) == 401:
            break
        await asyncio.sleep(0.05)
    assert last == 401
    await server.json("GET", "/v1/films", headers=mine)  # there is no key any more: whoever sits here is served again


async def test_each_key_has_its_rate_and_an_address_that_sends_keys_that_are_none_has_its_own(serve: Serve) -> None:
    server = await serve(works=False, rate=0.01, rate_burst=3)
    ann, bob = [{"Authorization": f"Bearer {(await server.key(name)).secret}"} for name in ("ann", "bob")]
    for _ in range(3):
        await server.json("GET", "/v1/assets", headers=ann)
    async with server.client.get("/v1/assets", headers=ann) as response:
        assert (response.status, (await response.json(content_type=None))["code"]) == (429, "too_many_requests")
        assert 90 <= int(response.headers["Retry-After"]) <= 100

    told = [await answered(server, {"Authorization": f"Bearer sr_none_{number}"}) for number in range(25)]
    assert set(told[:20]) == {401}
    assert told[-1] == 429
    assert (await server.json("GET", "/v1/assets", headers=bob))["data"] == []
