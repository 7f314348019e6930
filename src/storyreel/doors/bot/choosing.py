"""Another model for a shot, chosen from a list: those that can make it as it stands, each with the price of doing so."""

from collections.abc import AsyncIterator
from contextlib import suppress

from storyreel.domain.errors import BudgetExceeded, CapabilityMissing, InvalidRequest
from storyreel.domain.film import Film
from storyreel.doors.bot import models
from storyreel.doors.bot.changing import AGREE, left, left_usd, out, planned, shot_of, to_film
from storyreel.doors.bot.shown import BACK, Button, Row, Shown
from storyreel.doors.bot.step import Turn
from storyreel.doors.bot.talk import Kind, Option, Talk

PER_PAGE, MOST = 6, 48
UNFIT = (InvalidRequest, CapabilityMissing, BudgetExceeded)
"""What a plan raises for a model that cannot make the shot, or for too much."""


async def work_other(turn: Turn) -> Talk:
    """The models that can make the shot and may be used, the cheapest first; the free one comes last."""
    found = [one async for one in _options(turn)][:MOST]
    found.sort(key=lambda one: (one.price_usd == 0, one.price_usd is None, one.price_usd or 0))
    return turn.talk.model_copy(update={"change": turn.talk.change.model_copy(update={"options": tuple(found)})})


async def show_other(turn: Turn) -> Shown:
    """A page of them."""
    said, talk = turn.said, turn.talk
    options = talk.change.options
    if not options:
        return Shown(said("No other model can be used here."), (out(turn),))
    pages = -(-len(options) // PER_PAGE)
    page = talk.page % pages
    rows: list[Row] = [
        (Button(f"{models.title_of(turn.booth.studio, one.model, said)} · {said.price(one.price_usd)}", f"m:{_key(one)}"),)
        for one in options[page * PER_PAGE : (page + 1) * PER_PAGE]
    ]
    if pages > 1:
        rows.append((models.turning(said, page, pages),))
    text = said("Which model shall make shot {number}? Each is told with what that costs.", number=talk.change.shot)
    return Shown(text, (*rows, out(turn)))


async def press_other(turn: Turn, data: str) -> Talk:
    """Take one, or turn the page."""
    if data.startswith("p:") and data[2:].isdecimal():
        return turn.talk.model_copy(update={"page": int(data[2:])})
    if data == BACK:
        return await to_film(turn)
    chosen = next((one for one in turn.talk.change.options if data == f"m:{_key(one)}"), None)
    if chosen is None:
        return left(turn.talk)
    change = turn.talk.change.model_copy(update={"model": chosen.model, "priced": False})
    return turn.talk.at(AGREE, working=True, change=change)


async def _options(turn: Turn) -> AsyncIterator[Option]:
    """What each model would cost that can make the shot; the one that was tried is left out."""
    booth, change = turn.booth, turn.talk.change
    film = await booth.studio.film(change.film)
    shot, most_usd = shot_of(film, change.shot), await left_usd(turn)
    tried = (shot.model or film.order.model).partition("@")[0]
    for one in models.offers(booth.studio, _kind(film), pays=turn.pays):
        if one.name.partition("@")[0] != tried:
            with suppress(*UNFIT):
                quote = (await planned(booth, change.model_copy(update={"model": one.name}), most_usd)).quote
                yield Option(model=one.name, price_usd=quote.expected_usd)


def _kind(film: Film) -> Kind:
    return Kind.PICTURE if film.order.first_frame else Kind.REFERENCES if film.order.references else Kind.TEXT


def _key(option: Option) -> str:
    return models.key_of(option.model)
