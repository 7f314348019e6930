"""The table of the lint's rules."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyreel.domain.storyboard import Severity, Storyboard
from storyreel.writing.lint import continuity, framing, words
from storyreel.writing.lint.remark import Remark

if TYPE_CHECKING:
    from storyreel.domain.model import Limits


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name, how much a breach matters, and the function that finds breaches."""

    name: str
    severity: Severity
    judge: Callable[[Storyboard, "Limits | None"], Iterator[Remark]]


RULES = (
    Rule("same-size-twice", Severity.NOTE, framing.same_size_twice),
    Rule("two-actions", Severity.WARN, words.two_actions),
    Rule("words-do-not-fit", Severity.ERROR, words.words_do_not_fit),
    Rule("seconds-not-made", Severity.ERROR, words.seconds_not_made),
    Rule("no-establishing-shot", Severity.NOTE, framing.no_establishing_shot),
    Rule("line-crossed", Severity.WARN, continuity.line_crossed),
    Rule("direction-flips", Severity.WARN, continuity.direction_flips),
    Rule("without-reference", Severity.NOTE, continuity.without_reference),
    Rule("never-introduced", Severity.WARN, continuity.never_introduced),
    Rule("three-strong-moves", Severity.NOTE, framing.three_strong_moves),
    Rule("pan-against-pan", Severity.NOTE, framing.pan_against_pan),
    Rule("text-in-picture", Severity.WARN, words.text_in_picture),
    Rule("reference-to-before", Severity.WARN, words.reference_to_before),
    Rule("often-refused", Severity.NOTE, words.often_refused),
    Rule("too-many-acting", Severity.WARN, continuity.too_many_acting),
    Rule("one-size", Severity.NOTE, framing.one_size),
)
