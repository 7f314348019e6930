"""A film changed from its chat: another take of a shot, other words, another model, or without it; told its price first."""

from decimal import Decimal

from storyreel.domain.advice import Remedy
from storyreel.domain.errors import BudgetExceeded, InvalidRequest
from storyreel.domain.film import Film, FilmState
from storyreel.domain.storyboard import Shot, Storyboard
from storyreel.doors.bot import models
from storyreel.doors.bot.booth import Booth, owner
from storyreel.doors.bot.deciding import Cost, refused, too_dear
from storyreel.doors.bot.following import Following
from storyreel.doors.bot.shown import BACK, CANCEL, Button, Shown, in_rows
from storyreel.doors.bot.step import Incoming, Turn, Work
from storyreel.doors.bot.talk import MENU, Change, Talk, Verb
from storyreel.library.changes import change_number
from storyreel.production.change import Change as Planned
from storyreel.writing.retold import retold, without

RETAKE, REWORD, OTHER, AGREE, CHANGE, ENDED = "retake", "reword", "other", "agree", "change", "ended"
ASKED = {Verb.RETAKE: RETAKE, Verb.REWORD: REWORD, Verb.MODEL: OTHER}
"""The screen before the price; where there is none, the way back is the way out."""
YES = "yes"
UNKNOWN = "unknown"
"""What is told of what nobody knows the price of."""
PER_ROW = 5


async def show_retake(turn: Turn) -> Shown:
    """Which shot is to be made again."""
    film = await turn.booth.studio.film(turn.talk.change.film)
    numbers = [Button(str(number), f"n:{number}") for number in range(1, len(film.storyboard.shots) + 1)]
    text = turn.said("Which shot of “{title}” shall I take again?", title=film.title)
    return Shown(text, (*in_rows(numbers, PER_ROW), out(turn)))


async def press_retake(turn: Turn, data: str) -> Talk:
    """One shot."""
    if data.startswith("n:") and data[2:].isdecimal():
        change = turn.talk.change.model_copy(update={"shot": int(data[2:]), "verb": Verb.RETAKE})
        return turn.talk.at(AGREE, working=True, change=change)
    return left(turn.talk)


async def show_reword(turn: Turn) -> Shown:
    """Ask for a shot's other words."""
    film = await turn.booth.studio.film(turn.talk.change.film)
    shot = shot_of(film, turn.talk.change.shot)
    text = turn.said("Shot {number} shows: {words}\n\nWrite it otherwise.", number=turn.talk.change.shot, words=shot.description)
    return Shown(text, (out(turn),))


async def press_reword(turn: Turn, data: str) -> Talk:
    """Back to the film, or out."""
    if data == BACK:
        return await to_film(turn)
    return left(turn.talk) if data == CANCEL else turn.talk


async def hear_reword(turn: Turn, incoming: Incoming) -> Talk:
    """The words."""
    words = incoming.text.strip()
    if not words:
        return turn.talk.model_copy(update={"trouble": incoming.problem or turn.said("I need words here, not a picture.")})
    return turn.talk.at(AGREE, working=True, change=turn.talk.change.model_copy(update={"words": words}))


async def work_agree(turn: Turn) -> Talk:
    """The price of the change."""
    change, most_usd = turn.talk.change, await left_usd(turn)
    try:
        plan = await planned(turn.booth, change, most_usd)
    except BudgetExceeded as error:
        film = await turn.booth.studio.film(change.film)
        if error.setting != Remedy.BUDGET or error.needed_usd == UNKNOWN:  # of the installation, or of no number
            raise
        missing = Decimal(error.needed_usd) - film.cost_usd - film.held_usd
        return turn.talk.model_copy(update={"trouble": too_dear(turn.said, missing, most_usd)})
    quote = plan.quote
    told = {"expected_usd": quote.expected_usd, "worst_usd": quote.worst_usd, "seconds": max(quote.seconds), "priced": True}
    return turn.talk.model_copy(update={"change": change.model_copy(update={**told, "after": plan.after})})


