"""Whatever a file says, it is read or refused in a sentence."""

from hypothesis import given, settings
from hypothesis import strategies as st

from storyreel.domain.errors import StoryboardInvalid
from storyreel.writing import read_storyboard, storyboard_text
from tests.writing.texts import KEEPER, written

TEXT = storyboard_text(written(KEEPER))
_SCRAP = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["- ", ": ", "\n", "  ", "[", "{", "&a", "*a", "!!str", "|", ">", "?", "%", "null", "-1"]),
)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(TEXT)), st.integers(0, 40), _SCRAP)
def test_a_damaged_file_is_read_or_refused(at: int, length: int, scrap: str) -> None:
    try:
        read_storyboard(TEXT[:at] + scrap + TEXT[at + length :])
    except StoryboardInvalid as refused:
        assert refused.problem


@settings(max_examples=100, deadline=None)
@given(
    st.recursive(
        st.none() | st.text(max_size=8),
        lambda one: (
            st.lists(one, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "shots",
                        "scenes",
                        "title",
                        "description",
                        "seconds",
                        "bible",
                        "subjects",
                        "id",
                        "beat",
                        "characters",
                        "language",
                    ]
                ),
                one,
                max_size=4,
            )
        ),
    )
)
def test_any_values_are_read_or_refused(values: object) -> None:
    import yaml

    try:
        read_storyboard(yaml.safe_dump(values))
    except StoryboardInvalid as refused:
        assert refused.problem
