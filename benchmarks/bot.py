"""200 people press buttons of `storyreel bot` at once while it makes films: how soon each is answered, and its screen comes.

The bot is a process of its own; Telegram is the stand-in, at its real limits, in this one.
"""

import asyncio
import json
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from storyreel.standins.telegram import Telegram
from storyreel.standins.telegram_person import NotSeen, Person

STORYREEL = str(Path(sys.executable).with_name("storyreel"))
PEOPLE, FILMS, SECONDS = 200, 3, 60.0
THINKS_S = (4.0, 12.0)  # between two presses of one person
GOAL_S = 0.3
STORY = "An old keeper walks to the lighthouse. A storm rises. At dawn a ship answers."
ROUND = ("🎬 A film from text", "← Back", "🖼 Bring a picture to life", "✖️ Cancel", "🧰 Tools", "← Back", "My films", "Menu")
FREE = "Animatic (embedded engine) · free"


async def main() -> int:
    """The exit code."""
    async with Telegram() as telegram:
        with tempfile.TemporaryDirectory() as folder:
            bot = await _bot(telegram, Path(folder))
            try:
                answers, screens, busy = await _pressed(telegram, bot.pid)
            finally:
                bot.terminate()
                await bot.wait()
    return _told(telegram, answers, screens, busy)


async def _bot(telegram: Telegram, home: Path) -> asyncio.subprocess.Process:
    env = {**os.environ, **telegram.environment(telegram.url), "STORYREEL_HOME": str(home), "STORYREEL_BOT_USERS": ""}
    return await asyncio.create_subprocess_exec(STORYREEL, "bot", "--json", env=env, stdout=asyncio.subprocess.DEVNULL)


async def _pressed(telegram: Telegram, pid: int) -> tuple[list[float], list[float], float]:
    """How long each answer and each screen took, in seconds; which part of a core the bot itself took."""
    makers = [telegram.person(f"Maker {number}") for number in range(FILMS)]
    people = [telegram.person(f"Person {number}") for number in range(PEOPLE)]
    answers: list[float] = []
    screens: list[float] = []
    making = [asyncio.create_task(_makes(maker)) for maker in makers]
    await asyncio.gather(*(_begins(person) for person in people))
    await asyncio.gather(*(maker.sees_text("Making it", within_s=120, ever=True) for maker in makers))
    until, before = time.monotonic() + SECONDS, _cpu_s(pid)
    await asyncio.gather(*(_presses(person, number, until, answers, screens) for number, person in enumerate(people)))
    busy = (_cpu_s(pid) - before) / SECONDS
    for task in making:
        task.cancel()
    await asyncio.gather(*making, return_exceptions=True)
    return answers, screens, busy


def _cpu_s(pid: int) -> float:
    """What a process has taken of the CPU itself, without its children."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def _begins(person: Person) -> None:
    person.says("/start")
    await person.sees_button(ROUND[0], within_s=120)


async def _presses(person: Person, number: int, until: float, answers: list[float], screens: list[float]) -> None:
    chance = random.Random(number)
    while True:
        for label in ROUND:
            await asyncio.sleep(chance.uniform(*THINKS_S))
            if time.monotonic() > until:
                return
            began = time.perf_counter()
            press = person.presses(label)
            await person.until(lambda press=press: press.answered is not None or None, "an answer", within_s=30)
            answers.append(time.perf_counter() - began)
            await person.waits_for(lambda seen: bool(seen.labels), "a screen", within_s=60)
            screens.append(time.perf_counter() - began)


async def _makes(person: Person) -> None:
    """A film of three shots, again and again."""
    try:
        person.says("/start")
        for label in (ROUND[0], FREE, "Next →"):
            await person.sees_button(label, within_s=60, ever=True)
            person.presses(label)
        await person.sees_text("Describe the film", within_s=60)
        person.says(STORY)
        await person.sees_text("How long is each shot", within_s=60)
        person.presses("Next →")
        await person.sees_button("✏️ Change the shots", within_s=60)
        while True:
            await person.sees_button("Next →", within_s=60, ever=True)
            person.presses("▶️ A draft, free")
            await person.sees_video(within_s=600)
    except NotSeen as error:
        print(error, file=sys.stderr)


def _told(telegram: Telegram, answers: list[float], screens: list[float], busy: float) -> int:
    answer_99, screen_99 = (statistics.quantiles(times, n=100)[98] for times in (answers, screens))
    print(f"{len(answers)} presses by {PEOPLE} people in {SECONDS:.0f} s beside {FILMS} films, {len(telegram.floods)} floods")
    print(f"answered: p50 {statistics.median(answers) * 1000:.0f} ms, p99 {answer_99 * 1000:.0f} ms")
    print(f"screen:   p50 {statistics.median(screens) * 1000:.0f} ms, p99 {screen_99 * 1000:.0f} ms")
    cores = os.getloadavg()[0] / (os.cpu_count() or 1)
    print(f"the bot itself: {busy:.2f} of a core, {busy * SECONDS / len(answers) * 1000:.0f} ms a press; load {cores:.1f} a core")
    met = answer_99 < GOAL_S and not telegram.floods
    ratio = round(answer_99 / GOAL_S, 2)
    print(json.dumps({"name": "bot", "ours": round(answer_99, 3), "theirs": None, "ratio": ratio, "goal": GOAL_S, "met": met}))
    return int(not met)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
