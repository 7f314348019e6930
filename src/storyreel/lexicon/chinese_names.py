"""Chinese personal names: 小明, 老王, 李明. Only patterns that are hardly ever anything else."""

from functools import lru_cache
from typing import NamedTuple

from storyreel.domain.values import Language
from storyreel.lexicon.load import lexicon

_LONGEST = 3


class _Known(NamedTuple):
    whole: dict[str, str]  # a name to its concept: 小明, 安娜
    given: dict[str, str]  # what may follow a surname, to its concept
    surnames: frozenset[str]
    starts: frozenset[str]


@lru_cache(maxsize=1)
def _known() -> _Known:
    names = lexicon().names[Language.CHINESE]
    whole = {name: id for id in ("boy", "girl", "man", "woman") for name in names[id]}
    given = {name: id for id in ("man", "woman") for name in names[f"{id}_given"]}
    surnames = frozenset(names["surnames"][0])
    return _Known(whole, given, surnames, surnames | {"小", "老"} | {name[0] for name in whole})


def chinese_name_at(text: str, at: int, end: int) -> tuple[int, str] | None:
    """Where a name that begins at `at` ends, and the id of the concept it stands for; None where there is none."""
    known = _known()
    if text[at] not in known.starts:
        return None
    for length in range(min(_LONGEST, end - at), 1, -1):
        found = _concept_of(text[at : at + length], known)
        if found is not None:
            return at + length, found
    return None


def _concept_of(name: str, known: _Known) -> str | None:
    head, rest = name[0], name[1:]
    if name in known.whole:
        return known.whole[name]
    if head in {"老", "小"} and rest in known.surnames:
        return "old_man" if head == "老" else "person"
    return known.given.get(rest) if head in known.surnames else None
