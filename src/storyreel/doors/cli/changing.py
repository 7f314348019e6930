"""What the commands that change films do with a studio and a screen: what is made and its price, a yes, and the film."""

import asyncio
import os
import shlex
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from storyreel.domain.errors import BudgetExceeded, Cancelled, InvalidRequest
from storyreel.domain.film import Film, FilmState
from storyreel.domain.storyboard import FOUND_ANEW, Storyboard
from storyreel.doors.cli.agreeing import NOBODY_KNOWS, consent, planned_object, price_phrase
from storyreel.doors.cli.boards import board_in_file, write_board
from storyreel.doors.cli.editing import edited, has_editor
from storyreel.doors.cli.filming import board_in, see_through
from storyreel.doors.cli.reasons import change_object, say_change
from storyreel.doors.cli.render import clock, film_object, say_finding, shown, size_text
from storyreel.doors.cli.replacing import must_be_free
from storyreel.doors.cli.screen import Screen
from storyreel.doors.languages.phrases import Phrase
from storyreel.editor import ChangeWishes, RetakeWishes

if TYPE_CHECKING:
    from storyreel.production.change import Change
    from storyreel.studio import Studio
    from storyreel.writing.llm import Written


async def retake_shot(
    studio: "Studio", screen: Screen, name: str, shot: str, wishes: RetakeWishes, *, quote: bool, yes: bool
) -> int:
    """Quote one more take, ask for a yes, and see the film through; the exit code."""
    change = await studio.plan_retake(name, shot, **wishes)
    return await _carry_out(studio, screen, change, quote=quote, yes=yes or wishes.get("budget") is not None)


async def edit_film(
    studio: "Studio", screen: Screen, name: str, file: Path | None, wishes: ChangeWishes, *, quote: bool, yes: bool
) -> int:
    """Have the storyboard edited, quote what that changes, ask for a yes, and see the film through; the exit code."""
    film = await studio.film(name)
    story = await asyncio.to_thread(board_in_file, file) if file is not None else _in_editor(screen, film)
    change = await studio.plan_edit(film, board_in(story), **wishes)
    for finding in () if isinstance(story, Storyboard) else story.warnings:
        if finding.rule == FOUND_ANEW:
            say_finding(screen, finding)
    if change.storyboard == film.storyboard and change.order == film.order and not change.reasons:
        screen.answer(change_object(change, film))
        screen.say(screen.said("Edit"), screen.said("nothing changed; the film is as it was"))
        return os.EX_OK
    return await _carry_out(studio, screen, change, quote=quote, yes=yes or wishes.get("budget") is not None)


def _in_editor(screen: Screen, film: Film) -> "Storyboard | Written":
    """The storyboard as the person's editor left it; one that cannot be read stays where the message says."""
    if not has_editor():
        message = Phrase(
            "There is no terminal to edit in; set EDITOR, or edit a file:  {write}  and then  {take}",
            write=f"storyreel storyboard {film.id} -o board.yaml",
            take=f"storyreel edit {film.id} --file board.yaml",
        )
        raise InvalidRequest(message, field="EDITOR")
    folder = Path(tempfile.mkdtemp(prefix="storyreel-"))
    path = folder / f"{film.id}.storyboard.yaml"
    write_board(film.storyboard, path)
    board = edited(screen, path, shlex.join(("storyreel", "edit", film.id, "--file", str(path))))
    shutil.rmtree(folder, ignore_errors=True)
    return board


async def _carry_out(studio: "Studio", screen: Screen, change: "Change", *, quote: bool, yes: bool) -> int:
    """Tell what a change makes and its price; start it, unless only that was asked, and see the film through."""
    since = datetime.now(UTC)
    film = await studio.film(change.film)
    say_change(screen, change, film)
    if quote:
        screen.answer(change_object(change, film))
        return os.EX_OK
    if film.state is not FilmState.AWAITING_APPROVAL:
        must_be_accepted(screen, change, yes=yes)
    return await see_through(studio, screen, await studio.start_change(change), since, planned=planned_object(change))


