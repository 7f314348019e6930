"""A language model that fails: the rules write in its place; what only the person can mend is said, and no key with it.

Requirement B2.
"""

import json
import re
import sys
from dataclasses import replace
from typing import Any

import pytest

from storyreel.domain.errors import AuthenticationFailed, InsufficientCredit, InvalidRequest
from storyreel.domain.storyboard import Severity
from storyreel.standins.openai import OpenAI
from storyreel.writing import write_storyboard
from storyreel.writing.llm import default_model, write_with_model
from tests.writing.asking import FOUR, by, by_standin, rules_of
from tests.writing.saying import KEY, Saying, account_at, completion, refused
from tests.writing.texts import KEEPER
from tests.writing.told import STORY, a_film, a_story


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (completion("", refusal="I can't help with that."), "refused the text"),
        (completion('{"title": "The la', finish="length"), "broke off at the model's limit"),
        (completion("", finish="content_filter"), "refused the text"),
        ("{ this is not JSON", "not the form"),
        ({"title": "x"}, "not the form"),
        (refused(500, "The server had an error."), "The server had an error"),
        (refused(429, "Rate limit reached.", **{"Retry-After": "60"}), "too many requests"),
        (3.0, "no answer within"),
    ],
    ids=["refusal", "length", "filter", "no JSON", "other JSON", "500", "429", "silence"],
)
async def test_a_model_that_fails_is_replaced_by_the_rules_with_a_warning(saying: Saying, answer: Any, told: str) -> None:
    saying.says(answer)

    written = await by(saying, timeout_s=0.3)

    assert written.storyboard == write_storyboard(STORY, FOUR)
    assert (written.warnings[0].rule, written.warnings[0].severity) == ("written-by-rules", Severity.WARN)
    assert told in written.warnings[0].message
    assert KEY not in written.model_dump_json()


@pytest.mark.parametrize("fault", ["moderation_later", "endless", "html_page", "html_error", "reset_before", "cut_off", "silent"])
async def test_the_clouds_own_faults_end_with_a_storyboard(openai: OpenAI, fault: str) -> None:
    openai.faults.add(fault, "create")

    written = await by_standin(openai, KEEPER, FOUR, timeout_s=0.2)

    assert rules_of(written)[0] == "written-by-rules"
    assert openai.key not in written.model_dump_json()
    assert "<" not in written.warnings[0].message


async def test_a_limit_that_passes_soon_is_waited_for(openai: OpenAI) -> None:
    openai.faults.add("rate_limited", "create", count=2, retry_after_s=0)

    assert "written-by-rules" not in rules_of(await by_standin(openai, KEEPER, FOUR))


@pytest.mark.parametrize(("fault", "error"), [("unauthorised", AuthenticationFailed), ("no_credit", InsufficientCredit)])
async def test_what_only_the_person_can_mend_is_raised(openai: OpenAI, fault: str, error: type[Exception]) -> None:
    openai.faults.add(fault, "create")

    with pytest.raises(error, match="openai") as raised:
        await by_standin(openai, KEEPER, FOUR)

    assert openai.key not in str(raised.value)


async def test_a_key_that_the_server_repeats_is_not_told(saying: Saying) -> None:
    saying.says(refused(400, f"Your key {KEY} may not do that."))

    with pytest.raises(InvalidRequest, match=r"\*\*\* may not do that") as raised:
        await by(saying)

    assert KEY not in str(raised.value)


async def test_without_a_key_the_variable_is_named(saying: Saying) -> None:
    account = account_at(saying.url, key=None)

    with pytest.raises(AuthenticationFailed, match="OPENAI_API_KEY"):
        await write_with_model(STORY, FOUR, account=account.__class__("openai", setting="OPENAI_API_KEY"), model="model")
    assert saying.asked == []


async def test_a_server_of_ones_own_needs_no_key(saying: Saying) -> None:
    saying.says(a_story(), a_film())

    assert len((await by(saying, key=None, model="llama")).storyboard.shots) == 4


async def test_a_server_that_knows_no_schemas_gets_them_in_the_question(saying: Saying) -> None:
    no_schema = refused(400, "response_format of type json_schema is not supported")
    saying.says(no_schema, a_story(), refused(400, "response_format of type json_schema is not supported"), a_film())

    written = await by(saying, model="llama")

    assert len(written.storyboard.shots) == 4
    assert "written-by-rules" not in rules_of(written)
    assert saying.asked[1].get("response_format", {"type": "json_object"})["type"] == "json_object"


async def test_a_model_that_does_not_exist_is_refused_by_name(openai: OpenAI) -> None:
    with pytest.raises(InvalidRequest, match="gpt-99"):
        await write_with_model(KEEPER, FOUR, account=account_at(f"{openai.url}/v1", openai.key), model="gpt-99")


async def test_a_model_that_is_to_be_shut_is_warned_of(saying: Saying) -> None:
    saying.says(a_story(), a_film())

    written = await by(saying, model="gpt-4o")

    assert "2027-01-14" in written.warnings[0].message
    assert default_model() in written.warnings[0].remedy


@pytest.mark.parametrize("model", ["rules", "", "no-such-provider:model"])
async def test_a_writer_that_is_no_model_is_refused(saying: Saying, model: str) -> None:
    with pytest.raises(InvalidRequest) as raised:
        await by(saying, model=model)
    assert raised.value.field == "writer"


async def test_another_providers_model_takes_that_providers_key(saying: Saying, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEEPSEEK_API_KEY", raising=False)
    monkeypatch.setitem(sys.modules, "anthropic", None)  # as where it is not installed

    with pytest.raises(AuthenticationFailed, match="DEEPSEEK_API_KEY"):
        await by(saying, model="deepseek:deepseek-chat")
    with pytest.raises(InvalidRequest, match=re.escape("pip install 'pydantic-ai-slim[anthropic]'")):
        await by(saying, model="anthropic:claude-sonnet-5-5")
    assert saying.asked == []


async def test_a_proxy_of_the_account_is_used(saying: Saying) -> None:
    saying.says(a_story(), a_film())
    proxy = saying.url.removesuffix("/v1")
    account = replace(saying.account, base_url="http://language-models.example/v1", proxy=proxy)

    written = await write_with_model(STORY, FOUR, account=account, model="model")

    assert "written-by-rules" not in rules_of(written)
    assert len(saying.asked) == 2


async def test_the_key_goes_into_the_header_and_nowhere_else(saying: Saying) -> None:
    saying.says(a_story(), a_film())

    await by(saying)

    assert saying.keys == [f"Bearer {KEY}"] * 2
    assert KEY not in json.dumps(saying.asked)
