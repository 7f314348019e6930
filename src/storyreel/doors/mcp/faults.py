"""Errors as the protocol tells them: a failed call is a result with a sentence and a code, anything else an error of its own."""

from mcp.shared.exceptions import MCPError
from mcp.types import INTERNAL_ERROR, INVALID_PARAMS, CallToolResult, TextContent

from storyreel.domain.errors import InvalidRequest, StoryreelError
from storyreel.doors.mcp.client import Client
from storyreel.doors.mcp.remedies import words_for
from storyreel.doors.server.problems import problem_of
from storyreel.doors.server.refusals import Refused
from storyreel.library.guard import ImpossibleChange

CODE = "storyreel/code"
"""Where a failed call's result tells the code: one of the taxonomy of errors or of the server's own."""

FORESEEN = (StoryreelError, Refused, ImpossibleChange)


def failed(message: str, code: str) -> CallToolResult:
    """A call that failed: what happened and what to do next, for the model to read."""
    return CallToolResult(content=[TextContent(text=message)], is_error=True, _meta={CODE: code})


def failed_by(error: Exception, client: Client, *, film: str | None = None) -> CallToolResult:
    """The same, of an error that was foreseen, in a client's words; of the film that it ended, if it ended one."""
    code, sentence = _told(error, client)
    return failed(sentence if film is None else f"{sentence} The film is {film}.", code)


def as_protocol_error(error: Exception, client: Client) -> MCPError:
    """The error that answers a request which is not a call, in a client's words."""
    code, sentence = _told(error, client)
    theirs = isinstance(error, InvalidRequest | Refused)
    return MCPError(INVALID_PARAMS if theirs else INTERNAL_ERROR, sentence, {"code": code})


def _told(error: Exception, client: Client) -> tuple[str, str]:
    told, _ = problem_of(error)
    return told.code, error.worded(words_for(client)) if isinstance(error, StoryreelError) else told.detail
