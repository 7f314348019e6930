"""A shot edited by two at once: nobody's words are overwritten without a word."""

import re

import pytest

from tests.doors.server.conftest import Serve
from tests.doors.server.test_pages import FOX, seen, sent, token_in

pytestmark = pytest.mark.journey


async def test_a_shot_that_somebody_else_changed_meanwhile_is_shown_both_ways_and_saved_only_once_that_is_chosen(
    serve: Serve,
) -> None:
    server = await serve(works=False)
    client = server.client
    token = token_in(await seen(client, "/"))
    board, place = await sent(client, "/create", {"token": token, **FOX})
    shot = re.findall(r'data-shot="([^"]+)"', board)[0]
    [stood] = re.findall(r'name="seen" value="([^"]+)"', board)
    form = {"token": token, "seen": stood, "seconds": "0.5"}

    await sent(client, f"{place}/shots/{shot}/edit", {**form, "description": "A wolf runs."})
    other, _ = await sent(client, f"{place}/shots/{shot}/edit", {**form, "description": "A fo"})
    assert "Shot 1 was changed elsewhere while you wrote." in other
    assert re.search(r"A wolf runs\.[\s\S]*A fo<", other)
    assert "A wolf runs." in await seen(client, place)

    again, _ = await sent(client, f"{place}/shots/{shot}/edit", dict(re.findall(r'name="(\w+)" value="([^"]*)"', other)))
    assert "A fo</textarea>" in again
    [stands] = re.findall(r'name="seen" value="([^"]+)"', again)
    kept, there = await sent(client, f"{place}/shots/{shot}/edit", {**form, "seen": stands, "description": "A fox leaps."})
    assert (there, "A fox leaps.</textarea>" in kept) == (place, True)
