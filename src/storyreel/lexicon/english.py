"""The singular and plural of an English word or phrase of the lexicon."""

_PREPOSITIONS = frozenset({"in", "of", "on", "at", "with", "for", "to"})
_IRREGULAR = {
    "child": "children",
    "foot": "feet",
    "goose": "geese",
    "mouse": "mice",
    "tooth": "teeth",
    "ox": "oxen",
    "person": "people",
    "die": "dice",
    "cactus": "cacti",
    "octopus": "octopi",
    "bus": "buses",
}
_VES = frozenset(
    {"wolf", "werewolf", "leaf", "knife", "loaf", "thief", "elf", "shelf", "bookshelf", "wife", "calf", "scarf", "dwarf", "hoof"}
)
_NOT_MEN = frozenset({"human", "shaman", "german", "talisman", "roman", "caiman"})


def forms(phrase: str) -> tuple[frozenset[str], ...]:
    """The forms of each token of a phrase: the head, which stands last or before 'in', 'of'..., has its plural too."""
    tokens = phrase.lower().replace("-", " ").replace("'s", "").split()
    head = next((at - 1 for at, token in enumerate(tokens) if at and token in _PREPOSITIONS), len(tokens) - 1)
    return tuple(frozenset({token} | plurals(token)) if at == head else frozenset({token}) for at, token in enumerate(tokens))


def plurals(word: str) -> set[str]:
    """How a noun may be written in the plural."""
    if word in _IRREGULAR:
        return {_IRREGULAR[word], f"{word}es" if word.endswith("us") else f"{word}s"}
    if word.endswith("man") and word not in _NOT_MEN:
        return {f"{word[:-3]}men"}
    if word in _VES:
        return {word.removesuffix("e").removesuffix("f") + "ves", f"{word}s"}
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return {f"{word}es"}
    if word.endswith("y") and word[-2:-1] not in {"a", "e", "i", "o", "u"}:
        return {f"{word[:-1]}ies"}
    return {f"{word}s", f"{word}es"} if word.endswith("o") else {f"{word}s"}
