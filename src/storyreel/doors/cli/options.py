"""Options that several commands share."""

from typing import Annotated

import typer

Force = Annotated[bool, typer.Option("--force", "-f", help="Replace a file that is there already.")]
AsJson = Annotated[
    bool, typer.Option("--json", help="Print one JSON object on stdout; on stderr only how far it is, and errors.")
]


def verbose_of(context: typer.Context) -> bool:
    """Whether `-v` was given before the command."""
    return context.obj is True
