"""What flows may rely on, by every engine; and what only the durable one does. Requirement F2."""

import asyncio
import sqlite3
import threading
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from pathlib import Path

import pytest
from dbos import DBOS

from storyreel.domain.errors import InvalidRequest, LineBusy, StoreUnusable
from storyreel.domain.values import JSON
from storyreel.production.engine import Engine, Flow, Parked, StepFailed
from storyreel.production.engine_dbos import DbosEngine
from storyreel.production.engine_memory import MemoryEngine
from tests.production.conftest import until

MakeEngine = Callable[[Path], Engine]


class Work:
    """Flows that say what they did, and can be held up."""

    def __init__(self) -> None:
        self.done: list[JSON] = []
        self.ended: asyncio.Queue[JSON] = asyncio.Queue()
        self.gate = asyncio.Event()
        self.gate.set()
        self.waiting = 0
        self.parks: set[JSON] = set()  # what is not waited for in memory
        self.error: Exception | None = None

    async def film(self, flow: Flow, run: str) -> JSON:
        branches = [await flow.child("strand", f"{run}/{name}", name) for name in ("a", "b")]
        ends = [await branch.result() for branch in branches]
        try:
            ends.append(await flow.step("film:x:cut", self.step, "cut"))
        except StepFailed as failure:
            ends.append([failure.code, str(failure)])
        await self.ended.put(ends)
        return ends

    async def strand(self, flow: Flow, name: str) -> JSON:
        await flow.step(f"shot:{name}:submit", self.step, f"{name}1")
        return await flow.step(f"shot:{name}:await", self.held, f"{name}2")

    async def step(self, what: str) -> JSON:
        if self.error:
            raise self.error
        self.done.append(what)
        return what

    async def held(self, what: str) -> JSON:
        self.waiting += 1  # so the step before is in the history
        if what in self.parks:
            raise Parked(str(what))
        await self.gate.wait()
        return await self.step(what)

    def flows(self) -> dict[str, Callable[..., Awaitable[JSON]]]:
        return {"film": self.film, "strand": self.strand}


async def held_up(engine: Engine) -> Work:
    """A film that is begun, both of whose strands wait at the gate after their first step."""
    work = Work()
    work.gate.clear()
    await engine.open(work.flows())
    await engine.start("film", "x/1", "x/1")
    await until(lambda: work.waiting == 2)
    return work


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "engine.db"


@pytest.fixture(autouse=True)
def no_engine_stays_open() -> Generator[None]:
    """One test's failure is not the next one's."""
    yield
    DBOS.destroy(destroy_registry=True)


@pytest.fixture(params=["durable", "in memory"])
async def engine(request: pytest.FixtureRequest, path: Path) -> AsyncGenerator[Engine]:
    made = DbosEngine(path, process="me") if request.param == "durable" else MemoryEngine()
    yield made
    await made.close()


async def test_children_run_side_by_side_and_their_results_come_in_order(engine: Engine) -> None:
    work = Work()
    await engine.open(work.flows())

    await engine.start("film", "x/1", "x/1")

    assert await work.ended.get() == ["a2", "b2", "cut"]
    assert sorted(map(str, work.done)) == ["a1", "a2", "b1", "b2", "cut"]


async def test_a_parked_run_begins_again_once_it_is_woken_and_who_waits_for_it_goes_on(engine: Engine) -> None:
    work = Work()
    work.parks = {"a2", "b2"}
    await engine.open(work.flows())
    await engine.start("film", "x/1", "x/1")
    await until(lambda: work.waiting == 2)

    work.parks = {"a2"}
    engine.wake("a2")  # in vain: it waits again
    engine.wake("b2")
    await until(lambda: "b2" in work.done and work.waiting == 4)
    work.parks.clear()
    engine.wake("a2")

    assert await work.ended.get() == ["a2", "b2", "cut"]
    assert sorted(map(str, work.done)) == ["a1", "a2", "b1", "b2", "cut"]


async def test_what_was_parked_in_a_process_that_is_gone_goes_on_where_it_was(path: Path) -> None:
    work = Work()
    work.parks = {"a2", "b2"}
    first = DbosEngine(path, process="first")
    await first.open(work.flows())
    await first.start("film", "x/1", "x/1")
    await until(lambda: work.waiting == 2)
    await first.close()
    work.parks.clear()

    second = DbosEngine(path, process="second")
    await second.open(work.flows())
    await second.start("film", "x/1", "x/1")

    assert await work.ended.get() == ["a2", "b2", "cut"]
    await second.close()
    assert sorted(map(str, work.done)) == ["a1", "a2", "b1", "b2", "cut"]


