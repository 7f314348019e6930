"""Kling's stand-in keeps to its documentation; there is no official client to try it with."""

from typing import Any

import aiohttp
import pytest

from storyreel.standins.fixtures import Standin
from storyreel.standins.kling import Kling

T2V = "/text-to-video/kling-3.0"


def keyed(cloud: Kling) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(cloud.url, headers={"Authorization": f"Bearer {cloud.key}"})


async def said(session: aiohttp.ClientSession, method: str, path: str, **body: Any) -> tuple[int, dict[str, Any]]:
    async with session.request(method, path, json=body or None) as answer:
        return answer.status, await answer.json()


async def test_names_that_it_does_not_know_are_ignored_without_a_word(standin: Standin) -> None:
    cloud = await standin(Kling)
    async with keyed(cloud) as session:
        status, told = await said(session, "POST", T2V, prompt="a fox", aspect_ratio="9:16", seed=7)
    assert (status, told["code"]) == (200, 0)
    job = cloud.jobs[told["data"]["id"]]
    assert job.asked.size == (1280, 720)
    assert job.facts["multi_shot"] is True


async def test_an_id_that_comes_again_is_refused_and_costs_nothing(standin: Standin) -> None:
    cloud = await standin(Kling)
    async with keyed(cloud) as session:
        options = {"external_task_id": "ours-1"}
        _, first = await said(session, "POST", T2V, prompt="a fox", options=options)
        status, again = await said(session, "POST", "/text-to-video/kling-2.6", prompt="a hare", options=options)
        _, seen = await said(session, "GET", "/tasks?external_task_ids=ours-1,ours-2")
    assert (status, again["code"]) == (400, 1201)
    assert [task["id"] for task in seen["data"]] == [first["data"]["id"]]
    assert len(cloud.submissions) == 1


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        (T2V, {"prompt": "a fox", "settings": {"duration": "5"}}, "duration"),
        ("/text-to-video/kling-2.6", {"prompt": "a fox", "settings": {"audio": "native"}}, "audio"),
        ("/text-to-video/kling-3.0-turbo", {"prompt": "a fox", "settings": {"resolution": "4k"}}, "resolution"),
        ("/omni-video/kling-3.0-omni", {"contents": [{"type": "prompt", "text": "a fox"}]}, "aspect_ratio"),
        ("/image-to-video/kling-3.0", {"contents": [{"type": "prompt", "text": "a fox"}]}, "first_frame"),
        ("/image-to-video/kling-3.0", {"contents": [{"type": "first_frame", "url": "data:image/png;base64,"}]}, "first_frame"),
        (T2V, {"contents": [{"type": "prompt", "text": "a fox"}]}, "prompt"),
    ],
)
async def test_what_a_model_does_not_take_is_refused(standin: Standin, path: str, body: dict[str, Any], field: str) -> None:
    async with keyed(await standin(Kling)) as session:
        status, told = await said(session, "POST", path, **body)
    assert (status, told["code"]) == (400, 1201)
    assert field in told["message"]


async def test_tasks_are_listed_by_a_cursor_and_a_wrong_key_is_1002(standin: Standin) -> None:
    cloud = await standin(Kling)
    async with keyed(cloud) as session:
        for _ in range(3):
            await said(session, "POST", T2V, prompt="a fox")
        _, page = await said(session, "POST", "/tasks", limit=2)
        _, rest = await said(session, "POST", "/tasks", limit=2, cursor=page["data"]["cursor"])
    assert (len(page["data"]["tasks"]), len(rest["data"]["tasks"]), rest["data"]["cursor"]) == (2, 1, "")
    async with aiohttp.ClientSession(cloud.url, headers={"Authorization": "Bearer no"}) as session:
        assert (await said(session, "POST", T2V, prompt="a fox"))[1]["code"] == 1002
