"""The pages without a script: every form works, other people's films are not there, and nothing forged is taken."""

import asyncio
import io
import re

import aiohttp
import pytest
from PIL import Image

from storyreel.accounts import accounts_of
from storyreel.domain.errors import StoryreelError
from storyreel.domain.film import Film
from storyreel.doors.server.callers import Caller
from storyreel.doors.server.desk import Desk
from storyreel.library.films import insert_film
from storyreel.standins.fixtures import Standin, standin, standin_studio
from tests.doors.server.conftest import Serve

__all__ = ["standin", "standin_studio"]

SPEED = 5000.0
FOX = {"prompt": "A fox runs through the snow. The fox stops.", "shots": "2", "seconds": "0.5", "shape": "160x90"}


async def seen(client: aiohttp.ClientSession, path: str, status: int = 200, language: str = "en") -> str:
    async with client.get(path, headers={"Accept": "text/html", "Accept-Language": language}) as response:
        text = await response.text()
        assert response.status == status, text
        return text


async def sent(client: aiohttp.ClientSession, path: str, fields: dict[str, str], status: int = 200) -> tuple[str, str]:
    """The page that a form leads to, and its address."""
    async with client.post(path, data=fields, headers={"Accept": "text/html"}) as response:
        text = await response.text()
        assert response.status == status, text
        return text, response.url.path


async def heard(client: aiohttp.ClientSession, path: str) -> list[str]:
    """The first message of a page's stream, by its lines."""
    async with client.get(path, headers={"Accept": "text/event-stream"}) as response:
        await response.content.readuntil(b"\n\n")  # which says when to come back
        return (await response.content.readuntil(b"\n\n")).decode().strip().splitlines()


async def said_of_today(client: aiohttp.ClientSession, path: str, before: str) -> str:
    """What a page's stream tells first of what was spent today that is not what it was."""
    async with client.get(path, headers={"Accept": "text/event-stream"}) as response:
        async for line in response.content:
            for found in re.findall(r'id="today".*today (\$[\d.]+)', line.decode()):
                if found != before:
                    return found
    raise AssertionError(path)


def browser(url: str) -> aiohttp.ClientSession:
    """One that keeps cookies, of a bare address too."""
    return aiohttp.ClientSession(url, cookie_jar=aiohttp.CookieJar(unsafe=True))


def token_in(text: str) -> str:
    return re.findall(r'name="token" value="([^"]+)"', text)[0]


@pytest.mark.journey
async def test_a_sentence_becomes_a_storyboard_that_is_edited_approved_and_played_by_forms_alone(serve: Serve) -> None:
    server = await serve()
    client = server.client
    token = token_in(await seen(client, "/"))

    price, _ = await sent(client, "/price", {"token": token, **FOX})
    assert "free" in price
    assert "2 shots" in price
    board, place = await sent(client, "/create", {"token": token, "once": "one", **FOX})
    _, again = await sent(client, "/create", {"token": token, "once": "one", **FOX})
    assert again == place
    _, changed = await sent(client, "/create", {"token": token, "once": "one", **FOX, "shots": "1"})
    assert changed != place
    first, second = re.findall(r'data-shot="([^"]+)"', board)
    still = re.findall(r'src="(/films/[^"]+/stills/[^"]+)"', board)[0]
    async with client.get(still) as response:
        assert (response.content_type, (await response.read())[:2]) == ("image/jpeg", b"\xff\xd8")

    edited, _ = await sent(client, f"{place}/shots/{first}/edit", {"token": token, "description": "A wolf runs.", "seconds": "1"})
    assert "A wolf runs." in edited
    turned, _ = await sent(client, f"{place}/order", {"token": token, "shot": first, "by": "1"})
    assert re.findall(r'data-shot="([^"]+)"', turned) == [second, first]
    await sent(client, f"{place}/approve", {"token": token, "told": "0"})
    await server.studio.wait(place.rpartition("/")[2])
    film = await seen(client, place)
    assert f'src="/v1{place}/content?v=' in film
    assert "The film is ready: free of charge." in film
    [told] = re.findall(r'data-seen="(\d+)" data-shape="(\w+)"', film)
    assert (await heard(client, f"{place}/live?seen=0&shape=none"))[1:] == ["event: whole", f"data: {told[1]}"]
    following = asyncio.create_task(heard(client, f"{place}/live?seen={told[0]}&shape={told[1]}"))
    await sent(client, f"{place}/shots/{first}/lock", {"token": token, "locked": "1"})
    number, event, *_ = await following
    assert (event, int(number.removeprefix("id: ")) > int(told[0])) == ("event: parts", True)
    assert re.search(r'<html lang="ru">[\s\S]*Скачать', await seen(client, place, language="ru,en;q=0.5"))


