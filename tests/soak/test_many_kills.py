"""A hundred films at clouds of all three kinds, with faults, while their worker is killed fifty times, or stands still.

Every film ends; nothing is paid for twice; the ledger equals the clouds' bills; no file is missing and none is left over.
Requirements F2, F3, F10.
"""

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from storyreel.domain.errors import OutputBroken
from storyreel.domain.film import Film, FilmState, Joins, Order
from storyreel.domain.generation import CallState, GenerationState, Repeat
from storyreel.domain.storyboard import Scene, Shot, Storyboard
from storyreel.domain.values import Size
from storyreel.library import films, ledger, takes
from storyreel.library.blobs import Blobs
from storyreel.library.database import Connection, Database
from storyreel.library.home import Home
from storyreel.library.ledger import Call
from storyreel.library.sweep import sweep
from tests.postgres import Server

pytestmark = [pytest.mark.soak, pytest.mark.timeout(540)]

FILMS, SHOTS, KILLS = int(os.environ.get("SOAK_FILMS", "100")), 3, int(os.environ.get("SOAK_KILLS", "50"))
SPEED = 400
SMALL, USUAL = Size(width_px=854, height_px=480), Size(width_px=1280, height_px=720)
MODELS = {
    "kling": ("kling-3@kling", 3.0, USUAL),
    "replicate": ("seedance-1-lite@replicate", 2.0, SMALL),
    "fal": ("seedance-1.5-pro@fal", 4.0, SMALL),
}
"""A model of each kind of provider (key, lookup, none), its shots' seconds, and the least that it makes: all are decoded."""
FAULTS = [
    {"fault": "rate_limited", "on": "create", "probability": 0.03, "retry_after_s": 0.2},
    {"fault": "unavailable", "on": "look", "probability": 0.03},
    {"fault": "reset_before", "on": "create", "probability": 0.02},
    {"fault": "reset_after", "on": "create", "probability": 0.02},
    {"fault": "internal_after", "on": "create", "probability": 0.02},
    {"fault": "truncated", "on": "fetch", "probability": 0.03},
    {"fault": "cut_off", "on": "fetch", "probability": 0.02},
]
OVER = {FilmState.READY, FilmState.NEEDS_ATTENTION}
AGED = timedelta(days=2)  # after which a sweep takes what nothing names
STILLS, STILL_S = 3, 2.5  # longer than the lease of a worker here: those that stand still lose their places
LONGEST_S = 420.0  # for what is left after the last kill; four times what it takes


@dataclass(slots=True)
class Clouds:
    """The clouds of one process, as their JSON tells them."""

    environment: dict[str, str]
    urls: Mapping[str, str]

    def submissions(self, name: str) -> list[dict[str, Any]]:
        """What a cloud was paid for."""
        with urllib.request.urlopen(f"{self.urls[name]}/_standin/submissions", timeout=10) as answer:
            return json.load(answer)


