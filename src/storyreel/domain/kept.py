"""Texts that can be kept: no database takes half a character, nor PostgreSQL the character NUL; such a text begins nothing."""

import json
import re

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.values import Value

NUL = "\0"
NUL_IN_JSON = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
NOT_KEPT = "A text has the character NUL in it, which cannot be kept: leave it out."
NOT_UTF_8 = "A text is not UTF-8, and cannot be read: save or type it as UTF-8."


def must_be_kept(told: str | Value, *, field: str) -> None:
    """Raises InvalidRequest for a text, or a value with a text, that a database would refuse."""
    text = told if isinstance(told, str) else json.dumps(told.model_dump(), ensure_ascii=False, default=str)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InvalidRequest(NOT_UTF_8, field=field) from error
    if NUL in text or (not isinstance(told, str) and NUL_IN_JSON.search(text)):
        raise InvalidRequest(NOT_KEPT, field=field)
