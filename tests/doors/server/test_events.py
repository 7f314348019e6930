"""Events over REST: as they happen, each once, from where a watcher left."""

from tests.doors.server.conftest import Serve, Served

OWL = {"prompt": "An owl waits.", "shots": 1, "seconds": 0.5, "size": "160x90"}


async def streamed(server: Served, path: str, **headers: str) -> list[dict[str, str]]:
    """The fields of each event of a stream, until the server ends it."""
    async with server.client.get(path, headers={"Accept": "text/event-stream", **headers}) as response:
        assert response.content_type == "text/event-stream"
        blocks = (await response.text()).split("\n\n")
    return [dict(line.split(": ", 1) for line in block.split("\n")) for block in blocks if block and block[0] != ":"]


async def test_events_are_told_as_they_happen_each_once_from_where_a_watcher_left(serve: Serve) -> None:
    server = await serve()
    film = (await server.json("POST", "/v1/films", status=201, json=OWL))["id"]

    told = await streamed(server, f"/v1/films/{film}/events")

    assert told[0] == {"retry": "1000"}
    assert (told[1]["event"], told[-2]["event"], told[-1]["event"]) == ("film.queued", "film.ready", "end")
    numbers = [int(one["id"]) for one in told[1:-1] if "id" in one]
    listed = await server.json("GET", f"/v1/films/{film}/events")
    assert [one["number"] for one in listed["data"]] == numbers == sorted(set(numbers))
    assert listed["data"][-1]["fact"]["cost_usd"] == 0.0

    rest = await streamed(server, f"/v1/films/{film}/events", **{"Last-Event-ID": str(numbers[3])})
    assert [int(one["id"]) for one in rest[1:-1] if "id" in one] == numbers[4:]
