"""Values: sizes, frames and money."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from storyreel.domain.money import limit_text, paid_text, price_text
from storyreel.domain.values import FPS, Size, frames_in


@given(st.integers(32, 1920), st.integers(32, 1080))
def test_a_size_reads_back_what_it_says(half_width: int, half_height: int) -> None:
    size = Size(width_px=2 * half_width, height_px=2 * half_height)

    assert Size.parse(str(size)) == size


@pytest.mark.parametrize(
    ("aspect", "size"), [("16:9", "1280x720"), ("9:16", "720x1280"), ("1:1", "720x720"), ("21:9", "1680x720")]
)
def test_an_aspect_is_a_size_whose_shorter_side_is_720_pixels(aspect: str, size: str) -> None:
    assert str(Size.of_aspect(aspect)) == size


def test_an_odd_side_is_no_size() -> None:
    with pytest.raises(ValidationError):
        Size(width_px=1281, height_px=720)


@given(st.integers(1, 100_000))
def test_frames_survive_the_way_through_seconds(frames: int) -> None:
    assert frames_in(frames / FPS) == frames


def test_what_was_paid_is_rounded_to_the_nearest_cent_and_a_price_never_downwards() -> None:
    assert [paid_text(Decimal(usd)) for usd in ("0.665", "0.664", "0", "0.0021")] == ["$0.67", "$0.66", "$0.00", "$0.0021"]
    assert [price_text(Decimal(usd)) for usd in ("0.661", "0.66", "0.00001")] == ["$0.67", "$0.66", "$0.0001"]
    assert [limit_text(Decimal(usd)) for usd in ("5.0", "0.665", "100")] == ["$5.00", "$0.665", "$100.00"]
