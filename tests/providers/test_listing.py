"""The catalogue against what a provider says of itself: each way in which they can disagree is a sentence. Requirement B7."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Unpack

import pytest

from storyreel.accounts import account_of, accounts_of
from storyreel.admission import Plan
from storyreel.catalog.load import load_catalogue
from storyreel.domain.errors import CapabilityMissing, UnknownModel
from storyreel.domain.model import Limits, Model, Route
from storyreel.domain.storyboard import Scene, Shot, Storyboard
from storyreel.listing import compare, differences, open_ways
from storyreel.orders import FilmWishes
from storyreel.planner import Planner
from storyreel.providers.port import Listed
from storyreel.standins.cloud import Cloud
from storyreel.standins.faults import Fault
from storyreel.standins.fixtures import Standin

TODAY = date(2026, 11, 21)
READ: dict[str, Any] = {"source": "https://example.org/docs", "read_on": TODAY}
PARAMETERS = {
    "prompt": {"name": "prompt"},
    "seconds": {"name": "duration", "type": "integer"},
    "resolution": {"name": "mode", "values": {"720p": "standard", "1080p": "pro"}},
    "first_frame": {"name": "image", "names": {"last_frame": "first_image"}},
}
TAKES: dict[str, tuple[str, ...]] = {
    "prompt": (),
    "duration": ("5", "10"),
    "mode": ("standard", "pro"),
    "image": (),
    "first_image": (),
    "optimize": (),
    "fps": ("24",),
}


STORM = Storyboard(
    title="Storm",
    scenes=(
        Scene(
            id="scene1",
            heading="Sea",
            location="sea",
            shots=tuple(Shot(id=f"s{at}", beat=f"b{at}", description="A ship at sea", seconds=5) for at in (1, 2)),
        ),
    ),
)


def ours(**durations: object) -> tuple[Model, Route]:
    """A model of ours with one way."""
    route = Route.model_validate(
        {"provider": "replicate", "remote_name": "maker/clips", "status": "live", "parameters": PARAMETERS, **READ}
        | {"fixed": {"optimize": False, "fps": 24}, "price": {"rows": [{"usd_per_second": "0.10"}], **READ}}
    )
    limits = Limits.model_validate(
        {"modes": ["text"], "durations": durations or {"choices_s": [5, 10]}, "resolutions": ["720p", "1080p"]}
    )
    times = {"typical_s": 60, "first_look_s": 30, "interval_s": 5}
    told = {"id": "clips", "title": "Clips", "family": "kling", "limits": limits, "times": times, "routes": [route], **READ}
    return Model.model_validate(told), route


def said(listed: Listed, **durations: object) -> list[str]:
    """Every difference."""
    return list(differences(*ours(**durations), listed))


def test_a_provider_that_says_the_same_or_nothing_differs_in_nothing() -> None:
    assert said(Listed(there=True)) == []
    assert said(Listed(there=True, parameters=TAKES, usd_per_second=Decimal("0.10"))) == []
    assert said(Listed(there=True, parameters={**TAKES, "duration": (), "more": ()})) == []


@pytest.mark.parametrize(
    ("listed", "sentence"),
    [
        (Listed(there=False, parameters=TAKES), "maker/clips is not there any more."),
        (Listed(there=True, note="It closes on 2026-12-01."), "It closes on 2026-12-01."),
        (Listed(there=True, usd_per_second=Decimal("0.12")), "A second costs $0.12 there, $0.10 in the catalogue."),
        (
            Listed(there=True, parameters={name: values for name, values in TAKES.items() if name != "duration"}),
            "It has no parameter duration (our seconds).",
        ),
        (
            Listed(there=True, parameters={name: values for name, values in TAKES.items() if name != "first_image"}),
            "It has no parameter first_image (our first_frame).",
        ),
        (
            Listed(there=True, parameters={name: values for name, values in TAKES.items() if name != "optimize"}),
            "It has no parameter optimize, which the catalogue always sends.",
        ),
        (
            Listed(there=True, parameters={**TAKES, "fps": ("25", "50")}),
            "It does not take fps 24, which the catalogue always sends; it takes 25, 50.",
        ),
        (
            Listed(there=True, parameters={**TAKES, "mode": ("standard", "4k")}),
            "It does not take mode pro any more; it takes standard, 4k.",
        ),
        (
            Listed(there=True, parameters={**TAKES, "duration": ("5", "6")}),
            "It does not take duration 10 any more; it takes 5, 6.",
        ),
    ],
)
def test_each_difference_is_one_sentence(listed: Listed, sentence: str) -> None:
    assert said(listed) == [sentence]


def test_a_range_of_lengths_is_compared_length_by_length() -> None:
    listed = Listed(there=True, parameters={**TAKES, "duration": ("4", "5", "6")})

    assert said(listed, least_s=4, most_s=6, step_s=1) == []
    assert said(listed, least_s=3, most_s=7, step_s=1) == ["It does not take duration 3, 7 any more; it takes 4, 5, 6."]


@pytest.mark.asyncio
@pytest.mark.parametrize("name", ["replicate", "fal", "gemini", "vertex", "openrouter", "openai", "vsegpt"])
async def test_every_open_route_agrees_with_its_stand_in(standin: Standin, tmp_path: Path, name: str) -> None:
    cloud = await standin(name)
    ways = [(model, route) for model, route in open_ways(load_catalogue().models, TODAY) if route.provider == name]

    checked = await compare(ways, {name: account_of(name, cloud.environment(cloud.url))}, tmp_path)

    assert checked
    assert [one for one in checked if not one.asked or one.differences] == []
    assert cloud.submissions == []


@pytest.mark.asyncio
@pytest.mark.parametrize("name", ["replicate", "fal", "gemini", "vertex", "openrouter", "openai"])
async def test_a_model_that_is_gone_is_said(standin: Standin, tmp_path: Path, name: str) -> None:
    cloud = await standin(name)
    model, route = next(way for way in open_ways(load_catalogue().models, TODAY) if way[1].provider == name)
    gone = route.model_copy(update={"remote_name": "nobody/none" if "/" in route.remote_name else "none", "remote_names": {}})

    (checked,) = await compare([(model, gone)], {name: account_of(name, cloud.environment(cloud.url))}, tmp_path)

    assert checked.differences == (f"{gone.remote_name} is not there any more.",)


@pytest.mark.asyncio
async def test_a_mode_whose_own_name_is_gone_is_said(standin: Standin, tmp_path: Path) -> None:
    cloud = await standin("replicate")
    model, route = load_catalogue().route("wan-2.2@replicate", TODAY)
    half = route.model_copy(update={"remote_name": "wan-video/none"})

    (checked,) = await compare([(model, half)], {"replicate": account_of("replicate", cloud.environment(cloud.url))}, tmp_path)

    assert checked.differences[0] == "Not there any more: wan-video/none."
    assert "It has no parameter aspect_ratio (our aspect)." in checked.differences


@pytest.mark.asyncio
async def test_who_cannot_be_asked_is_said_with_the_reason(standin: Standin, tmp_path: Path) -> None:
    cloud = await standin("replicate")
    cloud.faults.add(Fault.UNAVAILABLE)
    catalogue = load_catalogue()
    ways = [catalogue.route(name, TODAY) for name in ("hailuo-2.3@replicate", "kling-3@kling", "kling-3@fal")]
    accounts = accounts_of({**cloud.environment(cloud.url), "KLING_API_KEY": "key-1"})

    down, unlisted, keyless = await compare(ways, accounts, tmp_path)

    assert [one.asked for one in (down, unlisted, keyless)] == [False, False, False]
    assert "replicate" in down.reason
    assert (unlisted.reason, keyless.reason) == ("it has no listing to compare with", "FAL_KEY is not set")


async def planned(cloud: Cloud, home: Path, **wishes: Unpack[FilmWishes]) -> Plan:
    """What comes of a storm at a stand-in, where nothing is paid."""
    planner = Planner(home, accounts=accounts_of(cloud.environment(cloud.url)))
    try:
        await planner.learn(STORM, **wishes)
        return planner.plan(STORM, **wishes)
    finally:
        assert cloud.submissions == []


@pytest.mark.asyncio
async def test_a_model_by_name_is_fitted_to_what_its_provider_lists(standin: Standin, tmp_path: Path) -> None:
    cloud = await standin("openrouter")

    plan = await planned(cloud, tmp_path, model="openrouter:google/veo-3.1", size="320x180", joins="chain")

    assert ([shot.seconds for shot in plan.storyboard.shots], str(plan.order.size)) == ([6, 6], "1280x720")
    assert plan.notes == (
        "openrouter:google/veo-3.1 makes 1280x720; 320x180 was asked.",
        "openrouter:google/veo-3.1 makes clips of certain lengths only: s1 5 s is 6 s, s2 5 s is 6 s.",
    )
    with pytest.raises(CapabilityMissing, match="make 4:3"):
        await planned(cloud, tmp_path, model="openrouter:google/veo-3.1", aspect="4:3")
    silent = await planned(cloud, tmp_path, model="openrouter:minimax/hailuo-2.3")
    assert silent.order.sound is False


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("name", "model", "nearest"),
    [
        ("openrouter", "openrouter:google/veo-3", "openrouter:google/veo-3.1, openrouter:"),
        ("videos", "videos:nosuch", "videos:"),
        ("vsegpt", "vsegpt:img2vid-kling/pro25", "vsegpt:img2vid-kling/pro25-turbo, vsegpt:"),
        ("huggingface", "huggingface:Wan-AI/Wan2.2", "huggingface:Wan-AI/Wan2.2-"),
    ],
)
async def test_a_model_that_is_not_there_is_told_with_those_that_are(
    standin: Standin, tmp_path: Path, name: str, model: str, nearest: str
) -> None:
    with pytest.raises(UnknownModel, match=rf"'{model}' is not a model\. Nearest: {nearest}") as unknown:
        await planned(await standin(name), tmp_path, model=model)
    assert len(unknown.value.nearest) <= 3


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("name", "model"),
    [("vsegpt", "vsegpt:txt2vid-kling/pro25-turbo"), ("huggingface", "huggingface:Wan-AI/Wan2.2-T2V-A14B")],
)
async def test_a_chain_through_a_model_that_begins_on_no_frame_is_refused_before_the_first_shot(
    standin: Standin, tmp_path: Path, name: str, model: str
) -> None:
    with pytest.raises(CapabilityMissing, match="start from first frame"):
        await planned(await standin(name), tmp_path, model=model, joins="chain")


@pytest.mark.asyncio
async def test_what_a_provider_does_not_tell_is_a_note(standin: Standin, tmp_path: Path) -> None:
    videos = await planned(await standin("videos"), tmp_path, model="videos:wan2.2")
    vsegpt = await planned(await standin("vsegpt"), tmp_path, model="vsegpt:txt2vid-kling/pro25-turbo")

    assert videos.notes == ("videos does not tell which lengths and sizes wan2.2 makes: they are asked as wished.",)
    assert vsegpt.notes == ("txt2vid-kling/pro25-turbo at vsegpt takes no length and no size: its clips are as it makes them.",)
