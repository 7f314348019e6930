"""The catalogue as people and programs read it: rows, one model with its sources, what a check found."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from storyreel.catalog.catalogue import narrowed
from storyreel.catalog.stock import Stock
from storyreel.catalog.usual import usual_price_usd
from storyreel.domain.model import Durations, Limits, Medium, Mode, Model, Parameter, PriceRow, Route, RouteStatus
from storyreel.domain.money import price_text
from storyreel.doors.cli.faults import EXIT_CODES
from storyreel.doors.cli.render import clock, counted
from storyreel.doors.cli.screen import Screen

if TYPE_CHECKING:
    from rich.table import Table

    from storyreel.listing import Checked

MOST_LENGTHS = 4  # that are named one by one
SHORT = {Mode.FIRST_FRAME: "first", Mode.LAST_FRAME: "last", Mode.REFERENCES: "refs"}
CHANGED = 1  # the exit code of a check that found something


def table(stock: Stock, found: Sequence[Model]) -> "Table":
    """The models, a line for each route."""
    from rich.table import Table

    rows = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for column in ("model", "through", "8 s, 720p", "status", "key", "seconds", "sound", "starts from"):
        rows.add_column(column, no_wrap=column != "starts from")
    for model in found:
        for index, route in enumerate(model.routes):
            limits = narrowed(model, route).limits
            key = "" if route.built_in else "set" if stock.has_key(route) else "-"
            still = model.medium is Medium.IMAGE
            lengths, sound = ("picture", "") if still else (lengths_text(limits.durations), limits.sound.value)
            cells = (model.id if index == 0 else "", route.provider, _price_text(model, route), _status_text(stock, route), key)
            rows.add_row(*cells, lengths, sound, modes_text(limits.modes))
    return rows


def _price_text(model: Model, route: Route) -> str:
    price = usual_price_usd(model, route)
    return "unknown" if price is None else "free" if price == 0 else price_text(price)


def _status_text(stock: Stock, route: Route) -> str:
    status = stock.status(route)
    if status == RouteStatus.CLOSED.value:
        return f"closed {route.until}" if route.until else "closed"
    return f"until {route.until}" if route.until else status


def lengths_text(durations: Durations) -> str:
    """The lengths that a model makes, in seconds."""
    if 0 < len(durations.choices_s) <= MOST_LENGTHS:
        return ", ".join(f"{one:g}" for one in durations.choices_s)
    if durations.choices_s:
        return f"{durations.choices_s[0]:g} to {durations.choices_s[-1]:g} ({len(durations.choices_s)} of them)"
    if durations.most_s is None:
        return "any"
    return f"{durations.least_s or 0:g} to {durations.most_s:g}"


def modes_text(modes: Iterable[Mode]) -> str:
    """What a generation can start from."""
    return " ".join(SHORT.get(mode, mode.value) for mode in modes)


def said_modes(modes: Iterable[Mode]) -> str:
    """The same in whole words."""
    return ", ".join(mode.value.replace("_", " ") for mode in modes)


def say_model(screen: Screen, stock: Stock, model: Model) -> None:
    """All that is known of one model."""
    limits, times = model.limits, model.times
    still = model.medium is Medium.IMAGE
    screen.say(model.id, f"{model.title}   {model.medium.value}, {model.tier.value}, prompts as for {model.family}")
    screen.say(
        "Starts from",
        said_modes(limits.modes) + (f"; at most {counted(limits.most_references, 'reference')}" * bool(limits.most_references)),
    )
    for pair in limits.exclusive:
        screen.say("", f"{' and '.join(said_modes([mode]) for mode in pair)} do not go together")
    if not still:
        screen.say("Seconds", lengths_text(limits.durations) + "".join(_forced_text(limits.durations)))
        screen.say("Sound", limits.sound.value)
    screen.say("Size", f"{', '.join(limits.aspects) or 'any shape'}; {', '.join(limits.resolutions) or 'any resolution'}")
    screen.say(
        "Prompt",
        f"{f'at most {limits.prompt_limit} characters' if limits.prompt_limit else 'no limit is known'}; {_takes(limits)}",
    )
    looks = f"first look after {clock(times.first_look_s)}, then every {times.interval_s:g} s"
    screen.say("Time", f"about {clock(times.typical_s)} for one; {looks}")
    if model.moderation:
        screen.say("Moderation", model.moderation)
    screen.say("Read", f"{model.read_on} at {model.source}")
    for route in model.routes:
        screen.say("")
        _say_route(screen, stock, model, route)


def _forced_text(durations: Durations) -> Iterator[str]:
    for mode, lengths in durations.forced_by_mode.items():
        yield f"; {', '.join(f'{one:g}' for one in lengths)} from {said_modes([mode])}"
    for resolution, lengths in durations.forced_by_resolution.items():
        yield f"; {', '.join(f'{one:g}' for one in lengths)} at {resolution}"


def _takes(limits: Limits) -> str:
    takes = [name for name, taken in (("a negative prompt", limits.negative_prompt), ("a seed", limits.seed)) if taken]
    return f"takes {' and '.join(takes)}" if takes else "takes neither a negative prompt nor a seed"


def _say_route(screen: Screen, stock: Stock, model: Model, route: Route) -> None:
    key = (
        ""
        if route.built_in
        else ", key set"
        if stock.has_key(route)
        else f", no key (set {stock.accounts[route.provider].setting})"
    )
    screen.say(f"@{route.provider}", f"{route.remote_name}   {_status_text(stock, route)}{key}")
    if route.successor:
        screen.say("", f"instead: {route.successor}")
    for mode, name in route.remote_names.items():
        screen.say("", f"from {said_modes([mode])}: {name}")
    limits = narrowed(model, route).limits
    if limits != model.limits:
        lengths = f"{lengths_text(limits.durations)} s" + "".join(_forced_text(limits.durations))
        screen.say("", f"this way: {said_modes(limits.modes)}; {', '.join(limits.resolutions)}; {lengths}")
    if route.price is None:
        screen.say("Price", "unknown")
    else:
        for row in route.price.rows:
            screen.say("Price", _price_row_text(row))
        screen.say("", f"read {route.price.read_on} at {route.price.source}")
    if route.parameters:
        screen.say("Sends", ", ".join(_parameter_text(word, one) for word, one in route.parameters.items()))
    if route.fixed:
        screen.say("Always", ", ".join(f"{name} {value}" for name, value in route.fixed.items()))
    screen.say("Results", f"{_life_text(route)}; {route.concurrency} at once")
    screen.say("Read", f"{route.read_on} at {route.source}")


def _life_text(route: Route) -> str:
    if route.built_in:
        return "kept here as long as they are needed"
    known = route.link_life_s
    return f"their links live {_life_of(known)}" if known is not None else "how long links to them live is not documented"


def _life_of(seconds: float) -> str:
    """In the largest unit of which it is a whole number."""
    for unit, length_s in (("day", 86_400), ("hour", 3600), ("minute", 60)):
        if seconds >= length_s and seconds % length_s == 0:
            many = round(seconds / length_s)
            return f"{many} {unit}{'' if many == 1 else 's'}"
    return f"{seconds:g} seconds"


def _price_row_text(row: PriceRow) -> str:
    parts = [f"${row.usd_per_second:f} a second" if row.usd_per_second is not None else ""]
    parts.append(f"${row.usd_per_clip:f} each" if row.usd_per_clip is not None else "")
    when = ", ".join(
        f"{name} {value}" if not isinstance(value, bool) else name if value else f"no {name}" for name, value in row.when.items()
    )
    return " and ".join(part for part in parts if part) + (f" ({when})" if when else "")


def _parameter_text(word: str, parameter: Parameter) -> str:
    return word if parameter.name == word else f"{word} as {parameter.name}"


def say_checked(screen: Screen, checked: "Sequence[Checked]") -> int:
    """What a check found; the exit code: 1 where something differs, 3 where a key is refused."""
    differ = [one for one in checked if one.differences]
    for one in differ:
        for difference in one.differences:
            screen.say(f"{one.model}@{one.provider}", difference)
    asked = [one for one in checked if one.asked]
    reasons = sorted({f"{one.provider}: {one.reason}" for one in checked if not one.asked})
    screen.say(
        "Checked", f"{counted(len(asked), 'route')}; {len(differ)} differ" if asked else "nothing: no provider could be asked"
    )
    for reason in reasons:
        screen.say("Not asked", reason)
    if differ:
        return CHANGED
    return EXIT_CODES["authentication_failed"] if any(one.refused for one in checked) else 0
