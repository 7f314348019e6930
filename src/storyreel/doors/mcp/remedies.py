"""What helps, as an agent has it: tools and their arguments; what no tool does, as the command line or REST has it."""

from collections.abc import Mapping

from storyreel.domain.advice import Remedy
from storyreel.doors.mcp.client import Client
from storyreel.doors.server.remedies import REMEDIES as BY_REST

BY_TOOLS: Mapping[Remedy, str] = {
    Remedy.BUDGET: "`budget_usd`",
    Remedy.ALLOW_UNPRICED: "`allow_unpriced`",
    Remedy.AT_ANY_PRICE: "`budget_usd`",
    Remedy.DRAW: '`model` "animatic"',
    Remedy.WRITE_BY_RULES: '`writer` "rules"',
    Remedy.KEYFRAMES: '`joins` "keyframes"',
    Remedy.ANIMATE: "`animate_image`",
    Remedy.MODELS: "`list_models`",
    Remedy.FILMS: "the list of resources",
}


def words_for(client: Client) -> Mapping[Remedy, str]:
    """How a client is told what helps."""
    return BY_TOOLS if client.here else {**BY_REST, **BY_TOOLS}
