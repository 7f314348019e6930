"""The final prompt of a shot for models that read words: its fields, put into sentences by a template and nothing else."""

from storyreel.domain.storyboard import Angle, Move, Shot, Storyboard, Weather
from storyreel.writing.assemble import UNTOLD
from storyreel.writing.words import table


def prompt_of(shot: Shot, storyboard: Storyboard) -> str:
    """What a shot shows, where, in which light and by which camera, in the film's language; nothing of other shots."""
    say = table("prompt")[storyboard.language.value]
    mark = say["comma"]
    told = storyboard.location_of(shot.id)
    location = told if told and told.id != UNTOLD else None
    where = shot.slot or (location.name if location else "")
    if shot.slot and location and location.name not in shot.slot:
        where = f"{shot.slot}{mark}{location.name}"
    weather = "" if shot.weather is Weather.CLEAR else say["weather"][shot.weather.value]
    scene = [
        where,
        say["time"][shot.time_of_day.value],
        weather,
        say["light"][shot.light.source.value],
        say["mood"][shot.mood.value],
    ]
    camera = [
        say["size"][shot.size.value],
        "" if shot.angle is Angle.EYE_LEVEL else say["angle"][shot.angle.value],
        say["move"][shot.move.value]
        if shot.move is Move.STATIC
        else say["paced"].format(pace=say["pace"][shot.pace.value], move=say["move"][shot.move.value]),
    ]
    looks = [one for one in _looks(shot, storyboard) if one.casefold() not in shot.description.casefold()]
    sentences = [shot.description, *looks, mark.join(part for part in scene if part), mark.join(part for part in camera if part)]
    spoken = [say["says"].format(who=_speaker(line.speaker, storyboard), words=line.words) for line in shot.dialogue]
    return say["space"].join(_closed(one, say["stop"]) for one in [*sentences, *spoken] if one)


def _looks(shot: Shot, storyboard: Storyboard) -> list[str]:
    """How the people in the shot look, in the words of the bible."""
    members = [storyboard.bible.character(one.member) for one in shot.subjects if one.member]
    return list(dict.fromkeys(one.look.words for one in members if one and one.look.words))


def _speaker(id: str, storyboard: Storyboard) -> str:
    known = storyboard.bible.character(id)
    return known.name if known else id


def _closed(sentence: str, stop: str) -> str:
    sentence = sentence[0].upper() + sentence[1:]
    return sentence if sentence[-1] in ".!?…。！？”»" else sentence + stop
