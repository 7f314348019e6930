"""Replicate's files: uploaded as a form, there for a day, named as an input by the address that describes them."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from aiohttp import web

from storyreel.domain.values import JSON
from storyreel.standins.reading import form_of
from storyreel.standins.refusals import Refusal, Refused

if TYPE_CHECKING:
    from storyreel.standins.cloud import Cloud

LIFE = timedelta(days=1)
MOST_BYTES = 100 * 1024 * 1024


class Files:
    """The files of one cloud."""

    def __init__(self, cloud: "Cloud") -> None:
        self._cloud = cloud
        self._since: dict[str, datetime] = {}

    async def upload(self, request: web.Request) -> web.Response:
        """Keep a file."""
        _, files = await form_of(request)
        content = files.get("content")
        if not content:
            raise Refused(Refusal.INVALID, "content is required", field="content", problem="required")
        if len(content[0].data) > MOST_BYTES:
            raise Refused(Refusal.TOO_LARGE, "File is too large: the limit is 100 MiB")
        id = self._cloud.keep(content[0])
        self._since[id] = self._cloud.now()
        return web.json_response(self._shown(id), status=201)

    async def files(self, _request: web.Request) -> web.Response:
        """The files that are still there, newest first."""
        self.clear_old()
        return web.json_response({"previous": None, "next": None, "results": [self._shown(id) for id in reversed(self._since)]})

    async def file(self, request: web.Request) -> web.Response:
        """One file's description."""
        return web.json_response(self._shown(self._named(request)))

    async def forget(self, request: web.Request) -> web.Response:
        """Delete a file."""
        self._drop(self._named(request))
        return web.Response(status=204)

    def clear_old(self) -> None:
        """Drop what is older than a day."""
        for id in [id for id, when in self._since.items() if self._cloud.now() > when + LIFE]:
            self._drop(id)

    def _named(self, request: web.Request) -> str:
        self.clear_old()
        id = request.match_info["id"]
        if id not in self._since:
            raise Refused(Refusal.NOT_FOUND)
        return id

    def _drop(self, id: str) -> None:
        del self._cloud.uploads[id], self._since[id]

    def _shown(self, id: str) -> dict[str, JSON]:
        upload, when = self._cloud.uploads[id], self._since[id]
        told: dict[str, JSON] = {"id": id, "content_type": upload.media_type, "size": len(upload.data), "metadata": {}}
        told |= {"name": upload.name, "etag": id, "checksums": {"sha256": sha256(upload.data).hexdigest()}}
        told |= {"created_at": moment_text(when), "expires_at": moment_text(when + LIFE)}
        told["urls"] = {"get": f"{self._cloud.url}/v1/files/{id}"}
        return told


def moment_text(moment: datetime) -> str:
    """A moment as the API writes it."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
