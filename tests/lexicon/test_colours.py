"""A thing has the colour that its name says, in three languages; what is a part of its own name is none."""

import pytest

from storyreel.lexicon import concept, said_colour

BLACK, RED, WHITE, BLUE = "24252b", "c2322c", "f2f4f6", "3566b0"


@pytest.mark.parametrize(
    ("name", "id", "drawn"),
    [
        ("the black dog", "dog", BLACK),
        ("a red door", "door", RED),
        ("красный автомобиль", "car", RED),
        ("белую лошадь", "horse", WHITE),
        ("чёрная кошка", "cat", BLACK),
        ("синем чайнике", "teapot", BLUE),
        ("黑狗", "dog", BLACK),
        ("红色的车", "car", RED),
    ],
)
def test_a_colour_is_read_out_of_a_name(name: str, id: str, drawn: str) -> None:
    assert said_colour(name, concept(id)) == drawn


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("the dog", "dog"),
        ("the orange", "orange"),
        ("белка", "squirrel"),
        ("сердце", "heart"),
        ("黑板", "blackboard"),
        ("a woman in red", "woman"),
        ("a blackbird", "bird"),
    ],
)
def test_what_says_no_colour_has_none(name: str, id: str) -> None:
    assert said_colour(name, concept(id)) is None
