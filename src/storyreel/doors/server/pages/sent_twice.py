"""A form that is sent twice, by a double click or by going back, makes one film."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import TYPE_CHECKING

from storyreel.doors.server.once import UnderWay
from storyreel.doors.server.pages.forms import TOKEN, Form
from storyreel.doors.server.pages.page import Page
from storyreel.library import replies

if TYPE_CHECKING:
    from storyreel.domain.film import Film

FIELD = "once"


async def sent_once(page: Page, form: Form, make: "Callable[[], Awaitable[Film]]") -> str:
    """The id of the film that this form makes, or made when it came before. Raises UnderWay, and as `make`."""
    name = form.text(FIELD)
    if not name:
        return (await make()).id
    key = f"form:{form.text(TOKEN)[-16:]}:{name}"[:255]
    database, caller = page.desk.database, page.caller.name
    known = await database.write(replies.begin_reply, caller, key, "", page.desk.now())
    if known is not None:
        if known.body is None:
            raise UnderWay
        return known.body
    try:
        film = await make()
    except BaseException:  # nothing was accepted: the form may be sent again
        await database.write(replies.drop_reply, caller, key)
        raise
    await database.write(replies.end_reply, caller, key, HTTPStatus.SEE_OTHER.value, film.id)
    return film.id
