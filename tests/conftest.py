"""What every test shares: no skip passes in CI; one database server and one object store for all who ask."""

import gc
import os
import re
import shutil
import ssl
from collections.abc import Iterator
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.main import get_command

from tests.compiled import compile_once
from tests.drawers import Drawers
from tests.histories import Histories
from tests.objects import ObjectStore
from tests.postgres import Server

if TYPE_CHECKING:
    from xdist.remote import Producer

    from tests.by_file import ByFile

SKIPPED: list[str] = []
IN_MEMORY = Path("/dev/shm")  # where the machine has such a place
ROOM_BYTES = 4 << 30  # a run writes a tenth of it
ROUNDS = ("engine_dbos.ROUND_S", "hub.ELSEWHERE_S", "runner.PACE_S", "shared_line.ROUND_S", "turns.ELSEWHERE_S")
ALL_JOURNEYS = re.compile(r"^pytestmark = (\[\s*(pytest\.mark\.\w+,\s*)*)?pytest\.mark\.journey\b", re.MULTILINE)
LONG = {"kill", "soak"}  # what marks tests of which one takes as long as hundreds of others
LONG_ONES = re.compile(rf"pytest\.mark\.({'|'.join(LONG)})\b")
MAY_BE_JOURNEYS = re.compile(r"\b(journey|pytestmark)\b")  # in a file, or where its folder's tests are given their marks


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server, started when the first test wants it."""
    server = Server()
    yield server
    server.close()


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Half as many again as there are cores, since many tests wait for a pause to end."""
    if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ:
        return None
    return (3 * len(os.sched_getaffinity(0)) + 1) // 2


def _asked(config: pytest.Config) -> set[str]:
    """The marks of which the command line asks for one or another."""
    return set(str(config.getoption("markexpr")).split(" or "))


def pytest_configure() -> None:
    """Collecting loads and makes what stays, among which to look for garbage takes an eighth of the time."""
    gc.disable()
    os.environ["STORYREEL_LANGUAGE"] = "en"  # whatever the tester's system speaks
    if IN_MEMORY.is_dir() and os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ROOM_BYTES:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))  # films' tests wait a third of their time for a disk


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A file whose tests would all be deselected is not loaded, nor the clients that it needs."""
    if collection_path.suffix != ".py":
        return None
    asked, text = _asked(config), collection_path.read_text()
    if asked <= LONG:
        return None if LONG_ONES.search(text) else True
    if asked == {"journey"}:
        beside = collection_path.with_name("conftest.py")
        said = text + beside.read_text() if beside.is_file() else text
        return None if MAY_BE_JOURNEYS.search(said) else True
    journeys = "not journey" in str(config.getoption("markexpr")) and ALL_JOURNEYS.search(text)
    return True if journeys else None


def pytest_xdist_make_scheduler(config: pytest.Config, log: "Producer") -> "ByFile | None":
    """Files are handed out whole, unless the command line asks for something else, or each test takes long."""
    if config.getoption("dist") != "load" or _asked(config) <= LONG:
        return None
    from tests.by_file import ByFile

    return ByFile(config, log)


@pytest.hookimpl(trylast=True)  # of those that the marks leave
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes minutes begins first, each in a process of its own: xdist begins by giving every process two tests."""
    long = [item for item in items if "soak" in item.keywords]
    short = [item for item in items if "soak" not in item.keywords]
    items[:] = [item for pair in zip_longest(long, short) for item in pair if item]


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What was loaded so far stays: to look through it again and again for garbage takes a tenth of the time."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def commands_built_once() -> Iterator[None]:
    """Typer's runner builds every command anew for each run of one, which takes a hundredth of a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("typer.testing._get_command", cache(get_command))
        yield


@pytest.fixture(scope="session", autouse=True)
def certificates_read_once() -> Iterator[None]:
    """Each client of HTTP reads the system's certificates anew, which takes a fiftieth of a second; none here changes them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", cache(ssl.create_default_context))
        yield


@pytest.fixture(scope="session", autouse=True)
def histories(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """New homes get their engine's tables as a copy."""
    with pytest.MonkeyPatch.context() as patch:
        Histories(tmp_path_factory.mktemp("engine")).copy_for(patch)
        yield


@pytest.fixture(scope="session", autouse=True)
def compiled() -> Iterator[None]:
    """Databases share their compiled statements."""
    with pytest.MonkeyPatch.context() as patch:
        compile_once(patch)
        yield


@pytest.fixture(scope="session", autouse=True)
def short_rounds() -> Iterator[None]:
    """What is looked for now and then is looked for more often: half a second is long for a film of a tenth."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ROUNDS:
            patch.setattr(f"storyreel.production.{name}", 0.1)
        yield


@pytest.fixture(scope="session")
def all_drawers() -> Iterator[Drawers]:
    """What draws for the run's tests, started when the first one wants it."""
    started = Drawers()
    yield started
    started.close()


@pytest.fixture
def drawers(all_drawers: Drawers, monkeypatch: pytest.MonkeyPatch) -> None:
    """Films of this test are drawn by processes that need not be loaded."""
    all_drawers.draw_for(monkeypatch)


@pytest.fixture(scope="session")
def objects() -> Iterator[ObjectStore]:
    """An object store, started when the first test wants it."""
    store = ObjectStore()
    yield store
    store.close()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Notes each skip; with several workers, the reports arrive here too."""
    if report.skipped and not hasattr(report, "wasxfail"):
        SKIPPED.append(report.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped test is a failed run."""
    if SKIPPED and os.environ.get("CI") and not hasattr(session.config, "workerinput"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says which tests were skipped, where that fails the run."""
    if SKIPPED and os.environ.get("CI"):
        terminalreporter.write_line(f"skipped, which CI does not allow: {', '.join(SKIPPED)}")
