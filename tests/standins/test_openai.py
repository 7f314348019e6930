"""OpenAI's stand-in is what OpenAI's own client takes for it, and refuses what OpenAI refuses. Requirement F9."""

import asyncio
import base64
import io
import json
from collections.abc import AsyncGenerator
from decimal import Decimal
from typing import Any, Literal

import pytest
from PIL import Image
from pydantic import BaseModel, Field

from storyreel.standins.fixtures import Standin
from storyreel.standins.openai import OpenAI

pytestmark = pytest.mark.journey
openai = pytest.importorskip("openai")

MODEL = "gpt-6-luna"
STORY = "A red fox crosses the snow. It meets Mara at the door! Then both go home."


class Character(BaseModel):
    id: str = Field(pattern="^[a-z][a-z0-9-]*$")
    name: str


class Shot(BaseModel):
    id: str
    text: str
    size: Literal["wide", "close"]
    seconds: int = Field(ge=2, le=10)
    character_ids: list[str]
    note: str | None


class Board(BaseModel):
    title: str
    language: Literal["en", "ru", "zh"]
    characters: list[Character]
    shots: list[Shot]


def png(colour: str = "teal", size: tuple[int, int] = (320, 180)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    return file.getvalue()


def address(picture: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(picture).decode()}"


def said(text: Any) -> list[Any]:
    return [{"role": "user", "content": text}]


@pytest.fixture
async def cloud(standin: Standin) -> OpenAI:
    return await standin(OpenAI, speed=1e6)


@pytest.fixture
async def client(cloud: OpenAI) -> AsyncGenerator[Any]:
    """OpenAI's own client, set by the environment that the stand-in tells."""
    told = cloud.environment(cloud.url)
    async with openai.AsyncOpenAI(api_key=told["OPENAI_API_KEY"], base_url=told["OPENAI_BASE_URL"], max_retries=0) as made:
        yield made


async def test_a_chat_is_parsed_into_a_storyboard_of_the_story(client: Any, cloud: OpenAI) -> None:
    answer = await client.chat.completions.parse(model=MODEL, messages=said(STORY), response_format=Board)

    board = answer.choices[0].message.parsed
    assert [shot.text for shot in board.shots] == [
        "A red fox crosses the snow.",
        "It meets Mara at the door!",
        "Then both go home.",
    ]
    assert [shot.id for shot in board.shots] == ["shot-1", "shot-2", "shot-3"]
    assert ([character.name for character in board.characters], board.language) == (["Mara"], "en")
    assert {id for shot in board.shots for id in shot.character_ids} == {board.characters[0].id}
    (line,) = cloud.submissions
    usage = answer.usage
    assert line.cost_usd == (Decimal(usage.prompt_tokens) / 10 + Decimal(usage.completion_tokens) / 2) / 1_000_000


async def test_a_response_is_parsed_too_and_streams(client: Any) -> None:
    whole = await client.responses.parse(model=MODEL, input=STORY, text_format=Board)
    async with client.responses.stream(model=MODEL, input=STORY, text_format=Board) as stream:
        kinds = [event.type async for event in stream]
        streamed = await stream.get_final_response()

    assert (whole.status, len(whole.output_parsed.shots)) == ("completed", 3)
    assert streamed.output_parsed == whole.output_parsed
    assert (kinds[0], kinds[-1]) == ("response.created", "response.completed")


async def test_a_chat_streams_with_its_usage(client: Any) -> None:
    stream = await client.chat.completions.create(
        model=MODEL, messages=said(STORY), stream=True, stream_options={"include_usage": True}
    )
    chunks = [chunk async for chunk in stream]

    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert text.splitlines()[0] == "A red fox crosses the snow."
    assert chunks[-1].usage.completion_tokens > 0


@pytest.mark.parametrize("choice", ["required", "auto", {"type": "function", "function": {"name": "final_result"}}])
async def test_a_tool_is_called_with_arguments_under_its_schema(client: Any, choice: Any) -> None:
    parameters = {"type": "object", "properties": {"shots": {"type": "array", "items": {"type": "string"}, "minItems": 2}}}
    tools = [{"type": "function", "function": {"name": name, "parameters": parameters}} for name in ("think", "final_result")]

    answer = await client.chat.completions.create(model=MODEL, messages=said(STORY), tools=tools, tool_choice=choice)

    (call,) = answer.choices[0].message.tool_calls
    assert (answer.choices[0].finish_reason, call.function.name) == ("tool_calls", "final_result")
    assert json.loads(call.function.arguments)["shots"][1] == "It meets Mara at the door!"


async def test_a_tool_is_called_in_a_response(client: Any) -> None:
    tool = {"type": "function", "name": "cut", "parameters": Shot.model_json_schema(), "strict": False}

    answer = await client.responses.create(model=MODEL, input=STORY, tools=[tool], tool_choice="required")

    Shot.model_validate_json(answer.output[0].arguments)
    assert answer.output[0].name == "cut"


async def test_json_in_the_question_is_echoed_where_the_answer_has_the_same_names(client: Any) -> None:
    given = {"shots": [{"id": "s7", "text": "One."}, {"id": "s9", "text": "Two."}]}
    question = f"Keep these going on from one another:\n{json.dumps(given)}"

    answer = await client.chat.completions.parse(model=MODEL, messages=said(question), response_format=Board)

    assert [(shot.id, shot.text) for shot in answer.choices[0].message.parsed.shots] == [("s7", "One."), ("s9", "Two.")]


async def test_pictures_are_looked_at(client: Any) -> None:
    class Reading(BaseModel):
        description: str
        palette: list[str]

    parts = [
        {"type": "text", "text": "What is seen?"},
        {"type": "image_url", "image_url": {"url": address(png("#203a63", (320, 640))), "detail": "high"}},
    ]
    chat = await client.chat.completions.parse(model=MODEL, messages=said(parts), response_format=Reading)
    asked = [{"role": "user", "content": [{"type": "input_image", "image_url": address(png()), "detail": "auto"}]}]
    response = await client.responses.parse(model=MODEL, input=asked, text_format=Reading)

    seen = chat.choices[0].message.parsed
    assert "dark, tall picture in blue" in seen.description
    assert seen.palette == ["#203a63"]
    assert "teal" in response.output_parsed.description
    assert chat.usage.prompt_tokens > 200  # for 320 by 640 pixels


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("data:image/png;base64,AAAA", "image_parse_error"),
        ("data:image/png;base64,%%%", "invalid_base64_image"),
        ("data:text/plain;base64,AAAA", "invalid_image_format"),
        ("https://example.com/a.png?key=1", "invalid_image_url"),
    ],
)
async def test_what_is_no_picture_is_refused(client: Any, url: str, code: str) -> None:
    with pytest.raises(openai.BadRequestError) as error:
        await client.chat.completions.create(model=MODEL, messages=said([{"type": "image_url", "image_url": {"url": url}}]))

    assert error.value.code == code


