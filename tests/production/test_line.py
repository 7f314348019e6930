"""Films through the line, with a provider that keeps a log. Requirements F2 and B8."""

import asyncio
import sqlite3
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image

from storyreel.domain.events import Event
from storyreel.domain.film import Film, FilmState, Joins
from storyreel.domain.generation import GenerationState, Take
from storyreel.domain.storyboard import JoinKind, Storyboard
from storyreel.domain.values import Digest
from storyreel.library import films, takes
from storyreel.media.frames import last_frame
from storyreel.production.line import Line
from storyreel.production.report import shot_reports
from tests.production.conftest import board, film_of, line_of, until
from tests.production.scripted import Cloud


async def made(
    line: Line, storyboard: Storyboard, id: str = "ships-0001", *, output: Path | None = None, joins: Joins = Joins.AUTO
) -> Film:
    await line.produce(film_of(storyboard, id, output=output, joins=joins))
    return await line.wait(id)


async def events_of(line: Line, id: str = "ships-0001") -> list[Event]:
    return [event async for event in line.follow(id) if event.number]


async def takes_of(line: Line, id: str = "ships-0001") -> dict[str, Take]:
    return {take.shot: take for take in await line.database.read(takes.takes_of, id)}


async def test_a_storyboard_comes_out_as_a_film_where_it_was_asked(line: Line, cloud: Cloud, tmp_path: Path) -> None:
    output = tmp_path / "out" / "film.mp4"

    film = await made(line, board(2, 1), output=output)

    assert (film.state, film.error, film.delivered, film.seconds) == (FilmState.READY, None, output, 1.5)
    assert cloud.paid == 3
    files = sorted(str(path.relative_to(output.parent)) for path in output.parent.rglob("*") if path.is_file())
    clips = [f"takes/shot-0{number}-take-1.mp4" for number in (1, 2, 3)]
    assert files == ["film.mp4", "sheet.jpg", "storyboard.yaml", *clips]


async def test_what_happens_is_told_in_order_and_from_any_number_on(line: Line) -> None:
    await made(line, board(1))

    told = await events_of(line)

    expected = "film.queued film.started take.queued take.sent take.ready take.selected cut.started film.ready"
    assert [event.fact.kind for event in told] == expected.split()
    assert [event async for event in line.follow("ships-0001", told[4].number)] == told[5:]


async def test_progress_is_told_while_a_take_is_made(line: Line, cloud: Cloud) -> None:
    cloud.looks_until_ready = 2
    await line.produce(film_of(board(1)))

    told = [event async for event in line.follow("ships-0001")]

    progress = [event.fact.progress for event in told if event.fact.kind == "take.progressed"]
    assert progress
    assert all(event.number == 0 for event in told if event.fact.kind == "take.progressed")


@pytest.mark.journey
async def test_shots_of_a_chained_film_begin_on_the_exact_last_frame_of_the_one_before(line: Line) -> None:
    await made(line, board(2, 2), joins=Joins.CHAIN)

    take = await takes_of(line)

    assert take["s2"].request.first_frame == take["s1"].last_frame is not None
    assert take["s3"].request.first_frame == take["s2"].last_frame  # over a new scene too: a chain was asked for
    assert take["s4"].request.first_frame == take["s3"].last_frame
    clip, frame = take["s1"].output, take["s1"].last_frame
    assert clip
    assert frame
    assert Image.open(line.blobs.path(frame)).tobytes() == last_frame(line.blobs.path(clip)).tobytes()


@pytest.mark.journey
@pytest.mark.parametrize(("joins", "follows"), [(Joins.AUTO, True), (Joins.CUTS, False)])
async def test_the_storyboards_own_joins_are_kept_unless_cuts_are_asked(line: Line, joins: Joins, follows: bool) -> None:
    await made(line, board(1, 2, joins={2: JoinKind.CHAIN, 3: JoinKind.DISSOLVE}), joins=joins)

    take = await takes_of(line)

    assert (take["s2"].request.first_frame == take["s1"].last_frame) is follows
    assert take["s3"].request.first_frame is None


