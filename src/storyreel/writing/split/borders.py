"""Where one beat ends and the next begins inside a run of prose."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from storyreel.domain.storyboard import Weather
from storyreel.domain.values import Language
from storyreel.lexicon import Kind, Mention
from storyreel.writing.known import mentions, places
from storyreel.writing.verbs import action, are_alike, done_in_turn, like_verbs, verbs
from storyreel.writing.words import Hit, field_words, folded, listed, row_words

_SENTENCE = re.compile(r"[.!?…]+[\"'”»)\]\x00]*\s+|[。！？…]+[”」』）\"\x00]*\s*|[;；]\s*|\s*(?:->|→|=>|⟶|⇒|\s\|\s)\s*|\n+")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:mr|mrs|ms|dr|st|prof|vs|etc|e\.g|i\.e|no|jr|sr|lt|sgt|capt|col|gen|a\.m|p\.m"
    r"|г|гг|ул|им|т|д|др|стр|рис|тов|[a-zа-я])\.\s*$",
    re.IGNORECASE,
)
_AFTER_COMMA = re.compile(
    r"(?:[,，—–]\s*|\s+[—–-]\s+)(?:(?:and|but|while|as|и|а|но|而|但)\s+)?|\s+(?:and|but|while|и|а|но)\s+"
    r"|\s+(?=(?:until|till|пока не)\b)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"(?:(?:a|an|the|his|her|their|its|two|three|another|one|some|several)\s+)?", re.IGNORECASE)
_COUNTED = re.compile(r"(?:[一这那两三几][^，。]?)?[大小老红白黑年轻]{0,3}")  # before a Chinese name: 一个, 两只大
_SUBJECTS = {"man", "woman", "many", *(one.value for one in Weather)}
_SUBORDINATE = {
    Language.ENGLISH: re.compile(r"\s*(?:as|when|while|if|because|although|though|since|after|before|until)\b", re.IGNORECASE),
    Language.RUSSIAN: re.compile(r"\s*(?:когда|пока|если|потому|хотя|так как|едва|после того)\b", re.IGNORECASE),
    Language.CHINESE: re.compile(r"\s*(?:当|如果|虽然|因为|每当)"),
}
_TOLD_OF = re.compile(r"\s*(?:whose|who|whom|which)\b", re.IGNORECASE)  # "asks the bear and the owl whose it is"
_RU_PLACE = re.compile(
    r"(?:в|во|на|за|под|над|у|из|из-за|к|по|перед|около|среди|между|возле)\s+(?:[\w-]+\s+){1,3}", re.IGNORECASE
)
_LONGEST = {Language.ENGLISH: 200, Language.RUSSIAN: 200, Language.CHINESE: 70}
_CLAUSE = re.compile(r"[.!?…;。！？；\n]")
_GOING = {"travel", "chase", "leave", "arrive", "return"}  # intents of verbs that lead to another place
_ACTORS = {Kind.PERSON, Kind.ANIMAL, Kind.CREATURE, Kind.VEHICLE, Kind.SKY, Kind.WATER}


def borders(text: str, language: Language, *, by_length: bool = True) -> list[int]:
    """Where beats begin after the first, in order; the text's speech must be blotted out already (see quotes.masked)."""
    cuts = {match.end() for match in _SENTENCE.finditer(text) if not _runs_on(text, match)}
    cuts |= set(_connected(text, language))
    cuts |= set(_new_subjects(text, language))
    cuts |= set(_gone_elsewhere(text, language))
    cuts |= set(_in_a_row(text, language))
    inside = sorted(cut for cut in cuts if 0 < cut < len(text))
    if not by_length:
        return inside
    return sorted({*inside, *_too_long(text, [0, *inside, len(text)], _LONGEST[language])})


def _runs_on(text: str, match: re.Match[str]) -> bool:
    mark = match.group()
    if mark.startswith("\n"):
        before = text[: match.start()].rstrip()
        return bool(before) and text[match.end() : match.end() + 1].islower()
    if mark.startswith(".") and not mark.startswith(".."):
        return bool(_ABBREVIATION.search(text[max(0, match.start() - 8) : match.start() + 1] + " ")) and not _ends_line(
            text, match
        )
    return mark[0] in ".…" and text[match.end() : match.end() + 1].islower()


