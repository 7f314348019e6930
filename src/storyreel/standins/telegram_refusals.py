"""How the Bot API says no: a status, its words, and sometimes what to do about it."""

import math

from storyreel.domain.values import JSON
from storyreel.standins.refusals import Refusal, Refused

TITLES = {
    Refusal.INVALID: (400, "Bad Request"),
    Refusal.MODERATION: (400, "Bad Request"),
    Refusal.NO_CREDIT: (400, "Bad Request"),
    Refusal.CLOSED: (400, "Bad Request"),
    Refusal.EXPIRED: (404, "Not Found"),
    Refusal.UNAUTHORISED: (401, "Unauthorized"),
    Refusal.NOT_FOUND: (404, "Not Found"),
    Refusal.CONFLICT: (409, "Conflict"),
    Refusal.TOO_LARGE: (413, "Request Entity Too Large"),
    Refusal.RATE_LIMITED: (429, "Too Many Requests"),
    Refusal.INTERNAL: (500, "Internal Server Error"),
    Refusal.BAD_GATEWAY: (502, "Bad Gateway"),
    Refusal.UNAVAILABLE: (503, "Service Unavailable"),
}
"""The status of each, and how its description begins."""

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)


class Forbidden(Refused):
    """403: the bot may not speak here; its message is the whole of the words after the title."""

    def __init__(self, words: str) -> None:
        super().__init__(Refusal.INVALID, words, problem="forbidden")


class Migrated(Refused):
    """The group has become a supergroup with another id."""

    def __init__(self, chat_id: int) -> None:
        super().__init__(Refusal.INVALID, "group chat was upgraded to a supergroup chat", problem="migrated")
        self.chat_id = chat_id


def bad(words: str) -> Refused:
    """400 with these words after "Bad Request: "."""
    return Refused(Refusal.INVALID, words)


def conflict(words: str) -> Refused:
    """409: two want the same updates."""
    return Refused(Refusal.CONFLICT, words)


def told(refused: Refused) -> tuple[int, dict[str, JSON]]:
    """The status and the body of a refusal."""
    status, title = TITLES[refused.refusal]
    words, parameters = refused.message, dict[str, JSON]()
    if isinstance(refused, Forbidden):
        status, title = 403, "Forbidden"
    if isinstance(refused, Migrated):
        parameters["migrate_to_chat_id"] = refused.chat_id
    if refused.refusal is Refusal.RATE_LIMITED and refused.retry_after_s is not None:
        wait = max(1, math.ceil(refused.retry_after_s))
        words, parameters["retry_after"] = f"retry after {wait}", wait
    body: dict[str, JSON] = {"ok": False, "error_code": status, "description": f"{title}: {words}" if words else title}
    if parameters:
        body["parameters"] = parameters
    return status, body