@contextmanager
def clouds(folder: Path) -> Generator[Clouds]:
    """One process with a cloud of each kind, and faults by chance."""
    faults = folder / "faults.json"
    faults.write_text(json.dumps({"*": FAULTS}))
    storyreel = Path(sys.executable).with_name("storyreel")
    command = [storyreel, "standin", "up", *MODELS, "--speed", str(SPEED), "--faults", faults, "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    try:
        told = [json.loads(process.stdout.readline()) for _ in MODELS]
        environment = {name: value for cloud in told for name, value in cloud["env"].items()}
        environment |= {"STORYREEL_TIMEOUT": "3", "STORYREEL_KLING_IN_FLIGHT": "12"}
        yield Clouds(environment, {cloud["name"]: cloud["url"] for cloud in told})
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


@dataclass(slots=True)
class Workers:
    """Forks workers of a home, by a process that has loaded everything, and kills them."""

    module: str
    home: Path
    environment: Mapping[str, str]
    log: Path  # what they tell
    living: list[int] = field(default_factory=list[int])
    _nursery: subprocess.Popen[str] | None = None

    def begin(self) -> None:
        """One more worker."""
        if self._nursery is None:
            command = [sys.executable, "-m", self.module]
            told = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}  # forked threads would be gone
            with self.log.open("ab") as log:
                self._nursery = subprocess.Popen(
                    command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, env=told
                )
        assert self._nursery.stdin
        assert self._nursery.stdout
        self._nursery.stdin.write(json.dumps([str(self.home), dict(self.environment)]) + "\n")
        self._nursery.stdin.flush()
        self.living.append(int(self._nursery.stdout.readline()))

    def kill_one(self, chance: random.Random) -> bool:
        """Kill a worker; False where it had ended."""
        victim = self.living.pop(chance.randrange(len(self.living)))
        if not _lives(victim):
            return False
        while _lives(victim):  # a fork that is not yet the leader of its group is there all the same
            with suppress(ProcessLookupError):
                os.killpg(victim, signal.SIGKILL)
            time.sleep(0.01)
        return True

    def close(self) -> None:
        """Nobody is left."""
        for one in self.living:
            with suppress(ProcessLookupError):
                os.killpg(one, signal.SIGKILL)
        if self._nursery is not None:
            assert self._nursery.stdin
            assert self._nursery.stdout
            self._nursery.stdin.close()
            self._nursery.wait()
            self._nursery.stdout.close()


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def film_of(number: int) -> Film:
    """A film of three shots at one of the three clouds; none may serve for another."""
    model, seconds, size = list(MODELS.values())[number % len(MODELS)]
    shots = tuple(
        Shot(id=f"s{shot}", beat=f"b{shot}", description=f"A ship at sea, {shot}.", seconds=seconds)
        for shot in range(1, SHOTS + 1)
    )
    board = Storyboard(title="Ships", scenes=(Scene(id="sea", heading="SEA", location="sea", shots=shots),))
    order = Order(model=model, joins=Joins.CUTS, sound=False, size=size, cache=False, budget_usd=Decimal(20))
    created = datetime.now(UTC)
    return Film(id=f"ships-{number:04}", title="Ships", state=FilmState.QUEUED, storyboard=board, order=order, created=created)


@pytest.mark.parametrize("where", ["sqlite", "postgres"])
def test_a_hundred_films_survive_fifty_kills(where: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    home = Home(tmp_path / "home").create()
    url, log = home.database_url, tmp_path / "workers.log"
    if where == "postgres":
        server: Server = request.getfixturevalue("postgres")
        url = server.url(server.create())
    with Database.open(url) as database, clouds(tmp_path) as told:
        for number in range(FILMS):
            database.write_now(films.insert_film, film_of(number))
        if where == "postgres":
            shared = {**told.environment, "STORYREEL_DATABASE": url, "STORYREEL_LEASE": "2"}
            workers, many = Workers("tests.production.hands", home.root, shared, log), 3
        else:
            workers, many = Workers("tests.soak.lives", home.root, told.environment, log), 1
        try:
            kill_fifty_times(workers, many, random.Random(where))
            if where == "postgres":
                stand_still(workers, random.Random(where))
            wait_for_the_last(workers, database)
        finally:
            workers.close()
        must_have_ended(database)
        must_be_paid_once(database, told)
        must_hold_every_file(database, home)


def kill_fifty_times(workers: Workers, many: int, chance: random.Random) -> None:
    """Let so many workers work side by side, and kill one at random moments."""
    for _ in range(many):
        workers.begin()
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.2, 2.0) / many)
        assert workers.kill_one(chance), "everything was done before so many were killed"
        workers.begin()


def stand_still(workers: Workers, chance: random.Random) -> None:
    """Now and then all workers stop at once for longer than they may and then go on, as on a machine that is moved."""
    for _ in range(STILLS):
        time.sleep(chance.uniform(1.0, 4.0))
        working = [one for one in workers.living if _lives(one)]
        for one in working:
            os.kill(one, signal.SIGSTOP)
        time.sleep(STILL_S)
        for one in working:
            os.kill(one, signal.SIGCONT)


