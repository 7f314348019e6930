"""The embedded engine as a provider: its five verbs over real processes, and what outlives them. Requirement F1.

How a process begins, dies and hears Ctrl-C is tried on those that users have; the rest draws by forks.
"""

import asyncio
import os
import signal
from collections.abc import AsyncGenerator, Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from storyreel.animatic import engine
from storyreel.catalog.load import load_catalogue
from storyreel.domain.errors import OutputExpired
from storyreel.domain.generation import GenerationState, Key, RemoteId, Repeat, Request, Sighting
from storyreel.domain.model import Route
from storyreel.domain.storyboard import Facing, Move, Pace, Pose, Shot, Subject
from storyreel.domain.values import Size
from storyreel.media.frames import first_frame
from storyreel.media.probe import probe
from storyreel.providers.animatic import pool
from storyreel.providers.animatic.job import CLIP, SPEC, remote_id
from storyreel.providers.animatic.provider import Animatic
from storyreel.providers.port import Embedded, open_provider
from tests.media.footage import every_picture
from tests.providers.kits import a_kit

KEY = Key(film="ships-0001", shot="s1", take=1, route="animatic@animatic")
OTHER = Key(film="ships-0001", shot="s2", take=1, route="animatic@animatic")
SHORT = Request(prompt="A ship at sea", seconds=0.25, size=Size(width_px=160, height_px=90))
SEGMENTED = SHORT.model_copy(update={"seconds": 5.0})
LONG = SHORT.model_copy(update={"seconds": 30.0})
FOX = Subject(name="fox", concept="fox", pose=Pose.RUN, facing=Facing.RIGHT)
RUNS = Shot(id="s1", beat="b1", description="A fox runs.", seconds=5.0, subjects=(FOX,), move=Move.PAN_RIGHT, pace=Pace.FAST)
MOVING = SEGMENTED.model_copy(update={"shot": RUNS})
_, ROUTE = load_catalogue().route("animatic", datetime.now(UTC).date())


class Watched:
    """A provider, and what it nudged."""

    def __init__(self, folder: Path, processes: int = 1) -> None:
        self.work = folder / "work"
        self.nudged: asyncio.Queue[RemoteId] = asyncio.Queue()
        kit = a_kit(folder, work=self.work, nudge=self.nudged.put_nowait)
        self.provider = Animatic(replace(kit, processes=processes))

    async def submit(self, request: Request, key: Key = KEY, route: Route = ROUTE) -> RemoteId:
        return await self.provider.submit(request, route, key)

    async def seen(self, remote: RemoteId, wanted: Callable[[Sighting], bool]) -> Sighting:
        """The first sighting that is as wanted, looking only when nudged."""
        while not wanted(sighting := await self.provider.look(remote)):
            await self.nudged.get()
        return sighting


def ended(sighting: Sighting) -> bool:
    return sighting.state.ended


def drawing(sighting: Sighting) -> bool:
    return sighting.state is GenerationState.RUNNING


@pytest.fixture
async def loading(tmp_path: Path) -> AsyncGenerator[Watched]:
    """Over processes that load by themselves."""
    made = Watched(tmp_path)
    yield made
    await made.provider.close()


@pytest.fixture
def watched(loading: Watched, drawers: None) -> Watched:
    """Over processes that are forked."""
    return loading


@pytest.mark.journey
async def test_a_shot_is_drawn_as_long_and_as_large_as_asked(loading: Watched, tmp_path: Path) -> None:
    remote = await loading.submit(SHORT)

    sighting = await loading.seen(remote, ended)

    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"".join([chunk async for chunk in loading.provider.fetch(sighting.outputs[0])]))
    facts = probe(clip)
    assert (sighting.state, sighting.progress) == (GenerationState.READY, 1.0)
    assert (facts.frames, facts.width_px, facts.height_px, facts.sound is not None) == (6, 160, 90, True)


async def test_a_long_shot_is_the_same_however_many_processes_draw_it(tmp_path: Path, drawers: None) -> None:
    clips: list[bytes] = []
    for processes in (1, 3):
        watched = Watched(tmp_path / str(processes), processes)
        remote = await watched.submit(SEGMENTED)
        await watched.seen(remote, ended)
        clips.append((watched.work / remote / CLIP).read_bytes())
        assert sorted(path.name for path in (watched.work / remote).iterdir()) == [CLIP, SPEC]
        await watched.provider.close()

    assert clips[0] == clips[1]


