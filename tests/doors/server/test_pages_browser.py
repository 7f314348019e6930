"""The whole journey in a real browser: a sentence to a film that is downloaded; nothing keeps anybody out, nothing is blocked.

Requirement D7 too: three pictures at a stand-in.
"""

import io
import re
import shutil
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import Browser, FilePayload, Page, async_playwright, expect

from storyreel.accounts import accounts_of
from storyreel.standins.fixtures import Standin, standin, standin_studio
from tests.doors.server.conftest import Serve

__all__ = ["standin", "standin_studio"]

CHROMIUM = shutil.which("chromium")
AXE = Path(__file__).parents[2] / "browser" / "node_modules" / "axe-core" / "axe.min.js"
MISSING = "needs Debian's chromium, and axe-core: npm install --prefix tests/browser"
TEXT = "A fox runs through the snow. The fox stops and looks at the moon."
SPEED = 5000.0
COLOURS = ("steelblue", "peru", "ivory")
LENGTH = """() => new Promise((told) => {
    const tell = () => told(player.duration);
    player.duration ? tell() : (player.onloadedmetadata = tell);
})"""
"""Of the film in the player, in seconds, once it knows."""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.journey,
    pytest.mark.skipif(CHROMIUM is None or not AXE.is_file(), reason=MISSING),
    pytest.mark.usefixtures("drawers"),
]


def picture(colour: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (640, 360), colour).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
async def chromium() -> AsyncGenerator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        await browser.close()


async def faults(page: Page) -> list[str]:
    """What axe finds that is serious, each with where it is."""
    if not await page.evaluate("() => 'axe' in window"):
        await page.evaluate(AXE.read_text())
    found = await page.evaluate("() => axe.run({ resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'] })")
    return [
        f"{page.url}: {one['id']}: {node['html'][:200]} {node['any'][0]['message'] if node['any'] else ''}"
        for one in found["violations"]
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
    ]


