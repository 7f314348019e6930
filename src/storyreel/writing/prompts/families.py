"""How each family of models wants to be told (`data/families.toml`)."""

from functools import cache
from typing import Any

from storyreel.domain.values import Value
from storyreel.writing.words import table

GENERIC = "generic"
_COMMANDS = "commands"


class Family(Value):
    """A family's template; the comments in `data/families.toml` say what each key means."""

    order: tuple[str, ...]
    drops: tuple[str, ...]
    tag: str
    first_tag: int
    first_frame: str
    timecodes: bool
    commands: bool
    silence: bool
    still: bool
    negative: tuple[str, ...]

    @property
    def parts(self) -> frozenset[str]:
        """Everything the family is told."""
        return frozenset(part for sentence in self.order for part in sentence.split())


def family_named(name: str) -> Family:
    """The template of that family; the generic one where it has none."""
    return _families().get(name) or _families()[GENERIC]


def command(move: str) -> str:
    """A camera move as a command in brackets."""
    return str(table("families")[_COMMANDS][move])


@cache
def _families() -> dict[str, Family]:
    rows: dict[str, Any] = {name: row for name, row in table("families").items() if name != _COMMANDS}
    return {name: Family.model_validate({**rows[GENERIC], **row}) for name, row in rows.items()}


FAMILIES = tuple(_families())
"""The names of all families that have a template."""
