"""What the server itself refuses, before the studio is asked: who calls, how much, from where."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.exceptions import HTTPException

CLOSE = {"Connection": "close"}


class Refused(HTTPException):
    """A request that is not served: its status, its code, a sentence, and what headers the answer needs."""

    def __init__(self, status: HTTPStatus, code: str, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, detail, headers)
        self.status, self.code = status, code


class KeyMissing(Refused):
    """There is no key in the request, and the server needs one."""

    def __init__(self) -> None:
        told = (
            "This server needs a key: send `Authorization: Bearer KEY`. Whoever runs it makes one: `storyreel keys create NAME`."
        )
        super().__init__(HTTPStatus.UNAUTHORIZED, "key_missing", told, {"WWW-Authenticate": "Bearer"})


class KeyUnknown(Refused):
    """The key in the request is none of this server's, or was revoked."""

    def __init__(self) -> None:
        told = "This key is not known here, or was revoked. Whoever runs this server makes another: `storyreel keys create NAME`."
        super().__init__(HTTPStatus.UNAUTHORIZED, "key_unknown", told, {"WWW-Authenticate": 'Bearer error="invalid_token"'})


class ScopeMissing(Refused):
    """The key may not be used for that."""

    def __init__(self, scope: str) -> None:
        told = (
            f"This key may not {scope}: it lacks the scope '{scope}'. "
            f"Whoever runs this server makes one that may: `storyreel keys create NAME --scope {scope}`."
        )
        super().__init__(HTTPStatus.FORBIDDEN, "scope_missing", told)


class NotFound(Refused):
    """Nothing of that name is there for this caller, whoever else may have it."""

    def __init__(self, what: str, name: str) -> None:
        super().__init__(HTTPStatus.NOT_FOUND, f"unknown_{what}", f"There is no {what} {name!r}.")


class Conflict(Refused):
    """It is not in a state in which that can be done."""

    def __init__(self, detail: str) -> None:
        super().__init__(HTTPStatus.CONFLICT, "conflict", detail)


class TooLarge(Refused):
    """The request's body is larger than this place takes."""

    def __init__(self, most_bytes: int) -> None:
        told = f"The request is larger than the {most_bytes / 1_000_000:g} MB that are taken here."
        super().__init__(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", told, CLOSE)


class HeadTooLarge(Refused):
    """The request's address and headers are larger than any request needs."""

    def __init__(self, most_bytes: int) -> None:
        told = f"The request's head is larger than the {most_bytes // 1024} KB that are taken."
        super().__init__(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "head_too_large", told, CLOSE)


class NoRoom(Refused):
    """A caller's uploads take all the room that there is for one user."""

    def __init__(self, taken: int, most: int) -> None:
        told = (
            f"Your uploads take {taken / 1_000_000:,.0f} of the {most / 1_000_000:,.0f} MB that each user has. Delete some;"
            " whoever runs the server may raise STORYREEL_UPLOAD_SPACE."
        )
        super().__init__(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "no_room", told)


class TooSlow(Refused):
    """The request's body did not come."""

    def __init__(self, bytes: int) -> None:
        told = f"The request's body came too slowly: {bytes} bytes of it are here, and nobody waits any longer."
        super().__init__(HTTPStatus.REQUEST_TIMEOUT, "too_slow", told, CLOSE)


class TooMany(Refused):
    """A caller asks too often."""

    def __init__(self, retry_after_s: float) -> None:
        wait = max(1, round(retry_after_s))
        told = f"Too many requests at once; try again in {wait} s."
        super().__init__(HTTPStatus.TOO_MANY_REQUESTS, "too_many_requests", told, {"Retry-After": str(wait)})


class TooManyStreams(Refused):
    """A caller has as many event streams open as it may have."""

    def __init__(self, most: int) -> None:
        told = f"You have {most} event streams open, and no more are kept for one key. Close some; STORYREEL_STREAMS bounds them."
        super().__init__(HTTPStatus.TOO_MANY_REQUESTS, "too_many_streams", told, {"Retry-After": "10"})


class TooManyConnections(Refused):
    """An address has as many connections open as it may have."""

    def __init__(self, most: int) -> None:
        told = (
            f"From your address {most} connections are open, and no more are kept. Close some; STORYREEL_CONNECTIONS bounds them."
        )
        super().__init__(HTTPStatus.TOO_MANY_REQUESTS, "too_many_connections", told, {"Retry-After": "10", **CLOSE})


class ServerFull(Refused):
    """As many are connected as this server can have."""

    def __init__(self) -> None:
        told = "As many are connected as this server can have; try again in a moment."
        super().__init__(HTTPStatus.SERVICE_UNAVAILABLE, "server_full", told, {"Retry-After": "5", **CLOSE})


class WrongHost(Refused):
    """The request was sent to a name that is not this server's: perhaps a page elsewhere that points its own name here."""

    def __init__(self, host: str) -> None:
        told = f"This server is not called {host!r}. Use its own address, or start it with --name {host or 'NAME'}."
        super().__init__(HTTPStatus.MISDIRECTED_REQUEST, "wrong_host", told)


class CrossSite(Refused):
    """A page of another site sent it."""

    def __init__(self) -> None:
        told = "A page of another site sent this request; what changes something is taken from this server's own pages only."
        super().__init__(HTTPStatus.FORBIDDEN, "cross_site", told)


class FormTooOld(Refused):
    """The form was sent by a page that is too old, or by somebody else."""

    def __init__(self) -> None:
        told = "This page was open for too long, or for somebody else. Load it again, and send it once more."
        super().__init__(HTTPStatus.FORBIDDEN, "form_too_old", told)
