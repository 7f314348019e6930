"""What `make`, `animate`, `resume` and `show` do with a studio and a screen."""

import asyncio
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from storyreel.domain.errors import InvalidRequest, StoryreelError
from storyreel.domain.film import Film, FilmState
from storyreel.domain.generation import GenerationState
from storyreel.domain.storyboard import Storyboard
from storyreel.domain.values import JSON
from storyreel.doors.cli.agreeing import agree, planned_object
from storyreel.doors.cli.boards import board_in_file, board_of, read_story, story_told
from storyreel.doors.cli.faults import EXIT_CODES, UNFORESEEN, error_text
from storyreel.doors.cli.findings import say_findings, say_saved
from storyreel.doors.cli.holding import say_waiting
from storyreel.doors.cli.interrupting import all_is_told
from storyreel.doors.cli.naming import file_named, is_board
from storyreel.doors.cli.reasons import cut_object, say_aged, say_cuts, say_takes, shots_changed
from storyreel.doors.cli.remedies import next_steps
from storyreel.doors.cli.render import clock, cost_text, film_object, say_film, say_shots, say_storyboard, say_writer
from storyreel.doors.cli.replacing import kept_beside
from storyreel.doors.cli.screen import Screen
from storyreel.doors.cli.unheard import Unprinted, is_of_the_output
from storyreel.doors.cli.watch import watch
from storyreel.doors.languages.failures import recalled_text
from storyreel.doors.languages.phrases import Phrase
from storyreel.doors.languages.voice import Voice
from storyreel.orders import FilmWishes, must_leave_storyboard, must_make_sense, story_part

if TYPE_CHECKING:
    from storyreel.studio import Studio
    from storyreel.writing.llm import Written


async def make_film(
    studio: "Studio",
    screen: Screen,
    text: str | None,
    script: Path | None,
    board_name: str | None,
    wishes: FilmWishes,
    *,
    yes: bool,
) -> int:
    """Plan, quote, ask where it costs, make, report."""
    must_make_sense(wishes, Path.cwd())
    if board_name is not None:
        if text is not None or script is not None:
            raise InvalidRequest(Phrase("Give a storyboard, or a text, or a script: one of them."), field="storyboard")
        must_leave_storyboard(wishes)
        return await produce(studio, screen, await board_of(studio, board_name), wishes, yes=yes)
    named = file_named(text) if script is None else None
    if named is not None and is_board(named):
        must_leave_storyboard(wishes)
        return await produce(studio, screen, await asyncio.to_thread(board_in_file, named), wishes, yes=yes)
    story = story_told(text, script) if named is None else read_story(None, named)
    if isinstance(story, str):
        story = await studio.write(story, **story_part(wishes))
    else:
        must_leave_storyboard(wishes)
    return await produce(studio, screen, story, wishes, yes=yes)


async def produce(studio: "Studio", screen: Screen, story: "Storyboard | Written", wishes: FilmWishes, *, yes: bool) -> int:
    """Make the film of a storyboard that is settled."""
    plan = await studio.plan_film(board_in(story), **wishes)
    await studio.line()  # a home that cannot be used is told before anything is printed
    said, model = screen.said, plan.order.model.partition("@")[0]
    free = plan.quote.expected_usd == 0 and not plan.at_hand
    maker = said(", made by {model} (free)", model=model) if free else said(", made by {model}", model=model)
    remarks = () if isinstance(story, Storyboard) else story.warnings
    found = dict.fromkeys((*remarks, *studio.lint(plan.storyboard)))
    say_storyboard(screen, plan.storyboard, maker, tuple(found))
    if not isinstance(story, Storyboard):
        say_writer(screen, story.spent)
    agree(screen, plan, yes=yes)
    planned = planned_object(plan)
    settled: FilmWishes = {**wishes, "shots": None, "seconds": None, "length": None}
    film = await studio.start_film(story, **settled)
    return await see_through(studio, screen, film, planned=planned)


def board_in(story: "Storyboard | Written") -> Storyboard:
    """The storyboard, whoever wrote it."""
    return story if isinstance(story, Storyboard) else story.storyboard


async def animate_picture(studio: "Studio", screen: Screen, picture: str, text: str, wishes: FilmWishes, *, yes: bool) -> int:
    """A film of one shot that begins on a picture."""
    plan = await studio.plan_animation(picture, text, **wishes)
    await studio.line()  # as in `produce`
    said, name = screen.said, PurePath(picture.partition("?")[0]).name
    say_storyboard(screen, plan.storyboard, said(", {size}, from {picture}", size=plan.order.size, picture=name))
    agree(screen, plan, yes=yes)
    film = await studio.start_animation(picture, text, **wishes)
    return await see_through(studio, screen, film, planned=planned_object(plan))


