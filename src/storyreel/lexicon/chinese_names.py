"""Chinese personal names: 小明, 老王, 李明. Only patterns that are hardly ever anything else."""

from storyreel.domain.values import Language
from storyreel.lexicon.load import lexicon

_LONGEST = 3


def chinese_name_at(text: str, at: int, end: int) -> tuple[int, str] | None:
    """Where a name that begins at `at` ends, and the concept it stands for; None where there is none."""
    names = lexicon().names[Language.CHINESE]
    for length in range(min(_LONGEST, end - at), 1, -1):
        found = _concept_of(text[at : at + length], names["surnames"][0], names)
        if found is not None:
            return at + length, found
    return None


def _concept_of(name: str, surnames: str, names: "dict[str, tuple[str, ...]] | object") -> str | None:
    known = lexicon().names[Language.CHINESE]
    for id in ("boy", "girl", "man", "woman", "person"):
        if name in known.get(id, ()):
            return id
    head, given = name[0], name[1:]
    if head == "老" and len(given) == 1 and given in surnames:
        return "old_man"
    if head == "小" and len(given) == 1 and given in surnames:
        return "person"
    if head in surnames:
        return next((id for id in ("man", "woman") if given in known[f"{id}_given"]), None)
    return None
