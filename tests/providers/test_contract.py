"""Every adapter keeps one contract: clips come, money is spent once, every fault has its error, no key is shown.

Requirements F2, F9. What a case is, and how one is added: `tests/providers/contract.py`.
"""

from collections.abc import AsyncGenerator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio
from PIL import Image

from storyreel.catalog.quote import price_of
from storyreel.domain.errors import (
    AuthenticationFailed,
    ContentRejected,
    InsufficientCredit,
    InvalidRequest,
    OutputBroken,
    OutputExpired,
    ProviderUnavailable,
    RateLimited,
    StoryreelError,
    SubmitOutcomeUnknown,
)
from storyreel.domain.generation import GenerationState, Repeat, Request, Sighting
from storyreel.domain.model import Medium, Mode
from storyreel.domain.values import Size
from storyreel.media.frames import first_frame, last_frame
from storyreel.media.pictures import open_picture
from storyreel.media.probe import probe
from storyreel.standins.faults import Fault, Kind
from storyreel.standins.fixtures import Standin
from tests.providers.contract import WAITING, Bench, Case, each

WENT_WRONG = [Fault.RESET_BEFORE, Fault.RESET_AFTER, Fault.INTERNAL_AFTER, Fault.CUT_OFF, Fault.HTML_ERROR, Fault.SILENT]
TAKEN = {Fault.RESET_AFTER, Fault.INTERNAL_AFTER, Fault.SILENT, Fault.CUT_OFF}
LENGTH, SHAPE = {"seconds"}, {"size", "aspect", "resolution"}
LOST_LOOKS = [Fault.RESET_BEFORE, Fault.HTML_ERROR, Fault.INTERNAL, Fault.BAD_GATEWAY, Fault.UNAVAILABLE, Fault.CUT_OFF]
IMPATIENT_S = 0.25


def first_of(faults: list[Fault], few: int) -> list[pytest.ParameterSet]:
    """Each fault; those after the first few, which the one client of all providers takes alike, are left to CI's journeys."""
    return [pytest.param(fault, marks=pytest.mark.journey if number >= few else ()) for number, fault in enumerate(faults)]


@pytest_asyncio.fixture
async def bench(case: Case, standin: Standin, tmp_path: Path) -> AsyncGenerator[Bench]:
    made = Bench(case, await standin(case.cloud), tmp_path)
    yield made
    await made.http.close()


def unlike(seen: Image.Image, given: Image.Image) -> float:
    """How far two pictures are apart, in levels of 255."""
    other = given.resize(seen.size)
    return float(np.abs(np.asarray(seen.convert("RGB"), np.int16) - np.asarray(other, np.int16)).mean())


@each()
async def test_what_was_asked_for_comes_and_decodes(bench: Bench) -> None:
    result = await bench.result()
    if bench.model.medium is Medium.IMAGE:
        assert min(open_picture(result).size) >= 256
    else:
        facts = probe(result)
        assert facts.damage is None
        assert abs(facts.seconds - bench.case.seconds) <= bench.case.within_s
        assert bench.case.sound or facts.sound is None or bench.model.limits.sound != "none"
    assert len(bench.cloud.submissions) == 1
    assert bench.cloud.leaks == []


@each("frames")
async def test_it_begins_and_ends_on_the_given_frames(bench: Bench) -> None:
    modes = [mode for mode in (Mode.FIRST_FRAME, Mode.LAST_FRAME) if mode in bench.modes]
    if bench.model.medium is Medium.IMAGE or not modes:
        assert bench.model.medium is Medium.IMAGE or not bench.case.lacks.get("frames")
        return
    result = await bench.result(bench.case.request(*modes, first=bench.first, last=bench.last))
    assert unlike(first_frame(result), bench.first_picture) < 4
    if Mode.LAST_FRAME in modes:
        assert unlike(last_frame(result), bench.last_picture) < 4


@each()
async def test_pictures_to_keep_in_view_arrive(bench: Bench) -> None:
    if Mode.REFERENCES not in bench.modes:
        return
    await bench.result(bench.case.request(Mode.REFERENCES, references=(bench.first, bench.last)))
    (job,) = bench.cloud.jobs.values()
    assert len(job.asked.references) == 2


