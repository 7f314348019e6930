"""A request in a provider's own words, as the route's parameters of the catalogue say it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storyreel.domain.generation import Request
from storyreel.domain.model import Mode, Parameter, Route
from storyreel.domain.values import JSON, frames_in


@dataclass(frozen=True, slots=True)
class Frames:
    """The request's pictures as the provider takes them: addresses, data URIs, upload ids."""

    first: JSON = None
    last: JSON = None
    references: Sequence[JSON] = ()


def arguments_of(request: Request, route: Route, frames: Frames) -> dict[str, JSON]:
    """What to send, nested where a name has dots; what the route has no word for is left out, as is what is not wished."""
    sent: dict[str, JSON] = {}
    for name, value in route.fixed.items():
        _put(sent, name, value)
    modes = request.modes
    for word, value in _said(request, frames).items():
        parameter = route.parameters.get(word)
        if parameter is None or any(mode in modes for mode in parameter.not_with):
            continue
        forced = next((parameter.forced[mode] for mode in modes if mode in parameter.forced), None)
        theirs = next((parameter.names[mode] for mode in reversed(modes) if mode in parameter.names), parameter.name)
        if forced is not None:
            _put(sent, theirs, forced)
        elif value is not None and value not in ("", [], ()):
            _put(sent, theirs, _in_their_words(value, parameter))
    return sent


def _said(request: Request, frames: Frames) -> Mapping[str, JSON]:
    """The request in our words."""
    return {
        "prompt": request.prompt,
        "negative_prompt": request.negative_prompt,
        "seconds": request.seconds,
        "fps": request.fps,
        "frames": frames_in(request.seconds, request.fps),
        "aspect": request.size.shape,
        "resolution": request.size.resolution,
        "size": str(request.size),
        "width": request.size.width_px,
        "height": request.size.height_px,
        "sound": request.sound,
        "seed": request.seed,
        "first_frame": frames.first,
        "last_frame": frames.last,
        "references": list(frames.references),
    }


def _in_their_words(value: JSON, parameter: Parameter) -> JSON:
    key = str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)
    if key in parameter.values:
        return parameter.values[key]
    match parameter.type, value:
        case "integer", int() | float():
            said: JSON = round(value)
        case "boolean", _:
            said = bool(value)
        case "list", str() | dict():
            said = [value]
        case "url", [only]:
            said = only  # one address where we may have several pictures
        case (("number" | "list" | "url"), _):
            said = value
        case _:
            said = parameter.format.replace("{}", key)
    return said


def _put(sent: dict[str, JSON], name: str, value: JSON) -> None:
    """Set a name like 'settings.duration' in its place."""
    *above, last = name.split(".")
    for part in above:
        inner = sent.setdefault(part, {})
        if not isinstance(inner, dict):
            raise ValueError(f"the route's parameter {name!r} lies within {part!r}, which is a value")
        sent = inner
    sent[last] = value


def name_for(route: Route, modes: Sequence[Mode]) -> str:
    """What the provider calls the model for a request of these modes: some have a name, or an address, for each."""
    return next((route.remote_names[mode] for mode in reversed(modes) if mode in route.remote_names), route.remote_name)
