"""Veo on Google Cloud, through predictLongRunning and fetchPredictOperation.

Read 2026-11-20: https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/veo-video-generation. Traps: an operation
is asked after by POST; it cannot be ended, and is charged; there is no listing and no key of ours, so a create whose answer is
lost stays unknown; a clip lies inside the answer, or in a bucket.
"""

import asyncio
from base64 import b64decode
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from urllib.parse import quote

from storyreel.domain.errors import (
    AuthenticationFailed,
    InvalidRequest,
    OutputExpired,
    ProviderUnavailable,
    StoryreelError,
    SubmitOutcomeUnknown,
)
from storyreel.domain.generation import Key, RemoteId, Repeat, Request, Sighting
from storyreel.domain.model import Route, RouteStatus
from storyreel.domain.values import JSON, Digest
from storyreel.providers.arguments import Frames, name_for
from storyreel.providers.google_auth import CREDENTIALS, Passport
from storyreel.providers.google_errors import explainer
from storyreel.providers.http import CHUNK_BYTES, Answer, Api
from storyreel.providers.our_words import in_our_words
from storyreel.providers.port import JPEG, PNG, Kit, Listed, NotShown, Picture
from storyreel.providers.veo import INLINE, asset_of, body_of_operation, bytes_in, image_of, sighting_of

STORAGE = "https://storage.googleapis.com"
LOCATION = "us-central1"
BUCKET = "gs://"
EARLY = ("EXPERIMENTAL", "PRIVATE_PREVIEW", "PUBLIC_PREVIEW")  # launch stages
MOST_PICTURE_BYTES = 8 * 1024 * 1024


class Vertex:
    """The five verbs."""

    name = "vertex"
    repeat = Repeat.NONE
    edition = ""

    def __init__(self, kit: Kit) -> None:
        account = kit.account
        self._kit, self._account = kit, account
        self._passport = Passport(account)
        self._location = account.facts.get("location") or ("global" if self._passport.express else LOCATION)
        host = "aiplatform.googleapis.com" if self._location == "global" else f"{self._location}-aiplatform.googleapis.com"
        self._api = self._opened(f"https://{host}", account.base_url)
        storage = account.facts.get("storage")  # an emulator's host; a scheme is not always told
        self._storage = self._opened(STORAGE, storage if storage is None or "://" in storage else f"http://{storage}")

    @property
    def base_url(self) -> str:
        """Where it is: by location, unless an address was told."""
        return self._api.base_url

    async def submit(self, request: Request, route: Route, key: Key) -> RemoteId:  # noqa: ARG002  it takes no key of ours
        """Begin one operation. Raises what the taxonomy names."""
        await self._passport.ready()
        frames = Frames(
            first=image_of(await self._picture(request.first_frame)) if request.first_frame else None,
            last=image_of(await self._picture(request.last_frame)) if request.last_frame else None,
            references=[asset_of(await self._picture(digest)) for digest in request.references],
        )
        where = self._models(name_for(route, request.modes))
        with in_our_words(route):
            answer = await self._api.paid("POST", f"{where}:predictLongRunning", body=body_of_operation(request, route, frames))
        told = answer.json()
        if isinstance(told, dict) and isinstance(told.get("name"), str):
            return str(told["name"])
        raise SubmitOutcomeUnknown(provider=self.name, detail="its answer names no operation")

    async def look(self, remote: RemoteId) -> Sighting:
        """Where the operation is."""
        return sighting_of(await self._operation(remote), remote, self._api.said)

    async def find(self, key: Key) -> RemoteId | None:
        """Raises SubmitOutcomeUnknown: nothing there can be searched by our key."""
        raise SubmitOutcomeUnknown(provider=self.name, detail=f"it has no listing in which {key} could be found")

    async def cancel(self, remote: RemoteId) -> None:
        """Nothing: Veo cannot be ended; what has begun is finished and charged."""

    async def fetch(self, output: str) -> AsyncGenerator[bytes]:
        """A result's bytes: out of the operation, a bucket, or an address. Raises OutputExpired, ProviderUnavailable."""
        await self._passport.ready()
        if output.startswith(INLINE):
            source = self._inline(output.removeprefix(INLINE))
        elif output.startswith(BUCKET):
            if self._passport.express:  # a bucket knows no API keys
                raise AuthenticationFailed(provider=self.name, setting=CREDENTIALS)
            bucket, _, path = output.removeprefix(BUCKET).partition("/")
            where = f"{self._storage.base_url}/storage/v1/b/{quote(bucket, safe='')}/o/{quote(path, safe='')}?alt=media"
            source = self._storage.download(where)
        else:
            source = self._api.download(output)
        async with aclosing(source) as chunks:
            async for chunk in chunks:
                yield chunk

    async def listed(self, route: Route) -> Listed:
        """Whether Google publishes the model, and at what stage; its parameters are told nowhere."""
        await self._passport.ready()
        path = f"/v1beta1/publishers/google/models/{route.remote_name}"
        answer = await self._api.free("GET", path, tolerate=lambda answer: answer.status == 404)
        told = answer.json()
        stage = told.get("launchStage") if isinstance(told, dict) else None
        early = f"Google says that its stage is {stage}." if stage in EARLY and route.status is RouteStatus.LIVE else ""
        return Listed(there=answer.status < 300, note=early)

    async def _operation(self, remote: RemoteId) -> dict[str, JSON]:
        await self._passport.ready()
        model = remote.partition("/models/")[2].partition("/")[0]
        try:
            answer = await self._api.free("POST", f"{self._models(model)}:fetchPredictOperation", body={"operationName": remote})
        except InvalidRequest as error:  # a charged operation is not given up for one strange answer
            raise NotShown(provider=self.name, detail=f"no news of the operation ({error})") from error
        told = await asyncio.to_thread(answer.json)
        if not isinstance(told, dict):
            raise ProviderUnavailable(provider=self.name, detail="its answer is not an operation")
        return told

    async def _inline(self, remote: RemoteId) -> AsyncGenerator[bytes]:
        data = bytes_in(await self._operation(remote))
        if data is None:
            raise OutputExpired(provider=self.name)
        for start in range(0, len(data), CHUNK_BYTES):  # a multiple of four: every piece decodes by itself
            yield b64decode(data[start : start + CHUNK_BYTES])

    def _models(self, model: str) -> str:
        """Where a model is; an express key has no project."""
        if self._passport.express:
            return f"/v1beta1/publishers/google/models/{model}"
        return f"/v1/projects/{self._passport.project}/locations/{self._location}/publishers/google/models/{model}"

    def _opened(self, default: str, base_url: str | None) -> Api:
        return Api(
            self._kit.http(),
            replace(self._account, base_url=base_url),
            default_url=default,
            authorise=self._passport.headers,
            explain=self._explain,
        )

    def _explain(self, answer: Answer) -> StoryreelError | None:
        return explainer(self._account, self._api.said, self._passport.setting)(answer)

    async def _picture(self, digest: Digest) -> Picture:
        return await self._kit.pictures.picture(digest, types=(PNG, JPEG), most_bytes=MOST_PICTURE_BYTES)
