"""Texts that can be kept: PostgreSQL takes none with the character NUL in it, so no text with it begins anything."""

import re

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.values import Value

NUL = "\0"
NUL_IN_JSON = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
NOT_KEPT = "A text has the character NUL in it, which cannot be kept: leave it out."


def must_be_kept(told: str | Value, *, field: str) -> None:
    """Raises InvalidRequest for a text, or a value with a text, that a database would refuse."""
    found = NUL in told if isinstance(told, str) else NUL_IN_JSON.search(told.model_dump_json()) is not None
    if found:
        raise InvalidRequest(NOT_KEPT, field=field)
