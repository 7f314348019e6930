"""A thing has the colour that its name says, in three languages; what is a part of its own name is none."""

import pytest

from storyreel.domain.storyboard import Garment, Look
from storyreel.lexicon import concept, said_colour, worn_colour

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
        ("красном автомобиле", "car", RED),
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


@pytest.mark.parametrize(
    ("words", "wears", "drawn"),
    [
        ("girl in a red coat", Garment.COAT, RED),
        ("woman wearing a long white dress", Garment.DRESS, WHITE),
        ("старик в синем плаще", Garment.CLOAK, BLUE),
        ("девочка в красном платье", Garment.DRESS, RED),
        ("穿红裙的女孩", Garment.DRESS, RED),
        ("man in a red hat", Garment.HAT, None),
        ("black woman in a coat", Garment.COAT, None),
        ("old man", Garment.COAT, None),
    ],
)
def test_what_somebody_wears_has_the_colour_that_their_look_says(words: str, wears: Garment, drawn: str | None) -> None:
    assert worn_colour(Look(words=words, wears=(wears,))) == drawn
