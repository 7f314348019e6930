"""A form that is sent twice, by a double click or by going back, makes one film."""

import hashlib
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import TYPE_CHECKING

from storyreel.doors.server.once import kept_once
from storyreel.doors.server.pages.forms import TOKEN, Form
from storyreel.doors.server.pages.page import Page

if TYPE_CHECKING:
    from storyreel.domain.film import Film

FIELD = "once"


async def sent_once(page: Page, form: Form, make: "Callable[[], Awaitable[Film]]") -> str:
    """The id of the film that this form makes, or made when it came before. Raises UnderWay, and as `make`."""
    name = form.text(FIELD)
    if not name:
        return (await make()).id
    said = hashlib.sha256(repr(sorted(form.typed.items())).encode()).hexdigest()[:16]  # who goes back and says it otherwise
    key = f"form:{form.text(TOKEN)[-16:]}:{said}:{name}"[:255]

    async def made() -> str:
        return (await make()).id

    _, film = await kept_once(page.desk, page.caller, key, "", made, HTTPStatus.SEE_OTHER)
    return film
