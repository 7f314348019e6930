"""Links to files that need no key and end by themselves: who has one may see that file until then, and nothing else."""

from http import HTTPStatus
from pathlib import PurePosixPath

from fastapi import APIRouter, Request
from starlette.responses import Response

from storyreel.domain.values import Digest
from storyreel.doors.server.addresses import FILE, LINK_S, file_address
from storyreel.doors.server.desk import ADesk, Desk
from storyreel.doors.server.files import FOREVER, blob_answer
from storyreel.doors.server.refusals import Refused

router = APIRouter(prefix="/files", tags=["files"])

TYPES = {".mp4": "video/mp4", ".png": "image/png", ".jpg": "image/jpeg"}


class LinkEnded(Refused):
    """The link's time is over, or it was never one of this server's."""

    def __init__(self) -> None:
        told = "This link has ended, or was never one of this server's; ask again for what it led to."
        super().__init__(HTTPStatus.GONE, "link_ended", told)


def link_to(desk: Desk, digest: Digest, name: str, seconds: float = LINK_S) -> str:
    """An address of a blob that ends after so many seconds. `name`: ours, with one of the endings of `TYPES`."""
    return file_address(desk.public_url, desk.seal, digest, name, seconds)


@router.head("/{sealed}", include_in_schema=False)
@router.get("/{sealed}", response_class=Response, responses={200: {"content": {"video/mp4": {}, "image/png": {}}}})
async def download_file(sealed: str, request: Request, desk: ADesk) -> Response:
    """What a link leads to; it may be asked for in parts (Range), and needs no key."""
    digest, _, name = desk.seal.opened(FILE, sealed).partition("/")
    if not name:
        raise LinkEnded
    answer = await blob_answer(desk, request, digest, TYPES[PurePosixPath(name).suffix], name)
    answer.headers["Cache-Control"] = FOREVER  # the digest is sealed in its address
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # a page elsewhere may show it: its address is the leave
    return answer
