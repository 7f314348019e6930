"""Any server that speaks the shape of OpenAI's Videos API, by its address: vLLM-Omni, SGLang, LiteLLM, new-api and others.

OpenAI's own was shut on 2026-09-24. Read 2026-11-20: https://github.com/openai/openai-openapi. Traps: only a form is taken
everywhere; a failed job may come under 4xx or 5xx; progress may be null, and what is null may be missing; `variant` is no
common word; an end by DELETE is known to some alone; most forget their jobs when they restart; none knows a key of ours.
"""

import json
from collections.abc import AsyncGenerator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from urllib.parse import quote, urlsplit

import aiohttp

from storyreel.domain.errors import (
    InvalidRequest,
    OutputExpired,
    ProviderUnavailable,
    RouteClosed,
    StoryreelError,
    SubmitOutcomeUnknown,
    TimedOut,
)
from storyreel.domain.generation import GenerationState, Key, RemoteId, Repeat, Request, Sighting
from storyreel.domain.model import Route
from storyreel.domain.values import JSON, Digest, dict_of
from storyreel.providers.arguments import Frames, arguments_of, name_for
from storyreel.providers.http import Answer, Api
from storyreel.providers.openai_errors import explainer, failure_code, told_in
from storyreel.providers.our_words import in_our_words
from storyreel.providers.port import Kit, Listed, Picture
from storyreel.providers.webhooks import Forged, Heard, Incoming, signed_by_standard

SETTING = "VIDEOS_BASE_URL"
CLOSED_HOST, CLOSED_ON = "api.openai.com", date(2026, 9, 24)
STATES = {
    "queued": GenerationState.QUEUED,
    "pending": GenerationState.QUEUED,
    "completed": GenerationState.READY,
    "succeeded": GenerationState.READY,
    "failed": GenerationState.FAILED,
    "error": GenerationState.FAILED,
    "expired": GenerationState.FAILED,
    "cancelled": GenerationState.CANCELLED,
    "canceled": GenerationState.CANCELLED,
    "deleted": GenerationState.CANCELLED,
}
"""Their words; any other is that of a job that runs."""
NOT_ENDED = frozenset({400, 404, 405, 409, 422, 501})
"""How a server says that it cannot end a job."""
UNLISTED = frozenset({404, 405, 501})
"""How it says that it has no list of models."""
LOST = Sighting(
    state=GenerationState.FAILED,
    error="The server does not know this generation any more; most keep their jobs in memory and forget them when they restart.",
    error_code=OutputExpired.code,
    unknown=True,
)