@each()
@pytest.mark.parametrize("fault", first_of(WENT_WRONG, 3))
async def test_a_paid_call_that_gets_no_answer_is_sent_once_and_its_outcome_is_unknown(bench: Bench, fault: Fault) -> None:
    bench.account = replace(bench.account, timeout_s=IMPATIENT_S if fault is Fault.SILENT else bench.account.timeout_s)
    bench.provider = bench.opened()
    bench.cloud.faults.add(fault, Kind.CREATE, count=1)
    error = await bench.refused()
    assert isinstance(error, SubmitOutcomeUnknown)
    assert (bench.creates(), len(bench.cloud.submissions)) == (1, 1 if fault in TAKEN else 0)
    await _must_be_found(bench, taken=fault in TAKEN)


async def _must_be_found(bench: Bench, *, taken: bool) -> None:
    """After a crash the generation is adopted as the API allows it, and never paid for again."""
    bench.account = replace(bench.account, timeout_s=20.0)
    bench.provider = bench.opened()
    match bench.provider.repeat:
        case Repeat.NONE:
            with pytest.raises(SubmitOutcomeUnknown) as caught:
                await bench.provider.find(bench.key)
            bench.safe(caught.value)
        case Repeat.LOOKUP:
            bench.cloud.advance(5)  # a listing may lag behind
            remote = await bench.provider.find(bench.key)
            assert (remote is not None) is taken
            if remote is not None:
                assert (await bench.end(remote)).state is GenerationState.READY
        case Repeat.KEY:
            remote = await bench.submit()
            assert len(bench.cloud.submissions) == 1
            assert (await bench.end(remote)).state is GenerationState.READY


@each()
async def test_a_connection_that_is_refused_means_that_nothing_was_sent(bench: Bench) -> None:
    await bench.cloud.stop()
    error = await bench.refused()
    assert isinstance(error, ProviderUnavailable)
    assert error.retriable
    assert bench.creates() == 0


@each()
@pytest.mark.parametrize("fault", first_of([Fault.INTERNAL, Fault.BAD_GATEWAY, Fault.UNAVAILABLE], 1))
async def test_a_server_that_fails_at_a_paid_call_is_not_asked_again(bench: Bench, fault: Fault) -> None:
    bench.cloud.faults.add(fault, Kind.CREATE, count=1)
    error = await bench.refused()
    assert isinstance(error, SubmitOutcomeUnknown | ProviderUnavailable | RateLimited)
    assert bench.creates() == 1


@each()
async def test_a_page_instead_of_an_answer_to_a_paid_call_leaves_its_outcome_unknown(bench: Bench) -> None:
    bench.cloud.faults.add(Fault.HTML_PAGE, Kind.CREATE, count=1)
    assert isinstance(await bench.refused(), SubmitOutcomeUnknown)
    assert bench.creates() == 1


@each()
async def test_a_key_that_is_refused_is_said_by_its_setting(bench: Bench) -> None:
    if bench.account.key is None:
        bench.cloud.faults.add(Fault.UNAUTHORISED, Kind.CREATE)
        error = await bench.refused()
    else:
        error = await bench.refused(by=bench.opened(bench.with_key("wrong-key-0001")))
        assert "wrong-key-0001" not in repr(error)
    assert isinstance(error, AuthenticationFailed)
    assert error.refused
    assert error.setting in str(error)
    assert bench.cloud.submissions == []


@each("key")
async def test_without_a_key_nothing_is_sent_and_the_setting_is_named(bench: Bench) -> None:
    error = await bench.refused(by=bench.opened(bench.keyless()))
    assert isinstance(error, AuthenticationFailed)
    assert error.setting
    assert error.setting in str(error)
    assert bench.cloud.log == []


@each()
@pytest.mark.parametrize(("change", "words"), [({"seconds": 999.0}, LENGTH), ({"size": Size.parse("1998x98")}, SHAPE)])
async def test_a_value_that_is_refused_is_named_by_our_word(bench: Bench, change: dict[str, object], words: set[str]) -> None:
    refused = await _refusal(bench, bench.usual().model_copy(update=change))

    if isinstance(refused, Sighting):
        if refused.state is GenerationState.READY:  # this API takes any, or is not told of it
            return
        assert (refused.state, refused.error_code) == (GenerationState.FAILED, InvalidRequest.code)
        assert any(word in (refused.error or "") for word in words)
    else:
        assert refused.field in words, refused
    assert not [one for one in bench.cloud.submissions if one.cost_usd]


async def _refusal(bench: Bench, request: Request) -> InvalidRequest | Sighting:
    """What a submit raises, or what its generation came to."""
    try:
        remote = await bench.provider.submit(request, bench.route, bench.key)
    except InvalidRequest as error:
        bench.safe(error)
        return error
    return await bench.end(remote)


