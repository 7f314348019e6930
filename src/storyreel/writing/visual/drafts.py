"""Which shots cover which beats: the main ones, then establishing shots, details and reactions by weight."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import cycle

from storyreel.domain.storyboard import Mood, Pose, ShotSize, Weather
from storyreel.lexicon import Kind, Stands
from storyreel.writing.visual.holding import HANDS, fills_palms
from storyreel.writing.visual.moments import Actor, Moment
from storyreel.writing.visual.seen import Seen


class Role(StrEnum):
    """What a shot is for."""

    ESTABLISH = "establish"
    MAIN = "main"
    FACE = "face"
    DETAIL = "detail"
    HANDS = "hands"
    FEET = "feet"
    SKY = "sky"
    OPENING = "opening"  # the light of a place that has no name
    LIGHT = "light"
    BEHIND = "behind"
    FAR = "far"
    AGAIN = "again"  # the beat from elsewhere, where nothing else is left to show


@dataclass(frozen=True, slots=True)
class Draft:
    """A shot before its fields: what it is for, and whom or what it shows."""

    beat: int
    role: Role
    actor: Actor | None = None
    thing: Seen | None = None
    turn: int = 0  # which of several wordings


@dataclass(frozen=True, slots=True)
class _Offer:
    draft: Draft
    worth: float


_ORDER = {
    Role.ESTABLISH: 0,
    Role.OPENING: 0,
    Role.SKY: 1,
    Role.MAIN: 2,
    Role.FEET: 3,
    Role.FACE: 5,
    Role.HANDS: 6,
    Role.DETAIL: 7,
    Role.LIGHT: 8,
    Role.AGAIN: 9,
    Role.BEHIND: 10,
    Role.FAR: 11,
}
_LETS_LIGHT_IN = frozenset({Weather.CLEAR, Weather.WIND})  # under rain or snow nobody tells of sun and stars
_NEVER_CLOSE = frozenset({Kind.TERRAIN, Kind.WATER, Kind.BUILDING})
_TOO_TALL_M = 6.0
_FATIGUE = 1.6  # what each further shot of one beat loses in worth


def natural_count(moments: tuple[Moment, ...]) -> int:
    """How many shots a director would give a text whose number nobody asked for."""
    beats = len(moments)
    if moments[0].beat.listed:
        return beats
    places = 1 + moments[-1].setting.scene
    if beats <= 3:
        rich = len(moments[0].things) + len(moments[0].actors) >= 2
        return {1: 5 if rich else 4, 2: 5, 3: 6}[beats]
    if any(moment.beat.heading for moment in moments):
        return beats + places
    return beats + min(max(2, beats // 3), 12)


def drafts_of(moments: tuple[Moment, ...], count: int) -> tuple[Draft, ...]:
    """`count` shots, at least one for each moment, in the order of the film."""
    chosen = [Draft(index, Role.MAIN) for index in range(len(moments))]
    offers = [offer for index in range(len(moments)) for offer in _offers(moments, index)]
    taken = [0] * len(moments)
    while len(chosen) < count and offers:
        best = max(offers, key=lambda offer: offer.worth - _FATIGUE * taken[offer.draft.beat])
        offers.remove(best)
        taken[best.draft.beat] += 1
        chosen.append(best.draft)
    chosen += _more(moments, count - len(chosen))
    return tuple(sorted(chosen, key=lambda draft: (draft.beat, _ORDER[draft.role], draft.turn)))


def _more(moments: tuple[Moment, ...], missing: int) -> Iterator[Draft]:
    turn = 0
    around = cycle(range(len(moments)))
    for number, beat in zip(range(missing), around, strict=False):
        turn = number // len(moments)
        yield Draft(beat, Role.AGAIN, turn=turn)


def _offers(moments: tuple[Moment, ...], index: int) -> Iterator[_Offer]:
    moment = moments[index]
    weight = moment.intent.weight + min(len(moment.words), 120) / 60
    first_here = index == 0 or moment.setting.scene != moments[index - 1].setting.scene
    if first_here or moment.bare:
        new_place = index == 0 or moment.setting.place != moments[index - 1].setting.place
        yield from _opening(moment, index, new_place=new_place)
    yield from _weather(moment, index, first_here=first_here)
    yield from _people(moment, index, weight)
    yield from _things(moment, index, weight)
    if moment.setting.weather in _LETS_LIGHT_IN:
        yield _Offer(Draft(index, Role.LIGHT, turn=index % 2), 2.5)
    if index == len(moments) - 1:
        yield from _ending(moment, index)


def _opening(moment: Moment, index: int, *, new_place: bool) -> Iterator[_Offer]:
    """Where we are, or at least in what light."""
    if moment.bare:
        yield _Offer(Draft(index, Role.ESTABLISH, turn=1), 9)
        if moment.setting.weather in _LETS_LIGHT_IN:
            yield _Offer(Draft(index, Role.LIGHT, turn=1), 3)
    elif moment.setting.place is None:
        yield _Offer(Draft(index, Role.OPENING), 9 if index == 0 else 5)
    elif new_place:
        yield _Offer(Draft(index, Role.ESTABLISH, turn=0), 14 if index == 0 else 10.5)
        yield _Offer(Draft(index, Role.ESTABLISH, turn=1), 2.2)
    else:
        yield _Offer(Draft(index, Role.ESTABLISH, turn=1), 4)
        yield _Offer(Draft(index, Role.ESTABLISH, turn=0), 1)


def _weather(moment: Moment, index: int, *, first_here: bool) -> Iterator[_Offer]:
    """The sky, where the words of the beat changed it."""
    if not moment.setting.told_weather or moment.setting.weather is Weather.CLEAR:
        return
    opened = first_here and moment.setting.place is None
    yield _Offer(Draft(index, Role.SKY, turn=int(opened)), 3 if opened else 8 if moment.actors else 1)
    yield _Offer(Draft(index, Role.SKY, turn=2), 2)


def _things(moment: Moment, index: int, weight: float) -> Iterator[_Offer]:
    """Details; but what a hand holds is shown in the hand."""
    for turn, thing in enumerate(_shown_close(moment)):
        worth = weight + (1.5 if moment.intent.id in {"reveal", "give", "hands"} else 0) - turn * 2
        if not (thing == moment.held and fills_palms(thing) and _has_hands(moment)):
            yield _Offer(Draft(index, Role.DETAIL, thing=thing), worth)


def _people(moment: Moment, index: int, weight: float) -> Iterator[_Offer]:
    lead, close = moment.lead, _is_close(moment)
    yield from _faces(moment, index, weight, close=close)
    if lead is None:
        return
    if _has_hands(moment):
        yield from _limbs(moment, lead, index, weight)
    yield _Offer(Draft(index, Role.BEHIND, actor=lead), weight - 1 if close else 3)


def _faces(moment: Moment, index: int, weight: float, *, close: bool) -> Iterator[_Offer]:
    """The lead, the others, and who looks on."""
    lead = moment.lead
    if lead and not close:
        yield _Offer(Draft(index, Role.FACE, actor=lead), weight + 0.8)
    for turn, actor in enumerate(moment.others):
        if close and lead and actor.at == lead.at >= 0:
            continue  # they do it together, in one close view
        answers = 1 if close or moment.intent.id in {"give", "talk", "fight"} else -1
        yield _Offer(Draft(index, Role.FACE, actor=actor), weight + answers - 2 * turn)
    if moment.witness and moment.witness not in moment.actors:
        reacts = 1.2 if close or moment.intent.id in {"arrive", "leave", "talk", "nature", "fall", "fight"} else -1
        yield _Offer(Draft(index, Role.FACE, actor=moment.witness), weight + (1.8 if not moment.actors else reacts))


def _limbs(moment: Moment, lead: Actor, index: int, weight: float) -> Iterator[_Offer]:
    """Feet that go somewhere, hands that do something."""
    if moment.intent.id in {"travel", "chase", "leave", "return", "climb"} and lead.pose is not Pose.RIDE:
        yield _Offer(Draft(index, Role.FEET, actor=lead), weight - 0.5)
    busy = moment.intent.id in {"hands", "give", "reveal"}
    if moment.held and fills_palms(moment.held):
        yield _Offer(Draft(index, Role.HANDS, actor=lead, thing=moment.held), weight + (1.5 if busy else 0))
    else:
        yield _Offer(Draft(index, Role.HANDS, actor=lead), weight - 1 if busy else 2)


def _is_close(moment: Moment) -> bool:
    """Whether the main shot will already be a close view of its lead, so that another would say the same twice."""
    asked = moment.asked.size
    if asked is not None:
        return asked in {ShotSize.CLOSE_UP, ShotSize.DETAIL}
    return moment.intent.sizes[0] is ShotSize.CLOSE_UP


_ENDS_WIDE = frozenset({Mood.CALM, Mood.SORROW, Mood.WONDER})  # the other moods may rest on a face


def _ending(moment: Moment, index: int) -> Iterator[_Offer]:
    if moment.lead:
        yield _Offer(Draft(index, Role.FAR, actor=moment.lead), 7 if moment.setting.mood in _ENDS_WIDE else 5)
    elif moment.things:
        yield _Offer(Draft(index, Role.FAR, thing=moment.things[0]), 6)


def _has_hands(moment: Moment) -> bool:
    """Whether the lead is one person, whose hands can be shown."""
    about = moment.lead.seen.concept if moment.lead else None
    return about is not None and about.kind is Kind.PERSON and moment.lead is not None and moment.lead.seen.count == 1


def _shown_close(moment: Moment) -> list[Seen]:
    """Things that can fill a frame: what is held first, what is a landscape never."""
    near = [
        one
        for one in moment.things
        if one.concept and one.concept.id != HANDS and one.concept.kind not in _NEVER_CLOSE and one.concept.height_m < _TOO_TALL_M
        if not (one.recalled and one.concept.seats)  # it is only what somebody still sits on
    ]
    return sorted(near, key=lambda one: one.concept is None or one.concept.stands is not Stands.HAND)
