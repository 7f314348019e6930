"""A storyboard's shots in another order: scenes go with their shots, are parted where another comes between, and heal."""

from collections.abc import Sequence
from itertools import count, groupby

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.storyboard import Scene, Storyboard

PART = "-part-"


def ordered(board: Storyboard, ids: Sequence[str]) -> Storyboard:
    """The storyboard with its shots in the order of these ids, each named once. Raises InvalidRequest.

    A part of a scene that comes to lie beside another of it is one with that again.
    """
    shots = {shot.id: shot for shot in board.shots}
    if sorted(ids) != sorted(shots):
        raise InvalidRequest(f"Name every shot once, in the order that is wanted: {', '.join(shots)}.", field="shots")
    taken: set[str] = set()
    scenes: list[Scene] = []
    for whole, run in groupby(ids, key=lambda name: _whole(board.scene_of(name))):
        names = tuple(run)
        id = next(name for number in count(1) if (name := _part(whole.id, number)) not in taken)
        taken.add(id)
        scenes.append(board.scene_of(names[0]).model_copy(update={"id": id, "shots": tuple(shots[name] for name in names)}))
    return board.model_copy(update={"scenes": tuple(scenes)})


def _whole(scene: Scene) -> Scene:
    """What the parts of one scene have in common."""
    return scene.model_copy(update={"id": scene.id.partition(PART)[0], "words": None, "shots": ()})


def _part(id: str, number: int) -> str:
    return id if number == 1 else f"{id}{PART}{number}"
