"""A draft as the studio's wishes: what is planned, and what is begun, are the same."""

from decimal import Decimal

from storyreel.domain.film import Film
from storyreel.domain.model import Quote
from storyreel.domain.storyboard import Storyboard
from storyreel.domain.values import Size
from storyreel.doors.bot.booth import Booth, owner
from storyreel.doors.bot.step import Turn
from storyreel.doors.bot.talk import Draft, Kind, Price
from storyreel.doors.languages.words import N_
from storyreel.orders import FilmWishes

LOOK = N_("It all looks as in your pictures.")


async def pictures_of(booth: Booth, draft: Draft) -> list[bytes]:
    """The draft's pictures."""
    return [await booth.blobs.get_bytes(digest) for digest in draft.pictures]


def wishes_of(turn: Turn, draft: Draft, budget_usd: Decimal | None = None) -> FilmWishes:
    """What is wished of the film, but for its pictures."""
    wishes = FilmWishes(
        model=draft.model or None,
        sound=draft.sound,
        deliver=False,
        user=owner(turn.place.user),
        budget=None if budget_usd is None else float(budget_usd),
        allow_unpriced=budget_usd is None,
    )
    if draft.kind is Kind.PICTURE:
        wishes["seconds"], wishes["resolution"], wishes["language"] = draft.seconds, draft.quality, turn.talk.language
    else:
        wishes["size"] = str(Size.of_aspect(draft.aspect, int(draft.quality.removesuffix("p"))))
    return wishes


async def board_of(turn: Turn, draft: Draft) -> Storyboard:
    """The storyboard of the draft's words; where there are none, of its pictures. Raises StoryreelError."""
    if draft.kind is Kind.REFERENCES and not draft.words:
        return await _of_pictures(turn, draft)
    studio = turn.booth.studio
    return await studio.storyboard(draft.words, shots=draft.shots, seconds=draft.seconds, aspect=draft.aspect)


async def price_of(turn: Turn, draft: Draft) -> tuple[Price, Draft]:
    """What the draft would cost and take, and the draft as its model makes it. Raises StoryreelError."""
    booth, wishes = turn.booth, wishes_of(turn, draft)
    if draft.kind is Kind.PICTURE:
        plan = await booth.studio.plan_animation((await pictures_of(booth, draft))[0], draft.words, **wishes)
        return _price(plan.quote, plan.notes), draft
    board = draft.storyboard or await board_of(turn, draft)
    if draft.kind is Kind.REFERENCES:
        wishes["references"] = await pictures_of(booth, draft)
    plan = await booth.studio.plan_film(board, **wishes)
    return _price(plan.quote, plan.notes), draft.model_copy(update={"storyboard": plan.storyboard})


async def begin_film(turn: Turn, draft: Draft, budget_usd: Decimal | None) -> Film:
    """The film, accepted. Raises StoryreelError, before anything is paid."""
    booth, wishes = turn.booth, wishes_of(turn, draft, budget_usd)
    if draft.kind is Kind.PICTURE:
        return await booth.studio.start_animation((await pictures_of(booth, draft))[0], draft.words, **wishes)
    board = draft.storyboard or await board_of(turn, draft)
    if draft.kind is Kind.REFERENCES:
        wishes["references"] = await pictures_of(booth, draft)
    return await booth.studio.start_film(board, **wishes)


async def _of_pictures(turn: Turn, draft: Draft) -> Storyboard:
    """The storyboard that the pictures ask for. Its prompt is for the model; a person is told it in his own language."""
    studio, said = turn.booth.studio, turn.said
    reading = await studio.read(await pictures_of(turn.booth, draft), model=draft.model, sound=draft.sound)
    length = None if draft.seconds is None else draft.seconds * (draft.shots or 1)
    board = studio.board_of(reading, model=draft.model, shots=draft.shots, length=length, aspect=draft.aspect)
    scenes = [
        scene.model_copy(update={"shots": tuple(shot.model_copy(update={"description": said(LOOK)}) for shot in scene.shots)})
        for scene in board.scenes
    ]
    return board.model_copy(update={"title": said("A film of pictures"), "scenes": tuple(scenes)})


def _price(quote: Quote, notes: tuple[str, ...]) -> Price:
    return Price(expected_usd=quote.expected_usd, worst_usd=quote.worst_usd, seconds=quote.seconds, notes=notes)
