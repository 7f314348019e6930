"""`/v1/films`: films made, watched, paid for and had."""

from http import HTTPStatus
from typing import Annotated, Literal, Self, TypeAlias

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.config import JsonDict
from starlette.responses import Response

from storyreel.domain.film import LONGEST_FILM_S, LONGEST_TEXT, MOST_RETAKES, MOST_RETRIES, MOST_SHOTS, Film
from storyreel.domain.seeds import Seed
from storyreel.domain.storyboard import Storyboard
from storyreel.doors.server.callers import Caller
from storyreel.doors.server.desk import ADesk, Desk, Maker, Reader
from storyreel.doors.server.files import blob_answer
from storyreel.doors.server.once import IdempotencyKey, once
from storyreel.doors.server.pictured import pictures_named
from storyreel.doors.server.refusals import Conflict
from storyreel.doors.server.views import (
    FilmPage,
    FilmView,
    FindingView,
    QuoteView,
    WholeFilmView,
    film_view,
    finding_views,
    quote_view,
    whole_film_view,
)
from storyreel.library import ledger
from storyreel.library.replies import Accepted
from storyreel.orders import FilmWishes, story_part

router = APIRouter(prefix="/v1", tags=["films"])

MOST_REFERENCES = 10
Picture: TypeAlias = Annotated[str, Field(min_length=1, max_length=2000, examples=["asset_6f1ed002ab5595859014ebf0"])]

EXAMPLE: JsonDict = {
    "prompt": "An old lighthouse keeper finds a message in a bottle; a storm rises",
    "model": "animatic",
    "shots": 3,
}


class Wishes(BaseModel):
    """What may be wished of a film; what is left out is chosen from the words."""

    model_config = ConfigDict(extra="forbid")

    model: Annotated[str | None, Field(max_length=200, description='"animatic", "kling-2.5-turbo@replicate", "auto".')] = None
    shots: Annotated[int | None, Field(ge=1, le=MOST_SHOTS)] = None
    seconds: Annotated[float | None, Field(ge=0.5, le=60, description="Of each shot.")] = None
    length: Annotated[float | None, Field(ge=0.5, le=LONGEST_FILM_S, description="Of the whole film, in seconds.")] = None
    aspect: Annotated[str | None, Field(pattern=r"^[1-9]\d{0,2}:[1-9]\d{0,2}$", examples=["9:16"])] = None
    size: Annotated[str | None, Field(pattern=r"^\d{2,4}x\d{2,4}$", examples=["1280x720"], description="Instead of aspect.")] = (
        None
    )
    joins: Literal["auto", "chain", "keyframes", "cuts"] = "auto"
    keyframe_model: Annotated[str | None, Field(max_length=200)] = None
    writer: Annotated[str | None, Field(max_length=100, description='"rules", "model", or a language model\'s name.')] = None
    budget: Annotated[float | None, Field(ge=0, le=100_000, description="US dollars that the film may cost.")] = None
    allow_unpriced: bool = False
    seed: Seed | None = None
    retakes: Annotated[int, Field(ge=0, le=MOST_RETAKES)] = 0
    retries: Annotated[int, Field(ge=0, le=MOST_RETRIES)] = 2
    fallbacks: Annotated[list[str], Field(max_length=10)] = []
    rephrase: bool = False
    cache: bool = True
    slate: bool = False
    references: Annotated[
        list[Picture], Field(max_length=MOST_REFERENCES, description="Every shot resembles them: assets, or addresses.")
    ] = []


class FilmRequest(Wishes):
    """A film that is asked for: by a prompt, a script or a storyboard, one of them, or by a picture that it begins on."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE]})

    prompt: Annotated[str | None, Field(min_length=1, max_length=LONGEST_TEXT)] = None
    script: Annotated[str | None, Field(min_length=1, max_length=LONGEST_TEXT)] = None
    storyboard: Storyboard | None = None
    first_frame: Annotated[
        Picture | None,
        Field(description="A picture (an asset, or its address), which becomes a film of one shot and moves as the prompt says."),
    ] = None
    approve: Annotated[bool, Field(description="Nothing is made before it is approved at `/v1/films/{id}/approve`.")] = False

    @model_validator(mode="after")
    def _one_story(self) -> Self:
        stories = sum(story is not None for story in (self.prompt, self.script, self.storyboard))
        if self.first_frame is not None and (self.script is not None or self.storyboard is not None or (self.shots or 1) != 1):
            raise ValueError("a film that begins on a picture has one shot; give a prompt with it, or nothing")
        if stories != 1 and (stories or self.first_frame is None):
            raise ValueError("give a prompt, a script or a storyboard: one of them")
        return self


class EstimateView(BaseModel):
    """What a film would be and cost; nothing was started."""

    quote: QuoteView
    storyboard: Storyboard
    notes: Annotated[tuple[str, ...], Field(description="What would be otherwise than asked, a sentence each.")]
    findings: tuple[FindingView, ...]


class BillLine(BaseModel):
    """One call of a provider."""

    shot: str
    route: str
    state: str
    quote_usd: float | None
    held_usd: float
    cost_usd: float
    remote_id: str | None


class BillView(BaseModel):
    """What a film was quoted, holds, and has cost."""

    film: str
    cost_usd: float
    held_usd: float
    calls: tuple[BillLine, ...]


@router.post("/films", status_code=HTTPStatus.CREATED, response_model=FilmView)
async def create_film(
    body: FilmRequest, request: Request, desk: ADesk, caller: Maker, idempotency_key: IdempotencyKey = None
) -> Response:
    """Make a film. It is accepted at once and made in the background; follow its events, or ask for it."""

    async def work() -> FilmView:
        wishes = await _wishes(desk, body, caller)
        if (picture := await _first_frame(desk, body, caller)) is not None:
            return film_view(await desk.studio.start_animation(picture, body.prompt or "", **wishes))
        return film_view(await desk.studio.start_film(_story(body), **wishes))

    async def of_accepted(accepted: Accepted) -> FilmView:
        return film_view(await desk.film(caller, accepted.film))

    return await once(desk, caller, idempotency_key, request, work, status=HTTPStatus.CREATED, of_accepted=of_accepted)


@router.post("/estimate", tags=["models"])
async def estimate_film(body: FilmRequest, desk: ADesk, caller: Reader) -> EstimateView:
    """Tell what a film would be and cost. Nothing is started, and no provider's key is needed."""
    wishes = await _wishes(desk, body, caller)
    if (picture := await _first_frame(desk, body, caller)) is not None:
        plan = await desk.studio.plan_animation(picture, body.prompt or "", **wishes)
    else:
        story = _story(body)
        if isinstance(story, str):
            story = await desk.studio.storyboard(story, **{**story_part(wishes), "writer": "rules"})
            wishes.update(shots=None, seconds=None, length=None)
        plan = (await desk.studio.estimate(story, **wishes)).plan
    return EstimateView(
        quote=quote_view(plan.quote),
        storyboard=plan.storyboard,
        notes=plan.notes,
        findings=finding_views(desk.studio.lint(plan.storyboard)),
    )


