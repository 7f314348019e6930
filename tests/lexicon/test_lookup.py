"""The lookup itself: languages, order, spans, arbitrary text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyreel.domain.values import Language
from storyreel.lexicon import concept, language_of, mentions, place, places

ALPHABET = st.text(st.sampled_from("aehknorstw AS'’-.,;\nабдеёкмнорстья МЁ«»船马上人的海灯塔龙小明王，。🙂́ﬁİß٣"), max_size=80)
WORDS = st.lists(
    st.sampled_from(
        [
            "the",
            "ship's",
            "a",
            "watch",
            "watches",
            "и",
            "змея",
            "корабли",
            "Маша",
            "в",
            "лес",
            "灯塔",
            "小明",
            "马上",
            "lighthouse",
            "keeper",
            "sea",
            "of",
        ]
    ),
    max_size=20,
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("A storm rises", Language.ENGLISH),
        ("Буря", Language.RUSSIAN),
        ("暴风雨", Language.CHINESE),
        ("", Language.ENGLISH),
        ("123 !?", Language.ENGLISH),
        ("Робот R2-D2 идёт домой", Language.RUSSIAN),
        ("机器人 Robby 走在街上", Language.CHINESE),
        ("A sign says 门", Language.ENGLISH),
    ],
)
def test_the_language_is_the_one_most_of_a_text_is_in(text: str, language: Language) -> None:
    assert language_of(text) is language


def test_mentions_come_in_order_with_their_own_words() -> None:
    text = "An old lighthouse keeper finds a message in a bottle; at dawn a ship answers"

    found = mentions(text, Language.ENGLISH)

    assert [(one.concept.id, one.text) for one in found] == [
        ("keeper", "lighthouse keeper"),
        ("message_in_a_bottle", "message in a bottle"),
        ("ship", "ship"),
    ]
    assert all(text[one.start : one.end] == one.text for one in found)


def test_the_letter_yo_may_be_written_either_way() -> None:
    assert [one.concept.id for one in mentions("Ёж и еж, ёлка и елка", Language.RUSSIAN)] == ["hedgehog"] * 2 + [
        "christmas_tree"
    ] * 2


def test_an_id_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        concept("no such thing")
    with pytest.raises(KeyError):
        place("no such place")


@given(st.one_of(st.text(max_size=120), ALPHABET, WORDS.map(" ".join)), st.sampled_from(Language))
def test_any_text_gives_ordered_spans_that_do_not_overlap(text: str, language: Language) -> None:
    for found in (mentions(text, language), places(text, language)):
        ends = [0]
        for one in found:
            assert ends[-1] <= one.start < one.end <= len(text)
            assert one.text == text[one.start : one.end]
            ends.append(one.end)


@given(ALPHABET)
def test_a_text_always_has_a_language(text: str) -> None:
    assert language_of(text) in Language