class Videos:
    """The five verbs."""

    name = "videos"
    repeat = Repeat.NONE
    edition = ""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._dropped: set[RemoteId] = set()  # by us, so that a server that does not know them any more has not lost them
        account = kit.account
        rooted = replace(account, base_url=_root(account.base_url)) if account.base_url else account
        self._api = Api(kit.http(), rooted, default_url="", authorise=self._authorise, explain=self._explain)

    async def submit(self, request: Request, route: Route, key: Key) -> RemoteId:
        """One form, sent once. Raises what the taxonomy names."""
        self._must_be_somewhere()
        pictures = {digest: await self._kit.pictures.picture(digest) for digest in _digests(request)}
        arguments = arguments_of(request, route, Frames(request.first_frame, request.last_frame, request.references))
        form = _form({"model": name_for(route, request.modes), **arguments}, pictures)
        with in_our_words(route):
            answer = await self._api.paid("POST", "/videos", form=form, headers={"Idempotency-Key": quote(str(key))})
        told = answer.json()
        if isinstance(told, dict) and (id := told.get("id") or told.get("task_id")):
            return str(id)
        problem = self._api.said(told_in(told).message or "its answer names no generation")
        raise self._explain(answer) or SubmitOutcomeUnknown(provider=self.name, detail=problem)

    async def look(self, remote: RemoteId) -> Sighting:
        """Where the job is, under whatever status it is told."""
        self._must_be_somewhere()
        answer = await self._api.free("GET", _path(remote), tolerate=partial(_tells_of_a_job, remote))
        job = answer.json()
        if isinstance(job, dict) and (isinstance(job.get("status"), str) if answer.status < 300 else _has_ended(remote, job)):
            return self._sighting(remote, job)
        if answer.status == 404:
            return Sighting(state=GenerationState.CANCELLED) if remote in self._dropped else LOST
        problem = self._api.said(told_in(job).message or "its answer is no job")
        raise self._explain(answer) or ProviderUnavailable(provider=self.name, detail=problem)

    async def find(self, key: Key) -> RemoteId | None:
        """Raises SubmitOutcomeUnknown: a listing there, where there is one, shows nothing of ours."""
        raise SubmitOutcomeUnknown(provider=self.name, detail=f"no listing shows which job is that of {key}")

    async def heard(self, incoming: Incoming) -> Heard:
        """A job that ended, by the secret of the webhook that was set up there."""
        secret = self._kit.account.facts.get("hook_secret")
        if not secret:
            raise Forged("VIDEOS_WEBHOOK_SECRET is not set")
        return Heard(signed_by_standard(secret, incoming), str(dict_of(incoming.told.get("data")).get("id") or ""))

    async def cancel(self, remote: RemoteId) -> None:
        """End it where the server can; others refuse, or lack the word. What has ended stays: DELETE would drop its result."""
        if not (await self.look(remote)).state.ended:
            answer = await self._api.free("DELETE", _path(remote), tolerate=lambda answer: answer.status in NOT_ENDED)
            if answer.status < 300:
                self._dropped.add(remote)

    def fetch(self, output: str) -> AsyncGenerator[bytes]:
        """The clip's bytes. Raises OutputExpired, ProviderUnavailable."""
        return self._api.download(output)

    async def listed(self, route: Route) -> Listed:
        """Whether the server lists the model; one that lists none says so."""
        self._must_be_somewhere()
        answer = await self._api.free("GET", "/models", tolerate=lambda answer: answer.status in UNLISTED)
        told = answer.json()
        models = told.get("data") if isinstance(told, dict) and answer.status < 300 else None
        if not isinstance(models, list):
            return Listed(there=True, note="The server lists no models: whether it has this one shows when it is asked for.")
        ids = tuple(str(model.get("id")) for model in models if isinstance(model, dict))
        name = route.remote_name
        return Listed(there=not name or name in ids, others=ids)

    def _sighting(self, remote: RemoteId, job: Mapping[str, JSON]) -> Sighting:
        state = _state_of(job)
        percent = job.get("progress")
        progress = min(1.0, max(0.0, percent / 100)) if isinstance(percent, int | float) else None
        if state is GenerationState.READY:
            return Sighting(state=state, progress=1.0, outputs=(self._output(remote, job),))
        if state is GenerationState.FAILED:
            told = told_in({"error": job.get("error")})
            reason = self._api.said(told.message or f"it ended as {job.get('status')}, and no reason is given")
            code = TimedOut.code if job.get("status") == "expired" else failure_code(told)
            return Sighting(state=state, error=reason, error_code=code)
        return Sighting(state=state, progress=progress)

    def _output(self, remote: RemoteId, job: Mapping[str, JSON]) -> str:
        """Where the clip is: at an address of a store where one is told (SGLang then refuses to send it), or under the job."""
        address = job.get("url")
        if isinstance(address, str) and address.startswith(("http://", "https://")):
            return address
        return f"{self._api.base_url}{_path(remote)}/content"

    def _must_be_somewhere(self) -> None:
        """Raises InvalidRequest where no server is set, RouteClosed for OpenAI's own."""
        if not self._api.base_url:
            told = (
                f"No server for {self.name} is set. Set {SETTING} to one that speaks /v1/videos, like http://localhost:8000/v1."
            )
            raise InvalidRequest(told, field=SETTING)
        if urlsplit(self._api.base_url).hostname == CLOSED_HOST:
            raise RouteClosed(route=f"{self.name} at {CLOSED_HOST}", since=CLOSED_ON, successor=None)

    def _authorise(self) -> Mapping[str, str]:
        """A server of one's own may need no key."""
        key = self._kit.account.key
        return {"Authorization": f"Bearer {key.get_secret_value()}"} if key else {}

    def _explain(self, answer: Answer) -> StoryreelError | None:
        return explainer(self._kit.account, self._api.said)(answer)


def _root(url: str) -> str:
    """The address that `/videos` follows: an address without a path is one whose API lies under /v1."""
    return url if urlsplit(url).path.strip("/") else f"{url}/v1"


def _path(remote: RemoteId) -> str:
    return f"/videos/{quote(remote, safe='')}"


def _digests(request: Request) -> set[Digest]:
    return {digest for digest in (request.first_frame, request.last_frame, *request.references) if digest}


def _form(arguments: Mapping[str, JSON], pictures: Mapping[Digest, Picture]) -> aiohttp.FormData:
    """A form of texts, and of files where an argument names a picture; lists are repeated, objects are JSON."""
    form = aiohttp.FormData(default_to_multipart=True)
    for name, value in arguments.items():
        for item in value if isinstance(value, list) else [value]:
            picture = pictures.get(item) if isinstance(item, str) else None
            if picture:
                form.add_field(name, picture.data, filename=picture.file_name, content_type=picture.media_type)
            else:
                form.add_field(name, _text(item))
    return form


def _text(value: JSON) -> str:
    match value:
        case str():
            return value
        case float():
            return f"{value:g}"
        case _:
            return json.dumps(value, ensure_ascii=False)


def _state_of(job: Mapping[str, JSON]) -> GenerationState:
    return STATES.get(str(job.get("status")).lower(), GenerationState.RUNNING)


def _has_ended(remote: RemoteId, body: Mapping[str, JSON]) -> bool:
    """Whether that job is over: a gateway's own error may have a status of "error" and an id of its own, and ends no job."""
    ids = {str(id) for name in ("id", "task_id") if (id := body.get(name))}
    of_it = remote in ids or body.get("object") == "video" or (not ids and str(body.get("status")).lower() != "error")
    return of_it and _state_of(body).ended


def _tells_of_a_job(remote: RemoteId, answer: Answer) -> bool:
    """Whether an answer that is no success says where the job is: that it is over, or not known."""
    body = answer.json()
    return isinstance(body, dict) and (_has_ended(remote, body) or answer.status == 404)
