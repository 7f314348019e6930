"""A tool's dialog with a person, described: what is asked, what is taken, what is offered. `conversation` runs it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from storyreel.domain.values import JSON, Value

if TYPE_CHECKING:
    from storyreel.tools.context import Context

CANCEL_WORDS = frozenset({"отмена", "отменить", "cancel", "выход", "exit", "-"})
"""What a person may write at any step, in any case, to end a dialog."""

BACK, SKIP, CANCEL = "back", "skip", "cancel"
"""Payloads of the buttons that every front end may show beside a question's own; SKIP also ends an album of pictures."""


class Accept(StrEnum):
    """Kinds of message that a step takes."""

    TEXT = "text"
    PHOTO = "photo"
    IMAGE_FILE = "image_file"  # a picture sent as a file
    VIDEO = "video"
    CHOICE = "choice"  # one of the step's choices, by button


PICTURES = frozenset({Accept.PHOTO, Accept.IMAGE_FILE})


class Choice(Value):
    """One of the answers that a step offers."""

    label: str  # on the button
    value: JSON  # what the argument becomes
    hint: str = ""  # more about it


Answers: TypeAlias = Mapping[str, JSON]
Choices: TypeAlias = tuple[Choice, ...] | Callable[[Answers, "Context"], Awaitable[tuple[Choice, ...]]]
"""The choices, or what finds them by the answers so far; a step of choices alone that has none is left out."""


@dataclass(frozen=True, slots=True)
class Step:
    """One question: the answer becomes the argument `field`."""

    field: str
    ask: str
    hint: str = ""  # told where an answer does not fit
    accepts: frozenset[Accept] = frozenset({Accept.TEXT})
    choices: Choices = ()
    optional: bool = False  # it may be skipped
    most: int = 1  # pictures that it takes; more than one: the argument is a list
    called: str = ""  # its name, where it is not the usual one

    @property
    def name(self) -> str:
        """What the step is called: `wait_prompt`."""
        return self.called or f"wait_{self.field}"


@dataclass(frozen=True, slots=True)
class Dialog:
    """How a front end with menus and messages offers a tool."""

    menu_label: str
    action: str  # what the menu's button says
    steps: tuple[Step, ...]
    commands: Mapping[str, str] = field(default_factory=dict[str, str])  # without the slash -> what it does
    timeout_s: float = 3600  # without an answer, the dialog ends by itself


class Incoming(Value):
    """A message of a person's, or a button that was pressed, as a front end hands it on."""

    kind: Accept = Accept.TEXT
    text: str = ""  # or a picture's caption
    pictures: tuple[str, ...] = ()  # as an argument may name them: paths, addresses, digests of kept assets; of a video too
    payload: str = ""  # of the button


class Button(Value):
    """A button under a question."""

    label: str
    payload: str  # at most 12 bytes; goes back in `Incoming.payload`
    hint: str = ""


class Question(Value):
    """What a front end asks next."""

    step: str  # its name
    ask: str
    hint: str
    accepts: frozenset[Accept]
    buttons: tuple[Button, ...] = ()
    optional: bool = False  # SKIP is taken
    first: bool = False  # there is nothing to go BACK to
    most: int = 1  # pictures that it still takes
    number: int = 1  # of the step, counted from 1
    of: int = 1  # steps in all
