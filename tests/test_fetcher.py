"""What a person names by address: public, bounded, and told why not. Requirements D1 and E1 (pictures by address)."""

from collections.abc import AsyncGenerator
from io import BytesIO

import pytest
from aiohttp import web
from PIL import Image

from storyreel.domain.errors import MediaUnusable
from storyreel.fetcher import Fetcher, is_address

HERE = Fetcher(inward=True)


def a_picture() -> bytes:
    """A small PNG."""
    file = BytesIO()
    Image.new("RGB", (64, 64), "teal").save(file, format="PNG")
    return file.getvalue()


@pytest.fixture
async def site() -> AsyncGenerator[str]:
    """A server of this machine's: a picture, redirects to it, in circles and inwards, a missing page."""

    async def picture(_: web.Request) -> web.Response:
        return web.Response(body=a_picture(), content_type="image/png")

    async def moved(request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": f"/{request.match_info['to']}"})

    app = web.Application()
    app.router.add_get("/picture.png", picture)
    app.router.add_get("/to/{to:.*}", moved)
    runner = web.AppRunner(app)
    await runner.setup()
    place = web.TCPSite(runner, "127.0.0.1", 0)
    await place.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_a_picture_comes_over_redirects(site: str) -> None:
    assert await HERE.fetch(f"{site}/to/picture.png", most_bytes=10_000, field="picture") == a_picture()


@pytest.mark.parametrize(
    "url",
    ["{site}/picture.png", "http://localhost:1/", "http://[::1]:1/", "http://[::ffff:127.0.0.1]:1/", "http://169.254.169.254/"],
)
async def test_nothing_is_fetched_from_within(site: str, url: str) -> None:
    with pytest.raises(MediaUnusable, match="own network"):
        await Fetcher().fetch(url.format(site=site), most_bytes=10_000, field="picture")


@pytest.mark.parametrize("host", ["\uff11\uff12\uff17.0.0.1", "127.1", "2130706433", "0"])
async def test_no_spelling_of_an_address_leads_within(site: str, host: str) -> None:
    with pytest.raises(MediaUnusable, match="own network"):
        await Fetcher().fetch(f"{site.replace('127.0.0.1', host)}/picture.png", most_bytes=10_000, field="picture")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/missing", "HTTP 404"),
        ("/to/to/to/to/to/to/picture.png", "redirects"),
        ("/to//etc/passwd", "cannot be reached|HTTP 404"),
    ],
)
async def test_what_is_not_there_is_told_why(site: str, path: str, reason: str) -> None:
    with pytest.raises(MediaUnusable, match=reason):
        await HERE.fetch(f"{site}{path}?token=s3cret", most_bytes=10_000, field="picture")


async def test_an_address_is_told_with_its_port_and_without_its_password() -> None:
    with pytest.raises(MediaUnusable, match=r"^http://127\.0\.0\.1:9/x\.png: ") as caught:
        await HERE.fetch("http://user:s3cret@127.0.0.1:9/x.png?token=s3cret", most_bytes=100, field="picture")
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("url", ["http://[::1", "http://[zz]/", "http:///a.png", "http://a b/"])
async def test_an_address_that_is_none_is_told_as_such(url: str) -> None:
    with pytest.raises(MediaUnusable, match="cannot be reached"):
        await Fetcher().fetch(url, most_bytes=100, field="picture")


async def test_what_is_too_large_is_not_read_to_its_end(site: str) -> None:
    with pytest.raises(MediaUnusable, match="larger") as caught:
        await HERE.fetch(f"{site}/picture.png?token=s3cret", most_bytes=100, field="picture")

    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "address"), [("https://example.org/a.png", True), ("a.png", False), ("ftp://example.org", False)]
)
def test_an_address_is_told_from_a_file_s_name(text: str, address: bool) -> None:
    assert is_address(text) is address