@each("no_credit")
async def test_an_account_without_credit_is_said(bench: Bench) -> None:
    bench.cloud.faults.add(Fault.NO_CREDIT)
    assert isinstance(await bench.refused(), InsufficientCredit)
    assert bench.cloud.submissions == []


@each("moderation")
async def test_a_request_that_moderation_refuses_is_said(bench: Bench) -> None:
    bench.cloud.faults.add(Fault.MODERATION)
    error = await bench.refused()
    assert isinstance(error, ContentRejected)
    assert error.refused


@each("jobs", "moderation_later")
async def test_a_generation_that_moderation_ends_has_failed_for_that(bench: Bench) -> None:
    bench.cloud.faults.add(Fault.MODERATION_LATER)
    sighting = await bench.end(await bench.submit())
    assert (sighting.state, sighting.error_code) == (GenerationState.FAILED, "content_rejected")
    assert sighting.error


@each("jobs")
async def test_a_generation_that_breaks_has_failed_with_a_reason(bench: Bench) -> None:
    bench.cloud.faults.add(Fault.FAILS_LATER)
    sighting = await bench.end(await bench.submit())
    assert sighting.state is GenerationState.FAILED
    assert sighting.error
    assert sighting.error_code != "content_rejected"


@each()
@pytest.mark.parametrize(("fault", "wait_s"), [(Fault.RATE_LIMITED, 7.0), (Fault.RATE_LIMITED_BARE, None)])
async def test_too_many_requests_say_when_to_come_back(bench: Bench, fault: Fault, wait_s: float | None) -> None:
    bench.cloud.faults.add(fault, Kind.CREATE, retry_after_s=7)
    error = await bench.refused()
    assert isinstance(error, RateLimited)
    assert error.retry_after_s == wait_s or (wait_s is None and error.retry_after_s is not None)
    assert bench.creates() == 1
    assert bench.cloud.submissions == []


@each("jobs")
@pytest.mark.parametrize("fault", first_of(LOST_LOOKS, 2))
async def test_a_look_that_fails_may_be_repeated(bench: Bench, fault: Fault) -> None:
    remote = await bench.submit()
    bench.cloud.faults.add(fault, Kind.LOOK)
    with pytest.raises(ProviderUnavailable) as caught:
        await bench.provider.look(remote)
    assert bench.safe(caught.value).retriable
    bench.cloud.faults.clear()
    assert (await bench.end(remote)).state is GenerationState.READY


@each("jobs")
@pytest.mark.parametrize("fault", [Fault.HTML_PAGE, Fault.RATE_LIMITED])
async def test_a_look_at_anything_else_is_an_error_of_ours_that_may_be_repeated(bench: Bench, fault: Fault) -> None:
    remote = await bench.submit()
    bench.cloud.faults.add(fault, Kind.LOOK, count=1)
    with pytest.raises(StoryreelError) as caught:
        await bench.provider.look(remote)
    assert bench.safe(caught.value).retriable


@each("jobs", "states")
async def test_a_state_that_nobody_documents_is_work_in_progress(bench: Bench) -> None:
    remote = await bench.submit()
    bench.cloud.faults.add(Fault.UNKNOWN_STATE, count=1)
    assert (await bench.provider.look(remote)).state in WAITING
    assert (await bench.end(remote)).state is GenerationState.READY


@each()
async def test_fields_that_nobody_documents_do_no_harm(bench: Bench) -> None:
    bench.cloud.faults.add(Fault.EXTRA_FIELDS)
    assert (await bench.result()).stat().st_size > 1000


@each("jobs")
async def test_a_generation_that_never_ends_stays_in_progress(bench: Bench) -> None:
    bench.cloud.faults.add(Fault.ENDLESS)
    remote = await bench.submit()
    bench.cloud.advance(0.6)  # ten minutes of a job's life
    assert (await bench.provider.look(remote)).state in WAITING


@each("links")
async def test_a_link_that_is_dead_says_so(bench: Bench) -> None:
    sighting = await bench.end(await bench.submit())
    bench.cloud.faults.add(Fault.EXPIRED_LINK, Kind.FETCH)
    with pytest.raises(OutputExpired) as caught:
        await bench.fetched(sighting)
    bench.safe(caught.value)


