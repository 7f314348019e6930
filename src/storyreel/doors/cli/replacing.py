"""Files that are there already: nothing that a person has is replaced unasked."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from storyreel.doors.languages.phrases import Phrase

if TYPE_CHECKING:
    from storyreel.domain.film import Film


def must_be_free(output: Path | None, *, force: bool) -> None:
    """Raises InvalidRequest where there is something in a file of that name, and `--force` was not given."""
    if output is None or force or not os.path.isfile(output) or not output.stat().st_size:  # noqa: PTH113  Path.is_file raises for a long name
        return
    from storyreel.domain.errors import InvalidRequest

    message = Phrase("{path} is there already; give another name, or --force to replace it.", path=output)
    raise InvalidRequest(message, field="output")


def kept_beside(film: "Film") -> Phrase | None:
    """That a film was delivered beside a file which appeared under its name while it was made; None where it has its name."""
    output, path = film.order.output, film.delivered
    if path is None or path == output:
        return None
    return Phrase("{output} is another file by now, and was kept; the film is {path}.", output=output, path=path)
