"""Reads the lexicon's data files, once."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from storyreel.domain.storyboard import Age, Figure, Garment, Look
from storyreel.domain.values import Language
from storyreel.lexicon.concepts import Concept, Faces, Kind, Place, Played, Stands, Words

SUBJECTS = ("people", "creatures", "animals", "vehicles", "buildings", "furniture", "objects", "food", "plants", "nature")
"""Files of subjects, in the order in which an equal word wins."""

_AGES = frozenset(age.value for age in Age)
_FIGURES = frozenset(figure.value for figure in Figure)


@dataclass(frozen=True, slots=True)
class Sense:
    """Forms that mean another subject, or none, where one of the cues stands near."""

    language: Language
    forms: frozenset[str]
    cues: tuple[str, ...]  # beginnings of words; for Chinese any part of the text
    concept: str | None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything the data files say."""

    concepts: Mapping[str, Concept]
    places: Mapping[str, Place]
    verbish: frozenset[str]  # English words that are as often verbs
    determiners: frozenset[str]  # what stands before an English noun
    before_verbs: frozenset[str]  # what stands before an English verb
    guards: Mapping[Language, tuple[str, ...]]  # phrases that hold a subject's word and do not mean it
    blocked: Mapping[Language, frozenset[str]]  # forms that are mostly another word
    senses: tuple[Sense, ...]
    irregular: Mapping[str, str]  # Russian: see russian.py
    names: Mapping[Language, Mapping[str, tuple[str, ...]]]  # by language, then by concept
    names_also_words: frozenset[str]  # names that are also words: a capital at a sentence's start does not tell


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon as packaged."""
    subjects = {id: _concept(id, entry) for name in SUBJECTS for id, entry in _entries(name)}
    guards, names = _table("guards"), _table("names")
    return Lexicon(
        concepts=MappingProxyType(subjects),
        places=MappingProxyType({id: _place(id, entry) for id, entry in _entries("places")}),
        verbish=frozenset(guards["verbish"].split()),
        determiners=frozenset(guards["determiners"].split()),
        before_verbs=frozenset(guards["before_verbs"].split()),
        guards={language: _list(guards["phrases"][language]) for language in Language},
        blocked={language: frozenset(guards["blocked"][language].split()) for language in Language},
        senses=tuple(_sense(entry) for entry in guards["sense"]),
        irregular=MappingProxyType(_table("russian")),
        names={language: {concept: tuple(text.split()) for concept, text in names[language].items()} for language in Language},
        names_also_words=frozenset(names["also_words"].split()),
    )


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files("storyreel.lexicon").joinpath(f"data/{name}.toml").read_text(encoding="utf-8"))


def _entries(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    table = _table(name)
    defaults: dict[str, Any] = table.pop("defaults", {})
    for id, entry in table.items():
        yield id, {**defaults, **entry}


def _concept(id: str, entry: dict[str, Any]) -> Concept:
    kind = Kind(entry["kind"])
    return Concept(
        id=id,
        kind=kind,
        words=_words(entry),
        height_m=float(entry["height_m"]),
        stands=Stands(entry.get("stands", Stands.GROUND)),
        faces=Faces(entry.get("faces", Faces.NONE)),
        look=_look(entry.get("look", "")) if kind is Kind.PERSON or "look" in entry else None,
        holds=entry.get("holds"),
        figure=entry.get("figure") or None,
        params=MappingProxyType(entry["params"]) if "params" in entry else None,
        glyph=entry.get("glyph"),
        place_hint=entry.get("place"),
        inside=entry.get("inside"),
        seats=entry.get("seats", 0),
        bed=entry.get("bed", False),
        mount=entry.get("mount", False),
        climbed=entry.get("climbed", False),
        carries=float(entry.get("carries", 0.0)),
        boat=entry.get("boat", False),
        flown=entry.get("flown", False),
        played=Played(entry["played"]) if "played" in entry else None,
        rides=entry.get("rides"),
        performs=entry.get("performs", False),
        group=entry.get("group", False),
    )


def _place(id: str, entry: dict[str, Any]) -> Place:
    return Place(
        id=id,
        words=_words(entry),
        backdrop=entry.get("backdrop", id),
        indoors=entry.get("indoors", False),
        ambience=tuple(entry["ambience"].split()),
    )


def _sense(entry: dict[str, Any]) -> Sense:
    return Sense(Language(entry["language"]), frozenset(entry["forms"].split()), _list(entry["cues"]), entry.get("concept"))


def _words(entry: dict[str, Any]) -> Words:
    return MappingProxyType({language: _list(entry[language]) for language in Language})


def _list(text: str) -> tuple[str, ...]:
    return tuple(part for part in (piece.strip() for piece in text.split(",")) if part)


def _look(text: str) -> Look:
    """Read "old man coat cap": age, figure and garments in any order."""
    age, figure, wears = Age.ADULT, Figure.PERSON, list[Garment]()
    for word in text.split():
        if word in _AGES:
            age = Age(word)
        elif word in _FIGURES:
            figure = Figure(word)
        else:
            wears.append(Garment(word))
    return Look(age=age, figure=figure, wears=tuple(wears))
