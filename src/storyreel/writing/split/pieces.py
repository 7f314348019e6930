"""What the first pass finds in a text."""

from dataclasses import dataclass, field
from enum import StrEnum

from storyreel.domain.values import Language


class Part(StrEnum):
    """What a line or paragraph of a script is."""

    ACTION = "action"
    ITEM = "item"  # of a numbered or bulleted list: a shot of its own
    HEADING = "heading"
    SPEECH = "speech"
    ASIDE = "aside"  # a title page, a note, a transition: nothing to show


@dataclass(frozen=True, slots=True)
class Block:
    """A run of the source that is one part; `start` is where its marker begins, `text_start` its own words."""

    part: Part
    start: int
    text_start: int
    text_end: int
    label: str = ""  # a speech's speaker, an aside's kind
    manner: str = ""  # how a speech is said: "whispering"


@dataclass(frozen=True, slots=True)
class Speech:
    """Words spoken; no speaker: to be found from the words around."""

    words: str
    speaker: str = ""
    manner: str = ""  # how they are said, as the script puts it in brackets


@dataclass(frozen=True, slots=True)
class Beat:
    """One change, with the run of the source it stands for."""

    start: int
    end: int
    text: str  # what is seen, without markers and speech
    speech: tuple[Speech, ...] = ()
    lead: str = ""  # what only sets time and place: "Night."
    heading: str | None = None  # of the scene that begins here
    listed: bool = False  # the person listed shots, and this is one
    merged: int = 1  # how many beats it was before


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as the first pass understood it."""

    source: str
    language: Language
    title: str
    beats: tuple[Beat, ...] = field(default_factory=tuple)
