"""Who speaks to this server by the protocol: whose films he sees, what he may do, and whether he sits at this machine."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from storyreel.doors.server.callers import AT_THIS_MACHINE, Caller

if TYPE_CHECKING:
    from mcp.server.connection import Connection
    from mcp.server.context import ServerRequestContext

Request: TypeAlias = "ServerRequestContext[Any, Any]"
"""One request of a client's, and the way back to it."""


@dataclass(frozen=True, slots=True)
class Client:
    """The other end of a connection."""

    caller: Caller
    here: bool  # it started this process: files of this machine may be named to it, and by it

    @property
    def user(self) -> str:
        """Whose films it sees, and no others."""
        return self.caller.user


def connection_of(request: Request) -> "Connection":
    """The connection that a request came by; what its `state` keeps lasts as long as it, since 2026-07-28 for this request."""
    return request.session._connection  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  handlers have no other way to it


AT_THIS_PROCESS = Client(AT_THIS_MACHINE, here=True)
"""Whoever started `storyreel mcp`: he may do all that he may on the command line."""
