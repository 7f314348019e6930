"""The parameters of one call, as the Bot API takes them: in the address, as a form, as JSON; files by `attach://`."""

import json
from collections.abc import Mapping

from aiohttp import web

from storyreel.domain.values import JSON
from storyreel.standins.reading import Upload, form_of
from storyreel.standins.refusals import Refusal, Refused
from storyreel.standins.telegram_refusals import bad

ATTACHED = "attach://"
_WHOLE = 2**53


class Params:
    """Every value is a text, objects as JSON, whichever way it came."""

    def __init__(self, told: Mapping[str, str], files: Mapping[str, list[Upload]]) -> None:
        self._told, self.files = told, files

    @property
    def names(self) -> list[str]:
        """Those of all that was told, files apart."""
        return list(self._told)

    def text(self, name: str) -> str:
        """A value; empty: it was not told."""
        return self._told.get(name, "")

    def required(self, name: str) -> str:
        """A value that must be there. Raises Refused."""
        value = self.text(name)
        if not value:
            raise bad(f'parameter "{name}" is required')
        return value

    def whole(self, name: str, default: int = 0) -> int:
        """A whole number; what is none counts as 0, as it does there."""
        value = self.text(name)
        if not value:
            return default
        try:
            return max(-_WHOLE, min(_WHOLE, int(value)))
        except ValueError:
            return 0

    def yes(self, name: str) -> bool:
        """Whether it is "true", "yes" or "1"."""
        return self.text(name).lower() in {"true", "yes", "1"}

    def json(self, name: str, what: str) -> JSON:
        """A value that is JSON; None: it was not told. Raises Refused, calling it `what`."""
        value = self.text(name)
        try:
            return json.loads(value) if value else None
        except ValueError as error:
            raise bad(f"can't parse {what} JSON object") from error

    def size(self) -> int:
        """Bytes of all files."""
        return sum(len(file.data) for several in self.files.values() for file in several)

    def file(self, media: str) -> Upload | None:
        """The file that `attach://name` means; None: it is not there, or another thing is meant."""
        several = self.files.get(media.removeprefix(ATTACHED)) if media.startswith(ATTACHED) else None
        return several[0] if several else None


async def params_of(request: web.Request) -> Params:
    """What a call says; the body's values go before those of the address. Raises Refused."""
    told = dict(request.query)
    if not request.can_read_body:
        return Params(told, {})
    if request.content_type == "application/json":
        return Params(told | await _of_json(request), {})
    try:
        fields, files = await form_of(request)
    except Refused as error:
        raise Refused(Refusal.INVALID, "can't parse the request's body") from error
    return Params(told | fields, files)


async def _of_json(request: web.Request) -> dict[str, str]:
    try:
        body: JSON = json.loads(await request.read() or b"{}")
    except ValueError as error:
        raise bad("can't parse JSON object") from error
    if not isinstance(body, dict):
        raise bad("object expected")
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in body.items() if value is not None}
