"""What shots are called: ids that any name can be made of, and no two the same.

A keyframe's name, a paid call's key, an address and a line that is typed are all made of a shot's id.
"""

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.storyboard import Storyboard

BETWEEN = " ._-"
"""What an id may have between its letters and digits, besides the marks that letters of some languages bear."""


@dataclass(frozen=True, slots=True)
class Misnamed:
    """The first shot that cannot be called as it is, by its place in the film, counted from 0."""

    place: int
    twin: int | None  # the place of the shot before it that is called the same; None: its id can be no shot's


def misnamed(ids: Sequence[str], known: Collection[str] = ()) -> Misnamed | None:
    """The first of these ids that is there twice, or can be no shot's and is not known; None where all can stand."""
    first: dict[str, int] = {}
    for place, id in enumerate(ids):
        if id in first:
            return Misnamed(place, first[id])
        if id not in known and not _can_be(id):
            return Misnamed(place, None)
        first[id] = place
    return None


def no_id(id: str) -> str:
    """What is wrong with an id that can be no shot's."""
    return f"{id!r} cannot be the id of a shot: it has letters and digits, and between them blanks, dots, _ and - alone."


def must_name_shots(storyboard: Storyboard, known: Collection[str] = ()) -> None:
    """Raises InvalidRequest where two shots have one id, or one that can be no shot's and is not known.

    What is kept is not asked: its shots were called so when more was taken, and may go on being called so.
    """
    ids = [shot.id for shot in storyboard.shots]
    fault = misnamed(ids, known)
    if fault is None:
        return
    id, number = ids[fault.place], fault.place + 1
    if fault.twin is None:
        raise InvalidRequest(no_id(id), field="storyboard")
    told = f"Shots {fault.twin + 1} and {number} are both called {id!r}: give each an id of its own."
    raise InvalidRequest(told, field="storyboard")


def _can_be(id: str) -> bool:
    ends = id[:1].isalnum() and id[-1:] not in BETWEEN
    return ends and all(char.isalnum() or char in BETWEEN or unicodedata.category(char)[0] == "M" for char in id)
