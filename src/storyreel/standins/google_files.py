"""The Gemini API's files: resumable uploads, states, downloads of what was generated, an end after two days."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from aiohttp import web

from storyreel.domain.values import JSON
from storyreel.standins.clips import MP4
from storyreel.standins.cloud import ORDER
from storyreel.standins.faults import Fault, Kind
from storyreel.standins.google_reading import camel_of, invalid
from storyreel.standins.jobs import Job
from storyreel.standins.reading import json_of, paged
from storyreel.standins.refusals import Refusal, Refused

if TYPE_CHECKING:
    from storyreel.standins.cloud import Cloud

LIFE = timedelta(hours=48)
WRITING_S = 1.0  # at speed 1, until a file is ACTIVE
MOST_BYTES = 2 * 1024**3


@dataclass(slots=True)
class File:
    """A file there."""

    id: str
    media_type: str
    created: datetime
    title: str = ""
    data: bytes = b""
    job: Job | None = None  # of one that was generated


@dataclass(slots=True)
class Upload:
    """An upload that has begun."""

    media_type: str
    size: int
    title: str
    data: bytes = b""


class Files:
    """The files of one cloud, and what is served for them."""

    def __init__(self, cloud: "Cloud") -> None:
        self._cloud = cloud
        self._files: dict[str, File] = {}
        self._uploads: dict[str, Upload] = {}
        self.elsewhere = False  # downloads are redirected to the results' own host

    def add_routes(self, app: web.Application) -> None:
        """In the documentation's order."""
        cloud, version = self._cloud, "{version:v1|v1beta}"
        cloud.on(app, "POST", f"/upload/{version}/files", Kind.OTHER, self._begin_or_send, auth=False)
        cloud.on(app, "GET", f"/{version}/files", Kind.LIST, self._list)
        cloud.on(app, "GET", f"/{version}/files/{{id}}:download", Kind.FETCH, self._download)
        cloud.on(app, "GET", f"/{version}/files/{{id}}", Kind.OTHER, self._get)
        cloud.on(app, "DELETE", f"/{version}/files/{{id}}", Kind.OTHER, self._delete)

    def of_job(self, job: Job) -> str:
        """The id of a job's result, which is a file from now on."""
        id = f"gen{job.id.rpartition('_')[2][:12].lower()}"
        if id not in self._files:
            self._files[id] = File(id, MP4, max(self._cloud.ended(job), job.created), job=job)
        return id

    def bytes_of(self, uri: str, field: str) -> bytes:
        """What an uploaded file holds. Raises Refused for one that is gone, or not ACTIVE yet."""
        file = self._file(uri.rpartition("files/")[2].partition(":")[0].partition("?")[0])
        if self._state(file) != "ACTIVE":
            told = f"The File {file.id} is not in an ACTIVE state and usage is not allowed."
            raise Refused(Refusal.INVALID, told, field=field, problem="state")
        return file.data

    def media_type_of(self, uri: str) -> str:
        """What an uploaded file is."""
        return self._file(uri.rpartition("files/")[2].partition(":")[0]).media_type

    def shown(self, request: web.Request, file: File) -> dict[str, JSON]:
        """A file as the API shows it."""
        where = f"{request.scheme}://{request.host}/v1beta/files/{file.id}"
        made = file.job is not None
        told: dict[str, JSON] = {
            "name": f"files/{file.id}",
            "mimeType": file.media_type,
            "createTime": _when(file.created),
            "updateTime": _when(file.created),
            "expirationTime": _when(file.created + LIFE),
            "uri": where,
            "state": self._state(file),
            "source": "GENERATED" if made else "UPLOADED",
        }
        if file.title:
            told["displayName"] = file.title
        if made:
            told["downloadUri"] = f"{where}:download?alt=media"
        else:
            told["sizeBytes"] = str(len(file.data))
            told["sha256Hash"] = b64encode(sha256(file.data).hexdigest().encode()).decode()
        return told

    async def _begin_or_send(self, request: web.Request) -> web.Response:
        """The two steps of an upload: told apart by the command in its header."""
        commands = {word.strip() for word in request.headers.get("X-Goog-Upload-Command", "").split(",")}
        if "start" in commands:
            return await self._begin(request)
        upload = self._uploads.get(request.query.get("upload_id", ""))
        if upload is None or not commands & {"upload", "finalize"}:
            raise invalid("There is no such upload.", "X-Goog-Upload-Command", "choices")
        if request.headers.get("X-Goog-Upload-Offset") != str(len(upload.data)):
            raise invalid(f"The offset must be {len(upload.data)}.", "X-Goog-Upload-Offset", "choices")
        upload.data += await request.read()
        if "finalize" not in commands:
            return web.Response(headers={"X-Goog-Upload-Status": "active"})
        if upload.size != len(upload.data):
            raise invalid(f"{upload.size} bytes were announced, {len(upload.data)} came.", "X-Goog-Upload-Offset", "size")
        del self._uploads[request.query["upload_id"]]
        id = self._cloud.new_id(12)
        file = self._files[id] = File(id, upload.media_type, self._cloud.now(), upload.title, upload.data)
        return web.json_response({"file": self.shown(request, file)}, headers={"X-Goog-Upload-Status": "final"})

    async def _begin(self, request: web.Request) -> web.Response:
        key = self._cloud.credential(request)
        if key is None or not self._cloud.accepts(key):  # the bytes then go to an address that needs no key
            raise Refused(Refusal.UNAUTHORISED)
        if request.headers.get("X-Goog-Upload-Protocol") != "resumable":
            raise invalid("Only resumable uploads are served.", "X-Goog-Upload-Protocol", "choices")
        size = request.headers.get("X-Goog-Upload-Header-Content-Length", "")
        media_type = request.headers.get("X-Goog-Upload-Header-Content-Type", "")
        if not size.isdecimal() or not 0 < int(size) <= MOST_BYTES:
            raise invalid("The length must be told.", "X-Goog-Upload-Header-Content-Length", "required")
        if "/" not in media_type:
            raise invalid("The type must be told.", "X-Goog-Upload-Header-Content-Type", "required")
        told = camel_of((await json_of(request)).get("file") or {}, "file") if request.can_read_body else {}
        id = self._cloud.new_id(20)
        self._uploads[id] = Upload(media_type, int(size), str(told.get("displayName") or ""))
        where = f"{request.scheme}://{request.host}{request.path}?upload_id={id}&upload_protocol=resumable"
        return web.json_response({}, headers={"X-Goog-Upload-URL": where, "X-Goog-Upload-Status": "active"})

    async def _list(self, request: web.Request) -> web.Response:
        size = int(request.query.get("pageSize", "10"))
        files = [file for file in reversed(self._files.values()) if self._alive(file)]
        page, cursor = paged(files, size, request.query.get("pageToken", ""))
        told: dict[str, JSON] = {"files": [self.shown(request, file) for file in page]}
        return web.json_response(told | ({"nextPageToken": cursor} if cursor else {}))

    async def _get(self, request: web.Request) -> web.Response:
        return web.json_response(self.shown(request, self._file(request.match_info["id"])))

    async def _delete(self, request: web.Request) -> web.Response:
        del self._files[self._file(request.match_info["id"]).id]
        return web.json_response({})

    async def _download(self, request: web.Request) -> web.StreamResponse:
        file = self._file(request.match_info["id"])
        order = request.get(ORDER)
        if order and order.fault is Fault.EXPIRED_LINK:
            raise Refused(Refusal.EXPIRED)
        if file.job is None:
            raise invalid("Only generated files can be downloaded.", "source", "state")
        if request.query.get("alt") != "media":
            raise invalid("alt=media is expected.", "alt", "required")
        if self._state(file) != "ACTIVE":
            raise invalid(f"The File {file.id} is not in an ACTIVE state.", "state", "state")
        if self.elsewhere:
            raise web.HTTPFound(self._cloud.link(file.job, life_s=3600))
        return web.Response(body=await self._cloud.result(file.job), content_type=MP4)

    def _file(self, id: str) -> File:
        file = self._files.get(id)
        if file is None or not self._alive(file):
            raise Refused(Refusal.EXPIRED, f"You do not have permission to access the File {id} or it may not exist.")
        return file

    def _alive(self, file: File) -> bool:
        return self._cloud.now() < file.created + LIFE

    def _state(self, file: File) -> str:
        ready = file.created + timedelta(seconds=WRITING_S / self._cloud.speed)
        return "ACTIVE" if self._cloud.now() >= ready else "PROCESSING"


def _when(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
