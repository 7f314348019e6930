"""A shot of a storyboard told otherwise by a person: what it shows is found from the words, who is known keeps his look."""

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.film import Brief
from storyreel.domain.storyboard import Shot, Storyboard
from storyreel.writing.write import write_storyboard


def retold(board: Storyboard, id: str, words: str) -> Storyboard:
    """The storyboard with that shot showing what the words say; its length, camera and place stay. Raises InvalidRequest."""
    return _with(board, id, seen_in(board, words))


def seen_in(board: Storyboard, words: str) -> dict[str, object]:
    """What a shot of these words shows, by the shot's fields."""
    written = write_storyboard(words, Brief(shots=1))
    new, theirs = written.shots[0], written.bible
    members = {one.concept: one.id for one in (*board.bible.characters, *board.bible.props) if one.concept}
    subjects: list[object] = []
    for one in new.subjects:
        known, met = members.get(one.concept or ""), theirs.character(one.member or "")
        look = met.look if met is not None and known is None else None
        subjects.append(one.model_copy(update={"member": known, "look": look}))
    return {"description": words, "subjects": tuple(subjects), "weather": new.weather, "mood": new.mood}


def without(board: Storyboard, id: str) -> Storyboard:
    """The storyboard without that shot. Raises InvalidRequest where it has no other."""
    if all(shot.id == id for shot in board.shots):
        raise InvalidRequest("A film has a shot at least; this one is the last.", field="shots")
    scenes = [scene.model_copy(update={"shots": tuple(one for one in scene.shots if one.id != id)}) for scene in board.scenes]
    return board.model_copy(update={"scenes": tuple(scene for scene in scenes if scene.shots)})


def _with(board: Storyboard, id: str, changed: dict[str, object]) -> Storyboard:
    def redone(shot: Shot) -> Shot:
        return Shot.model_validate({**shot.model_dump(), **changed, "prompt": ""}) if shot.id == id else shot

    scenes = tuple(scene.model_copy(update={"shots": tuple(map(redone, scene.shots))}) for scene in board.scenes)
    return board.model_copy(update={"scenes": scenes})
