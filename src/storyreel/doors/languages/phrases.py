"""A text with its facts: English to a program, and a reader's own language where a door says it."""

from collections.abc import Callable
from typing import Self

from typing_extensions import override


class Phrase(str):
    """An English sentence that remembers its text and what is named in it, so that it can be said in another language."""

    __slots__ = ("facts", "text")

    text: str
    facts: dict[str, object]

    def __new__(cls, text: str, **facts: object) -> Self:
        """The text, with its {names} filled in."""
        made = super().__new__(cls, text.format(**facts) if facts else text)
        made.text, made.facts = text, facts
        return made

    @override
    def __reduce__(self) -> tuple[Callable[..., "Phrase"], tuple[str, dict[str, object]]]:
        return _again, (self.text, self.facts)

    def said(self, said: Callable[[str], str]) -> str:
        """The same in the language of that translation; facts that are phrases, too."""
        if not self.facts:
            return said(self.text)
        return said(self.text).format(
            **{name: fact.said(said) if isinstance(fact, Phrase) else fact for name, fact in self.facts.items()}
        )


def _again(text: str, facts: dict[str, object]) -> Phrase:
    return Phrase(text, **facts)
