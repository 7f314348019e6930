"""What `estimate` prints: the price of each shot, or of the film by every model that can make it."""

from decimal import Decimal
from typing import TYPE_CHECKING

from storyreel.domain.generation import is_keyframe
from storyreel.domain.money import price_text
from storyreel.domain.values import JSON
from storyreel.doors.cli.agreeing import at_hand_text, quote_object, quote_text, say_notes
from storyreel.doors.cli.filming import board_in
from storyreel.doors.cli.planning import story_of
from storyreel.doors.cli.render import clock, shortened, shots_text
from storyreel.doors.cli.screen import Screen
from storyreel.doors.languages.voice import Voice
from storyreel.orders import FilmWishes, story_part

if TYPE_CHECKING:
    from storyreel.domain.storyboard import Storyboard
    from storyreel.estimate import Estimate, Offer, Piece
    from storyreel.studio import Studio


async def say_estimate(studio: "Studio", screen: Screen, story: str, wishes: FilmWishes) -> None:
    """What a film would cost, shot by shot and model by model."""
    from rich.table import Table
    from rich.text import Text

    said = screen.said
    found = await studio.estimate(await _board(studio, story, wishes), **wishes)
    screen.answer(_object(found))
    texts = {shot.id: shot.description for shot in found.plan.storyboard.shots}
    rows = Table.grid(padding=(0, 2))
    for piece in found.pieces:
        price = said("made before") if piece.at_hand else _price(said, piece.price_usd)
        still = is_keyframe(piece.shot)
        what = said("keyframe of shot {number}", number=piece.number) if still else texts[piece.shot]
        length = said("still") if still else said.seconds(piece.seconds)
        rows.add_row(f"  {piece.number:>2}", length, price, piece.route, Text(shortened(what)))
    screen.show(rows)
    say_notes(screen, found.plan.notes)
    if found.plan.at_hand:
        screen.say(said("At hand"), at_hand_text(said, found.plan))
    if len(found.by_model) > 1:
        for route, price in found.by_model.items():
            screen.say(said("By model"), f"{_price(said, price)}  {route}")
    order = found.plan.order
    screen.say(said("Quote"), quote_text(said, found.quote, order.retakes, fallbacks=bool(order.fallbacks)))
    for setting in found.needs:
        screen.say(said("Needs"), said("{setting}, which is not set", setting=setting))


async def say_comparison(studio: "Studio", screen: Screen, story: str, wishes: FilmWishes) -> None:
    """What a film would cost by every model that can make it, cheapest first."""
    from rich.table import Table

    board = await _board(studio, story, wishes)
    found = await studio.compare(board, **wishes)
    screen.answer([_offer(offer, wishes.get("retakes", 0)) for offer in found])
    said = screen.said
    shots = shots_text(said, len(board.shots))
    told = said.ngettext(
        "{number} way to make {shots}, as if none of them were made before",
        "{number} ways to make {shots}, as if none of them were made before",
        len(found),
        shots=shots,
    )
    screen.say(said("Compared"), told)
    rows = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for column in (said("expected"), said("at worst")):
        rows.add_column(column, justify="right", overflow="fold")
    for column in (said("time"), said("model"), said("key")):
        rows.add_column(column, overflow="fold")
    for offer in found:
        quote = offer.quote
        least, most = map(clock, quote.seconds)
        prices = _price(said, quote.expected_usd), _price(said, quote.worst_usd)
        time = said("{least} to {most}", least=least, most=most)
        rows.add_row(*prices, time, offer.route, said("yes") if offer.key else "-")
    screen.show(rows)


async def _board(studio: "Studio", story: str, wishes: FilmWishes) -> "Storyboard":
    """The storyboard of a text, a script's file, a storyboard's file, or a film."""
    return board_in(await story_of(studio, story, None, story_part(wishes)))


def _object(found: "Estimate") -> dict[str, JSON]:
    return {
        **quote_object(found.quote, found.plan.order.retakes, fallbacks=bool(found.plan.order.fallbacks)),
        "model": found.plan.order.model,
        "shots": [*map(_piece, found.pieces)],
        "models": {route: _number(price) for route, price in found.by_model.items()},
        "notes": list(found.plan.notes),
        "needs": list(found.needs),
    }


def _piece(piece: "Piece") -> dict[str, JSON]:
    return {
        "index": piece.number,
        "id": piece.shot,
        "route": piece.route,
        "seconds": piece.seconds,
        "price_usd": _number(piece.price_usd),
        "at_hand": piece.at_hand,
    }


def _offer(offer: "Offer", retakes: int) -> dict[str, JSON]:
    return {"model": offer.route, **quote_object(offer.quote, retakes), "key_present": offer.key}


def _price(said: Voice, usd: Decimal | None) -> str:
    return said("not known") if usd is None else price_text(usd)


def _number(usd: Decimal | None) -> float | None:
    return None if usd is None else float(usd)
