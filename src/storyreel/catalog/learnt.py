"""What a provider itself tells of a model that it alone knows, as the limits that a plan fits to."""

import re
from collections.abc import Iterator, Mapping, Sequence

from storyreel.domain.model import Durations, Limits, Medium, Mode, Model, Route, Sound
from storyreel.domain.values import Value

Told = Mapping[str, Sequence[str]]
"""Their name of a parameter -> the values that it may have, in their words; none: any."""

WORDS = {"length": {"seconds", "frames"}, "size": {"resolution", "size", "width"}}
"""By which of our words a request asks for it."""


class Learnt(Value):
    """The limits of one model by one way, as far as its provider tells them today."""

    limits: Limits
    note: str = ""  # what it does not tell, a sentence


def learnt(
    model: Model, route: Route, told: Told | None, *, modes: Sequence[Mode] = (), lengths_s: Sequence[float] = (), note: str = ""
) -> Learnt:
    """The model's limits narrowed to what its provider tells; `modes` and `lengths_s` are told where they are not empty."""
    limits = model.limits
    narrower: dict[str, object] = {"modes": tuple(mode for mode in limits.modes if _starts_from(mode, route, told, modes))}
    if lengths := tuple(lengths_s) or _lengths(_allowed("seconds", route, told)):
        narrower["durations"] = Durations(choices_s=lengths)
    if resolutions := _resolutions(route, told):
        narrower["resolutions"] = resolutions
    if aspects := tuple(aspect for aspect in _allowed("aspect", route, told) if re.fullmatch(r"\d+:\d+", aspect)):
        narrower["aspects"] = aspects
    if told is not None and "sound" in route.parameters and route.parameters["sound"].name not in told:
        narrower["sound"] = Sound.NONE
    unknown = [what for what, known in (("length", lengths or model.medium is Medium.IMAGE), ("size", resolutions)) if not known]
    notes = [note, *_silence(route, unknown)]
    return Learnt(limits=limits.model_copy(update=narrower), note=" ".join(one for one in notes if one))


def _silence(route: Route, unknown: Sequence[str]) -> Iterator[str]:
    """What the provider does not tell, in sentences."""
    asked = [what for what in unknown if route.parameters.keys() & WORDS[what]]
    if asked:
        told = " and ".join(f"{what}s" for what in asked)
        yield f"{route.provider} does not tell which {told} {route.remote_name} makes: they are asked as wished."
    if left := [what for what in unknown if what not in asked]:
        yield f"{route.remote_name} at {route.provider} takes no {' and no '.join(left)}: its clips are as it makes them."


def _starts_from(mode: Mode, route: Route, told: Told | None, modes: Sequence[Mode]) -> bool:
    if modes and mode not in modes:
        return False
    parameter = route.parameters.get(mode.value)
    return told is None or parameter is None or parameter.name in told


def _allowed(word: str, route: Route, told: Told | None) -> Sequence[str]:
    parameter = route.parameters.get(word)
    return told.get(parameter.name, ()) if told is not None and parameter is not None else ()


def _lengths(allowed: Sequence[str]) -> tuple[float, ...]:
    return tuple(sorted(float(length) for length in allowed if re.fullmatch(r"\d+(\.\d+)?", length)))


def _resolutions(route: Route, told: Told | None) -> tuple[str, ...]:
    """Theirs in our words: '4K' is 2160p where the route says so."""
    parameter = route.parameters.get("resolution")
    ours = {str(theirs): word for word, theirs in parameter.values.items()} if parameter else {}
    words = [ours.get(theirs, theirs) for theirs in _allowed("resolution", route, told)]
    return tuple(word for word in words if re.fullmatch(r"\d+p", word))
