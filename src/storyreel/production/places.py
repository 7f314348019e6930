"""Where a film goes: to its own name, or to a free one beside it, as `film-1.mp4`, where another's file has that by then."""

import hashlib
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from storyreel.domain.film import companion_folder
from storyreel.domain.values import Digest


@dataclass(frozen=True, slots=True)
class Place:
    """The file that was ordered, and what may lie there and give way."""

    output: Path
    ours: Collection[Digest]  # what this film was at any time: an earlier delivery of it
    replaces: bool  # whatever lies at `output` gives way

    def names(self) -> Iterator[tuple[Path, bool]]:
        """Names for the film, the best first, each with whether a file is there that gives way; another's are left out."""
        yield from ((self.output, there) for there in self._standing(self.output, gives_way=self.replaces))
        for number in count(1):
            name = self.output.with_name(f"{self.output.stem}-{number}{self.output.suffix}")
            for there in self._standing(name, gives_way=False):
                if there or not companion_folder(name).exists():  # with takes of another film, whose own file was moved
                    yield name, there

    def _standing(self, path: Path, *, gives_way: bool) -> Iterator[bool]:
        """Whether a file is there; nothing where it is another's."""
        if not os.path.lexists(path):
            yield False
        elif gives_way or not path.stat().st_size or self._is_ours(path):
            yield True

    def _is_ours(self, path: Path) -> bool:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() in self.ours
