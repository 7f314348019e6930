"""Pictures chosen in a real browser: how many are taken is told, and a model that follows them all is one press away."""

from playwright.async_api import Browser, FilePayload, expect

from storyreel.accounts import accounts_of
from tests.doors.server.conftest import Serve
from tests.doors.server.pages.test_pictures import picture
from tests.doors.server.test_pages_browser import chromium, pytestmark

__all__ = ["chromium", "pytestmark"]


async def test_of_four_pictures_three_are_taken_which_is_told_and_a_model_that_follows_them_is_offered(
    serve: Serve, chromium: Browser
) -> None:
    server = await serve(works=False, accounts=accounts_of({"REPLICATE_API_TOKEN": "r8_one"}))
    page = await (await chromium.new_context(base_url=server.url, viewport={"width": 390, "height": 1100})).new_page()
    colours = ("steelblue", "peru", "ivory", "teal")
    pictures = [FilePayload(name=f"{colour}.png", mimeType="image/png", buffer=picture(colour)) for colour in colours]

    await page.goto("/")
    await page.locator("[name=pictures]").set_input_files(pictures)
    await expect(page.locator(".dropped img")).to_have_count(3)
    assert await page.evaluate("() => document.documentElement.scrollWidth") == 390
    await expect(page.locator("[data-many]")).to_contain_text("of the 4 that you chose, the first three")
    await expect(page.locator("#price .wait")).to_contain_text("the film begins on the first of yours")
    await page.locator("#price [data-choose]").first.click()
    await expect(page.locator("#price .wait")).to_have_count(0)
    await page.get_by_label("Model").select_option(index=0)
    await expect(page.locator("#price .wait")).to_be_visible()
    await page.get_by_role("button", name="Draw it at once · free").click()
    await page.wait_for_url("**/films/*")

    await page.goto("/references")
    await page.get_by_label("Model").select_option("veo-3.1@replicate")
    await expect(page.get_by_role("button", name="Make the film")).to_have_text("Make the film · $3.20")
