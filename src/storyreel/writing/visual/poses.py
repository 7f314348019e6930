"""What a body does in a beat: the pose of its verb, as what it is done with and what one is on have it."""

import re
from dataclasses import dataclass

from storyreel.domain.storyboard import Pose
from storyreel.lexicon import Concept, Kind, Stands
from storyreel.writing.verbs import action
from storyreel.writing.visual.seen import Seen
from storyreel.writing.words import Hit

# Subjects of the lexicon.
_SAT_AT = frozenset({"chess", "playing_cards", "dice", "puzzle_piece", "piano", "harp", "cello", "guqin"})
_SAT_WITH = frozenset({"doll", "teddy_bear", "toy"})
_INSTRUMENTS = frozenset({"violin", "guitar", "erhu", "flute", "trumpet", "saxophone", "accordion", "drum"})  # played upright
_MUSICIANS = frozenset(
    {"musician", "orchestra", "orchestra_conductor", "violinist", "guitarist", "drummer", "trumpeter", "singer"}
)
_PERFORMERS = _MUSICIANS | frozenset({"dancer", "actor", "clown", "magician", "acrobat"})
_FLOWN = frozenset({"kite", "paper_plane", "drone", "balloon"})  # by those who stay below
_WHEELED = frozenset({"cyclist", "motorcyclist"})  # who does not go on foot
_BOATS = frozenset({"rowboat", "raft"})

_SHOWN = re.compile(r"perform|juggl|practi|strum|spin|spun|выступ|жонгл|крут|表演|演奏|弹|拉|吹|练习", re.IGNORECASE)
_IN_PLACE = frozenset({Pose.STAND, Pose.REACH, Pose.PLAY})


@dataclass(frozen=True, slots=True)
class Around:
    """What else a beat names: the ids of its subjects, and what somebody is on or in."""

    things: frozenset[str]
    below: tuple[Concept, ...]


def pose_of(seen: Seen, hit: Hit | None, words: str, around: Around) -> Pose:
    """The pose of one who does what a verb says, or stands where none is theirs."""
    pose = _told(seen, hit, words[hit.start : hit.end], around.things) if hit else Pose.STAND
    return Pose.SIT if _is_person(seen) and _sits(pose, around.below) else pose


def _told(seen: Seen, hit: Hit, verb: str, things: frozenset[str]) -> Pose:
    pose = action(hit.value).pose
    match pose:
        case Pose.PLAY:
            return _played(seen, verb, things)
        case Pose.FLY if _is_person(seen) and _FLOWN & things:
            return Pose.REACH
        case Pose.WALK | Pose.RUN if seen.concept and seen.concept.stands is Stands.AIR:
            return Pose.FLY  # "gulls follow her"
        case Pose.WALK | Pose.RUN if seen.concept and seen.concept.id in _WHEELED:
            return Pose.RIDE
        case _:
            return pose


def _played(seen: Seen, verb: str, things: frozenset[str]) -> Pose:
    """How a body plays: music or a show upright, a game at a table sitting, a kite looking up, and else running about."""
    if _FLOWN & things:
        return Pose.REACH
    who, holds = (seen.concept.id, seen.concept.holds) if seen.concept else ("", None)
    if (_SAT_AT | _SAT_WITH) & things or who == "pianist":
        return Pose.SIT
    shows = who in _PERFORMERS or holds in _INSTRUMENTS or _INSTRUMENTS & things or _SHOWN.search(verb)
    return Pose.PLAY if shows else Pose.RUN


def _sits(pose: Pose, below: tuple[Concept, ...]) -> bool:
    """Whether somebody who is on a seat or in a boat sits; on what is no bed also who dozes."""
    if not any(one.seats or one.id in _BOATS for one in below):
        return False
    return pose in _IN_PLACE or (pose is Pose.LIE and any(one.seats and not one.bed for one in below))


def _is_person(seen: Seen) -> bool:
    return seen.concept is None or seen.concept.kind is Kind.PERSON
