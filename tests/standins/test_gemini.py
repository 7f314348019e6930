"""The Gemini API's stand-in is what Google's own client takes for it, and refuses what Google refuses. Requirement F9."""

import asyncio
import base64
import gc
import io
import json
import warnings
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from PIL import Image

from storyreel.media.frames import first_frame, last_frame
from storyreel.media.probe import probe
from storyreel.standins.fixtures import Standin
from storyreel.standins.gemini import Gemini

genai = pytest.importorskip("google.genai")

pytestmark = [
    pytest.mark.journey,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::UserWarning"),
]

OMNI, PAINTER, WRITER = "gemini-omni-1.2-flash", "gemini-nano-banana-2.1", "gemini-3.8-flash"
CLIP = {"type": "video", "aspect_ratio": "16:9", "resolution": "360p", "duration": "3s", "delivery": "uri"}


def png(colour: str, size: tuple[int, int] = (320, 180)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    return file.getvalue()


def block(colour: str) -> dict[str, Any]:
    return {"type": "image", "mime_type": "image/png", "data": base64.b64encode(png(colour)).decode()}


@pytest.fixture
async def cloud(standin: Standin) -> Gemini:
    return await standin(Gemini)


@pytest.fixture
async def client(cloud: Gemini) -> AsyncGenerator[Any]:
    """Google's own client, told where the cloud is as its documentation says."""
    options = genai.types.HttpOptions(base_url=cloud.url, retry_options=genai.types.HttpRetryOptions(attempts=1))
    client = genai.Client(api_key=cloud.key, http_options=options)
    yield client
    client.close()
    await client.aio.aclose()
    del client
    with warnings.catch_warnings():  # it leaves the connections of `interactions` to the collector
        warnings.simplefilter("ignore")
        gc.collect()


async def ended(look: Callable[[], Any], done: Callable[[Any], bool]) -> Any:
    """What a blocking client sees in the end."""
    for _ in range(400):
        if done(seen := await asyncio.to_thread(look)):
            return seen
        await asyncio.sleep(0.005)
    raise AssertionError("it does not end")


async def test_the_official_client_makes_a_clip_between_two_frames(cloud: Gemini, client: Any, tmp_path: Path) -> None:
    words = {"type": "text", "text": "[# Sources <FIRST_FRAME>@Image1 <LAST_FRAME>@Image2] A kite lifts off."}
    made = await asyncio.to_thread(
        lambda: client.interactions.create(
            model=OMNI,
            input=[block("#c02020"), block("#2020c0"), words],
            response_format=CLIP,
            generation_config={"video_config": {"task": "image_to_video"}, "seed": 41},
            background=True,
            store=True,
        )
    )
    assert made.status in {"queued", "in_progress"}
    seen = await ended(lambda: client.interactions.get(made.id), lambda told: told.status == "completed")
    name = seen.output_video.uri.rpartition("/")[2].partition(":")[0]
    file = await ended(lambda: client.files.get(name=f"files/{name}"), lambda told: told.state.name == "ACTIVE")
    path = tmp_path / "clip.mp4"
    path.write_bytes(await asyncio.to_thread(lambda: client.files.download(file=file)))

    facts = probe(path)
    assert (facts.width_px, facts.height_px, facts.frames) == (640, 360, 72)
    reddest, bluest = first_frame(path).getpixel((300, 200)), last_frame(path).getpixel((300, 200))
    assert isinstance(reddest, tuple)
    assert isinstance(bluest, tuple)
    assert reddest[0] > 150 > reddest[2]
    assert bluest[2] > 150 > bluest[0]
    assert seen.usage.output_tokens_by_modality[0].modality == "video"
    assert [submission.model for submission in cloud.submissions] == [OMNI]


async def test_the_official_client_waits_for_an_answer_that_holds_the_clip(client: Any) -> None:
    form = CLIP | {"delivery": "inline"}
    made = await asyncio.to_thread(lambda: client.interactions.create(model=OMNI, input="A kite", response_format=form))
    assert base64.b64decode(made.output_video.data)[4:8] == b"ftyp"


async def test_the_official_client_follows_the_events_of_an_interaction(client: Any) -> None:
    def heard() -> list[Any]:
        return list(client.interactions.create(model=OMNI, input="A kite", response_format=CLIP, stream=True))

    events = await asyncio.to_thread(heard)
    kinds = [event.event_type for event in events]
    assert kinds == [
        "interaction.created",
        "interaction.status_update",
        "step.start",
        "step.delta",
        "step.stop",
        "interaction.completed",
    ]
    assert "/files/" in events[3].delta.uri
    again = await asyncio.to_thread(
        lambda: list(client.interactions.get(events[0].interaction.id, stream=True, last_event_id=events[3].event_id))
    )
    assert [event.event_type for event in again] == kinds[4:]


async def test_the_official_client_draws_a_picture_in_view_of_another(client: Any) -> None:
    types = genai.types
    seen = types.Part.from_bytes(data=png("teal"), mime_type="image/png")
    config = types.GenerateContentConfig(
        response_modalities=["IMAGE"], image_config=types.ImageConfig(aspect_ratio="16:9", image_size="1K")
    )
    told = await asyncio.to_thread(
        lambda: client.models.generate_content(model=PAINTER, contents=["A harbour at dusk", seen], config=config)
    )
    drawn = Image.open(io.BytesIO(told.candidates[0].content.parts[0].inline_data.data))
    assert drawn.size == (1376, 768)


async def test_the_official_client_uploads_a_film_and_reads_what_it_shows(client: Any, tmp_path: Path) -> None:
    types = genai.types
    (tmp_path / "seen.png").write_bytes(png("#2a6fdb", (640, 480)))
    file = await asyncio.to_thread(lambda: client.files.upload(file=tmp_path / "seen.png"))
    file = await ended(lambda: client.files.get(name=file.name), lambda told: told.state.name == "ACTIVE")
    schema = {
        "type": "OBJECT",
        "properties": {"palette": {"type": "ARRAY", "items": {"type": "STRING"}}},
        "required": ["palette"],
    }
    config = types.GenerateContentConfig(response_mime_type="application/json", response_schema=schema)
    asked = [file, "Which colours are in the picture?"]

    told = await asyncio.to_thread(lambda: client.models.generate_content(model=WRITER, contents=asked, config=config))
    plain = await asyncio.to_thread(lambda: client.models.generate_content(model=WRITER, contents=asked))
    await asyncio.to_thread(lambda: client.files.delete(name=file.name))

    assert json.loads(told.text)["palette"][0].startswith("#2")
    assert "640x480 pixels" in plain.text
    assert "blue" in plain.text


async def test_the_official_client_hears_that_veo_has_left_and_which_models_there_are(client: Any) -> None:
    names = await asyncio.to_thread(lambda: [model.name for model in client.models.list(config={"page_size": 3})])
    assert f"models/{OMNI}" in names
    with pytest.raises(genai.errors.ClientError, match="404"):
        await asyncio.to_thread(lambda: client.models.get(model="veo-3.1-generate-preview"))


async def posted(cloud: Gemini, path: str, body: Any, key: str | None = None) -> tuple[int, Any]:
    headers = {"x-goog-api-key": cloud.key if key is None else key}
    async with aiohttp.ClientSession(headers=headers) as session, session.post(cloud.url + path, json=body) as answer:
        return answer.status, await answer.json()


def asking(**changes: Any) -> dict[str, Any]:
    body = {"model": OMNI, "input": "A kite", "background": True, "store": True, "response_format": CLIP}
    return {name: value for name, value in (body | changes).items() if value is not None}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"model": None}, "model is required"),
        ({"input": None}, "input is required"),
        ({"input": [{"type": "image", "mime_type": "image/png", "data": "!"}]}, "Base64 decoding failed"),
        ({"input": [block("red") | {"mime_type": "image/heic"}, {"type": "text", "text": "x"}]}, "must be image/png"),
        ({"input": [block("red")]}, "A prompt in words is required"),
        ({"store": False}, "requires store=true"),
        ({"temperature": 1}, "temperature is not a field"),
        ({"system_instruction": "be kind"}, "is not supported by gemini-omni-1.2-flash"),
        ({"generation_config": {"temperature": 0.5}}, "is not supported by gemini-omni-1.2-flash"),
        ({"generation_config": {"video_config": {"task": "image_to_video"}}}, "does not go with 0 images"),
        ({"generation_config": {"video_config": {"task": "dance"}}}, "task must be one of"),
        ({"response_format": CLIP | {"duration": 8}}, "duration must be str"),
        ({"response_format": CLIP | {"duration": "16s"}}, "between 3s and 15s"),
        ({"response_format": CLIP | {"aspect_ratio": "1:1"}}, "must be one of 16:9, 9:16"),
        ({"response_format": CLIP | {"resolution": "2160p"}}, "must be one of 360p"),
        ({"response_format": CLIP | {"gcs_uri": "gs://b"}}, "only supported on Agent Platform"),
    ],
)
async def test_an_interaction_that_google_refuses_is_refused_with_a_word_for_its_code(
    cloud: Gemini, changes: dict[str, Any], reason: str
) -> None:
    status, told = await posted(cloud, "/v1/interactions", asking(**changes))
    assert (status, told["error"]["code"]) == (400, "invalid_request")
    assert reason in told["error"]["message"]
    assert not cloud.submissions