async def test_a_long_shot_has_every_picture_in_its_place(watched: Watched) -> None:
    remote = await watched.submit(MOVING)
    clip = Path((await watched.seen(remote, ended)).outputs[0])

    drawn = engine.compose(MOVING)
    frames = np.stack([np.asarray(drawn.frame(number)) for number in range(drawn.frames)]).astype(float)
    shown = list(every_picture(clip))
    nearest = [int(np.abs(frames - picture).mean(axis=(1, 2, 3)).argmin()) for picture in shown]
    assert (len(shown), probe(clip).sound is not None) == (120, True)
    assert max(abs(number - own) for own, number in enumerate(nearest)) <= 1
    assert nearest == sorted(nearest)


async def test_progress_only_grows_while_several_draw(tmp_path: Path, drawers: None) -> None:
    watched = Watched(tmp_path, 2)
    remote = await watched.submit(SEGMENTED)
    seen: list[float] = []
    going: list[float] = []

    def over(sighting: Sighting) -> bool:
        seen.append(sighting.progress or 0.0)
        if not sighting.state.ended:
            going.append(seen[-1])
        return sighting.state.ended

    await watched.seen(remote, over)
    await watched.provider.close()

    assert seen == sorted(seen)
    assert {part for part in seen if 0 < part < 1}
    assert max(going) == 1


async def test_a_shot_that_several_draw_is_cancelled_as_a_whole(tmp_path: Path, drawers: None) -> None:
    watched = Watched(tmp_path, 2)
    remote = await watched.submit(LONG)
    await watched.seen(remote, drawing)

    await watched.provider.cancel(remote)

    after = await watched.submit(SEGMENTED, OTHER)  # both are free again
    assert (await watched.seen(after, ended)).state is GenerationState.READY
    assert [folder.name for folder in watched.work.iterdir()] == [after]
    await watched.provider.close()


async def test_a_shot_begins_on_the_picture_that_is_given(watched: Watched, tmp_path: Path) -> None:
    digest = "0" * 64
    picture = BytesIO()
    Image.new("RGB", (160, 90), (200, 40, 40)).save(picture, "PNG")
    (tmp_path / digest).write_bytes(picture.getvalue())

    remote = await watched.submit(SHORT.model_copy(update={"first_frame": digest}))
    sighting = await watched.seen(remote, ended)

    red, green, blue = first_frame(Path(sighting.outputs[0])).resize((1, 1)).tobytes()
    assert red > 150 > 80 > max(green, blue)


async def test_the_same_key_is_the_same_job(watched: Watched) -> None:
    first = await watched.submit(SHORT)
    again = await watched.submit(LONG)

    assert first == again == await watched.provider.find(KEY)
    assert (await watched.seen(first, ended)).state is GenerationState.READY
    assert await watched.provider.find(OTHER) is None
    assert watched.provider.repeat is Repeat.KEY


async def test_progress_is_nudged_and_a_cancelled_job_leaves_nothing(watched: Watched) -> None:
    remote = await watched.submit(LONG)
    sighting = await watched.seen(remote, drawing)
    assert sighting.progress is not None

    await watched.provider.cancel(remote)

    assert (await watched.provider.look(remote)).state is GenerationState.CANCELLED
    after = await watched.submit(SHORT, OTHER)  # the one process is free again
    assert (await watched.seen(after, ended)).state is GenerationState.READY
    assert [folder.name for folder in watched.work.iterdir()] == [after]


async def test_a_job_that_waits_can_be_cancelled_before_it_begins(watched: Watched) -> None:
    first = await watched.submit(SHORT)
    second = await watched.submit(LONG, OTHER)

    await watched.provider.cancel(second)

    assert (await watched.seen(first, ended)).state is GenerationState.READY
    assert (await watched.provider.look(second)).state is GenerationState.CANCELLED


async def test_a_job_that_nobody_draws_any_more_is_begun_again_when_it_is_looked_at(tmp_path: Path, drawers: None) -> None:
    before = Watched(tmp_path)
    remote = await before.submit(SHORT)
    await before.provider.close()

    after = Watched(tmp_path)
    assert (await after.seen(remote, ended)).state is GenerationState.READY
    await after.provider.close()


