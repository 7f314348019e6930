"""From a text to its beats. Each character of the text belongs to exactly one."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from storyreel.domain.values import Language
from storyreel.lexicon import language_of
from storyreel.writing.known import mentions, places
from storyreel.writing.split.asked import unasked
from storyreel.writing.split.borders import borders
from storyreel.writing.split.form import blocks, title_of
from storyreel.writing.split.pieces import Beat, Block, Part, Reading, Speech
from storyreel.writing.split.quotes import after_speech, dashed, masked, quotes, speech_of, turns, without, without_saying
from storyreel.writing.verbs import is_word, like_verbs, verbs
from storyreel.writing.words import WORD, field_words, row_words

_ORDINAL_ZH = re.compile(r"^\s*(?:(?:第[一二三四五六七八九十]+|其次)[，,、：:]|首先[，,、：:]?)\s*")
LONGEST_SPEECH_S = 10.0  # of one shot; what is longer is split at its sentences
_SPEECH_RATE = {Language.ENGLISH: 2.5, Language.RUSSIAN: 2.5, Language.CHINESE: 4.0}  # words (characters) a second


def read(source: str) -> Reading:
    """The text's language, title and beats. A text with a letter or digit has at least one beat."""
    language = language_of(source)
    parts = blocks(source)
    beats = _settled(_raw_beats(source, parts, language), language)
    if not beats:
        beats = [Beat(0, len(source), source.strip())]
    return Reading(source, language, title_of(parts, source), tuple(_tiled(beats, len(source))))


def speech_seconds(words: str, language: Language) -> float:
    """How long words take to say, without the breath around them."""
    count = len(re.findall(r"\w", words)) if language is Language.CHINESE else len(WORD.findall(words))
    return count / _SPEECH_RATE[language]


def _raw_beats(source: str, parts: list[Block], language: Language) -> Iterator[Beat]:
    heading: str | None = None
    heading_start: int | None = None
    for block in parts:
        text = source[block.text_start : block.text_end]
        if block.part is Part.HEADING:
            heading = f"{heading}. {text.strip()}" if heading else text.strip()
            heading_start = block.start if heading_start is None else heading_start
            continue
        if block.part is Part.ASIDE:
            continue
        for index, beat in enumerate(_beats_of(block, text, language)):
            start = block.start if index == 0 else beat.start
            if heading_start is not None:
                start = heading_start
            yield replace(beat, start=start, heading=heading)
            heading = heading_start = None
    if heading is not None and heading_start is not None:
        yield Beat(heading_start, len(source), "", heading=heading)


def _beats_of(block: Block, text: str, language: Language) -> Iterator[Beat]:
    at = block.text_start
    if block.part is Part.SPEECH:
        for start, end in _speech_pieces(text, language):
            words = _clean(text[start:end]).strip('"“”«»「」')
            yield Beat(at + start, at + end, "", (Speech(words, block.label, block.manner if start == 0 else ""),))
        return
    if block.label == "dash":
        for start, end in turns(text) if language is Language.RUSSIAN else ((0, len(text)),):
            line = text[start:end].rstrip(" —–")
            words, rest = (dashed(line) if language is Language.RUSSIAN else None) or (line, "")
            yield Beat(at + start, at + end, _clean(rest), (Speech(_clean(words)),))
        return
    spoken = quotes(text, language)
    hidden = masked(text, spoken)
    found = () if block.part is Part.ITEM else {*borders(hidden, language), *after_speech(text, spoken, language)}
    cuts = sorted({*found}.difference(one.start for one in spoken if one.goes_on))
    opened = [one.start for one in spoken]
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        mine = tuple(one.moved(-start) for one in spoken[bisect_left(opened, start) : bisect_left(opened, end)])
        opens = block.start == 0 and start == 0
        shown = _clean(without(text[start:end], mine), opens=opens)
        seen = without_saying(shown, language) if mine else shown
        yield Beat(at + start, at + end, seen, speech_of(mine), listed=block.part is Part.ITEM)


def _speech_pieces(text: str, language: Language) -> Iterator[tuple[int, int]]:
    start = 0
    ends = [match.end() for match in re.finditer(r"[.!?…]+\s+|[。！？…]+", text)]
    for end, following in zip(ends, [*ends[1:], len(text)], strict=False):
        if speech_seconds(text[start:following], language) > LONGEST_SPEECH_S and end > start:
            yield start, end
            start = end
    if start < len(text):
        yield start, len(text)


def _clean(text: str, *, opens: bool = False) -> str:
    text = unasked(_ORDINAL_ZH.sub("", text), opens=opens)
    text = re.sub(r"^\s*(?:->|→|=>|⟶|⇒|\|)|(?:->|→|=>|⟶|⇒|\|)\s*$", "", text)
    return re.sub(r"\s+", " ", re.sub(r"[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}|\[\[.*?\]\]", "", text)).strip()


def _settled(raw: Iterator[Beat], language: Language) -> list[Beat]:
    """Beats with something to show: "Night." leads the next beat; a scrap joins the one before."""
    found: list[Beat] = []
    lead: Beat | None = None
    for one in raw:
        beat = _led(lead, one) if lead else one
        lead = None
        if _shows_nothing(beat, language):
            if found:
                found[-1] = replace(found[-1], end=beat.end)
            continue
        if _only_sets(beat, language):
            lead = beat
            continue
        found.append(beat)
    if lead:
        found.append(lead)
    return found


def _shows_nothing(beat: Beat, language: Language) -> bool:
    """Whether a beat is a scrap of marks, or a cutter's note such as "Cut to black."."""
    if beat.speech or beat.heading is not None:
        return False
    notes = row_words("borders", "cut", language).find(beat.text)
    return not is_word(beat.text) or bool(notes and notes[0].start == 0 and len(beat.text) - notes[0].end <= 1)


def _led(lead: Beat, beat: Beat) -> Beat:
    told = f"{lead.lead} {lead.text}".strip()
    return replace(beat, start=lead.start, lead=told, heading=lead.heading or beat.heading)


def _only_sets(beat: Beat, language: Language) -> bool:
    text = beat.text
    if beat.speech or beat.listed or not text:
        return False
    short = len(text) <= 6 if language is Language.CHINESE else len(text.split()) <= 3
    if not short or verbs(text, language):
        return False
    told = (
        *field_words("time", language).find(text),
        *field_words("weather", language).find(text),
        *places(text, language),
        *row_words("borders", "where", language).find(text),
    )
    if not told:
        return False
    known = {one.start for one in (*told, *mentions(text, language))}
    return all(at in known for at in like_verbs(text, language))


def _tiled(beats: list[Beat], length: int) -> Iterator[Beat]:
    starts = [0, *(beat.start for beat in beats[1:]), length]
    for beat, start, end in zip(beats, starts, starts[1:], strict=False):
        yield replace(beat, start=start, end=end)
