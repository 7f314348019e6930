"""`/static`: the stylesheet, the scripts, the icon; kept by browsers for good, as a changed file has another address."""

from http import HTTPStatus
from pathlib import PurePath

from fastapi import APIRouter, Request
from starlette.responses import Response

from storyreel.doors.server.pages.page import site_of
from storyreel.doors.server.pages.site import TYPES
from storyreel.doors.server.refusals import NotFound

router = APIRouter(include_in_schema=False)

FOREVER = "public, max-age=31536000, immutable"


@router.get("/static/{name}")
async def static_file(name: str, request: Request) -> Response:
    """One of our own files."""
    return _file(request, name)


@router.get("/favicon.ico")
async def icon(request: Request) -> Response:
    """The icon where old browsers look for it."""
    return _file(request, "icon.svg")


def _file(request: Request, name: str) -> Response:
    known = site_of(request).files.get(name)
    if known is None:
        raise NotFound("file", name)
    plain, packed, digest = known
    headers = {"Cache-Control": FOREVER, "ETag": f'"{digest}"', "Vary": "Accept-Encoding"}
    if f'"{digest}"' in request.headers.get("if-none-match", ""):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    media_type = TYPES[PurePath(name).suffix]
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(packed, media_type=media_type, headers={**headers, "Content-Encoding": "gzip"})
    return Response(plain, media_type=media_type, headers=headers)
