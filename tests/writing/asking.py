"""A model writer asked in a test: at our stand-in, or at a server that says what the test wants."""

from typing import Any

from storyreel.domain.film import Brief
from storyreel.domain.storyboard import Storyboard
from storyreel.standins.openai import OpenAI
from storyreel.writing.llm import Written, write_with_model
from tests.writing.saying import Saying, account_at
from tests.writing.told import STORY

FOUR = Brief(shots=4)


async def by_standin(cloud: OpenAI, text: str, brief: Brief, timeout_s: float = 5.0) -> Written:
    return await write_with_model(text, brief, account=account_at(f"{cloud.url}/v1", cloud.key, timeout_s), model="model")


async def by(server: Saying, text: str = STORY, brief: Brief = FOUR, model: str = "model", **account: Any) -> Written:
    reached = account_at(server.url, **account)
    return await write_with_model(text, brief, account=reached, model=model)


def rules_of(written: Written) -> list[str]:
    return [one.rule for one in written.warnings]


def spans_of(board: Storyboard) -> list[str]:
    return [board.source[shot.words.start : shot.words.end] for shot in board.shots if shot.words]
