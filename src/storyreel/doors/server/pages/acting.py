"""What a film's page can do: approve, cancel, go on, make it again by another model, share it; and with a shot, likewise."""

from fastapi import APIRouter
from starlette.responses import Response

from storyreel.domain.film import Film
from storyreel.domain.seeds import within
from storyreel.doors.server.pages.film import STOPPED
from storyreel.doors.server.pages.forms import UNKNOWN, told_price
from storyreel.doors.server.pages.page import AForm, AMaking, Page, PageRoute, seen_at
from storyreel.doors.server.pages.sent_twice import sent_once
from storyreel.orders import FilmWishes

router = APIRouter(include_in_schema=False, route_class=PageRoute)


@router.post("/films/{film}/approve")
async def approve(film: str, page: AMaking, form: AForm) -> Response:
    """Let a film be made for the price that its button told."""
    known = await page.desk.film(page.caller, film)
    change = await page.desk.studio.plan_approval(known, allow_unpriced=form.text("told") == UNKNOWN)
    page.desk.studio.must_cost_as_told(change, told_price(form))
    await page.desk.studio.start_change(change)
    return seen_at(f"/films/{known.id}")


@router.post("/films/{film}/cancel")
async def cancel(film: str, page: AMaking, form: AForm) -> Response:  # noqa: ARG001  its token was looked at
    """End a film tidily."""
    known = await page.desk.film(page.caller, film)
    await page.desk.studio.cancel(known)
    return seen_at(f"/films/{known.id}")


@router.post("/films/{film}/resume")
async def resume(film: str, page: AMaking, form: AForm) -> Response:
    """Go on with a film that stopped, for the price that its button told; after a doubt, with what was decided."""
    known, studio = await page.desk.film(page.caller, film), page.desk.studio
    if known.state in STOPPED:
        change = await studio.plan_edit(known, known.storyboard, allow_unpriced=form.text("told") == UNKNOWN)
        studio.must_cost_as_told(change, told_price(form))
        await studio.start_change(change)
    else:
        await studio.restart(known)
    return seen_at(f"/films/{known.id}")


@router.post("/films/{film}/versions")
async def make_version(film: str, page: AMaking, form: AForm) -> Response:
    """The same storyboard as another film, by another model: drawn at once where that is free, else as a storyboard first."""
    known = await page.desk.film(page.caller, film)
    return seen_at(f"/films/{await sent_once(page, form, lambda: _version(page, known, form.text('model')))}")


@router.post("/films/{film}/shots/{shot}/retake")
async def retake(film: str, shot: str, page: AMaking, form: AForm) -> Response:
    """One more take of a shot, for the price that its button told."""
    known = await page.desk.film(page.caller, film)
    change = await page.desk.studio.plan_retake(known, shot, allow_unpriced=form.text("told") == UNKNOWN)
    page.desk.studio.must_cost_as_told(change, told_price(form))
    await page.desk.studio.start_change(change)
    return _at(known, shot)


@router.post("/films/{film}/shots/{shot}/select")
async def select(film: str, shot: str, page: AMaking, form: AForm) -> Response:
    """Use another take of a shot; it costs nothing."""
    known = await page.desk.film(page.caller, film)
    await page.desk.studio.start_selection(known, shot, form.text("take"))
    return _at(known, shot)


@router.post("/films/{film}/shots/{shot}/lock")
async def lock(film: str, shot: str, page: AMaking, form: AForm) -> Response:
    """Let a shot keep its take whatever changes, or no more."""
    known, studio = await page.desk.film(page.caller, film), page.desk.studio
    await (studio.lock if form.text("locked") else studio.unlock)(known, shot)
    return _at(known, shot)


async def _version(page: Page, film: Film, model: str) -> Film:
    studio, order = page.desk.studio, film.order
    quick = studio.catalogue.model(model.partition("@")[0]).built_in
    pictures = [await page.desk.blobs.get_bytes(digest) for digest in order.references]
    board = film.storyboard.model_copy(
        update={
            "scenes": tuple(
                scene.model_copy(update={"shots": tuple(shot.model_copy(update={"model": None}) for shot in scene.shots)})
                for scene in film.storyboard.scenes
            )
        }
    )
    wishes = FilmWishes(
        model=model,
        size=str(order.size),
        seed=within(order.seed),
        joins=order.joins,
        references=pictures,
        approve=not quick,
        deliver=False,
        user=page.caller.user,
        api_key=page.caller.api_key,
    )
    return await studio.start_film(board, **wishes)


def _at(film: Film, shot: str) -> Response:
    return seen_at(f"/films/{film.id}?shot={shot}")