def _ends_line(text: str, match: re.Match[str]) -> bool:
    return "\n" in match.group() or match.end() >= len(text)


@cache
def _connectors(language: Language) -> re.Pattern[str]:
    words = sorted(listed("borders", "next", language.value), key=len, reverse=True)
    joined = "|".join(re.escape(folded(word)) for word in words)
    return re.compile(f"(?:{joined})" if language is Language.CHINESE else rf"(?:{joined})\b")


def _connected(text: str, language: Language) -> Iterator[int]:
    low, pattern = folded(text), _connectors(language)
    for match in _AFTER_COMMA.finditer(low):
        lead = _first_word(match)
        for at in (match.end(), lead):
            if pattern.match(low, at):
                yield lead
                break


def _gone_elsewhere(text: str, language: Language) -> Iterator[int]:
    """After something was done, "and" a verb that leads to a place: "steals a crown and runs into the forest" is two pictures."""
    hits = verbs(text, language)
    going = {hit.start: hit for hit in hits if action(hit.value).intent in _GOING}
    if not going:
        return
    done = [hit.start for hit in hits if action(hit.value).intent != "feel"]  # who barks and runs does so at once
    named = places(text, language)
    where = [one.start for one in named]
    ends = [match.start() for match in _CLAUSE.finditer(text)]
    for match in _AFTER_COMMA.finditer(text):
        go = going.get(match.end())
        if go is None:
            continue
        before, after = bisect_left(ends, match.start()), bisect_left(ends, go.end)
        start, end = ends[before - 1] + 1 if before else 0, ends[after] if after < len(ends) else len(text)
        there = named[bisect_left(where, go.end) : bisect_left(where, end)]
        here = named[bisect_left(where, start) : bisect_left(where, match.start())]
        if _has_one(done, start, match.start()) and there and there[0].place.id not in {one.place.id for one in here}:
            yield _first_word(match)


def _in_a_row(text: str, language: Language) -> Iterator[int]:
    """Before each further deed of three or more in a row: "jumps onto the table, knocks over a vase, and hides"."""
    known = done_in_turn(text, language)
    done = known | set(like_verbs(text, language))
    ends = [match.start() for match in _CLAUSE.finditer(text)]
    rows: dict[int, list[re.Match[str]]] = {}  # by sentence
    for match in _AFTER_COMMA.finditer(text):
        if match.end() in done:
            rows.setdefault(bisect_left(ends, match.start()), []).append(match)
    for sentence, row in rows.items():
        begins = ends[sentence - 1] + 1 if sentence else 0
        first = max((at for at in done if begins <= at < row[0].start()), default=None)
        alike = [match for match in row if first is not None and are_alike(text, first, match.end(), language)]
        if len(alike) > 1:  # and the one before the first comma
            yield from (_first_word(match) for match in alike if match.end() in known)


def _first_word(match: re.Match[str]) -> int:
    """Where the first word begins of what _AFTER_COMMA found."""
    return match.start() + len(match.group()) - len(match.group().lstrip(" ,，—–-"))


def _new_subjects(text: str, language: Language) -> Iterator[int]:
    """After a comma or "and": someone else, who does something; the clause before must have had its own subject and verb."""
    named = mentions(text, language)
    others = _others(text, language)
    done = [hit for hit in verbs(text, language) if not any(one.start <= hit.start < one.end for one in named)]  # a polar bear
    who = _who(named, others, done)
    if not who:
        return
    does = _deeds(text, language, done, {*who, *(one.start for one in named)})
    finds = {hit.start for hit in done if hit.value == "find"}
    subjects = sorted([one.start for one in named] + [hit.start for hit in others])
    clause = 0
    sentences = [match.end() for match in _SENTENCE.finditer(text)]
    for match in _AFTER_COMMA.finditer(text):
        ended = bisect_right(sentences, match.start())
        clause = max(clause, sentences[ended - 1] if ended else 0)
        end = _actor_at(text, match.end(), who)
        if end is None and language is Language.RUSSIAN:
            end = _behind_its_verb(text, match.end(), done, named)
        if language is Language.CHINESE and end is None and match.end() in finds:
            yield match.end()
            clause = match.end()
            continue
        whole = _has_one(does, clause, match.start()) and _has_one(subjects, clause, match.start())
        if end is None or not whole or _TOLD_OF.match(text, end) or _SUBORDINATE[language].match(text, clause):
            continue
        reach = end + (8 if language is Language.CHINESE else 16)
        if _has_one(does, end, reach + 1):
            clause = _first_word(match)
            yield clause


