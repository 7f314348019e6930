"""What a tool asks and logs while it works, at a terminal."""

import io
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import pytest
from pydantic import Field
from rich.console import Console

from storyreel.domain.values import JSON, Language, Value
from storyreel.doors.cli.questioning import Questions
from storyreel.doors.cli.screen import Screen
from storyreel.doors.languages.voice import Voice


class Look(StrEnum):
    """Two looks."""

    INK = "ink"
    OIL = "oil"


class Wanted(Value):
    """What is asked for."""

    title: Annotated[str, Field(min_length=2, description="The title")]
    look: Annotated[Look, Field(description="The look")] = Look.INK
    shots: Annotated[int, Field(ge=1, le=9)] = 3
    sound: Annotated[bool, Field(description="With sound")]
    days: tuple[Look, ...] = ()


async def asked(lines: Sequence[str]) -> tuple[JSON, str]:
    """What becomes of these lines, and what the screen has."""
    typed = iter(lines)

    async def read() -> str:
        return next(typed, "")

    seen = Console(file=io.StringIO(), width=160)
    told = await Questions(Screen(seen, Voice(Language.RUSSIAN), as_json=False), read).ask("Which?", Wanted)
    assert isinstance(seen.file, io.StringIO)
    return (None if told is None else {**told}), seen.file.getvalue()


async def test_each_field_is_a_line_that_is_asked_for_again_until_it_fits(capsys: pytest.CaptureFixture[str]) -> None:
    told, seen = await asked(["A\n", "Fox\n", "OIL\n", "12\n", "\n", "perhaps\n", "да\n", "ink, oil\n"])

    assert told == {"title": "Fox", "look": "oil", "sound": True, "days": ["ink", "oil"]}
    assert "Which?" in seen
    assert seen.count("at least 2 characters") == seen.count("less than or equal to 9") == 1
    prompts = capsys.readouterr().err
    assert (
        "The title: The title: The look (ink, oil) [ink]: Shots [3]: Shots [3]: With sound (да, нет): With sound (да, нет): "
        in prompts
    )
    assert prompts.endswith("Days (ink, oil): ")
    assert "should be a valid boolean\n" in seen
    assert "Input should" not in seen


@pytest.mark.parametrize("lines", [["-\n"], ["отмена\n"], [], ["Fox\n", ""]])
async def test_a_dash_or_the_end_of_the_input_breaks_off(lines: list[str]) -> None:
    assert (await asked(lines))[0] is None