async def output_of(line: Line, film: str, shot: str) -> Digest | None:
    """What the selected take of a shot, or of a frame, came to."""
    chosen = await line.database.read(takes.selections, film)
    return (await line.database.read(takes.take, chosen[shot])).output


@pytest.mark.journey
async def test_with_keyframes_the_frames_are_drawn_one_by_one_and_then_every_shot_begins_and_ends_on_its_own(
    line: Line, cloud: Cloud, tmp_path: Path
) -> None:
    output = tmp_path / "out" / "film.mp4"

    film = await made(line, board(3, 1), joins=Joins.KEYFRAMES, output=output)

    assert film.state is FilmState.READY
    assert sorted(path.name for path in (output.parent / "keyframes").iterdir()) == [
        f"shot-0{number}.png" for number in (1, 2, 3, 4)
    ]
    asked = {key.shot: request for key, request in cloud.jobs.values()}
    frames = {shot: await output_of(line, film.id, f"{shot}:keyframe") for shot in ("s1", "s2", "s3", "s4")}
    assert [asked[f"{shot}:keyframe"].references for shot in frames] == [(), (frames["s1"],), (frames["s2"],), (frames["s3"],)]
    assert [asked[shot].first_frame for shot in frames] == list(frames.values())
    assert [asked[shot].last_frame for shot in frames] == [frames["s2"], frames["s3"], None, None]
    assert [key.shot for key, _ in cloud.jobs.values()][:4] == [f"{shot}:keyframe" for shot in frames]


async def test_a_kept_film_whose_shot_is_called_as_none_may_be_any_more_has_its_keyframes(line: Line) -> None:
    kept = board(1).scenes[0].shots[0].model_copy(update={"id": "act:1"})
    scene = board(1).scenes[0].model_copy(update={"shots": (kept,)})

    film = await made(line, board(1).model_copy(update={"scenes": (scene,)}), joins=Joins.KEYFRAMES)

    assert (film.state, film.error) == (FilmState.READY, None)


@pytest.mark.journey
async def test_an_equal_take_is_used_again_and_not_made_again(line: Line, cloud: Cloud) -> None:
    await made(line, board(2))
    await made(line, board(2), "ships-0002")

    reused = [event.fact.reused for event in await events_of(line, "ships-0002") if event.fact.kind == "take.ready"]
    assert reused == [True, True]
    assert cloud.paid == 2


async def test_a_broken_download_is_fetched_again_and_not_made_again(line: Line, cloud: Cloud) -> None:
    cloud.broken_downloads = 2

    film = await made(line, board(1))

    assert film.state is FilmState.READY
    assert (cloud.paid, cloud.fetches) == (1, 3)


async def test_a_download_that_stays_broken_fails_the_film(line: Line, cloud: Cloud) -> None:
    cloud.broken_downloads = 100

    film = await made(line, board(1))

    assert (film.state, film.error_code, cloud.paid) == (FilmState.FAILED, "output_broken", 1)


async def test_a_failed_shot_fails_the_film_and_resume_makes_only_that_one(line: Line, cloud: Cloud) -> None:
    cloud.fails["s2"] = "the moderator says no"
    film = await made(line, board(3))
    assert (film.state, film.error_code) == (FilmState.FAILED, "content_rejected")
    assert film.error is not None
    assert film.error.startswith(
        "Shot 2 was refused (its prompt, or what came of it): animatic refused the request: the moderator says no. "
    )
    cloud.fails.clear()

    await line.resume("ships-0001")
    film = await line.wait("ships-0001")

    assert film.state is FilmState.READY
    assert Counter(key.split("/")[1] for key in cloud.submits) == {"s1": 1, "s2": 2, "s3": 1}