@each("links", "expiry")
async def test_a_link_dies_when_the_catalogue_says(bench: Bench) -> None:
    assert bench.route.link_life_s
    sighting = await bench.end(await bench.submit())
    bench.cloud.advance(bench.route.link_life_s - 30)
    await bench.fetched(sighting)
    bench.cloud.advance(60)
    with pytest.raises(OutputExpired):
        await bench.fetched(sighting)


@each("links")
@pytest.mark.parametrize("fault", first_of([Fault.CUT_OFF, Fault.RESET_BEFORE, Fault.UNAVAILABLE, Fault.HTML_PAGE], 1))
async def test_a_result_that_does_not_come_whole_may_be_fetched_again(bench: Bench, fault: Fault) -> None:
    sighting = await bench.end(await bench.submit())
    bench.cloud.faults.add(fault, Kind.FETCH)
    with pytest.raises(StoryreelError) as caught:
        await bench.fetched(sighting)
    assert bench.safe(caught.value).retriable
    bench.cloud.faults.clear()
    assert (await bench.fetched(sighting)).stat().st_size > 1000


@each("links")
async def test_a_result_that_stalls_is_given_up(bench: Bench) -> None:
    sighting = await bench.end(await bench.submit())
    bench.account = replace(bench.account, timeout_s=IMPATIENT_S)
    bench.provider = bench.opened()
    bench.cloud.faults.add(Fault.STALLED, Kind.FETCH, count=1)
    with pytest.raises(ProviderUnavailable):
        await bench.fetched(sighting)


@each("links")
async def test_a_result_under_a_wrong_type_is_refused(bench: Bench) -> None:
    sighting = await bench.end(await bench.submit())
    bench.cloud.faults.add(Fault.WRONG_TYPE, Kind.FETCH)
    with pytest.raises(OutputBroken) as caught:
        await bench.fetched(sighting)
    assert bench.safe(caught.value).retriable


@each("jobs", "cancel")
async def test_a_generation_can_be_ended(bench: Bench) -> None:
    bench.cloud.speed = 0.01
    remote = await bench.submit()
    await bench.provider.cancel(remote)
    assert (await bench.end(remote)).state is GenerationState.CANCELLED


@each()
async def test_to_end_what_has_ended_does_no_harm(bench: Bench) -> None:
    remote = await bench.submit()
    await bench.end(remote)
    await bench.provider.cancel(remote)
    assert (await bench.provider.look(remote)).state is GenerationState.READY


@each()
async def test_another_process_sees_the_same_generation(bench: Bench) -> None:
    remote = await bench.submit()
    bench.provider = bench.opened()
    assert (await bench.end(remote)).state is GenerationState.READY


@each("jobs")
@pytest.mark.parametrize("fault", [Fault.FAILS_LATER, Fault.MODERATION_LATER])
async def test_a_generation_that_comes_to_nothing_costs_what_is_on_the_bill(bench: Bench, fault: Fault) -> None:
    bench.cloud.faults.add(fault)
    sighting = await bench.end(await bench.submit())
    assert_on_the_bill(bench, sighting)


@each("jobs", "cancel")
@pytest.mark.parametrize("begun", [False, True], ids=["waiting", "running"])
async def test_a_generation_that_is_ended_costs_what_is_on_the_bill(bench: Bench, begun: bool) -> None:
    bench.cloud.speed = 0.01
    remote = await bench.submit()
    if begun:
        [job] = bench.cloud.jobs.values()
        bench.cloud.advance((job.queue_s + 1) / bench.cloud.speed)
    await bench.provider.cancel(remote)
    if (sighting := await bench.provider.look(remote)).state is GenerationState.CANCELLED:  # some go on once they run
        assert_on_the_bill(bench, sighting)


def assert_on_the_bill(bench: Bench, sighting: Sighting) -> None:
    """What the ledger settles is what the cloud charged; to the cent where the route has a price."""
    (submission,) = bench.cloud.submissions
    quote = price_of(bench.route, bench.usual())
    assert sighting.cost_of(quote or Decimal(1)) == submission.cost_usd or (quote is None and sighting.charged)


@each()
async def test_what_a_generation_costs_is_told_as_the_bill_has_it(bench: Bench) -> None:
    sighting = await bench.end(await bench.submit())
    (submission,) = bench.cloud.submissions
    assert sighting.cost_usd in {None, submission.cost_usd}
    if (quote := price_of(bench.route, bench.usual())) is not None:
        assert sighting.cost_of(quote) == submission.cost_usd
    assert submission.cost_usd >= 0
