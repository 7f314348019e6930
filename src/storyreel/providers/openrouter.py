"""OpenRouter's videos: the same path as OpenAI's once had, and another contract.

Read 2026-11-21: https://openrouter.ai/docs/api_reference/videos. Traps: a length is `duration`, a number; frames are a list
with a `frame_type` each; states are an open list; `usage.cost` comes with the end; a result is sent under the job with our key,
and while it lasts at a signed address; there is no cancelling, no listing and no key of ours. A flagged prompt is a 403.
"""

import json
from collections.abc import AsyncGenerator, Mapping
from decimal import Decimal, InvalidOperation
from urllib.parse import quote

from storyreel.domain.errors import (
    ContentRejected,
    InvalidRequest,
    ProviderUnavailable,
    StoryreelError,
    SubmitOutcomeUnknown,
    TimedOut,
)
from storyreel.domain.generation import GenerationState, Key, RemoteId, Repeat, Request, Sighting
from storyreel.domain.model import Route
from storyreel.domain.values import JSON, Digest
from storyreel.providers.arguments import Frames, arguments_of, name_for
from storyreel.providers.http import Answer, Api
from storyreel.providers.openai_errors import Told, explainer, failure_code, told_in
from storyreel.providers.our_words import in_our_words
from storyreel.providers.port import Kit, Listed

API = "https://openrouter.ai/api/v1"
MOST_BYTES = 10 * 1024 * 1024  # of a picture, which is sent within the request
STATES = {
    "pending": GenerationState.QUEUED,
    "in_progress": GenerationState.RUNNING,
    "completed": GenerationState.READY,
    "failed": GenerationState.FAILED,
    "expired": GenerationState.FAILED,
    "cancelled": GenerationState.CANCELLED,
}
"""Their words; any other is that of a job that runs."""


class OpenRouter:
    """The five verbs."""

    name = "openrouter"
    repeat = Repeat.NONE
    edition = ""

    def __init__(self, kit: Kit) -> None:
        account = kit.account
        self._kit = kit
        self._api = Api(
            kit.http(),
            account,
            default_url=API,
            authorise=lambda: {"Authorization": f"Bearer {account.secret()}"},
            explain=self._explain,
        )

    async def submit(self, request: Request, route: Route, key: Key) -> RemoteId:
        """One job, sent once. Raises what the taxonomy names."""
        first, last = await self._frame(request.first_frame, "first_frame"), await self._frame(request.last_frame, "last_frame")
        references = [await self._picture(digest) for digest in request.references]
        arguments = arguments_of(request, route, Frames(first, last, references))
        frames = [arguments.pop(name) for name in ("first_frame", "last_frame") if name in arguments]
        body: dict[str, JSON] = {"model": name_for(route, request.modes), **arguments}
        if frames:
            body["frame_images"] = frames
        with in_our_words(route):
            answer = await self._api.paid("POST", "/videos", body=body, headers={"Idempotency-Key": quote(str(key))})
        told = answer.json()
        if isinstance(told, dict) and isinstance(id := told.get("id"), str) and id:
            return id
        problem = self._api.said(told_in(told).message or "its answer names no generation")
        raise self._explain(answer) or SubmitOutcomeUnknown(provider=self.name, detail=problem)

    async def look(self, remote: RemoteId) -> Sighting:
        """Where the job is."""
        answer = await self._api.free("GET", f"/videos/{quote(remote, safe='')}")
        job = answer.json()
        if isinstance(job, dict) and isinstance(job.get("status"), str):
            return self._sighting(remote, job)
        problem = self._api.said(told_in(job).message or "its answer is no job")
        raise self._explain(answer) or ProviderUnavailable(provider=self.name, detail=problem)

    async def find(self, key: Key) -> RemoteId | None:
        """Raises SubmitOutcomeUnknown: jobs cannot be listed."""
        raise SubmitOutcomeUnknown(provider=self.name, detail=f"it has no listing in which {key} could be found")

    async def cancel(self, remote: RemoteId) -> None:
        """There is no way to: it goes on, and is paid for."""

    def fetch(self, output: str) -> AsyncGenerator[bytes]:
        """The clip's bytes. Raises OutputExpired, ProviderUnavailable."""
        return self._api.download(output)

    async def listed(self, route: Route) -> Listed:
        """What its feed of models says of one. Raises ProviderUnavailable, AuthenticationFailed, RateLimited."""
        answer = await self._api.free("GET", "/videos/models")
        told = answer.json()
        models = told.get("data") if isinstance(told, dict) else None
        if not isinstance(models, list):
            raise ProviderUnavailable(provider=self.name, detail="its list of models cannot be read")
        by_id = {str(model.get("id")): model for model in models if isinstance(model, dict)}
        found = by_id.get(route.remote_name)
        if found is None:
            return Listed(there=False, others=tuple(by_id))
        return Listed(there=True, parameters=_taken_by(found), usd_per_second=_second_of(found.get("pricing_skus")))

    def _sighting(self, remote: RemoteId, job: Mapping[str, JSON]) -> Sighting:
        word = str(job["status"])
        state, cost = STATES.get(word, GenerationState.RUNNING), _cost(job.get("usage"))
        if state is GenerationState.READY:
            output = f"{self._api.base_url}/videos/{quote(remote, safe='')}/content?index=0"
            return Sighting(state=state, progress=1.0, outputs=(output,), cost_usd=cost)
        if state is not GenerationState.FAILED:
            return Sighting(state=state, cost_usd=cost)
        told = told_in({"error": job.get("error")})
        reason = self._api.said(told.message or f"it ended as {word}, and no reason is given")
        code = TimedOut.code if word == "expired" else failure_code(told)
        return Sighting(state=state, error=reason, error_code=code, cost_usd=cost)

    async def _picture(self, digest: Digest) -> dict[str, JSON]:
        picture = await self._kit.pictures.picture(digest, most_bytes=MOST_BYTES)
        return {"type": "image_url", "image_url": {"url": picture.data_uri}}

    async def _frame(self, digest: Digest | None, kind: str) -> dict[str, JSON] | None:
        return {**await self._picture(digest), "frame_type": kind} if digest else None

    def _explain(self, answer: Answer) -> StoryreelError | None:
        """A 403 is a flagged input, since a refused key is a 401."""
        told = told_in(answer.json())
        if answer.status == 403 and told.message:
            return ContentRejected(provider=self.name, refused="prompt", reason=self._api.said(told.message))
        if answer.status == 400 and (issue := _issue(told.message)):
            return InvalidRequest(f"{self.name} refuses {issue.param}: {self._api.said(issue.message)}", field=issue.param)
        return explainer(self._kit.account, self._api.said)(answer)


