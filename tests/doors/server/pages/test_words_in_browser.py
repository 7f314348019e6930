"""What a person writes stays, in a real browser: before Produce, from card to card, in two tabs, from page to page."""

import asyncio

from playwright.async_api import Browser, Dialog, Page, Route, expect

from tests.doors.server.conftest import Serve, Served
from tests.doors.server.test_pages_browser import chromium, pytestmark

__all__ = ["chromium", "pytestmark"]

FOX = "A fox runs through the snow. The fox stops and looks at the moon."


async def storyboard(server: Served, chromium: Browser) -> Page:
    """The page of a film of two short shots that waits for approval."""
    film = await server.json(
        "POST", "/v1/films", status=201, json={"prompt": FOX, "shots": 2, "seconds": 0.5, "size": "160x90", "approve": True}
    )
    page = await (await chromium.new_context(base_url=server.url)).new_page()
    await page.goto(f"/films/{film['id']}")
    await expect(page.locator("#produce")).to_be_visible()
    return page


async def test_words_that_were_not_saved_are_before_another_card_opens_and_before_the_film_is_made_of_them(
    serve: Serve, chromium: Browser
) -> None:
    page = await storyboard(await serve(), chromium)

    await page.get_by_label("What is seen").fill("A wolf runs through the snow.")
    await page.locator(".tile a").nth(1).click()
    await expect(page.get_by_role("heading", name="Shot 2")).to_be_visible()
    await expect(page.locator(".tile").first).to_contain_text("A wolf runs")
    await page.locator("#words [name=size]").select_option(index=0)
    await page.get_by_label("Seconds").fill("long")
    await page.get_by_role("button", name="Produce · free").click()
    await expect(page.locator("#words .wrong")).to_contain_text("'long' is not a number")
    await page.locator(".tile a").first.click()
    await expect(page.locator(".tile a").nth(1)).to_have_attribute("aria-current", "true")
    await page.get_by_label("Seconds").fill("0.75")
    await page.get_by_role("button", name="Produce · free").click()
    await expect(page.locator("#download")).to_be_visible(timeout=60_000)
    await expect(page.locator(".tile").nth(1)).to_contain_text("0.75 s")

    said: list[str] = []

    async def refuse(dialog: Dialog) -> None:
        said.append(dialog.message)
        await dialog.dismiss()

    page.on("dialog", refuse)
    await page.get_by_label("What is seen").fill("An owl looks at the moon.")
    async with page.expect_event("dialog"):
        await page.locator(".tile a").nth(1).click()
    await expect(page.get_by_label("What is seen")).to_have_value("An owl looks at the moon.")
    assert said == ["What you wrote in shot 1 is not saved. Go on without it?"]


async def test_a_wish_that_was_written_is_there_again_after_a_look_elsewhere_until_its_film_is_made(
    serve: Serve, chromium: Browser
) -> None:
    server = await serve(works=False)
    page = await (await chromium.new_context(base_url=server.url)).new_page()

    await page.goto("/")
    await page.get_by_label("A sentence or a script").fill(FOX)
    await page.get_by_label("Shots", exact=True).fill("2")
    await page.get_by_role("link", name="Library").click()
    await page.get_by_role("link", name="Create", exact=True).click()
    await expect(page.get_by_label("A sentence or a script")).to_have_value(FOX)
    await expect(page.get_by_label("Shots", exact=True)).to_have_value("2")
    await expect(page.locator("#price strong")).to_have_text("free", timeout=20_000)
    await page.get_by_role("button", name="Make the storyboard").click()
    await page.wait_for_url("**/films/*")
    await page.goto("/")
    await expect(page.get_by_label("A sentence or a script")).to_have_value("")


async def test_what_was_wrong_with_words_that_are_written_over_by_now_is_not_said_of_those_that_stand_there(
    serve: Serve, chromium: Browser
) -> None:
    page = await (await chromium.new_context(base_url=(await serve(works=False)).url)).new_page()
    text = page.get_by_label("A sentence or a script")
    asked, goes = asyncio.Event(), asyncio.Event()

    async def answer_late(route: Route) -> None:
        answer = await route.fetch()
        asked.set()
        await goes.wait()
        await route.fulfill(response=answer)

    await page.goto("/")
    await expect(page.locator("#price")).to_contain_text("The price is told here")
    await page.route("**/price", answer_late, times=1)
    await text.fill("12345")
    await asked.wait()
    await text.fill(FOX)
    goes.set()
    await expect(page.locator("#price strong")).to_have_text("free", timeout=20_000)
    await expect(page.locator("#wrong-prompt")).to_have_count(0)

    asked.clear()
    goes.clear()
    await page.route("**/create", answer_late, times=1)
    await text.fill("12345")
    await page.get_by_role("button", name="Make the storyboard").click()
    await asked.wait()
    await text.fill(FOX)
    goes.set()
    await expect(page.locator("#notice")).to_contain_text("no words")
    await expect(page.locator("#price strong")).to_have_text("free", timeout=20_000)
    await expect(page.locator("#wrong-prompt")).to_have_count(0)
