"""What all clouds share: jobs, links, the bill, the log."""

import asyncio
from pathlib import Path
from typing import Any

import aiohttp

from storyreel.media.probe import probe
from storyreel.standins.fixtures import Standin
from tests.standins.tiny import TinyCloud

PROMPT = {"prompt": "a fox in the snow"}


def keyed(cloud: TinyCloud) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(cloud.url, headers={"Authorization": f"Bearer {cloud.key}"})


async def made(session: aiohttp.ClientSession, **body: Any) -> dict[str, Any]:
    async with session.post("/clips", json=PROMPT | body) as answer:
        return await answer.json()


async def seen(session: aiohttp.ClientSession, id: str) -> dict[str, Any]:
    async with session.get(f"/clips/{id}") as answer:
        return await answer.json()


async def ended(session: aiohttp.ClientSession, id: str) -> dict[str, Any]:
    for _ in range(200):
        job = await seen(session, id)
        if job["state"] in {"done", "broken", "ended"}:
            return job
        await asyncio.sleep(0.005)
    raise AssertionError("the job does not end")


async def test_a_clip_comes_of_exactly_the_asked_length_and_size(standin: Standin, tmp_path: Path) -> None:
    cloud = await standin(TinyCloud)
    async with keyed(cloud) as session:
        job = await made(session, seconds=2)
        job = await ended(session, job["id"])
        async with aiohttp.ClientSession() as anyone, anyone.get(job["link"]) as answer:
            (tmp_path / "clip.mp4").write_bytes(await answer.read())
    facts = probe(tmp_path / "clip.mp4")
    assert (facts.frames, facts.width_px, facts.height_px) == (48, 320, 180)
    assert not cloud.leaks
