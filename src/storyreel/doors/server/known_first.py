"""Routes that take large forms: nothing of a body is read before it is known who sends it, and that they may make films."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from typing_extensions import override

from storyreel.doors.server.desk import caller_of, desk_of
from storyreel.library.keys import Scope


class KnownFirst(APIRoute):
    """A route whose form would otherwise be on the disk before anybody asks for its key."""

    @override
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with that before it."""
        inner = super().get_route_handler()

        async def handler(request: Request) -> Response:
            if self.body_field is not None:
                (await caller_of(request, desk_of(request))).must(Scope.MAKE)
            return await inner(request)

        return handler
