"""A language model writes the storyboard of a film: what it took is on the bill, what to look at among the events.

Requirements B2, B3 and F3.
"""

from collections.abc import AsyncGenerator
from decimal import Decimal
from pathlib import Path

import pytest

from storyreel.accounts import accounts_of
from storyreel.domain.errors import AuthenticationFailed, BudgetExceeded, InvalidRequest
from storyreel.domain.events import StoryboardWarned, StoryboardWritten
from storyreel.settings import Settings
from storyreel.standins.cloud import Cloud
from storyreel.standins.fixtures import Standin
from storyreel.studio import Studio

STORY = "A fox runs through the snow. It stops at a lake."


@pytest.fixture
async def cloud(standin: Standin) -> Cloud:
    return await standin("openai")


@pytest.fixture
async def studio(tmp_path: Path, cloud: Cloud) -> AsyncGenerator[Studio]:
    accounts = accounts_of(cloud.environment(cloud.url))
    async with Studio(tmp_path / "home", settings=Settings(), accounts=accounts) as opened:
        yield opened


@pytest.mark.journey
async def test_the_tokens_are_on_the_film_s_bill_and_the_warnings_among_its_events(
    studio: Studio, cloud: Cloud, tmp_path: Path
) -> None:
    written = await studio.write(STORY, writer="gpt-6-luna", seconds=0.5, size="160x90")
    film = await studio.make_film(written, size="160x90", output=tmp_path / "film.mp4")

    facts = [event.fact async for event in studio.events(film)]
    [told] = [fact for fact in facts if isinstance(fact, StoryboardWritten)]
    warned = [fact.message for fact in facts if isinstance(fact, StoryboardWarned)]
    assert (told.model, told.cost_usd) == ("gpt-6-luna", sum((one.cost_usd for one in cloud.submissions), Decimal(0)))
    assert told.tokens_out > 0
    assert film.cost_usd == round(told.cost_usd or Decimal(0), 6)  # the ledger keeps whole millionths
    assert len(warned) == len(written.warnings)


async def test_a_language_model_is_not_asked_once_the_day_s_budget_is_spent(studio: Studio, cloud: Cloud, tmp_path: Path) -> None:
    written = await studio.write(STORY, writer="gpt-6-luna", seconds=0.5, size="160x90")
    await studio.start_film(written, size="160x90", approve=True, output=tmp_path / "film.mp4")
    asked = len(cloud.submissions)
    studio.settings = studio.settings.model_copy(update={"budget_day": written.spent.cost_usd})

    with pytest.raises(BudgetExceeded, match="STORYREEL_BUDGET_DAY allows"):
        await studio.write(STORY, writer="gpt-6-luna")
    with pytest.raises(BudgetExceeded, match="ask again tomorrow"):
        await studio.start_film(STORY, writer="gpt-6-luna")

    assert len(cloud.submissions) == asked


async def test_a_day_without_money_asks_no_language_model_where_nothing_was_made_yet(studio: Studio, cloud: Cloud) -> None:
    studio.settings = studio.settings.model_copy(update={"budget_day": Decimal(0)})

    with pytest.raises(BudgetExceeded, match="STORYREEL_BUDGET_DAY allows"):
        await studio.write(STORY, writer="model")

    assert not cloud.submissions


async def test_a_model_that_is_away_is_replaced_by_the_rules_with_a_warning(studio: Studio, cloud: Cloud) -> None:
    cloud.faults.add("unavailable")

    written = await studio.write(STORY, writer="model")

    assert len(written.storyboard.shots) > 1
    assert any("rules" in finding.message for finding in written.warnings)


async def test_without_a_key_the_setting_is_named(tmp_path: Path) -> None:
    async with Studio(tmp_path / "home", settings=Settings(), accounts=accounts_of({})) as studio:
        with pytest.raises(AuthenticationFailed, match=r"OPENAI_API_KEY, or let the rules write for free with --writer rules"):
            await studio.write(STORY, writer="model")


async def test_a_writer_that_is_none_is_told_who_writes(tmp_path: Path) -> None:
    async with Studio(tmp_path / "home", settings=Settings(), accounts=accounts_of({})) as studio:
        with pytest.raises(InvalidRequest, match=r"'nosuch' is not a writer.*rules.*model.*gpt-6-luna"):
            await studio.write(STORY, writer="nosuch")
