"""Pictures dropped on Create: each button takes them, and what the chosen model does with them is told before."""

import io
import re

import aiohttp
import pytest
from PIL import Image

from storyreel.accounts import accounts_of
from tests.doors.server.conftest import Serve
from tests.doors.server.test_pages import seen, sent, token_in


def picture(colour: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (320, 180), colour).save(file, "PNG")
    return file.getvalue()


@pytest.mark.journey
async def test_three_pictures_become_a_free_animatic_at_once_and_models_that_follow_all_are_offered_before(serve: Serve) -> None:
    server = await serve(accounts=accounts_of({"REPLICATE_API_TOKEN": "r8_one"}))
    token = token_in(await seen(server.client, "/"))

    told, _ = await sent(server.client, "/price", {"token": token, "model": "animatic@animatic", "dropped": "3"})
    assert "the film begins on the first of yours" in told
    offered = re.findall(r'data-choose="([^"]+)"', told)
    assert offered
    followed, _ = await sent(server.client, "/price", {"token": token, "model": offered[0], "dropped": "3"})
    assert "data-choose" not in followed

    for press in ({"now": "1"}, {}):
        form = aiohttp.FormData({"token": token, "model": "animatic@animatic", "seconds": "0.5", **press})
        for colour in ("steelblue", "peru", "ivory"):
            form.add_field("pictures", picture(colour), filename=f"{colour}.png", content_type="image/png")
        async with server.client.post("/create", data=form, headers={"Accept": "text/html"}) as response:
            assert (response.status, "/films/" in response.url.path) == (200, True), await response.text()
            film = response.url.path.rpartition("/")[2]
        made = await server.studio.wait(film)
        assert (made.order.first_frame is not None, len(made.storyboard.shots)) == (True, 1)


async def test_the_button_that_makes_a_film_of_references_tells_its_price_as_it_is_for_what_is_chosen(serve: Serve) -> None:
    server = await serve(works=False, accounts=accounts_of({"REPLICATE_API_TOKEN": "r8_one"}))
    page = await seen(server.client, "/references")
    wish = {"token": token_in(page), "model": "veo-3.1@replicate", "dropped": "3"}

    assert re.search(r'id="price" hx-post="/references/price"[^>]*>\s*<button class="main">Make the film</button>', page)
    for seconds, usd in (("", "3.20"), ("16", "6.40")):
        button, _ = await sent(server.client, "/references/price", {**wish, "seconds": seconds})
        assert f'name="told" value="{usd}0">Make the film · ${usd}</button>' in button
    unsaid, _ = await sent(server.client, "/references/price", {**wish, "seconds": "long"})
    assert '<button class="main">Make the film</button>' in unsaid
