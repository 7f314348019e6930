"""A storyboard edited on its page: one shot's words and camera, or the order of shots; with a price where that costs.

A shot's form tells how the shot stood when it was filled in: what somebody else saved since then is shown, and not overwritten.
"""

import asyncio
from typing import TYPE_CHECKING

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.responses import Response

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.film import Film
from storyreel.domain.ordering import ordered
from storyreel.domain.storyboard import Shot, Storyboard
from storyreel.doors.languages.words import N_
from storyreel.doors.server.pages.forms import UNKNOWN, Form, told_price
from storyreel.doors.server.pages.page import AForm, AMaking, Page, PageRoute, seen_at
from storyreel.doors.server.pages.reel import shot_seen
from storyreel.doors.server.refusals import NotFound

if TYPE_CHECKING:
    from storyreel.production.change import Change

router = APIRouter(include_in_schema=False, route_class=PageRoute)

STEPS = {"-1": -1, "1": 1}
SEEN = "seen"
FIELDS = ("size", "move", "pace", "join")
"""Of a shot, those that are chosen from a list."""

SHOWN = {
    "description": N_("What is seen"),
    "size": N_("Frame"),
    "move": N_("Camera"),
    "pace": N_("Pace"),
    "join": N_("Joined by"),
    "seconds": N_("Seconds"),
    "model": N_("Model"),
    "prompt": N_("Prompt, word for word"),
}
"""Of a shot, what its form shows, each as it is called there."""


@router.post("/films/{film}/shots/{shot}/edit")
async def edit_shot(film: str, shot: str, page: AMaking, form: AForm) -> Response:
    """A shot as the form says; what costs is asked first, and whose words stay, where somebody else changed it meanwhile."""
    known = await page.desk.film(page.caller, film)
    before = next((one for one in known.storyboard.shots if one.id == shot), None)
    if before is None:
        raise NotFound("shot", shot)
    board = await _edited(known.storyboard, before, form)
    after = next(one for one in board.shots if one.id == shot)
    if form.text(SEEN) not in {"", shot_seen(before)} and after != before:
        return _meanwhile(page, form, known, before, after)
    return await _changed(page, form, known, board, shot)


@router.post("/films/{film}/order")
async def reorder(film: str, page: AMaking, form: AForm) -> Response:
    """The shots in another order: all of them by their ids, or one of them moved by a place."""
    known = await page.desk.film(page.caller, film)
    ids = [shot.id for shot in known.storyboard.shots]
    shot = form.text("shot")
    wanted = form.text("order").split(",") if form.text("order") else _moved(ids, shot, STEPS.get(form.text("by"), 0))
    if sorted(wanted) != sorted(ids):
        raise InvalidRequest("The shots have changed meanwhile; load the page again.", field="order")
    return await _changed(page, form, known, ordered(known.storyboard, wanted), shot or wanted[0])


async def _changed(page: Page, form: Form, film: Film, board: Storyboard, shot: str) -> Response:
    """The film by another storyboard; or the price of that first, where there is one that was not told yet."""
    studio, told = page.desk.studio, form.text("told")
    change = await studio.plan_edit(film, board, allow_unpriced=told == UNKNOWN)
    if _costs(film, change) and not told:
        numbers = _numbers(board, change)
        return page.answer("pages/agree", film=film, change=change, numbers=numbers, fields=_fields(form), shot=shot)
    if told:
        studio.must_cost_as_told(change, told_price(form))
    await studio.start_change(change)
    return seen_at(f"/films/{film.id}?shot={shot}")


def _meanwhile(page: Page, form: Form, film: Film, saved: Shot, wanted: Shot) -> Response:
    """Both versions of a shot, to choose from; the price of what is written is told once that is chosen."""
    told = [(text, getattr(saved, name), getattr(wanted, name)) for name, text in SHOWN.items()]
    fields = [(name, value) for name, value in _fields(form) if name not in {SEEN, "told"}] + [(SEEN, shot_seen(saved))]
    number = 1 + [one.id for one in film.storyboard.shots].index(saved.id)
    differing = [one for one in told if one[1] != one[2]]
    return page.answer("pages/meanwhile", film=film, shot=saved.id, number=number, differing=differing, fields=fields)


def _fields(form: Form) -> list[tuple[str, str]]:
    """What a form sent, to be sent again."""
    return [(name, value) for name, value in form.data.multi_items() if isinstance(value, str)]


def _costs(film: Film, change: "Change") -> bool:
    """Whether a person is asked first: it costs, and nobody approves it later."""
    return bool(change.quote.expected_usd) and (film.ended is not None or not film.order.approve)


def _numbers(board: Storyboard, change: "Change") -> list[int]:
    """The shots that are made again."""
    return [number for number, shot in enumerate(board.shots, start=1) if shot.id in change.reasons]


def _retold(board: Storyboard, shot: str, text: str) -> Storyboard:
    from storyreel.writing.retold import retold  # a server starts without what writes

    return retold(board, shot, text)


async def _edited(board: Storyboard, before: Shot, form: Form) -> Storyboard:
    """The storyboard with the shot as the form says: what is chosen there wins over what its words say. Raises InvalidRequest."""
    told: dict[str, object] = {
        name: value for name in FIELDS if (value := form.text(name)) not in {"", getattr(before, name).value}
    }
    if (seconds := form.number("seconds")) not in {None, before.seconds}:
        told["seconds"] = seconds
    if "model" in form.data:
        told["model"] = form.text("model") or None
    if "prompt" in form.data:
        told["prompt"] = form.text("prompt")
    if (text := form.text("description")) and text != before.description:
        board = await asyncio.to_thread(_retold, board, before.id, text)
    stands = next(one for one in board.shots if one.id == before.id)
    try:
        return _with(board, Shot.model_validate({**stands.model_dump(), **told}))
    except ValidationError as error:
        first = error.errors()[0]
        raise InvalidRequest(f"{first['loc'][0]}: {first['msg']}.", field=str(first["loc"][0])) from error


def _with(board: Storyboard, changed: Shot) -> Storyboard:
    scenes = tuple(
        scene.model_copy(update={"shots": tuple(changed if shot.id == changed.id else shot for shot in scene.shots)})
        for scene in board.scenes
    )
    return board.model_copy(update={"scenes": scenes})


def _moved(ids: list[str], shot: str, by: int) -> list[str]:
    """The order with one shot some places further on."""
    if shot not in ids:
        raise NotFound("shot", shot)
    rest = [id for id in ids if id != shot]
    place = min(max(0, ids.index(shot) + by), len(rest))
    return [*rest[:place], shot, *rest[place:]]
