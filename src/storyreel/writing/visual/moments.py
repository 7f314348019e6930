"""A beat as it will be seen: who acts and how, what else is there, where, when, and what is said."""

from dataclasses import dataclass

from storyreel.domain.storyboard import Line, Pose
from storyreel.domain.values import Language
from storyreel.writing.split.pieces import Beat, Speech
from storyreel.writing.verbs import Action, Intent, action, intent, verbs
from storyreel.writing.visual.cast import Cast, Seen
from storyreel.writing.visual.directions import Directions, directions
from storyreel.writing.visual.setting import Setting, settings_of
from storyreel.writing.words import Hit, row_words

_MOST_ACTORS = 4
_MOST_THINGS = 4


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone in a beat, and what their body does."""

    seen: Seen
    pose: Pose
    acts: bool  # a verb of the beat is theirs
    action: str = ""  # the verb as written


@dataclass(frozen=True, slots=True)
class Moment:
    """One beat, ready to be shot."""

    beat: Beat
    setting: Setting
    words: str  # what is seen, without directions
    asked: Directions
    actors: tuple[Actor, ...]
    things: tuple[Seen, ...]
    intent: Intent
    lines: tuple[Line, ...]
    returns: bool = False  # the journey goes back


def moments_of(beats: tuple[Beat, ...], language: Language) -> tuple[tuple[Moment, ...], Cast]:
    """Every beat as a moment, and the cast that was met."""
    cast = Cast(language)
    settings = settings_of(beats, language)
    return tuple(_moment(beat, setting, cast, language) for beat, setting in zip(beats, settings, strict=True)), cast


def _moment(beat: Beat, setting: Setting, cast: Cast, language: Language) -> Moment:
    asked = directions(beat.text, language, listed_shot=beat.listed)
    words = asked.text
    speakers = [cast.introduce(one.speaker) for one in beat.speech if one.speaker]
    before = cast.last()
    seen = cast.see(f"{beat.lead}. {words}" if beat.lead else words)
    shift = len(beat.lead) + 2 if beat.lead else 0
    hits = tuple(
        hit
        for hit in verbs(words, language)
        if not any(one.start - shift <= hit.start and hit.end <= one.end - shift and not one.pronoun for one in seen)
    )
    living = [one for one in seen if one.lives]
    starts = min((one.start - shift for one in seen), default=len(words))
    if not living and before and hits and hits[0].start < starts and _without_subject(words, hits, language):
        living = [before]
    living += [one for one in speakers if one.member not in {known.member for known in living}]
    done = _who_does(living, hits, shift)
    actors = tuple(
        _actor(one, done.get(one.member or one.name), bool(beat.speech) and one in speakers, words)
        for one in living[:_MOST_ACTORS]
    )
    lines = tuple(_line(one, actors, cast, hits, language) for one in beat.speech)
    return Moment(
        beat=beat,
        setting=setting,
        words=words,
        asked=asked,
        actors=actors,
        things=tuple(one for one in seen if not one.lives)[:_MOST_THINGS],
        intent=_intent(hits, actors, setting, beat),
        lines=lines,
        returns=bool(row_words("people", "back", language).find(words)),
    )


def _without_subject(words: str, hits: tuple[Hit, ...], language: Language) -> bool:
    """Whether a clause begins with its verb, so that its subject is the last one named: «Идёт домой.»"""
    if not hits or action(hits[0].value).intent in {"nature", "be"}:
        return False
    lead = words[: hits[0].start].strip(" ,，")
    return len(lead) <= 2 if language is Language.CHINESE else len(lead.split()) <= 1


def _who_does(living: list[Seen], hits: tuple[Hit, ...], shift: int) -> dict[str, Hit]:
    """Whose each verb is: the last named before it, else (a verb that comes first) the next one named."""
    done: dict[str, Hit] = {}
    for hit in hits:
        before = [one for one in living if one.end - shift <= hit.start]
        after = [one for one in living if one.start - shift >= hit.end]
        who = before[-1] if before else (after[0] if (after and len(living) == 1) or (after and hit is hits[0]) else None)
        if who is None and living:
            who = living[0]
        if who is not None:
            key = who.member or who.name
            if key not in done or action(done[key].value).intent == "be":
                done[key] = hit
    return done


def _actor(seen: Seen, hit: Hit | None, speaks: bool, words: str) -> Actor:
    if hit is None:
        return Actor(seen, Pose.STAND, acts=speaks)
    return Actor(seen, action(hit.value).pose, acts=True, action=words[hit.start : hit.end])


def _intent(hits: tuple[Hit, ...], actors: tuple[Actor, ...], setting: Setting, beat: Beat) -> Intent:
    told: list[Action] = [action(hit.value) for hit in hits]
    if told:
        best = max((intent(one.intent) for one in told), key=lambda one: one.weight)
        is_nature = not actors and (setting.told_weather or best.id in {"talk", "feel", "hands", "give", "rest", "look"})
        return intent("nature") if is_nature and best.id not in {"arrive", "leave", "fly", "swim", "talk", "rest"} else best
    if beat.speech:
        return intent("talk")
    return intent("be") if actors else intent("nature")


def _line(speech: Speech, actors: tuple[Actor, ...], cast: Cast, hits: tuple[Hit, ...], language: Language) -> Line:
    speaker = cast.introduce(speech.speaker).member if speech.speaker else None
    if speaker is None:
        doing = [one for one in actors if one.acts] or list(actors)
        last = cast.last()
        speaker = doing[0].seen.member if doing else last.member if last else None
    return Line(speaker=speaker or "voice", words=speech.words, language=language)