async def test_the_same_key_is_the_same_run(engine: Engine) -> None:
    work = Work()
    await engine.open(work.flows())

    assert await engine.start("film", "x/1", "x/1")
    assert await engine.start("film", "x/1", "x/1")
    await work.ended.get()

    assert len(work.done) == 5


async def test_a_run_that_has_ended_is_not_begun_again(engine: Engine) -> None:
    work = Work()
    await engine.open(work.flows())
    await engine.start("strand", "x/1", "x")
    await until(lambda: len(work.done) == 2)
    while await engine.start("strand", "x/1", "x"):  # noqa: ASYNC110  it tells nobody
        await asyncio.sleep(0.01)

    assert len(work.done) == 2


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (InvalidRequest("no such field", field="x"), ["invalid_request", "no such field"]),
        (
            OSError("gone"),
            ["error", "Storyreel itself failed (OSError: gone). `storyreel resume` tries again; please report it."],
        ),
    ],
)
async def test_a_step_that_fails_is_told_by_code_and_message(path: Path, error: Exception, told: list[str]) -> None:
    work = Work()
    work.error = error

    async def film(flow: Flow) -> JSON:
        with pytest.raises(StepFailed) as failed:
            await flow.step("film:x:cut", work.step, "cut")
        await work.ended.put([failed.value.code, str(failed.value)])
        return None

    engine = DbosEngine(path, process="me")
    await engine.open({"film": film, "strand": work.strand})
    await engine.start("film", "x/1")
    assert await work.ended.get() == told
    await engine.close()


async def test_what_a_process_left_goes_on_where_it_was_and_only_when_it_is_wanted(path: Path) -> None:
    first = DbosEngine(path, process="first")
    work = await held_up(first)
    await first.close()
    work.gate.set()

    second = DbosEngine(path, process="second")
    await second.open(work.flows())
    await asyncio.sleep(0.3)
    assert sorted(map(str, work.done)) == ["a1", "b1"]
    await second.start("film", "x/1", "x/1")
    await work.ended.get()
    await second.close()

    assert sorted(map(str, work.done)) == ["a1", "a2", "b1", "b2", "cut"]


async def test_a_run_that_was_queued_again_before_its_children_were_goes_on_with_them(path: Path) -> None:
    first = DbosEngine(path, process="first")
    work = await held_up(first)
    await first.close()
    with sqlite3.connect(path) as database:  # as a second process leaves it that dies while it takes the run up
        database.execute(
            "UPDATE workflow_status SET status = 'ENQUEUED', queue_name = 'film', owner_xid = NULL WHERE workflow_uuid = 'x/1'"
        )
    database.close()
    work.gate.set()

    third = DbosEngine(path, process="third")
    await third.open(work.flows())
    await until(lambda: not left_in(path, "status = 'ENQUEUED'"))
    await third.start("film", "x/1", "x/1")

    assert await work.ended.get() == ["a2", "b2", "cut"]
    await third.close()


async def test_a_run_whose_name_only_begins_alike_is_left_alone(path: Path) -> None:
    work = Work()
    work.gate.clear()
    first = DbosEngine(path, process="first")
    await first.open(work.flows())
    for run in ("x/1", "x/10"):
        await first.start("strand", run, run)
    await until(lambda: work.waiting == 2)
    await first.close()
    work.gate.set()

    second = DbosEngine(path, process="second")
    await second.open(work.flows())
    await second.start("strand", "x/1", "x/1")
    await until(lambda: len(work.done) == 3)
    await asyncio.sleep(0.3)
    await second.close()

    assert work.done[2:] == ["x/12"]


@pytest.mark.parametrize("where", ["in a step", "beside one"])
async def test_what_breaks_off_where_the_place_is_lost_is_nobodys_outcome_and_goes_on_elsewhere(path: Path, where: str) -> None:
    work, torn, holds = Work(), asyncio.Event(), True

    async def film(flow: Flow, run: str) -> JSON:
        if holds or where == "in a step":
            return await work.film(flow, run)
        torn.set()
        raise RuntimeError("cannot schedule new futures after shutdown")

    async def tear(what: str) -> JSON:
        if not holds:
            torn.set()
            raise StoreUnusable(path, "the connection broke off", remedy="Wait.")
        return await work.step(what)

    work.step, step = tear, work.step  # type: ignore[method-assign]
    first = DbosEngine(path, process="first")
    await first.open({"film": film, "strand": work.strand}, lambda: holds)
    holds = False
    await first.start("film", "x/1", "x/1")
    await torn.wait()
    await asyncio.sleep(0.2)  # long enough for an outcome to be kept
    await first.close()

    work.step, holds = step, True  # type: ignore[method-assign]
    second = DbosEngine(path, process="second")
    await second.open({"film": film, "strand": work.strand})
    assert await second.known(["x/1"]) == {"x/1": True}
    assert await second.start("film", "x/1", "x/1")
    async with asyncio.timeout(10):
        assert await work.ended.get() == ["a2", "b2", "cut"]
    await second.close()


