"""Google's Gemini API: Gemini Omni Flash through the Interactions API, and pictures through generateContent.

Read 2026-11-20: https://ai.google.dev/gemini-api/docs/omni. Traps: a refusal is a completed interaction with words and no
video; a length is a duration's text ("8s"); a clip comes as base64 or as a file's address, whatever was asked; an unknown id
and a passing fault are both 400; there is no listing and no key of ours, so a create whose answer is lost stays unknown.
"""

import asyncio
from base64 import b64decode
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing, suppress
from dataclasses import replace

from storyreel.accounts import Account
from storyreel.domain.errors import (
    AuthenticationFailed,
    CapabilityMissing,
    InvalidRequest,
    OutputExpired,
    ProviderUnavailable,
    StoryreelError,
    SubmitOutcomeUnknown,
)
from storyreel.domain.generation import GenerationState, Key, RemoteId, Repeat, Request, Sighting
from storyreel.domain.model import Mode, Route
from storyreel.domain.values import JSON, Digest
from storyreel.providers import veo
from storyreel.providers.arguments import Frames, arguments_of, name_for
from storyreel.providers.gemini_images import PICTURE_PATIENCE, body_of_picture, picture_in
from storyreel.providers.gemini_interactions import body_of_video, file_id, is_lost, sighting_of, video_in
from storyreel.providers.google_errors import error_in, explainer
from storyreel.providers.http import CHUNK_BYTES, Answer, Api
from storyreel.providers.kept import Kept
from storyreel.providers.our_words import in_our_words
from storyreel.providers.port import JPEG, PNG, Kit, Listed, NotShown, Picture

API = "https://generativelanguage.googleapis.com"
MOST_INLINE_BYTES = 12 * 1024 * 1024  # of all pictures of a request; relays refuse more than about 15 MB in base64
ALMOST_DONE = 0.95
OPERATION = "/operations/"  # within the name of one of Veo's


