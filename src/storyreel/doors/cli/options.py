"""Options that several commands share, and what stands before a command."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import typer

Force = Annotated[bool, typer.Option("--force", "-f", help="Replace a file that is there already.")]
AsJson = Annotated[
    bool, typer.Option("--json", help="Print one JSON object on stdout; on stderr only how far it is, and errors.")
]


@dataclass(frozen=True, slots=True)
class Start:
    """How the command line was started."""

    verbose: bool  # `-v` was given before the command
    environment: Mapping[str, str]  # of the process


def start_of(context: typer.Context) -> Start:
    """How the command line of this command was started."""
    return context.find_object(Start) or Start(verbose=False, environment={})
