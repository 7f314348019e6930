"""A shot of a storyboard told otherwise by a person: what its new words say is read again, what they do not say stays."""

from collections.abc import Mapping

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.film import Brief
from storyreel.domain.storyboard import Bible, Line, Location, Scene, Shot, Storyboard, Subject, TimeOfDay
from storyreel.domain.values import Language
from storyreel.lexicon import Place, language_of, place
from storyreel.writing.visual.directions import Directions, directions
from storyreel.writing.visual.sentences import finished
from storyreel.writing.visual.setting import Told, light_of, told_in
from storyreel.writing.words import table
from storyreel.writing.write import must_be_tellable, write_storyboard


def retold(board: Storyboard, id: str, words: str) -> Storyboard:
    """The storyboard with that shot showing what the words say, where, when and as they say it. Raises InvalidRequest.

    Whom the film knows keeps his look; the shot's length, place and hour, and its camera, stay where no word is of them.
    """
    must_be_tellable(words)
    language = language_of(words)
    asked = directions(words, language)
    fields: dict[str, object] = {
        name: value for name in ("size", "angle", "move", "pace", "seconds") if (value := getattr(asked, name)) is not None
    }
    if not any(char.isalnum() for char in asked.text):
        return _with(board, id, fields)  # the camera alone
    told = told_in(asked.text, language)
    board = _moved_to(board, id, told.place, told, language) if told.place else board
    return _with(board, id, _seen(board, id, words, asked, told, language) | fields)


def without(board: Storyboard, id: str) -> Storyboard:
    """The storyboard without that shot. Raises InvalidRequest where it has no other."""
    if all(shot.id == id for shot in board.shots):
        raise InvalidRequest("A film has a shot at least; this one is the last.", field="shots")
    scenes = [scene.model_copy(update={"shots": tuple(one for one in scene.shots if one.id != id)}) for scene in board.scenes]
    return board.model_copy(update={"scenes": tuple(scene for scene in scenes if scene.shots)})


def _seen(board: Storyboard, id: str, words: str, asked: Directions, told: Told, language: Language) -> dict[str, object]:
    """What a shot of these words shows, by the shot's fields."""
    before = next(shot for shot in board.shots if shot.id == id)
    written = write_storyboard(asked.text, Brief(shots=1))
    new, theirs = written.shots[0], written.bible
    members = {one.concept: one.id for one in (*board.bible.characters, *board.bible.props) if one.concept}
    time, weather = told.time or before.time_of_day, told.weather or before.weather
    location = board.location_of(id)
    here = place(location.place) if location and location.place else None
    return {
        "description": new.description if new.dialogue else _sentence(words, asked, language),
        "subjects": tuple(_subject(one, theirs, members) for one in new.subjects),
        "time_of_day": time,
        "weather": weather,
        "light": light_of(here, time, weather, asked.text, language) if told.lights else before.light,
        "mood": told.mood or before.mood,
        "slot": told.slot if told.place else told.slot or before.slot,
        "dialogue": tuple(_said(line, written, members) for line in new.dialogue),
        "sound": new.sound or before.sound,
    }


def _subject(one: Subject, theirs: Bible, members: Mapping[str, str]) -> Subject:
    """Somebody of the new words, who is one of the film's where it has such a one; otherwise with the look they tell."""
    known, met = members.get(one.concept or ""), theirs.character(one.member or "")
    look = met.look if met is not None and known is None else None
    return one.model_copy(update={"member": known, "look": look})


def _sentence(words: str, asked: Directions, language: Language) -> str:
    """The words as they were written, but for what they say of the camera."""
    return words if asked.text == words.strip() else finished(asked.text, language)


def _said(line: Line, written: Storyboard, members: dict[str, str]) -> Line:
    """A line of the new words, by whom the film knows."""
    who = written.bible.character(line.speaker)
    return line if who is None else line.model_copy(update={"speaker": members.get(who.concept or "", who.name)})


def _moved_to(board: Storyboard, id: str, where: Place, told: Told, language: Language) -> Storyboard:
    """The storyboard with that shot at another place: a scene of its own, between what is left of its old one."""
    scene, now = board.scene_of(id), board.location_of(id)
    if now is not None and now.place == where.id:
        return board
    ids = {one.id for one in board.bible.locations}
    known = next((one for one in board.bible.locations if one.place == where.id), None)
    free = next(name for number in range(1, len(ids) + 2) if (name := _numbered(where.id, number)) not in ids)
    there = known or Location(id=free, name=told.where or where.word(language), place=where.id)
    bible = board.bible if known else board.bible.model_copy(update={"locations": (*board.bible.locations, there)})
    taken = {one.id for one in board.scenes}
    parts: list[Scene] = []
    for shots in _parted(scene, id):
        moved = shots[0].id == id
        name = next(
            name for number in range(1, len(taken) + 2) if (name := _numbered(scene.id, number)) not in taken or not parts
        )
        taken.add(name)
        time = told.time or shots[0].time_of_day
        heading = _heading(there, time, language)
        fields = {"location": there.id, "heading": heading, "time_of_day": time, "words": shots[0].words} if moved else {}
        parts.append(scene.model_copy(update={"id": name, "shots": shots, **fields}))
    scenes = tuple(part for one in board.scenes for part in (parts if one.id == scene.id else [one]))
    return board.model_copy(update={"bible": bible, "scenes": scenes})


def _parted(scene: Scene, id: str) -> list[tuple[Shot, ...]]:
    """A scene's shots before one of them, that one, and those after it, as far as there are any."""
    at = [shot.id for shot in scene.shots].index(id)
    return [part for part in (scene.shots[:at], scene.shots[at : at + 1], scene.shots[at + 1 :]) if part]


def _numbered(id: str, number: int) -> str:
    return id if number == 1 else f"{id}-part-{number}"


def _heading(there: Location, time: TimeOfDay, language: Language) -> str:
    hour = str(table("phrases")["hour_names"][language.value][time.value])
    words = f"{there.name}{'，' if language is Language.CHINESE else ', '}{hour}"
    return words[0].upper() + words[1:]


def _with(board: Storyboard, id: str, changed: dict[str, object]) -> Storyboard:
    def redone(shot: Shot) -> Shot:
        return Shot.model_validate({**shot.model_dump(), **changed, "prompt": ""}) if shot.id == id else shot

    scenes = tuple(scene.model_copy(update={"shots": tuple(map(redone, scene.shots))}) for scene in board.scenes)
    return board.model_copy(update={"scenes": scenes})
