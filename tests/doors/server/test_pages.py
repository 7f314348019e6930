"""The pages without a script: every form works, other people's films are not there, and nothing forged is taken."""

import re

import aiohttp

from tests.doors.server.conftest import Serve

FOX = {"prompt": "A fox runs through the snow. The fox stops.", "shots": "2", "seconds": "0.5", "shape": "160x90"}


async def seen(client: aiohttp.ClientSession, path: str, status: int = 200, language: str = "en") -> str:
    async with client.get(path, headers={"Accept-Language": language}) as response:
        text = await response.text()
        assert response.status == status, text
        return text


async def sent(client: aiohttp.ClientSession, path: str, fields: dict[str, str], status: int = 200) -> tuple[str, str]:
    """The page that a form leads to, and its address."""
    async with client.post(path, data=fields) as response:
        text = await response.text()
        assert response.status == status, text
        return text, response.url.path


def browser(url: str) -> aiohttp.ClientSession:
    """One that keeps cookies, of a bare address too."""
    return aiohttp.ClientSession(url, cookie_jar=aiohttp.CookieJar(unsafe=True))


def token_in(text: str) -> str:
    return re.findall(r'name="token" value="([^"]+)"', text)[0]


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
    assert f'src="/v1{place}/content"' in film
    assert "The film is ready: free of charge." in film
    assert re.search(r'<html lang="ru">[\s\S]*Скачать', await seen(client, place, language="ru,en;q=0.5"))


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
        _, left = await sent(hers, "/sign-out", {})
        assert left == "/sign-in"
