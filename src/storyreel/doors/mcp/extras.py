"""Resources and prompts of other packages, which name them by the entry points `storyreel.mcp`; none is any user's own."""

import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from typing import TypeAlias, cast

from storyreel.domain.said import said
from storyreel.tools.attachment import Attachment

GROUP = "storyreel.mcp"
_GAP = re.compile(r"\\\{(\w+)\\\}")

Given: TypeAlias = Mapping[str, str]
"""What fills a template's gaps, or a prompt's."""


@dataclass(frozen=True, slots=True)
class ExtraResource:
    """Something to be read at an address, which may have gaps like `{id}`; each stands for one part of the path."""

    address: str
    name: str
    description: str
    media_type: str
    read: Callable[[Given], Awaitable[bytes | str]]

    @property
    def is_template(self) -> bool:
        """Whether the address has gaps."""
        return "{" in self.address

    def given(self, uri: str) -> Given | None:
        """What fills the gaps in this address; None where it is another resource's."""
        found = re.fullmatch(_GAP.sub(r"(?P<\1>[^/]+)", re.escape(self.address)), uri)
        return found.groupdict() if found else None


@dataclass(frozen=True, slots=True)
class ExtraPrompt:
    """A prompt that a person chooses, with what each of its gaps is for; all of them are to be filled."""

    name: str
    description: str
    tell: Callable[[Given], Sequence[str | Attachment]]
    gaps: Mapping[str, str] = field(default_factory=dict[str, str])


Extra: TypeAlias = ExtraResource | ExtraPrompt


@dataclass(frozen=True, slots=True)
class Extras:
    """All that there are, and what is wrong with those that were left out."""

    resources: tuple[ExtraResource, ...] = ()
    prompts: tuple[ExtraPrompt, ...] = ()
    problems: tuple[str, ...] = ()

    @classmethod
    def here(cls, found: Iterable[EntryPoint] | None = None) -> "Extras":
        """Those of the installed packages: an entry point names a sequence of them."""
        problems: list[str] = []
        known = sorted(entry_points(group=GROUP), key=lambda one: one.name) if found is None else found
        extras = tuple(_loaded(known, problems))
        resources = tuple(one for one in extras if isinstance(one, ExtraResource))
        return cls(resources, tuple(one for one in extras if isinstance(one, ExtraPrompt)), tuple(problems))

    def at(self, uri: str) -> tuple[ExtraResource, Given] | None:
        """The resource at an address, and what fills its gaps."""
        for one in self.resources:
            if (given := one.given(uri)) is not None:
                return one, given
        return None


def _loaded(found: Iterable[EntryPoint], problems: list[str]) -> Iterator[Extra]:
    for entry in found:
        try:
            named: object = entry.load()
        except Exception as error:  # noqa: BLE001  somebody else's code, which may raise anything
            problems.append(f"{entry.name} ({entry.value}) is left out: {type(error).__name__}: {said(error).rstrip('.')}.")
            continue
        for one in cast("Sequence[object]", named) if isinstance(named, list | tuple) else (named,):
            if isinstance(one, ExtraResource | ExtraPrompt):
                yield one
            else:
                problems.append(f"{entry.name} ({entry.value}) is left out: it holds no ExtraResource or ExtraPrompt alone.")
