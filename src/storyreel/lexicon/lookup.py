"""Which subjects and places a text names. Pure: the same text gives the same answer."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import zip_longest

from storyreel.domain.values import Language
from storyreel.lexicon.chinese_names import chinese_name_at
from storyreel.lexicon.concepts import Concept, Kind, Mention, Place, PlaceMention
from storyreel.lexicon.index import Entry, Index, Match, Token, entry, index, matches, tokens
from storyreel.lexicon.load import Sense, lexicon

_DETERMINERS = frozenset(
    "a an the this that these those my your his her its our their some any no every each another one two three four five "
    "several many few in on of with by from for near at under over behind beside into onto inside through and or".split()
)
_BEFORE_VERBS = frozenset(
    "to he she it they we i you who which will would can could must should shall may might do does did not don doesn didn "
    "cannot never always then".split()
)
_ATTRIBUTIVE = frozenset({Kind.OBJECT, Kind.FOOD, Kind.PLANT, Kind.TERRAIN, Kind.SKY, Kind.FURNITURE})
_ENDS = ".!?;\n。！？；"
_INSIDE = frozenset("上里内边中下")  # what makes a Chinese thing a place: 船上, 车里


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
    return tuple(one for one, after in zip_longest(found, found[1:]) if after is None or not _is_attribute(one, after, text))


def places(text: str, language: Language) -> tuple[PlaceMention, ...]:
    """The places a text names, in order; not those inside a longer subject ('sea lion', 'spaceship')."""
    words = tokens(text, language)
    subjects = tuple(matches(words, _subject_index(language), lambda one, at: True))
    return tuple(
        PlaceMention(found.entry.target, found.start, found.end, text[found.start : found.end])
        for found in matches(words, _place_index(language), lambda one, at: True)
        if isinstance(found.entry.target, Place) and not any(_inside(found, subject) for subject in subjects)
    )


def _is_attribute(one: Mention, after: Mention, text: str) -> bool:
    """Whether a noun only says what the next one is like: 'stone house', 'gold ring', 'giant spider'."""
    adjacent = text[one.end : after.start] in {" ", "-"}
    plain = one.text.lower() in one.concept.words[Language.ENGLISH] and not after.is_name
    return adjacent and plain and (one.concept.kind in _ATTRIBUTIVE or one.text.lower() in {"giant", "human", "baby"})


def _inside(found: Match, other: Match) -> bool:
    inside = other.start <= found.start and found.end <= other.end
    return inside and found.end - found.start < other.end - other.start


def _mentions(text: str, language: Language) -> Iterator[Mention]:
    words = tokens(text, language)
    verbish = lexicon().verbish if language is Language.ENGLISH else frozenset[str]()

    def fits(one: Entry, at: int) -> bool:
        if len(one.forms) == 1 and one.word in verbish:
            return _is_noun_here(words, at)
        return not one.is_name or _name_fits(one, words, at, text)

    free_from = 0
    for found in matches(words, _subject_index(language), fits):
        if language is Language.CHINESE:
            yield from _chinese_names(text, free_from, found.start)
            free_from = found.end
        if isinstance(found.entry.target, Concept):
            meant = _in_context(found, text, language)
            if meant is not None:
                yield Mention(meant, found.start, found.end, text[found.start : found.end], found.entry.is_name)
    if language is Language.CHINESE:
        yield from _chinese_names(text, free_from, len(text))


def _is_noun_here(words: tuple[Token, ...], at: int) -> bool:
    """Whether a word that is as often a verb has an article or the like before it, and no subject in between."""
    if at == 0:
        return True
    for before in range(at - 1, max(at - 4, -1), -1):
        form = words[before].form
        if form in _DETERMINERS:
            return True
        if form in _BEFORE_VERBS or any(
            isinstance(one.target, Concept) for one in _subject_index(Language.ENGLISH).get(form, ())
        ):
            return False
    return False


def _name_fits(one: Entry, words: tuple[Token, ...], at: int, text: str) -> bool:
    """A name that is also a word counts only where its capital letter is not the sentence's."""
    if one.word not in lexicon().names[Language.ENGLISH]["also_words"] + lexicon().names[Language.RUSSIAN]["also_words"]:
        return True
    before = text[: words[at].start].rstrip(" \"'“”«»—-(")
    return bool(before) and before[-1] not in ".!?…:;\n"


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


def _in_context(found: Match, text: str, language: Language) -> Concept | None:
    target = found.entry.target
    if not isinstance(target, Concept):
        return None
    for sense in _senses(language):
        if _tells(sense, found, text):
            return concept(sense.concept) if sense.concept else None
    return target


def _tells(sense: Sense, found: Match, text: str) -> bool:
    form = text[found.start : found.end].lower().replace("ё", "е")
    if form not in sense.forms:
        return False
    around = _sentence(text, found.start, found.end).lower().replace("ё", "е")
    if sense.language is Language.CHINESE:
        return any(cue in around for cue in sense.cues)
    near = [token.form for token in tokens(around, sense.language)]
    return any(one.startswith(cue) for one in near for cue in sense.cues)


def _sentence(text: str, start: int, end: int) -> str:
    """What stands around a word in its own sentence."""
    first = max(text.rfind(mark, 0, start) for mark in _ENDS) + 1
    last = min((at for at in (text.find(mark, end) for mark in _ENDS) if at >= 0), default=len(text))
    return f"{text[first:start]} {text[end:last]}"


@lru_cache(maxsize=3)
def _senses(language: Language) -> tuple[Sense, ...]:
    return tuple(sense for sense in lexicon().senses if sense.language is language)


@lru_cache(maxsize=3)
def _subject_index(language: Language) -> Index:
    known = lexicon()
    entries = [entry(word, one, language, known.irregular) for one in known.concepts.values() for word in one.words[language]]
    entries += [entry(phrase, None, language, known.irregular) for phrase in (*known.guards[language], *_place_guards(language))]
    if language is not Language.CHINESE:
        entries += [
            entry(name, known.concepts[id], language, known.irregular, is_name=True)
            for id, names in known.names[language].items()
            if id in known.concepts
            for name in names
        ]
    return index(entries, known.blocked[language])


def _place_guards(language: Language) -> list[str]:
    """Places whose words hold a subject's: no ship stands on a 'ship deck', no ball lies in 月球."""
    words = [word for one in lexicon().places.values() for word in one.words[language]]
    if language is not Language.CHINESE:
        return [word for word in words if " " in word]
    things = {word for one in lexicon().concepts.values() for word in one.words[language]}
    return [word for word in words if not (word[-1] in _INSIDE and word[:-1] in things)]


@lru_cache(maxsize=3)
def _place_index(language: Language) -> Index:
    known = lexicon()
    entries = [entry(word, one, language, known.irregular) for one in known.places.values() for word in one.words[language]]
    entries += [entry(phrase, None, language, known.irregular) for phrase in known.guards[language]]
    return index(entries, known.blocked[language])
