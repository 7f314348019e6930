"""Which subjects and places a text names. Pure: the same text gives the same answer."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from storyreel.domain.values import Language
from storyreel.lexicon.aboard import aboard
from storyreel.lexicon.chinese_names import chinese_name_at
from storyreel.lexicon.concepts import Concept, Mention, Place, PlaceMention
from storyreel.lexicon.english_context import is_adjective_here, is_attribute, is_noun_here
from storyreel.lexicon.index import Entry, Match, Token, matches, tokens
from storyreel.lexicon.indexes import place_index, subject_index
from storyreel.lexicon.load import lexicon
from storyreel.lexicon.senses import meant

_SENTENCE_ENDS = ".!?…:;\n"


def language_of(text: str) -> Language:
    """The language most of a text is written in; English where no letter tells."""
    cyrillic = sum("\u0400" <= character <= "\u04ff" for character in text)
    # A Chinese character says about as much as three letters.
    chinese = 3 * sum("\u3400" <= character <= "\u9fff" for character in text)
    latin = sum("a" <= character <= "z" for character in text.lower())
    if chinese and chinese >= max(cyrillic, latin):
        return Language.CHINESE
    return Language.RUSSIAN if cyrillic and cyrillic >= latin else Language.ENGLISH


def concept(id: str) -> Concept:
    """The subject of that id. Raises KeyError."""
    return lexicon().concepts[id]


def place(id: str) -> Place:
    """The place of that id. Raises KeyError."""
    return lexicon().places[id]


def all_concepts() -> tuple[Concept, ...]:
    """Every subject, in the order of the data."""
    return tuple(lexicon().concepts.values())


def all_places() -> tuple[Place, ...]:
    """Every place, in the order of the data."""
    return tuple(lexicon().places.values())


def mentions(text: str, language: Language) -> tuple[Mention, ...]:
    """The subjects a text names, in order, the longest words first, none over another."""
    found = tuple(_mentions(text, language))
    if language is not Language.ENGLISH:
        return found
    return tuple(one for one, after in zip_longest(found, found[1:]) if after is None or not is_attribute(one, after, text))


def places(text: str, language: Language) -> tuple[PlaceMention, ...]:
    """The places a text names, in order, the insides of vehicles too; not those inside a longer subject ('sea lion')."""
    words = tokens(text, language)
    subjects = tuple(matches(words, subject_index(language), _any_fits))
    starts = [subject.start for subject in subjects]

    def inside_a_subject(found: Match) -> bool:
        before = bisect_right(starts, found.start) - 1
        if before < 0 or subjects[before].end < found.end:
            return False
        return subjects[before].end - subjects[before].start > found.end - found.start

    told = [
        PlaceMention(found.entry.target, found.start, found.end, text[found.start : found.end])
        for found in matches(words, place_index(language), _any_fits)
        if isinstance(found.entry.target, Place) and not inside_a_subject(found)
    ]
    told += [
        one
        for one in _aboard(text, subjects, language)
        if not any(one.start < known.end and known.start < one.end for known in told)
    ]
    return tuple(sorted(told, key=lambda one: one.start))


def _aboard(text: str, subjects: Sequence[Match], language: Language) -> Iterator[PlaceMention]:
    """The insides of vehicles that somebody is said to be in."""
    for found in subjects:
        inside = found.entry.target.inside if isinstance(found.entry.target, Concept) else None
        if inside and (span := aboard(text, found.start, found.end, language)):
            yield PlaceMention(place(inside), *span, text[slice(*span)])


def _any_fits(_entry: Entry, _at: int) -> bool:
    return True


def _mentions(text: str, language: Language) -> Iterator[Mention]:
    words = tokens(text, language)
    verbish = lexicon().verbish if language is Language.ENGLISH else frozenset[str]()

    def fits(one: Entry, at: int) -> bool:
        if language is Language.ENGLISH and len(one.forms) == 1 and is_adjective_here(words, at):
            return False
        if len(one.forms) == 1 and one.word in verbish:
            return is_noun_here(words, at, _is_subject)
        return not one.is_name or _name_fits(one, words[at], text)

    free_from = 0
    for found in matches(words, subject_index(language), fits):
        if language is Language.CHINESE:
            yield from _chinese_names(text, free_from, found.start)
            free_from = found.end
        target = found.entry.target
        subject = meant(found, target, text, language) if isinstance(target, Concept) else None
        if subject is not None:
            yield Mention(subject, found.start, found.end, text[found.start : found.end], found.entry.is_name, found.entry.word)
    if language is Language.CHINESE:
        yield from _chinese_names(text, free_from, len(text))


def _is_subject(form: str) -> bool:
    return any(isinstance(one.target, Concept) for one in subject_index(Language.ENGLISH).get(form, ()))


def _name_fits(one: Entry, word: Token, text: str) -> bool:
    """A name that is also a word counts only where its capital letter is not the sentence's."""
    if one.word not in lexicon().names_also_words:
        return True
    before = text[: word.start].rstrip(" \"'“”«»—-(")
    return bool(before) and before[-1] not in _SENTENCE_ENDS


def _chinese_names(text: str, start: int, end: int) -> Iterator[Mention]:
    at = start
    while at < end:
        found = chinese_name_at(text, at, end)
        if found is None:
            at += 1
            continue
        stop, id = found
        yield Mention(concept(id), at, stop, text[at:stop], is_name=True)
        at = stop
