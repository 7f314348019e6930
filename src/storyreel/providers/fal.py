"""fal: other makers' models behind one queue.

Read 2026-11-20: https://fal.ai/docs/model-apis, and fal's Python client. Traps: the addresses to ask again are told by the
submit and cannot be built; COMPLETED is also the state of a failure; the queue takes what the model then refuses; fal itself
would run a request up to ten times; its history of requests wants a key of another kind and shows no mark of ours, so a lost
submit cannot be found.
"""

import re
from collections.abc import AsyncGenerator, Mapping
from dataclasses import replace
from functools import partial
from urllib.parse import quote, urlsplit

from storyreel.domain.errors import (
    ContentRejected,
    InsufficientCredit,
    InvalidRequest,
    OutputBroken,
    OutputExpired,
    ProviderUnavailable,
    StoryreelError,
    SubmitOutcomeUnknown,
    TimedOut,
)
from storyreel.domain.generation import GenerationState, Key, RemoteId, Repeat, Request, Sighting
from storyreel.domain.model import Route
from storyreel.domain.values import JSON, Digest, dict_of
from storyreel.providers.arguments import Frames, arguments_of, name_for
from storyreel.providers.fal_refusals import START_WITHIN_S, Refusal, RequestBroke, refusal_in
from storyreel.providers.http import Answer, Api
from storyreel.providers.port import Kit, Listed
from storyreel.providers.schemas import Inputs, inputs_of, together
from storyreel.providers.webhooks import Heard, Incoming, address_for, keys_in, signed_by_fal

API = "https://queue.fal.run"
STORAGE = "https://rest.fal.ai"
SITE = "https://fal.ai"
KEEP_S = 7 * 24 * 3600  # how long fal is asked to keep what it makes and is sent
SMALL_BYTES = 64 * 1024  # a picture up to this size travels inside the request
MOST_PICTURE_BYTES = 10 * 1024 * 1024
NO_CREDIT = re.compile(r"balance|billing|credit|locked", re.IGNORECASE)

SUBMIT_HEADERS = {
    "x-fal-no-retry": "1",
    "X-Fal-Request-Timeout": str(START_WITHIN_S),
    "X-Fal-Object-Lifecycle-Preference": f'{{"expiration_duration_seconds": {KEEP_S}}}',
}
STATES = {
    "IN_QUEUE": GenerationState.QUEUED,
    "IN_PROGRESS": GenerationState.RUNNING,
    "COMPLETED": GenerationState.READY,
}
"""Any other word is taken for work in progress."""

GONE = Sighting(state=GenerationState.CANCELLED, error="fal no longer has this request: it was cancelled there", unknown=True)


