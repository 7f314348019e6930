"""Which words a covering shot gets: by kind, action and mood, chosen by the text itself, none twice in a film."""

import re
from dataclasses import dataclass, field
from functools import cache
from zlib import crc32

from storyreel.domain.values import Language
from storyreel.lexicon import Concept, Kind, Stands, all_concepts
from storyreel.writing.verbs import action, verbs
from storyreel.writing.visual.drafts import Draft, Role
from storyreel.writing.visual.moments import Moment, goes_on
from storyreel.writing.words import field_words, listed, table

_AGREES = re.compile(r"\[([^|\]]*)\|([^\]]*)\]")
_BY_KIND = {Kind.FOOD: "food", Kind.PLANT: "plant", Kind.VEHICLE: "vehicle"}
_HURRIED = {"chase": "chase", "fight": "fight", "fall": "fall"}  # intents whose faces have lines of their own


@dataclass(slots=True)
class Coverage:
    """The lines of one film's covering shots, and which are spent."""

    language: Language
    seed: int
    _spent: set[str] = field(default_factory=set[str])

    def line(self, draft: Draft, moment: Moment) -> str:
        """A line for a shot, with {who}, {thing} and {at} still to be filled; its number marks are kept."""
        echoes = _feelings(moment.words, self.language)
        rows = [self._rows(path) for path in self._paths(draft, moment)]
        key = crc32(f"{draft.role}{moment.words}".encode(), self.seed)
        for row in rows:
            turned = [row[(key + step) % len(row)] for step in range(len(row))]
            fresh = [one for one in turned if one not in self._spent and not (_feelings(_plain(one), self.language) & echoes)]
            if fresh:
                self._spent.add(fresh[0])
                return fresh[0]
        last = rows[-1]
        return last[(key + draft.turn) % len(last)]

    def turned(self, count: int, draft: Draft, moment: Moment) -> int:
        """A number below `count` that the text chooses, another for another turn."""
        return (crc32(moment.words.encode(), self.seed) + draft.turn) % count

    def _rows(self, path: tuple[str, ...]) -> tuple[str, ...]:
        return listed("coverage", *path, self.language.value)

    def _paths(self, draft: Draft, moment: Moment) -> list[tuple[str, ...]]:
        """Where lines may be found, the most telling first; the last has some in every language."""
        mood, intent, hour = moment.setting.mood.value, moment.intent.id, moment.setting.time.value
        match draft.role:
            case Role.FACE:
                paths = _faces(draft.actor.seen.concept if draft.actor else None, mood, _hurried(draft, moment))
            case Role.DETAIL:
                paths = _things(draft.thing.concept if draft.thing else None, moving=goes_on(moment))
            case Role.HANDS:
                paths = [("things", "palms")] if draft.thing else [("hands", intent), ("hands", "any")]
            case Role.FEET:
                paths = [("feet", intent), ("feet", "any")]
            case Role.BEHIND:
                paths = [("behind", "any")]
            case Role.FAR:
                paths = _afar(draft, moment)
            case Role.OPENING:
                paths = [("opening", hour)]
            case _:
                paths = [("light", hour)]
        return [path for path in paths if self._rows(path)]


def agreed(line: str, *, many: bool) -> str:
    """A line with its verbs for one or for many: "[looks|look]"."""
    return _AGREES.sub(lambda one: one.group(2 if many else 1), line)


def _plain(line: str) -> str:
    return agreed(line, many=False)


def _afar(draft: Draft, moment: Moment) -> list[tuple[str, ...]]:
    if draft.thing:
        return [("far_thing_inside" if moment.setting.indoors else "far_thing", "any")]
    if moment.setting.place is not None and moment.setting.place.id in _aboard():
        return [("far_aboard", "any")]
    return [("far_inside", "any")] if moment.setting.indoors else [("far", moment.setting.mood.value), ("far", "any")]


@cache
def _aboard() -> frozenset[str]:
    """The places inside of what travels."""
    return frozenset(one.inside for one in all_concepts() if one.inside)


@cache
def _feelings(text: str, language: Language) -> frozenset[str]:
    """What a text says is felt or looked at, so that coverage does not say it twice."""
    moods = {hit.value for hit in field_words("mood", language).find(text) if hit.value in {"joy", "sorrow", "fear"}}
    done = {hit.value for hit in verbs(text, language) if action(hit.value).intent in {"look", "turn"}}
    return frozenset(moods | done)


def _hurried(draft: Draft, moment: Moment) -> str:
    """What somebody is caught in, where it shows in the face: who only looks on has a mood instead."""
    who = draft.actor
    taking_part = who is not None and (who.acts or (moment.intent.id == "fight" and who in moment.actors))
    return _HURRIED.get(moment.intent.id, "") if taking_part else ""


def _faces(about: Concept | None, mood: str, hurried: str) -> list[tuple[str, ...]]:
    kind = about.kind if about else Kind.PERSON
    human = about is None or kind is Kind.PERSON or (kind is Kind.CREATURE and about.height_m < 2.2)
    if human:
        return [("person", hurried), ("person", mood), ("person", "calm")]
    if kind is Kind.CREATURE:
        return [("creature", hurried), ("creature", mood), ("creature", "tension"), ("creature", "calm")]
    return [("animal", hurried), ("animal", mood), ("animal", "calm")]


def _things(about: Concept | None, *, moving: bool) -> list[tuple[str, ...]]:
    group = _group(about.id) if about else ""
    stands = about.stands if about else Stands.GROUND
    kind = _BY_KIND.get(about.kind, "") if about else ""
    kind = "moving" if kind == "vehicle" and moving else kind
    named = [("things", one) for one in (group, kind) if one][:1]
    return [*named, ("things", stands.value), ("things", "ground")]


@cache
def _group(id: str) -> str:
    return next((name for name, ids in table("coverage")["groups"].items() if id in ids), "")
