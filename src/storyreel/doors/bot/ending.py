"""What is told of a film that has ended: that it comes, or what went wrong and what can be done about it."""

from storyreel.domain.advice import recalled
from storyreel.domain.errors import ContentRejected
from storyreel.domain.film import Film, FilmState, ShotReport
from storyreel.domain.generation import GenerationState
from storyreel.domain.money import paid_text
from storyreel.doors.bot.booth import Booth
from storyreel.doors.bot.buttons import OTHER, RESUME, REWORD, SHOW, SKIP, film_data
from storyreel.doors.bot.remedies import BY_CHAT
from storyreel.doors.bot.shown import CANCEL, Button, Row, Shown
from storyreel.doors.bot.step import Turn
from storyreel.doors.bot.talk import MENU, Change, Talk
from storyreel.doors.bot.troubles import said_of
from storyreel.doors.bot.voice import Voice, clock, together
from storyreel.library.chats import ChatFilm, Told

MOST_TOLD = 5  # shots that did not come
WORDS_HELP = {ContentRejected.code, "invalid_request"}


async def told_end(booth: Booth, told: ChatFilm, film: Film) -> Shown:
    """The last thing that the film's message says."""
    said = booth.voice(told.language)
    if film.state is FilmState.READY:
        return Shown(said("✅ “{title}” is ready: {length}.", title=film.title, length=clock(film.seconds or 0)))
    shots = await booth.studio.shots(film)
    ready = [one for one in shots if one.state is GenerationState.READY]
    look = [Button(said("Show finished shots"), film_data(SHOW, film.id))] if ready else []
    paid = said("Spent: {price}.", price=paid_text(film.cost_usd)) if film.cost_usd else ""
    if film.state is FilmState.CANCELLED:
        text = said("“{title}” was stopped. Finished shots are kept.", title=film.title)
        return Shown(together(said, text, paid), ([*look, Button(said("Go on with it"), film_data(RESUME, film.id))],))
    if film.state is FilmState.NEEDS_ATTENTION:
        text = said(
            "“{title}” is held up: nobody knows whether a paid request arrived. The owner of this bot has to decide.",
            title=film.title,
        )
        return Shown(together(said, text, paid), (look,))
    failed = [one for one in shots if one.take and one.take.state is GenerationState.FAILED]
    lines = [said("“{title}” could not be finished.", title=film.title)]
    if not failed:
        stopped = said("“{title}” stopped.", title=film.title)
        lines = [together(said, stopped, said_of(said, film.error_code or "", _worded(film, film.error)))]
    lines += [_reason(said, film, one) for one in failed[:MOST_TOLD]]
    go_on = Button(said("🔁 Try again"), film_data(RESUME, film.id))
    rows = [row for one in failed[:MOST_TOLD] for row in _remedies(said, film, one, several=len(shots) > 1)]
    return Shown(together(said, "\n".join(lines), paid), (*rows, [*look, go_on]))


async def show_ended(turn: Turn) -> Shown:
    """The same once more, of the film that a change was thought of for."""
    film = await turn.booth.studio.film(turn.talk.change.film)
    told = ChatFilm(place=turn.place, film=film.id, language=turn.talk.language, state=Told.ENDED)
    shown = await told_end(turn.booth, told, film)
    return Shown(shown.text, (*shown.rows, (Button(turn.said("Menu"), CANCEL),)))


async def press_ended(turn: Turn, _data: str) -> Talk:
    """To the menu: the other buttons are the film's own."""
    return turn.talk.at(MENU, change=Change())


def _worded(film: Film, message: str | None) -> str:
    """A message that was kept in the command line's words, as a chat has what helps."""
    return recalled(message or "", film.id).worded(BY_CHAT)


def _reason(said: Voice, film: Film, shot: ShotReport) -> str:
    take = shot.take
    why = said_of(said, take.error_code or "", _worded(film, take.error)) if take else ""
    return said("Shot {number} did not come: {why}", number=shot.index, why=why)


def _remedies(said: Voice, film: Film, shot: ShotReport, *, several: bool) -> list[Row]:
    """What helps for one shot."""
    number = f" {shot.index}" if several else ""
    found: list[Button] = []
    if shot.take and shot.take.error_code in WORDS_HELP:
        found.append(Button(said("✏️ Other words") + number, film_data(REWORD, film.id, shot.index)))
    found.append(Button(said("⚙️ Another model") + number, film_data(OTHER, film.id, shot.index)))
    if several:
        found.append(Button(said("⏭ Skip it") + number, film_data(SKIP, film.id, shot.index)))
    return [found]
