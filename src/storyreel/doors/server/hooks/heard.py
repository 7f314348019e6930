"""`POST /hooks/{provider}/{name}`: a provider says that a look would see something new. It needs no key: providers sign."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from storyreel.doors.server.desk import ADesk

router = APIRouter(prefix="/hooks", include_in_schema=False)


@router.post("/{provider}")
@router.post("/{provider}/{name}")
async def hear(provider: str, request: Request, desk: ADesk, name: str = "") -> Response:
    """Take a provider's webhook in; what it says is not believed, only that there is something to look at."""
    hooks = (await desk.studio.line()).hooks()
    return Response(status_code=await hooks.hear(provider, name, request.headers, await request.body()))
