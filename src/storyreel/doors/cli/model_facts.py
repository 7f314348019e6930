"""One model as people read it, with its sources, and what a check of the catalogue found."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from storyreel.catalog.catalogue import narrowed
from storyreel.catalog.stock import Stock
from storyreel.domain.model import Durations, Limits, Medium, Mode, Model, Parameter, PriceRow, Route
from storyreel.doors.cli.catalogue import lengths_text, status_text
from storyreel.doors.cli.faults import EXIT_CODES
from storyreel.doors.cli.render import clock
from storyreel.doors.cli.screen import Screen
from storyreel.doors.languages.known import known_or
from storyreel.doors.languages.voice import Voice

if TYPE_CHECKING:
    from storyreel.listing import Checked

CHANGED = 1  # the exit code of a check that found something


def said_modes(said: Voice, modes: Iterable[Mode]) -> str:
    """What a generation can start from, in whole words."""
    return ", ".join(said.word(mode) for mode in modes)


def say_model(screen: Screen, stock: Stock, model: Model) -> None:
    """All that is known of one model."""
    said, limits, times = screen.said, model.limits, model.times
    kind = said("{medium}, {tier}, prompts as for {family}", **_kind(said, model))
    screen.say(model.id, f"{said(model.title)}   {kind}")
    most = limits.most_references
    references = said.ngettext("; at most {number} reference", "; at most {number} references", most) if most else ""
    screen.say(said("Starts from"), said_modes(said, limits.modes) + references)
    for one, other in limits.exclusive:
        told = said("{one} and {other} do not go together", one=said.word(one), other=said.word(other))
        screen.say("", told)
    if model.medium is not Medium.IMAGE:
        screen.say(said("Seconds"), lengths_text(said, limits.durations) + "".join(_forced_text(said, limits.durations)))
        screen.say(said("Sound"), said.word(limits.sound))
    aspects, resolutions = ", ".join(limits.aspects), ", ".join(limits.resolutions)
    screen.say(said("Size"), f"{aspects or said('any shape')}; {resolutions or said('any resolution')}")
    longest = limits.prompt_limit
    reads = said("at most {number} characters", number=longest) if longest else said("no limit is known")
    screen.say(said("Prompt"), f"{reads}; {_takes(said, limits)}")
    looks = said(
        "first look after {first}, then every {interval}",
        first=clock(times.first_look_s),
        interval=said.seconds(times.interval_s),
    )
    screen.say(said("Time"), said("about {time} for one; {looks}", time=clock(times.typical_s), looks=looks))
    if model.moderation:
        screen.say(said("Moderation"), model.moderation)
    screen.say(said("Read"), said("{day} at {source}", day=model.read_on, source=model.source))
    for route in model.routes:
        screen.say("")
        _say_route(screen, stock, model, route)


def _kind(said: Voice, model: Model) -> dict[str, object]:
    return {"medium": said.word(model.medium), "tier": said.word(model.tier), "family": model.family}


def _forced_text(said: Voice, durations: Durations) -> Iterator[str]:
    def listed(lengths: Sequence[float]) -> str:
        return ", ".join(said.decimal(f"{one:g}") for one in lengths)

    for mode, lengths in durations.forced_by_mode.items():
        yield said("; {lengths} from {mode}", lengths=listed(lengths), mode=said.word(mode))
    for resolution, lengths in durations.forced_by_resolution.items():
        yield said("; {lengths} at {resolution}", lengths=listed(lengths), resolution=resolution)


def _takes(said: Voice, limits: Limits) -> str:
    match limits.negative_prompt, limits.seed:
        case True, True:
            return said("takes a negative prompt and a seed")
        case True, False:
            return said("takes a negative prompt")
        case False, True:
            return said("takes a seed")
        case _:
            return said("takes neither a negative prompt nor a seed")


def _say_route(screen: Screen, stock: Stock, model: Model, route: Route) -> None:
    said = screen.said
    key = "" if route.built_in else said(", key set")
    if not (route.built_in or stock.has_key(route)):
        key = said(", no key (set {setting})", setting=stock.accounts[route.provider].setting)
    screen.say(f"@{route.provider}", f"{route.remote_name}   {status_text(said, stock, route)}{key}")
    if route.successor:
        screen.say("", said("instead: {route}", route=route.successor))
    for mode, name in route.remote_names.items():
        screen.say("", said("from {mode}: {name}", mode=said.word(mode), name=name))
    limits = narrowed(model, route).limits
    if limits != model.limits:
        lengths = said("{number} s", number=lengths_text(said, limits.durations)) + "".join(_forced_text(said, limits.durations))
        can = f"{said_modes(said, limits.modes)}; {', '.join(limits.resolutions)}; {lengths}"
        screen.say("", said("this way: {facts}", facts=can))
    _say_prices(screen, route)
    if route.parameters:
        screen.say(said("Sends"), ", ".join(_parameter_text(said, word, one) for word, one in route.parameters.items()))
    if route.fixed:
        screen.say(said("Always"), ", ".join(f"{name} {value}" for name, value in route.fixed.items()))
    at_once = said("{number} at once", number=route.concurrency)
    screen.say(said("Results"), f"{_life_text(said, route)}; {at_once}")
    screen.say(said("Read"), said("{day} at {source}", day=route.read_on, source=route.source))


def _say_prices(screen: Screen, route: Route) -> None:
    said = screen.said
    if route.price is None:
        screen.say(said("Price"), said("not known"))
        return
    for row in route.price.rows:
        screen.say(said("Price"), _price_row_text(said, row))
    screen.say("", said("read {day} at {source}", day=route.price.read_on, source=route.price.source))


def _life_text(said: Voice, route: Route) -> str:
    if route.built_in:
        return said("kept here as long as they are needed")
    known = route.link_life_s
    if known is None:
        return said("how long links to them live is not documented")
    return said("their links live {time}", time=_life_of(said, known))


def _life_of(said: Voice, seconds: float) -> str:
    """In the largest unit of which it is a whole number."""
    if seconds % 86_400 == 0:
        return said.ngettext("{number} day", "{number} days", round(seconds / 86_400))
    if seconds % 3600 == 0:
        return said.ngettext("{number} hour", "{number} hours", round(seconds / 3600))
    if seconds % 60 == 0:
        return said.ngettext("{number} minute", "{number} minutes", round(seconds / 60))
    return said.ngettext("{number} second", "{number} seconds", round(seconds))


def _price_row_text(said: Voice, row: PriceRow) -> str:
    parts = [said("{price} a second", price=f"${row.usd_per_second:f}")] if row.usd_per_second is not None else []
    parts += [said("{price} each", price=f"${row.usd_per_clip:f}")] if row.usd_per_clip is not None else []
    price = said("{price} and {other}", price=parts[0], other=parts[1]) if len(parts) > 1 else "".join(parts)
    when = ", ".join(_condition_text(said, name, value) for name, value in row.when.items())
    return price + (f" ({when})" if when else "")


def _condition_text(said: Voice, name: str, value: object) -> str:
    if not isinstance(value, bool):
        return f"{said.word(name)} {value}"
    return said.word(name if value else f"no {name}")


def _parameter_text(said: Voice, word: str, parameter: Parameter) -> str:
    return word if parameter.name == word else said("{word} as {name}", word=word, name=parameter.name)


def say_checked(screen: Screen, checked: "Sequence[Checked]") -> int:
    """What a check found; the exit code: 1 where something differs, 3 where a key is refused."""
    said = screen.said
    differ = [one for one in checked if one.differences]
    for one in differ:
        for difference in one.differences:
            screen.say(f"{one.model}@{one.provider}", known_or(difference, said.language))
    asked = sum(one.asked for one in checked)
    told = said.ngettext("{number} route; {differ} differ", "{number} routes; {differ} differ", asked, differ=len(differ))
    screen.say(said("Checked"), told if asked else said("nothing: no provider could be asked"))
    for provider, reason in sorted({(one.provider, one.reason) for one in checked if not one.asked}):
        screen.say(said("Not asked"), f"{provider}: {known_or(reason, said.language)}")
    if differ:
        return CHANGED
    return EXIT_CODES["authentication_failed"] if any(one.refused for one in checked) else 0
