"""What a person sees: a text with buttons, and what each button sends back in its 64 bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

MOST_BYTES, TAG_BYTES = 64, 12
"""Of what a button sends back; of that, what names its screen."""

BACK, CANCEL, NEXT, RETURN = "back", "cancel", "next", "return"
GREY = "!"
"""Begins what a button sends that can do nothing now; the rest says why, by a word of the screen's own."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button; with an address it opens that, and sends nothing back."""

    label: str
    data: str = ""
    url: str = ""

    def __post_init__(self) -> None:
        if len(self.data.encode()) > MOST_BYTES - (0 if self.data.startswith("@") else TAG_BYTES):
            raise ValueError(f"{self.data!r} is more than a button can send back")


Row: TypeAlias = Sequence[Button]


@dataclass(frozen=True, slots=True)
class Shown:
    """A message: its text, plain, and the rows of buttons under it."""

    text: str
    rows: Sequence[Row] = ()


def chosen(label: str, *, is_chosen: bool) -> str:
    """A label, marked where it is what was chosen."""
    return f"✓ {label}" if is_chosen else label


def in_rows(buttons: Sequence[Button], of: int) -> list[Row]:
    """Buttons, so many in a row."""
    return [buttons[start : start + of] for start in range(0, len(buttons), of)]
