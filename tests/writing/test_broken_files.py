"""Whatever a file says, it is read or refused in a sentence."""

from contextlib import suppress

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from storyreel.domain.errors import StoryboardInvalid
from storyreel.writing import read_storyboard, storyboard_text
from tests.properties import examples
from tests.writing.texts import KEEPER, written

TEXT = storyboard_text(written(KEEPER))
_MARKS = ("- ", ": ", "\n", "  ", "[", "{", "&a", "*a", "!!str", "|", ">", "?", "%", "null", "-1")
_KEYS = ("shots", "scenes", "title", "description", "seconds", "bible", "subjects", "id", "beat", "characters", "language")
_VALUES = st.recursive(
    st.none() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=4),
)


@settings(max_examples=examples(100), deadline=None)
@given(st.integers(0, len(TEXT)), st.integers(0, 40), st.text(max_size=30) | st.sampled_from(_MARKS))
def test_a_damaged_file_is_read_or_refused(at: int, length: int, scrap: str) -> None:
    with suppress(StoryboardInvalid):
        read_storyboard(TEXT[:at] + scrap + TEXT[at + length :])


@settings(max_examples=examples(100), deadline=None)
@given(_VALUES)
def test_any_values_are_read_or_refused(values: object) -> None:
    with suppress(StoryboardInvalid):
        read_storyboard(yaml.safe_dump(values))