async def test_a_job_that_another_version_wrote_is_begun_anew_and_does_not_wait(tmp_path: Path, drawers: None) -> None:
    before = Watched(tmp_path)
    remote = await before.submit(SHORT)
    await before.provider.close()
    (before.work / remote / CLIP).unlink(missing_ok=True)
    (before.work / remote / SPEC).write_text('{"drawn_by": "a later version"}')

    after = Watched(tmp_path)
    sighting = await after.provider.look(remote)
    assert (sighting.state, sighting.error_code) == (GenerationState.FAILED, "output_expired")
    assert await after.provider.find(KEY) is None
    assert await after.submit(SHORT) == remote
    assert (await after.seen(remote, ended)).state is GenerationState.READY
    await after.provider.close()


async def test_a_job_that_cannot_be_read_is_written_anew_by_a_submit(tmp_path: Path, drawers: None) -> None:
    before = Watched(tmp_path)
    remote = await before.submit(SHORT)
    await before.provider.close()
    (before.work / remote / CLIP).unlink(missing_ok=True)
    (before.work / remote / SPEC).write_text("{")

    after = Watched(tmp_path)
    assert await after.submit(SHORT) == remote
    assert (await after.seen(remote, ended)).state is GenerationState.READY
    await after.provider.close()


async def test_a_finished_clip_is_found_after_a_restart_and_not_drawn_again(tmp_path: Path, drawers: None) -> None:
    before = Watched(tmp_path)
    remote = await before.submit(SHORT)
    await before.seen(remote, ended)
    clip = before.work / remote / CLIP
    drawn_at = clip.stat().st_mtime_ns
    await before.provider.close()

    after = Watched(tmp_path)
    assert await after.submit(SHORT) == remote
    assert (await after.provider.look(remote)).state is GenerationState.READY
    assert clip.stat().st_mtime_ns == drawn_at
    await after.provider.close()


@pytest.mark.journey
async def test_a_process_that_dies_fails_its_job_and_the_next_one_gets_a_new_process(loading: Watched) -> None:
    others = children()
    remote = await loading.submit(LONG)
    await loading.seen(remote, drawing)
    for child in children() - others:
        os.kill(child, signal.SIGKILL)

    sighting = await loading.seen(remote, ended)

    assert (sighting.state, sighting.error_code) == (GenerationState.FAILED, "provider_unavailable")
    assert sighting.error
    assert "-9" in sighting.error
    after = await loading.submit(SHORT, OTHER)
    assert (await loading.seen(after, ended)).state is GenerationState.READY


@pytest.mark.journey
async def test_ctrl_c_is_the_parents_to_hear(loading: Watched) -> None:
    others = children()
    remote = await loading.submit(LONG)
    await loading.seen(remote, drawing)
    for child in children() - others:
        os.kill(child, signal.SIGINT)

    for _ in range(5):
        await loading.nudged.get()

    assert (await loading.provider.look(remote)).state is GenerationState.RUNNING


async def test_where_no_process_can_be_started_the_job_fails_and_does_not_wait(
    loading: Watched, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(pool, "WORKER", (str(tmp_path / "no such program"),))

    sighting = await loading.seen(await loading.submit(SHORT), ended)

    assert sighting.state is GenerationState.FAILED
    assert "could be started" in str(sighting.error)


async def test_a_shot_that_cannot_be_drawn_says_why(watched: Watched) -> None:
    remote = await watched.submit(SHORT.model_copy(update={"first_frame": "1" * 64}))  # there is no such picture

    sighting = await watched.seen(remote, ended)

    assert sighting.state is GenerationState.FAILED
    assert "1111" in str(sighting.error)


async def test_what_is_not_wanted_any_more_is_swept(watched: Watched) -> None:
    wanted, unwanted = await watched.submit(SHORT), await watched.submit(SHORT, OTHER)
    for remote in (wanted, unwanted):
        await watched.seen(remote, ended)
    (watched.work / wanted / ".clip.123.part.mp4").touch()

    await watched.provider.sweep(frozenset({wanted}))

    assert sorted(path.name for path in watched.work.rglob("*")) == sorted([wanted, "clip.mp4", "job.json"])
    await watched.provider.release(wanted)
    assert list(watched.work.iterdir()) == []
    with pytest.raises(OutputExpired):
        _ = [chunk async for chunk in watched.provider.fetch(str(watched.work / wanted / CLIP))]


async def test_the_registry_opens_it_by_its_name(tmp_path: Path) -> None:
    kit = a_kit(tmp_path)
    provider = open_provider("animatic", kit)

    assert provider.name == "animatic"
    assert isinstance(provider, Embedded)
    assert remote_id(KEY) != remote_id(OTHER)


def children() -> set[int]:
    """The processes that this one started."""
    listed = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    return {int(child) for child in listed.read_text(encoding="ascii").split()}
