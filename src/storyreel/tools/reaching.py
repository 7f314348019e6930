"""How a tool reaches whoever called it, while it works: what a front end gives a context for that, each where it can."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, Field

from storyreel.domain.events import Event
from storyreel.domain.values import JSON, Value
from storyreel.tools.attachment import Attachment

Level: TypeAlias = Literal["debug", "info", "warning", "error"]
"""How much a line of a log matters, the least first."""


class Wording(Value):
    """Words that a tool wants of a language model."""

    prompt: Annotated[str, Field(min_length=1)]
    instructions: str = ""  # how it shall go about it, whatever the prompt
    most_tokens: Annotated[int, Field(ge=1)] = 1000


Teller: TypeAlias = Callable[[Event], Awaitable[None]]
"""Hears what happens to films."""
Reporter: TypeAlias = Callable[[float, float | None, str | None], Awaitable[None]]
"""Hears how far a tool is, of how much, and what it does."""
Shower: TypeAlias = Callable[[Attachment], Awaitable[None]]
"""Takes what is to be seen or heard beside the answer."""
Noter: TypeAlias = Callable[[Level, str], Awaitable[None]]
"""Hears what a tool logs."""
Asker: TypeAlias = Callable[[str, type[BaseModel]], Awaitable[Mapping[str, JSON] | None]]
"""Asks a person a question, and has the answers, by the model's fields; None where the person does not agree."""
Writer: TypeAlias = Callable[[Wording], Awaitable[str]]
"""Has words written by the caller's own language model."""
