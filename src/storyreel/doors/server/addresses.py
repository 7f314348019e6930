"""Addresses that need no key: of a file, for a day; of a film as it is now, for a week: whoever has one sees that and no more.

And one that opens the pages as a key does, for ten minutes.
"""

from storyreel.domain.values import Digest
from storyreel.doors.server.seal import Seal

LINK_S = 86_400.0  # a day: as long as the providers' own live at most
SHARED_S = 7 * 86_400.0
ENTER_S = 600.0
FILE, SHARED, ENTER = "link", "shared", "enter"
"""What the seals are for."""


def file_address(public_url: str, seal: Seal, digest: Digest, name: str, seconds: float = LINK_S) -> str:
    """An address of a blob that ends after so many seconds. `name`: ours, ending in .mp4, .png or .jpg."""
    return f"{public_url}/files/{seal.closed(FILE, f'{digest}/{name}', seconds)}"


def shared_address(public_url: str, seal: Seal, film: str, output: Digest, seconds: float = SHARED_S) -> str:
    """An address of a page that shows a finished film."""
    return f"{public_url}/shared/{seal.closed(SHARED, f'{film}/{output}', seconds)}"


def enter_address(public_url: str, seal: Seal, key: str, seconds: float = ENTER_S) -> str:
    """An address that begins a session of the key of that id."""
    return f"{public_url}/enter/{seal.closed(ENTER, key, seconds)}"
