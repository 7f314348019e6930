"""A draft as the studio's wishes: what is planned, and what is begun, are the same."""

from decimal import Decimal

from storyreel.domain.film import Film
from storyreel.domain.model import Quote
from storyreel.domain.storyboard import Storyboard
from storyreel.domain.values import Size
from storyreel.doors.bot.booth import Booth, owner
from storyreel.doors.bot.talk import Draft, Kind, Price
from storyreel.library.chats import Place
from storyreel.orders import FilmWishes

LONGEST_TITLE = 60  # characters


async def pictures_of(booth: Booth, draft: Draft) -> list[bytes]:
    """The draft's pictures."""
    return [await booth.blobs.get_bytes(digest) for digest in draft.pictures]


def wishes_of(draft: Draft, place: Place, budget_usd: Decimal | None = None) -> FilmWishes:
    """What is wished of the film, but for its pictures."""
    wishes = FilmWishes(
        model=draft.model or None,
        sound=draft.sound,
        deliver=False,
        user=owner(place.user),
        budget=None if budget_usd is None else float(budget_usd),
        allow_unpriced=budget_usd is None,
    )
    if draft.kind is Kind.PICTURE:
        wishes["seconds"], wishes["resolution"] = draft.seconds, draft.quality
    else:
        wishes["size"] = str(Size.of_aspect(draft.aspect, int(draft.quality.removesuffix("p"))))
    return wishes


async def board_of(booth: Booth, draft: Draft) -> Storyboard:
    """The storyboard of the draft's words, or of its pictures. Raises StoryreelError."""
    studio = booth.studio
    if draft.kind is Kind.REFERENCES:
        reading = await studio.read(await pictures_of(booth, draft), instructions=draft.words, model=draft.model)
        length = None if draft.seconds is None else draft.seconds * (draft.shots or 1)
        board = studio.board_of(reading, draft.words, model=draft.model, shots=draft.shots, length=length, aspect=draft.aspect)
        return board.model_copy(update={"title": draft.words[:LONGEST_TITLE]}) if draft.words else board
    return await studio.storyboard(draft.words, shots=draft.shots, seconds=draft.seconds, aspect=draft.aspect)


async def price_of(booth: Booth, draft: Draft, place: Place) -> tuple[Price, Draft]:
    """What the draft would cost and take, and the draft as its model makes it. Raises StoryreelError."""
    studio, wishes = booth.studio, wishes_of(draft, place)
    if draft.kind is Kind.PICTURE:
        plan = await studio.plan_animation((await pictures_of(booth, draft))[0], draft.words, **wishes)
        return _price(plan.quote, plan.notes), draft
    board = draft.storyboard or await board_of(booth, draft)
    if draft.kind is Kind.REFERENCES:
        wishes["references"] = await pictures_of(booth, draft)
    plan = await studio.plan_film(board, **wishes)
    return _price(plan.quote, plan.notes), draft.model_copy(update={"storyboard": plan.storyboard})


async def begin_film(booth: Booth, draft: Draft, place: Place, budget_usd: Decimal | None) -> Film:
    """The film, accepted. Raises StoryreelError, before anything is paid."""
    studio, wishes = booth.studio, wishes_of(draft, place, budget_usd)
    if draft.kind is Kind.PICTURE:
        return await studio.start_animation((await pictures_of(booth, draft))[0], draft.words, **wishes)
    board = draft.storyboard or await board_of(booth, draft)
    if draft.kind is Kind.REFERENCES:
        wishes["references"] = await pictures_of(booth, draft)
    return await studio.start_film(board, **wishes)


def _price(quote: Quote, notes: tuple[str, ...]) -> Price:
    return Price(expected_usd=quote.expected_usd, worst_usd=quote.worst_usd, seconds=quote.seconds, notes=notes)
