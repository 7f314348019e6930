"""Keys and narrow screens, in a real browser: Space plays from any card, focus is kept, nothing is cut at a card's edge."""

from playwright.async_api import Browser, Page, expect

from tests.doors.server.conftest import Serve
from tests.doors.server.test_pages_browser import chromium, pytestmark

__all__ = ["chromium", "pytestmark"]

FOX = {"prompt": "A fox runs through the snow. The fox stops.", "shots": 2, "seconds": 2, "size": "160x90"}
PAUSED = "() => document.getElementById('player').paused"
PLAYED = "() => document.getElementById('player').currentTime > 2.3"


async def focused(page: Page) -> str:
    """The id of what has the focus; its tag's name where it has none."""
    return await page.evaluate("() => document.activeElement.id || document.activeElement.tagName")


async def test_a_film_is_made_played_and_locked_by_keys_and_each_press_leaves_the_focus_where_it_goes_on(
    serve: Serve, chromium: Browser
) -> None:
    server = await serve()
    film = await server.json("POST", "/v1/films", status=201, json={**FOX, "approve": True})
    page = await (await chromium.new_context(base_url=server.url)).new_page()

    await page.goto(f"/films/{film['id']}")
    await page.locator("#produce").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("#produce")).to_have_count(0)
    assert await focused(page) != "BODY"
    await expect(page.locator("#download")).to_be_visible(timeout=60_000)
    assert await focused(page) != "BODY"

    await page.locator(".tile a").first.focus()
    await page.keyboard.press("ArrowRight")
    await expect(page.get_by_role("heading", name="Shot 2")).to_be_visible()
    await page.keyboard.press(" ")
    await page.wait_for_function(PLAYED)
    await page.keyboard.press(" ")
    assert await page.evaluate(PAUSED)
    await page.keyboard.press("l")
    await expect(page.get_by_role("button", name="Unlock")).to_be_visible()
    await expect(page.locator(".tile").nth(1).get_by_title("locked")).to_be_visible()
    await expect(page.get_by_label("What is seen")).to_have_attribute("readonly", "")
    assert await page.evaluate(PLAYED)
    assert await focused(page) != "BODY"


async def test_what_settings_show_in_russian_fits_a_phone(serve: Serve, chromium: Browser) -> None:
    server = await serve(works=False)
    key = await server.key("ключ-для-монтажа", budget=25.0, scopes=["admin", "make", "read"])
    context = await chromium.new_context(base_url=server.url, viewport={"width": 390, "height": 844}, locale="ru-RU")
    page = await context.new_page()
    await page.goto("/sign-in")
    await page.locator("[name=key]").fill(key.secret)
    await page.locator("main button").click()
    await page.wait_for_url("**/")

    await page.goto("/settings")
    await expect(page.locator("table")).to_be_visible()
    cut = await page.evaluate("() => [...document.querySelectorAll('.scroll')].some((one) => one.scrollWidth > one.clientWidth)")
    assert not cut
