"""What `read` does, and `make` with reference pictures: what they show, the prompt for it, and the film."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from storyreel.doors.cli.filming import produce
from storyreel.doors.cli.render import say_writer
from storyreel.doors.cli.screen import Screen
from storyreel.doors.languages.known import known_or
from storyreel.orders import FilmWishes, ReadingWishes

if TYPE_CHECKING:
    from storyreel.studio import Studio
    from storyreel.writing.references import Reading


async def say_reading(studio: "Studio", screen: Screen, pictures: Sequence[str], wishes: ReadingWishes) -> None:
    """Print what reference pictures show, and the prompt."""
    reading = await studio.read(pictures, **wishes)
    screen.answer(reading.model_dump(mode="json"))
    _say(screen, reading)
    say_writer(screen, reading.spent)
    told = " ".join(f"--reference {picture}" for picture in pictures)
    model = f" --model {named}" if (named := wishes.get("model")) else ""
    again = f"storyreel make {told} --use-case {reading.use_case}{model} --prompt '...'"
    screen.say(screen.said("Next"), f"{screen.said('edit the prompt, then:')}  {again}")


async def film_references(
    studio: "Studio",
    screen: Screen,
    pictures: Sequence[str],
    reading: ReadingWishes,
    wishes: FilmWishes,
    prompt: str,
    *,
    yes: bool,
) -> int:
    """Read reference pictures and make the film that they ask for; the exit code that its end stands for."""
    from storyreel.writing.llm import Written

    found = await studio.read(pictures, **reading)
    _say(screen, found)
    board = studio.board_of(found, prompt, **wishes)
    written = Written(storyboard=board, warnings=found.warnings, spent=found.spent)
    return await produce(studio, screen, written, wishes, yes=yes)


def _say(screen: Screen, reading: "Reading") -> None:
    said = screen.said
    for note in reading.pictures:
        screen.say(said("Picture {number}", number=note.number), note.words)
    if reading.motion is not None:
        screen.say(said("Motion"), reading.motion.words)
    for warning in reading.warnings:
        what, helps = (known_or(part, said.language) for part in (warning.message, warning.remedy))
        screen.say(said("Note"), said("{what} {helps}", what=what, helps=helps))
    screen.say(said("Scene"), reading.description)
    screen.say(said("Prompt"), reading.prompt)
