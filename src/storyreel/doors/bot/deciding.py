"""The last step before a film: what it is, what it costs, and a yes; and the draft that is drawn for nothing."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from storyreel.domain.film import Film
from storyreel.domain.money import price_text
from storyreel.doors.bot import models
from storyreel.doors.bot.booth import owner
from storyreel.doors.bot.flow import BEGIN, LENGTH, MODEL, SUMMARY, TO, led, ways
from storyreel.doors.bot.following import Following
from storyreel.doors.bot.guests import Purse
from storyreel.doors.bot.menu import quality_text
from storyreel.doors.bot.ordering import begin_film, price_of
from storyreel.doors.bot.shown import Button, Row, Shown
from storyreel.doors.bot.step import Turn, Work
from storyreel.doors.bot.talk import CENT, MENU, Draft, Kind, Price, Talk
from storyreel.doors.bot.voice import Voice, clock
from storyreel.library import chats, films

ACCEPT = "yes"
RECENT = 20  # films among which one is looked for that was begun before a restart


@dataclass(frozen=True, slots=True)
class Cost:
    """What something costs, in US dollars; None: nobody knows."""

    expected_usd: Decimal | None
    worst_usd: Decimal | None


async def work_summary(turn: Turn) -> Talk:
    """The price."""
    price, draft = await price_of(turn, turn.talk.draft)
    return turn.talk.model_copy(update={"draft": draft.model_copy(update={"price": price})})


async def show_summary(turn: Turn) -> Shown:
    """Everything that was chosen, with its price, and the yes."""
    said, price = turn.said, turn.talk.draft.price
    if price is None:
        return Shown(said("I could not work out a price."), (ways(turn),))
    purse = await turn.booth.guests.purse(owner(turn.place.user))
    lines = [said("Summary"), await _what(turn), cost_text(said, price)]
    if turn.pays:
        lines.append(said("Today: {spent} of {limit}.", spent=price_text(purse.spent_usd), limit=price_text(purse.limit_usd)))
    if trouble := refusal(turn, Cost(price.expected_usd, price.worst_usd), purse):  # told at once, not after a yes
        told = lines if turn.talk.trouble else [f"⚠️ {trouble}", "", *lines]
        return Shown("\n".join(told), (*_helps(turn, purse), ways(turn)))
    label = said("✅ Make it") if price.expected_usd == 0 else said("✅ Make it · {price}", price=said.price(price.expected_usd))
    return Shown("\n".join(lines), ((Button(label, ACCEPT),), ways(turn)))


def _helps(turn: Turn, purse: Purse) -> tuple[Row, ...]:
    """What makes a film cheaper; where others have to end first, another look."""
    said = turn.said
    if purse.under_way >= purse.most_films:
        return ((Button(said("🔁 Try again"), f"{TO}{SUMMARY}"),),)
    shorter = (Button(said("✂️ Make it shorter"), f"{TO}{LENGTH}"),) if turn.pays else ()
    return ((Button(said("⚙️ Another model"), f"{TO}{MODEL}"), *shorter),)


async def press_summary(turn: Turn, data: str) -> Talk:
    """Yes, or not yet."""
    if data != ACCEPT:
        return led(turn.talk, data) or turn.talk
    price = turn.talk.draft.price
    if price is None:
        return turn.talk
    purse = await turn.booth.guests.purse(owner(turn.place.user))
    trouble = refusal(turn, Cost(price.expected_usd, price.worst_usd), purse)
    if trouble:
        return turn.talk.model_copy(update={"trouble": trouble})
    return turn.talk.at(BEGIN, working=True, asked=turn.booth.now())


def begins(following: Following, *, free: bool) -> Work:
    """What begins a film: the one that was accepted, or with `free` a draft of it that is drawn for nothing."""

    async def work(turn: Turn) -> Talk:
        talk = turn.talk
        draft = _drawn_here(turn) if free else talk.draft
        async with turn.booth.guests.one_by_one(owner(turn.place.user)):
            film = await begun_before(turn)
            if film is None:
                if draft.price and (trouble := await refused(turn, Cost(draft.price.expected_usd, draft.price.worst_usd))):
                    return talk.at(SUMMARY, trouble=trouble)
                film = await begin_film(turn, draft, _most_usd(draft, free=free))
        await following.begin(film, turn.place, talk.language, None if free else talk.panel)
        if free:
            return talk.at("board", panel=None)
        return talk.at(MENU, draft=Draft(), panel=None, quiet=True)

    return work


async def begun_before(turn: Turn) -> Film | None:
    """The film, where it was begun already and a restart came between: one that is told in no chat yet, or in this one."""
    asked, booth = turn.talk.asked, turn.booth
    if asked is None or not turn.again:
        return None
    recent = await booth.database.read(films.films, limit=RECENT, user=owner(turn.place.user))
    board = turn.talk.draft.storyboard
    for film in recent:
        if film.created >= asked and (board is None or film.title == board.title):
            told = await booth.database.read(chats.told_film, booth.api.id, film.id)
            if told is None or told.place == turn.place:
                return film
    return None


def _drawn_here(turn: Turn) -> Draft:
    """The draft as it is drawn for nothing, under a title that tells it from the film."""
    model, board = turn.booth.studio.catalogue.drawn_by(), turn.talk.draft.storyboard
    if board is not None:
        board = board.model_copy(update={"title": turn.said("{title} (draft)", title=board.title)})
    made = {"model": f"{model.id}@{model.routes[0].provider}", "quality": "720p", "kind": Kind.TEXT}
    return turn.talk.draft_with(**made, storyboard=board, price=None)


def _most_usd(draft: Draft, *, free: bool) -> Decimal | None:
    """What the film may cost: no more than was told."""
    if free or draft.price is None:
        return Decimal(0)
    return None if draft.price.worst_usd is None else draft.price.worst_usd.quantize(CENT, ROUND_CEILING)


async def refused(turn: Turn, cost: Cost) -> str:
    """Why nothing is begun, by what the purse holds now; empty where it is."""
    return refusal(turn, cost, await turn.booth.guests.purse(owner(turn.place.user)))


def refusal(turn: Turn, cost: Cost, purse: Purse) -> str:
    """Why nothing is begun, in the person's language; empty where it is."""
    said, guests = turn.said, turn.booth.guests
    if purse.under_way >= guests.most_films:
        return said.ngettext(
            "You have {number} film under way; wait for it.", "You have {number} films under way; wait for one.", purse.under_way
        )
    if cost.expected_usd == 0:
        return ""
    if not turn.pays and not turn.again:  # who agreed before a restart did pay; only his number is known of him now
        return said("Paid models are not open to you here. A draft is free.")
    if cost.worst_usd is None:
        unknown = said("The price of this model is not known, so I do not begin. Take another one.")
        return "" if turn.booth.studio.settings.bot_unpriced else unknown
    if cost.worst_usd > purse.left_usd:
        return too_dear(said, cost.worst_usd, purse.left_usd)
    return ""


