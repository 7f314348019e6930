"""What forms of ours send: read once, and known by a sealed token, so that no other site's form passes for one."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from fastapi import Request
from starlette.datastructures import FormData, UploadFile

from storyreel.domain.errors import InvalidRequest
from storyreel.doors.server.callers import Caller
from storyreel.doors.server.refusals import FormTooOld
from storyreel.doors.server.seal import Seal

TOKEN = "token"  # noqa: S105  the field's name
PURPOSE = "form"
LIFE_S = 24 * 3600.0
MOST_FILES, MOST_FIELDS = 4, 200
UNKNOWN = "unknown"
"""The price that a form tells where nobody knows it."""

NUMBER = re.compile(r"^\d{1,7}([.,]\d{1,4})?$")


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form."""

    data: FormData

    def text(self, name: str) -> str:
        """A field's text; empty where it was not sent."""
        value = self.data.get(name, "")
        return value.replace("\0", "").strip() if isinstance(value, str) else ""

    def texts(self, name: str) -> list[str]:
        """Every text of a field that may come again."""
        return [value for value in self.data.getlist(name) if isinstance(value, str)]

    @property
    def typed(self) -> dict[str, str]:
        """What was written and chosen, by field."""
        return {name: self.text(name) for name in self.data}

    def number(self, name: str) -> float | None:
        """A field's number; None where it was left empty. Raises InvalidRequest."""
        text = self.text(name)
        if not text:
            return None
        if not NUMBER.match(text):
            raise InvalidRequest(f"{text!r} is not a number; write one like 6 or 2.5.", field=name)
        return float(text.replace(",", "."))

    def whole(self, name: str) -> int | None:
        """A field's whole number; None where it was left empty. Raises InvalidRequest."""
        number = self.number(name)
        if number is not None and number != int(number):
            raise InvalidRequest(f"{number:g} is not a whole number.", field=name)
        return None if number is None else int(number)

    def files(self, name: str) -> list[UploadFile]:
        """The files of a field that have anything in them."""
        return [value for value in self.data.getlist(name) if isinstance(value, UploadFile) and value.size]


async def form_of(request: Request) -> Form:
    """The form that a request carries; it is read once, whoever asks."""
    return Form(await request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS))


def token_for(seal: Seal, caller: Caller) -> str:
    """What a form for that caller carries."""
    return seal.closed(PURPOSE, caller.name, LIFE_S)


def must_be_ours(seal: Seal, caller: Caller, token: str) -> None:
    """Raises FormTooOld for a form that was not made for that caller, or is a day old."""
    if seal.opened(PURPOSE, token) != caller.name:
        raise FormTooOld


def told_price(form: Form) -> Decimal | None:
    """The price that the button told. Raises InvalidRequest."""
    text = form.text("told")
    if text == UNKNOWN:
        return None
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise InvalidRequest("The price that was told is missing; load the page again.", field="told") from error
