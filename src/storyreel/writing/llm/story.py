"""The first pass's answer, verified: the words are the source's own, nobody is named whom it does not name, no line is new."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from storyreel.domain.storyboard import Severity, Span
from storyreel.domain.values import Language
from storyreel.lexicon import mentions
from storyreel.writing.lint.remark import Remark
from storyreel.writing.llm.align import ENOUGH, Aligned, aligned, letters_of, place_of
from storyreel.writing.llm.answers import BeatTold, LineTold, PersonTold, ShotTold, StoryTold
from storyreel.writing.split.beats import read
from storyreel.writing.split.pieces import Speech
from storyreel.writing.visual.names import LIVING
from storyreel.writing.words import WORD

LONGEST_NAME = {Language.ENGLISH: 60, Language.RUSSIAN: 60, Language.CHINESE: 20}
LONGEST_DESCRIPTION = 600  # characters


@dataclass(frozen=True, slots=True)
class Told:
    """A verified beat; exactly one of its shots is the main one."""

    span: Span
    place: str
    lines: tuple[LineTold, ...]
    shots: tuple[ShotTold, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """A source cut into beats that cover it from its first character to its last."""

    source: str
    language: Language
    title: str
    people: tuple[PersonTold, ...]
    beats: tuple[Told, ...]
    remarks: tuple[tuple[Severity, Remark], ...] = ()


def what_is_wrong(answer: StoryTold, source: str, count: int | None) -> str | None:
    """What the model should be told is wrong with its answer; None where it can be used."""
    if not any(beat.shots for beat in answer.beats):
        return "There are no shots. Give beats, each with its words and its shots."
    found = aligned(source, [beat.words for beat in answer.beats])
    if not found.whole:
        lost = f" The words of beat {', '.join(map(str, found.lost))} are not in the story." if found.lost else ""
        return (
            f"The words of the beats, one after the other, are not the words of the story.{lost} "
            "Copy every word of the story into exactly one beat, in order, character by character."
        )
    made = sum(len(beat.shots) for beat in answer.beats)
    if count is not None and made != count:
        return f"You made {made} shots in all and {count} are asked for. Make exactly {count}."
    return None


def verified(answer: StoryTold, source: str, language: Language) -> Story | None:
    """The answer with everything mended that can be; None where too little of the source was copied to trust it."""
    found = aligned(source, [beat.words for beat in answer.beats])
    if found.copied < ENOUGH or all(span is None for span in found.spans):
        return None
    beats = _beats(answer.beats, found, source)
    spoken, invented = _lines(beats, source, language)
    people = tuple(one for one in answer.people if is_told(one.name, source, language))
    return Story(source, language, " ".join(answer.title.split()), people, spoken, tuple(_remarks(found, invented)))


def _remarks(found: Aligned, invented: int) -> Iterator[tuple[Severity, Remark]]:
    if not found.whole:
        message = f"The language model did not copy every word of the text ({found.copied:.0%} of it); the rest was put back."
        yield Severity.NOTE, Remark(None, message, "Look whether the shots tell the whole story.")
    if invented:
        message = f"The language model let people say what the text does not ({invented} lines); it was left out."
        yield Severity.NOTE, Remark(None, message, "Put speech into quotation marks where it was meant.")


def _beats(answers: list[BeatTold], found: Aligned, source: str) -> list[Told]:
    """Beats with a span; the shots of one whose words are not in the source go to the beat before, or after the first."""
    beats: list[Told] = []
    waiting: tuple[ShotTold, ...] = ()
    place = ""
    for answer, span in zip(answers, found.spans, strict=True):
        place = " ".join(answer.place.split()) or place
        shots = _unlike([_tidy(one) for one in answer.shots if any(char.isalnum() for char in one.description)])
        if span is None:
            if beats:
                beats[-1] = replace(beats[-1], shots=_with_one_main((*beats[-1].shots, *shots)))
            else:
                waiting += shots
            continue
        told = (*waiting, *shots) or (_plain(source[span.start : span.end]),)
        beats.append(Told(span, place, tuple(answer.lines), _with_one_main(told)))
        waiting = ()
    return beats


def _unlike(shots: list[ShotTold]) -> tuple[ShotTold, ...]:
    """The shots less those that say the same as one before."""
    return tuple({letters_of(one.description): one for one in reversed(shots)}.values())[::-1]


def _with_one_main(shots: tuple[ShotTold, ...]) -> tuple[ShotTold, ...]:
    """The first that calls itself main is; where none does, the first."""
    main = next((at for at, one in enumerate(shots) if one.main), 0)
    return tuple(one.model_copy(update={"main": at == main}) for at, one in enumerate(shots))


def _tidy(shot: ShotTold) -> ShotTold:
    text = " ".join(shot.description.split())[:LONGEST_DESCRIPTION]
    return shot.model_copy(update={"description": text, "sound": " ".join(shot.sound.split())[:120]})


def _plain(words: str) -> ShotTold:
    """A shot for a beat that was given none: its own words."""
    return ShotTold(main=True, description=" ".join(words.split())[:LONGEST_DESCRIPTION], people=[], things=[], sound="")


def _lines(beats: list[Told], source: str, language: Language) -> tuple[tuple[Told, ...], int]:
    """The beats with the lines that the source really has, those that were left out among them; and how many were made up."""
    speeches = [
        (speech, place_of(source, speech.words, beat.start, beat.end)) for beat in read(source).beats for speech in beat.speech
    ]
    mended: list[Told] = []
    invented = 0
    for beat in beats:
        here = [speech for speech, at in speeches if beat.span.start <= at < beat.span.end]
        kept: dict[int, list[LineTold]] = {}
        for line in beat.lines:
            which = [index for index, speech in enumerate(here) if _is_same(line.words, speech.words)]
            invented += not which
            for index in which:
                kept.setdefault(index, []).append(_spoken(line, here[index], source, language))
        missing = {index: [LineTold(speaker=one.speaker, words=one.words)] for index, one in enumerate(here) if index not in kept}
        whole = {**kept, **missing}
        mended.append(replace(beat, lines=tuple(line for index in sorted(whole) for line in whole[index])))
    return tuple(mended), invented


def _is_same(line: str, spoken: str) -> bool:
    """Whether a line is what the source speaks, a part of it, or holds it."""
    ours, theirs = letters_of(line), letters_of(spoken)
    return bool(ours) and (ours in theirs or theirs in ours)


def _spoken(line: LineTold, speech: Speech, source: str, language: Language) -> LineTold:
    """The model's line; what it holds besides speech goes, and so does a speaker whom the source does not name."""
    speaker = line.speaker if is_told(line.speaker, source, language) else speech.speaker
    words = line.words if letters_of(line.words) in letters_of(speech.words) else speech.words
    return LineTold(speaker=speaker, words=words)


def is_told(name: str, source: str, language: Language) -> bool:
    """Whether somebody is named by the source, in whatever form, or is only what they are: "the old man"."""
    if not name.strip() or len(name) > LONGEST_NAME[language]:
        return False
    letters = letters_of(source)
    if language is Language.CHINESE:
        whole = letters_of(name)
        return any(whole[at : at + 2] in letters for at in range(max(1, len(whole) - 1)))
    stems = [letters_of(word)[: max(3, len(word) - 2)] for word in WORD.findall(name) if len(word) > 2]
    if any(stem in letters for stem in stems):
        return True
    return name == name.lower() and any(one.concept.kind in LIVING for one in mentions(name, language))