def too_dear(said: Voice, price_usd: Decimal, left_usd: Decimal) -> str:
    """That it may cost more than a person may spend today."""
    return said("This may cost {price}, and you have {left} left today.", price=said.price(price_usd), left=price_text(left_usd))


async def _what(turn: Turn) -> str:
    said, draft = turn.said, turn.talk.draft
    parts = [models.title_of(turn.booth.studio, draft.model, said), quality_text(draft.quality)]
    if draft.kind is not Kind.PICTURE:
        parts.append(draft.aspect)
    parts.append(said("with sound") if draft.sound else said("no sound"))
    if draft.storyboard is not None:
        number = len(draft.storyboard.shots)
        length = clock(draft.storyboard.seconds)
        parts.insert(0, said.ngettext("{number} shot, {length}", "{number} shots, {length}", number, length=length))
    return " · ".join(parts)


def cost_text(said: Voice, price: Price) -> str:
    """What is asked, at worst, and how long it takes."""
    time = said.about(max(price.seconds))
    if price.expected_usd is None:
        return said("Its price is not known beforehand. About {time}.", time=time)
    if price.expected_usd == 0:
        return said("Free. About {time}.", time=time)
    worst = price.worst_usd if price.worst_usd is not None else price.expected_usd
    return said(
        "{price}, no more than {worst}. About {time}.", price=said.price(price.expected_usd), worst=said.price(worst), time=time
    )