def _issue(message: str) -> Told | None:
    """The first of a ZodError's issues, which are a list in JSON within its message."""
    try:
        issues: JSON = json.loads(message)
    except ValueError:
        return None
    first = issues[0] if isinstance(issues, list) and issues else None
    if not isinstance(first, dict) or not isinstance(path := first.get("path"), list):
        return None
    return Told(str(first.get("message")), param=".".join(str(part) for part in path) or "request")


def _taken_by(model: Mapping[str, JSON]) -> dict[str, tuple[str, ...]]:
    """What a model of the feed takes, in the words of our routes to it."""
    named = {"duration": "supported_durations", "resolution": "supported_resolutions", "aspect_ratio": "supported_aspect_ratios"}
    taken: dict[str, tuple[str, ...]] = {name: _texts(model.get(theirs)) for name, theirs in named.items()}
    flags = [name for name in ("generate_audio", "seed") if model.get(name)]
    return taken | dict.fromkeys(("prompt", "input_references", *flags, *_texts(model.get("supported_frame_images"))), ())


def _second_of(skus: JSON) -> Decimal | None:
    """What a second of 720p with sound costs, where it is billed by the second."""
    names = [f"duration_seconds{sound}{size}" for sound in ("_with_audio", "") for size in ("_720p", "")]
    told = next((skus[name] for name in names if name in skus), None) if isinstance(skus, dict) else None
    return _cost({"cost": told})


def _texts(told: JSON) -> tuple[str, ...]:
    return tuple(str(one) for one in told) if isinstance(told, list) else ()


def _cost(usage: JSON) -> Decimal | None:
    told = usage.get("cost") if isinstance(usage, dict) else None
    try:
        cost = Decimal(str(told))
    except InvalidOperation:
        return None
    return cost if cost.is_finite() and cost >= 0 else None
