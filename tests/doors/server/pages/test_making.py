"""A film's page while it is made: what it says of a shot is so."""

import re

import pytest

from tests.doors.server.conftest import Serve
from tests.doors.server.test_pages import seen

pytestmark = pytest.mark.journey

FOX = {"prompt": "A fox runs through the snow. The fox stops. The fox looks at the moon.", "shots": 3, "size": "160x90"}


async def test_a_drawing_waits_until_it_is_begun_and_then_tells_how_far_it_is_and_no_clock_guesses(serve: Serve) -> None:
    server = await serve()
    film = await server.json("POST", "/v1/films", status=201, json={**FOX, "seconds": 3, "joins": "cuts"})
    told = ""

    async with server.client.get(f"/films/{film['id']}/live", headers={"Accept": "text/event-stream"}) as response:
        async for line in response.content:
            told += line.decode()
            if line.strip():
                continue
            told += (page := await seen(server.client, f"/films/{film['id']}"))
            if 'id="download"' in page:
                break

    assert re.search(r'class="t">waiting', told)
    assert re.search(r'class="t">\d+ %', told)
    assert "data-since" not in told


async def test_a_shot_of_a_film_that_is_wished_as_a_chain_says_that_it_begins_where_the_one_before_ends(serve: Serve) -> None:
    server = await serve(works=False)
    film = await server.json("POST", "/v1/films", status=201, json={**FOX, "joins": "chain", "approve": True})
    first, second, _ = [shot["id"] for shot in (await server.json("GET", f"/v1/films/{film['id']}"))["shots"]]

    assert 'select name="join"' in await seen(server.client, f"/films/{film['id']}?shot={first}")
    page = await seen(server.client, f"/films/{film['id']}?shot={second}")
    assert "chain: it begins where shot 1 ends" in page
    assert 'select name="join"' not in page
