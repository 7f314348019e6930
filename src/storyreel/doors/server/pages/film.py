"""`/films/{id}`: one page for a film's whole life: its storyboard, its production, the film."""

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import Response

from storyreel.domain.errors import StoryreelError
from storyreel.domain.events import Event
from storyreel.domain.film import Film, FilmState
from storyreel.domain.generation import Take
from storyreel.domain.storyboard import JoinKind, Move, Pace, ShotSize
from storyreel.domain.values import Language
from storyreel.doors.languages.words import translations
from storyreel.doors.server.files import blob_answer
from storyreel.doors.server.pages.choices import choices
from storyreel.doors.server.pages.page import APage, Page, PageRoute, told_in
from storyreel.doors.server.pages.reel import Reel, Stage, Tile, reel_of, title_of
from storyreel.doors.server.pages.telling import take_called, told_of
from storyreel.doors.server.refusals import NotFound
from storyreel.library import events

if TYPE_CHECKING:
    from storyreel.production.attention import Doubt
    from storyreel.production.change import Change

router = APIRouter(include_in_schema=False, route_class=PageRoute)

STOPPED = frozenset({FilmState.FAILED, FilmState.CANCELLED})
"""States from which a film goes on at a price that is told."""

MOST_EVENTS = 10_000
MOST_READS = 3  # of a film in which something happens meanwhile

CHOICES = {"sizes": tuple(ShotSize), "moves": tuple(Move), "paces": tuple(Pace), "joins": tuple(JoinKind)}
"""What a shot's form offers."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What something would cost now, or why it cannot be done."""

    usd: Decimal | None
    refused: str = ""
    numbers: tuple[int, ...] = ()  # the shots that are made for it

    @property
    def possible(self) -> bool:
        """Whether it can be done."""
        return not self.refused


WHOLE = {"HX-Retarget": "#film", "HX-Reselect": "#film", "HX-Reswap": "outerHTML"}


@router.get("/films/{film}")
async def film_page(film: str, page: APage, shot: str = "") -> Response:
    """A film, with one of its shots open."""
    told = await facts(page, film)
    reel: Reel = told["reel"]  # pyright: ignore[reportAssignmentType]
    answer = page.answer("pages/film", **told, **await shot_facts(page, reel, reel.tile(shot)))
    if "HX-Boosted" in page.request.headers:  # the button that asked may be gone by now, and with it where the answer goes
        answer.headers.update(WHOLE)
    return answer


@router.get("/films/{film}/shots/{shot}/take")
async def take_part(film: str, shot: str, page: APage) -> Response:
    """The takes of a shot, once more."""
    reel = await reel_of(page.desk, await page.desk.film(page.caller, film))
    return page.answer("parts/take", reel=reel, **await shot_facts(page, reel, reel.tile(shot)))


@router.get("/films/{film}/shots/{shot}/screen")
async def screen_part(film: str, shot: str, page: APage) -> Response:
    """The screen, with that shot on it."""
    reel = await reel_of(page.desk, await page.desk.film(page.caller, film))
    return page.answer("parts/screen", reel=reel, tile=reel.tile(shot))


@router.get("/films/{film}/shots/{shot}/clip")
async def clip(film: str, shot: str, request: Request, page: APage, take: int) -> Response:
    """The clip of a take."""
    known = await page.desk.film(page.caller, film)
    made = (await page.desk.studio.takes(known)).get(shot, ())
    digest = next((one.output for one in made if one.number == take), None)
    if digest is None:
        raise NotFound("take", f"{shot}/{take}")
    return await blob_answer(page.desk, request, digest, "video/mp4", f"{known.id}-{shot}-{take}.mp4")


async def facts(page: Page, film: str, shares: Mapping[str, float] | None = None) -> dict[str, object]:
    """What the parts of a film's page that change by themselves are made of, after the event that is told as the latest.

    It is read event for event, and read again where one came between. Raises NotFound.
    """
    database, left = page.desk.database, MOST_READS
    while True:
        happened = await database.read(events.since, film, 0, MOST_EVENTS)  # first: what comes later is told later
        told = await _facts(page, await page.desk.film(page.caller, film), happened, shares)
        left -= 1
        if not left or await database.read(events.latest, film) == told["latest"]:
            return told


async def _facts(page: Page, film: Film, happened: Sequence[Event], shares: Mapping[str, float] | None) -> dict[str, object]:
    desk = page.desk
    reel = await reel_of(desk, film, shares)
    in_doubt = film.state is FilmState.NEEDS_ATTENTION
    return {
        "reel": reel,
        "log": told_of(film, happened, page.language),
        "latest": happened[-1].number if happened else 0,
        "bill": await desk.studio.bill(film.id),
        "approval": await _approval(page, reel),
        "doubts": await _doubts(page, film) if in_doubt else [],
        "going_on": await _going_on(page, reel),
        "sketch": desk.studio.catalogue.drawn_by().id,
        "model": title_of(desk.studio.catalogue, film.order.model),
        "choices": [one for one in choices(desk.studio) if one.usable],
    }


async def _doubts(page: Page, film: Film) -> "list[tuple[str, Doubt]]":
    """The calls of a film that a person decides about, each with what its take is called."""
    said = translations(page.language).gettext
    calls = [one for one in await page.desk.studio.doubts() if one.call.key.film == film.id]
    return [(take_called(film, one.call.key.shot, one.call.take, said), one) for one in calls]


async def shot_facts(page: Page, reel: Reel, tile: Tile) -> dict[str, object]:
    """What the open shot's panel is made of."""
    takes: tuple[Take, ...] = (await page.desk.studio.takes(reel.film)).get(tile.id, ())
    retake = None if reel.live or reel.stage is Stage.STORYBOARD else await _retake(page, reel.film, tile)
    return {"tile": tile, "takes": takes, "retake": retake, "offers": CHOICES}


async def _approval(page: Page, reel: Reel) -> Offered | None:
    """What approving would cost now; None where nothing waits for it."""
    if reel.stage is not Stage.STORYBOARD:
        return None
    return await _offered(page.desk.studio.plan_approval(reel.film), page.language)


async def _going_on(page: Page, reel: Reel) -> Offered | None:
    """What it would cost to go on with a film that stopped; None for any other."""
    if reel.film.state not in STOPPED:
        return None
    return await _offered(page.desk.studio.plan_edit(reel.film, reel.film.storyboard), page.language)


async def _retake(page: Page, film: Film, tile: Tile) -> Offered | None:
    """What one more take would cost; None for a shot that has none, or is locked."""
    if tile.take is None or tile.locked:
        return None
    return await _offered(page.desk.studio.plan_retake(film, tile.id), page.language)


async def _offered(planning: "Awaitable[Change]", language: Language) -> Offered:
    """A change as a button tells it."""
    try:
        change = await planning
    except StoryreelError as error:
        return Offered(None, told_in(language, error).detail)
    numbers = tuple(number for number, shot in enumerate(change.storyboard.shots, start=1) if shot.id in change.reasons)
    return Offered(change.quote.expected_usd, numbers=numbers)
