"""Films changed over REST: priced first, then made; every take and every cut stays to be had."""

from typing import Any

import pytest

from storyreel.accounts import accounts_of
from storyreel.standins.fixtures import Standin
from tests.doors.server.conftest import Serve

FOX = {"prompt": "A fox runs through the snow. The fox stops. It looks up.", "shots": 3, "seconds": 0.5, "size": "160x90"}


@pytest.mark.journey
async def test_a_film_is_approved_retaken_edited_and_ordered_and_every_take_and_cut_stays(serve: Serve) -> None:
    server = await serve()
    film = await server.json("POST", "/v1/films", status=201, json={**FOX, "joins": "cuts", "approve": True})
    at = f"/v1/films/{film['id']}"
    ids = [shot["id"] for shot in (await server.json("GET", at))["shots"]]

    told = await server.json("POST", f"{at}/approve?dry_run=true")
    assert (told["started"], [one["shot"] for one in told["makes"]], told["film"]["state"]) == (False, ids, "awaiting_approval")
    assert (await server.json("POST", f"{at}/approve", json={"budget": 1}))["started"]
    assert (await server.ended(film["id"]))["state"] == "ready"

    assert (await server.json("POST", f"{at}/shots/2/retake", status=422, json={"seed": 2**31}))["field"] == "seed"
    told = await server.json("POST", f"{at}/shots/2/retake?dry_run=true", json={"seed": 7})
    assert (told["makes"], told["quote"]["expected_usd"]) == ([{"shot": ids[1], "reasons": ["asked"], "at_hand": False}], 0)
    same: dict[str, Any] = {"json": {"seed": 7}, "headers": {"Idempotency-Key": "again"}}
    first = await server.json("POST", f"{at}/shots/2/retake", **same)
    assert await server.json("POST", f"{at}/shots/2/retake", **same) == first
    await server.ended(film["id"])
    takes = (await server.json("GET", f"{at}/shots/{ids[1]}/takes"))["data"]
    assert [(take["number"], take["seed"], take["state"]) for take in takes] == [(1, 0, "ready"), (2, 7, "ready")]
    for place, begins in ((takes[0]["clip"], b"ftyp"), (takes[1]["last_frame"], b"\x89PNG")):
        async with server.client.get(place) as response:
            assert begins in (await response.read())[:12]

    assert (await server.json("POST", f"{at}/shots/2/select", json={"take": 1}))["shots"][1]["take"]["number"] == 1
    await server.ended(film["id"])
    assert (await server.json("POST", f"{at}/shots/1/lock"))["locked"]
    assert (await server.json("POST", f"{at}/shots/1/retake", status=422))["field"] == "shot"
    assert not (await server.json("POST", f"{at}/shots/1/unlock"))["locked"]

    board = await server.json("GET", f"{at}/storyboard")
    assert not (await server.json("PUT", f"{at}/storyboard", json=board))["started"]
    for shape in ("INF", "1:0", "999:1"):
        assert (await server.json("PUT", f"{at}/storyboard", status=422, json={**board, "aspect": shape}))["field"] == "aspect"
    board["scenes"][-1]["shots"] = board["scenes"][-1]["shots"][:-1]
    told = await server.json("PUT", f"{at}/storyboard?dry_run=true", json=board)
    assert (told["what"], told["gone"], told["makes"]) == ("edit", ids[2:], [])
    turned = await server.json("POST", f"{at}/order", json={"shots": ids[::-1]})
    assert (turned["started"], turned["makes"]) == (True, [])
    assert [shot["id"] for shot in (await server.ended(film["id"]))["shots"]] == ids[::-1]

    cuts = (await server.json("GET", f"{at}/cuts"))["data"]
    assert [cut["number"] for cut in cuts] == [1, 2, 3, 4]
    async with server.client.get(cuts[0]["film"]) as response:
        assert (response.status, response.content_type) == (200, "video/mp4")
    for place in ("shots/nine", "shots/1/takes/9", "cuts/9/content"):
        problem = await server.json("GET", f"{at}/{place}", status=404)
        async with server.client.get(problem["type"]) as response:
            assert "Nothing of that name is there" in await response.text()


