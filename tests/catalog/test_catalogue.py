"""The catalogue: files, names, routes, capabilities, prices. Requirements B7 and F3 (the price before)."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from storyreel.catalog.catalogue import Catalogue
from storyreel.catalog.choose import Need, Prefer, choose, must_manage
from storyreel.catalog.fit import fitted_seconds, fitted_size
from storyreel.catalog.load import load_catalogue
from storyreel.catalog.price import price_usd
from storyreel.catalog.quote import quote_of
from storyreel.domain.errors import CapabilityMissing, CatalogueInvalid, InvalidRequest, RouteClosed, UnknownModel
from storyreel.domain.generation import Request
from storyreel.domain.model import Durations, Limits, Mode
from storyreel.domain.values import Size


def clip(seconds: float, size: str = "1280x720", *, sound: bool = True) -> Request:
    """A generation from words alone."""
    return Request(prompt="A ship", seconds=seconds, size=Size.parse(size), sound=sound)


TODAY = date(2026, 11, 21)

PAID = """
id = "paid"
title = "Paid"
family = "paid"
tier = "premium"
source = "https://example.org/paid"
read_on = 2026-11-20

[limits]
modes = ["text", "first_frame", "last_frame"]
exclusive = [["first_frame", "last_frame"]]
aspects = ["16:9"]
resolutions = ["720p", "1080p"]
sound = "optional"

[limits.durations]
choices_s = [5, 10]

[times]
typical_s = 120
first_look_s = 60
interval_s = 10

[[routes]]
provider = "somewhere"
remote_name = "paid-v1"
status = "closing"
until = 2026-12-01
successor = "paid-2"
concurrency = 2
source = "https://example.org/paid"
read_on = 2026-11-20

[routes.price]
source = "https://example.org/price"
read_on = 2026-11-20

[[routes.price.rows]]
when = { sound = true }
usd_per_second = "0.10"

[[routes.price.rows]]
when = { sound = false, resolution = "720p" }
usd_per_second = "0.07"
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "paid.toml").write_text(PAID)
    return tmp_path


@pytest.fixture
def catalogue(own: Path) -> Catalogue:
    """The animatic, and a model of one's own."""
    every = load_catalogue(own)
    return Catalogue(models=tuple(every.model(id) for id in ("animatic", "paid")))


def test_the_packaged_catalogue_has_the_animatic_and_it_is_free() -> None:
    model, route = load_catalogue().route("animatic", TODAY)

    assert price_usd(route, 8, sound=True, resolution="720p") == 0
    assert model.limits.durations.allows(8, Mode.TEXT)


def test_a_file_of_ones_own_is_a_model_more(own: Path) -> None:
    packaged = load_catalogue().models

    assert [model.id for model in load_catalogue(own).models] == [*(model.id for model in packaged), "paid"]


def test_a_model_by_name_stands_for_every_one_that_its_provider_lists(catalogue: Catalogue) -> None:
    many = catalogue.model("paid").model_copy(update={"id": "hub", "by_name": True})
    catalogue = Catalogue(models=(many,))

    model, route = catalogue.route("hub:Wan-AI/Wan2.2:fal-ai@somewhere", TODAY)

    assert (model.id, route.remote_name) == ("hub:Wan-AI/Wan2.2:fal-ai", "Wan-AI/Wan2.2:fal-ai")
    with pytest.raises(InvalidRequest, match="hub:owner/name"):
        catalogue.route("hub", TODAY)


@pytest.mark.parametrize(("wished", "made"), [(1.0, 5.0), (7.4, 5.0), (7.5, 10.0), (40.0, 10.0)])
def test_a_length_is_fitted_to_the_nearest_that_the_model_makes(wished: float, made: float) -> None:
    assert fitted_seconds(Durations(choices_s=(5, 10)), wished, Mode.TEXT) == made


@pytest.mark.parametrize(("wished", "made"), [(1.0, 4.0), (5.4, 5.0), (40.0, 15.0)])
def test_a_length_is_fitted_to_a_step_of_a_range(wished: float, made: float) -> None:
    assert fitted_seconds(Durations(least_s=4, most_s=15, step_s=1), wished, Mode.TEXT) == made


@pytest.mark.parametrize(("wished", "made"), [("1280x720", "1366x768"), ("1920x1080", "1920x1080"), ("720x1280", "768x1366")])
def test_a_size_is_fitted_to_a_resolution_that_the_model_makes(wished: str, made: str) -> None:
    limits = Limits(modes=(Mode.TEXT,), resolutions=("768p", "1080p"))

    assert str(fitted_size(limits, Size.parse(wished))) == made


def test_a_wrong_name_tells_the_nearest(catalogue: Catalogue) -> None:
    with pytest.raises(UnknownModel, match="Nearest: animatic") as unknown:
        catalogue.model("animatc")

    assert unknown.value.nearest == ("animatic",)
    with pytest.raises(UnknownModel, match="Nearest: animatic@animatic"):
        catalogue.route("animatic@", TODAY)


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("nope", ()),
        ("gpt", ("gpt-image-2",)),
        ("sora-3", ("sora-2", "sora-2-pro")),
        ("openruter:google/veo-3.1", ("openrouter:owner/name",)),
    ],
)
def test_only_a_model_is_near_a_model_and_an_entry_for_others_models_only_where_it_is_all_but_named(
    name: str, nearest: tuple[str, ...]
) -> None:
    with pytest.raises(UnknownModel) as unknown:
        load_catalogue().model(name)
    assert unknown.value.nearest == nearest


def test_a_closing_route_is_open_until_its_day_and_refused_from_then_on(catalogue: Catalogue) -> None:
    assert catalogue.route("paid", date(2026, 11, 30))[1].provider == "somewhere"

    with pytest.raises(RouteClosed, match=r"2026-12-01.*paid-2"):
        catalogue.route("paid", date(2026, 12, 1))


