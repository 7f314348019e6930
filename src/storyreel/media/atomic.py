"""A file appears whole under its name or not at all: written under a temporary name beside it, renamed at the end."""

import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from errno import EEXIST, ENOENT, ENOTDIR
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from storyreel.domain.errors import OutputUnwritable


class WholeFile:
    """The temporary name of a file that is being written; `keep` gives it its own name, `drop` removes it.

    Raises OutputUnwritable where the folder cannot be made or written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.part = path.with_name(f".{path.stem[:80]}.{uuid4().hex[:12]}.part{path.suffix}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self.part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        except OSError as error:
            raise unwritable(path, error) from error

    def keep(self) -> None:
        """Give the file its name, in one step; what was there before is replaced."""
        try:
            self.part.replace(self.path)
        except OSError as error:
            self.drop()
            raise unwritable(self.path, error) from error

    def drop(self) -> None:
        """Leave nothing behind."""
        with suppress(OSError):
            self.part.unlink()


@contextmanager
def whole_file(path: Path) -> Generator[Path]:
    """The temporary name to write to; the file gets its own when the block ends well, and is gone when it does not.

    Raises OutputUnwritable for every failure to write in the block that names the file or no file at all.
    """
    file = WholeFile(path)
    try:
        yield file.part
    except OSError as error:
        file.drop()
        if not is_ours(error, file.part):
            raise
        raise unwritable(path, error) from error
    except BaseException:
        file.drop()
        raise
    file.keep()


def part_of(path: Path, owner: str) -> Path:
    """A name to write a file of that owner's under: always the same, and short, whatever the file is called."""
    return path.with_name(f".{sha256(f'{owner}/{path.name}'.encode(errors='surrogateescape')).hexdigest()[:24]}.part")


def is_ours(error: OSError, part: Path) -> bool:
    """Whether a failure is about the file being written (or one made for it beside it), and not about one that is read."""
    return error.filename is None or part.name in str(error.filename)


def unwritable(path: Path, error: OSError) -> OutputUnwritable:
    """The error for a person, from the system's."""
    if error.errno == ENOENT:
        return OutputUnwritable(path, "its folder is not there")
    if error.errno in {EEXIST, ENOTDIR} and (file := next(filter(Path.is_file, path.parents), None)):
        return OutputUnwritable(path, f"{file} is a file, not a folder")
    return OutputUnwritable(path, (error.strerror or str(error) or "the system refuses").lower())
