"""A prompt that a moderator refused, in milder words by a language model."""

import json

from storyreel.accounts import Account
from storyreel.domain.errors import StoryreelError
from storyreel.writing.llm.answers import Rephrased
from storyreel.writing.llm.ask import instructions_for, writer_for
from storyreel.writing.llm.costs import Spent
from storyreel.writing.llm.model import model_named

LONGER = 1.5  # times as many characters as before, at most


async def rephrase(prompt: str, reason: str, *, account: Account, model: str) -> tuple[str | None, Spent]:
    """The milder prompt, and what it took; None where the model gave none that can be used, or did not answer.

    Raises InvalidRequest where `model` names none.
    """

    def check(answer: Rephrased) -> str | None:
        told = answer.prompt.strip()
        if not told or told == prompt.strip():
            return "The prompt is the same as before; tell it in milder words."
        return "The prompt is too long." if len(told) > max(200, len(prompt) * LONGER) else None

    name, question = model_named(model), json.dumps({"refused": prompt, "reason": reason}, ensure_ascii=False)
    try:
        async with writer_for(model, account) as writer:
            answer = await writer.ask(instructions_for("rephrase"), question, Rephrased, check)
            return (None if check(answer) else answer.prompt.strip()), writer.spent
    except StoryreelError:
        return None, Spent(model=name)
