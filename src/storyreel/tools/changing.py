"""What changes a film that is there: the change is planned and told with its price, then started or not."""

from abc import abstractmethod
from typing import TYPE_CHECKING, Generic, TypeVar

from typing_extensions import override

from storyreel.domain.film import Film
from storyreel.domain.model import Quote
from storyreel.domain.values import Value
from storyreel.editor import ChangeWishes
from storyreel.tools.context import Context
from storyreel.tools.film_status import FilmName
from storyreel.tools.film_tool import FilmTool, quoted
from storyreel.tools.making import Budget, Unpriced, Wait

if TYPE_CHECKING:
    from storyreel.production.change import Change


class ChangeArguments(Value):
    """A film, and the money for changing it."""

    film: FilmName
    budget_usd: Budget = None
    allow_unpriced: Unpriced = False
    wait: Wait = True

    def wishes(self, film: Film, context: Context) -> ChangeWishes:
        """The same as the studio takes it, whose budget of a change is the whole film's."""
        most = context.wishes(budget=self.budget_usd).get("budget")
        spent = float(film.cost_usd + film.held_usd)
        return {"allow_unpriced": self.allow_unpriced, "budget": None if most is None else spent + most}


C = TypeVar("C", bound=ChangeArguments)


class ChangeTool(FilmTool[C], Generic[C]):
    """What changes a film, for what the change alone costs."""

    @abstractmethod
    async def change(self, args: C, context: Context) -> "Change":
        """What is made for it, and its price; nothing is started. Raises StoryreelError."""

    @override
    async def quote(self, args: C, context: Context) -> Quote:
        """What the change would cost and take."""
        return await quoted(await self.change(args, context), context)

    @override
    async def begin(self, args: C, context: Context) -> Film:
        """The film, changed, on its way."""
        return await context.studio.start_change(await self.change(args, context))
