"""Whom and what a model's shots show, tied to the bible and the lexicon."""

from dataclasses import dataclass

from storyreel.domain.storyboard import UNSEEN, Character, Facing, Line, Look, Position, Subject
from storyreel.domain.values import Language
from storyreel.lexicon import Concept, mentions
from storyreel.writing.llm.align import letters_of
from storyreel.writing.llm.answers import PersonTold, ShotTold
from storyreel.writing.llm.story import Told
from storyreel.writing.visual.looks import look_of
from storyreel.writing.visual.names import LIVING

_MOST_THINGS = 4
_LONGEST_THING = {Language.ENGLISH: 32, Language.RUSSIAN: 32, Language.CHINESE: 8}  # characters; beyond, it is no name
_SIDES = ((Position.LEFT, Facing.RIGHT), (Position.RIGHT, Facing.LEFT), (Position.CENTRE, Facing.CAMERA))


@dataclass(frozen=True, slots=True)
class Company:
    """The people of a film as the model listed them, with the rules' own characters for whom it listed nobody."""

    characters: tuple[Character, ...]
    language: Language
    same: dict[str, str]  # the rules' id of somebody -> ours

    def named(self, name: str) -> Character | None:
        """Whom a name means."""
        wanted = letters_of(name)
        exact = next((one for one in self.characters if letters_of(one.name) == wanted), None)
        near = [one for one in self.characters if wanted and (wanted in letters_of(one.name) or letters_of(one.name) in wanted)]
        return exact or (near[0] if len(near) == 1 else None)

    def subjects(self, shot: ShotTold, found: tuple[Subject, ...]) -> tuple[Subject, ...]:
        """Everyone and everything the shot names; `found` is what the rules read from its description."""
        ours = tuple(one.model_copy(update={"member": self.same.get(one.member, one.member)}) for one in found if one.member)
        members = dict.fromkeys(who.id for name in shot.people if (who := self.named(name)))
        people = [self._placed(id, at, len(members), ours) for at, id in enumerate(members)] if members else list(ours)
        things = [one for one in found if one.member is None]
        return (*people, *self._things(shot, [*people, *things], things))

    def lines(self, beat: Told) -> tuple[Line, ...]:
        """What is spoken in a beat, by whom."""
        return tuple(
            Line(
                speaker=who.id if (who := self.named(line.speaker)) else line.speaker.strip() or UNSEEN,
                words=" ".join(line.words.split()).strip('"“”«»「」').rstrip(",，"),
                language=self.language,
            )
            for line in beat.lines
        )

    def _placed(self, id: str, at: int, count: int, found: tuple[Subject, ...]) -> Subject:
        who = next(one for one in self.characters if one.id == id)
        known = next((one for one in found if one.member == id), None)
        if known:
            return known.model_copy(update={"name": who.name, "concept": who.concept})
        position, facing = _SIDES[at % 3] if count > 1 else (Position.CENTRE, Facing.RIGHT)
        return Subject(name=who.name, concept=who.concept, member=id, position=position, facing=facing)

    def _things(self, shot: ShotTold, known: list[Subject], found: list[Subject]) -> list[Subject]:
        things = list(found)
        there = {one.concept for one in known} | {one.holds for one in known}
        for name in shot.things:
            about = concept_of(name, self.language, living=False)
            if len(name) > _LONGEST_THING[self.language] or about is None or about.id in there:
                continue
            there.add(about.id)
            things.append(Subject(name=name.strip(), concept=about.id, position=Position.RIGHT))
        return things[:_MOST_THINGS]


def company_of(people: tuple[PersonTold, ...], met: tuple[Character, ...], language: Language) -> Company:
    """The bible's people: those whom the model listed, then those whom only the rules met."""
    characters: list[Character] = []
    for person in people:
        characters.append(_character(person, {one.id for one in characters}, language))
    same: dict[str, str] = {}
    for one in met:
        twin = _twin(one, characters, set(same.values()))
        if twin is None:
            twin = one.model_copy(update={"id": _free(one.id, {other.id for other in characters})})
            characters.append(twin)
        same[one.id] = twin.id
    return Company(tuple(characters), language, same)


def concept_of(name: str, language: Language, *, living: bool) -> Concept | None:
    """What the lexicon takes a name for; of several things the last, which is the head of an English name."""
    found = [one.concept for one in mentions(name, language) if (one.concept.kind in LIVING) is living]
    return found[-1] if found else None


def _character(person: PersonTold, taken: set[str], language: Language) -> Character:
    name, look = " ".join(person.name.split()), " ".join(person.look.split())[:200]
    about = (
        concept_of(name, language, living=True)
        or concept_of(name, language, living=False)
        or concept_of(look, language, living=True)
    )
    seen = look_of(about.look if about else None, f"{name} {look}", look, language, named=True)
    wears = seen.wears
    return Character(
        id=_free(about.id if about else "person", taken),
        name=name,
        concept=about.id if about else "person",
        look=Look(age=seen.age, figure=seen.figure, wears=wears, words=look),
    )


def _free(id: str, taken: set[str]) -> str:
    return next(one for one in (id, *(f"{id}-{number}" for number in range(2, len(taken) + 3))) if one not in taken)


def _twin(one: Character, characters: list[Character], taken: set[str]) -> Character | None:
    """Who of the listed people somebody is, whom the rules met by themselves."""
    named = next((other for other in characters if letters_of(other.name) == letters_of(one.name)), None)
    alike = [other for other in characters if other.concept == one.concept and other.id not in taken]
    return named or (alike[0] if len(alike) == 1 else None)
