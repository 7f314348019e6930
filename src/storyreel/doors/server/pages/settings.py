"""`/settings`: the language, the keys to this server, which providers have a key, and webhooks."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from storyreel.accounts import VARIABLES
from storyreel.domain.errors import InvalidRequest
from storyreel.domain.values import Language
from storyreel.doors.server.callers import AT_THIS_MACHINE
from storyreel.doors.server.pages.forms import form_of
from storyreel.doors.server.pages.page import LANGUAGE, AForm, AMaking, APage, Page, PageRoute, seen_at
from storyreel.doors.server.pages.signing_in import set_session
from storyreel.library.keys import USUAL_SCOPES, ApiKey, NewKey, Scope

router = APIRouter(include_in_schema=False, route_class=PageRoute)

YEAR_S = 365 * 24 * 3600


@router.get("/settings")
async def settings_page(page: APage) -> Response:
    """What can be set."""
    return await _page(page)


@router.post("/settings/language")
async def choose_language(request: Request) -> Response:
    """The language from now on, in this browser."""
    form = await form_of(request)
    wished = form.text("language")
    if wished not in set(Language):
        raise InvalidRequest(f"{wished!r} is not a language that is spoken here.", field="language")
    answer = seen_at("/settings")
    answer.set_cookie(LANGUAGE, wished, max_age=YEAR_S, samesite="lax", httponly=True)
    return answer


@router.post("/settings/keys")
async def create_key(page: AMaking, form: AForm) -> Response:
    """A new key, shown this once; the first one signs its maker in, as from now on everybody needs one."""
    page.caller.must(Scope.ADMIN)
    scopes = [scope for scope in Scope if scope.value in form.texts("scope")] or USUAL_SCOPES
    user = form.text("user") or page.caller.user
    made = await page.desk.studio.create_key(form.text("name"), user=user, scopes=scopes, budget=form.number("budget"))
    answer = await _page(page, made)
    if page.caller == AT_THIS_MACHINE:
        set_session(answer, page.desk, made.key.id)
    return answer


@router.post("/settings/keys/revoke")
async def revoke_key(page: AMaking, form: AForm) -> Response:
    """A key that opens nothing any more."""
    page.caller.must(Scope.ADMIN)
    await page.desk.studio.revoke_key(form.text("key"))
    return seen_at("/settings")


async def _page(page: Page, made: NewKey | None = None) -> Response:
    studio = page.desk.studio
    known: tuple[ApiKey, ...] = await studio.keys()
    admin = Scope.ADMIN in page.caller.scopes
    providers = [(name, studio.accounts[name].setting, studio.accounts[name].ready) for name in sorted(VARIABLES)]
    return page.answer(
        "pages/settings",
        keys=[key for key in known if (admin or key.id == page.caller.api_key) and not key.revoked],
        admin=admin,
        made=made,
        first=made is not None and page.caller == AT_THIS_MACHINE,
        scopes=tuple(Scope),
        providers=providers,
    )
