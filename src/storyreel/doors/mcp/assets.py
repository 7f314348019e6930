"""Pictures as a client elsewhere names them in a call: by an asset's id, which only its owner may, never by a digest."""

import re
from collections.abc import Mapping

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.values import DIGEST, JSON
from storyreel.doors.mcp.client import Client
from storyreel.doors.server.assets import upload_of
from storyreel.doors.server.desk import Desk
from storyreel.library.uploads import PREFIX

_ASSET = re.compile(rf"^{PREFIX}[0-9a-f]{{24}}$")


async def with_assets(desk: Desk, client: Client, arguments: Mapping[str, JSON]) -> dict[str, JSON]:
    """The arguments, with each asset's id replaced by its digest, as tools take it.

    Raises NotFound for an asset of somebody else's, InvalidRequest for a digest.
    """
    if client.here:
        return dict(arguments)
    return {name: await _named(desk, client, value) for name, value in arguments.items()}


async def _named(desk: Desk, client: Client, value: JSON) -> JSON:
    if isinstance(value, list):
        return [await _named(desk, client, one) for one in value]
    if not isinstance(value, str):
        return value
    if DIGEST.match(value):
        message = f"{value} is what a store calls it, which may be anybody's; name an asset by its id (`{PREFIX}...`)."
        raise InvalidRequest(message, field="asset")
    return (await upload_of(desk, client.caller, value)).digest if _ASSET.match(value) else value
