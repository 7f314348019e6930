"""The continuity pass: each shot in view of its neighbours, all at once, and never at the cost of the film.

Requirement B3.
"""

import json
from typing import Any

import pytest

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.storyboard import Storyboard
from storyreel.standins.openai import OpenAI
from storyreel.writing.llm import Written, improve_continuity
from tests.writing.saying import KEY, Saying, account_at, completion, refused
from tests.writing.texts import KEEPER, KEEPER_RU, STATION, written

BETTER = "An old keeper in a dark coat stands on the shore at dusk and holds a bottle."


async def improved(server: Saying, board: Storyboard, **account: Any) -> Written:
    return await improve_continuity(board, account=account_at(server.url, **account), model="model")


async def test_every_description_is_improved_and_nothing_else_changes(saying: Saying) -> None:
    board = written(KEEPER, shots=3)
    saying.says({"description": BETTER})

    better = await improved(saying, board)

    assert [shot.description for shot in better.storyboard.shots] == [BETTER] * 3
    assert [shot.model_copy(update={"description": ""}) for shot in better.storyboard.shots] == [
        shot.model_copy(update={"description": ""}) for shot in board.shots
    ]
    assert better.warnings == ()
    assert better.spent.requests == 3


@pytest.mark.journey
async def test_a_long_film_is_improved_to_its_end(saying: Saying) -> None:
    board = written(KEEPER * 12, shots=60)
    saying.says({"description": BETTER})

    better = await improved(saying, board)

    assert better.warnings == ()
    assert better.spent.requests == 60


async def test_each_shot_is_shown_with_its_neighbours(saying: Saying) -> None:
    board = written(KEEPER, shots=3)
    saying.says({"description": BETTER})

    await improved(saying, board)

    asked = [json.loads(saying.question(nth)) for nth in range(3)]
    told = {one["shot"]["description"]: one for one in asked}
    middle = told[board.shots[1].description]
    assert middle["shot_before"]["description"] == board.shots[0].description
    assert middle["shot_after"]["description"] == board.shots[2].description
    assert sum("shot_before" not in one for one in asked) == sum("shot_after" not in one for one in asked) == 1


@pytest.mark.parametrize("text", [KEEPER, KEEPER_RU, STATION])
async def test_all_shots_are_asked_about_at_once(openai: OpenAI, text: str) -> None:
    board = written(text, shots=6)

    better = await improve_continuity(board, account=account_at(f"{openai.url}/v1", openai.key), model="model")

    assert len(openai.submissions) == 6
    assert better.warnings == ()


@pytest.mark.parametrize(
    ("description", "told"),
    [
        ("", "empty"),
        ("word " * 300, "characters"),
        ("Старик стоит на берегу.", "another language"),
        ("The same man stands there as before.", "another shot"),
    ],
)
async def test_a_description_that_cannot_be_used_is_sent_back_and_then_left_as_it_was(
    saying: Saying, description: str, told: str
) -> None:
    board = written(KEEPER, shots=1)
    saying.says({"description": description})

    same = await improved(saying, board)

    assert same.storyboard == board
    assert len(saying.asked) == 2
    assert told in same.warnings[0].message


async def test_one_shot_that_fails_keeps_its_words_and_the_others_are_improved(saying: Saying) -> None:
    board = written(KEEPER, shots=4)
    better = {"description": BETTER}
    saying.says(better, completion("", refusal="I can't help with that."), better)

    half = await improved(saying, board)

    kept = [number for number, shot in enumerate(half.storyboard.shots, start=1) if shot.description != BETTER]
    assert len(kept) == 1
    assert [(one.rule, one.shot) for one in half.warnings] == [("continuity-not-improved", kept[0])]


@pytest.mark.parametrize("answer", [refused(401, f"Incorrect API key provided: {KEY}."), refused(500, "Oh no"), "nonsense"])
async def test_when_everything_fails_the_film_goes_on_with_one_warning(saying: Saying, answer: Any) -> None:
    board = written(KEEPER, shots=4)
    saying.says(answer)

    same = await improved(saying, board)

    assert same.storyboard == board
    assert [one.shot for one in same.warnings] == [None]
    assert KEY not in same.model_dump_json()


async def test_without_a_key_the_film_goes_on_and_the_variable_is_named() -> None:
    account = account_at("", key=None).__class__("openai", setting="OPENAI_API_KEY")

    same = await improve_continuity(written(KEEPER, shots=2), account=account, model="model")

    assert "OPENAI_API_KEY" in same.warnings[0].message
    assert same.spent.cost_usd == 0


async def test_rules_cannot_improve() -> None:
    with pytest.raises(InvalidRequest, match="names no language model"):
        await improve_continuity(written(KEEPER, shots=2), account=account_at(""), model="rules")
