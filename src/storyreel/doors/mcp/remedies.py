"""What helps, as an agent has it: tools and their arguments; what no tool does, as the command line or REST has it."""

from collections.abc import Mapping

from storyreel.domain.advice import Remedy
from storyreel.doors.mcp.client import Client
from storyreel.doors.server.remedies import REMEDIES as BY_REST
from storyreel.tools.remedies import BY_TOOLS

BY_REQUESTS: Mapping[Remedy, str] = {
    **BY_TOOLS,
    Remedy.FILMS: "`resources/list`",
    Remedy.TOOLS: "`tools/list`",
}


def words_for(client: Client) -> Mapping[Remedy, str]:
    """How a client is told what helps."""
    return BY_REQUESTS if client.here else {**BY_REST, **BY_REQUESTS}
