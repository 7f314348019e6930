"""What follows a failure: the same route again, another one, other words, or the end; and what is never sent again."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import pytest

from storyreel.catalog.catalogue import Catalogue
from storyreel.domain.errors import AuthenticationFailed, InsufficientCredit, RateLimited
from storyreel.domain.events import Event, PromptReworded, RouteChanged, TakeRetried
from storyreel.domain.film import Film, FilmState, Joins
from storyreel.domain.generation import GenerationState, Key, Repeat, Sighting
from storyreel.domain.model import Durations, Limits, Mode, Model, Price, PriceRow, Route, RouteStatus, Sound, Times
from storyreel.domain.storyboard import JoinKind
from storyreel.library import events, films, ledger, takes
from storyreel.library.database import Connection
from storyreel.library.ledger.rest import ENOUGH, resting
from storyreel.production.floor import Floor
from storyreel.production.generation import Generations
from storyreel.production.line import Line
from storyreel.production.opening import open_line
from storyreel.production.runner import Runner
from tests.production.conftest import TOLD, board, film_of, in_memory
from tests.production.scripted import Cloud

Kind = TypeVar("Kind", TakeRetried, RouteChanged, PromptReworded)

PACE = 5000.0  # pauses between attempts are so many times shorter
BROKEN_THERE = Sighting(state=GenerationState.FAILED, error="out of memory", error_code="provider_unavailable")
CHARGED = BROKEN_THERE.model_copy(update={"cost_usd": Decimal("0.10")})


def a_model(id: str, *ways: tuple[str, str], modes: tuple[Mode, ...] = (Mode.TEXT, Mode.FIRST_FRAME)) -> Model:
    """A model of clips with these providers, each with its price a second."""
    routes = tuple(
        Route(
            provider=provider,
            remote_name=id,
            status=RouteStatus.LIVE,
            price=Price(rows=(PriceRow(usd_per_second=Decimal(usd)),), **TOLD),
            **TOLD,
        )
        for provider, usd in ways
    )
    limits = Limits(modes=modes, durations=Durations(choices_s=(0.5, 1.0)), sound=Sound.ALWAYS)
    times = Times(typical_s=1, first_look_s=0, interval_s=0.1)
    return Model(id=id, title=id, family="generic", limits=limits, times=times, routes=routes, **TOLD)


CATALOGUE = Catalogue(
    models=(
        a_model("one", ("a", "0.20"), ("b", "0.30")),
        a_model("two", ("c", "0.40")),
        a_model("words", ("d", "0.1"), modes=(Mode.TEXT,)),
    )
)


@pytest.fixture
async def line(home: Path, cloud: Cloud) -> AsyncGenerator[Line]:
    async with await open_line(home, catalogue=CATALOGUE, opener=cloud.open, make_engine=in_memory, pace=PACE) as opened:
        yield opened


def ordered(shots: int = 1, *fallbacks: str, id: str = "ships-0001", joins: Joins = Joins.AUTO, **wishes: object) -> Film:
    """A film by one@a, with these besides."""
    film = film_of(board(shots), id, joins=joins)
    asked = {"model": "one@a", "fallbacks": fallbacks, **wishes}
    return film.model_copy(update={"order": film.order.model_copy(update=asked)})


async def made(line: Line, film: Film) -> Film:
    """The film once it has ended."""
    await line.produce(film)
    return await line.wait(film.id)


async def told(line: Line, kind: type[Kind], film: str = "ships-0001") -> list[Kind]:
    """What happened of that kind."""
    every: list[Event] = await line.database.read(events.since, film, 0)
    return [event.fact for event in every if isinstance(event.fact, kind)]


def sent(cloud: Cloud) -> list[str]:
    """The routes that were sent to, in order."""
    return [key.rpartition("/")[2] for key in cloud.submits]


async def test_what_a_provider_fails_in_for_nothing_is_asked_for_again_as_a_new_take(line: Line, cloud: Cloud) -> None:
    cloud.failures = {"s1/1": BROKEN_THERE, "s1/2": BROKEN_THERE}

    film = await made(line, ordered(retries=2))

    every = await line.database.read(takes.takes_of, film.id)
    assert (film.state, film.cost_usd, sent(cloud)) == (FilmState.READY, Decimal("0.10"), ["one@a"] * 3)
    assert len({take.request.seed for take in every}) == 1
    assert [fact.left for fact in await told(line, TakeRetried)] == [2, 1]


@pytest.mark.journey
async def test_after_its_retries_the_other_route_is_tried_and_then_the_other_model(line: Line, cloud: Cloud) -> None:
    cloud.failures = {"one@a": BROKEN_THERE, "one@b": BROKEN_THERE}

    film = await made(line, ordered(1, "two@c", "one@b", retries=1))

    assert (film.state, sent(cloud)) == (FilmState.READY, ["one@a", "one@a", "one@b", "one@b", "two@c"])
    changed = [
        (fact.before, fact.after, fact.price_before_usd, fact.price_after_usd, fact.reason)
        for fact in await told(line, RouteChanged)
    ]
    assert changed == [
        ("one@a", "one@b", Decimal("0.10"), Decimal("0.15"), "provider_unavailable"),
        ("one@b", "two@c", Decimal("0.15"), Decimal("0.20"), "provider_unavailable"),
    ]


@pytest.mark.parametrize("refusal", [AuthenticationFailed(provider="a", setting="A_KEY"), InsufficientCredit(provider="a")])
async def test_what_one_account_refuses_is_not_asked_there_again(line: Line, cloud: Cloud, refusal: AuthenticationFailed) -> None:
    cloud.before_submit.append(refusal)

    film = await made(line, ordered(1, "one@b"))

    assert (film.state, sent(cloud)) == (FilmState.READY, ["one@a", "one@b"])


@pytest.mark.journey
async def test_what_is_refused_ends_the_shot_and_the_others_are_made(line: Line, cloud: Cloud) -> None:
    cloud.fails = {"s2": "Replicate refused the prompt: no."}

    film = await made(line, ordered(3, "one@b"))

    ready = await line.database.read(takes.selections, film.id)
    assert (film.state, film.error_code, sorted(ready), cloud.paid) == (FilmState.FAILED, "content_rejected", ["s1", "s3"], 3)
    assert "storyreel retake ships-0001 s2 --prompt" in (film.error or "")
    assert "shot 2" in (film.error or "").lower()


async def test_a_failure_that_was_charged_is_made_again_only_as_a_retake(line: Line, cloud: Cloud) -> None:
    cloud.failures = {"s1/1": CHARGED}

    first = await made(line, ordered(1, "one@b"))
    second = await made(line, ordered(id="ships-0002", retakes=1))

    assert (first.state, second.state, sent(cloud)) == (FilmState.FAILED, FilmState.READY, ["one@a"] * 3)
    assert second.cost_usd == Decimal("0.20")


async def test_a_look_that_fails_never_sends_a_second_call(line: Line, cloud: Cloud) -> None:
    cloud.before_look.extend([RateLimited(provider="a", retry_after_s=0.01), InsufficientCredit(provider="a")])

    film = await made(line, ordered(1, "one@b"))

    assert (film.state, film.error_code, sent(cloud)) == (FilmState.FAILED, "insufficient_credit", ["one@a"])


@pytest.mark.journey
async def test_a_route_that_cannot_begin_on_a_frame_is_passed_over(line: Line, cloud: Cloud) -> None:
    cloud.failures = {"s2/1": BROKEN_THERE}

    film = await made(line, ordered(2, "words@d", "two@c", joins=Joins.CHAIN, retries=0))

    assert (film.state, sent(cloud)) == (FilmState.READY, ["one@a", "one@a", "two@c"])


@pytest.mark.journey
async def test_what_follows_a_shot_that_failed_in_its_strand_is_not_made_and_other_strands_are(line: Line, cloud: Cloud) -> None:
    cloud.fails = {"s1": "no"}
    film = film_of(board(2, 2), "ships-0001")
    strands = film.order.model_copy(update={"model": "one@a"})
    joined = board(2, 2, joins={2: JoinKind.CHAIN, 4: JoinKind.CHAIN})

    ended = await made(line, film.model_copy(update={"order": strands, "storyboard": joined}))

    assert ended.state is FilmState.FAILED
    assert sorted(key.split("/")[1] for key in cloud.submits) == ["s1", "s3", "s4"]


async def test_a_refused_prompt_is_put_in_milder_words_once_where_that_is_allowed(line: Line, cloud: Cloud) -> None:
    cloud.fails = {"s1/1": "no"}
    film = ordered(rephrase=True)
    scene = film.storyboard.scenes[0]
    shot = scene.shots[0].model_copy(update={"prompt": "A bloody knight stands. Blood on the snow."})
    told_so = film.storyboard.model_copy(update={"scenes": (scene.model_copy(update={"shots": (shot,)}),)})

    ended = await made(line, film.model_copy(update={"storyboard": told_so}))

    [said] = await told(line, PromptReworded)
    assert (said.before, said.after) == ("A bloody knight stands. Blood on the snow.", "A knight stands. Red light on the snow.")
    assert (ended.state, [request.prompt for _, request in cloud.jobs.values()]) == (FilmState.READY, [said.before, said.after])


async def test_a_rewording_that_is_refused_too_is_the_end(line: Line, cloud: Cloud) -> None:
    cloud.fails = {"s1": "no"}
    film = ordered(rephrase=True)
    scene = film.storyboard.scenes[0]
    shot = scene.shots[0].model_copy(update={"prompt": "Blood on the snow."})
    told_so = film.storyboard.model_copy(update={"scenes": (scene.model_copy(update={"shots": (shot,)}),)})

    ended = await made(line, film.model_copy(update={"storyboard": told_so}))

    assert (ended.state, cloud.paid) == (FilmState.FAILED, 2)


@pytest.mark.journey
async def test_a_route_that_fails_again_and_again_is_left_alone_until_one_call_tries_it(line: Line, cloud: Cloud) -> None:
    cloud.failures = {"one@a": BROKEN_THERE}
    first = await made(line, ordered(3, "one@b", retries=1))

    second = await made(line, ordered(1, "one@b", id="ships-0002", seed=7))

    [rest] = await line.database.read(lambda connection: list(resting(connection, datetime.now(UTC))))
    assert (first.state, second.state, sent(cloud)[-1]) == (FilmState.READY, FilmState.READY, "one@b")
    assert (rest.route, rest.failures) == ("one@a", 6)
    assert [(fact.before, fact.after, fact.reason) for fact in await told(line, RouteChanged, "ships-0002")] == [
        ("one@a", "one@b", "resting")
    ]
    assert not await line.database.read(lambda connection: list(resting(connection, datetime.now(UTC) + timedelta(minutes=2))))

    cloud.failures = {}
    third = await made(line, ordered(id="ships-0003", seed=8))  # has no other way, and waits the rest out

    assert (third.state, sent(cloud)[-1]) == (FilmState.READY, "one@a")


async def test_a_dearer_way_that_the_budget_does_not_reach_is_not_sent_to(line: Line, cloud: Cloud) -> None:
    cloud.failures = {"one@a": BROKEN_THERE}

    film = await made(line, ordered(1, "one@b", retries=0, budget_usd=Decimal("0.12")))

    assert (film.state, film.error_code, sent(cloud)) == (FilmState.FAILED, "budget_exceeded", ["one@a"])


async def test_a_step_that_runs_again_finds_the_take_it_began_though_its_route_rests_by_now(floor: Floor, cloud: Cloud) -> None:
    floor.catalogue = CATALOGUE
    strands = Generations(floor, Runner(floor))
    film = ordered(1, "one@b")
    await floor.write(film.id, films.insert_film, film)

    first = await strands.submit_shot(film.id, "s1", None, f"{film.id}/1")
    await floor.write(film.id, _put_to_rest, film.id, floor.now)
    again = await strands.submit_shot(film.id, "s1", None, f"{film.id}/1")

    assert (first, again, sent(cloud)) == ("ships-0001/s1/1", "ships-0001/s1/1", ["one@a"])


def _put_to_rest(connection: Connection, film: str, now: datetime) -> None:
    for number in range(ENOUGH):
        key = Key(film=film, shot=f"x{number}", take=1, route="one@a")
        ledger.reserve(connection, key, "x", "a", Repeat.NONE, Decimal("0.1"), now)
        ledger.mark_failed(connection, key, "timed_out", "no", now)
