"""`/`: a sentence, a script or pictures in; their price, told while one writes; a storyboard out, or an animatic at once."""

from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.responses import Response

from storyreel.doors.server.pages.choices import choices, drawn_by
from storyreel.doors.server.pages.forms import Form
from storyreel.doors.server.pages.page import AForm, AMaking, APage, Page, PageRoute, seen_at
from storyreel.doors.server.pages.sent_twice import sent_once
from storyreel.doors.server.pages.wishes import ASPECTS, must_have_words, pictures_of, wishes_of
from storyreel.orders import FilmWishes, story_part

if TYPE_CHECKING:
    from storyreel.domain.film import Film

router = APIRouter(include_in_schema=False, route_class=PageRoute)


@router.get("/")
async def create_page(page: APage) -> Response:
    """Where a film begins."""
    films = await page.desk.studio.films(4, user=page.caller.user)
    usual = page.desk.studio.settings.model
    return page.answer("pages/create", choices=choices(page.desk.studio), aspects=ASPECTS, usual=usual, films=films)


@router.post("/price")
async def price(page: APage, form: AForm) -> Response:
    """What the film of these words would be and cost; nothing is started."""
    text, wishes = form.text("prompt"), wishes_of(form, page.caller)
    if not text:
        return page.answer("parts/price", found=None)
    studio = page.desk.studio
    board = await studio.storyboard(text, **{**story_part(wishes), "writer": "rules"})
    wishes.update(shots=None, seconds=None, budget=None, allow_unpriced=True)
    found = await studio.estimate(board, **wishes)
    return page.answer("parts/price", found=found, findings=studio.lint(found.plan.storyboard))


@router.post("/create")
async def create(page: AMaking, form: AForm) -> Response:
    """The film, waiting for approval as a storyboard; or with `now` drawn at once, for nothing."""
    film = await sent_once(page, form, lambda: _film(page, form))
    return seen_at(f"/films/{film}")


async def _film(page: Page, form: Form) -> "Film":
    text, pictures, wishes = form.text("prompt"), await pictures_of(page.desk, form), wishes_of(form, page.caller)
    must_have_words(text, pictures)
    if form.text("now"):
        wishes.update(model=drawn_by(page.desk.studio.catalogue).id, budget=None)
    wishes["approve"] = not form.text("now")
    studio = page.desk.studio
    if not pictures:
        return await studio.start_film(text, **wishes)
    if len(pictures) == 1:
        return await studio.start_animation(pictures[0], text, **_of_one_picture(wishes))
    reading = await studio.read(pictures, instructions=text, model=wishes.get("model"))
    board = studio.board_of(reading, text, **wishes)
    wishes.update(shots=None, seconds=None, references=pictures)
    return await studio.start_film(board, **wishes)


def _of_one_picture(wishes: FilmWishes) -> FilmWishes:
    """A picture moves in one shot, in its own shape."""
    return {**wishes, "shots": None, "aspect": None}
