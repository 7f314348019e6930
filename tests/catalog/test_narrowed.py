"""A route may do less than its model; what is asked of it is then held against that."""

from datetime import date

from storyreel.catalog.load import load_catalogue
from storyreel.domain.model import Mode

TODAY = date(2026, 11, 21)


def test_a_route_that_makes_fewer_resolutions_says_so() -> None:
    model, _ = load_catalogue().route("kling-3@fal", TODAY)
    assert model.limits.resolutions == ("720p",)
    assert load_catalogue().model("kling-3").limits.resolutions == ("720p", "1080p", "2160p")


def test_a_route_that_takes_no_negative_prompt_says_so() -> None:
    model, _ = load_catalogue().route("kling-3@kling", TODAY)
    assert not model.limits.negative_prompt


def test_a_route_with_lengths_and_aspects_of_its_own_says_so() -> None:
    model, _ = load_catalogue().route("minimax-h3@fal", TODAY)
    assert not model.limits.durations.allows(4, Mode.TEXT)
    assert model.limits.durations.allows(5, Mode.TEXT)
    model, _ = load_catalogue().route("seedance-2@fal", TODAY)
    assert "9:21" not in model.limits.aspects