@pytest.mark.parametrize(
    ("schema", "word"),
    [
        ({"type": "object", "properties": {}}, "'additionalProperties' is required"),
        (
            {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": False, "required": []},
            "Missing 'a'",
        ),
        ({"type": "array", "items": {"type": "string"}}, "schema must be a JSON Schema of 'type: \"object\"'"),
    ],
)
async def test_a_strict_schema_must_be_strict(client: Any, schema: dict[str, Any], word: str) -> None:
    form = {"type": "json_schema", "json_schema": {"name": "it", "schema": schema, "strict": True}}

    with pytest.raises(openai.BadRequestError, match=word):
        await client.chat.completions.create(model=MODEL, messages=said(STORY), response_format=form)


async def test_json_without_a_schema_must_be_asked_for_in_words(client: Any) -> None:
    form = {"type": "json_object"}

    with pytest.raises(openai.BadRequestError, match="must contain the word 'json'"):
        await client.chat.completions.create(model=MODEL, messages=said(STORY), response_format=form)
    question = f"{STORY} Answer in JSON under {json.dumps(Shot.model_json_schema())}"
    answer = await client.chat.completions.create(model=MODEL, messages=said(question), response_format=form)
    assert Shot.model_validate_json(answer.choices[0].message.content)


async def test_an_answer_that_is_too_long_is_cut_off(client: Any) -> None:
    chat = await client.chat.completions.create(model=MODEL, messages=said(STORY), max_completion_tokens=4)
    response = await client.responses.create(model=MODEL, input=STORY, max_output_tokens=4)

    assert (chat.choices[0].finish_reason, chat.usage.completion_tokens) == ("length", 4)
    assert (response.status, response.incomplete_details.reason) == ("incomplete", "max_output_tokens")


async def test_a_refusal_a_filter_and_a_length_are_faults_on_demand(client: Any, cloud: OpenAI) -> None:
    async def parsed() -> Any:
        return await client.chat.completions.parse(model=MODEL, messages=said(STORY), response_format=Board)

    cloud.faults.add("moderation_later", count=2)
    assert (await parsed()).choices[0].message.refusal
    refused = await client.responses.create(model=MODEL, input=STORY)
    assert refused.output[0].content[0].type == "refusal"
    cloud.faults.add("fails_later", count=1)
    with pytest.raises(openai.ContentFilterFinishReasonError):
        await parsed()
    cloud.faults.add("endless", count=1)
    with pytest.raises(openai.LengthFinishReasonError):
        await parsed()
    cloud.faults.add("moderation", count=1)
    with pytest.raises(openai.BadRequestError, match="safety system"):
        await parsed()


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("rate_limited", "RateLimitError"),
        ("no_credit", "RateLimitError"),
        ("unauthorised", "AuthenticationError"),
        ("unavailable", "InternalServerError"),
        ("reset_after", "APIConnectionError"),
    ],
)
async def test_faults_are_the_client_s_own_errors(client: Any, cloud: OpenAI, fault: str, kind: str) -> None:
    cloud.faults.add(fault, count=1)

    with pytest.raises(getattr(openai, kind)):
        await client.chat.completions.create(model=MODEL, messages=said(STORY))


