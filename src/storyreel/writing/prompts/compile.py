"""A shot's prompt for a family of models: the parts in the family's order; where it is too long, whole parts go."""

import re

from storyreel.domain.storyboard import Bible, Location, Shot
from storyreel.domain.values import Language
from storyreel.lexicon import language_of
from storyreel.writing.prompts.families import Family, family_named
from storyreel.writing.prompts.parts import Telling, parts_of
from storyreel.writing.words import table

_ENDS = '.!?…。！？”»"]'
_TAGGED = ("[", "<")


def prompt_for(
    shot: Shot,
    location: Location | None,
    *,
    family: str,
    bible: Bible,
    sound: bool,
    chained: bool,
    references: int,
    limit: int | None,
    language: Language | None = None,
    negative_prompt: bool = True,
    still: bool = False,
) -> str:
    """What a model of that family is told of a shot, in the language of its description; nothing of other shots.

    `sound`: it makes sound; `chained`: it begins on a picture that goes before; `references`: so many pictures are sent;
    `limit`: characters it reads; `negative_prompt`: what must not be seen is told apart (see `negative_for`);
    `still`: one picture is wanted, whatever the family makes.
    """
    template = family_named(family).model_copy(update={"still": True} if still else {})
    spoken = language or language_of(shot.description)
    told = Telling(shot, location, bible, template, spoken, sound, chained, references, avoid=not negative_prompt)
    parts = parts_of(told)
    most = limit if limit is not None else len(_joined(parts, template, spoken))
    dropped: list[str] = []
    for part in template.drops:
        if len(_joined(_without(parts, dropped), template, spoken)) > most:
            dropped.append(part)
    for part in reversed(dropped):  # what is worth more, and still has room, comes back
        rest = [one for one in dropped if one != part]
        if len(_joined(_without(parts, rest), template, spoken)) <= most:
            dropped = rest
    return _fitted(_joined(_without(parts, dropped), template, spoken), most, spoken)


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