@pytest.mark.journey
async def test_a_change_between_two_readings_of_a_film_is_seen_by_who_has_its_page_open(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = await serve(works=False)
    client = server.client
    token = token_in(await seen(client, "/"))
    board, place = await sent(client, "/create", {"token": token, **FOX})
    first = re.findall(r'data-shot="([^"]+)"', board)[0]
    [told] = re.findall(r'data-seen="(\d+)" data-shape="(\w+)"', board)
    read, turned = Desk.film, iter([False, True])  # by the stream itself, and by what it shows

    async def read_and_turn(desk: Desk, caller: Caller, id: str) -> Film:
        found = await read(desk, caller, id)
        if next(turned, False):
            await sent(client, f"{place}/order", {"token": token, "shot": first, "by": "1"})
        return found

    monkeypatch.setattr(Desk, "film", read_and_turn)
    number, event, *_ = await heard(client, f"{place}/live?seen={told[0]}&shape={told[1]}")
    assert (event, int(number.removeprefix("id: ")) > int(told[0])) == ("event: whole", True)


@pytest.mark.journey
async def test_a_film_of_a_seed_that_is_not_taken_any_more_has_versions(serve: Serve) -> None:
    server = await serve(works=False)
    token = token_in(await seen(server.client, "/"))
    film = await server.studio.start_film("A fox stops.", shots=1, seconds=0.5, size="160x90", approve=True)
    longer = {"id": "fox-of-old", "order": film.order.model_copy(update={"seed": 2**31 + 7})}
    await (await server.studio.line()).database.write(insert_film, film.model_copy(update=longer))

    _, place = await sent(server.client, "/films/fox-of-old/versions", {"token": token, "model": "animatic"})

    assert (await server.studio.film(place.rpartition("/")[2])).order.seed == 7


@pytest.mark.journey
async def test_who_has_a_key_signs_in_and_sees_his_own_films_and_no_forged_form_is_taken(serve: Serve) -> None:
    server = await serve(works=False)
    ann, bob = [await server.key(name) for name in ("ann", "bob")]
    async with browser(server.url) as hers, browser(server.url) as his:
        await sent(hers, "/sign-in", {"key": "sr_no", "back": "/"}, 401)
        for client, key in ((hers, ann), (his, bob)):
            _, place = await sent(client, "/sign-in", {"key": key.secret, "back": "//evil.example"})
            assert place == "/"
        await sent(server.client, "/sign-in", {"key": "sr_no", "back": "/"}, 401)
        async with server.client.get("/library", allow_redirects=False) as response:
            assert (response.status, response.headers["Location"]) == (303, "/sign-in?back=/library")
        async with hers.post("/sign-in", data={"key": ann.secret}, allow_redirects=False) as response:
            assert re.search("HttpOnly.*SameSite=lax", response.headers["Set-Cookie"])
        token = token_in(await seen(hers, "/"))
        _, place = await sent(hers, "/create", {"token": token, **FOX})

        assert "There is no film" in await seen(his, place, status=404)
        await seen(his, f"{place}/stills/s01", status=404)
        forged, _ = await sent(his, f"{place}/cancel", {"token": token}, 403)
        assert "form_too_old" in forged
        ended, _ = await sent(hers, f"{place}/cancel", {"token": token})
        assert 'class="note">The film was cancelled' in ended
        _, left = await sent(hers, "/sign-out", {})
        assert left == "/sign-in"


@pytest.mark.journey
async def test_a_call_in_doubt_is_decided_on_its_films_page_and_what_a_film_costs_is_asked_and_never_more(
    serve: Serve, standin: Standin
) -> None:
    cloud = await standin("fal", speed=SPEED)
    cloud.faults.add("reset_after", "create", count=1)
    server = await serve(accounts=accounts_of(cloud.environment(cloud.url)), pace=SPEED)
    client = server.client
    token = token_in(await seen(client, "/"))
    wish = {**FOX, "shots": "1", "seconds": "4", "shape": "854x480", "model": "seedance-1.5-pro@fal"}

    board, place = await sent(client, "/create", {"token": token, **wish})
    [told] = re.findall(r'name="told" value="([^"]+)"', board)
    cheap, _ = await sent(client, f"{place}/approve", {"token": token, "told": "0.01"}, 402)
    assert "budget_exceeded" in cheap
    [stands] = re.findall(r'data-seen="(\d+)" data-shape="(\w+)"', board)
    spending = asyncio.create_task(said_of_today(client, f"{place}/live?seen={stands[0]}&shape={stands[1]}", "$0.00"))
    await sent(client, f"{place}/approve", {"token": token, "told": told})
    with pytest.raises(StoryreelError):
        await server.studio.wait(place.rpartition("/")[2])
    doubt = await seen(client, place)
    [decide] = re.findall(r'action="([^"]+/doubts/[^"]+)"', doubt)
    assert "Nobody knows whether the request for" in doubt
    assert await spending == re.findall(r"today (\$[\d.]+)", doubt)[0]
    [lost] = cloud.submissions
    await sent(client, decide, {"token": token, "decision": "adopt", "remote_id": lost.id})
    await server.studio.wait(place.rpartition("/")[2])
    assert len(cloud.submissions) == 1
    assert place in await seen(client, "/library?q=snow+SEEDANCE-1.5")
    assert "No film is as you wish" in await seen(client, "/library?q=zebra")

    asked, there = await sent(client, f"{place}/shots/s01/edit", {"token": token, "seconds": "8"})
    assert there.endswith("/edit")
    assert re.search(r"1 shot is made again: 1\.\s+<strong>\$", asked)
    [told] = re.findall(r'name="told" value="([^"]+)"', asked)
    await sent(client, f"{place}/shots/s01/edit", {"token": token, "seconds": "8", "told": told})
    await server.studio.wait(place.rpartition("/")[2])
    longer = await seen(client, place)
    [again] = re.findall(r'id="retake"[^>]*>Retake · (\$[\d.]+)<', longer)
    assert re.findall(r'class="how">[^<]*· (\$[\d.]+)<', longer) == [again]
    shared, _ = await sent(client, f"{place}/share", {"token": token})
    [link] = re.findall(r'value="[^"]+(/shared/[^"]+)"', shared)
    [source] = re.findall(r'<video[^>]+src="([^"]+)"', await seen(client, link))
    async with client.get(source) as response:
        assert (response.status, response.content_type) == (200, "video/mp4")
    bill = await seen(client, f"{place}/bill")
    assert lost.id in bill
    assert re.findall(r'<th scope="row">([^<]+)<', bill)[0] == "Shot 1, take 1"

    cloud.faults.add("moderation", "create", count=1, after=1)
    _, place = await sent(client, "/create", {"token": token, **wish, "shots": "2", "seed": "7"})
    await sent(client, f"{place}/approve", {"token": token, "told": "9"})
    with pytest.raises(StoryreelError):
        await server.studio.wait(place.rpartition("/")[2])
    [mark] = re.findall(r'class="tile [\w-]+ (\w+)"[^>]*>\s*<a [^>]*aria-current', await seen(client, place))
    assert mark == "failed"


async def test_webhooks_are_set_on_a_page_and_what_is_not_there_is_told_to_a_browser_as_a_page(serve: Serve) -> None:
    server = await serve(works=False)
    token = token_in(await seen(server.client, "/settings/webhooks"))

    refused, _ = await sent(server.client, "/settings/webhooks", {"token": token, "url": "http://127.0.0.1/x"}, 422)
    assert "That did not work" in refused
    kept, _ = await sent(server.client, "/settings/webhooks", {"token": token, "url": "https://example.com/hook"})
    [secret] = re.findall(r'action="([^"]+/secret)"', kept)
    assert "whsec_" in (await sent(server.client, secret, {"token": token}))[0]
    made, _ = await sent(server.client, "/settings/keys", {"token": token, "name": "mine"})
    assert "sr_" in made
    assert "That did not work" in await seen(server.client, "/nothing", 404)
    assert (await server.json("GET", "/nothing", status=404))["code"] == "not_found"


@pytest.mark.journey
async def test_a_picture_that_is_dropped_begins_a_film_and_what_is_none_or_too_many_is_refused(serve: Serve) -> None:
    server = await serve(works=False, accounts=accounts_of({"REPLICATE_API_TOKEN": "r8_one"}))
    token = token_in(await seen(server.client, "/"))
    file = io.BytesIO()
    Image.new("RGB", (360, 640), "peru").save(file, "JPEG")

    async def dropped(status: int, *pictures: bytes) -> str:
        form = aiohttp.FormData({"token": token, "prompt": "Slow push in", "seconds": "1"})
        for picture in pictures:
            form.add_field("pictures", picture, filename="../../a.jpg", content_type="image/jpeg")
        async with server.client.post("/create", data=form, headers={"Accept": "text/html"}) as response:
            assert response.status == status
            return await response.text()

    assert "720x1280" in await dropped(200, file.getvalue())
    assert "not a picture" in await dropped(422, b"<svg onload=alert(1)>")
    moving = aiohttp.FormData({"token": token})
    for field in ("pictures", "motion"):
        moving.add_field(field, file.getvalue(), filename="a.mp4", content_type="video/mp4")
    async with server.client.post("/references/read", data=moving, headers={"Accept": "text/html"}) as response:
        assert (response.status, "it is a picture; a video is needed" in await response.text()) == (422, True)
    for fields, waits in (
        ({"seconds": "8"}, True),
        ({"seconds": "16", "told": "3.20"}, True),
        ({"seconds": "16", "told": "6.40"}, False),
    ):
        asked = aiohttp.FormData({"token": token, "model": "veo-3.1@replicate", **fields})
        asked.add_field("pictures", file.getvalue(), filename="a.jpg", content_type="image/jpeg")
        async with server.client.post("/references", data=asked, headers={"Accept": "text/html"}) as response:
            assert ('id="produce"' in await response.text()) is waits, fields  # nothing is paid for a price that nobody told
    assert "At most 3 pictures are taken; 4 came." in await dropped(422, *[file.getvalue()] * 4)
    assert "Write a sentence first" in (await sent(server.client, "/create", {"token": token}, 422))[0]
    kept, _ = await sent(
        server.client, "/create", {"token": token, "prompt": "A fox <runs>.", "seconds": "1,5", "seed": "-"}, 422
    )
    assert "A fox &lt;runs&gt;.</textarea>" in kept
    assert re.search(r'name="seconds"[^>]* value="1,5"', kept)
    unknown, _ = await sent(server.client, "/create", {"token": token, "prompt": "A fox.", "model": "x1"}, 422)
    assert "&#39;x1&#39; is not a model. “Models” lists them." in unknown
    told = await seen(server.client, "/films/nothing", 404, "ru")
    assert "Такого фильма нет." in told
    assert re.search(r'name="seed"[^>]* aria-invalid="true" aria-describedby="wrong-seed" autofocus', kept)
