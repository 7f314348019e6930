"""A shot's prompt for a family of models: the parts in the family's order; where it is too long, whole parts go."""

import re
from dataclasses import dataclass
from typing import NotRequired, TypedDict, Unpack

from storyreel.domain.storyboard import Bible, Location, Shot
from storyreel.domain.values import Language
from storyreel.lexicon import language_of
from storyreel.writing.prompts.families import Family, family_named
from storyreel.writing.prompts.parts import Telling, parts_of
from storyreel.writing.words import table

_ENDS = '.!?…。！？”»"]'
_TAGGED = ("[", "<")


class Terms(TypedDict):
    """What a prompt depends on besides the shot and where it happens."""

    family: str
    bible: Bible
    sound: bool  # the model makes sound
    chained: bool  # it begins on a picture that goes before
    references: int  # so many pictures are sent
    limit: int | None  # characters that it reads
    language: NotRequired[Language | None]
    negative_prompt: NotRequired[bool]  # what must not be seen is told apart (see `negative_for`)
    still: NotRequired[bool]  # one picture is wanted, whatever the family makes


@dataclass(frozen=True, slots=True)
class Compiled:
    """A prompt, and what of the shot a limit kept out of it."""

    text: str
    left_out: tuple[str, ...]  # parts, as `data/families.toml` names them
    cut_short: bool  # what was left was still too long: whole sentences of it went, too


def prompt_for(shot: Shot, location: Location | None, **terms: Unpack[Terms]) -> str:
    """What a model of that family is told of a shot, in the language of its description; nothing of other shots."""
    return compiled(shot, location, **terms).text


def compiled(shot: Shot, location: Location | None, **terms: Unpack[Terms]) -> Compiled:
    """The same, with what the model's limit keeps out of it."""
    template = family_named(terms["family"]).model_copy(update={"still": True} if terms.get("still") else {})
    spoken = terms.get("language") or language_of(shot.description)
    parts = parts_of(
        Telling(
            shot,
            location,
            terms["bible"],
            template,
            spoken,
            terms["sound"],
            terms["chained"],
            terms["references"],
            avoid=not terms.get("negative_prompt", True),
        )
    )
    limit = terms["limit"]
    most = limit if limit is not None else len(_joined(parts, template, spoken))
    dropped = _dropped(parts, template, spoken, most)
    whole = _joined(_without(parts, dropped), template, spoken)
    text = _fitted(whole, most, spoken)
    return Compiled(text, tuple(part for part in dropped if part in parts), cut_short=text != whole)


def _dropped(parts: dict[str, tuple[str, ...]], template: Family, spoken: Language, most: int) -> list[str]:
    """The parts that go where all are too long, the least worth first."""
    dropped: list[str] = []
    for part in template.drops:
        if len(_joined(_without(parts, dropped), template, spoken)) > most:
            dropped.append(part)
    for part in reversed(dropped):  # what is worth more, and still has room, comes back
        rest = [one for one in dropped if one != part]
        if len(_joined(_without(parts, rest), template, spoken)) <= most:
            dropped = rest
    return dropped


def _without(parts: dict[str, tuple[str, ...]], dropped: list[str]) -> dict[str, tuple[str, ...]]:
    return {name: phrases for name, phrases in parts.items() if name not in dropped}


def negative_for(shot: Shot, *, family: str) -> str:
    """What must not be seen: the shot's own, then what models of that family are always told."""
    return ", ".join(dict.fromkeys((*shot.avoid, *family_named(family).negative)))


def _joined(parts: dict[str, tuple[str, ...]], template: Family, language: Language) -> str:
    say = table("prompt")[language.value]
    sentences: list[str] = []
    for sentence in template.order:
        names = sentence.split()
        if len(names) == 1:  # its phrases are sentences of their own
            sentences += [phrase for phrase in parts.get(names[0], ()) if phrase]
            continue
        phrases = [phrase for name in names for phrase in parts.get(name, ()) if phrase]
        sentences.append(say["comma"].join(phrases))
    return say["space"].join(_closed(one, say["stop"]) for one in sentences if one)


def _closed(sentence: str, stop: str) -> str:
    sentence = sentence if sentence.startswith(_TAGGED) else sentence[0].upper() + sentence[1:]
    return sentence if sentence[-1] in _ENDS else sentence + stop


def _fitted(text: str, limit: int, language: Language) -> str:
    """A text that is too long by itself: as many whole sentences as fit, or whole words of the first."""
    if len(text) <= limit:
        return text
    ends = [match.end() for match in re.finditer(r"[.!?…](?=\s|$)|[。！？]", text) if match.end() <= limit]
    if ends:
        return text[: ends[-1]]
    if language is Language.CHINESE:
        return text[:limit]
    cut = text[: limit + 1]
    return cut[: cut.rfind(" ")].rstrip(" ,;:") if " " in cut else text[:limit]
