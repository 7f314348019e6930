"""Processes that make one film each, to be killed: `python -m tests.production.victim`.

It loads everything once and then forks a life for each line of JSON that it reads (home, output, joins, workers, log, pipe,
whether what draws is forked as well), and answers with its process id; a life is the leader of its own group. It begins the
film, or goes on with it, tells each new fact's kind through the pipe, and logs what its provider saw.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from storyreel.catalog.load import load_catalogue
from storyreel.domain.errors import UnknownFilm
from storyreel.domain.film import Film, FilmState, Joins, Order
from storyreel.domain.generation import RemoteId, Sighting
from storyreel.domain.storyboard import Pose, Scene, Shot, ShotSize, Storyboard, Subject
from storyreel.domain.values import Size
from storyreel.library import events, films
from storyreel.production.line import Line
from storyreel.production.opening import open_line
from storyreel.providers.animatic import pool
from storyreel.providers.animatic.provider import Animatic
from storyreel.providers.port import Kit, Provider
from tests import drawers

FILM = "ships-0001"
SIZES = (ShotSize.WIDE, ShotSize.MEDIUM, ShotSize.CLOSE_UP, ShotSize.DETAIL)
LOADED = (
    *drawers.LOADED,
    "dbos._sys_db_sqlite",
    "numpy.fft",
    "storyreel.media.check",
    "storyreel.media.copied_voice",
    "storyreel.media.join",
    "storyreel.media.packetwise",
    "storyreel.media.pictures",
    "storyreel.media.sheet",
    "storyreel.production.engine_dbos",
    "storyreel.providers.animatic.worker",
    "storyreel.writing.labels",
)


class Logged(Animatic):
    """The animatic, with a log that outlives it: the state and the job of every look, a line each."""

    def __init__(self, kit: Kit, log: Path) -> None:
        super().__init__(kit)
        self._log = log.open("a", buffering=1, encoding="ascii")

    async def look(self, remote: RemoteId) -> Sighting:
        sighting = await super().look(remote)
        self._log.write(f"{sighting.state} {remote}\n")
        return sighting


def film(output: Path, joins: Joins) -> Film:
    """Two scenes of two small shots that are quickly drawn."""
    keeper = Subject(name="the keeper", concept="lighthouse_keeper", pose=Pose.WALK)
    shots = [
        Shot(id=f"s{number}", beat="b", description=f"The keeper walks, {size}.", size=size, seconds=0.5, subjects=(keeper,))
        for number, size in enumerate(SIZES, start=1)
    ]
    scenes = tuple(
        Scene(id=f"scene{index}", heading="The coast", location="coast", shots=tuple(shots[2 * index : 2 * index + 2]))
        for index in range(2)
    )
    board = Storyboard(title="Ships", scenes=scenes)
    order = Order(model="animatic@animatic", size=Size(width_px=160, height_px=90), joins=joins, output=output)
    return Film(id=FILM, title="Ships", state=FilmState.QUEUED, storyboard=board, order=order, created=datetime.now(UTC))


async def begin_or_go_on(line: Line, wanted: Film) -> None:
    try:
        await line.database.read(films.film, FILM)
    except UnknownFilm:
        await line.produce(wanted)
    else:
        await line.resume(FILM)


async def live(home: Path, output: Path, joins: Joins, workers: int, log: Path, tell: Callable[[str], object]) -> None:
    """Make the film to its end, or until killed."""

    def opener(name: str, kit: Kit) -> Provider:
        assert name == "animatic"
        return Logged(kit, log)

    async with await open_line(home, catalogue=load_catalogue(), workers=workers, opener=opener) as line:
        line.warm([shot.seconds for shot in film(output, joins).storyboard.shots])
        before = await line.database.read(events.latest)
        await begin_or_go_on(line, film(output, joins))
        async for event in line.follow(FILM, before):
            if event.number:
                tell(f"{event.fact.kind}\n")
        tell(f"{(await line.wait(FILM)).state}\n")


def fork_what_draws() -> None:
    """Beside this life, in its group: what it starts to draw need not be loaded first."""
    family, ours = os.pipe()
    name = f"storyreel-draw-{os.getpid()}"
    mother = drawers.Mother(name, family)
    if not os.fork():
        os.close(ours)
        mother.run()
        os._exit(0)
    os.close(family)
    pool.WORKER = drawers.command(name)


def fork_a_life(home: str, output: str, joins: str, workers: str, log: str, pipe: str, forked: bool) -> int:
    """The process id of a new life."""
    if child := os.fork():
        return child
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    if forked:
        fork_what_draws()
    with Path(pipe).open("w", buffering=1, encoding="ascii") as told:
        asyncio.run(live(Path(home), Path(output), Joins(joins), int(workers), Path(log), told.write))
    os._exit(0)


def main() -> None:
    for name in LOADED:
        import_module(name)
    load_catalogue()  # the packaged one is then known to every life
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead need no burial
    for order in sys.stdin:
        sys.stdout.write(f"{fork_a_life(*json.loads(order))}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