async def test_two_shots_of_one_id_and_an_id_that_names_nothing_are_refused_wherever_they_come_in(serve: Serve) -> None:
    server = await serve(works=False)
    film = await server.json("POST", "/v1/films", status=201, json={**FOX, "approve": True})
    at = f"/v1/films/{film['id']}/storyboard"
    board = await server.json("GET", at)
    wrongs = (
        ("s02", "Shots 1 and 2 are both called 's02'"),
        ("act:1", "'act:1' cannot be the id of a shot"),
        ("act/1", "'act/1' cannot be the id of a shot"),
        ("..", "'..' cannot be the id of a shot"),
        ("", "'' cannot be the id of a shot"),
    )

    for id, says in wrongs:
        board["scenes"][0]["shots"][0]["id"] = id
        for method, path, body in (
            ("POST", "/v1/films", {"storyboard": board}),
            ("POST", "/v1/estimate", {"storyboard": board}),
            ("PUT", at, board),
        ):
            problem = await server.json(method, path, status=422, json=body)
            assert (problem["code"], problem["field"]) == ("invalid_request", "storyboard"), (path, problem)
            assert problem["detail"].startswith(says), (path, problem)
    board["scenes"][0]["shots"][0]["id"] = "Лето 1.b"
    assert (await server.json("PUT", f"{at}?dry_run=true", json=board))["makes"][0]["shot"] == "Лето 1.b"
    assert len((await server.json("GET", "/v1/films"))["data"]) == 1


async def test_a_text_that_no_database_can_keep_is_refused_wherever_it_comes_in(serve: Serve) -> None:
    server = await serve(works=False)
    film = await server.json("POST", "/v1/films", status=201, json={**FOX, "approve": True})
    at, nul = f"/v1/films/{film['id']}", "A boat\0 sails."
    board = await server.json("GET", f"{at}/storyboard")
    heard = {**board, "scenes": [{**board["scenes"][0], "heading": nul}]}
    drawn = {"model": "animatic", "seconds": 1}

    for method, path, body, field in (
        ("POST", "/v1/films", {"prompt": nul}, "prompt"),
        ("POST", "/v1/films", {"script": nul}, "prompt"),
        ("POST", "/v1/films", {"storyboard": heard}, "storyboard"),
        ("POST", "/v1/estimate", {"prompt": nul}, "prompt"),
        ("PUT", f"{at}/storyboard", heard, "storyboard"),
        ("POST", f"{at}/shots/1/retake", {"prompt": nul}, "prompt"),
        ("POST", "/api/video-gen/generate", {**drawn, "prompt": nul}, "prompt"),
    ):
        problem = await server.json(method, path, status=422, json=body)
        assert (problem["code"], problem["field"]) == ("invalid_request", field), (path, problem)
        assert "the character NUL" in problem["detail"], (path, problem)
    told = (await server.json("POST", "/v1/videos", status=400, json={**drawn, "prompt": nul}))["error"]
    assert (told["param"], "the character NUL" in told["message"]) == ("prompt", True)
    assert len((await server.json("GET", "/v1/films"))["data"]) == 1


async def test_a_film_that_its_keys_budget_does_not_hold_is_not_approved(serve: Serve, standin: Standin) -> None:
    cloud = await standin("replicate")
    server = await serve(accounts=accounts_of(cloud.environment(cloud.url)))
    headers = {"Authorization": f"Bearer {(await server.key('ann', budget=0.5)).secret}"}
    paid = {**FOX, "seconds": 5, "size": "1280x720", "model": "kling-2.5-turbo@replicate", "approve": True}
    film = await server.json("POST", "/v1/films", status=201, json=paid, headers=headers)

    problem = await server.json("POST", f"/v1/films/{film['id']}/approve", status=402, headers=headers)

    assert problem["code"] == "budget_exceeded"
    assert "the key ann to $" in problem["detail"]
    assert (await server.json("GET", f"/v1/films/{film['id']}", headers=headers))["state"] == "awaiting_approval"
    assert not cloud.submissions
