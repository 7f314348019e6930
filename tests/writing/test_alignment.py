"""Whatever a model copied, every character of the text belongs to exactly one beat, in order.

Requirement B2.
"""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storyreel.domain.film import Brief
from storyreel.lexicon import language_of
from storyreel.writing.llm.align import aligned
from storyreel.writing.llm.answers import StoryTold
from storyreel.writing.llm.board import board_of
from storyreel.writing.llm.story import verified
from tests.properties import examples
from tests.writing.texts import CHINESE_SCRIPT, FOUNTAIN, KEEPER, KEEPER_RU, NOVEL, ORDINARY, RUSSIAN_SCRIPT, STATION
from tests.writing.told import a_beat, a_shot, a_story

_QUICK = settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.too_slow])
_TEXTS = st.sampled_from(ORDINARY)


@st.composite
def copies(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A text, and its pieces as a careless model copies them."""
    text = draw(_TEXTS)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    pieces = [text[start:end] for start, end in pairwise([0, *cuts, len(text)])]
    spoilt: list[str] = []
    for piece in pieces:
        match draw(st.sampled_from(["whole", "whole", "whole", "upper", "shorter", "longer", "other", "gone", "twice"])):
            case "upper":
                spoilt.append(piece.upper())
            case "shorter":
                spoilt.append(piece[: len(piece) // 2])
            case "longer":
                spoilt.append(f"{piece} and so on")
            case "other":
                spoilt.append(draw(st.text(max_size=30)))
            case "gone":
                pass
            case "twice":
                spoilt += [piece, piece]
            case _:
                spoilt.append(piece)
    return text, spoilt


@_QUICK
@given(copies())
def test_the_spans_that_are_found_cover_the_text_once_and_in_order(copied: tuple[str, list[str]]) -> None:
    text, pieces = copied
    found = aligned(text, pieces)
    spans = [span for span in found.spans if span]

    assert len(found.spans) == len(pieces)
    assert not spans or "".join(text[span.start : span.end] for span in spans) == text
    assert all(left.end == right.start for left, right in pairwise(spans))


@_QUICK
@given(copies(), st.integers(1, 12))
def test_a_careless_answer_is_mended_or_refused_and_never_breaks(copied: tuple[str, list[str]], count: int) -> None:
    text, pieces = copied
    beats = [a_beat(piece, a_shot(piece or "x", "the old man"), lines=(("he", piece[:9]),)) for piece in pieces]
    story = verified(StoryTold.model_validate(a_story(*beats)), text, language_of(text)) if beats else None
    if story is None:
        return
    board = board_of(story, Brief(shots=count))

    spans = [shot.words for shot in board.shots if shot.words]
    assert "".join(text[span.start : span.end] for span in spans) == text
    assert len(board.shots) == count


@pytest.mark.parametrize("text", [KEEPER, KEEPER_RU, STATION, FOUNTAIN, NOVEL, RUSSIAN_SCRIPT, CHINESE_SCRIPT])
def test_words_copied_without_marks_and_in_other_quotation_marks_are_whole(text: str) -> None:
    third = len(text) // 3
    pieces = [one.replace("“", '"').replace("—", "-").replace("。", ".").strip() for one in (text[:third], text[third:])]

    assert aligned(text, pieces).whole


def test_a_quotation_mark_and_a_new_line_belong_to_the_beat_that_they_open() -> None:
    text = "He waits. “Come,” she says.\n\nINT. ROOM - DAY\nRain."
    found = aligned(text, ["He waits", "Come, she says", "Rain"])

    assert [text[span.start : span.end] for span in found.spans if span] == [
        "He waits. ",
        "“Come,” she says.\n\n",
        "INT. ROOM - DAY\nRain.",
    ]


def test_words_that_were_made_up_are_lost_and_counted() -> None:
    found = aligned(KEEPER, ["An old lighthouse keeper finds a message in a bottle;", "A whale sings.", "at dawn a ship answers"])

    assert found.lost == [2]
    assert 0.7 < found.copied < 0.9
    assert not found.whole