def wait_for_the_last(workers: Workers, database: Database) -> None:
    """Until every film is over; one that an unreachable cloud stopped is wanted again, as a person would want it."""
    going_on, give_up_at = [state for state in FilmState if state not in OVER], time.monotonic() + LONGEST_S
    while left := database.read_now(films.films, limit=1, states=going_on):
        assert any(_lives(one) for one in workers.living), f"no worker is left; {last_told(workers)}"
        assert time.monotonic() < give_up_at, f"{standing(database, left[0])}; {last_told(workers)}"
        if workers.module == "tests.production.hands":
            for film in database.read_now(films.films, limit=FILMS, states=[FilmState.FAILED]):
                database.write_now(films.resume_film, film.id, datetime.now(UTC))
        time.sleep(0.5)


def standing(database: Database, film: Film) -> str:
    """How far a film has come that does not end."""
    made = [(take.id, take.state) for take in database.read_now(takes.takes_of, film.id)]
    calls = [(str(call.key), call.state, call.process, call.deadline) for call in database.read_now(ledger.calls_of, film.id)]
    return f"{film.id} is {film.state}, by {film.error}: {made}, {calls}"


def last_told(workers: Workers) -> str:
    """The end of what the workers told, so that a failed run says where it stood."""
    lines = workers.log.read_text().splitlines()
    return "\n".join([f"the last of {len(lines)} lines in {workers.log}:", *lines[-20:]])


def must_have_ended(database: Database) -> None:
    """Every film is ready; those of the provider that cannot be asked may wait for a person."""
    for film in database.read_now(films.films, limit=FILMS):
        waits = film.state is FilmState.NEEDS_ATTENTION and film.order.model == MODELS["fal"][0]
        assert film.state is FilmState.READY or waits, (film.id, film.error)


def must_be_paid_once(database: Database, told: Clouds) -> None:
    """Submissions equal shots, and clips that came broken each time; the ledger equals the bills; what is in doubt is held."""

    def every_call(connection: Connection) -> list[Call]:
        return [call for film in films.films(connection, limit=FILMS) for call in ledger.calls_of(connection, film.id)]

    calls = database.read_now(every_call)
    for name in MODELS:
        mine = [call for call in calls if call.provider == name]
        paid = told.submissions(name)
        billed = sum((Decimal(str(one["cost_usd"])) for one in paid), Decimal(0))
        settled = sum((call.cost_usd for call in mine), Decimal(0))
        states = Counter(call.state for call in mine)
        broken = sum(call.error_code == OutputBroken.code for call in mine)  # three fetches by chance: made and paid for again
        told_by = f"{name}: {len(paid)} submissions, {billed} billed, {settled} settled, {dict(states)}"
        assert len({one["id"] for one in paid}) == len(paid), told_by
        if mine[0].repeat is Repeat.NONE:
            in_doubt = [call for call in mine if call.state is CallState.ATTENTION]
            made = states[CallState.DONE] + broken
            assert made <= len(paid) <= made + len(in_doubt), told_by
            assert settled <= billed <= settled + sum((call.reserved_usd for call in in_doubt), Decimal(0))
        else:
            wanted = SHOTS * sum(number % len(MODELS) == list(MODELS).index(name) for number in range(FILMS))
            assert len(paid) == len(mine) == wanted + broken, told_by
            assert states[CallState.DONE] == wanted, told_by
            assert billed == settled


def must_hold_every_file(database: Database, home: Home) -> None:
    """Every clip and film is there; nothing else is, once a sweep has passed."""
    named: set[str] = set()
    for film in database.read_now(films.films, limit=FILMS):
        made = [take for take in database.read_now(takes.takes_of, film.id) if take.state is GenerationState.READY]
        named |= {digest for take in made for digest in (take.output, take.last_frame) if digest}
        named |= {film.output} if film.output else set()
    blobs = Blobs(home.blobs)
    try:
        asyncio.run(sweep(home, database, blobs, now=datetime.now(UTC) + AGED))
        stored = asyncio.run(blobs.stored())
    finally:
        blobs.close()
    kept = {file.digest for file in stored}
    assert kept == named
