"""One question to a language model: a typed answer, checked, asked for once more where it is wrong, or a typed error."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from storyreel.accounts import Account
from storyreel.domain.errors import RateLimited
from storyreel.writing.llm.costs import Spent, spent_of
from storyreel.writing.llm.faults import translated
from storyreel.writing.llm.model import model_named, opened

if TYPE_CHECKING:
    from pydantic_ai import Agent
    from pydantic_ai.messages import UserContent
    from pydantic_ai.models import Model
    from pydantic_ai.usage import RunUsage

Answer = TypeVar("Answer", bound=BaseModel)
Check = Callable[[Answer], str | None]
"""What is wrong with an answer, to be told to the model; None where nothing is."""

LONGEST_WAIT_S = 20.0
"""How long a provider may ask us to wait before the question counts as failed."""

AT_ONCE = 8
"""Questions that are asked at the same time."""

_TRIES_WHEN_LIMITED = 3


@dataclass(slots=True)
class Writer:
    """An opened model, and what has been used of it so far."""

    model: "Model"
    name: str
    account: Account
    usage: "RunUsage"
    _slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    @property
    def spent(self) -> Spent:
        """The bill so far, failed questions included."""
        return spent_of(self.name, self.usage)

    async def ask(
        self,
        instructions: str,
        question: "str | Sequence[UserContent]",
        kind: type[Answer],
        check: Check[Answer] = lambda _: None,
    ) -> Answer:
        """The answer to a question. What `check` finds is told to the model once; a second answer is returned as it is.

        Raises AuthenticationFailed, InsufficientCredit, RateLimited, ContentRejected, ProviderUnavailable, InvalidRequest.
        """
        async with self._slots:
            for turn in range(_TRIES_WHEN_LIMITED):
                try:
                    return await self._once(instructions, question, kind, check)
                except RateLimited as limited:
                    wait_s = limited.retry_after_s if limited.retry_after_s is not None else float(turn + 1)
                    if turn + 1 == _TRIES_WHEN_LIMITED or wait_s > LONGEST_WAIT_S:
                        raise
                    await asyncio.sleep(wait_s)
        raise AssertionError  # the loop returns or raises

    async def _once(
        self, instructions: str, question: "str | Sequence[UserContent]", kind: type[Answer], check: Check[Answer]
    ) -> Answer:
        from pydantic_ai.exceptions import AgentRunError, ModelRequestRejectedError

        try:
            return await self._run(instructions, question, kind, check, plain=False)
        except ModelRequestRejectedError as error:
            if not _is_about_schemas(error):
                raise translated(error, self.account, self.name) from error
        except AgentRunError as error:
            raise translated(error, self.account, self.name) from error
        try:  # many servers of this shape know no schemas: it is put into the question
            return await self._run(instructions, question, kind, check, plain=True)
        except AgentRunError as error:
            raise translated(error, self.account, self.name) from error

    async def _run(
        self,
        instructions: str,
        question: "str | Sequence[UserContent]",
        kind: type[Answer],
        check: Check[Answer],
        *,
        plain: bool,
    ) -> Answer:
        from pydantic_ai.usage import UsageLimits

        agent = _agent(self.model, instructions, kind, check, plain=plain)
        endless = UsageLimits(request_limit=None)  # its own limit counts the questions of the whole film
        return (await agent.run(question, usage=self.usage, usage_limits=endless)).output


def _agent(
    model: "Model", instructions: str, kind: type[Answer], check: Check[Answer], *, plain: bool
) -> "Agent[object, Answer]":
    from pydantic_ai import Agent, ModelRetry, NativeOutput, PromptedOutput, RunContext

    by_schema = bool((model.profile or {}).get("supports_json_schema_output"))
    output: Any = PromptedOutput(kind) if plain else NativeOutput(kind, strict=True) if by_schema else kind
    agent: Agent[object, Answer] = Agent(model, output_type=output, instructions=instructions, retries=1)

    @agent.output_validator
    def checked(context: RunContext[object], answer: Answer) -> Answer:  # pyright: ignore[reportUnusedFunction]
        if context.retry == 0 and (wrong := check(answer)):
            raise ModelRetry(wrong)
        return answer

    return agent


def _is_about_schemas(error: Exception) -> bool:
    told = str(getattr(error, "body", "")).lower()
    return any(word in told for word in ("response_format", "json_schema", "structured output"))


@asynccontextmanager
async def writer_for(writer: str, account: Account) -> AsyncGenerator[Writer]:
    """The writer that a setting means, its connections closed at the end. Raises AuthenticationFailed, InvalidRequest."""
    name = model_named(writer)
    async with opened(name, account) as model:
        from pydantic_ai.usage import RunUsage

        yield Writer(model, name, account, RunUsage())


@cache
def instructions_for(task: str) -> str:
    """What the model is told to do, from `data/instructions/`."""
    return files("storyreel.writing").joinpath("data", "instructions", f"{task}.txt").read_text("utf-8")
