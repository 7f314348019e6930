"""What is written down of requests: which route, how it ended, how long it took; never an address, a query or a body.

Paths may hold what only their caller may know (links, providers' webhooks), so a route is told by its pattern.
"""

import re
import secrets
import time
import traceback
from dataclasses import dataclass, field

from starlette.types import Message, Scope, Send

from storyreel.observing.observer import Level, Observer

REQUEST_ID = re.compile(r"^[A-Za-z0-9._-]{1,64}$")
LONGEST_MESSAGE, MOST_CALLS = 200, 6  # what is told of what broke
NAMED = ("film", "video", "shot")


@dataclass(slots=True)
class Exchange:
    """A request and its answer, while that is given."""

    id: str
    send: Send
    headers: list[tuple[bytes, bytes]]  # of the answer, where it does not say otherwise
    began: float = field(default_factory=time.perf_counter)
    status: int = 0  # 0: no answer yet
    fault: dict[str, str] = field(default_factory=dict[str, str])  # what broke it, where something did

    def broken_by(self, error: Exception) -> None:
        """Nobody foresaw that: what it is, and where."""
        told = str(error).partition("\n")[0][:LONGEST_MESSAGE]
        self.fault = {"error": type(error).__name__, "message": told, "where": _where(error)}

    async def sending(self, message: Message) -> None:
        """Send on, with the headers that every answer has."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers: list[tuple[bytes, bytes]] = message["headers"]
            told = {name for name, _ in headers}
            message["headers"] = [
                *headers,
                (b"x-request-id", self.id.encode()),
                *(header for header in self.headers if header[0] not in told),
            ]
        await self.send(message)

    def tell(self, observer: Observer, scope: Scope) -> None:
        """Write it down, now that it has ended."""
        known: dict[str, str] = scope.get("path_params", {})
        about = {name: known[name] for name in NAMED if name in known}
        observer.note(
            "request.answered" if self.status else "request.broken_off",
            Level.ERROR if self.fault else Level.INFO if self.status < 500 else Level.WARNING,
            request=self.id,
            method=scope["method"],
            route=route_of(scope),
            status=self.status,
            took_s=time.perf_counter() - self.began,
            **about,
            **self.fault,
        )


def _where(error: Exception) -> str:
    """The last calls before it broke, the innermost first; files by their names within the package."""
    calls = traceback.extract_tb(error.__traceback__)[-MOST_CALLS:]
    return " < ".join(
        f"{one.filename.rpartition('site-packages/')[2].rpartition('src/')[2]}:{one.lineno} in {one.name}" for one in calls[::-1]
    )


def request_id(told: str | None) -> str:
    """The id that a request came with, if it is one; otherwise a new one."""
    return told if told is not None and REQUEST_ID.match(told) else secrets.token_hex(8)


def route_of(scope: Scope) -> str:
    """The pattern of the route that was found, as `/v1/films/{film}`; empty where none was."""
    found = getattr(scope.get("route"), "path", "")
    return found if isinstance(found, str) else ""
