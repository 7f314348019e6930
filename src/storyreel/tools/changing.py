"""What every tool is given that changes a film which is there: what it may cost beyond what the film has cost."""

from storyreel.domain.film import Film
from storyreel.domain.values import Value
from storyreel.editor import ChangeWishes
from storyreel.tools.context import Context
from storyreel.tools.film_status import FilmName
from storyreel.tools.making import Budget, Unpriced, Wait


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