async def test_a_sentence_becomes_a_film_that_is_watched_retaken_and_downloaded_and_three_pictures_another(
    serve: Serve, chromium: Browser, standin: Standin
) -> None:
    cloud = await standin("replicate", speed=SPEED)
    server = await serve(accounts=accounts_of(cloud.environment(cloud.url)), pace=SPEED)
    context = await chromium.new_context(base_url=server.url, accept_downloads=True)
    page, other = await context.new_page(), await context.new_page()
    said: list[str] = []
    for one in (page, other):
        one.on("console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None)
        one.on("pageerror", lambda error: said.append(str(error)))

    await page.goto("/")
    await page.evaluate("() => document.querySelector('[name=shape]').add(new Option('160x90', '160x90', true, true))")
    await page.get_by_label("A sentence or a script").fill("12345")
    await expect(page.locator("#wrong-prompt")).to_contain_text("no words")
    async with page.expect_response("**/price"):  # asked for where a field is left
        await page.get_by_role("button", name="Make the storyboard").click()
    await expect(page.locator("#wrong-prompt")).to_contain_text("no words")
    await page.get_by_label("A sentence or a script").fill(TEXT)
    await expect(page.locator("#wrong-prompt")).to_have_count(0)
    await page.get_by_label("Shots", exact=True).fill("many")
    await page.get_by_role("button", name="Make the storyboard").click()
    await expect(page.locator("#asked .wrong")).to_contain_text("'many' is not a number")
    await expect(page.get_by_label("Shots", exact=True)).to_be_focused()
    await expect(page.get_by_label("A sentence or a script")).to_have_value(TEXT)
    await page.get_by_label("Shots", exact=True).fill("2")
    await page.get_by_label("Seconds of each").fill("0.5")
    await expect(page.locator("#price strong")).to_have_text("free", timeout=20_000)
    assert await faults(page) == []
    await page.get_by_role("button", name="Make the storyboard").click()

    await page.wait_for_url("**/films/*")
    place = page.url
    await page.get_by_label("Seconds").fill("long")
    await page.get_by_role("button", name="Save").click()
    await expect(page.locator("#words .wrong")).to_contain_text("'long' is not a number")
    assert page.url == place
    assert all("422" in one for one in said)
    said.clear()  # the browser notes those two refusals
    await page.get_by_label("Seconds").fill("0.5")
    await page.get_by_label("What is seen").fill("A wolf runs through the snow.")
    await page.get_by_label("What is seen").evaluate("field => { field.style.height = '150px' }")  # as a hand drags its corner
    await page.get_by_role("button", name="Save").click()
    await expect(page.locator(".tile").first).to_contain_text("A wolf runs")
    await other.goto(page.url)
    await page.locator(".tile a").first.focus()
    await page.keyboard.press("Alt+ArrowRight")
    await expect(page.locator(".tile").nth(1)).to_contain_text("A wolf runs")
    await expect(other.locator(".tile").nth(1)).to_contain_text("A wolf runs")
    assert await faults(page) == []

    await page.get_by_role("button", name="Produce · free").click()
    await expect(page.locator("#steps .now")).to_contain_text("Production")
    await page.reload()
    await expect(page.locator("#download")).to_be_visible(timeout=60_000)
    await page.keyboard.press("ArrowRight")
    await expect(page.get_by_role("heading", name="Shot 2")).to_be_visible()
    await page.get_by_label("Seconds").fill("0.75")
    await expect(page.locator("#retake")).to_be_disabled()  # it would make what was there before
    await page.get_by_label("Seconds").fill("0.5")
    await page.get_by_role("button", name="Retake · free").click()
    await expect(page.locator(".takes li")).to_have_count(2, timeout=60_000)
    await expect(page.locator("#download")).to_be_visible(timeout=60_000)
    await expect(other.locator(".tile").nth(1)).to_have_class(re.compile("ready"))
    await expect(other.locator("#download")).to_be_visible()
    assert await page.evaluate(LENGTH) > 0.9
    assert await faults(page) == []
    async with page.expect_download() as coming:
        await page.locator("#download").click()
    assert (await (await coming.value).path()).stat().st_size > 1000

    for place in ("/library", "/models?q=veo", "/settings", "/references"):
        await page.goto(place)
        assert await faults(page) == []

    pictures = [FilePayload(name=f"{colour}.png", mimeType="image/png", buffer=picture(colour)) for colour in COLOURS]
    await page.locator("[name=pictures]").set_input_files(pictures)
    await page.get_by_label("Model").select_option("veo-3.1@replicate")
    await page.get_by_role("button", name="Read them first").click()
    await expect(page.locator("#reading .price")).to_have_text("$3.20")
    await page.get_by_role("button", name="Make the film").click()
    await expect(page.locator("#download")).to_be_visible(timeout=60_000)
    assert [one.model for one in cloud.submissions] == ["google/veo-3.1"]

    await page.get_by_label("The same storyboard by").select_option("veo-3.1@replicate")
    await page.get_by_role("button", name="Make it").click()
    await page.get_by_role("button", name="Cancel").click()
    await expect(page.get_by_role("button", name="Go on · free")).to_be_visible(timeout=20_000)
    assert said == []

    await context.set_offline(True)
    await page.get_by_role("button", name="Go on · free").click()
    await expect(page.locator("#lost")).to_have_text("Connection lost, trying again")
    await context.set_offline(False)
    await expect(page.locator("#lost")).to_be_hidden()

    bob = await server.key("bob")
    his = await (await chromium.new_context(base_url=server.url)).new_page()
    await his.goto("/sign-in")
    await his.get_by_label("Key").fill(bob.secret)
    await his.get_by_role("button", name="Sign in").click()
    await expect(his.locator(".who")).to_contain_text("bob")
    await his.goto(page.url)
    await expect(his.locator("#problem")).to_contain_text("There is no film")
