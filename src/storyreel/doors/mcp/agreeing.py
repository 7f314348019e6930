"""A film's price, told to the client's person before it is begun, where nothing in the call agreed to it."""

from dataclasses import replace
from typing import Annotated, Any

from pydantic import BaseModel, Field

from storyreel.domain.advice import Advice, Remedy
from storyreel.domain.errors import BudgetExceeded, Declined
from storyreel.domain.model import Quote
from storyreel.domain.money import price_text
from storyreel.domain.values import Value
from storyreel.tools.context import Context
from storyreel.tools.film_tool import FilmTool

TOLD = ("film", "shot", "story", "prompt", "model")
"""Arguments by which a person knows what is to be made."""
MOST_SHOWN = 80  # characters of one


class Agreement(Value):
    """What a person says to a price."""

    agreed: Annotated[bool, Field(title="Make it for that price", description="Yes: it is made. No: nothing is made or paid.")]


async def agreed(tool: FilmTool[Any], args: BaseModel, quote: Quote, context: Context) -> Context:
    """The context in which the film may be begun: for no more than its person agreed to, where one had to be asked.

    Raises Declined, NobodyToAsk; BudgetExceeded where nobody can be asked and the call could have agreed.
    """
    if quote.expected_usd == 0 or await tool.agreed(args, context):
        return context
    if context.answer is None:
        _must_be_agreed(args, quote)
        return context
    question = question_of(tool, args, quote)
    if not (await context.ask(question, Agreement)).agreed:
        raise Declined(question)
    limits = [usd for usd in (context.budget, quote.worst_usd) if usd is not None]
    return replace(context, budget=min(map(float, limits), default=None))


def _must_be_agreed(args: BaseModel, quote: Quote) -> None:
    """Raises BudgetExceeded; a tool without a budget is agreed to by its call, and no price at all is refused further on."""
    if quote.expected_usd is None or "budget_usd" not in type(args).model_fields:
        return
    price = price_text(quote.expected_usd)
    message = Advice(f"This costs {price}{_at_worst(quote)}. Agree to it with ", Remedy.BUDGET, "; nothing was sent.")
    raise BudgetExceeded(message, budget="unconfirmed", limit_usd="0", needed_usd=str(quote.expected_usd))


def question_of(tool: FilmTool[Any], args: BaseModel, quote: Quote) -> str:
    """What is made, and its price, as a person is asked about it."""
    told = [_short(str(value)) for name in TOLD if (value := getattr(args, name, None))]
    what = f"{tool.spec.title} ({', '.join(told)})" if told else tool.spec.title
    if quote.expected_usd is None:
        return f"{what}: nobody knows what this costs. Go on?"
    return f"{what}: this costs {price_text(quote.expected_usd)}{_at_worst(quote)}. Go on?"


def _at_worst(quote: Quote) -> str:
    worst, expected = quote.worst_usd, quote.expected_usd
    return f", at worst {price_text(worst)} where takes have to be made again" if worst and expected and worst > expected else ""


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= MOST_SHOWN else f"{words[:MOST_SHOWN]}…"
