"""Shots in another order: what was written of a scene goes with its shots."""

import pytest

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.ordering import ordered
from storyreel.domain.storyboard import Scene, Shot, ShotSize, Storyboard


def scene(id: str, heading: str, *shots: str) -> Scene:
    made = tuple(Shot(id=shot, beat=shot, description=shot, size=ShotSize.WIDE, seconds=1) for shot in shots)
    return Scene(id=id, heading=heading, location=id, shots=made)


BOARD = Storyboard(title="A fox", scenes=(scene("one", "EXT. WOOD", "a", "b"), scene("two", "INT. DEN", "c", "d")))


def told(board: Storyboard) -> list[tuple[str, str]]:
    return [(scene.id, "".join(shot.id for shot in scene.shots)) for scene in board.scenes]


def test_a_scene_is_parted_where_another_comes_between_and_heals_once_it_is_gone() -> None:
    parted = ordered(BOARD, "acbd")

    assert told(parted) == [("one", "a"), ("two", "c"), ("one-part-2", "b"), ("two-part-2", "d")]
    assert parted.scene_of("b").heading == "EXT. WOOD"
    assert told(ordered(parted, "abcd")) == told(BOARD)
    assert told(ordered(parted, "cdab")) == [("two", "cd"), ("one", "ab")]


@pytest.mark.parametrize("ids", ["abc", "abcc", "abcde"])
def test_every_shot_is_named_once(ids: str) -> None:
    with pytest.raises(InvalidRequest, match="a, b, c, d"):
        ordered(BOARD, ids)
