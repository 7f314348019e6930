"""The packaged catalogue tells facts: each has its source and day, each price the words it depends on. Requirement B7."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

from storyreel.catalog.load import PACKAGED, load_catalogue, read_model
from storyreel.domain.model import Dated, Medium, Mode, Model, Route, RouteStatus, Sound

CATALOGUE = load_catalogue()
MODELS = CATALOGUE.models
ROUTES = [(f"{model.id}@{route.provider}", model, route) for model in MODELS for route in model.routes if not route.built_in]
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


def test_every_fact_has_a_public_source_and_a_day() -> None:
    today = datetime.now(UTC).date()
    for model, what, fact in ((one, f"{one.id}: {what}", fact) for one in MODELS for what, fact in dated(one)):
        if fact.built_in:
            assert model.id == "animatic", what
            continue
        parts = urlsplit(str(fact.source))
        assert parts.scheme == "https", what
        assert re.fullmatch(r"([a-z0-9-]+\.)+[a-z]{2,}", parts.hostname or ""), what
        assert EARLIEST <= fact.read_on <= today, what


def test_what_has_a_price_is_said_and_never_left_to_a_default() -> None:
    left = [(name, told) for name, model, route in ROUTES for told in price_depends(model, route) if not said(route, told)]

    assert left == []


def price_depends(model: Model, route: Route) -> set[str]:
    """What of a request the route's price depends on."""
    rows = route.price.rows if route.price else ()
    depends = {told for row in rows for told in row.when if told in SAYS}
    depends |= {"seconds"} if any(row.usd_per_second for row in rows) else set()
    return depends | ({"sound"} if rows and model.limits.sound is Sound.OPTIONAL else set())


def test_a_route_without_a_price_says_that_it_is_unverified() -> None:
    priceless = [(name, route.status) for name, model, route in ROUTES if not route.price and not model.by_name]

    assert [one for one in priceless if one[1] not in {RouteStatus.UNVERIFIED, RouteStatus.CLOSED}] == []


def test_a_closed_route_says_since_when_and_what_to_use_instead() -> None:
    for name, model, route in ROUTES:
        if route.status in {RouteStatus.CLOSED, RouteStatus.CLOSING}:
            assert route.until, name
            assert route.successor is None or CATALOGUE.model(route.successor).id != model.id, name


def test_a_route_speaks_our_words_and_starts_from_no_more_than_its_model() -> None:
    for name, model, route in ROUTES:
        modes = route.modes or model.limits.modes

        assert set(route.parameters) <= WORDS, name
        assert set(modes) <= set(model.limits.modes), name
        assert Mode.REFERENCES not in modes or model.limits.most_references > 0, name


def test_sizes_and_lengths_are_in_our_own_words() -> None:
    for model in MODELS:
        assert all(re.fullmatch(r"\d+p", resolution) for resolution in model.limits.resolutions), model.id
        assert all(re.fullmatch(r"\d+:\d+", aspect) for aspect in model.limits.aspects), model.id
        lengths = model.limits.durations
        known = lengths.choices_s or (lengths.least_s is not None and lengths.most_s is not None)
        assert known or model.medium is Medium.IMAGE or model.by_name or model.id == "haiper-2.0", model.id
