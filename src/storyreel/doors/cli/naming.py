"""Which file a person names where a text may stand too: the same for every command that takes a story."""

import os
from pathlib import Path

SCRIPTS = (".txt", ".md", ".fountain")
BOARDS = (".yaml", ".yml")
LONGEST = 4096  # characters of a path; what is longer is a story


def file_named(text: str | None) -> Path | None:
    """The script, the storyboard or the folder that a text names; None for words.

    It is one where it is there and is one word or ends as they do; and one word that ends so names one that is missing.
    """
    if text is None or len(text) > LONGEST:
        return None
    path, is_word, ends_so = Path(text), not any(map(str.isspace, text)), text.lower().endswith(SCRIPTS + BOARDS)
    if is_word and os.path.isdir(text):  # noqa: PTH112 - which has no trouble with a name that no file could have
        return path if text.endswith(os.sep) or (path / "storyboard.yaml").is_file() else None
    is_there = (is_word or ends_so) and os.path.isfile(text)  # noqa: PTH113 - the same
    return path if is_there or (is_word and ends_so) else None


def is_board(path: Path) -> bool:
    """Whether it is a storyboard's file, or a folder with one, and no script."""
    return path.suffix.lower() in BOARDS or path.is_dir()
