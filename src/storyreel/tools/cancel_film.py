"""`cancel_film`: a film called off; what was finished is kept, and what is paid already stays paid."""

from typing import ClassVar

from typing_extensions import override

from storyreel.domain.values import Value
from storyreel.tools.context import Context
from storyreel.tools.film_status import FilmName
from storyreel.tools.film_tool import FilmResult
from storyreel.tools.spec import ToolSpec
from storyreel.tools.tool import Tool


class CancelArguments(Value):
    """What `cancel_film` is given."""

    film: FilmName


class CancelFilmTool(Tool[CancelArguments, FilmResult]):
    """A film called off."""

    spec: ClassVar = ToolSpec(
        id="cancel",
        name="cancel_film",
        title="Call a film off",
        description=(
            "Ends a film that is being made: nothing more is sent to a model, and what its provider still lets be called off is. "
            "Shots that are finished are kept, and what was paid stays paid. A film that has ended stays as it is."
        ),
        arguments=CancelArguments,
        result=FilmResult,
        timeout_s=120,
    )

    @override
    async def run(self, args: CancelArguments, context: Context) -> FilmResult:
        """The film, on its way to its end."""
        film = await context.film(args.film)
        if not film.state.ended:
            await context.studio.cancel(film)
            film = await context.film(film.id)
        return FilmResult.of(film, context)