async def test_a_wrong_key_a_closed_model_and_an_unknown_id_have_their_own_answers(cloud: Gemini) -> None:
    cloud.odd.list_errors = True
    status, told = await posted(cloud, "/v1beta/interactions", asking(), key="AIzaWrong")
    assert (status, told[0]["error"]["status"]) == (403, "PERMISSION_DENIED")
    cloud.odd.list_errors = False
    status, told = await posted(cloud, "/v1beta/interactions", asking(model="gemini-omni-flash-preview"))
    assert (status, told["error"]["code"]) == (404, "not_found")
    status, told = await posted(cloud, "/v1beta/interactions/v1_nobody/cancel", {})
    assert (status, "Invalid interaction name" in told["error"]["message"]) == (400, True)
    status, told = await posted(cloud, "/v1beta/models/veo-3.1-generate-preview:predictLongRunning", {"instances": []})
    assert (status, told["error"]["status"]) == (404, "NOT_FOUND")


async def test_an_open_old_door_serves_veo_as_relays_do(cloud: Gemini) -> None:
    cloud.odd.veo_open = True
    body = {"instances": [{"prompt": "A boat"}], "parameters": {"durationSeconds": 4, "personGeneration": "allow_all"}}
    status, told = await posted(cloud, "/v1beta/models/veo-3.1-fast-generate-preview:predictLongRunning", body)
    assert status == 200
    seen: dict[str, Any] = {}
    async with aiohttp.ClientSession(headers={"x-goog-api-key": cloud.key}) as session:
        while "done" not in seen:
            async with session.get(f"{cloud.url}/v1beta/{told['name']}") as answer:
                seen = await answer.json()
    assert "files/" in seen["response"]["generateVideoResponse"]["generatedSamples"][0]["video"]["uri"]
