"""The parts of a prompt: each a phrase made of one field of the shot, in the language of its description."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from storyreel.domain.storyboard import Angle, Bible, Location, Move, Shot, Weather
from storyreel.domain.values import Language
from storyreel.writing.assemble import UNTOLD
from storyreel.writing.prompts.families import Family, command
from storyreel.writing.split.beats import speech_seconds
from storyreel.writing.visual.timing import BREATH_S
from storyreel.writing.words import table


@dataclass(frozen=True, slots=True)
class Telling:
    """Everything that a prompt is made of."""

    shot: Shot
    location: Location | None
    bible: Bible
    family: Family
    language: Language
    sound: bool
    chained: bool
    references: int
    avoid: bool

    @property
    def say(self) -> dict[str, Any]:
        """The words of the language."""
        return table("prompt")[self.language.value]


def parts_of(told: Telling) -> dict[str, tuple[str, ...]]:
    """The phrases of each part, those with none left out; a part of several phrases is as many sentences."""
    made = {
        "chained": _chained(told),
        "references": tuple(_references(told)),
        "action": (_timed(told, told.shot.description, 0.0, _action_ends(told)),),
        "looks": tuple(_looks(told)),
        **_scene(told),
        **_camera(told),
        "dialogue": tuple(_dialogue(told)),
        "sound": _sound(told),
        "silence": tuple(_silence(told)),
        "avoid": (told.say["avoid"].format(what=", ".join(told.shot.avoid)),) if told.avoid and told.shot.avoid else (),
    }
    return {name: phrases for name, phrases in made.items() if any(phrases) and name in told.family.parts}


def _chained(told: Telling) -> tuple[str, ...]:
    if not told.chained or told.family.still:
        return ()
    tag = f"{told.family.first_frame} " if told.family.first_frame else ""
    return (f"{tag}{told.say['chained']}",)


def _references(told: Telling) -> Iterator[str]:
    """Which picture shows whom, in the order in which pictures are sent: people, things, the place, then the rest."""
    if not told.references:
        return
    members = {one.member for one in told.shot.subjects if one.member}
    shown = [one for one in (*told.bible.characters, *told.bible.props) if one.id in members]
    placed = [*shown, *([told.location] if told.location else [])]
    names = [one.name for one in placed for _ in one.references][: told.references]
    if not told.family.tag:
        yield told.say["look_so"].format(tags=told.say["pictures"])
        return
    tags = [told.family.tag.format(n=told.family.first_tag + at) for at in range(told.references)]
    mark = told.say["comma"]
    yield mark.join(
        [
            *(told.say["shows"].format(tag=tag, who=who) for tag, who in zip(tags, names, strict=False)),
            *([told.say["look_so"].format(tags=mark.join(rest))] if (rest := tags[len(names) :]) else []),
        ]
    )


def _looks(told: Telling) -> Iterator[str]:
    """How the people in the shot look, in the words of the bible."""
    members = [told.bible.character(one.member) for one in told.shot.subjects if one.member]
    seen = {one.id: one for one in members if one and one.look.words}
    for one in seen.values():
        words = one.look.words
        if words.casefold() in told.shot.description.casefold():
            continue
        known = one.name.casefold() in words.casefold() or words.casefold() in one.name.casefold()
        yield words if known else f"{one.name}{told.say['comma']}{words}"


def _scene(told: Telling) -> dict[str, tuple[str, ...]]:
    shot, say = told.shot, told.say
    place = told.location.name if told.location and told.location.id != UNTOLD else ""
    where = shot.slot or place
    if shot.slot and place and place not in shot.slot:
        where = f"{shot.slot}{say['comma']}{place}"
    return {
        "where": (where,),
        "time": (say["time"][shot.time_of_day.value],),
        "weather": () if shot.weather is Weather.CLEAR else (say["weather"][shot.weather.value],),
        "light": (say["light"][shot.light.source.value],),
        "mood": (say["mood"][shot.mood.value],),
    }


def _camera(told: Telling) -> dict[str, tuple[str, ...]]:
    shot, say = told.shot, told.say
    if told.family.still:
        move = ""
    elif told.family.commands:
        move = command(shot.move.value)
    elif shot.move is Move.STATIC:
        move = str(say["move"][shot.move.value])
    else:
        move = say["paced"].format(pace=say["pace"][shot.pace.value], move=say["move"][shot.move.value])
    return {
        "size": (say["size"][shot.size.value],),
        "angle": () if shot.angle is Angle.EYE_LEVEL else (say["angle"][shot.angle.value],),
        "move": (move,),
    }


def _dialogue(told: Telling) -> Iterator[str]:
    """Who says what; where nothing will be heard, only that they speak."""
    if told.family.still:
        return
    at = _action_ends(told)
    for line in told.shot.dialogue:
        known = told.bible.character(line.speaker)
        who = known.name if known else line.speaker
        form = "says" if told.sound else "speaks"
        end = at + speech_seconds(line.words, told.language)
        yield _timed(told, told.say[form].format(who=who, words=line.words), at, end if line is not told.shot.dialogue[-1] else 0)
        at = end


def _sound(told: Telling) -> tuple[str, ...]:
    heard = told.sound and not told.family.still and told.shot.sound
    return (told.say["sound"].format(cue=told.shot.sound),) if heard else ()


def _silence(told: Telling) -> Iterator[str]:
    """A model that makes sound fills silence with talk and music, unless it is told not to."""
    if told.sound and told.family.silence:
        if not told.shot.dialogue:
            yield told.say["no_speech"]
        yield told.say["no_music"]


def _action_ends(told: Telling) -> float:
    """When the first line begins: what is said is said at the end of the shot."""
    if not told.shot.dialogue:
        return told.shot.seconds
    spoken = sum(speech_seconds(line.words, told.language) for line in told.shot.dialogue)
    return max(0.5, told.shot.seconds - spoken - BREATH_S)


def _timed(told: Telling, words: str, start: float, end: float) -> str:
    """A beat with its seconds, where the family wants them; `end` 0: the shot's."""
    if not told.family.timecodes or told.family.still:
        return words
    last = min(end or told.shot.seconds, told.shot.seconds)
    return f"[{_half(start)}-{_half(last)}s] {words}"


def _half(seconds: float) -> str:
    return f"{round(seconds * 2) / 2:g}"
