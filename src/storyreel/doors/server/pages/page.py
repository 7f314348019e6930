"""One request of a page: who asks, in which language, and what is answered; errors are told as pages too."""

import secrets
from collections.abc import AsyncGenerator, Callable, Coroutine
from dataclasses import dataclass, replace
from decimal import Decimal
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response
from typing_extensions import override

from storyreel.domain.errors import StoryreelError
from storyreel.domain.values import Language
from storyreel.doors.languages.failures import failure_text
from storyreel.doors.languages.words import spoken
from storyreel.doors.server.callers import AT_THIS_MACHINE, Caller
from storyreel.doors.server.desk import ADesk, Desk, Maker, Reader
from storyreel.doors.server.pages.forms import TOKEN, Form, form_of, must_be_ours, token_for
from storyreel.doors.server.pages.remedies import here, remedies
from storyreel.doors.server.pages.site import Site
from storyreel.doors.server.problems import Problem, problem_of, problem_of_shape
from storyreel.doors.server.refusals import KeyMissing, KeyUnknown, Refused
from storyreel.library.guard import ImpossibleChange
from storyreel.library.keys import Scope
from storyreel.library.usage import usage

LANGUAGE = "storyreel_language"
"""The cookie of whoever chose a language."""

NO_STORE = {"Cache-Control": "no-store", "Vary": "Accept-Language, Cookie, HX-Request"}


@dataclass(frozen=True, slots=True)
class Page:
    """What a page is made for."""

    request: Request
    desk: Desk
    caller: Caller
    today_usd: Decimal | None = None  # what the caller's films cost today, with what is held; None: not asked

    @property
    def day_limit_usd(self) -> Decimal | None:
        """What everybody's calls of a day may cost, for those who see everybody's."""
        return self.desk.studio.settings.budget_day if Scope.ADMIN in self.caller.scopes else None

    @property
    def site(self) -> Site:
        """The pages' own."""
        return site_of(self.request)

    @property
    def language(self) -> Language:
        """The language that the reader chose, or the browser asks for."""
        return language_of(self.request)

    @property
    def token(self) -> str:
        """What a form of this page sends, to be known again."""
        return token_for(self.desk.seal, self.caller)

    @property
    def once(self) -> str:
        """A name for a form of this page, by which it is known when it is sent twice."""
        return secrets.token_hex(8)

    @property
    def signed_in(self) -> bool:
        """Whether the caller has a key, and can sign out."""
        return self.caller != AT_THIS_MACHINE

    @property
    def partly(self) -> bool:
        """Whether a script asks for a part of a page."""
        return "hx-request" in self.request.headers

    def part(self, template: str, **told: object) -> str:
        """A part of a page."""
        return self.site.rendered(self.language, f"parts/{template}.html", page=self, **told)

    async def of_today(self) -> "Page":
        """The same, with what is spent by now."""
        day = self.desk.now().date()
        spent = await self.desk.database.read(usage, day, day, self.caller.user)
        return replace(self, today_usd=sum((one.cost_usd + one.held_usd for one in spent), Decimal(0)))

    def onward(self, path: str) -> Response:
        """What was sent is done; look there, with a page of its own."""
        if not self.partly:
            return seen_at(path)
        return Response(status_code=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": path, **NO_STORE})

    def answer(self, template: str, **told: object) -> Response:
        """A page, or a part of one: "pages/create", "parts/price"."""
        text = self.site.rendered(self.language, f"{template}.html", page=self, **told)
        again = {} if self.request.method == "GET" else {"HX-Push-Url": "false"}  # nothing is to be had there by its address
        return HTMLResponse(text, headers={**NO_STORE, **again})


def site_of(request: Request) -> Site:
    """The pages' own, of the server that a request came to."""
    site: Site = request.app.state.site
    return site


def language_of(request: Request) -> Language:
    """The language that the reader chose, or the browser asks for."""
    chosen = request.cookies.get(LANGUAGE, "")
    return Language(chosen) if chosen in set(Language) else spoken(request.headers.get("accept-language", ""))


async def _seen(request: Request, desk: ADesk, caller: Reader) -> Page:
    if "hx-request" in request.headers or "text/html" not in request.headers.get("accept", ""):
        return Page(request, desk, caller)
    return await Page(request, desk, caller).of_today()


async def _form(request: Request, desk: ADesk, caller: Reader) -> AsyncGenerator[Form]:
    form = await form_of(request)
    try:
        must_be_ours(desk.seal, caller, form.text(TOKEN))
        yield form
    finally:
        await form.data.close()


async def _made(request: Request, desk: ADesk, caller: Maker) -> Page:
    return Page(request, desk, caller)


APage = Annotated[Page, Depends(_seen)]
"""A page that shows."""

AMaking = Annotated[Page, Depends(_made)]
"""A page's form that makes or changes something."""

AForm = Annotated[Form, Depends(_form)]
"""What a form of ours sent."""


class PageRoute(APIRoute):
    """A route whose errors are told to a person; who needs a key is asked for it."""

    @override
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with that around it."""
        inner = super().get_route_handler()

        async def handler(request: Request) -> Response:
            try:
                return await inner(request)
            except (KeyMissing, KeyUnknown):
                return _to_sign_in(request)
            except (Refused, StoryreelError, ImpossibleChange, HTTPException, RequestValidationError) as error:
                return told(request, error)

        return handler


def told(request: Request, error: Exception) -> Response:
    """An error as a page, or as the part of one that a script shows."""
    problem, language = told_in(language_of(request), error), language_of(request)
    headers = {} if isinstance(error, RequestValidationError) else problem_of(error)[1]
    partly = "hx-request" in request.headers
    template = "parts/problem.html" if partly else "pages/problem.html"
    text = site_of(request).rendered(language, template, problem=problem, page=None)
    return HTMLResponse(text, status_code=problem.status, headers={**headers, **NO_STORE, "HX-Push-Url": "false"})


def told_in(language: Language, error: Exception) -> Problem:
    """An error in a reader's language, without what only a terminal could do."""
    problem = problem_of_shape(error) if isinstance(error, RequestValidationError) else problem_of(error)[0]
    helps = remedies(language)
    told = error.worded(helps) if isinstance(error, StoryreelError) else problem.detail
    return problem.model_copy(update={"detail": failure_text(error, problem.code, here(told, language), language, helps)})


def seen_at(path: str) -> Response:
    """What was posted is done; look there."""
    return RedirectResponse(path, HTTPStatus.SEE_OTHER)


def _to_sign_in(request: Request) -> Response:
    back = request.url.path if request.method == "GET" else "/"
    place = f"/sign-in?back={quote(back)}"
    if "hx-request" in request.headers:
        return Response(status_code=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": place, **NO_STORE})
    return RedirectResponse(place, HTTPStatus.SEE_OTHER, headers=NO_STORE)
