"""`/`: a sentence, a script or pictures in; their price, told while one writes; a storyboard out, or an animatic at once."""

from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.responses import Response

from storyreel.domain.errors import StoryreelError
from storyreel.domain.model import Mode
from storyreel.doors.languages.words import translations
from storyreel.doors.server.pages.choices import Choice, choices
from storyreel.doors.server.pages.forms import Form
from storyreel.doors.server.pages.page import AForm, AMaking, APage, Page, PageRoute, told_in
from storyreel.doors.server.pages.sent_twice import sent_once
from storyreel.doors.server.pages.wishes import JOINS, SHAPES, must_have_words, pictures_of, wishes_of
from storyreel.doors.server.problems import Problem
from storyreel.orders import FilmWishes, story_part

if TYPE_CHECKING:
    from storyreel.domain.film import Film
    from storyreel.estimate import Estimate
    from storyreel.studio import Studio

router = APIRouter(include_in_schema=False, route_class=PageRoute)

MOST_OFFERED = 3


@router.get("/")
async def create_page(page: APage) -> Response:
    """Where a film begins."""
    return await _page(page)


@router.post("/price")
async def price(page: APage, form: AForm) -> Response:
    """What the film of these words would be and cost, or why there is no price; nothing is started."""
    found = problem = followers = None
    try:
        followers = _followers(page, form)
        found = await _estimate(page, form)
    except StoryreelError as error:
        problem = told_in(page.language, error)
    return page.answer("parts/price", found=found, problem=problem, followers=followers)


def _followers(page: Page, form: Form) -> "list[Choice] | None":
    """Models that follow all the dropped pictures, where the chosen one begins on the first; None where it takes all."""
    studio = page.desk.studio
    if (form.whole("dropped") or 0) < 2 or _follows(studio, form.text("model") or None):
        return None
    return [one for one in choices(studio) if Mode.REFERENCES in one.modes and one.usable][:MOST_OFFERED]


def _follows(studio: "Studio", model: str | None) -> bool:
    """Whether that model takes several pictures as references. Raises UnknownModel."""
    name, _, _ = (model or studio.settings.model).partition("@")
    return Mode.REFERENCES in studio.catalogue.model(name).limits.modes


async def _estimate(page: Page, form: Form) -> "Estimate | None":
    """None while nothing is written."""
    text, wishes, studio = form.text("prompt"), wishes_of(form, page.caller), page.desk.studio
    if not text:
        return None
    board = await studio.storyboard(text, **{**story_part(wishes), "writer": "rules"})
    wishes.update(shots=None, seconds=None, budget=None, allow_unpriced=True)
    return await studio.estimate(board, **wishes)


@router.post("/create")
async def create(page: AMaking, form: AForm) -> Response:
    """The film, waiting for approval as a storyboard; or with `now` drawn at once, for nothing. What is refused stays written."""
    try:
        film = await sent_once(page, form, lambda: _film(page, form))
    except StoryreelError as error:
        if page.partly:  # what was written stands there still
            raise
        return await _page(page, form, told_in(page.language, error))
    return page.onward(f"/films/{film}")


async def _page(page: Page, form: Form | None = None, problem: Problem | None = None) -> Response:
    studio, said = page.desk.studio, translations(page.language).gettext
    films = await studio.films(4, user=page.caller.user)
    answer = page.answer(
        "pages/create",
        choices=choices(studio),
        shapes=SHAPES,
        joins=[(name, said(text)) for name, text in JOINS.items()],
        films=films,
        typed=form.typed if form else {"model": studio.settings.model},
        problem=problem,
    )
    answer.status_code = problem.status if problem else answer.status_code
    return answer


async def _film(page: Page, form: Form) -> "Film":
    text, pictures, wishes = form.text("prompt"), await pictures_of(page.desk, form), wishes_of(form, page.caller)
    must_have_words(text, pictures)
    if form.text("now"):
        wishes.update(model=page.desk.studio.catalogue.drawn_by().id, budget=None)
    wishes["approve"] = not form.text("now")
    studio = page.desk.studio
    if not pictures:
        return await studio.start_film(text, **wishes)
    if len(pictures) == 1 or not _follows(studio, wishes.get("model")):
        return await studio.start_animation(pictures[0], text, **_of_one_picture(wishes))
    reading = await studio.read(pictures, instructions=text, model=wishes.get("model"))
    board = studio.board_of(reading, text, **wishes)
    wishes.update(shots=None, seconds=None, references=pictures)
    return await studio.start_film(board, **wishes)


def _of_one_picture(wishes: FilmWishes) -> FilmWishes:
    """A picture moves in one shot, in its own shape."""
    return {**wishes, "shots": None, "aspect": None}
