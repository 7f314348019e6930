"""OpenAI's official client for Node takes the stand-ins for the clouds. Requirement F9.

It is installed by `npm install --prefix tests/standins/node --no-package-lock`.
"""

import asyncio
import base64
import io
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from storyreel.standins.cloud import Cloud
from storyreel.standins.fixtures import Standin
from storyreel.standins.openai import OpenAI
from storyreel.standins.videos import Videos

HERE = Path(__file__).parent / "node"
NODE = shutil.which("node")
INSTALL = "npm install --prefix tests/standins/node --no-package-lock"
MISSING = "Node is not installed" if NODE is None else f"its client is not installed: {INSTALL}"

pytestmark = [
    pytest.mark.node,
    pytest.mark.journey,
    pytest.mark.skipif(NODE is None or not (HERE / "node_modules" / "openai").is_dir(), reason=MISSING),
]


async def run(flow: str, cloud: Cloud, url: str) -> Any:
    """What a flow of the client prints."""
    picture = io.BytesIO()
    Image.new("RGB", (1280, 720), "teal").save(picture, "PNG")
    environment = {
        "PATH": os.environ["PATH"],
        "OPENAI_API_KEY": cloud.key,
        "OPENAI_BASE_URL": url,
        "PICTURE": base64.b64encode(picture.getvalue()).decode(),
    }
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        str(NODE), "flows.mjs", flow, cwd=HERE, env=environment, stdout=pipe, stderr=pipe
    )
    printed, problems = await process.communicate()
    assert process.returncode == 0, problems.decode()
    return json.loads(printed)


async def test_videos_are_made_polled_fetched_listed_and_deleted(standin: Standin) -> None:
    cloud = await standin(Videos, speed=20_000)

    told = await run("videos", cloud, f"{cloud.url}/openai/v1")

    assert told == {"first": "queued", "last": "completed", "kind": "ftyp", "listed": 1, "deleted": True}
    assert all(job.asked.first for job in cloud.jobs.values())


async def test_pictures_are_drawn_and_edited(standin: Standin) -> None:
    cloud = await standin(OpenAI, speed=1e6)

    told = await run("images", cloud, f"{cloud.url}/v1")

    assert told == {"kinds": ["PNG", "PNG"], "tokens": 106}
    assert len(list(cloud.jobs.values())[-1].asked.references) == 2


async def test_words_come_structured_and_as_a_stream(standin: Standin) -> None:
    cloud = await standin(OpenAI, speed=1e6)

    told = await run("words", cloud, f"{cloud.url}/v1")

    shots = {"shots": ["A fox runs.", "It jumps."]}
    assert told == {"chat": shots, "response": shots, "streamed": "A fox runs.\nIt jumps."}


async def test_refusals_are_the_client_s_own_errors(standin: Standin) -> None:
    cloud = await standin(OpenAI, speed=1e6)

    told = await run("refused", cloud, f"{cloud.url}/v1")

    assert told == [["NotFoundError", 404, None], ["BadRequestError", 400, "size"], ["BadRequestError", 400, "messages"]]
