"""Errors to exit codes and one line each. The table is in docs/cli.md."""

import json
import os
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import typer

from storyreel.doors.cli.options import start_of
from storyreel.doors.cli.terminating import TERMINATED, Terminated, heeding_sigterm
from storyreel.doors.cli.unheard import Unprinted, fall_silent, is_of_the_output
from storyreel.doors.languages.phrases import Phrase

if TYPE_CHECKING:
    from storyreel.domain.advice import Remedy
    from storyreel.domain.errors import StoryreelError
    from storyreel.doors.languages.voice import Voice

EXIT_CODES = {
    "invalid_request": 2,
    "unknown_model": 2,
    "unknown_film": 2,
    "storyboard_invalid": 2,
    "catalogue_invalid": 2,
    "media_unusable": 2,
    "nobody_to_ask": 2,
    "capability_missing": 3,
    "route_closed": 3,
    "authentication_failed": 3,
    "insufficient_credit": 3,
    "budget_exceeded": 3,
    "content_rejected": 4,
    "rate_limited": 4,
    "provider_unavailable": 4,
    "timed_out": 4,
    "submit_outcome_unknown": 4,
    "output_expired": 4,
    "output_broken": 4,
    "store_unusable": 5,
    "output_unwritable": 5,
    "line_busy": 6,
    "no_worker": 6,
    "place_lost": 6,
    "declined": 130,
    "cancelled": 130,
}
UNFORESEEN = 1
BEGIN_FILMS = {"make", "animate", "storyboard", "resume", "approve", "retake", "select", "edit", "adopt", "resubmit", "run"}


@contextmanager
def told(context: typer.Context, *, as_json: bool, words: "Mapping[Remedy, str] | None" = None) -> Generator["Voice"]:
    """Gives the voice to speak in, and turns whatever goes wrong inside into one line on stderr and an exit code.

    `-v` adds the traceback. `words`: how what helps is said, where it is not by the options of commands.
    """
    from storyreel.domain.errors import StoryreelError
    from storyreel.doors.cli.speaking import set_voice, system_voice

    start = start_of(context)
    said = system_voice(start.environment)
    try:
        said = set_voice(said)
        with heeding_sigterm():
            yield said
    except StoryreelError as error:
        message = error.worded(words or {})
        fail(error.code, message, as_json=as_json, shown=error_text(said, error, words), cause=error if start.verbose else None)
    except (KeyboardInterrupt, Terminated) as error:
        stopped = _stopped(context)
        say("cancelled", stopped, as_json=as_json, shown=stopped.said(said))
        raise typer.Exit(TERMINATED if isinstance(error, Terminated) else EXIT_CODES["cancelled"]) from None
    except (typer.Exit, typer.Abort):
        raise
    except BrokenPipeError:
        fall_silent()
        raise typer.Exit(0) from None
    except Exception as error:  # noqa: BLE001 - the outermost edge: no traceback reaches a person unasked
        if is_of_the_output(error):
            fall_silent()
            full = not_printed(error)
            fail("output_unwritable", full, as_json=False, shown=full.said(said))
        if not _is_anywhere():
            lost = Phrase("The current folder was deleted; go to one that is there, and try again.")
            fail("invalid_request", lost, as_json=as_json, shown=lost.said(said))
        what = f"{type(error).__name__}: {error}".splitlines()[0]
        message = Phrase("Something that should not happen did: {what}. Run again with -v for the details.", what=what)
        fail("error", message, as_json=as_json, shown=message.said(said), cause=error if start.verbose else None)


def _is_anywhere() -> bool:
    try:
        return bool(os.getcwd())  # noqa: PTH109  Path.cwd raises the same
    except FileNotFoundError:
        return False


def _stopped(context: typer.Context) -> Phrase:
    """A command that was stopped, told to a person."""
    if context.info_name in BEGIN_FILMS:
        return Phrase("Stopped. `storyreel films` lists what was begun, and `storyreel resume` goes on with it.")
    return Phrase("Stopped; nothing half-made was left.")


def not_printed(error: OSError) -> Phrase:
    """An output that takes no more, told to a person."""
    why = (error.strerror or str(error)).lower()
    if not isinstance(error, Unprinted):
        return Phrase("This cannot be printed: {why}.", why=why)
    return Phrase(
        "This cannot be printed: {why}. What was finished is kept: `storyreel films` lists it, `storyreel resume` goes on.",
        why=why,
    )


def error_text(said: "Voice", error: "StoryreelError", words: "Mapping[Remedy, str] | None" = None) -> str:
    """An error as a person at a terminal is told it."""
    from storyreel.domain.advice import Remedy
    from storyreel.doors.languages.failures import failure_text

    helps = {remedy: remedy.value for remedy in Remedy if "{" not in remedy.value} | dict(words or {})
    message = str(error) if words is None else error.worded(words)
    return failure_text(error, error.code, message, said.language, helps, at_machine=True)


def fail(code: str, message: str, *, as_json: bool, shown: str, cause: BaseException | None = None) -> NoReturn:
    """Say it, and leave with the code's exit status."""
    say(code, message, as_json=as_json, shown=shown, cause=cause)
    raise typer.Exit(EXIT_CODES.get(code, UNFORESEEN)) from None


def say(code: str, message: str, *, as_json: bool, shown: str, cause: BaseException | None = None) -> None:
    """`shown` as one line on stderr, after the traceback, if there is a cause; on stdout the object, where one is asked for."""
    if cause is not None:
        import traceback

        traceback.print_exception(cause, file=sys.stderr)
    if as_json:
        try:
            sys.stdout.write(json.dumps({"error": {"code": code, "message": message}}, ensure_ascii=False) + "\n")
            sys.stdout.flush()
        except OSError:
            fall_silent()
    try:
        sys.stderr.write(f"storyreel: {shown}\n")
        sys.stderr.flush()
    except OSError:  # the exit status says it still
        fall_silent(sys.stderr)
