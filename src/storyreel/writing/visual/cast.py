"""Who and what a film shows, and who is meant by "he", «она», “他们”."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from storyreel.domain.storyboard import Age, Character, Figure, Look
from storyreel.domain.values import Language
from storyreel.lexicon import Concept, Kind, Mention, PlaceMention, concept
from storyreel.writing.known import mentions, places
from storyreel.writing.visual.apposition import described
from storyreel.writing.visual.cues import common_cue
from storyreel.writing.visual.looks import look_of, worn_after
from storyreel.writing.visual.names import LIVING, count_of, name_of
from storyreel.writing.visual.pronouns import (
    Case,
    acts,
    case_of,
    gender,
    is_impersonal,
    named_so,
    one_of_two,
    sentence_start,
    suits,
)
from storyreel.writing.visual.seen import Seen, can_move, last_two, pointed_to, recalled, thing_before
from storyreel.writing.visual.strangers import strangers
from storyreel.writing.words import Hit, listed, row_words

_PLAIN = frozenset({"man", "woman", "person", "old_man", "old_woman", "boy", "girl", "child", "young_man", "young_woman"})
_NEW_ONE = {  # said of someone not met before
    Language.ENGLISH: re.compile(r"\ban?\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE),
    Language.RUSSIAN: re.compile(r"\b(?:какой-то|какая-то|незнаком\w+)\s+$", re.IGNORECASE),
    Language.CHINESE: re.compile(r"一[个位名][^，。]{0,4}$"),
}
_THE_ONE = {  # said of someone met before
    Language.ENGLISH: re.compile(r"\b(?:the|this|that)\s+$", re.IGNORECASE),
    Language.RUSSIAN: re.compile(r"\b(?:эт|т)(?:от|ого|ому|им|ем|а|ой|у)\s+$", re.IGNORECASE),
    Language.CHINESE: re.compile(r"[这那][个位名]?$"),
}
_BROADER = {"man": ("old_man", "young_man"), "woman": ("old_woman", "young_woman"), "child": ("boy", "girl")}
"""Words that may mean someone met by a narrower one: "the man" after "an old man"."""
_SMALL = re.compile(r"(?<=\s)(?:In|Of|The|With|A|An|And|From|At|On|С|Со|В|И|На|Из)(?=\s)")  # within a cue: WOMAN IN RED
MOST_ALIKE = 4  # "a crowd of men" is drawn as so many


@dataclass(slots=True)
class Cast:
    """The characters met so far, as the beats are read in order."""

    language: Language
    characters: list[Character] = field(default_factory=list[Character])
    recent: list[Seen] = field(default_factory=list[Seen])  # the living, last named last
    names: tuple[str, ...] = ()  # of a script's speakers, who may be seen before they speak
    speakers: int = 0  # how many speak in the film
    wholes: dict[str, str] = field(default_factory=dict[str, str])  # of each who is named only later: those they are among
    thing: Seen | None = None  # what was named last of all that does not live
    things: list[Seen] = field(default_factory=list[Seen])  # all that was named and does not live
    unlisted: set[str] = field(default_factory=set[str])  # keys of those whom the lexicon does not know
    _by_key: dict[str, Seen] = field(default_factory=dict[str, Seen])

    def see(self, text: str, doer: Seen | None = None) -> tuple[Seen, ...]:
        """Everyone and everything in a text, in order, pronouns resolved, each once.

        `doer` is who acts where the text does not say: "chases it" is not said of the chaser.
        """
        where = places(text, self.language)
        named = [one for one in mentions(text, self.language) if not any(_within(one, spot) for spot in where)]
        named = [one for one in named if not self._tells_of_the_next(one, named, text)]
        clothed = [(one.end, worn_after(text, one.end, self.language)[0]) for one in named if one.concept.kind in LIVING]
        clothed += [spot for name in self.names if " " in name and (spot := self._spot(name, text))]  # COP #2 is no other cop
        unlisted = tuple(strangers(text, self.language))
        clothed += [(start, end) for _, start, end in unlisted]
        named = [one for one in named if not any(start <= one.start and one.end <= end for start, end in clothed)]
        told = described(text, named, self.names, self.language)
        found: list[Seen] = [self._meet(one, text) for one in named if one not in told.values()]
        found += self._expected(text, found)
        found += self._strangers(text, unlisted)
        found = [self._known_as(one, told, text) for one in found]
        found += self._meant(text, found, None if any(one.lives for one in found) else doer)
        unique: dict[str, Seen] = {}
        for one in sorted(found, key=lambda seen: seen.start):
            unique.setdefault(one.member or (one.concept.id if one.concept else one.name), one)
        for one in sorted(unique.values(), key=lambda seen: not seen.pronoun):
            if one.lives:
                self._remember(one)
            elif not one.pronoun:
                self.things.append(one)
        movable = [one for one in unique.values() if not one.lives and not one.pronoun]
        self.thing = max(movable, key=lambda one: (can_move(one), one.start), default=self.thing)
        return tuple(unique.values())

    def _tells_of_the_next(self, one: Mention, named: list[Mention], text: str) -> bool:
        """Whether a word only tells what the one right behind it is: an elf archer is one."""
        if self.language is not Language.ENGLISH or one.is_name or one.concept.kind not in {Kind.PERSON, Kind.CREATURE}:
            return False
        after = next((other for other in named if other.start == one.end + 1 and not other.is_name), None)
        return after is not None and after.concept.kind is Kind.PERSON and text[one.end] == " "

    def introduce(self, name: str) -> Seen:
        """A speaker known by a script's cue: an old acquaintance, or someone new."""
        if known := self._by_key.get(name.casefold()) or self._so_called(name.casefold()):
            self._remember(known)
            return known
        if plain := common_cue(name, self.language):
            seen = self._admit(plain.name, plain.concept, key=name.casefold(), named=False, worn=plain.worn)
            self._by_key.setdefault(plain.concept.id, seen)
            self._remember(seen)
            return seen
        shown = _SMALL.sub(lambda one: one.group().lower(), name.title()) if name.isupper() else name
        met = [*mentions(shown, self.language), *mentions(f"the {shown.split()[0].lower()}", self.language)]
        who = next((one for one in met if one.concept.kind in LIVING), None)
        common = who is not None and not who.is_name and who.text.casefold() == shown.casefold()
        if common and who:
            seen = self._admit(shown, who.concept, key=name.casefold(), named=False)
        else:
            seen = self._admit_named(shown, who, key=name.casefold())
        self._remember(seen)
        return seen

    def _admit_named(self, name: str, who: Mention | None, *, key: str, worn: str = "") -> Seen:
        """Someone new who has a name, and may be one of those who were told of together."""
        whole = self._among(who)
        concept = whole.concept if whole else who.concept if who else None
        seen = self._admit(name, concept, key=key, named=True, worn=worn)
        if whole and whole.member and seen.member:
            self.wholes[seen.member] = whole.member
            self._has_figure(seen.member, who)
        return seen

    def _among(self, who: Mention | None) -> Seen | None:
        """Those whom one is among who is named only as they speak: "Two friends sit in a café. “I am leaving”, says Masha"."""
        several = [one for one in self.recent if one.count > 1 and one.concept and one.concept.kind is Kind.PERSON]
        if len(several) != 1 or several[0].count != self.speakers:
            return None
        concept = several[0].concept
        return (
            several[0] if concept and (who is None or concept.id not in _PLAIN or _of_one_figure(concept, who.concept)) else None
        )

    def _has_figure(self, member: str, who: Mention | None) -> None:
        """A name tells whether a detective is a woman."""
        look = who.concept.look if who else None
        if look is not None and look.figure is not Figure.PERSON:
            self._is_figure(member, look.figure)

    def _is_figure(self, member: str | None, figure: Figure) -> None:
        """Somebody is a man, or a woman."""
        self.characters = [
            one.model_copy(update={"look": one.look.model_copy(update={"figure": figure})}) if one.id == member else one
            for one in self.characters
        ]

    def _so_called(self, cue: str) -> Seen | None:
        """Who was met under a name that holds the cue, or looks as it says: the "man in a hat"."""
        looks = {one.id for one in self.characters if one.look.words.casefold() == cue}
        return next((one for one in self.recent if cue in one.name.casefold().split() or one.member in looks), None)

    def _known_as(self, seen: Seen, told: dict[str, Mention], text: str) -> Seen:
        """Someone named who is described too: their figure and look come from the description."""
        mention = told.get(seen.name.casefold())
        if mention is None or seen.member is None:
            return seen
        _, worn = worn_after(text, mention.end, self.language)
        look = look_of(mention.concept.look, name_of(mention, text, self.language), worn, self.language, named=False)
        self.characters = [
            one.model_copy(update={"concept": mention.concept.id, "look": look}) if one.id == seen.member else one
            for one in self.characters
        ]
        self._by_key = {
            key: replace(one, concept=mention.concept) if one.member == seen.member else one for key, one in self._by_key.items()
        }
        self._by_key.setdefault(mention.concept.id, replace(seen, concept=mention.concept))
        return replace(seen, concept=mention.concept)

    def _expected(self, text: str, found: list[Seen]) -> list[Seen]:
        """Speakers of the script whom the words name, though the lexicon does not know them."""
        taken = [(one.start, one.end) for one in found]
        met: list[Seen] = []
        for match in self._titled(text):
            who = self.introduce(match.group())
            found[:] = [one for one in found if not (match.start() <= one.start and one.end <= match.end())]
            taken.append(match.span())
            met.append(Seen(who.name, who.concept, who.member, match.start(), match.end(), 1, who.named))
        for name in self.names:
            start, end = self._spot(name, text) or (0, 0)
            if end and not any(first < end and start < last for first, last in taken):
                who = self.introduce(name)
                met.append(Seen(who.name, who.concept, who.member, start, end, 1, who.named))
        return met

    def _strangers(self, text: str, unlisted: Iterable[tuple[str, int, int]]) -> Iterator[Seen]:
        """Who acts and is in no list, now or in a beat before."""
        acting = {one[0]: one for one in unlisted}
        for key in (*(key for key in self._by_key if key in self.unlisted and key not in acting), *acting):
            name, start, end = acting.get(key) or (key, *(self._spot(key, text) or (0, 0)))
            if end:
                self.unlisted.add(key)
                who = self._by_key.get(key) or self._admit(name, None, key=key, named=False)
                yield Seen(who.name, None, who.member, start, end)

    def _spot(self, name: str, text: str) -> tuple[int, int] | None:
        """Where a text names a speaker as the cues do."""
        edge = "" if self.language is Language.CHINESE else r"\b"
        match = re.search(f"{edge}{re.escape(name)}{edge}", text, re.IGNORECASE)
        return match.span() if match else None

    def _titled(self, text: str) -> list[re.Match[str]]:
        """A title and a name: "Captain Harris", «доктор Чехов»."""
        titles = "|".join(listed("people", "titles", self.language.value))
        if not titles:
            return []
        return [
            one for one in re.finditer(rf"\b(?i:{titles})\.?\s+[A-ZА-ЯЁ][\w’'-]+", text) if one.group().split()[-1][0].isupper()
        ]

    def lead(self, seen: Seen) -> None:
        """Who acts is who is meant next."""
        self._remember(seen)

    def last(self) -> Seen | None:
        """Who was named last."""
        return self.recent[-1] if self.recent else None

    def _meet(self, one: Mention, text: str) -> Seen:
        count = count_of(one, text, self.language)
        name = name_of(one, text, self.language)
        if one.concept.kind not in LIVING:
            if known := recalled(one, name, text, self.things, self.language):
                return replace(known, start=one.start, end=one.end, count=count, recalled=True)
            return Seen(name, one.concept, None, one.start, one.end, count)
        key = (
            one.text.casefold()
            if one.is_name and self.language is Language.CHINESE
            else name.casefold()
            if one.is_name
            else one.concept.id
        )
        known = None if count == 1 and self._is_another(one, text) else self._known(one, key, text)
        if known and known.count > 1 and count == 1 and _NEW_ONE[self.language].search(text[: one.start]):
            known = None  # one of many, shown alone
        _, worn = worn_after(text, one.end, self.language)
        if known is None and one.is_name and count == 1 and one.concept.kind is Kind.PERSON:
            known = self._admit_named(name, one, key=key, worn=worn)
        seen = known or self._admit(name, one.concept, key=key, named=one.is_name, count=count, worn=worn)
        return Seen(seen.name, seen.concept, seen.member, one.start, one.end, count, seen.named)

    def _is_another(self, one: Mention, text: str) -> bool:
        return bool(row_words("people", "another", self.language).find(text[max(0, one.start - 14) : one.start]))

    def _known(self, one: Mention, key: str, text: str) -> Seen | None:
        if key in self._by_key:
            return self._by_key[key]
        if one.is_name:
            return self._by_stem(key)
        if one.concept.kind is Kind.ANIMAL:
            return recalled(one, one.text.casefold(), text, [seen for seen in self.recent if seen.lives], self.language)
        if one.concept.id not in _PLAIN or _NEW_ONE[self.language].search(text[: one.start]):
            return None
        known = next((seen for seen in reversed(self.recent) if _fits(seen, one.concept)), None)
        return known or self._more_broadly(one, text)

    def _more_broadly(self, one: Mention, text: str) -> Seen | None:
        """The one met as "an old man" who is "the man" now, and not "the man in a red coat"."""
        if (
            not _THE_ONE[self.language].search(text[max(0, one.start - 14) : one.start])
            or worn_after(text, one.end, self.language)[1]
        ):
            return None
        narrower = _BROADER.get(one.concept.id, ())
        met = (seen for seen in reversed(self.recent) if seen.concept and seen.concept.id in narrower and seen.count == 1)
        return next(met, None)

    def _by_stem(self, key: str) -> Seen | None:
        """A name in another case: Анна, Анну, Анной."""
        if self.language is not Language.RUSSIAN or len(key) < 3:
            return None
        return next(
            (
                seen
                for known, seen in self._by_key.items()
                if seen.named and known[: max(3, len(known) - 1)] == key[: max(3, len(known) - 1)]
            ),
            None,
        )

    def _admit(self, name: str, concept: Concept | None, *, key: str, named: bool, count: int = 1, worn: str = "") -> Seen:
        base = concept.id if concept and not named else "person" if not concept else concept.id
        taken = {one.id for one in self.characters}
        id = next(one for one in (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))) if one not in taken)
        look = look_of(concept.look if concept else Look(), name, worn, self.language, named=named)
        self.characters.append(Character(id=id, name=name, concept=concept.id if concept else "person", look=look))
        seen = Seen(name, concept, id, 0, 0, count, named)
        self._by_key[key] = seen
        return seen

    def _remember(self, seen: Seen) -> None:
        self.recent = [one for one in self.recent if one.member != seen.member] + [seen]

    def _unnamed(self, kind: str) -> Seen:
        """Someone whom the text never names: "he", "I"."""
        who = concept({"man": "man", "woman": "woman"}.get(kind, "person"))
        return self._by_key.get(who.id) or self._admit(who.word(self.language), who, key=who.id, named=False)

    def _meant(self, text: str, named: list[Seen], doer: Seen | None) -> list[Seen]:
        """Those whom pronouns point to: the last named who fits, before the pronoun or in an earlier beat."""
        found: list[Seen] = []
        for hit in named_so(text, self.language):
            before = sorted((one for one in (*named, *found) if one.lives and one.end <= hit.start), key=lambda one: one.start)
            pool = [*self.recent, *before]
            if doer and not before:
                before = [pointed_to(doer, hit.start, hit.start)]
            if hit.value == "many":
                met = [one.id for one in self.characters]
                both = sorted(last_two(pool), key=lambda one: met.index(one.member or ""))
                found += [pointed_to(one, hit.start, hit.end) for one in both]
            elif who := self._pointed_at(hit, text, pool, before, thing_before(hit, named) or self.thing):
                found.append(pointed_to(who, hit.start, hit.end))
                self._called(who, hit)
        return [*found, *self._of_two(text)]

    def _called(self, who: Seen, hit: Hit) -> None:
        """A pronoun tells whether a barista is a woman: "She pours the milk"."""
        figure = {"man": Figure.MAN, "woman": Figure.WOMAN}.get(hit.value)
        plain = any(one.id == who.member and one.look.figure is Figure.PERSON for one in self.characters)
        if figure and plain and self.language is Language.ENGLISH and who.count == 1:
            self._is_figure(who.member, figure)

    def _of_two(self, text: str) -> Iterator[Seen]:
        """Whom "one" and "the other" mean before what they do: of those told of together each is shown as both."""
        met = [one.id for one in self.characters]
        both = sorted(last_two(self.recent), key=lambda one: met.index(one.member or ""))
        if len(both) == 2 or (both and both[0].count > 1):
            for hit in one_of_two(text, self.language):
                yield pointed_to(both[-1 if hit.value == "other" else 0], hit.start, hit.end)

    def _pointed_at(self, hit: Hit, text: str, pool: list[Seen], before: list[Seen], thing: Seen | None) -> Seen | None:
        """The one whom a pronoun means; nobody is made up for one who is only acted on."""
        case = case_of(hit, text, self.language)
        if hit.value == "thing" and case is Case.SUBJECT and not acts(hit, text, self.language):
            return None if is_impersonal(hit, text, self.language) else thing
        begins = sentence_start(text, hit.start)
        subject = next((one.member for one in before if one.start >= begins), None) if case is Case.OBJECT else None
        unique = self._suited(hit, [one for one in pool if subject is None or one.member != subject])
        if unique:
            return _most_likely(unique, case)
        if thing and hit.value == ("thing" if self.language is not Language.RUSSIAN else gender(thing.name)):
            return thing  # «Корабль уходит. Он исчезает в тумане.»
        if hit.value == "thing" or case is Case.OBJECT or (case is Case.OWNER and self.characters):
            return self._by_key.get(hit.value)
        return self._unnamed(hit.value)

    def _suited(self, hit: Hit, pool: list[Seen]) -> list[tuple[int, Seen]]:
        """Whom a pronoun may mean and how well, each once, the one who was named last first."""
        scored = [(suits(hit.value, one.name, one.concept, self.language), one) for one in pool if one.count == 1]
        return list({one.member: (score, one) for score, one in scored if score}.values())[::-1]


