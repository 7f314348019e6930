"""How a description that a person changed is known: beside a shot's subjects a file keeps a mark of the words they are from."""

import json
from hashlib import sha256
from typing import Any

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.film import Brief
from storyreel.writing.tree import Tree
from storyreel.writing.write import write_storyboard

MARK = "mark"
"""The key of a shot in a file."""


def mark_of(shot: dict[str, Any]) -> str:
    """The mark of a shot as its file has it: of its description's letters, of its subjects, and of whom the description tells."""
    return "-".join((_letters(shot), _subjects(shot), _told(shot)))


def is_outdated(shot: dict[str, Tree]) -> bool:
    """Whether subjects that Storyreel wrote are not of the words any more: those tell of others, or the subjects were left out.

    Subjects that a person wrote, an empty list too, are what a person wants.
    """
    marked = shot.get(MARK)
    if not isinstance(marked, str) or marked.count("-") != 2:
        return False
    letters, subjects, told = marked.split("-")
    if subjects != _subjects(shot):
        return shot.get("subjects") is None
    return letters != _letters(shot) and told != _told(shot)  # a newer lexicon may read the same letters otherwise


def _letters(shot: dict[str, Any]) -> str:
    return _short(_words(shot))


def _subjects(shot: dict[str, Any]) -> str:
    return _short(json.dumps(shot.get("subjects") or [], sort_keys=True))


def _told(shot: dict[str, Any]) -> str:
    """Of whom and of what the description tells by itself, and what they do: other words may tell the same."""
    try:
        seen = write_storyboard(_words(shot), Brief(shots=1)).shots[0].subjects
    except InvalidRequest:  # it has no words
        seen = ()
    return _short(json.dumps([(one.name, one.concept, one.pose, one.holds) for one in seen]))


def _words(shot: dict[str, Any]) -> str:
    return str(shot.get("description") or "").strip()


def _short(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:6]
