"""`estimate`: what a film would cost, shot by shot, or by every model; nothing is started, and no key is needed."""

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from storyreel.domain.model import Mode, Quote
from storyreel.domain.storyboard import Storyboard
from storyreel.domain.values import Value
from storyreel.orders import FilmWishes
from storyreel.tools.asking import ASK_STORY, HOW_MANY, steps_for
from storyreel.tools.context import Context
from storyreel.tools.dialog import Dialog
from storyreel.tools.making import Form, Story
from storyreel.tools.spec import ToolSpec
from storyreel.tools.tool import Tool

if TYPE_CHECKING:
    from storyreel.estimate import Piece


class EstimateArguments(Form, Story):
    """What `estimate` is given."""

    compare: Annotated[bool, Field(description="True: also by every other model that can make it, cheapest first.")] = False


class Price(Value):
    """What a piece of work would cost, in US dollars; null: no price is known."""

    expected_usd: float | None
    worst_usd: Annotated[
        float | None, Field(description="Where one take in three is made again, or every one as often as `retakes` says.")
    ]
    seconds: Annotated[tuple[float, float], Field(description="How long the work takes, from and to.")]

    @classmethod
    def of(cls, quote: Quote) -> "Price":
        """The price that a quote tells."""
        return cls(expected_usd=_usd(quote.expected_usd), worst_usd=_usd(quote.worst_usd), seconds=quote.seconds)


class PricedShot(Value):
    """A shot or a keyframe with its price."""

    shot: int  # counted from 1
    what: str
    model: str
    seconds: float
    price_usd: float | None
    at_hand: Annotated[bool, Field(description="It was made before, and is not paid again.")]


class PricedModel(Value):
    """The same film by another model."""

    model: str
    price: Price
    has_key: Annotated[bool, Field(description="Whether it can be used here.")]


class EstimateResult(Value):
    """What a film would cost."""

    model: str
    price: Price
    shots: tuple[PricedShot, ...]
    notes: Annotated[tuple[str, ...], Field(description="What would be otherwise than asked.")]
    needs: Annotated[tuple[str, ...], Field(description="Keys that are not set, by their settings.")]
    models: Annotated[tuple[PricedModel, ...], Field(description="With `compare`: by other models, cheapest first.")] = ()


class EstimateTool(Tool[EstimateArguments, EstimateResult]):
    """The price of a film."""

    spec: ClassVar = ToolSpec(
        id="estimate",
        name="estimate",
        title="Estimate a film's price",
        description=(
            "Tells what a film would cost in US dollars and how long it would take, shot by shot, and with `compare` by every "
            "model. Nothing is started, nothing is paid and no key is needed. Call it before make_film."
        ),
        arguments=EstimateArguments,
        result=EstimateResult,
        read_only=True,
    )
    dialog: ClassVar = Dialog(
        menu_label="Price of a film",
        action="Estimate a film",
        commands={"estimate": "Tell what a film would cost"},
        steps=(*steps_for(Mode.TEXT), ASK_STORY, HOW_MANY),
    )

    async def run(self, args: EstimateArguments, context: Context) -> EstimateResult:
        """The price."""
        board, wishes = await args.drafted({**args.form(), **args.cut(), "user": context.user}, context)
        found = await context.studio.estimate(board, **wishes)
        return EstimateResult(
            model=found.plan.order.model,
            price=Price.of(found.quote),
            shots=_shots(found.plan.storyboard, found.pieces),
            notes=found.plan.notes,
            needs=found.needs,
            models=await _others(board, wishes, context) if args.compare else (),
        )


def _shots(board: Storyboard, pieces: "tuple[Piece, ...]") -> tuple[PricedShot, ...]:
    texts = {shot.id: shot.description for shot in board.shots}
    return tuple(
        PricedShot(
            shot=piece.number,
            what=texts.get(piece.shot, f"keyframe of shot {piece.number}"),
            model=piece.route,
            seconds=piece.seconds,
            price_usd=_usd(piece.price_usd),
            at_hand=piece.at_hand,
        )
        for piece in pieces
    )


async def _others(board: Storyboard, wishes: FilmWishes, context: Context) -> tuple[PricedModel, ...]:
    offers = await context.studio.compare(board, **wishes)
    return tuple(PricedModel(model=one.route, price=Price.of(one.quote), has_key=one.key) for one in offers)


def _usd(usd: Decimal | None) -> float | None:
    return None if usd is None else float(usd)
