"""Routes that are asked so often that what lies between the porter and the application would cost more than they do.

They are routes of the application, too, which describes them; here they are only found sooner. Errors are told the same way.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from storyreel.domain.errors import StoryreelError
from storyreel.doors.server.problems import Tell
from storyreel.doors.server.refusals import Refused
from storyreel.library.guard import ImpossibleChange

Route: TypeAlias = Callable[[Request], Awaitable[Response]]

FORESEEN = (Refused, StoryreelError, ImpossibleChange, HTTPException)


@dataclass(frozen=True, slots=True)
class Pattern:
    """How a route's path is written: `/v1/videos/{video}`."""

    path: str


@dataclass(frozen=True, slots=True)
class Lane:
    """Goes to a route by its method and path; the last part of a path may be a name, as in `/v1/videos/{video}`."""

    inner: ASGIApp  # the application
    tell: Tell
    routes: Mapping[tuple[str, str], tuple[Route, str]]  # by method and what comes before the name; and what the name is called

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or hand it on."""
        found = self._found(scope) if scope["type"] == "http" else None
        if found is None:
            await self.inner(scope, receive, send)
            return
        route, names = found
        scope["app"], scope["path_params"], scope["route"] = self.inner, names, Pattern(_pattern(scope["path"], names))
        try:
            response = await route(Request(scope, receive, send))
        except FORESEEN as error:
            response = self.tell(scope["path"], error)
        except Exception as error:
            await self.tell(scope["path"], error)(scope, receive, send)
            raise
        await response(scope, receive, send)

    def _found(self, scope: Scope) -> tuple[Route, dict[str, str]] | None:
        """The route, and the name in its path."""
        method, path = scope["method"], scope["path"]
        if (whole := self.routes.get((method, path))) is not None:
            return whole[0], {}
        before, _, name = path.rpartition("/")
        known = self.routes.get((method, f"{before}/"))
        return (known[0], {known[1]: name}) if known is not None and name else None


def _pattern(path: str, names: Mapping[str, str]) -> str:
    return next((f"{path.removesuffix(value)}{{{name}}}" for name, value in names.items()), path)
