"""What a client may write next where a prompt or an address has a gap: models by name, films by id."""

from mcp.types import CompleteRequestParams, CompleteResult, Completion

from storyreel.doors.mcp.client import Client, Request
from storyreel.doors.server.desk import Desk

MOST = 100  # values of an answer, by the protocol


class Completions:
    """Completes for a client."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def completed(self, client: Client, _request: Request, params: CompleteRequestParams) -> CompleteResult:
        """What begins with what was written so far; nothing where it is for free words."""
        begun = params.argument.value
        values = [one for one in await self._known(client, params.argument.name) if one.startswith(begun)]
        return CompleteResult(completion=Completion(values=values[:MOST], total=len(values), has_more=len(values) > MOST))

    async def _known(self, client: Client, argument: str) -> list[str]:
        if argument == "model":
            return sorted(model.id for model in self._desk.studio.catalogue.search(open_on=self._desk.studio.today))
        if argument == "film":
            return [film.id for film in await self._desk.studio.films(MOST, user=client.user)]
        return []
