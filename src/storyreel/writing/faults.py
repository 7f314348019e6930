"""What is wrong in a storyboard file, said in a sentence that names the line, the key and what may stand there."""

from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from storyreel.domain.errors import StoryboardInvalid
from storyreel.domain.storyboard import (
    Bible,
    Character,
    Light,
    Line,
    Location,
    Look,
    Prop,
    Scene,
    Shot,
    Span,
    Storyboard,
    Subject,
)
from storyreel.writing.tree import Document, Steps

_MODELS: dict[str, type[BaseModel]] = {
    "bible": Bible,
    "characters": Character,
    "locations": Location,
    "props": Prop,
    "scenes": Scene,
    "shots": Shot,
    "subjects": Subject,
    "dialogue": Line,
    "light": Light,
    "words": Span,
    "look": Look,
}


_PLAIN = {
    "string_type": "text is needed here",
    "tuple_type": "a list is needed here, each entry on a line of its own after a dash",
    "too_short": "at least one is needed",
}


def told(invalid: ValidationError, document: Document, path: Path | None) -> StoryboardInvalid:
    """The first fault of a file whose values do not make a storyboard."""
    faults = invalid.errors(include_url=False)
    own = [
        one
        for one in faults
        if not any(len(other["loc"]) > len(one["loc"]) and other["loc"][: len(one["loc"])] == one["loc"] for other in faults)
    ]
    unknown = [one for one in own if one["type"] == "extra_forbidden"]  # a key misspelt is the cause of the key missed
    fault = min(unknown or own, key=lambda one: document.line_of(in_file(one["loc"], document)) or 0)
    steps = in_file(fault["loc"], document)
    return StoryboardInvalid(_sentence(fault), line=document.line_of(steps), path=path)


def in_file(loc: tuple[int | str, ...], document: Document) -> Steps:
    """The way as the file has it: a bare list of shots has no scene around it."""
    bare = isinstance(document.root, dict) and "scenes" not in document.root
    return loc[2:] if bare and loc[:1] == ("scenes",) else loc


def _sentence(fault: ErrorDetails) -> str:
    key = next((str(step) for step in reversed(fault["loc"]) if isinstance(step, str)), "storyboard")
    context: dict[str, Any] = fault.get("ctx", {})
    given, kind = fault.get("input"), fault["type"]
    match kind:
        case "extra_forbidden":
            said = f"{key!r} is not known here; {_nearest(key, fault['loc'])}"
        case "missing":
            said = f"{key!r} is missing"
        case "enum":
            said = f"{key}: {given!r} is not one of {str(context.get('expected', '')).replace(' or ', ', ')}"
        case "greater_than" | "greater_than_equal" | "less_than_equal" | "float_parsing" | "finite_number" | "int_parsing":
            said = f"{key}: {given!r} is not allowed; it must be a number{_bounds(kind, context)}"
        case "string_too_long":
            said = f"{key}: {given!r} has {len(str(given))} characters; it may have {context['max_length']}"
        case "model_type" | "dict_type":
            said = f"{key}: keys are needed here, such as {', '.join(_keys(fault['loc'])[:3])}"
        case _:
            said = f"{key}: {_PLAIN.get(kind) or fault['msg'][:1].lower() + fault['msg'][1:]}"
    return said


def _bounds(kind: str, context: dict[str, Any]) -> str:
    match kind:
        case "greater_than":
            return f" above {context['gt']:g}"
        case "greater_than_equal":
            return f" of at least {context['ge']:g}"
        case "less_than_equal":
            return f" of at most {context['le']:g}"
        case _:
            return ", such as 4.5"


def _nearest(key: str, loc: tuple[int | str, ...]) -> str:
    known = _keys(loc[:-1])
    near = get_close_matches(key, known, n=1, cutoff=0.6)
    return f"did you mean {near[0]!r}?" if near else f"known are: {', '.join(known)}"


def _keys(loc: tuple[int | str, ...]) -> list[str]:
    around = next((str(step) for step in reversed(loc) if isinstance(step, str)), "")
    return list(_MODELS.get(around, Storyboard).model_fields)
