"""`/sign-in`: a key for a session; `/sign-out` ends it."""

from http import HTTPStatus
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from starlette.responses import Response

from storyreel.doors.server.addresses import ENTER
from storyreel.doors.server.callers import COOKIE, SESSION, address_of
from storyreel.doors.server.desk import ADesk, Desk
from storyreel.doors.server.links import LinkEnded
from storyreel.doors.server.pages.forms import form_of
from storyreel.doors.server.pages.page import NO_STORE, PageRoute, language_of, seen_at, site_of
from storyreel.doors.server.refusals import KeyUnknown

router = APIRouter(include_in_schema=False, route_class=PageRoute)

SESSION_S = 30 * 24 * 3600


@router.get("/sign-in")
async def sign_in_page(request: Request, back: str = "/") -> Response:
    """Where a key is asked for."""
    return _page(request, back, refused=False)


@router.post("/sign-in")
async def sign_in(request: Request, desk: ADesk) -> Response:
    """A session for whoever has a key, which a script of the page cannot read."""
    form = await form_of(request)
    back = form.text("back")
    desk.rates.must_allow(f"sign-in:{address_of(request)}")
    try:
        caller = await desk.callers.with_key(form.text("key"), address_of(request))
    except KeyUnknown:
        return _page(request, back, refused=True)
    answer = seen_at(_ours(back))
    set_session(answer, desk, caller.api_key or "")
    return answer


@router.get("/enter/{sealed}")
async def enter(sealed: str, desk: ADesk) -> Response:
    """A session by a link that the bot gave to whom it is for; refused where the key was revoked meanwhile."""
    key = desk.seal.opened(ENTER, sealed)
    if not key:
        raise LinkEnded
    answer = seen_at("/library")
    set_session(answer, desk, key)
    return answer


@router.post("/sign-out")
async def sign_out() -> Response:
    """The end of a session."""
    answer = seen_at("/sign-in")
    answer.delete_cookie(COOKIE)
    return answer


def set_session(answer: Response, desk: Desk, key: str) -> None:
    """Give the browser a session of the key of that id."""
    answer.set_cookie(
        COOKIE,
        desk.seal.closed(SESSION, key, SESSION_S),
        max_age=SESSION_S,
        httponly=True,
        samesite="lax",
        secure=desk.public_url.startswith("https:"),
    )


def _page(request: Request, back: str, *, refused: bool) -> Response:
    text = site_of(request).rendered(language_of(request), "pages/sign_in.html", page=None, back=_ours(back), refused=refused)
    return Response(text, HTTPStatus.UNAUTHORIZED if refused else HTTPStatus.OK, headers=NO_STORE, media_type="text/html")


def _ours(back: str) -> str:
    """A path of this server; its first page where somebody wrote another address."""
    parts = urlsplit(back)
    return back if back.startswith("/") and not back.startswith(("//", "/\\")) and not parts.netloc else "/"
