"""The first pass: a language model cuts the text into beats and shots, and code makes sure that the words stay the text's own."""

import asyncio
import json
import re
from collections.abc import Iterator
from dataclasses import replace

from storyreel.domain.storyboard import Span
from storyreel.domain.values import Language
from storyreel.lexicon import language_of
from storyreel.writing.llm.answers import PersonTold, StoryTold
from storyreel.writing.llm.ask import Writer, instructions_for
from storyreel.writing.llm.faults import unusable
from storyreel.writing.llm.story import Story, Told, verified, what_is_wrong

LONGEST_PART = 6_000  # characters of a text that are asked about at once; a longer one is read part by part

NAMES = {Language.ENGLISH: "English", Language.RUSSIAN: "Russian", Language.CHINESE: "Chinese"}


async def split(text: str, writer: Writer, count: int | None, most: int | None = None) -> Story:
    """The text's beats, each with its shots in words: `count` in all, or `most` of them, or as many as suit it.

    Raises ProviderUnavailable where the answer is not this text, and what `Writer.ask` raises.
    """
    language = language_of(text)
    parts = list(parts_of(text))
    shares = _shares(count, parts, len(text))
    limits = _shares(most, parts, len(text))
    told: list[Story] = []
    for (start, end), share, limit in zip(parts, shares, limits, strict=True):
        people = [one for story in told for one in story.people]
        told.append(await _part(text[start:end], language, writer, share, limit, people))
    return _whole(text, language, told, [start for start, _ in parts])


async def _part(
    text: str, language: Language, writer: Writer, count: int | None, most: int | None, people: list[PersonTold]
) -> Story:
    def check(answer: StoryTold) -> str | None:
        return what_is_wrong(answer, text, count) or _foreign(answer, language)

    question = _question(text, language, count, most, people)
    answer = await writer.ask(instructions_for("split"), question, StoryTold, check)
    story = await asyncio.to_thread(verified, answer, text, language)
    if story is None:
        raise unusable(writer.account.provider, "it rewrote the text instead of cutting it")
    return story


def _question(text: str, language: Language, count: int | None, most: int | None, people: list[PersonTold]) -> str:
    wanted = f"Number of shots in all: {count}." if count else "Make as many shots as suit it, one or two for each beat"
    wanted += "" if count else f", no more than this number in all: {most}." if most else "."
    known = f"\nPeople met before: {json.dumps([one.model_dump() for one in people], ensure_ascii=False)}" if people else ""
    return (
        f"The story is in {NAMES[language]}. Write every text in {NAMES[language]}. {wanted}{known}\n\n<story>\n{text}\n</story>"
    )


def _foreign(answer: StoryTold, language: Language) -> str | None:
    told = [shot.description for beat in answer.beats for shot in beat.shots]
    wrong = sum(language_of(one) is not language for one in told)
    return f"The descriptions must be in {NAMES[language]}, like the story." if wrong > len(told) / 2 else None


def parts_of(text: str) -> Iterator[tuple[int, int]]:
    """A long text in parts, cut between paragraphs where there are any, else between sentences or words."""
    start = 0
    while len(text) - start > LONGEST_PART:
        low, high = start + LONGEST_PART // 2, start + LONGEST_PART
        window = text[low:high]
        cuts = next(
            (found for mark in (r"\n\s*\n", r"\n", r"[.!?…]\s+|[。！？]", r"\s") if (found := list(re.finditer(mark, window)))),
            None,
        )
        end = low + cuts[-1].end() if cuts else high
        yield start, end
        start = end
    yield start, len(text)


def _shares(count: int | None, parts: list[tuple[int, int]], length: int) -> list[int | None]:
    """How many shots each part gets of those asked for, by its length; each at least one."""
    if count is None:
        return [None] * len(parts)
    if count < len(parts):
        return [1] * len(parts)  # neighbours are joined afterwards
    ends = [round(count * end / length) for _, end in parts]
    return [max(1, end - before) for end, before in zip(ends, [0, *ends], strict=False)]


def _whole(text: str, language: Language, told: list[Story], starts: list[int]) -> Story:
    """The parts' stories as one, with the spans of the whole text."""
    beats = [_shifted(beat, start) for story, start in zip(told, starts, strict=True) for beat in story.beats]
    people = {one.name.casefold(): one for story in reversed(told) for one in story.people}
    order = dict.fromkeys(one.name.casefold() for story in told for one in story.people)
    remarks = tuple(remark for story in told for remark in story.remarks)
    return Story(text, language, told[0].title, tuple(people[name] for name in order), tuple(beats), remarks)


def _shifted(beat: Told, by: int) -> Told:
    return replace(beat, span=Span(start=beat.span.start + by, end=beat.span.end + by))