@router.get("/films")
async def list_films(
    desk: ADesk,
    caller: Reader,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    after: Annotated[str, Query(max_length=64, description="The `next` of the page before.")] = "",
    search: Annotated[
        str,
        Query(max_length=200, description="Words that are all in the title, the id, the prompt, what shots show, or the models."),
    ] = "",
) -> FilmPage:
    """The caller's films, newest first."""
    found = await desk.studio.films(limit + 1, user=caller.user, after=after, search=search)
    page = found[:limit]
    unbilled = await desk.studio.unbilled(*page)
    return FilmPage(
        data=tuple(film_view(film, unbilled.get(film.id, ())) for film in page),
        has_more=len(found) > limit,
        next=page[-1].id if len(found) > limit else None,
    )


@router.get("/films/{film}")
async def retrieve_film(film: str, desk: ADesk, caller: Reader) -> WholeFilmView:
    """A film and its shots, as they stand."""
    return await whole(desk, await desk.film(caller, film))


@router.get("/films/{film}/storyboard")
async def retrieve_storyboard(film: str, desk: ADesk, caller: Reader) -> Storyboard:
    """The film's storyboard: edit it, and PUT it back."""
    return (await desk.film(caller, film)).storyboard


@router.get("/films/{film}/bill")
async def retrieve_bill(film: str, desk: ADesk, caller: Reader) -> BillView:
    """What the film was quoted, holds and has cost, a line for each call."""
    known = await desk.film(caller, film)
    calls = await desk.database.read(ledger.calls_of, known.id)
    lines = (
        BillLine(
            shot=call.key.shot,
            route=call.key.route,
            state=call.state.value,
            quote_usd=None if call.quote_usd is None else float(call.quote_usd),
            held_usd=float(call.reserved_usd),
            cost_usd=float(call.cost_usd),
            remote_id=call.remote_id,
        )
        for call in calls
    )
    return BillView(film=known.id, cost_usd=float(known.cost_usd), held_usd=float(known.held_usd), calls=tuple(lines))


@router.get("/films/{film}/content", response_class=Response, responses={200: {"content": {"video/mp4": {}}}})
async def download_film(film: str, request: Request, desk: ADesk, caller: Reader) -> Response:
    """The finished film, an MP4. It may be asked for in parts (Range)."""
    known = await desk.film(caller, film)
    if known.output is None:
        raise Conflict(f"The film {known.id} is {known.state.value}; it can be had once it is ready.")
    return await blob_answer(desk, request, known.output, "video/mp4", f"{known.id}.mp4")


@router.post("/films/{film}/cancel")
async def cancel_film(film: str, desk: ADesk, caller: Maker) -> FilmView:
    """End a film tidily: nothing more is sent, what was finished is kept."""
    known = await desk.film(caller, film)
    await desk.studio.cancel(known)
    return film_view(await desk.film(caller, film))


@router.post("/films/{film}/resume")
async def resume_film(film: str, desk: ADesk, caller: Maker) -> FilmView:
    """Go on with a film that failed, was cancelled or was interrupted; shots that are ready are not made again."""
    known = await desk.film(caller, film)
    return film_view((await desk.studio.restart(known))[0])


async def whole(desk: Desk, film: Film) -> WholeFilmView:
    """A film with its shots, and what is stale and locked in it."""
    studio = desk.studio
    unbilled = (await studio.unbilled(film)).get(film.id, frozenset())
    return whole_film_view(film, await studio.shots(film), unbilled, await studio.stale(film), await studio.locked(film))


def _story(body: FilmRequest) -> "str | Storyboard":
    return body.storyboard or body.prompt or body.script or ""


async def _wishes(desk: Desk, body: FilmRequest, caller: Caller) -> FilmWishes:
    told = body.model_dump(exclude={"prompt", "script", "storyboard", "first_frame", "references"}, exclude_none=True)
    pictures = await pictures_named(desk, caller, body.references, field="references")
    return FilmWishes(**told, references=pictures, deliver=False, user=caller.user, api_key=caller.api_key)


async def _first_frame(desk: Desk, body: FilmRequest, caller: Caller) -> str | bytes | None:
    """The picture that the film begins on, where it was asked for so."""
    return None if body.first_frame is None else (await pictures_named(desk, caller, [body.first_frame], field="first_frame"))[0]
