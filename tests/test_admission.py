"""What is settled before anything is paid: model, route, lengths, size, price, budget. Requirements D8 and F3."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from storyreel.accounts import Account, accounts_of
from storyreel.admission import Before, Means, Plan, plan_of
from storyreel.catalog.catalogue import Catalogue
from storyreel.catalog.load import load_catalogue
from storyreel.domain.errors import AuthenticationFailed, BudgetExceeded, CapabilityMissing, RouteClosed, UnknownModel
from storyreel.domain.film import Joins, Order
from storyreel.domain.model import (
    Durations,
    Limits,
    Medium,
    Mode,
    Model,
    Parameter,
    Price,
    PriceRow,
    Route,
    RouteStatus,
    Sound,
    Times,
)
from storyreel.domain.storyboard import JoinKind, Scene, Shot, Storyboard
from storyreel.domain.values import Size
from storyreel.planner import Planner

TODAY = date(2026, 11, 21)
READ: dict[str, Any] = {"source": "https://example.org/docs", "read_on": TODAY}
TIMES = Times(typical_s=60, first_look_s=30, interval_s=5)
FRAMES = (Mode.TEXT, Mode.FIRST_FRAME, Mode.LAST_FRAME)


def route(provider: str, usd: str | None = "0.10", **facts: object) -> Route:
    """A way that costs so much for each second, or each picture."""
    price = Price(rows=(PriceRow(usd_per_second=Decimal(usd)),), **READ) if usd is not None else None
    told = {"status": RouteStatus.LIVE, "parameters": {"prompt": Parameter(name="prompt")}, **READ, **facts}
    return Route.model_validate({"provider": provider, "remote_name": "theirs", "price": price, **told})


def model(id: str, *routes: Route, modes: tuple[Mode, ...] = FRAMES, lengths: tuple[float, ...] = (5, 10)) -> Model:
    """A video model of certain lengths."""
    limits = Limits(
        modes=modes, durations=Durations(choices_s=lengths), aspects=("16:9",), resolutions=("720p",), sound=Sound.OPTIONAL
    )
    return Model.model_validate(
        {"id": id, "title": id, "family": "kling", "limits": limits, "times": TIMES, "routes": routes, **READ}
    )


CLIPS = model("clips", route("replicate", "0.10"), route("fal", "0.20"))
WORDS = model("words", route("replicate", "0.01"), modes=(Mode.TEXT,))
NOBODY_KNOWS = model("nobody-knows", route("replicate", None))
CLOSED = model("closed", route("replicate", until=date(2026, 9, 24), successor="clips"))
PAINTER = model("painter", route("openai", None)).model_copy(
    update={
        "medium": Medium.IMAGE,
        "limits": Limits(modes=(Mode.TEXT, Mode.REFERENCES), most_references=4),
        "routes": (route("openai").model_copy(update={"price": Price(rows=(PriceRow(usd_per_clip=Decimal("0.05")),), **READ)}),),
    }
)
SEVENS = model("sevens", route("replicate"), modes=(Mode.TEXT,), lengths=(7,))
BY_START = (
    PriceRow(when={"mode": "text"}, usd_per_second=Decimal("0.20")),
    PriceRow(when={"mode": "first_frame"}, usd_per_second=Decimal("0.10")),
)
DEAR_WORDS = model("dear-words", route("replicate").model_copy(update={"price": Price(rows=BY_START, **READ)}))
MANY = model("many", route("replicate", concurrency=8))
CATALOGUE = Catalogue(
    models=(load_catalogue().model("animatic"), CLIPS, WORDS, NOBODY_KNOWS, CLOSED, DEAR_WORDS, MANY, PAINTER, SEVENS)
)


NOTHING = Before()


def board(*seconds: float, join: JoinKind = JoinKind.CHAIN) -> Storyboard:
    """One scene of shots of these lengths; each meets the one before by that join."""
    shots = tuple(
        Shot(
            id=f"s{number}",
            beat=f"b{number}",
            description="A ship at sea",
            seconds=length,
            join=join if number > 1 else JoinKind.CUT,
        )
        for number, length in enumerate(seconds, start=1)
    )
    return Storyboard(title="Ships", scenes=(Scene(id="scene1", heading="Sea", location="sea", shots=shots),))


def planned(storyboard: Storyboard, *keys: str, before: Before = NOTHING, **order: object) -> Plan:
    """The plan, with keys for these providers."""
    accounts = dict(accounts_of({}))
    accounts |= {name: Account(name, setting=accounts[name].setting, key=SecretStr("sk-1")) for name in keys}
    return plan_of(storyboard, Order.model_validate(order), Means(CATALOGUE, accounts, TODAY), before=before)


def test_shots_are_as_long_as_the_model_makes_them_and_it_is_told() -> None:
    plan = planned(board(4, 8), "replicate", model="clips")

    assert [shot.seconds for shot in plan.storyboard.shots] == [5, 10]
    assert plan.notes == ("clips makes clips of certain lengths only: s1 4 s is 5 s, s2 8 s is 10 s.",)
    assert plan.quote.expected_usd == Decimal("1.50")


def test_a_model_that_takes_no_length_is_told_to_make_clips_of_its_own() -> None:
    means = Means(load_catalogue(), accounts_of({"VSEGPT_API_KEY": "k-1"}), TODAY)

    plan = plan_of(board(6), Order.model_validate({"model": "haiper-2.0", "first_frame": "a" * 64}), means)

    told = "haiper-2.0@vsegpt takes no length, and none is documented: its clips may be longer or shorter than the shots."
    assert plan.notes == (told,)


def test_a_size_may_force_the_lengths() -> None:
    means = Means(load_catalogue(), accounts_of({"REPLICATE_API_TOKEN": "r8-1"}), TODAY)
    order = Order.model_validate({"model": "hailuo-2.3", "size": Size.parse("1920x1080")})

    large = plan_of(board(6, 10), order, means)
    small = plan_of(board(6, 10), order.model_copy(update={"size": Size.parse("1366x768")}), means)

    assert [shot.seconds for shot in large.storyboard.shots] == [6, 6]
    assert [shot.seconds for shot in small.storyboard.shots] == [6, 10]
    assert (large.quote.expected_usd, small.quote.expected_usd) == (Decimal("0.98"), Decimal("0.84"))


def test_the_way_with_a_key_is_taken_and_written_out() -> None:
    assert planned(board(5), "replicate", "fal", model="clips").order.model == "clips@replicate"
    assert planned(board(5), "fal", model="clips").order.model == "clips@fal"


def test_without_a_key_the_setting_is_named_before_anything_else() -> None:
    with pytest.raises(AuthenticationFailed, match="REPLICATE_API_TOKEN"):
        planned(board(5), model="clips")


def test_a_closed_model_is_refused_with_its_date_and_what_replaces_it() -> None:
    with pytest.raises(RouteClosed, match=r"^closed@replicate was closed on 2026-09-24\. Use clips"):
        planned(board(5), "replicate", model="closed")


def test_a_model_that_cannot_begin_on_a_picture_makes_every_shot_alone_unless_a_chain_was_asked() -> None:
    assert (
        planned(board(5, 5), "replicate", model="words").quote.seconds
        == planned(board(5, 5), "replicate", model="words").quote.seconds
    )
    with pytest.raises(CapabilityMissing, match=r"words cannot .*first frame.*clips"):
        planned(board(5, 5), "replicate", model="words", joins=Joins.CHAIN)


def test_a_chain_takes_as_long_as_its_shots_one_after_another() -> None:
    assert planned(board(5, 5, 5), "replicate", model="clips").quote.seconds == (180, 360)
    assert (
        planned(board(5, 5, 5, join=JoinKind.CUT), "replicate", model="clips@replicate", joins=Joins.CUTS).quote.seconds[0] == 180
    )


def test_keyframes_are_priced_with_the_shots_and_their_model_is_written_out() -> None:
    plan = planned(board(5, 5), "replicate", "openai", model="clips", joins=Joins.KEYFRAMES)

    assert plan.order.keyframe_model == "painter@openai"
    assert plan.quote.expected_usd == Decimal("1.10")


def test_keyframes_without_a_key_for_an_image_model_name_the_models_that_draw_them() -> None:
    with pytest.raises(
        AuthenticationFailed, match=r"keyframes \(painter.*\)\. Set OPENAI_API_KEY.*with --joins chain"
    ) as refused:
        planned(board(5, 5), "replicate", model="clips", joins=Joins.KEYFRAMES)

    assert refused.value.setting == "OPENAI_API_KEY"


def test_references_that_are_taken_at_smaller_sizes_only_are_refused_at_a_larger_one() -> None:
    means = Means(load_catalogue(), accounts_of({"REPLICATE_API_TOKEN": "r8-1"}), TODAY)
    order = Order.model_validate({"model": "seedance-1-lite", "references": ["a" * 64], "joins": Joins.CUTS})

    with pytest.raises(CapabilityMissing, match=r"start from references at 1080p \(at 480p, 720p it can\)"):
        plan_of(board(5), order.model_copy(update={"size": Size.parse("1920x1080")}), means)
    assert plan_of(board(5), order.model_copy(update={"size": Size.parse("1280x720")}), means).quote.expected_usd is not None


def test_a_shape_that_the_model_does_not_make_is_refused_and_a_picture_is_cut_to_one_that_it_makes() -> None:
    tall = Size(width_px=720, height_px=1280)

    with pytest.raises(CapabilityMissing, match="make 9:16"):
        planned(board(5), "replicate", model="clips", size=tall)
    plan = planned(board(5), "replicate", model="clips", size=tall, first_frame="a" * 64)
    assert plan.order.size.shape == "16:9"
    assert plan.notes == ("clips makes 1280x720; 720x1280 was asked.",)


def test_a_shot_may_have_a_model_of_its_own() -> None:
    storyboard = board(5, 5, join=JoinKind.CUT)
    scene = storyboard.scenes[0]
    mixed = scene.model_copy(update={"shots": (scene.shots[0], scene.shots[1].model_copy(update={"model": "words"}))})

    plan = planned(storyboard.model_copy(update={"scenes": (mixed,)}), "replicate", model="clips")

    assert plan.quote.expected_usd == Decimal("0.55")
    assert [shot.model for shot in plan.storyboard.shots] == [None, "words@replicate"]


def test_a_shot_that_begins_on_a_picture_has_the_price_of_that() -> None:
    plan = planned(board(5, 5), "replicate", model="dear-words")

    assert plan.quote.expected_usd == Decimal("1.50")  # the first one from words at 0.20, the second on its last frame at 0.10


def test_a_changed_film_is_planned_without_what_it_has_though_its_model_is_closed_by_now() -> None:
    storyboard = board(3, 5, join=JoinKind.CUT)
    scene = storyboard.scenes[0]
    mixed = scene.model_copy(update={"shots": (scene.shots[0], scene.shots[1].model_copy(update={"model": "clips"}))})
    changed, before = storyboard.model_copy(update={"scenes": (mixed,)}), Before(frozenset({"s1"}), Decimal("0.30"))

    plan = planned(changed, "replicate", model="closed@replicate", before=before, budget_usd=Decimal("0.80"))

    assert (plan.quote.expected_usd, plan.order.model) == (Decimal("0.50"), "closed@replicate")
    assert [(shot.seconds, shot.model) for shot in plan.storyboard.shots] == [(3, None), (5, "clips@replicate")]
    with pytest.raises(BudgetExceeded, match=r"\$0\.80, \$0\.30 of it spent; its budget is \$0\.79"):
        planned(changed, "replicate", model="closed@replicate", before=before, budget_usd=Decimal("0.79"))
    with pytest.raises(RouteClosed):
        planned(storyboard, "replicate", model="closed@replicate", before=Before(frozenset({"s1"})))


def test_a_budget_is_held_before_anything_is_sent() -> None:
    assert planned(board(5), "replicate", model="clips", budget_usd=Decimal("0.50")).quote.expected_usd == Decimal("0.50")
    with pytest.raises(BudgetExceeded, match=r"\$0.50; its budget is \$0.49"):
        planned(board(5), "replicate", model="clips", budget_usd=Decimal("0.49"))


def test_a_budget_refuses_what_has_no_price_unless_that_is_allowed() -> None:
    with pytest.raises(BudgetExceeded, match="--allow-unpriced"):
        planned(board(5), "replicate", model="nobody-knows", budget_usd=Decimal(5))
    allowed = planned(board(5), "replicate", model="nobody-knows", budget_usd=Decimal(5), allow_unpriced=True)
    assert allowed.quote.expected_usd is None


def test_a_keyframe_model_that_is_none_is_refused_with_image_models_wherever_it_stands() -> None:
    for joins in (Joins.KEYFRAMES, Joins.CUTS):
        with pytest.raises(UnknownModel, match=r"'nosuch' is not a model\. Nearest: painter"):
            planned(board(5, 5), "replicate", model="clips", joins=joins, keyframe_model="nosuch")
    unused = planned(board(5), "replicate", "openai", model="clips", keyframe_model="painter")
    assert unused.notes == ("painter draws nothing: keyframes come with --joins keyframes.",)


def test_a_refusal_names_the_models_that_can_once_the_shots_are_fitted_to_them() -> None:
    with pytest.raises(
        CapabilityMissing, match=r"sevens cannot .*first frame\. These can: clips, many, animatic, nobody-knows, dear-words\."
    ):
        planned(board(7, 7), "replicate", model="sevens", joins=Joins.CHAIN)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("kling-2.5-turbo@fal", "kling-2.5-turbo@replicate, kling-2.5-turbo@kling, "),
        ("kling-2.6@fal", "kling-2.6@replicate, kling-2.6@kling, kling-2.5-turbo, "),
        ("grok-imagine-1.5", ""),
        ("haiper-2.0", ""),
    ],
)
def test_a_route_that_begins_on_a_picture_says_so_and_names_six_that_need_none(name: str, told: str) -> None:
    catalogue = load_catalogue()
    accounts = {one: replace(account, key=SecretStr("k")) for one, account in accounts_of({}).items()}
    order = Order(model=name, joins=Joins.CHAIN, allow_unpriced=True)

    with pytest.raises(CapabilityMissing, match=rf"^{name} cannot do this: start from text\. These can: {told}") as caught:
        plan_of(board(5, 5), order, Means(catalogue, accounts, TODAY))

    assert len(str(caught.value).partition("can: ")[2].partition(", and ")[0].split(", ")) == 6
    assert f"{name} begins on a picture: use it with --joins keyframes, or by `storyreel animate`." in str(caught.value)


def test_auto_is_the_cheapest_that_can_with_the_keys_that_are_set() -> None:
    assert planned(board(5), model="auto").order.model == "animatic@animatic"
    assert planned(board(5), "replicate", model="auto:best").order.model == "words@replicate"


def test_a_model_of_pictures_makes_no_film_and_a_model_of_clips_draws_no_keyframe() -> None:
    with pytest.raises(CapabilityMissing, match=r"painter cannot .*make a clip.*clips"):
        planned(board(5), "openai", model="painter")
    with pytest.raises(CapabilityMissing, match=r"clips cannot .*draw a keyframe.*painter"):
        planned(board(5, 5), "replicate", "openai", model="clips", joins=Joins.KEYFRAMES, keyframe_model="clips")


def test_keyframes_are_drawn_at_720_lines_where_no_larger_size_has_a_price() -> None:
    catalogue = load_catalogue()
    accounts = accounts_of({"REPLICATE_API_TOKEN": "r8_1", "GEMINI_API_KEY": "AI1"})
    order = Order(model="hailuo-2.3", joins=Joins.KEYFRAMES, keyframe_model="nano-banana-pro")

    plan = plan_of(board(6, 6), order, Means(catalogue, accounts, TODAY))

    assert (plan.order.size.resolution, plan.quote.expected_usd is None) == ("768p", False)


def test_what_a_models_limit_keeps_out_of_a_prompt_is_told_and_a_persons_own_prompt_is_refused(tmp_path: Path) -> None:
    studio = Planner(tmp_path, accounts={"kling": Account("kling", setting="KLING_API_KEY", key=SecretStr("k"))})
    long = board(5)
    shot = long.scenes[0].shots[0].model_copy(update={"description": "A ship sails on. " * 140, "sound": "waves " * 60})

    def with_shot(shot: Shot) -> Storyboard:
        return long.model_copy(update={"scenes": (long.scenes[0].model_copy(update={"shots": (shot,)}),)})

    cut = studio.plan(with_shot(shot), model="kling-2.6@kling")
    assert any("s1: kling-2.6 reads 2500 characters of a prompt; " in note and "sound" in note for note in cut.notes)
    assert not any("characters" in note for note in studio.plan(long, model="kling-2.6@kling").notes)
    with pytest.raises(CapabilityMissing, match=r"read 2501 characters \(at most 2500\)"):
        studio.plan(with_shot(shot.model_copy(update={"prompt": "x" * 2501})), model="kling-2.6@kling")
