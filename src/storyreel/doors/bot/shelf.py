"""A person's films in a chat, those begun on the pages too."""

from storyreel.domain.film import Film, FilmState
from storyreel.doors.bot.booth import owner
from storyreel.doors.bot.buttons import AGAIN, film_data
from storyreel.doors.bot.flow import out_of
from storyreel.doors.bot.shown import RETURN, Button, Shown
from storyreel.doors.bot.step import Turn
from storyreel.doors.bot.talk import MENU, Draft, Talk
from storyreel.doors.bot.voice import clock

MOST = 8
LONGEST_LABEL = 48
MARKS = {FilmState.READY: "✅", FilmState.PRODUCING: "🎬", FilmState.QUEUED: "🕓", FilmState.AWAITING_APPROVAL: "✍️"}


async def show_films(turn: Turn) -> Shown:
    """The latest films; each button sends one."""
    said = turn.said
    films = await turn.booth.studio.films(MOST, user=owner(turn.place.user))
    rows = [(Button(_label(film), film_data(AGAIN, film.id)),) for film in films]
    text = said("Your films. Press one to have it here.") if films else said("You have no films yet.")
    return Shown(text, (*rows, out_of(turn)))


async def press_films(turn: Turn, data: str) -> Talk:
    """Back to the dialog that was left, or to the menu."""
    return turn.talk.returned() if data == RETURN else turn.talk.at(MENU, draft=Draft())


def _label(film: Film) -> str:
    title = film.title if len(film.title) <= LONGEST_LABEL else f"{film.title[:LONGEST_LABEL]}…"
    length = clock(film.seconds or film.storyboard.seconds)
    return f"{MARKS.get(film.state, '⏹')} {title} · {length}"
