"""Films, shots, takes and prices as the native REST routes tell them; money in US dollars, times in UTC, lengths in seconds."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Literal
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field

from storyreel.domain.film import Film, FilmState, Joins, ShotReport
from storyreel.domain.generation import GenerationState, Take
from storyreel.domain.model import Quote
from storyreel.domain.storyboard import Finding, Severity
from storyreel.doors.server.remedies import as_kept

Usd = Annotated[float, Field(ge=0, description="US dollars.")]


class View(BaseModel):
    """Told to a program: never changed."""

    model_config = ConfigDict(frozen=True)


class Fault(View):
    """Why something stopped."""

    code: str
    message: str


class TakeView(View):
    """A take: one clip that was made for a shot."""

    id: str
    number: Annotated[int, Field(description="Counted from 1 within the shot.")]
    model: str
    route: str
    state: GenerationState
    seconds: float | None
    cost_usd: Annotated[float | None, Field(description="Null: the provider told no price.")]
    saved_usd: Usd
    seed: int | None
    prompt: str
    error: Fault | None
    clip: Annotated[str | None, Field(description="Where the clip is; it may be asked for in parts (Range).")]
    last_frame: str | None
    created: datetime


class ShotView(View):
    """A shot as it stands, with the take that is used."""

    index: Annotated[int, Field(description="Counted from 1.")]
    id: str
    text: str
    seconds: float
    model: str
    state: GenerationState
    locked: bool
    stale: Annotated[tuple[str, ...], Field(description="The fields that were changed since its take was made.")]
    findings: tuple[str, ...]
    take: TakeView | None


class FilmView(View):
    """A film as it stands."""

    id: str
    object: Literal["film"] = "film"
    title: str
    state: FilmState
    model: str
    width: Annotated[int, Field(description="Pixels.")]
    height: Annotated[int, Field(description="Pixels.")]
    fps: int
    joins: Joins
    seconds: Annotated[float, Field(description="As measured; as planned, while it is not ready.")]
    cost_usd: Annotated[float | None, Field(description="What was paid so far. Null: a provider told no price.")]
    held_usd: Usd
    budget_usd: float | None
    error: Fault | None
    film: Annotated[str | None, Field(description="Where the finished film is; it may be asked for in parts (Range).")]
    created: datetime
    ended: datetime | None


class WholeFilmView(FilmView):
    """A film with its shots."""

    shots: tuple[ShotView, ...]


class FilmPage(View):
    """Some films, newest first."""

    object: Literal["list"] = "list"
    data: tuple[FilmView, ...]
    has_more: bool
    next: Annotated[str | None, Field(description="Give this as `after` to go on.")]


class QuoteView(View):
    """What something will cost and how long it takes, before anything is sent."""

    expected_usd: Annotated[float | None, Field(description="Null: no price is known.")]
    worst_usd: Annotated[float | None, Field(description="With every retake that is allowed.")]
    seconds: Annotated[tuple[float, float], Field(description="How long it takes, from and to.")]


class FindingView(View):
    """A remark on a storyboard; nothing stops for it."""

    rule: str
    severity: Severity
    message: str
    remedy: str
    shot: Annotated[int | None, Field(description="Counted from 1. Null: the film as a whole.")]


def quote_view(quote: Quote) -> QuoteView:
    """A price."""
    expected, worst = (None if usd is None else float(usd) for usd in (quote.expected_usd, quote.worst_usd))
    return QuoteView(expected_usd=expected, worst_usd=worst, seconds=quote.seconds)


def finding_views(findings: Sequence[Finding]) -> tuple[FindingView, ...]:
    """Remarks of the storyboard's lint."""
    return tuple(
        FindingView(rule=one.rule, severity=one.severity, message=one.message, remedy=one.remedy, shot=one.shot)
        for one in findings
    )


def film_view(film: Film, unbilled: Collection[str] = ()) -> FilmView:
    """A film's row. `unbilled`: its takes of which nobody told the price."""
    ready = film.state is FilmState.READY and film.output is not None
    return FilmView(
        id=film.id,
        title=film.title,
        state=film.state,
        model=film.order.model,
        width=film.order.size.width_px,
        height=film.order.size.height_px,
        fps=film.order.fps,
        joins=film.order.joins,
        seconds=film.seconds if film.seconds is not None else film.storyboard.seconds,
        cost_usd=None if unbilled else float(film.cost_usd),
        held_usd=float(film.held_usd),
        budget_usd=None if film.order.budget_usd is None else float(film.order.budget_usd),
        error=_fault(film.error_code, film.error, film.id),
        film=f"/v1/films/{film.id}/content" if ready else None,
        created=film.created,
        ended=film.ended,
    )


def whole_film_view(
    film: Film,
    shots: Sequence[ShotReport],
    unbilled: Collection[str],
    stale: Mapping[str, tuple[str, ...]],
    locked: Collection[str],
) -> WholeFilmView:
    """A film's row and its shots."""
    return WholeFilmView(
        **film_view(film, unbilled).model_dump(),
        shots=tuple(
            ShotView(
                index=shot.index,
                id=shot.id,
                text=shot.text,
                seconds=shot.seconds,
                model=shot.model,
                state=shot.state,
                locked=shot.id in locked,
                stale=stale.get(shot.id, ()),
                findings=tuple(finding.kind for finding in shot.findings),
                take=take_view(shot.take, unbilled) if shot.take else None,
            )
            for shot in shots
        ),
    )


def take_view(take: Take, unbilled: Collection[str] = ()) -> TakeView:
    """A take, and where its clip is."""
    place = f"/v1/films/{take.film}/shots/{quote(take.shot, safe=':')}/takes/{take.number}"
    return TakeView(
        id=take.id,
        number=take.number,
        model=take.model,
        route=take.route,
        state=take.state,
        seconds=take.seconds,
        cost_usd=None if take.id in unbilled else float(take.cost_usd),
        saved_usd=float(take.saved_usd),
        seed=take.request.seed,
        prompt=take.request.prompt,
        error=_fault(take.error_code, take.error, take.film),
        clip=f"{place}/content" if take.output else None,
        last_frame=f"{place}/last-frame" if take.last_frame else None,
        created=take.created,
    )


def _fault(code: str | None, message: str | None, film: str) -> Fault | None:
    return Fault(code=code or "error", message=as_kept(message, film)) if message else None
