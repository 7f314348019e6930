"""Words by the language model that this installation has set, for whoever sits at it: nobody else's budget would count them."""

from typing import TYPE_CHECKING

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.money import paid_text
from storyreel.tools.reaching import Wording

if TYPE_CHECKING:
    from storyreel.tools.context import Context

SETTING = "STORYREEL_WRITER"


async def written_here(wording: Wording, context: "Context") -> str:
    """The words; what they took is logged. Raises InvalidRequest, which names the setting, and as the model does."""
    from storyreel.writing.llm import RULES, write_words

    writer = context.studio.settings.writer
    if context.whose is not None:
        message = (
            "A language model is needed, and this installation lends its own to nobody elsewhere; lend yours (MCP sampling)."
        )
        raise InvalidRequest(message, field="writer")
    if writer == RULES:
        message = f"A language model is needed, and none is set: set {SETTING} to `model`, or to a model's name."
        raise InvalidRequest(message, field="writer")
    account = context.studio.accounts["openai"]
    words, spent = await write_words(wording.prompt, wording.instructions, wording.most_tokens, account=account, model=writer)
    cost = "a price that nobody knows" if spent.cost_usd is None else paid_text(spent.cost_usd)
    await context.log("info", f"{spent.model} wrote {spent.tokens_out} tokens, for {cost}.")
    return words
