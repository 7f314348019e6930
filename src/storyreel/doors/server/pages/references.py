"""`/references`: pictures and a motion video in; what they show and a prompt to edit; one button, and the film of them."""

from contextlib import AsyncExitStack
from decimal import Decimal
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.responses import Response

from storyreel.domain.errors import StoryreelError
from storyreel.domain.model import Mode, Quote
from storyreel.domain.storyboard import Storyboard
from storyreel.doors.server.judging import judged_clip
from storyreel.doors.server.pages.choices import Choice, choices
from storyreel.doors.server.pages.forms import Form, told_price
from storyreel.doors.server.pages.page import AForm, AMaking, APage, Page, PageRoute, told_in
from storyreel.doors.server.pages.sent_twice import sent_once
from storyreel.doors.server.pages.wishes import SHAPES, must_have_pictures, pictures_of, wishes_of
from storyreel.orders import FilmWishes

if TYPE_CHECKING:
    from storyreel.domain.film import Film
    from storyreel.writing.references import Reading

router = APIRouter(include_in_schema=False, route_class=PageRoute)

USE_CASES = ("general", "product_video", "hero_image", "gemstone_closeup", "luxury_brand")


@router.get("/references")
async def references_page(page: APage) -> Response:
    """Where references are dropped."""
    return page.answer(
        "pages/references", choices=_choices(page), shapes=SHAPES, cases=USE_CASES, typed={}, problem=None, quote=None
    )


@router.post("/references/read")
async def read(page: AMaking, form: AForm) -> Response:
    """What the references show, the prompt for it, and the price; no film is made."""
    pictures, wishes = await pictures_of(page.desk, form), wishes_of(form, page.caller)
    must_have_pictures(pictures)
    prompt = form.text("prompt")
    reading = await _reading(page, form, pictures, again=bool(prompt))
    board = page.desk.studio.board_of(reading, prompt, **wishes)
    quote, refused = await _price(page, board, _fitting(wishes, pictures))
    template = "parts/reading" if page.partly else "pages/reading"
    return page.answer(template, reading=reading, quote=quote, refused=refused, prompt=prompt or reading.prompt)


@router.post("/references/price")
async def price(page: APage, form: AForm) -> Response:
    """The button that makes the film, with the price that it tells; nothing is read or started."""
    try:
        wishes, count = wishes_of(form, page.caller), max(1, form.whole("dropped") or 0)
        board = page.desk.studio.board_of(_unread(), **wishes)
        quote = (await page.desk.studio.estimate(board, **_fitting(wishes, [b""] * count))).quote
    except StoryreelError:  # told once the form is sent, which nothing is paid for until its price is told
        quote = None
    return page.answer("parts/make", quote=quote)


@router.post("/references")
async def make(page: AMaking, form: AForm) -> Response:
    """The film of the references: on its way for a price that was told, otherwise waiting until its own is approved."""
    return page.onward(f"/films/{await sent_once(page, form, lambda: _film(page, form))}")


async def _film(page: Page, form: Form) -> "Film":
    pictures, wishes, prompt = await pictures_of(page.desk, form), wishes_of(form, page.caller), form.text("prompt")
    must_have_pictures(pictures)
    reading = await _reading(page, form, pictures, again=bool(prompt))
    board = page.desk.studio.board_of(reading, prompt, **wishes)
    fitting = _fitting(wishes, pictures)
    quote, _ = await _price(page, board, fitting)
    fitting["approve"] = quote is not None and not _is_told(form, quote.expected_usd)
    return await page.desk.studio.start_film(board, **fitting)


def _is_told(form: Form, usd: Decimal | None) -> bool:
    """Whether the button told so much."""
    if usd is None:
        return False
    return usd <= ((told_price(form) if form.text("told") else None) or 0)


def _unread() -> "Reading":
    """References that nobody has read: their film's price is that of any."""
    from storyreel.writing.references.notes import Reading, Spent, UseCase

    return Reading(description="…", prompt="…", pictures=(), use_case=UseCase.GENERAL, offline=True, spent=Spent(model=""))


async def _reading(page: Page, form: Form, pictures: list[bytes], *, again: bool) -> "Reading":
    """What the references show; `again`: their prompt was edited already, and nobody is paid to read them once more."""
    async with AsyncExitStack() as stack:
        given = form.files("motion")
        return await page.desk.studio.read(
            pictures,
            motion=await stack.enter_async_context(judged_clip(page.desk, given[0], field="motion")) if given else None,
            use_case=form.text("use_case") or None,
            instructions=form.text("instructions") or None,
            writer="rules" if again else None,
            model=form.text("model") or None,
        )


async def _price(page: Page, board: Storyboard, wishes: FilmWishes) -> tuple[Quote | None, str]:
    """The price, or why no film can be made so."""
    try:
        return (await page.desk.studio.plan_film(board, **wishes)).quote, ""
    except StoryreelError as error:
        return None, told_in(page.language, error).detail


def _fitting(wishes: FilmWishes, pictures: list[bytes]) -> FilmWishes:
    """The storyboard has settled the lengths; the pictures go with it."""
    return {**wishes, "shots": None, "seconds": None, "references": pictures}


def _choices(page: Page) -> list[Choice]:
    """Models that follow reference pictures."""
    return [one for one in choices(page.desk.studio) if Mode.REFERENCES in one.modes]
