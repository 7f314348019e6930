"""Where each beat's words stand in the source: every character belongs to exactly one beat, in order, whatever a model copied.

Letters and digits alone are compared, so that quotation marks, spaces and case may differ.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from storyreel.domain.storyboard import Span

ENOUGH = 0.85
"""The share of the source that a model must have copied as it stands; below it the answer is refused."""

_ANCHOR = 12  # letters by which a beat is found whose words were changed further on
_REACH = 400  # letters that may be missing before a beat


@dataclass(frozen=True, slots=True)
class Aligned:
    """The span of each beat, None for one whose words are not in the source; and how much of the source was copied."""

    spans: tuple[Span | None, ...]
    copied: float  # 0 to 1
    whole: bool  # nothing was left out, added or changed

    @property
    def lost(self) -> list[int]:
        """Beats, counted from 1, whose words are not in the source."""
        return [number for number, span in enumerate(self.spans, start=1) if span is None]


@dataclass(frozen=True, slots=True)
class _Letters:
    """A text's letters and digits, and where each stands."""

    text: str
    at: tuple[int, ...]


def aligned(source: str, words: Sequence[str]) -> Aligned:
    """The spans of the beats whose words a model copied. The first begins the source, each ends where the next begins."""
    letters = _letters(source)
    starts, copied = _found(letters.text, [letters_of(one) for one in words])
    borders: list[int | None] = []
    for start, end_before in starts:
        if start is None:
            borders.append(None)
        else:
            after = letters.at[end_before - 1] + 1 if end_before else 0
            borders.append(_border(source, after, letters.at[start]))
    total = "".join(letters_of(one) for one in words)
    spans = _tiled(borders, len(source))
    return Aligned(spans, copied / max(1, len(letters.text)), total == letters.text and None not in spans)


def letters_of(text: str) -> str:
    """The letters and digits of a text, in small ones."""
    return _letters(text).text


def place_of(source: str, words: str, start: int, end: int) -> int:
    """Where words begin between two places of the source, by their first letters; the first place where they are not found."""
    letters = _letters(source[start:end])
    at = letters.text.find(letters_of(words)[:_ANCHOR])
    return start + letters.at[at] if at >= 0 and letters.at else start


@lru_cache(maxsize=256)
def _letters(text: str) -> _Letters:
    kept: list[str] = []
    at: list[int] = []
    for index, char in enumerate(text):
        for one in unicodedata.normalize("NFKC", char).casefold():
            if one.isalnum():
                kept.append("е" if one == "ё" else one)
                at.append(index)
    return _Letters("".join(kept), tuple(at))


def _found(source: str, words: Sequence[str]) -> tuple[list[tuple[int | None, int]], int]:
    """For each beat where its letters begin and where those before end; and how many letters were copied."""
    found: list[tuple[int | None, int]] = []
    at = copied = 0
    for one in words:
        limit = at + _REACH + len(one)
        start = source.find(one, at, limit) if one else -1
        taken = len(one)
        if start < 0 and len(one) > _ANCHOR:
            start = source.find(one[:_ANCHOR], at, at + _REACH + _ANCHOR)
            taken = _shared(source, start, one) if start >= 0 else 0
        if start < 0:
            found.append((None, at))
            continue
        found.append((start, at))
        at = start + taken
        copied += taken
    return found, copied


def _shared(source: str, start: int, one: str) -> int:
    count = 0
    for left, right in zip(source[start:], one, strict=False):
        if left != right:
            break
        count += 1
    return count


def _border(source: str, after: int, start: int) -> int:
    """Where a beat begins whose first letter is at `start`: a new line, or an opening mark, belongs to it."""
    between = source[after:start]
    if "\n" in between:
        line = re.search(r"\n\s*", between)
        return after + line.end() if line else start
    mark = re.search(r"[^\s\w]+$", between)
    spaced = mark is not None and (mark.start() == 0 or between[mark.start() - 1].isspace())
    opening = re.search(r"[“«„「『(\[¿¡#*]+$", between)
    if opening:
        return after + opening.start()
    return after + mark.start() if spaced and mark and mark.start() > 0 else start


def _tiled(borders: list[int | None], length: int) -> tuple[Span | None, ...]:
    known = [border for border in borders if border is not None]
    ends = iter([*known[1:], length])
    first = True
    spans: list[Span | None] = []
    for border in borders:
        if border is None:
            spans.append(None)
            continue
        spans.append(Span(start=0 if first else border, end=next(ends)))
        first = False
    return tuple(spans)