async def test_the_client_pays_twice_for_an_answer_that_is_lost(cloud: OpenAI) -> None:
    """Why nothing of ours is sent through it."""
    cloud.faults.add("reset_after", count=1)
    told = cloud.environment(cloud.url)
    async with openai.AsyncOpenAI(api_key=told["OPENAI_API_KEY"], base_url=told["OPENAI_BASE_URL"]) as client:
        await client.chat.completions.create(model=MODEL, messages=said(STORY))

    assert [line.key for line in cloud.submissions] == ["", ""]


async def test_pictures_are_drawn_and_edited(client: Any, cloud: OpenAI) -> None:
    drawn = await client.images.generate(model="gpt-image-2", prompt="a boat", size="1280x720", quality="low", n=2)
    files = [("one.png", png(), "image/png"), ("two.png", png("red"), "image/png")]
    edited = await client.images.edit(model="gpt-image-2", prompt="by night", image=files, size="1088x640", output_format="jpeg")

    pictures = [Image.open(io.BytesIO(base64.b64decode(one.b64_json))) for one in (*drawn.data, *edited.data)]
    assert [(picture.format, picture.size) for picture in pictures] == [("PNG", (1280, 720))] * 2 + [("JPEG", (1088, 640))]
    assert list(cloud.jobs.values())[-1].asked.references == (png(), png("red"))
    assert (drawn.usage.output_tokens, edited.usage.input_tokens_details.image_tokens > 0) == (212, True)


@pytest.mark.parametrize(
    ("change", "param"),
    [
        ({"size": "1920x1080"}, "size"),
        ({"size": "512x512"}, "size"),
        ({"size": "3840x1024"}, "size"),
        ({"quality": "hd"}, "quality"),
        ({"n": 11}, "n"),
        ({"response_format": "url"}, "response_format"),
        ({"background": "transparent"}, "background"),
        ({"model": "dall-e-3"}, None),
    ],
)
async def test_a_picture_that_cannot_be_is_refused(client: Any, cloud: OpenAI, change: dict[str, Any], param: str | None) -> None:
    with pytest.raises((openai.BadRequestError, openai.NotFoundError)) as error:
        await client.images.generate(**{"model": "gpt-image-2", "prompt": "a boat", **change})

    assert error.value.param == param
    assert not cloud.submissions


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
async def test_videos_are_gone_and_so_are_old_models(client: Any) -> None:
    for asked in (client.videos.list(), client.videos.create(prompt="x"), client.models.retrieve("sora-2")):
        with pytest.raises(openai.NotFoundError, match=r"2026-09-24|deprecated"):
            await asked
    assert MODEL in [model.id async for model in client.models.list()]


async def test_answers_take_their_time(standin: Standin) -> None:
    cloud = await standin(OpenAI, speed=20)
    told = cloud.environment(cloud.url)
    begun = asyncio.get_running_loop().time()
    async with openai.AsyncOpenAI(api_key=told["OPENAI_API_KEY"], base_url=told["OPENAI_BASE_URL"]) as client:
        await client.chat.completions.create(model=MODEL, messages=said(STORY))

    assert asyncio.get_running_loop().time() - begun >= 0.1
