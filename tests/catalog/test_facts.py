"""The packaged catalogue tells facts: each has its source and day, each price the words it depends on. Requirement B7."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest

from storyreel.catalog.load import PACKAGED, load_catalogue, read_model
from storyreel.domain.model import Dated, Medium, Mode, Model, Route, RouteStatus, Sound

CATALOGUE = load_catalogue()
MODELS = [pytest.param(model, id=model.id) for model in CATALOGUE.models]
ROUTES = [
    pytest.param(model, route, id=f"{model.id}-{route.provider}")
    for model in CATALOGUE.models
    for route in model.routes
    if not route.built_in
]
EARLIEST = datetime(2026, 1, 1, tzinfo=UTC).date()
WORDS = {
    *("prompt", "negative_prompt", "seconds", "frames", "fps", "aspect", "resolution", "size", "width", "height"),
    *("sound", "seed", "first_frame", "last_frame", "references"),
}
SAYS = {
    "resolution": {"resolution", "size", "width"},
    "aspect": {"aspect", "size", "width"},
    "sound": {"sound"},
    "seconds": {"seconds", "frames"},
}
"""What a price may depend on, and by which of our words a request says it."""


def dated(model: Model) -> Iterator[tuple[str, Dated]]:
    """Every fact that can go out of date."""
    yield "the model", model
    for route in model.routes:
        yield f"the route by {route.provider}", route
        if route.price:
            yield f"the price by {route.provider}", route.price


def said(route: Route, told: str) -> bool:
    """Whether a request says it by one of our words, or the route says it as it stands."""
    by_word = any(word in route.parameters for word in SAYS[told])
    return by_word or (told == "seconds" and any("frames" in name for name in route.fixed))


def test_every_file_of_the_package_is_a_model_of_the_catalogue() -> None:
    files = sorted(PACKAGED.glob("*.toml"))

    assert [read_model(path).id for path in files] == [model.id for model in CATALOGUE.models]
    assert len(files) > 30


@pytest.mark.parametrize("model", MODELS)
def test_every_fact_has_a_public_source_and_a_day(model: Model) -> None:
    today = datetime.now(UTC).date()
    for what, fact in dated(model):
        if fact.built_in:
            assert model.id == "animatic", what
            continue
        parts = urlsplit(str(fact.source))
        assert parts.scheme == "https", what
        assert re.fullmatch(r"([a-z0-9-]+\.)+[a-z]{2,}", parts.hostname or ""), what
        assert EARLIEST <= fact.read_on <= today, what


@pytest.mark.parametrize(("model", "route"), ROUTES)
def test_what_has_a_price_is_said_and_never_left_to_a_default(model: Model, route: Route) -> None:
    rows = route.price.rows if route.price else ()
    depends = {told for row in rows for told in row.when if told in SAYS}
    depends |= {"seconds"} if any(row.usd_per_second for row in rows) else set()
    depends |= {"sound"} if rows and model.limits.sound is Sound.OPTIONAL else set()

    assert not {told for told in depends if not said(route, told)}


@pytest.mark.parametrize(("model", "route"), ROUTES)
def test_a_route_without_a_price_says_that_it_is_unverified(model: Model, route: Route) -> None:
    assert route.price or model.by_name or route.status in {RouteStatus.UNVERIFIED, RouteStatus.CLOSED}


@pytest.mark.parametrize(("model", "route"), ROUTES)
def test_a_closed_route_says_since_when_and_what_to_use_instead(model: Model, route: Route) -> None:
    if route.status in {RouteStatus.CLOSED, RouteStatus.CLOSING}:
        assert route.until
        assert route.successor is None or CATALOGUE.model(route.successor).id != model.id


@pytest.mark.parametrize(("model", "route"), ROUTES)
def test_a_route_speaks_our_words_and_starts_from_no_more_than_its_model(model: Model, route: Route) -> None:
    modes = route.modes or model.limits.modes

    assert set(route.parameters) <= WORDS
    assert set(modes) <= set(model.limits.modes)
    assert Mode.REFERENCES not in modes or model.limits.most_references > 0


@pytest.mark.parametrize("model", MODELS)
def test_sizes_and_lengths_are_in_our_own_words(model: Model) -> None:
    assert all(re.fullmatch(r"\d+p", resolution) for resolution in model.limits.resolutions)
    assert all(re.fullmatch(r"\d+:\d+", aspect) for aspect in model.limits.aspects)
    lengths = model.limits.durations
    known = lengths.choices_s or (lengths.least_s is not None and lengths.most_s is not None)
    assert known or model.medium is Medium.IMAGE or model.by_name or model.id == "haiper-2.0"
