"""`film_status`: how a film stands, at once or once it has ended; who waits takes it up where nobody works on it."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Annotated, ClassVar

from pydantic import Field

from storyreel.domain.advice import recalled
from storyreel.domain.errors import StoryreelError
from storyreel.domain.film import Film, ShotReport
from storyreel.domain.generation import GenerationState, Take
from storyreel.domain.values import JSON, Value
from storyreel.tools.asking import ONE_OF
from storyreel.tools.context import Context
from storyreel.tools.dialog import Choice, Dialog, Step
from storyreel.tools.film_tool import FilmResult, waited
from storyreel.tools.spec import ToolSpec
from storyreel.tools.tool import Tool

LONGEST_WAIT_S = 3600
SHOWN = 8  # films that a dialog offers

FilmName = Annotated[
    str, Field(min_length=1, max_length=200, description="The film's id, as the tool that made it told, or its beginning.")
]
ShotName = Annotated[
    str,
    Field(
        min_length=1,
        max_length=100,
        coerce_numbers_to_str=True,  # film_status tells a number
        description='The shot: its number, counted from 1, or its id "s03".',
    ),
]


class StatusArguments(Value):
    """What `film_status` is given."""

    film: FilmName
    wait_s: Annotated[
        float, Field(ge=0, le=LONGEST_WAIT_S, description="Seconds to wait for its end at most, 0 to 3600; 0 answers at once.")
    ] = 0


class ShotStatus(Value):
    """A shot of a film, as it stands."""

    shot: int  # counted from 1
    id: str
    what: str
    state: GenerationState
    model: str
    seconds: float
    take: Annotated[int | None, Field(description="The number of the take that it uses.")]
    takes: Annotated[tuple[int, ...], Field(description="The takes that it may use: choose_take chooses one.")]
    locked: Annotated[bool, Field(description="Whether it keeps its take whatever changes.")]
    error: str | None


class StatusResult(Value):
    """A film and its shots, as they stand."""

    film: FilmResult
    shots: tuple[ShotStatus, ...]


async def films(_answers: Mapping[str, JSON], context: Context) -> tuple[Choice, ...]:
    """The films that the caller may see, newest first."""
    return tuple(map(_choice, await context.studio.films(SHOWN, user=context.whose)))


def _choice(film: Film) -> Choice:
    return Choice(label=film.title, value=film.id, hint=film.state.value.replace("_", " "))


class FilmStatusTool(Tool[StatusArguments, StatusResult]):
    """How a film stands."""

    spec: ClassVar = ToolSpec(
        id="status",
        name="film_status",
        title="See how a film stands",
        description=(
            "Tells how a film and each of its shots and takes stand, what was paid so far and where its file is. With `wait_s` "
            "it waits for the film's end first; a film that failed is told with its error and what to do."
        ),
        arguments=StatusArguments,
        result=StatusResult,
        timeout_s=LONGEST_WAIT_S + 60,
        read_only=True,
    )

    dialog: ClassVar = Dialog(
        menu_label="My films",
        action="See how a film stands",
        commands={"status": "See how a film stands"},
        steps=(Step(field="film", ask="Which film?", hint="Choose a film.", accepts=ONE_OF, choices=films),),
    )

    async def run(self, args: StatusArguments, context: Context) -> StatusResult:
        """The film as it stands, or stands then."""
        film = await context.film(args.film)
        if args.wait_s and not film.state.ended:
            with suppress(TimeoutError, StoryreelError):  # what ended the film is told as its error
                async with asyncio.timeout(args.wait_s):
                    await waited(film.id, context)
            film = await context.film(film.id)
        studio = context.studio
        shots, made, locked = await studio.shots(film), await studio.takes(film), await studio.locked(film)
        told = tuple(_shot(shot, made.get(shot.id, ()), context, locked=shot.id in locked) for shot in shots)
        return StatusResult(film=FilmResult.of(film, context), shots=told)


def _shot(shot: ShotReport, made: tuple[Take, ...], context: Context, *, locked: bool) -> ShotStatus:
    take = shot.take
    return ShotStatus(
        shot=shot.index,
        id=shot.id,
        what=shot.text,
        state=shot.state,
        model=shot.model,
        seconds=shot.seconds,
        take=take.number if take else None,
        takes=tuple(one.number for one in made if one.state is GenerationState.READY),
        locked=locked,
        error=recalled(take.error, take.film).worded(context.words) if take and take.error else None,
    )
