"""The commands' group: what Typer finds wrong with a command line is said as everything else is, in one line."""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import typer
from typer.core import TyperGroup

from storyreel.doors.cli.faults import EXIT_CODES, not_printed, say
from storyreel.doors.cli.unheard import fall_silent, is_of_the_output
from storyreel.doors.languages.phrases import Phrase

if TYPE_CHECKING:
    from storyreel.doors.languages.voice import Voice

_WrongUsage: type[Exception] = next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException")
_ASKS_FOR_HELP = "NoArgsIsHelpError"


class PlainGroup(TyperGroup):
    """A group of commands whose errors have no box."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        """Run a command line, and leave with its exit code."""
        words = list(sys.argv[1:] if args is None else args)
        try:
            sys.exit(super().main(words, *rest, **{**extra, "standalone_mode": False}) or 0)
        except OSError as error:  # before any command was reached: its help, its version
            if not is_of_the_output(error):
                raise
            fall_silent()
            sys.stderr.write(f"storyreel: {not_printed(error).said(_voice())}\n")
            sys.exit(EXIT_CODES["output_unwritable"])
        except _WrongUsage as error:
            _refuse(error, as_json="--json" in words)
        except typer.Abort:
            said = _voice()
            sys.stderr.write(f"storyreel: {said('Stopped; nothing was started.')}\n")
            sys.exit(EXIT_CODES["cancelled"])


def _refuse(error: Any, *, as_json: bool) -> NoReturn:
    if type(error).__name__ == _ASKS_FOR_HELP:
        error.show()
        sys.exit(error.exit_code)
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "storyreel"
    told = error.format_message().replace("Value error, ", "").strip().rstrip(".")
    from storyreel.domain.values import Language
    from storyreel.doors.languages.known import known_or
    from storyreel.doors.languages.voice import Voice

    said, english = _voice(), Voice(Language.ENGLISH)
    where = Phrase("See {command} --help.", command=command)
    shown = f"{_ended(said, known_or(told, said.language))}{where.said(said)}"
    say("invalid_request", f"{_ended(english, told)}{where}", as_json=as_json, shown=shown)
    sys.exit(EXIT_CODES["invalid_request"])


def _ended(said: "Voice", told: str) -> str:
    """What is told as a sentence, before another one."""
    return said("{sentence} ", sentence=told) if told.endswith(("?", "？")) else said("{sentence}. ", sentence=told)


def _voice() -> "Voice":
    """Where no command was reached: in the language that is set, or the system's where the settings cannot be read."""
    from storyreel.domain.errors import InvalidRequest
    from storyreel.doors.cli.speaking import set_voice, system_voice

    said = system_voice(os.environ)
    try:
        return set_voice(said)
    except InvalidRequest:
        return said
