"""What a change to a film makes, why, and for how much: as it is told, and as it is started."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, Literal, Self, TypeAlias

from fastapi import Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from storyreel.domain.film import Film
from storyreel.doors.server.callers import Caller
from storyreel.doors.server.desk import Desk
from storyreel.doors.server.once import once
from storyreel.doors.server.views import FilmView, QuoteView, View, film_view, quote_view
from storyreel.editor import ChangeWishes
from storyreel.library.replies import Accepted

if TYPE_CHECKING:
    from storyreel.production.change import Change

DryRun: TypeAlias = Annotated[bool, Query(description="Tell what would be made and its price, and change nothing.")]
WholeBudget: TypeAlias = Annotated[
    float | None, Field(ge=0, le=100_000, description="US dollars that the film may cost from now on, all in all.")
]
Unpriced: TypeAlias = Annotated[bool, Field(description="Calls whose price nobody knows may be sent.")]


class ChangeRequest(BaseModel):
    """What may be wished of any change."""

    model_config = ConfigDict(extra="forbid")

    budget: WholeBudget = None
    allow_unpriced: Unpriced = False

    @property
    def wishes(self) -> ChangeWishes:
        """The same as the studio takes them."""
        return ChangeWishes(budget=self.budget, allow_unpriced=self.allow_unpriced)


class MadeView(View):
    """A shot, or a keyframe, that is made for a change."""

    shot: str
    reasons: Annotated[tuple[str, ...], Field(description="`asked`, `missing`, `begun`, `model`, or fields that changed.")]
    at_hand: Annotated[bool, Field(description="An equal take is there already: it is used again, and nothing is paid.")]


class StaysView(View):
    """A shot that stays as it is, though it was made for something else."""

    shot: str
    changed: tuple[str, ...]


class ChangeView(View):
    """What a change makes, and the price of exactly that."""

    object: Literal["change"] = "change"
    what: Literal["retake", "edit", "approve"]
    started: Annotated[bool, Field(description="False: it was only told, or there is nothing to change.")]
    makes: tuple[MadeView, ...]
    stays: tuple[StaysView, ...]
    gone: Annotated[tuple[str, ...], Field(description="Shots that the film has no more; their takes are kept.")]
    quote: QuoteView
    notes: Annotated[tuple[str, ...], Field(description="What is otherwise than asked, a sentence each.")]
    film: Annotated[FilmView, Field(description="As it stands now.")]

    @classmethod
    def of(cls, change: "Change", film: Film, *, started: bool) -> Self:
        """The view of a change to a film that stands so now."""
        return cls(
            what=change.what,
            started=started,
            makes=tuple(MadeView(shot=name, reasons=why, at_hand=name in change.at_hand) for name, why in change.reasons.items()),
            stays=tuple(StaysView(shot=name, changed=fields) for name, fields in change.stays.items()),
            gone=change.gone,
            quote=quote_view(change.quote),
            notes=change.notes,
            film=film_view(film),
        )


async def carried_out(desk: Desk, before: Film, change: "Change", *, dry_run: bool) -> ChangeView:
    """The change, started unless only its price was asked, or it changes nothing."""
    same = (change.storyboard, change.order) == (before.storyboard, before.order) and not change.reasons
    if dry_run or (same and change.what == "edit"):
        return ChangeView.of(change, before, started=False)
    return ChangeView.of(change, await desk.studio.start_change(change), started=True)


async def change_once(
    desk: Desk, caller: Caller, key: str | None, request: Request, work: Callable[[], Awaitable[ChangeView]]
) -> Response:
    """The answer of this change, or what was answered to the same key before; one that nobody was told of is told now."""

    async def of_accepted(accepted: Accepted) -> ChangeView:
        from storyreel.production.change import Change

        change = Change.model_validate_json(accepted.change or "")
        return ChangeView.of(change, await desk.film(caller, accepted.film), started=True)

    return await once(desk, caller, key, request, work, of_accepted=of_accepted)
