"""Pictures that a film is asked for with: assets of the caller's, or addresses of the public net; never a file's name."""

from collections.abc import Sequence

from storyreel.addresses import is_address
from storyreel.domain.errors import InvalidRequest
from storyreel.doors.server.assets import picture_of
from storyreel.doors.server.callers import Caller
from storyreel.doors.server.desk import Desk
from storyreel.library.uploads import PREFIX


async def pictures_named(desk: Desk, caller: Caller, names: Sequence[str], *, field: str) -> list[str | bytes]:
    """Each picture, by its bytes, or by the address from which the studio's guarded fetcher has it.

    Raises NotFound for an asset of somebody else's, InvalidRequest, StoreUnusable.
    """
    found: list[str | bytes] = []
    for name in names:
        if is_address(name):
            found.append(name)
        elif name.startswith(PREFIX):
            found.append(await picture_of(desk, caller, name, field=field))
        else:
            message = f"{name!r} is neither an asset (`{PREFIX}...`, see /v1/assets) nor an address (`https://...`)."
            raise InvalidRequest(message, field=field)
    return found
