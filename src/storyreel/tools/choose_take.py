"""`choose_take`: which of its takes a shot uses, and whether it keeps it whatever changes; nothing is made or paid."""

from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import Field
from typing_extensions import override

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.film import Film
from storyreel.domain.model import Quote
from storyreel.domain.values import Value
from storyreel.tools.context import Context
from storyreel.tools.film_status import FilmName, ShotName
from storyreel.tools.film_tool import FilmResult, FilmTool
from storyreel.tools.making import Wait
from storyreel.tools.spec import ToolSpec

FREE = Quote(expected_usd=Decimal(0), worst_usd=Decimal(0), seconds=(0, 60))


class ChooseArguments(Value):
    """What `choose_take` is given."""

    film: FilmName
    shot: ShotName
    take: Annotated[
        int | None, Field(ge=1, description="The number of the take that the shot is to use, as film_status tells them.")
    ] = None
    lock: Annotated[
        bool | None,
        Field(description="True: the shot keeps its take, whatever is edited or made again. False: no more."),
    ] = None
    wait: Wait = True


class ChooseTakeTool(FilmTool[ChooseArguments]):
    """A film by other takes."""

    spec: ClassVar = ToolSpec(
        id="choose",
        name="choose_take",
        title="Choose a shot's take",
        description=(
            "Has a shot of a film use another of its takes, and cuts the film anew; with `lock` the shot keeps its take whatever "
            "changes, or no more. Nothing is made and nothing is paid. film_status tells the takes of each shot."
        ),
        arguments=ChooseArguments,
        result=FilmResult,
        timeout_s=3600,
    )

    @override
    async def quote(self, args: ChooseArguments, context: Context) -> Quote:
        """Nothing."""
        return FREE

    @override
    async def begin(self, args: ChooseArguments, context: Context) -> Film:
        """The film, to be cut anew where it is finished."""
        if args.take is None and args.lock is None:
            raise InvalidRequest("Say which `take` the shot is to use, or whether to `lock` the one it has.", field="take")
        studio, film = context.studio, await context.film(args.film)
        if args.lock is False:
            film = await studio.unlock(film, args.shot)
        if args.take is not None:
            film = await studio.start_selection(film, args.shot, args.take)
        if args.lock:
            await studio.lock(film, args.shot)
        return film