@pytest.mark.journey
async def test_a_cancelled_film_ends_tidily_and_can_go_on_later(line: Line, cloud: Cloud) -> None:
    cloud.looks_until_ready = 1_000_000
    await line.produce(film_of(board(2)))
    async for event in line.follow("ships-0001"):
        if event.fact.kind == "take.sent":
            await line.cancel("ships-0001")

    film = await line.database.read(films.film, "ships-0001")
    assert film.state is FilmState.CANCELLED
    assert {take.state for take in (await takes_of(line)).values()} == {GenerationState.CANCELLED}
    assert set(cloud.cancelled) == set(cloud.jobs)

    cloud.looks_until_ready = 0
    await line.resume("ships-0001")
    assert (await line.wait("ships-0001")).state is FilmState.READY


async def test_a_film_that_is_resumed_while_it_is_being_ended_goes_on_once_it_has(line: Line, cloud: Cloud) -> None:
    cloud.looks_until_ready = 1_000_000
    await line.produce(film_of(board(2)))
    async for event in line.follow("ships-0001"):
        if event.fact.kind == "take.sent":
            break
    await line.cancel("ships-0001")
    cloud.looks_until_ready = 0
    resumed = await line.resume("ships-0001")

    assert resumed.state in {FilmState.QUEUED, FilmState.PRODUCING}
    assert (await line.wait("ships-0001")).state is FilmState.READY


@pytest.mark.journey
async def test_a_film_that_cannot_be_delivered_is_kept_and_resume_delivers_it(line: Line, cloud: Cloud, tmp_path: Path) -> None:
    output = tmp_path / "out" / "film.mp4"
    output.parent.write_text("a file where the folder should be")
    film = await made(line, board(2), output=output)
    assert (film.state, film.error_code) == (FilmState.FAILED, "output_unwritable")
    output.parent.unlink()

    await line.resume("ships-0001")
    film = await line.wait("ships-0001")

    assert (film.state, film.delivered, cloud.paid) == (FilmState.READY, output, 2)


@pytest.mark.journey
async def test_a_delivery_that_breaks_off_leaves_nothing_new(line: Line, tmp_path: Path) -> None:
    in_the_way = tmp_path / "out" / "sheet.jpg" / "a folder"
    in_the_way.mkdir(parents=True)

    film = await made(line, board(2), output=tmp_path / "out" / "film.mp4")

    assert (film.state, film.error_code) == (FilmState.FAILED, "output_unwritable")
    assert sorted((tmp_path / "out").rglob("*")) == [in_the_way.parent, in_the_way]


@pytest.mark.journey
async def test_a_film_of_the_same_name_from_before_is_replaced(line: Line, tmp_path: Path) -> None:
    output = tmp_path / "ships.mp4"
    await made(line, board(2), output=output)
    (tmp_path / "ships" / "takes" / "mine.mp4").touch()
    before = output.read_bytes()

    await made(line, board(1), "ships-0002", output=output)

    assert output.read_bytes() != before
    there = sorted(path.name for path in (tmp_path / "ships").rglob("*.mp4"))
    assert there == ["mine.mp4", "shot-01-take-1.mp4"]
    assert sorted(path.name for path in (tmp_path / "ships").glob("*.yaml")) == ["storyboard-1.yaml", "storyboard.yaml"]


@pytest.mark.journey
async def test_a_storyboard_file_that_tells_the_same_keeps_its_comments(line: Line, tmp_path: Path) -> None:
    storyboard = tmp_path / "storyboard.yaml"
    await made(line, board(1), output=tmp_path / "film.mp4")
    storyboard.write_text("# mine\n" + storyboard.read_text())

    await made(line, board(1), "ships-0002", output=tmp_path / "film.mp4")
    assert storyboard.read_text().startswith("# mine")
    await made(line, board(2), "ships-0003", output=tmp_path / "film.mp4")
    assert not storyboard.read_text().startswith("# mine")
    assert (tmp_path / "storyboard-1.yaml").read_text().startswith("# mine")  # what a person wrote is theirs