def _most_likely(unique: list[tuple[int, Seen]], case: Case) -> Seen:
    """Whom a pronoun means of those whom it may: who surely fits, and of those who perhaps do a person."""
    surely = [one for score, one in unique[:3] if score > 1]
    if surely and case is not Case.OBJECT:
        return surely[0]
    pool = surely or [one for _, one in unique]  # "gives him tea": a person rather than the wolf that was named last
    return next((one for one in pool if one.concept is None or one.concept.kind is Kind.PERSON), pool[0])


def _of_one_figure(one: Concept, other: Concept) -> bool:
    return len({(about.look.figure if about.look else Figure.PERSON) for about in (one, other)} - {Figure.PERSON}) < 2


def _within(one: Mention, spot: PlaceMention) -> bool:
    """Whether a word is but a part of a place's name: 火 in 火星."""
    return spot.start <= one.start and one.end <= spot.end and one.end - one.start < spot.end - spot.start


def _fits(seen: Seen, plain: Concept) -> bool:
    """Whether a plain word ("the man") may mean someone already met."""
    if seen.concept is None or seen.concept.kind is not Kind.PERSON or seen.count > 1 or seen.concept.id in _PLAIN:
        return False
    theirs, asked = seen.concept.look or Look(), plain.look or Look()
    return (theirs.age is asked.age or asked.age is Age.ADULT) and (
        asked.figure is Figure.PERSON or theirs.figure is asked.figure
    )