@pytest.mark.parametrize(
    ("old", "new", "key", "line"),
    [
        ('tier = "premium"', 'tier = "superb"', "tier", 5),
        ("typical_s = 120", "typical_s = 'long'", "times.typical_s", 20),
        ('status = "closing"', 'status = "closin"', "routes.0.status", 27),
        ('usd_per_second = "0.10"', 'usd_per_secund = "0.10"', "routes.0.price.rows.0.usd_per_secund", 40),
        ('title = "Paid"', "title = Paid", "syntax", 3),
        ('id = "paid"', 'id = "other"', "id", 2),
    ],
)
def test_a_file_that_cannot_be_is_refused_with_its_line_and_key(tmp_path: Path, old: str, new: str, key: str, line: int) -> None:
    path = tmp_path / "paid.toml"
    path.write_text(PAID.replace(old, new, 1))

    with pytest.raises(CatalogueInvalid) as invalid:
        load_catalogue(tmp_path)

    assert (invalid.value.path, invalid.value.key, invalid.value.line) == (path, key, line)


@pytest.mark.parametrize(
    ("need", "lack"),
    [
        (Need(seconds=7), "make a clip of 7 s"),
        (Need(seconds=5, modes=(Mode.REFERENCES,), references=2), "start from references"),
        (Need(seconds=5, modes=(Mode.FIRST_FRAME, Mode.LAST_FRAME)), "take first frame and last frame together"),
        (Need(seconds=5, aspect="9:16"), "make 9:16"),
        (Need(seconds=5, resolution="4k"), "make 4k"),
        (Need(seconds=5, negative_prompt=True), "take a negative prompt"),
    ],
)
def test_what_a_model_cannot_do_is_said_before_anything_is_sent(catalogue: Catalogue, need: Need, lack: str) -> None:
    with pytest.raises(CapabilityMissing, match=f"paid cannot do this: {lack}"):
        must_manage(catalogue.model("paid"), need, catalogue, TODAY)


@pytest.mark.parametrize(("seconds", "allowed"), [(4, True), (4.3, True), (5.2, True), (5.25, False), (3.9, False), (6.1, False)])
def test_a_range_with_a_step_allows_its_steps_alone(seconds: float, allowed: bool) -> None:
    assert Durations(least_s=4, most_s=6, step_s=0.1).allows(seconds, Mode.TEXT) is allowed


def test_a_resolution_may_force_a_length() -> None:
    lengths = Durations(choices_s=(6, 10), forced_by_mode={Mode.LAST_FRAME: (6,)}, forced_by_resolution={"1080p": (6,)})

    assert lengths.allows(10, Mode.TEXT)
    assert lengths.allows(10, Mode.TEXT, "768p")
    assert not lengths.allows(10, Mode.TEXT, "1080p")
    assert lengths.only(Mode.LAST_FRAME, "1080p") == (6,)
    assert fitted_seconds(lengths, 10, Mode.TEXT, "1080p") == 6
    assert Durations(least_s=4, most_s=15, step_s=1, forced_by_resolution={"4k": (8,)}).only(Mode.TEXT, "4k") == (8,)


def test_a_length_that_a_resolution_forbids_is_said_with_the_resolution() -> None:
    catalogue = load_catalogue()
    hailuo = catalogue.model("hailuo-2.3")

    must_manage(hailuo, Need(seconds=10, size=Size.parse("1280x720")), catalogue, TODAY)  # it makes 768p of that
    with pytest.raises(CapabilityMissing, match=r"hailuo-2\.3 cannot do this: make a clip of 10 s at 1080p"):
        must_manage(hailuo, Need(seconds=10, size=Size.parse("1920x1080")), catalogue, TODAY)


def test_a_refusal_names_the_models_that_can(catalogue: Catalogue) -> None:
    with pytest.raises(CapabilityMissing) as missing:
        must_manage(catalogue.model("paid"), Need(seconds=7), catalogue, TODAY)

    assert missing.value.alternatives == ("animatic",)


@pytest.mark.parametrize(
    ("prefer", "model"), [(Prefer.CHEAPEST, "animatic"), (Prefer.FASTEST, "animatic"), (Prefer.BEST, "paid")]
)
def test_auto_takes_the_cheapest_the_fastest_or_the_best_that_can(catalogue: Catalogue, prefer: Prefer, model: str) -> None:
    assert choose(catalogue, Need(seconds=5), TODAY, prefer)[0].id == model


def test_the_first_row_that_holds_is_the_price_and_no_row_is_no_price(catalogue: Catalogue) -> None:
    _, route = catalogue.route("paid", TODAY)

    assert price_usd(route, 8, sound=True, resolution="1080p") == Decimal("0.80")
    assert price_usd(route, 8, sound=False, resolution="720p") == Decimal("0.56")
    assert price_usd(route, 8, sound=False, resolution="1080p") is None


def test_a_quote_tells_the_worst_case_and_the_time(catalogue: Catalogue) -> None:
    model, route = catalogue.route("paid", TODAY)

    quote = quote_of(model, route, [clip(5)] * 3)

    assert (quote.expected_usd, quote.worst_usd) == (Decimal("1.50"), Decimal("2.00"))
    assert quote.seconds == (240, 480)  # two at once, three shots
    assert quote_of(model, route, [clip(5)] * 3, retakes=2).worst_usd == Decimal("4.50")


def test_a_quote_without_a_price_says_so(catalogue: Catalogue) -> None:
    model, route = catalogue.route("paid", TODAY)

    assert quote_of(model, route, [clip(5, "1920x1080", sound=False)]).expected_usd is None
