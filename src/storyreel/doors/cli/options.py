"""Options that several commands share."""

from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout, everything else on stderr.")]


def verbose_of(context: typer.Context) -> bool:
    """Whether `-v` was given before the command."""
    return context.obj is True
