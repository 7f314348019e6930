"""What a browser keeps: what changes is asked for again, and only an address that tells its digest is kept for good."""

import re

import aiohttp
import pytest

from tests.doors.server.conftest import Serve
from tests.doors.server.test_pages import FOX, seen, sent, token_in

pytestmark = pytest.mark.journey


async def copy_of(client: aiohttp.ClientSession, path: str, **headers: str) -> tuple[int, str, str, int]:
    """The answer's status, how long it may be kept, its digest, and how much came."""
    async with client.get(path, headers=headers) as response:
        told = response.headers
        return response.status, told["Cache-Control"], told["ETag"], len(await response.read())


async def test_a_film_that_was_retaken_is_played_as_it_is_now_and_what_never_changes_is_kept_for_good(serve: Serve) -> None:
    server = await serve()
    client = server.client
    token = token_in(await seen(client, "/"))
    board, place = await sent(client, "/create", {"token": token, **FOX, "now": "1"})
    film, shot = place.rpartition("/")[2], re.findall(r'data-shot="([^"]+)"', board)[0]
    await server.studio.wait(film)
    page = await seen(client, place)
    [player] = re.findall(r'<video[^>]+src="([^"]+)"', page)
    address = f"/v1{place}/content"
    takes = f"/v1{place}/shots/{shot}/takes/1/content"

    _, kept, before, _ = await copy_of(client, address)
    status, _, same, size = await copy_of(client, address, **{"If-None-Match": before})
    assert (kept, status, same, size) == ("private, no-cache", 304, before, 0)
    assert (await copy_of(client, takes))[1] == "private, no-cache"
    assert (await copy_of(client, player))[1:3] == ("private, max-age=31536000, immutable", before)
    for picture in re.findall(r'(?:src|poster)="(/films/[^"]+)"', page):
        async with client.get(picture.replace("&amp;", "&")) as response:
            assert "immutable" in response.headers["Cache-Control"], picture
        async with client.get(picture.partition("?")[0]) as response:
            assert response.headers["Cache-Control"] == "private, no-cache", picture

    await sent(client, f"{place}/shots/{shot}/retake", {"token": token, "told": "0"})
    await server.studio.wait(film)
    [changed] = re.findall(r'<video[^>]+src="([^"]+)"', await seen(client, place))
    status, _, after, _ = await copy_of(client, address, **{"If-None-Match": before})
    assert (status, after != before, changed != player) == (200, True, True)
    assert (await copy_of(client, player))[1:3] == ("private, no-cache", after)  # its address tells another film than comes
