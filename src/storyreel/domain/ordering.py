"""A storyboard's shots in another order: scenes go with their shots, and are parted where another scene comes between."""

from collections.abc import Sequence
from itertools import count, groupby

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.storyboard import Scene, Storyboard


def ordered(board: Storyboard, ids: Sequence[str]) -> Storyboard:
    """The storyboard with its shots in the order of these ids, each named once. Raises InvalidRequest."""
    shots = {shot.id: shot for shot in board.shots}
    if sorted(ids) != sorted(shots):
        raise InvalidRequest(f"Name every shot once, in the order that is wanted: {', '.join(shots)}.", field="shots")
    taken = {scene.id for scene in board.scenes}
    met: set[str] = set()
    scenes: list[Scene] = []
    for id, run in groupby(ids, key=lambda name: board.scene_of(name).id):
        names = tuple(run)
        part = {"id": _part_name(id, taken) if id in met else id, "shots": tuple(shots[name] for name in names)}
        scenes.append(board.scene_of(names[0]).model_copy(update=part))
        met.add(id)
        taken.add(scenes[-1].id)
    return board.model_copy(update={"scenes": tuple(scenes)})


def _part_name(scene: str, taken: set[str]) -> str:
    """An id for another part of a scene, which no scene has."""
    return next(name for number in count(2) if (name := f"{scene}-{number}") not in taken)
