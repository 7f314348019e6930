"""Errors to exit codes and one line each. The table is in docs/cli.md."""

import json
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from storyreel.domain.advice import Remedy

EXIT_CODES = {
    "invalid_request": 2,
    "unknown_model": 2,
    "unknown_film": 2,
    "storyboard_invalid": 2,
    "catalogue_invalid": 2,
    "media_unusable": 2,
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
    "cancelled": 130,
}
UNFORESEEN = 1


@contextmanager
def told(*, as_json: bool, verbose: bool, words: "Mapping[Remedy, str] | None" = None) -> Generator[None]:
    """Turns whatever goes wrong inside into one line on stderr and an exit code; `-v` adds the traceback.

    `words`: how what helps is said, where it is not by the options of commands.
    """
    from storyreel.domain.errors import StoryreelError

    try:
        yield
    except StoryreelError as error:
        fail(error.code, error.worded(words or {}), as_json=as_json, cause=error if verbose else None)
    except KeyboardInterrupt:
        fail("cancelled", "Stopped. What was finished is kept; `storyreel resume` goes on.", as_json=as_json)
    except (typer.Exit, typer.Abort):
        raise
    except BrokenPipeError:
        raise typer.Exit(0) from None
    except Exception as error:  # noqa: BLE001 - the outermost edge: no traceback reaches a person unasked
        what = f"{type(error).__name__}: {error}".splitlines()[0]
        message = f"Something that should not happen did: {what}. Run again with -v for the details."
        fail("error", message, as_json=as_json, cause=error if verbose else None)


def fail(code: str, message: str, *, as_json: bool, cause: BaseException | None = None) -> NoReturn:
    """Say it, and leave with the code's exit status."""
    say(code, message, as_json=as_json, cause=cause)
    raise typer.Exit(EXIT_CODES.get(code, UNFORESEEN)) from None


def say(code: str, message: str, *, as_json: bool, cause: BaseException | None = None) -> None:
    """One line on stderr; before it the traceback, if there is a cause; on stdout the object, where one is asked for."""
    if cause is not None:
        import traceback

        traceback.print_exception(cause, file=sys.stderr)
    if as_json:
        sys.stdout.write(json.dumps({"error": {"code": code, "message": message}}, ensure_ascii=False) + "\n")
    sys.stderr.write(f"storyreel: {message}\n")
