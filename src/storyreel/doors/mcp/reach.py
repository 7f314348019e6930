"""The way to a client while a call of its is worked on: it is told, asked, and lends its own model, each where it said it can.

Until 2025-11-25 a client is sent a request. Since 2026-07-28 its call is answered by the question, and comes again with what was
answered: the tool then runs once more, and finds each answer by its question.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar, cast, get_args

from mcp.shared.exceptions import MCPError
from mcp.shared.message import ServerMessageMetadata
from mcp.types import (
    LOG_LEVEL_META_KEY,
    CallToolRequestParams,
    CreateMessageRequest,
    CreateMessageRequestParams,
    CreateMessageResult,
    ElicitRequest,
    ElicitRequestFormParams,
    ElicitResult,
    EmptyResult,
    InputRequiredResult,
    LoggingLevel,
    LoggingMessageNotification,
    LoggingMessageNotificationParams,
    SamplingMessage,
    SetLevelRequestParams,
    TextContent,
)
from mcp.types.version import MODERN_PROTOCOL_VERSIONS
from pydantic import BaseModel, Field, ValidationError

from storyreel.domain.errors import InvalidRequest, NobodyToAsk
from storyreel.domain.said import said
from storyreel.domain.values import JSON, Value
from storyreel.doors.mcp.client import Client, Request, connection_of
from storyreel.tools.form import form_of
from storyreel.tools.reaching import Level, Wording

T = TypeVar("T", bound=BaseModel)

LEVELS: tuple[LoggingLevel, ...] = get_args(LoggingLevel)
"""The protocol's levels, the least first."""
USUAL: LoggingLevel = "info"
"""What is told from, until a client says otherwise."""
LEVEL, LOGGER = "logging_level", "storyreel"
ANSWER_S = 3600.0  # for a person to answer, or a client's model to write
NAME_LETTERS = 32


class Unanswered(BaseException):  # none of a tool's own failures, which it may catch
    """Since 2026-07-28: the call is to be answered by a question."""

    def __init__(self, question: str, result: InputRequiredResult) -> None:
        super().__init__(question)
        self.result = result


class Rounds(Value):
    """What was asked and answered in a call so far, which the client hands back as it was given."""

    id: str  # of the call, whatever its round
    asked: str = ""  # last
    told: dict[str, JSON] = Field(default_factory=dict[str, JSON])  # by question

    @classmethod
    def of(cls, params: CallToolRequestParams) -> "Rounds":
        """The rounds of a call with the answer that came with it. What it was handed is known to be ours (`server`)."""
        if params.request_state is None:
            return cls(id=secrets.token_hex(16))
        before = cls.model_validate_json(params.request_state)
        answer = (params.input_responses or {}).get(before.asked)
        if answer is None:
            return before
        told = answer.model_dump(mode="json", by_alias=True, exclude_none=True)
        return before.model_copy(update={"told": {**before.told, before.asked: told}})


@dataclass(frozen=True, slots=True)
class Reach:
    """The way to a client, for one call."""

    request: Request
    rounds: Rounds = field(default_factory=lambda: Rounds(id=""))

    @property
    def asks(self) -> bool:
        """Whether the client can ask its person, by a form."""
        declared = self.request.session.client_capabilities
        can = declared.elicitation if declared else None
        return can is not None and (can.form is not None or can.url is None)

    @property
    def lends(self) -> bool:
        """Whether the client lets its own model write."""
        declared = self.request.session.client_capabilities
        return declared is not None and declared.sampling is not None

    async def note(self, level: Level, text: str) -> None:
        """Tell a line of a log, where the client listens to such."""
        least = self._least()
        if least is not None and LEVELS.index(level) >= LEVELS.index(least):
            told = LoggingMessageNotificationParams(level=level, data=text, logger=LOGGER)
            await self.request.session.send_notification(
                LoggingMessageNotification(params=told), related_request_id=self.request.request_id
            )

    async def ask(self, question: str, answers: type[BaseModel]) -> Mapping[str, JSON] | None:
        """What the client's person answers; None where he does not agree. Raises NobodyToAsk, Unanswered."""
        form = ElicitRequestFormParams(message=question, requested_schema=form_of(answers))
        try:
            told = await self._answer(question, ElicitRequest(params=form), ElicitResult)
        except (MCPError, ValidationError) as error:
            raise NobodyToAsk(question) from error
        return cast("Mapping[str, JSON]", told.content or {}) if told.action == "accept" else None

    async def write(self, wording: Wording) -> str:
        """What the client's model writes. Raises InvalidRequest, Unanswered."""
        asked = CreateMessageRequestParams(
            messages=[SamplingMessage(role="user", content=TextContent(text=wording.prompt))],
            system_prompt=wording.instructions or None,
            max_tokens=wording.most_tokens,
        )
        try:
            told = await self._answer(wording.prompt, CreateMessageRequest(params=asked), CreateMessageResult)
        except (MCPError, ValidationError) as error:
            raise InvalidRequest(f"The client's own model wrote nothing: {said(error).rstrip('.')}.", field="writer") from error
        if not isinstance(told.content, TextContent):
            raise InvalidRequest("The client's own model wrote no text.", field="writer")
        return told.content.text.strip()

    async def _answer(self, question: str, asked: ElicitRequest | CreateMessageRequest, kind: type[T]) -> T:
        if not self._in_rounds():
            here = ServerMessageMetadata(related_request_id=self.request.request_id)
            return await self.request.session.send_request(asked, kind, ANSWER_S, here)
        name = hashlib.sha256(asked.model_dump_json(by_alias=True).encode()).hexdigest()[:NAME_LETTERS]
        if name in self.rounds.told:
            return kind.model_validate(self.rounds.told[name])
        state = self.rounds.model_copy(update={"asked": name}).model_dump_json()
        raise Unanswered(question, InputRequiredResult(input_requests={name: asked}, request_state=state))

    def _in_rounds(self) -> bool:
        return self.request.protocol_version in MODERN_PROTOCOL_VERSIONS

    def _least(self) -> LoggingLevel | None:
        """The least level that is told; None where nothing is."""
        if self._in_rounds():
            told = (self.request.meta or {}).get(LOG_LEVEL_META_KEY)
            return next((level for level in LEVELS if level == told), None)
        return connection_of(self.request).state.get(LEVEL, USUAL)


async def set_level(_client: Client, request: Request, params: SetLevelRequestParams) -> EmptyResult:
    """From which level on a connection is told of what goes on."""
    connection_of(request).state[LEVEL] = params.level
    return EmptyResult()