@pytest.mark.journey
async def test_a_storyboard_of_a_persons_is_where_it_was_after_a_delivery_that_breaks_off(line: Line, tmp_path: Path) -> None:
    storyboard = tmp_path / "storyboard.yaml"
    await made(line, board(1), output=tmp_path / "film.mp4")
    storyboard.write_text("# mine, and of another film\n")
    (tmp_path / "sheet.jpg").unlink()
    (tmp_path / "sheet.jpg" / "in the way").mkdir(parents=True)

    film = await made(line, board(2), "ships-0002", output=tmp_path / "film.mp4")

    assert (film.state, film.error_code) == (FilmState.FAILED, "output_unwritable")
    assert storyboard.read_text() == "# mine, and of another film\n"
    assert not (tmp_path / "storyboard-1.yaml").exists()


async def test_the_first_shot_begins_on_the_picture_of_the_order(line: Line) -> None:
    film = film_of(board(2))
    await line.produce(film.model_copy(update={"order": film.order.model_copy(update={"first_frame": "a" * 64})}))
    await line.wait(film.id)

    take = await takes_of(line)

    assert (take["s1"].request.first_frame, take["s2"].request.first_frame) == ("a" * 64, None)


@pytest.mark.journey
async def test_what_a_closed_line_left_goes_on_when_it_is_wanted_again(home: Path, cloud: Cloud) -> None:
    cloud.looks_until_ready = 1_000_000
    async with await line_of(home, cloud) as line:
        await line.produce(film_of(board(2)))
        await until(lambda: len(cloud.jobs) == 2)
    cloud.looks_until_ready = 0

    async with await line_of(home, cloud) as line:
        assert [film.id for film in await line.unfinished()] == ["ships-0001"]
        await line.resume("ships-0001")
        film = await line.wait("ships-0001")

    assert (film.state, cloud.paid) == (FilmState.READY, 2)


@pytest.mark.journey
async def test_shots_are_reported_with_their_takes_and_delivered_clips(line: Line, tmp_path: Path) -> None:
    film = await made(line, board(2), output=tmp_path / "film.mp4")

    reports = await line.database.read(shot_reports, film)

    assert [(report.index, report.id, report.model, report.state) for report in reports] == [
        (1, "s1", "animatic", GenerationState.READY),
        (2, "s2", "animatic", GenerationState.READY),
    ]
    assert all(report.path and report.path.exists() for report in reports)


def nearly_full(path: Path) -> SimpleNamespace:
    """As `shutil.disk_usage`, of a disk without room."""
    assert path.exists()
    return SimpleNamespace(total=1 << 30, used=1 << 30, free=4096)


async def test_a_disk_that_fills_while_a_film_is_made_is_told_and_the_film_goes_on_later(
    line: Line, cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    cloud.held_looks = asyncio.Event()
    await line.produce(film_of(board(1)))
    await until(lambda: bool(cloud.submits))
    with monkeypatch.context() as full:
        full.setattr("shutil.disk_usage", nearly_full)
        stopped = await line.wait("ships-0001")
    cloud.held_looks.set()

    assert (stopped.state, stopped.error_code) == (FilmState.FAILED, "store_unusable")
    assert "the disk is full" in (stopped.error or "")
    await line.resume("ships-0001")
    assert (await line.wait("ships-0001")).state is FilmState.READY
    assert cloud.paid == 1


async def test_a_line_that_works_for_others_goes_on_once_its_home_can_be_used_again(
    home: Path, cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storyreel.production.opening.PATIENCE_S", 0.1)  # with a database that another program holds
    working, stop = await line_of(home, cloud), asyncio.Event()
    monkeypatch.undo()
    async with working, await line_of(home, cloud) as other:
        work = asyncio.create_task(working.work(stop))
        await until(lambda: working.owned)
        held = sqlite3.connect(working.home.database_path, isolation_level=None)
        await other.database.write(films.insert_film, film_of(board(1)))
        held.execute("BEGIN IMMEDIATE")
        await until(lambda: not working.owned)
        held.execute("ROLLBACK")
        held.close()
        async for event in other.follow("ships-0001"):
            if event.fact.kind == "film.ready":
                break
        stop.set()
        await work

    assert cloud.paid == 1