def _who(named: Sequence[Mention], others: Sequence[Hit], done: Sequence[Hit]) -> dict[int, int]:
    """Who can act: where each name begins, and where it ends."""
    ends = {hit.start: hit.end for hit in others if hit.value in _SUBJECTS}
    return ends | {one.start: one.end for one in named if one.concept.kind in _ACTORS or _moves(one, done)}


def _moves(one: Mention, done: Sequence[Hit]) -> bool:
    """Whether a verb follows at once what is no body: "the kite soars"."""
    return any(one.end <= hit.start <= one.end + 1 for hit in done)


def _deeds(text: str, language: Language, done: Sequence[Hit], named: set[int]) -> list[int]:
    """Where verbs begin, in order; also of those that nobody listed: «ветер вырывает»."""
    return sorted({*(hit.start for hit in done), *(at for at in like_verbs(text, language) if at not in named)})


def _has_one(places: list[int], start: int, end: int) -> bool:
    """Whether a place of a sorted list lies from `start` up to but not including `end`."""
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end


def _others(text: str, language: Language) -> list[Hit]:
    """Subjects that are no things: weather and pronouns."""
    return [*field_words("weather", language).find(text), *row_words("people", "pronouns", language).find(text)]


def _actor_at(text: str, at: int, who: dict[int, int]) -> int | None:
    """Where the name ends of who is named here, with an article, a number or adjectives before it."""
    counted = _COUNTED.match(text, at)
    article = _ARTICLE.match(text, at)
    heads = {at, *(range(at, counted.end() + 1) if counted else ()), article.end() if article else at} | _after_adjectives(
        text, at
    )
    return next((who[head] for head in sorted(heads) if head in who), None)


def _behind_its_verb(text: str, at: int, done: Sequence[Hit], named: Sequence[Mention]) -> int | None:
    """Where the verb begins of who acts in a place that is told first: «в купе спит девочка», but not «в руке держит кота»."""
    verb = next((hit for hit in done if hit.start > at), None)
    if verb is None or not _RU_PLACE.fullmatch(text, at, verb.start):
        return None
    heads = _after_adjectives(text, verb.end + 1)
    acts = any(one.start in heads and one.concept.kind in _ACTORS and folded(one.text) == folded(one.word) for one in named)
    return verb.start if acts else None


def _after_adjectives(text: str, at: int) -> set[int]:
    """Where the next three words begin, as long as nothing parts them."""
    reach = re.match(r"[\w'’-]+(?:\s+[\w'’-]+){0,2}", text[at : at + 60])
    return {at + match.start() for match in re.finditer(r"\b\w", reach.group())} if reach else set()


def _too_long(text: str, edges: list[int], longest: int) -> Iterator[int]:
    for start, end in pairwise(edges):
        yield from _halved(text, start, end, longest)


def _halved(text: str, start: int, end: int, longest: int) -> Iterator[int]:
    if end - start <= longest:
        return
    low, high = start + (end - start) // 4, end - (end - start) // 4
    middle = (start + end) // 2
    cuts = [match.end() for match in re.finditer(r"[,，、:：—]\s*", text[low:high])] or [
        match.end() for match in re.finditer(r"\s+", text[low:high])
    ]
    if not cuts:
        return
    cut = min((low + one for one in cuts), key=lambda one: abs(one - middle))
    if text[cut - 1] == "\x00":
        return
    yield from _halved(text, start, cut, longest)
    yield cut
    yield from _halved(text, cut, end, longest)
