"""`resume_film`: a film that failed, was cancelled or was interrupted goes on; what is finished is not made again."""

from typing import TYPE_CHECKING, ClassVar

from typing_extensions import override

from storyreel.domain.advice import Advice, Remedy
from storyreel.domain.errors import InvalidRequest
from storyreel.domain.film import Film, FilmState
from storyreel.tools.changing import ChangeArguments, ChangeTool
from storyreel.tools.context import Context
from storyreel.tools.film_tool import FilmResult
from storyreel.tools.spec import ToolSpec

if TYPE_CHECKING:
    from storyreel.production.change import Change

BROKEN_OFF = {FilmState.FAILED, FilmState.CANCELLED}


class ResumeFilmTool(ChangeTool[ChangeArguments]):
    """A film that goes on."""

    spec: ClassVar = ToolSpec(
        id="resume",
        name="resume_film",
        title="Go on with a film",
        description=(
            "Goes on with a film that failed, was cancelled or was interrupted. Shots that are ready are not made again; "
            "what is missing is, for at most `budget_usd` more, or what is left of the film's own budget."
        ),
        arguments=ChangeArguments,
        result=FilmResult,
        timeout_s=6 * 3600,
        spends=True,
    )

    @override
    async def agreed(self, args: ChangeArguments, context: Context) -> bool:
        """A film that was only interrupted was agreed to when it began."""
        return await super().agreed(args, context) or (await context.film(args.film)).state not in BROKEN_OFF

    @override
    async def change(self, args: ChangeArguments, context: Context) -> "Change":
        """The missing shots."""
        film = await _unfinished(args, context)
        return await context.studio.plan_edit(film, film.storyboard, **args.wishes(film, context))

    @override
    async def begin(self, args: ChangeArguments, context: Context) -> Film:
        """The film, on its way again."""
        film = await _unfinished(args, context)
        if film.state not in BROKEN_OFF:
            return (await context.studio.restart(film))[0]
        return await super().begin(args, context)


async def _unfinished(args: ChangeArguments, context: Context) -> Film:
    film = await context.film(args.film)
    if film.state is FilmState.READY:
        raise InvalidRequest(f"The film {film.id} is ready; there is nothing to go on with.", field="film")
    if film.state is FilmState.AWAITING_APPROVAL:
        message = Advice(f"The film {film.id} waits for approval; approve it by ", Remedy.APPROVE.of(film=film.id), ".")
        raise InvalidRequest(message, field="film")
    return film