class Fal:
    """The five verbs over fal's queue."""

    name = "fal"
    repeat = Repeat.NONE
    edition = ""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._hook_keys: list[bytes] = []
        account, http = kit.account, kit.http()
        self._queue = Api(http, account, default_url=API, authorise=self._signed, explain=partial(self._explain, submit=True))
        self._api = Api(http, account, default_url=API, authorise=self._signed, explain=partial(self._explain, submit=False))
        storage, site = (replace(account, base_url=account.facts.get(fact)) for fact in ("storage", "site"))
        self._storage = Api(http, storage, default_url=STORAGE, authorise=self._signed)
        self._site = Api(http, site, default_url=SITE, authorise=dict)  # what it publishes needs no key

    async def submit(self, request: Request, route: Route, key: Key) -> RemoteId:
        """One paid call, after the pictures have been uploaded."""
        first, last = await self._address(request.first_frame), await self._address(request.last_frame)
        references = [await self._address(digest) for digest in request.references]
        body = arguments_of(request, route, Frames(first, last, references))
        address = address_for(self._kit.account, key)
        query = {"fal_webhook": address} if address else None
        path = f"/{name_for(route, request.modes)}"
        answer = await self._queue.paid("POST", path, body=body, query=query, headers=SUBMIT_HEADERS)
        return self._read_remote(answer.json())

    async def look(self, remote: RemoteId) -> Sighting:
        """Where the request is; of one that is COMPLETED also what came of it."""
        status_at, result_at, _ = remote.split(" ")[-3:]
        try:
            told = (await self._api.free("GET", status_at, query={"logs": "1"})).json()
        except OutputExpired:
            return GONE
        status = dict_of(told)
        if "status" not in status:
            raise ProviderUnavailable(provider=self.name, detail="it answered a look with something else")
        state = STATES.get(str(status.get("status")), GenerationState.RUNNING)
        if state is GenerationState.READY:
            return await self._ended(status, result_at)
        return Sighting(state=state, progress=_progress(status.get("logs")))

    async def heard(self, incoming: Incoming) -> Heard:
        """A request that is done, by fal's own key."""
        if not self._hook_keys:
            self._hook_keys = keys_in((await self._storage.free("GET", "/.well-known/jwks.json")).json())
        request = signed_by_fal(self._hook_keys, incoming)
        return Heard(request, request)

    def remote_of(self, told: str, request: Request, route: Route) -> RemoteId:
        """The addresses of a request: beneath its model's owner and name, whatever comes after those."""
        app = "/".join(name_for(route, request.modes).split("/")[:2])
        where = f"/{app}/requests/{quote(told, safe='')}"
        return f"{told} {where}/status {where} {where}/cancel"

    async def find(self, key: Key) -> RemoteId | None:
        """Never known: an ordinary key lists no requests, and a request bears no mark of ours."""
        raise SubmitOutcomeUnknown(provider=self.name, detail=f"it keeps no list in which {key} could be looked for")

    async def cancel(self, remote: RemoteId) -> None:
        """A request that waits is taken from the queue; one that runs gets a signal and may still finish."""
        *_, cancel_at = remote.split(" ")
        try:
            await self._api.free("PUT", cancel_at)
        except (InvalidRequest, OutputExpired):
            return  # it had ended, or is gone

    def fetch(self, output: str) -> AsyncGenerator[bytes]:
        """The result's bytes, from fal's file store."""
        return self._api.download(output)

    async def listed(self, route: Route) -> Listed:
        """What the documents of the route's endpoints take."""
        names = dict.fromkeys((route.remote_name, *route.remote_names.values()))
        told = {name: await self._inputs(name) for name in names}
        there = [inputs for inputs in told.values() if inputs is not None]
        gone = [name for name, inputs in told.items() if inputs is None]
        note = f"Not there any more: {', '.join(gone)}." if gone else ""
        return Listed(there=bool(there), parameters=together(there) if any(there) else None, note=note)

    async def _inputs(self, endpoint: str) -> Inputs | None:
        """An endpoint's inputs, none where its document tells none; None: there is no such endpoint."""
        query = {"endpoint_id": endpoint}
        answer = await self._site.free(
            "GET", "/api/openapi/queue/openapi.json", query=query, tolerate=lambda answer: answer.status == 404
        )
        told = dict_of(answer.json())
        submit = dict_of(dict_of(told.get("paths")).get(f"/{endpoint}"))
        if answer.status == 404 or not submit:
            return None
        schemas = dict_of(dict_of(told.get("components")).get("schemas"))
        content = dict_of(dict_of(dict_of(submit.get("post")).get("requestBody")).get("content"))
        return inputs_of(dict_of(content.get("application/json")).get("schema"), schemas)

    def _signed(self) -> Mapping[str, str]:
        return {"Authorization": f"Key {self._kit.account.secret()}"}

    async def _address(self, digest: Digest | None) -> str | None:
        """Where fal finds a picture: in the request itself where it is small, otherwise in its file store."""
        if digest is None:
            return None
        picture = await self._kit.pictures.picture(digest, most_bytes=MOST_PICTURE_BYTES)
        if len(picture.data) <= SMALL_BYTES:
            return picture.data_uri
        begun = await self._storage.free(
            "POST",
            "/storage/upload/initiate",
            query={"storage_type": "fal-cdn-v3"},
            body={"file_name": picture.file_name, "content_type": picture.media_type},
            headers={"X-Fal-Object-Lifecycle": f'{{"expiration_duration_seconds": {KEEP_S}}}'},
        )
        told = dict_of(begun.json())
        upload_at, file_at = told.get("upload_url"), told.get("file_url")
        if not isinstance(upload_at, str) or not isinstance(file_at, str):
            raise ProviderUnavailable(provider=self.name, detail="it began an upload and told no address for it")
        await self._storage.free("PUT", upload_at, form=picture.data, headers={"Content-Type": picture.media_type})
        return file_at

    def _read_remote(self, told: JSON) -> RemoteId:
        """Its id, where to look, where the result will be, where to cancel, by one space each; our own address is left out."""
        parts = [dict_of(told).get(name) for name in ("request_id", "status_url", "response_url", "cancel_url")]
        if not all(isinstance(part, str) and part for part in parts):
            raise SubmitOutcomeUnknown(provider=self.name, detail="it accepted a request and told no address for it")
        id, *addresses = map(str, parts)
        return " ".join([id, *map(self._own_path, addresses)])

    def _own_path(self, url: str) -> str:
        """An address beneath our base: never another's, which would see the key."""
        if url.startswith(f"{self._api.base_url}/"):
            return url.removeprefix(self._api.base_url)
        return urlsplit(url).path

    async def _ended(self, status: dict[str, JSON], result_at: str) -> Sighting:
        """What came of a request that is COMPLETED."""
        try:
            answer = await self._api.free("GET", result_at)
        except (ContentRejected, InvalidRequest, OutputExpired, RequestBroke, TimedOut) as error:
            return _failed(error)
        except ProviderUnavailable:
            if not status.get("error"):
                raise  # the result may be had at the next look
            return _failed(self._error(refusal_in(status), theirs=True))
        outputs = _outputs(answer.json())
        if not outputs:
            return _failed(OutputBroken("fal's result names no file"))
        return Sighting(state=GenerationState.READY, outputs=outputs)

    def _explain(self, answer: Answer, *, submit: bool) -> StoryreelError | None:
        """What fal's own bodies mean; of a submit that broke on their side nobody knows whether it counts."""
        refusal = refusal_in(answer.json())
        if answer.status == 403 and NO_CREDIT.search(refusal.message):
            return InsufficientCredit(provider=self.name, detail=self._api.said(refusal.message))
        if answer.status == 404:
            told = f"fal has no such model ({self._api.said(refusal.message)}). `storyreel models` lists what is open."
            return InvalidRequest(told, field="model") if submit else OutputExpired(provider=self.name)
        typed = bool(refusal.kind) or answer.headers.get("X-Fal-Error-Type") is not None
        if answer.status in {401, 403, 408, 429} or (answer.status >= 500 and (submit or not typed)):
            return None
        return self._error(refusal, theirs=answer.status >= 500)

    def _error(self, refusal: Refusal, *, theirs: bool) -> StoryreelError:
        return refusal.error(self.name, self._api.said(refusal.message), theirs=theirs)


def _failed(error: StoryreelError) -> Sighting:
    """Faults of their own are not billed, what moderation refuses may be. https://docs.fal.ai/errors, read 2026-11-20."""
    refused = isinstance(error, ContentRejected)
    return Sighting(state=GenerationState.FAILED, error=str(error), error_code=error.code, charged=refused)


def _progress(logs: JSON) -> float | None:
    """How far the last log line that tells it says the work is: 'denoise 12/40', '30%'."""
    for line in reversed(logs if isinstance(logs, list) else []):
        words = str(dict_of(line).get("message"))
        if found := re.search(r"\b(\d+)\s*/\s*([1-9]\d*)\b", words):
            return min(1.0, int(found[1]) / int(found[2]))
        if found := re.search(r"\b(\d{1,3})(?:\.\d+)?\s*%", words):
            return min(1.0, int(found[1]) / 100)
    return None


def _outputs(told: JSON) -> tuple[str, ...]:
    """The addresses of a result's files: one clip, or pictures."""
    result = dict_of(told)
    pictures = result.get("images")
    files = [result.get("video"), result.get("image"), *(pictures if isinstance(pictures, list) else [])]
    return tuple(str(url) for file in files if (url := dict_of(file).get("url")))
