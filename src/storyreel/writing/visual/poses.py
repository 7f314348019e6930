"""What a body does in a beat: the pose of its verb, as what it is done with and what one is on have it."""

import re
from collections.abc import Sequence

from storyreel.domain.storyboard import Pose
from storyreel.lexicon import Concept, Kind, Played, Stands, concept
from storyreel.writing.verbs import action
from storyreel.writing.visual.seen import Seen
from storyreel.writing.words import Hit

_SHOWN = re.compile(r"perform|juggl|practi|strum|spin|spun|выступ|жонгл|крут|表演|演奏|弹|拉|吹|练习", re.IGNORECASE)
_IN_PLACE = frozenset({Pose.STAND, Pose.REACH, Pose.PLAY})
_ON_A_MOUNT = frozenset({Pose.STAND, Pose.WALK, Pose.RUN, Pose.SIT})


def pose_of(seen: Seen, hit: Hit | None, words: str, things: Sequence[Concept], below: Sequence[Concept]) -> Pose:
    """The pose of one who does what a verb says, or stands where none is theirs.

    `things`: all that the beat names; `below`: what this one is told to be on or in.
    """
    pose = _told(seen, hit, words[hit.start : hit.end], things) if hit else Pose.STAND
    if not _is_person(seen):
        return pose
    if any(one.mount for one in below) and pose in _ON_A_MOUNT:
        return Pose.RIDE
    return Pose.SIT if _sits(pose, below) else pose


def _told(seen: Seen, hit: Hit, verb: str, things: Sequence[Concept]) -> Pose:
    pose = action(hit.value).pose
    match pose:
        case Pose.PLAY:
            return _played(seen, verb, things)
        case Pose.FLY if _is_person(seen) and any(one.flown for one in things):
            return Pose.REACH
        case Pose.WALK | Pose.RUN if seen.concept and seen.concept.stands is Stands.AIR:
            return Pose.FLY  # "gulls follow her"
        case Pose.WALK | Pose.RUN if seen.concept and cycles(seen.concept):
            return Pose.RIDE
        case _:
            return pose


def cycles(who: Concept) -> bool:
    """Whether somebody does not go on foot: a cyclist has two wheels."""
    below = concept(who.rides) if who.rides else None
    return below is not None and below.mount and below.kind is Kind.VEHICLE


def _played(seen: Seen, verb: str, things: Sequence[Concept]) -> Pose:
    """How a body plays: music or a show upright, a game at a table sitting, a kite looking up, and else running about."""
    if any(one.flown for one in things):
        return Pose.REACH
    own = concept(seen.concept.holds) if seen.concept and seen.concept.holds else None
    played = {one.played for one in (*things, own) if one}
    if Played.SITTING in played or (seen.concept and seen.concept.played is Played.SITTING):
        return Pose.SIT
    shows = Played.UPRIGHT in played or (seen.concept is not None and seen.concept.performs) or _SHOWN.search(verb)
    return Pose.PLAY if shows else Pose.RUN


def _sits(pose: Pose, below: Sequence[Concept]) -> bool:
    """Whether somebody who is on a seat or in a boat sits; on what is no bed also who dozes."""
    if not any(one.seats or one.boat for one in below):
        return False
    return pose in _IN_PLACE | {Pose.CARRY} or (pose is Pose.LIE and any(one.seats and not one.bed for one in below))


def _is_person(seen: Seen) -> bool:
    return seen.concept is None or seen.concept.kind is Kind.PERSON
