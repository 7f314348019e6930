"""What a word can stand for: a subject that is drawn, or a place that is the backdrop."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from storyreel.domain.storyboard import Look
from storyreel.domain.values import Language

Words: TypeAlias = Mapping[Language, tuple[str, ...]]
"""A thing's words by language; the first is its name."""


class Kind(StrEnum):
    """What a subject is."""

    PERSON = "person"
    ANIMAL = "animal"
    CREATURE = "creature"
    VEHICLE = "vehicle"
    BUILDING = "building"
    FURNITURE = "furniture"
    OBJECT = "object"
    FOOD = "food"
    PLANT = "plant"
    TERRAIN = "terrain"
    WATER = "water"
    SKY = "sky"


class Stands(StrEnum):
    """What a subject rests on."""

    GROUND = "ground"
    WATER = "water"
    AIR = "air"
    SKY = "sky"
    TABLE = "table"
    HAND = "hand"
    WALL = "wall"


class Played(StrEnum):
    """How a body holds itself that plays it, an instrument, a game, a toy; or that plays as somebody does, a pianist."""

    UPRIGHT = "upright"
    SITTING = "sitting"


class Faces(StrEnum):
    """Which way a glyph looks as it was drawn; figures of our own look right."""

    LEFT = "left"
    RIGHT = "right"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Concept:
    """A subject: its words, its true size, and what draws it (a family of figures, else a glyph)."""

    id: str
    kind: Kind
    words: Words
    height_m: float
    stands: Stands = Stands.GROUND
    faces: Faces = Faces.NONE
    look: Look | None = None  # people only
    holds: str | None = None  # id of what is typically in the hand
    figure: str | None = None  # family of procedural figures
    params: Mapping[str, str | float] | None = None  # the family's own: {"species": "wolf"}
    glyph: str | None = None  # key of the vendored outlines
    place_hint: str | None = None  # id of the place it implies where none is told
    inside: str | None = None  # id of the place that one is in who is in it
    seats: int = 0  # for how many it is a seat as high as a knee
    bed: bool = False  # one lies on it
    mount: bool = False  # one rides on it, an animal or two wheels
    climbed: bool = False  # its steps, rungs or trunk carry who climbs
    carries: float = 0.0  # how high things lie on it, as a share of its own height; 0: none do
    boat: bool = False  # one sits in it and is seen
    flown: bool = False  # it is flown by one who stays below
    played: Played | None = None
    rides: str | None = None  # id of what one rides or drives who is not told to ride anything else
    performs: bool = False  # who plays music or a show, and no game
    group: bool = False  # several who are drawn as one subject

    @property
    def rests(self) -> bool:
        """Whether one sits or lies on it."""
        return self.bed or self.seats > 0

    def word(self, language: Language) -> str:
        """Its name in a language."""
        return self.words[language][0]


@dataclass(frozen=True, slots=True)
class Place:
    """A place: its words, the backdrop that draws it, and what it sounds like."""

    id: str
    words: Words
    backdrop: str
    indoors: bool
    ambience: tuple[str, ...]  # "wind", "rain", "sea", "river", "city", "crowd", "room", "forest", "space", "underwater", "train"

    def word(self, language: Language) -> str:
        """Its name in a language."""
        return self.words[language][0]


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a text names a subject; `text[start:end]` are its own words."""

    concept: Concept
    start: int
    end: int
    text: str
    is_name: bool = False  # a given name: the concept is then man, woman, boy, girl or person
    word: str = ""  # as the lexicon lists it; empty for a name that is put together


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Where a text names a place; `text[start:end]` are its own words."""

    place: Place
    start: int
    end: int
    text: str