def must_be_accepted(screen: Screen, change: "Change", *, yes: bool) -> None:
    """Ask for a yes where a change costs. Raises BudgetExceeded where nobody can answer, or no price is known."""
    price = change.quote.expected_usd
    if price is None and not change.order.allow_unpriced:
        message = Phrase(
            "No price is known for this change, so nothing is sent. Choose another model, or allow it with --allow-unpriced."
        )
        raise BudgetExceeded(message, budget="unpriced", limit_usd="0", needed_usd=NOBODY_KNOWS)
    if price != 0:
        costs = price_phrase(price)
        message = Phrase("This change costs {price}. Accept it with --yes; nothing was changed or sent.", price=costs)
        consent(screen, message, price, yes=yes)


async def approve_film(studio: "Studio", screen: Screen, name: str, wishes: ChangeWishes, *, quote: bool, yes: bool) -> int:
    """Quote a film that waits once more, and see it through where it costs no more than was told; the exit code."""
    change = await studio.plan_approval(name, **wishes)
    film = await studio.film(change.film)
    say_change(screen, change, film)
    if quote:
        screen.answer(change_object(change, film))
        return os.EX_OK
    if not yes:
        studio.must_cost_as_told(change, await studio.told_usd(film))
    return await see_through(studio, screen, await studio.start_change(change))


async def select_take(studio: "Studio", screen: Screen, name: str, shot: str, take: str) -> int:
    """Choose another take and see the film cut anew; the exit code."""
    since = datetime.now(UTC)
    film = await studio.start_selection(name, shot, take)
    if film.state in {FilmState.QUEUED, FilmState.PRODUCING}:
        return await see_through(studio, screen, film, since)
    screen.answer(film_object(film, await studio.shots(film), await studio.runs(film), frozenset()))
    said = screen.said
    told = said("take {take} of {shot}; the film: {state}", take=take, shot=shot, state=said.word(film.state))
    screen.say(said("Selected"), told)
    return os.EX_OK


async def lock_shots(studio: "Studio", screen: Screen, name: str, shots: list[str], *, locked: bool) -> None:
    """Lock or unlock shots, and tell which are locked then."""
    film = await (studio.lock if locked else studio.unlock)(name, *shots)
    now = await studio.locked(film)
    ids = [shot.id for shot in film.storyboard.shots if shot.id in now]
    screen.answer({"film": film.id, "locked": [*ids]})
    screen.say(screen.said("Locked"), ", ".join(ids) if ids else screen.said("no shot"))


async def cancel_film(studio: "Studio", screen: Screen, name: str) -> None:
    """End a film, and tell how it stands then. Raises InvalidRequest for one that has ended otherwise."""
    film = await studio.film(name)
    if film.state.ended and film.state not in {FilmState.NEEDS_ATTENTION, FilmState.AWAITING_APPROVAL, FilmState.CANCELLED}:
        state = Phrase(film.state.value.replace("_", " "))
        message = Phrase("The film {film} is {state}; there is nothing to cancel.", film=film.id, state=state)
        raise InvalidRequest(message, field="film")
    await studio.cancel(film)
    try:
        await studio.wait(film)
    except Cancelled:
        film = await studio.film(film.id)
    unbilled = (await studio.unbilled(film)).get(film.id, frozenset())
    screen.answer(film_object(film, await studio.shots(film), await studio.runs(film), unbilled))
    said = screen.said
    screen.say(said("Cancelled"), said("{film}; what was finished is kept", film=film.id))
    screen.say(said("Next"), f"{said('go on with it:')}  storyreel resume {film.id}")


async def write_cut(studio: "Studio", screen: Screen, name: str, number: int, output: Path | None, *, force: bool) -> None:
    """Write one of a film's cuts to a file."""
    film = await studio.film(name)
    output = output or Path(f"{film.id}-cut-{number}.mp4")
    must_be_free(output, force=force)
    path = await studio.deliver_cut(film, number, output)
    cut = next(cut for cut in await studio.cuts(film) if cut.number == number)
    screen.answer({"film": film.id, "cut": number, "path": str(path), "seconds": cut.seconds, "takes": [*cut.takes]})
    said = screen.said
    which = said("{number} of {film}", number=number, film=film.id)
    screen.say(said("Cut"), f"{which}   {shown(path)}   {clock(cut.seconds)}   {size_text(said, path.stat().st_size)}")
