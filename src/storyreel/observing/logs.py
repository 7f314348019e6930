"""Structured logs by structlog, which is loaded where they are asked for: a line for each notice, as text or as JSON."""

import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from storyreel.domain.errors import InvalidRequest
from storyreel.observing.observer import Level, Notice
from storyreel.observing.secrecy import Secrecy
from storyreel.settings import LogFormat, LogLevel, Settings

if TYPE_CHECKING:
    from structlog.types import EventDict

LEAST = {LogLevel.DEBUG: Level.DEBUG, LogLevel.INFO: Level.INFO}
IDS_FIRST = ("film", "shot", "call")


class Log:
    """Writes notices down, to a file or to stderr, until it is closed."""

    def __init__(self, path: Path | None, form: LogFormat, secrecy: Secrecy, least: Level) -> None:
        import structlog

        self._file = sys.stderr if path is None else _opened(path)
        self._least, self._open = least, True
        render = structlog.processors.JSONRenderer(default=str) if form is LogFormat.JSON else _as_text
        steps = (_timed, _hide(secrecy), render)
        writer = structlog.WriteLogger(self._file)
        self._logger: Any = structlog.wrap_logger(writer, processors=steps, wrapper_class=structlog.BoundLogger)

    def write(self, notice: Notice) -> None:
        """A line, where the notice matters enough."""
        if notice.level < self._least or not self._open:
            return
        told = {name: value for name, value in {**notice.ids, **notice.known}.items() if value is not None}
        with suppress(OSError, ValueError):  # the disk is full, or who read the lines is gone: the work goes on
            self._logger.info(notice.what, level=notice.level.name.lower(), **told)

    def close(self) -> None:
        """Let the file go."""
        self._open = False
        if self._file is not sys.stderr:
            with suppress(OSError):
                self._file.close()


def start_logging(settings: Settings, secrecy: Secrecy, *, usual: LogLevel = LogLevel.OFF) -> Log | None:
    """What writes notices down, as the settings say; None where they are off. `usual` holds where no level is set.

    Raises InvalidRequest where STORYREEL_LOG_FILE cannot be written.
    """
    least = LEAST.get(settings.log or usual)
    return None if least is None else Log(settings.log_file, settings.log_format, secrecy, least)


def _opened(path: Path) -> TextIO:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("a", encoding="utf-8", buffering=1)  # whole lines, so that several processes may share it
    except OSError as error:
        message = f"STORYREEL_LOG_FILE names {path}, which cannot be written ({error.strerror}). Name another file."
        raise InvalidRequest(message, field="STORYREEL_LOG_FILE") from error


def _timed(_logger: Any, _method: str, told: "EventDict") -> "EventDict":
    """The time first, then what happened, then what it is about."""
    head = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "level": told.pop("level"), "event": told.pop("event")}
    ids = {name: told.pop(name) for name in IDS_FIRST if name in told}
    return {**head, **ids, **told}


def _hide(secrecy: Secrecy) -> Callable[[Any, str, "EventDict"], "EventDict"]:
    def hide(_logger: Any, _method: str, told: "EventDict") -> "EventDict":
        return {name: _plain(value, secrecy) for name, value in told.items()}

    return hide


def _plain(value: object, secrecy: Secrecy) -> object:
    match value:
        case str():
            return secrecy.clean(value)
        case Decimal():
            return float(value)
        case float():
            return round(value, 3)
        case _:
            return value


def _as_text(_logger: Any, _method: str, told: Mapping[str, object]) -> str:
    at, level, what, *rest = told.items()
    words = " ".join(f"{name}={_word(value)}" for name, value in rest)
    return f"{at[1]} {level[1]:<7} {what[1]:<20} {words}".rstrip()


def _word(value: object) -> str:
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return repr(text) if not text or any(sign in text for sign in " \n\"'=") else text