class Gemini:
    """The five verbs. The route's words tell which call it is.

    `generationConfig` draws a picture; `parameters` is Veo's predictLongRunning, which relays still serve at addresses of their
    own; any other is an interaction.
    """

    name = "gemini"
    repeat = Repeat.NONE
    edition = ""

    def __init__(self, kit: Kit) -> None:
        account = kit.account
        self._kit = kit
        self._kept = Kept(kit.work, self.name)
        patient = replace(account, timeout_s=account.timeout_s * PICTURE_PATIENCE)
        self._api, self._pictures = self._opened(account), self._opened(patient)

    async def submit(self, request: Request, route: Route, key: Key) -> RemoteId:
        """One interaction, or one picture, which comes at once and is kept. Raises what the taxonomy names."""
        _must_be_possible(request, route)
        if any(word.name.startswith("parameters.") for word in route.parameters.values()):
            return await self._begin_operation(request, route)
        pictures = [await self._picture(digest, len(_digests(request))) for digest in _digests(request)]
        arguments = arguments_of(request, route, Frames())
        model = name_for(route, request.modes)
        if "generationConfig" in arguments:
            with in_our_words(route):
                return await self._draw(model, body_of_picture(request, arguments, pictures), key)
        with in_our_words(route):
            answer = await self._api.paid("POST", "/v1beta/interactions", body=body_of_video(request, model, arguments, pictures))
        told = answer.json()
        if isinstance(told, dict) and isinstance(told.get("id"), str):
            return str(told["id"])
        raise SubmitOutcomeUnknown(provider=self.name, detail=self._unreadable(told))

    async def look(self, remote: RemoteId) -> Sighting:
        """Where the interaction is; one whose file is still being written is running."""
        if self._kept.holds(remote):
            return await self._kept.look(remote)
        if OPERATION in remote:
            return veo.sighting_of(await self._told(f"/v1beta/{remote}", "name"), remote, self._api.said)
        told = await self._interaction(remote)
        if is_lost(told):
            told = await self._interaction(remote)  # once more, before a charged clip is given up
        sighting = sighting_of(told, self._api.said)
        if sighting.outputs and (file := file_id(sighting.outputs[0])):
            return await self._with_file(sighting, file)
        return sighting

    async def find(self, key: Key) -> RemoteId | None:
        """Raises SubmitOutcomeUnknown: nothing there can be searched by our key."""
        raise SubmitOutcomeUnknown(provider=self.name, detail=f"it has no listing in which {key} could be found")

    async def cancel(self, remote: RemoteId) -> None:
        """End it; one that has ended is left as it is. Veo's operations cannot be ended."""
        if not self._kept.holds(remote) and OPERATION not in remote:
            with suppress(InvalidRequest):
                await self._api.free("POST", f"/v1beta/interactions/{remote}/cancel")

    async def fetch(self, output: str) -> AsyncGenerator[bytes]:
        """A result's bytes: kept here, inside the interaction, or a file there. Raises OutputExpired, ProviderUnavailable."""
        if self._kept.holds(output):
            source = self._kept.fetch(output)
        elif output.startswith(veo.INLINE):
            source = self._inline(output.removeprefix(veo.INLINE))
        else:
            file = file_id(output)
            where = f"{self._api.base_url}/v1beta/files/{file}:download?alt=media" if file else output
            source = self._api.download(where)
        async with aclosing(source) as chunks:
            async for chunk in chunks:
                yield chunk

    def _opened(self, account: Account) -> Api:
        return Api(
            self._kit.http(),
            account,
            default_url=API,
            authorise=lambda: {"x-goog-api-key": account.secret()},
            explain=self._explain,
        )

    def _explain(self, answer: Answer) -> StoryreelError | None:
        account = self._kit.account
        return explainer(account, self._api.said, account.setting)(answer)

    async def _draw(self, model: str, body: JSON, key: Key) -> RemoteId:
        answer = await self._pictures.paid("POST", f"/v1beta/models/{model}:generateContent", body=body)
        told = await asyncio.to_thread(answer.json)
        if not isinstance(told, dict) or not told.keys() & {"candidates", "promptFeedback"}:
            raise SubmitOutcomeUnknown(provider=self.name, detail=self._unreadable(told, "picture"))
        drawn = await asyncio.to_thread(picture_in, told, model, self.name, self._api.said)
        return await self._kept.put(key, drawn.data, suffix=drawn.suffix, cost_usd=drawn.cost_usd)

    async def _begin_operation(self, request: Request, route: Route) -> RemoteId:
        pictures = {digest: await self._picture(digest, len(_digests(request))) for digest in _digests(request)}
        frames = Frames(
            first=veo.image_of(pictures[request.first_frame]) if request.first_frame else None,
            last=veo.image_of(pictures[request.last_frame]) if request.last_frame else None,
            references=[veo.asset_of(pictures[digest]) for digest in request.references],
        )
        model, body = name_for(route, request.modes), veo.body_of_operation(request, route, frames)
        with in_our_words(route):
            told = (await self._api.paid("POST", f"/v1beta/models/{model}:predictLongRunning", body=body)).json()
        if isinstance(told, dict) and isinstance(told.get("name"), str):
            return str(told["name"])
        raise SubmitOutcomeUnknown(provider=self.name, detail=self._unreadable(told, "operation"))

    async def _interaction(self, remote: RemoteId) -> dict[str, JSON]:
        return await self._told(f"/v1beta/interactions/{remote}", "status")

    async def _told(self, path: str, must_have: str) -> dict[str, JSON]:
        """What a look at that path shows."""
        try:
            answer = await self._api.free("GET", path)
        except InvalidRequest as error:  # 400 comes and goes while a paid interaction runs
            raise NotShown(provider=self.name, detail=f"no news of the generation ({error})") from error
        told = await asyncio.to_thread(answer.json)
        if not isinstance(told, dict) or not isinstance(told.get(must_have), str):
            raise ProviderUnavailable(provider=self.name, detail=self._unreadable(told))
        return told

    async def _with_file(self, sighting: Sighting, file: str) -> Sighting:
        """The sighting, once the file is ACTIVE."""
        try:
            told = (await self._api.free("GET", f"/v1beta/files/{file}")).json()
        except (InvalidRequest, AuthenticationFailed) as error:  # a file that is gone is also 403
            raise OutputExpired(provider=self.name) from error
        match told.get("state") if isinstance(told, dict) else None:
            case "PROCESSING" | "STATE_UNSPECIFIED":
                return Sighting(state=GenerationState.RUNNING, progress=ALMOST_DONE)
            case "FAILED":
                words = "the clip was made, and could not be stored there; it may be charged"
                return Sighting(state=GenerationState.FAILED, error=words, error_code="output_broken", cost_usd=sighting.cost_usd)
            case _:
                return sighting

    async def listed(self, route: Route) -> Listed:
        """Whether the route's models are there; their parameters are told nowhere."""
        names = dict.fromkeys((route.remote_name, *route.remote_names.values()))
        gone = [name for name in names if not await self._is_there(name)]
        return Listed(there=len(gone) < len(names), note=f"Not there any more: {', '.join(gone)}." if gone else "")

    async def _is_there(self, model: str) -> bool:
        answer = await self._api.free("GET", f"/v1beta/models/{model}", tolerate=lambda answer: answer.status == 404)
        return answer.status < 300

    async def _inline(self, remote: RemoteId) -> AsyncGenerator[bytes]:
        if OPERATION in remote:
            data: JSON = veo.bytes_in(await self._told(f"/v1beta/{remote}", "name"))
        else:
            data = (video_in(await self._interaction(remote)) or {}).get("data")
        if not isinstance(data, str):
            raise OutputExpired(provider=self.name)
        for start in range(0, len(data), CHUNK_BYTES):  # a multiple of four: every piece decodes by itself
            yield b64decode(data[start : start + CHUNK_BYTES])

    async def _picture(self, digest: Digest, count: int) -> Picture:
        return await self._kit.pictures.picture(digest, types=(PNG, JPEG), most_bytes=MOST_INLINE_BYTES // count)

    def _unreadable(self, told: JSON, wanted: str = "interaction") -> str:
        error = error_in(told)
        return f"its answer says {self._api.said(error.message)}" if error else f"its answer names no {wanted}"


def _digests(request: Request) -> Sequence[Digest]:
    """The pictures in the order in which they are attached: opening, closing, references."""
    frames = (request.first_frame, request.last_frame)
    return [*(frame for frame in frames if frame), *request.references]


def _must_be_possible(request: Request, route: Route) -> None:
    if Mode.LAST_FRAME in request.modes and Mode.FIRST_FRAME not in request.modes:
        raise CapabilityMissing(model=route.remote_name, capability="end on a frame without beginning on one", alternatives=())