async def show_agree(turn: Turn) -> Shown:
    """What is changed, for how much, and the yes."""
    said, change = turn.said, turn.talk.change
    if not change.priced:
        return Shown(said("Nothing was begun.") if turn.talk.trouble else said("I could not work out a price."), (out(turn),))
    what = {
        Verb.RETAKE: said("A new take of shot {number}.", number=change.shot),
        Verb.REWORD: said("Shot {number}, in these words: {words}", number=change.shot, words=change.words),
        Verb.SKIP: said("The film without shot {number}.", number=change.shot),
        Verb.MODEL: said(
            "Shot {number} by {model}.", number=change.shot, model=models.title_of(turn.booth.studio, change.model, said)
        ),
        Verb.RESUME: said("What is missing will be made."),
    }[change.verb]
    price = said.price(change.expected_usd)
    label = said("✅ Yes") if change.expected_usd == 0 else said("✅ Yes · {price}", price=price)
    takes = said("About {time}.", time=said.about(change.seconds))
    text = f"{what}\n{price}. {takes}"
    return Shown(text, ((Button(label, YES),), out(turn)))


async def press_agree(turn: Turn, data: str) -> Talk:
    """Yes, back to what was asked before, or out."""
    if data == BACK and turn.talk.change.verb in ASKED:
        return turn.talk.at(ASKED[turn.talk.change.verb])
    if data == BACK:
        return await to_film(turn)
    if data != YES or not turn.talk.change.priced:
        return left(turn.talk)
    if trouble := await refused(turn, _cost(turn.talk.change)):
        return turn.talk.model_copy(update={"trouble": trouble})
    return turn.talk.at(CHANGE, working=True)


def changes(following: Following) -> Work:
    """What begins a change that was agreed to."""

    async def work(turn: Turn) -> Talk:
        talk, studio = turn.talk, turn.booth.studio
        async with turn.booth.guests.one_by_one(owner(turn.place.user)):
            film = await changed_before(turn)
            if film is None:
                if trouble := await refused(turn, _cost(talk.change)):
                    return talk.at(AGREE, trouble=trouble)
                change = await planned(turn.booth, talk.change, talk.change.most_usd)
                studio.must_cost_as_told(change, talk.change.expected_usd)
                film = await studio.start_change(change.model_copy(update={"after": talk.change.after}))
        await following.begin(film, turn.place, talk.language, talk.panel)
        return talk.at(MENU, change=Change(), panel=None, quiet=True)

    return work


async def changed_before(turn: Turn) -> Film | None:
    """The film, where it was changed already since the price was told, and a restart came between."""
    change, booth = turn.talk.change, turn.booth
    if turn.again and await booth.database.read(change_number, change.film) != change.after:
        return await booth.studio.film(change.film)
    return None


async def planned(booth: Booth, change: Change, most_usd: Decimal) -> Planned:
    """The change as the studio plans it: it may cost so much beyond what the film has cost. Raises StoryreelError."""
    studio = booth.studio
    film = await studio.film(change.film)
    budget = float(film.cost_usd + film.held_usd + most_usd)
    match change.verb:
        case Verb.RETAKE:
            return await studio.plan_retake(film, str(change.shot), budget=budget)
        case Verb.MODEL:
            return await studio.plan_retake(film, str(change.shot), model=change.model, budget=budget)
        case Verb.REWORD:
            board = retold(film.storyboard, shot_of(film, change.shot).id, change.words)
        case Verb.SKIP:
            board = without(film.storyboard, shot_of(film, change.shot).id)
        case Verb.RESUME:
            board = film.storyboard
    return await _edited(booth, film, board, budget)


def _cost(change: Change) -> Cost:
    """What was told that it costs."""
    return Cost(change.expected_usd, None if change.expected_usd is None else change.most_usd)


async def left_usd(turn: Turn) -> Decimal:
    """What the person may spend yet today."""
    return (await turn.booth.guests.purse(owner(turn.place.user))).left_usd


async def _edited(booth: Booth, film: Film, board: Storyboard, budget: float | None) -> Planned:
    return await booth.studio.plan_edit(film, board, budget=budget)


def shot_of(film: Film, number: int) -> Shot:
    """The film's shot of that number, counted from 1. Raises InvalidRequest where it has none such any more."""
    shots = film.storyboard.shots
    if not 1 <= number <= len(shots):
        raise InvalidRequest(f"The film has {len(shots)} shots, and no shot {number}.", field="shot")
    return shots[number - 1]


async def to_film(turn: Turn) -> Talk:
    """Back to a film that ended without its video, and what helps it; to the menu from any other."""
    film = await turn.booth.studio.film(turn.talk.change.film)
    return turn.talk.at(ENDED) if film.state.ended and film.state is not FilmState.READY else left(turn.talk)


def left(talk: Talk) -> Talk:
    """To the menu, nothing changed."""
    return talk.at(MENU, change=Change())


def out(turn: Turn) -> tuple[Button, Button]:
    """The row that leads back, and out."""
    return (Button(turn.said("← Back"), BACK), Button(turn.said("✖️ Cancel"), CANCEL))
