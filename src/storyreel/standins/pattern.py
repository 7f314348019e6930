"""The shortest text that a regular expression of the common kind allows: letters, classes, groups, alternatives, repetitions."""

import re
from collections.abc import Callable

CLASSES = {"d": "0", "w": "a", "s": " ", "D": "a", "W": "-", "S": "a", "n": "\n", "t": "\t"}
PLAIN = "a0A-_ .:/#é"  # tried, in this order, where a class allows several
REPEATED = re.compile(r"\{(\d+)(,\d*)?\}")
QUANTIFIERS = {"?": 0, "*": 0, "+": 1}


def text_for(pattern: str) -> str | None:
    """A text that the pattern finds itself in; None where none was found."""
    try:
        text = _Reader(pattern).alternatives()
        return text if re.search(pattern, text) else None
    except (IndexError, re.error):
        return None


class _Reader:
    """Reads a pattern once, from its beginning."""

    def __init__(self, pattern: str) -> None:
        self._pattern, self._at = pattern, 0

    def alternatives(self) -> str:
        """The first of several, up to a closing bracket or the end; the others are read and dropped."""
        first = self._sequence()
        while self._next("|"):
            self._sequence()
        return first

    def _sequence(self) -> str:
        made = ""
        while self._at < len(self._pattern) and self._pattern[self._at] not in "|)":
            made += self._repeated(self._one())
        return made

    def _one(self) -> str:
        """What one letter, class or group of the pattern stands for."""
        letter = self._taken()
        readers: dict[str, Callable[[], str]] = {"(": self._group, "[": self._class, "\\": self._escape}
        if letter in readers:
            return readers[letter]()
        return {"^": "", "$": "", ".": "a"}.get(letter, letter)

    def _repeated(self, text: str) -> str:
        """The text as often as its quantifier demands at least."""
        letter = self._pattern[self._at : self._at + 1]
        least = 1
        if letter and letter in QUANTIFIERS:
            least, self._at = QUANTIFIERS[letter], self._at + 1
        elif found := REPEATED.match(self._pattern, self._at):
            least, self._at = int(found[1]), found.end()
        else:
            return text
        self._next("?")
        return text * least

    def _group(self) -> str:
        head = re.compile(r"\?(?:P<\w+>|[:=!]|<[=!])").match(self._pattern, self._at)
        if head:
            self._at = head.end()
        text = self.alternatives()
        self._at += 1  # the closing bracket
        return "" if head and head[0][-1] in "=!" else text

    def _class(self) -> str:
        """A letter that the class allows, found by asking it."""
        end = self._at + 1
        while self._pattern[end] != "]" or self._pattern[end - 1] == "\\":
            end += 1
        told = self._pattern[self._at : end]
        self._at = end + 1
        allowed = re.compile(f"[{told}]")
        return next((letter for letter in (*PLAIN, *map(chr, range(33, 1200))) if allowed.fullmatch(letter)), "")

    def _escape(self) -> str:
        letter = self._taken()
        if letter in "bBAZz":
            return ""
        return CLASSES.get(letter, letter)

    def _taken(self) -> str:
        letter = self._pattern[self._at]
        self._at += 1
        return letter

    def _next(self, letter: str) -> bool:
        if self._pattern[self._at : self._at + 1] != letter:
            return False
        self._at += 1
        return True