async def test_a_run_that_breaks_off_where_the_place_is_lost_is_not_told_as_ended(path: Path) -> None:
    torn = asyncio.Event()

    async def strand(flow: Flow) -> JSON:
        torn.set()
        raise RuntimeError("cannot schedule new futures after shutdown")

    engine = DbosEngine(path, process="me")
    await engine.open({"strand": strand}, lambda: False)
    ended = engine.expect("x/1")
    await engine.start("strand", "x/1")
    await torn.wait()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await ended
    await engine.close()


async def test_history_is_plain_json_in_a_file_with_wal(path: Path) -> None:
    work = Work()
    engine = DbosEngine(path, process="me")
    await engine.open(work.flows())
    await engine.start("film", "x/1", "x/1")
    await work.ended.get()
    await engine.close()

    database = sqlite3.connect(path)
    outputs = database.execute("SELECT output FROM operation_outputs WHERE function_name LIKE '%:%:%'").fetchall()
    kinds = database.execute("SELECT DISTINCT serialization FROM workflow_status").fetchall()
    mode = database.execute("PRAGMA journal_mode").fetchone()
    database.close()
    assert sorted(output for (output,) in outputs) == ['"a1"', '"a2"', '"b1"', '"b2"', '"cut"']
    assert (kinds, mode) == ([("storyreel_json",)], ("wal",))


async def test_the_engine_says_nothing_on_any_stream(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    engine = DbosEngine(path, process="me")
    await engine.open(Work().flows())
    await engine.close()

    assert capfd.readouterr() == ("", "")


async def test_the_loops_own_threads_work_again_after_the_engine(path: Path) -> None:
    engine = DbosEngine(path, process="me")
    await engine.open(Work().flows())
    await engine.close()

    assert await asyncio.to_thread(lambda: 1) == 1


async def test_an_engine_that_does_not_stop_holds_nobody_up(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stuck, destroy = threading.Event(), DBOS.destroy

    def slowly(*, destroy_registry: bool) -> None:
        stuck.wait(60)
        destroy(destroy_registry=destroy_registry)

    engine = DbosEngine(path, process="me")
    await engine.open(Work().flows())
    monkeypatch.setattr(DBOS, "destroy", slowly)
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await engine.close()

    assert time.monotonic() - began < 10
    assert await asyncio.to_thread(lambda: 1) == 1
    stuck.set()
    await until(lambda: all(thread.name != "storyreel-apart" for thread in threading.enumerate()))


async def test_a_second_engine_in_one_process_is_refused_in_a_sentence(path: Path, tmp_path: Path) -> None:
    engine = DbosEngine(path, process="me")
    await engine.open(Work().flows())

    with pytest.raises(LineBusy):
        await DbosEngine(tmp_path / "other.db", process="me").open(Work().flows())
    await engine.close()


async def test_history_that_is_a_day_old_is_forgotten_and_the_rest_is_kept(path: Path) -> None:
    work = Work()
    for run in ("old/1", "new/1"):
        engine = DbosEngine(path, process="me")
        await engine.open(work.flows())
        await engine.start("strand", run, run)
        await until(lambda run=run: f"{run}2" in work.done)
        await until(lambda: not left_in(path, "status = 'PENDING'"))
        await engine.close()
        with sqlite3.connect(path) as database:
            day_ms = 90_000_000
            database.execute(f"UPDATE workflow_status SET completed_at = completed_at - {day_ms} WHERE workflow_uuid LIKE 'old%'")
        database.close()

    engine = DbosEngine(path, process="me")
    await engine.open(work.flows())
    await engine.close()

    assert left_in(path, "1 = 1") == ["new/1"]


def left_in(path: Path, which: str) -> list[str]:
    database = sqlite3.connect(path)
    found = [run for (run,) in database.execute(f"SELECT workflow_uuid FROM workflow_status WHERE {which}")]
    database.close()
    return found


@pytest.fixture
def damaged(path: Path) -> Path:
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 8192)
    return path


async def test_a_damaged_history_is_told_as_what_it_is(damaged: Path) -> None:
    engine = DbosEngine(damaged, process="me")
    with pytest.raises(StoreUnusable, match="damaged"):
        await engine.open({})
    await engine.close()