async def see_through(
    studio: "Studio",
    screen: Screen,
    film: Film,
    since: datetime | None = None,
    *,
    planned: Mapping[str, JSON] | None = None,
    rest: Sequence[Film] = (),
) -> int:
    """Watch a film to its end, then report it; the exit code that its end stands for. What was before `since` is known.

    `planned` is what a program is told beside it; `rest` as of `watch`.
    """
    try:
        if film.state is FilmState.AWAITING_APPROVAL:
            return await say_waiting(studio, screen, film, planned or {})
        return await _seen_through(studio, screen, film, since, planned or {}, rest)
    except OSError as error:
        if is_of_the_output(error):
            raise Unprinted(error.errno, error.strerror) from error
        raise


async def _seen_through(
    studio: "Studio", screen: Screen, film: Film, since: datetime | None, planned: Mapping[str, JSON], rest: Sequence[Film]
) -> int:
    try:
        ended = await watch(studio, screen, film, since or film.created, rest)
    except StoryreelError as error:
        return await _tell_end(studio, screen, film.id, error, planned)
    runs = await studio.runs(ended)
    unbilled = (await studio.unbilled(ended)).get(ended.id, frozenset())
    shots = await studio.shots(ended)
    all_is_told()
    kept = kept_beside(ended)
    told = {**film_object(ended, shots, runs, unbilled), **planned}
    if kept:
        noted = told.get("notes")
        told["notes"] = [*(noted if isinstance(noted, list) else []), str(kept)]
    screen.answer(told)
    if kept:
        screen.say(screen.said("Note"), kept.said(screen.said))
    say_film(screen, ended, runs, unbilled)
    say_saved(screen, shots)
    say_findings(screen, ended, shots)
    said = screen.said
    whole, one = f"{said('change it:')}  storyreel edit {film.id}", f"{said('or one shot:')}  storyreel retake {film.id} SHOT"
    screen.say(said("Next"), f"{whole}   {one}")
    return os.EX_OK


async def _tell_end(studio: "Studio", screen: Screen, film_id: str, error: StoryreelError, planned: Mapping[str, JSON]) -> int:
    now = await studio.film(film_id)
    unbilled = (await studio.unbilled(now)).get(now.id, frozenset())
    shots = await studio.shots(now)
    all_is_told()
    screen.answer({**film_object(now, shots, await studio.runs(now), unbilled), **planned})
    said = screen.said
    sys.stderr.write(f"storyreel: {error_text(said, error)}\n")
    if now.cost_usd or now.held_usd or unbilled:
        screen.say(said("Cost"), cost_text(said, now, unbilled))
    for number, step in enumerate(next_steps(said, now, error.code)):
        screen.say("" if number else said("Next"), step)
    return EXIT_CODES.get(error.code, UNFORESEEN)


async def resume_films(
    studio: "Studio", screen: Screen, name: str | None, *, cache: bool = True, budget: float | None = None
) -> int:
    """Take up what is unfinished, and see each film through; the exit code of the first that did not end well."""
    said, since = screen.said, datetime.now(UTC)
    films = await studio.restart(name, cache=cache, budget=budget)
    if not films:
        by_name = said("Films that failed or were cancelled go on by name:")
        screen.say(said("Nothing to resume"), f"{by_name} storyreel resume FILM")
    if name is None and (doubtful := {doubt.call.key.film for doubt in await studio.doubts()}):
        wait = said.ngettext(
            "{number} film waits until you decide about a paid call:",
            "{number} films wait until you decide about a paid call:",
            len(doubtful),
        )
        screen.say(said("Attention"), f"{wait}  storyreel attention")
    codes: list[int] = []
    for number, film in enumerate(films, start=1):
        ready = sum(shot.state is GenerationState.READY for shot in await studio.shots(film))
        screen.say(film.id, _ready_text(said, ready, len(film.storyboard.shots)))
        codes.append(await see_through(studio, screen, film, since, rest=films[number:]))
    return next((code for code in codes if code), os.EX_OK)


def _ready_text(said: Voice, ready: int, shots: int) -> str:
    return said.ngettext("{ready} of {number} shot ready", "{ready} of {number} shots ready", shots, ready=ready)


async def show_film(studio: "Studio", screen: Screen, name: str) -> None:
    """One film with its shots."""
    film = await studio.film(name)
    shots = await studio.shots(film)
    runs = await studio.runs(film)
    unbilled = (await studio.unbilled(film)).get(film.id, frozenset())
    stale, locked = await studio.stale(film), await studio.locked(film)
    cuts, takes = await studio.cuts(film), await studio.takes(film)
    row = film_object(film, shots, runs, unbilled)
    row |= {"shots": shots_changed(shots, unbilled, stale, locked, takes), "cuts": [cut_object(cut) for cut in cuts]}
    screen.answer(row)
    said = screen.said
    screen.say(film.id, f"{film.title}   {said.word(film.state)}   {clock(film.seconds or film.storyboard.seconds)}")
    if film.error:
        screen.say("", recalled_text(film.error_code or "", film.error, said.language))
    say_shots(screen, shots)
    say_aged(screen, film, stale, locked)
    say_takes(screen, film, shots, takes)
    say_cuts(screen, film, cuts)
    if film.state is FilmState.READY and film.delivered is not None and film.delivered.exists():
        say_film(screen, film, runs, unbilled)
    else:
        screen.say(said("Cost"), cost_text(said, film, unbilled))
