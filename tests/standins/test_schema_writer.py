"""What stands in for a language model answers any schema with something valid. Requirement F9."""

import json
import re
from datetime import date
from enum import Enum
from typing import Annotated, Any, Literal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field, HttpUrl, TypeAdapter

from storyreel.domain.storyboard import Bible, Character, Location, Scene, Shot, Storyboard
from storyreel.standins.pattern import text_for
from storyreel.standins.schema_writer import Told, written
from storyreel.standins.wording import language_of, sentences_of, singular

STORY = "A red fox crosses the snow. It meets Mara at the door! Then both go home. They eat soup."


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class Circle(BaseModel):
    kind: Literal["circle"]
    radius: Annotated[float, Field(gt=0, lt=1)]


class Square(BaseModel):
    kind: Literal["square"]
    side: Annotated[int, Field(gt=3, multiple_of=4)]


class Node(BaseModel):
    name: str
    children: Annotated[list["Node"], Field(max_length=0)]


class Beat(BaseModel):
    number: int
    seconds: Annotated[float, Field(ge=1, le=4)]


class Beats(BaseModel):
    beats: Annotated[list[Beat], Field(max_length=50)]


ANYTHING: list[Any] = [
    str,
    Annotated[str, Field(min_length=100, max_length=120)],
    Annotated[str, Field(max_length=5)],
    Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")],
    int,
    Annotated[int, Field(ge=7, lt=9)],
    Annotated[float, Field(gt=-1, lt=0)],
    Annotated[float, Field(ge=10)],
    bool,
    date,
    UUID,
    HttpUrl,
    Colour,
    Literal[3, 5],
    str | None,
    int | str,
    Annotated[Circle | Square, Field(discriminator="kind")],
    Square,
    list[Colour],
    Annotated[list[int], Field(min_length=4, max_length=4)],
    tuple[int, str, bool],
    dict[str, int],
    Annotated[dict[str, Circle], Field(min_length=2)],
    Node,
    Beats,
    Bible,
    Character,
    Location,
    Shot,
    Scene,
    Storyboard,
]


@pytest.mark.parametrize("kind", ANYTHING, ids=str)
def test_an_answer_is_valid_under_its_schema_and_the_same_each_time(kind: Any) -> None:
    reader: TypeAdapter[Any] = TypeAdapter(kind)

    answer = written(reader.json_schema(), Told(STORY))

    reader.validate_json(json.dumps(answer))
    assert answer == written(reader.json_schema(), Told(STORY))


@given(
    least=st.integers(-50, 50),
    width=st.integers(0, 40),
    lengths=st.tuples(st.integers(0, 6), st.integers(0, 6)),
    text=st.text(max_size=80),
)
def test_bounds_hold_whatever_is_asked(least: int, width: int, lengths: tuple[int, int], text: str) -> None:
    short, long = sorted(lengths)
    schema = {
        "type": "object",
        "properties": {
            "count": {"type": "integer", "minimum": least, "maximum": least + width},
            "shots": {"type": "array", "items": {"type": "string", "maxLength": 9}, "minItems": short, "maxItems": long},
        },
    }

    answer: Any = written(json.loads(json.dumps(schema)), Told(text))

    assert least <= answer["count"] <= least + width
    assert short <= len(answer["shots"]) <= long
    assert all(len(shot) <= 9 for shot in answer["shots"])


def test_a_story_becomes_one_item_for_each_sentence_or_as_many_as_are_asked_for() -> None:
    schema = Beats.model_json_schema()

    beats: Any = written(schema, Told(STORY))
    asked: Any = written(schema, Told(f"Split this into exactly 7 beats.\n<story>{STORY}</story>"))

    assert [beat["number"] for beat in beats["beats"]] == [1, 2, 3, 4]
    assert len(asked["beats"]) == 7


@pytest.mark.parametrize(
    "pattern",
    [
        r"^[0-9a-f]{64}$",
        r"^[a-z0-9][a-z0-9.-]*(:[^\s@]+)?$",
        r"^\d{4}-\d{2}-\d{2}$",
        r"^(wide|close)-(?:up|down)$",
        r"^(?P<w>\d+)x(?P<h>\d+)$",
        r"^[А-Яа-яё]+$",
        r"^[\]\-]{2,3}$",
        r"^s\d+?\.\w{3}$",
    ],
)
def test_a_pattern_is_kept_to(pattern: str) -> None:
    text = text_for(pattern)

    assert text is not None
    assert re.search(pattern, text)


@pytest.mark.parametrize("pattern", [r"^(?=a)b$", "[", "(", r"\1(a)"])
def test_a_pattern_that_cannot_be_kept_to_is_given_up(pattern: str) -> None:
    assert text_for(pattern) is None


def test_sentences_are_those_of_the_story_in_three_languages() -> None:
    assert sentences_of('Rules: {"a": "b. c."}\n<story>One. Two!</story>') == ("One.", "Two!")
    assert sentences_of("Лиса бежит. Снег идёт… Тихо.") == ("Лиса бежит.", "Снег идёт…", "Тихо.")
    assert sentences_of("狐狸跑过雪地。它看见门！") == ("狐狸跑过雪地。", "它看见门！")
    assert [language_of(text) for text in ("Fox", "Лиса", "狐狸 fox")] == ["en", "ru", "zh"]
    assert [singular(name) for name in ("stories", "shots", "glass")] == ["story", "shot", "glass"]
