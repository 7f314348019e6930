"""The animatic: an 8 s shot at 1280x720 drawn and encoded, and a film of four such shots. Prints two JSON lines."""

import asyncio
import json
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from storyreel.domain.generation import Request
from storyreel.domain.storyboard import (
    Direction,
    Facing,
    Light,
    LightSource,
    Location,
    Mood,
    Move,
    Pose,
    Position,
    Shot,
    ShotSize,
    Subject,
    TimeOfDay,
    Weather,
)
from storyreel.domain.values import Size
from storyreel.providers.animatic.job import Job, write_job
from storyreel.providers.animatic.pool import Answer, DrawingPool

SHOT_GOAL_S, FILM_GOAL_S = 3.0, 12.0
RUNS, CORES = 3, 2
SIZE = Size(width_px=1280, height_px=720)
KEEPER = Subject(name="the keeper", concept="keeper", position=Position.RIGHT, facing=Facing.LEFT, holds="lantern")
LIGHTHOUSE = Subject(name="the lighthouse", concept="lighthouse", position=Position.LEFT)
SHIP = Subject(name="a ship", concept="ship", position=Position.BACKGROUND)
SUN = Light(source=LightSource.SUN, direction=Direction.RIGHT)


def shots() -> tuple[tuple[Shot, str], ...]:
    """Four shots and their places: a lighthouse pushed in on, a street in rain, a walk through a forest, a room at night."""
    woman = Subject(name="a woman", concept="woman", pose=Pose.WALK, position=Position.LEFT)
    sitting = Subject(name="a woman", concept="woman", pose=Pose.SIT, position=Position.RIGHT, facing=Facing.LEFT)
    return (
        (_shot("1", (LIGHTHOUSE, KEEPER, SHIP), TimeOfDay.DAWN, Weather.CLEAR, Move.PUSH_IN), "sea_shore"),
        (_shot("2", (woman,), TimeOfDay.DUSK, Weather.RAIN, Move.TRACK_RIGHT), "city_street"),
        (_shot("3", (Subject(name="a fox", concept="fox", pose=Pose.WALK),), TimeOfDay.DAY, Weather.FOG, Move.STATIC), "forest"),
        (_shot("4", (sitting,), TimeOfDay.NIGHT, Weather.CLEAR, Move.PULL_OUT), "room"),
    )


def _shot(id: str, subjects: tuple[Subject, ...], time_of_day: TimeOfDay, weather: Weather, move: Move) -> Shot:
    return Shot(
        id=id,
        beat=id,
        description="A shot.",
        subjects=subjects,
        time_of_day=time_of_day,
        weather=weather,
        light=SUN,
        mood=Mood.WONDER,
        size=ShotSize.WIDE,
        move=move,
        seconds=8.0,
    )


class Drawing:
    """Draws jobs as `storyreel make` does: in processes of their own, one a core at most."""

    def __init__(self, folder: Path, cores: int) -> None:
        self._folder, self._ended = folder, asyncio.Queue[Path]()
        self.pool = DrawingPool(cores, self._heard)

    async def produce(self, *numbers: int) -> float:
        """Draw and encode these shots; the seconds that it took."""
        began = time.perf_counter()
        for number in numbers:
            shot, place = shots()[number]
            location = Location(id="l", name=place, place=place)
            request = Request(prompt=shot.description, seconds=shot.seconds, size=SIZE, shot=shot, location=location)
            job, folder = Job(key=str(number), request=request), self._folder / str(number)
            write_job(folder, job)
            self.pool.draw(folder, job)
        for _ in numbers:
            await self._ended.get()
        return time.perf_counter() - began

    def _heard(self, folder: Path, answer: Answer) -> None:
        if "failed" in answer:
            raise SystemExit(f"shot {folder.name} was not drawn: {answer}")
        if "done" in answer:
            self._ended.put_nowait(folder)


def _line(name: str, ours_s: float, goal_s: float) -> str:
    ratio = round(goal_s / ours_s, 2)
    return json.dumps(
        {"name": name, "ours": round(ours_s, 3), "theirs": goal_s, "ratio": ratio, "goal": 1.0, "met": ratio >= 1.0}
    )


async def _measured() -> tuple[float, float]:
    """The shot, the median of three, and the film; both after shots that warm the caches."""
    with TemporaryDirectory() as folder:
        drawing = Drawing(Path(folder), CORES)
        try:
            await drawing.produce(0, 1)
            times = sorted([await drawing.produce(0) for _ in range(RUNS)])
            print(f"one shot: {', '.join(f'{one:.2f}' for one in times)} s", file=sys.stderr)
            film_s = await drawing.produce(*range(4))
            print(f"four shots: {film_s:.2f} s", file=sys.stderr)
        finally:
            await drawing.pool.close()
    return times[RUNS // 2], film_s


def main() -> None:
    """Measure both on two cores."""
    shot_s, film_s = asyncio.run(_measured())
    print(_line("animatic: a film of four 8 s shots, s", film_s, FILM_GOAL_S))
    print(_line("animatic: an 8 s shot at 1280x720, s", shot_s, SHOT_GOAL_S))


if __name__ == "__main__":
    main()
