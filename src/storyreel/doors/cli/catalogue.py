"""The catalogue as people read it: a row for each way to a model."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from storyreel.catalog.catalogue import narrowed
from storyreel.catalog.stock import Stock
from storyreel.catalog.usual import COMPARED_S, usual_clip
from storyreel.domain.model import Durations, Medium, Mode, Model, Route, RouteStatus
from storyreel.doors.languages.voice import Voice
from storyreel.doors.languages.words import N_

if TYPE_CHECKING:
    from rich.table import Table

MOST_LENGTHS = 4  # that are named one by one
SHORT = {Mode.FIRST_FRAME: N_("first"), Mode.LAST_FRAME: N_("last"), Mode.REFERENCES: N_("refs")}


def table(said: Voice, stock: Stock, found: Sequence[Model]) -> "Table":
    """The models, a line for each route."""
    from rich.table import Table

    rows = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    facts = said("8 s, 720p"), said("status"), said("key"), said("seconds"), said("sound")
    for column in (said("model"), said("through"), *facts):
        rows.add_column(column, no_wrap=True)
    rows.add_column(said("starts from"))
    for model in found:
        for index, route in enumerate(model.routes):
            limits = narrowed(model, route).limits
            key = "" if route.built_in else said("set") if stock.has_key(route) else "-"
            still = model.medium is Medium.IMAGE
            lengths = said("picture") if still else lengths_text(said, limits.durations)
            name = model.id if index == 0 else ""
            cells = (name, route.provider, _price_text(said, model, route), status_text(said, stock, route), key)
            rows.add_row(*cells, lengths, "" if still else said.word(limits.sound), modes_text(said, limits.modes))
    return rows


def _price_text(said: Voice, model: Model, route: Route) -> str:
    """What is paid for a clip: of 8 s, else of the nearest length that the model makes, which is told."""
    price, seconds = usual_clip(model, route)
    told = said.price(price)
    return f"{told} ({said.seconds(seconds)})" if price and seconds != COMPARED_S else told


def status_text(said: Voice, stock: Stock, route: Route) -> str:
    """Whether a way to a model is open, and until when."""
    status = stock.status(route)
    if status == RouteStatus.CLOSED.value:
        return said("closed {day}", day=route.until) if route.until else said("closed")
    return said("until {day}", day=route.until) if route.until else said.word(status)


def lengths_text(said: Voice, durations: Durations) -> str:
    """The lengths that a model makes, in seconds."""
    numbers = [said.decimal(f"{one:g}") for one in durations.choices_s]
    if 0 < len(numbers) <= MOST_LENGTHS:
        return "; ".join(numbers) if "," in "".join(numbers) else ", ".join(numbers)
    if numbers:
        return said("{least} to {most} ({number} of them)", least=numbers[0], most=numbers[-1], number=len(numbers))
    if durations.most_s is None:
        return said("any")
    least, most = (said.decimal(f"{one:g}") for one in (durations.least_s or 0, durations.most_s))
    return said("{least} to {most}", least=least, most=most)


def modes_text(said: Voice, modes: Iterable[Mode]) -> str:
    """What a generation can start from."""
    return " ".join(said(SHORT.get(mode, mode.value)) for mode in modes)
