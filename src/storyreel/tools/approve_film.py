"""`approve_film`: a film that waits for approval is made, for no more than was told."""

from typing import TYPE_CHECKING, ClassVar

from typing_extensions import override

from storyreel.domain.film import Film
from storyreel.tools.changing import ChangeArguments, ChangeTool
from storyreel.tools.context import Context
from storyreel.tools.film_tool import FilmResult
from storyreel.tools.spec import ToolSpec

if TYPE_CHECKING:
    from storyreel.production.change import Change


class ApproveFilmTool(ChangeTool[ChangeArguments]):
    """A film that waited for approval."""

    spec: ClassVar = ToolSpec(
        id="approve",
        name="approve_film",
        title="Approve a film",
        description=(
            "Lets a film be made that waits for approval (`make_film` with `approve`). Call it only once a person has seen its "
            "storyboard and price and agrees. It costs no more than was told, or, with `budget_usd`, no more than that."
        ),
        arguments=ChangeArguments,
        result=FilmResult,
        timeout_s=6 * 3600,
        spends=True,
    )

    @override
    async def agreed(self, args: ChangeArguments, context: Context) -> bool:
        """To call it is to agree."""
        return True

    @override
    async def change(self, args: ChangeArguments, context: Context) -> "Change":
        film = await context.film(args.film)
        return await context.studio.plan_approval(film, **args.wishes(film, context))

    @override
    async def begin(self, args: ChangeArguments, context: Context) -> Film:
        """The film, on its way."""
        change = await self.change(args, context)
        if args.budget_usd is None:
            context.studio.must_cost_as_told(change, await context.studio.told_usd(change.film))
        return await context.studio.start_change(change)
