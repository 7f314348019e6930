"""Google's Gemini API: interactions of Gemini Omni, files, generateContent, models; and Veo's old door, shut since 2026-10-22.

What is wrong with this cloud beyond the common faults is said by its attributes, as the sheet's checklist names them.
"""

import asyncio
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from aiohttp import web

from storyreel.domain.values import JSON
from storyreel.standins import gemini_asked, gemini_content, veo
from storyreel.standins.clips import PNG
from storyreel.standins.cloud import ORDER, Cloud
from storyreel.standins.faults import Fault, Kind
from storyreel.standins.gemini_stream import events_of
from storyreel.standins.google_files import Files
from storyreel.standins.google_reading import WordedCode, error_of
from storyreel.standins.jobs import Job, Life
from storyreel.standins.reading import json_of, paged
from storyreel.standins.refusals import Refusal, Refused

STATES = {
    Life.QUEUED: "queued",
    Life.RUNNING: "in_progress",
    Life.DONE: "completed",
    Life.CANCELLED: "cancelled",
    Life.FAILED: "failed",
    Life.UNKNOWN: "rehearsing",
}
SORRY = "I can't make this video: it goes against our policies. Please try another prompt."
KEPT = timedelta(days=55)
VEO = ("veo-3.1-generate-preview", "veo-3.1-fast-generate-preview", "veo-3.1-lite-generate-preview")


@dataclass(slots=True)
class Odd:
    """What this cloud does oddly."""

    inline: bool = False  # a finished interaction holds its clip though an address was asked for
    lost: int = 0  # so many answers tell the clip's tokens, and hold no clip
    spurious_400: int = 0  # so many looks are answered 400, whatever the interaction does
    list_errors: bool = False  # errors come in a list of one
    veo_open: bool = False  # Veo's old door is open, as at relays
    end: str = ""  # how every interaction ends instead: "incomplete", "requires_action", "requires_continuation"
    says: tuple[int, JSON] | None = None  # the next create is answered with this status and error, and nothing is made


class Gemini(Cloud):
    """The cloud."""

    name = "gemini"
    key = "AIzaSyStandin-0000000000000000000000001"

    odd: Odd
    files: Files

    def add_routes(self, app: web.Application) -> None:
        """In the documentation's order; both versions of the path are served."""
        self.odd, self.files = Odd(), Files(self)
        version = "/{version:v1|v1beta}"
        self.on(app, "POST", f"{version}/interactions", Kind.CREATE, self._create)
        self.on(app, "GET", f"{version}/interactions/{{id}}", Kind.LOOK, self._look)
        self.on(app, "POST", f"{version}/interactions/{{id}}/cancel", Kind.CANCEL, self._cancel)
        self.on(app, "DELETE", f"{version}/interactions/{{id}}", Kind.OTHER, self._delete)
        self.files.add_routes(app)
        self.on(app, "GET", f"{version}/models", Kind.LIST, self._models)
        self.on(app, "GET", f"{version}/models/{{model}}", Kind.OTHER, self._model)
        self.on(app, "POST", f"{version}/models/{{model}}:generateContent", Kind.CREATE, self._generate)
        self.on(app, "POST", f"{version}/models/{{model}}:predictLongRunning", Kind.CREATE, self._predict)
        self.on(app, "GET", f"{version}/models/{{model}}/operations/{{id}}", Kind.LOOK, self._operation)

    def environment(self, url: str) -> dict[str, str]:
        """Ours and google-genai's."""
        return {"GEMINI_API_KEY": self.key, "GOOGLE_GEMINI_BASE_URL": url}

    def error(self, refused: Refused) -> web.Response:
        """Two styles: the front end's with a number, the Interactions layer's with a word."""
        return error_of(refused, listed=self.odd.list_errors)

    def credential(self, request: web.Request) -> str | None:
        """The header, or `key` in the query."""
        return request.headers.get("x-goog-api-key") or request.query.get("key")

    # Interactions.

    async def _create(self, request: web.Request) -> web.Response:
        if self.odd.says is not None:
            (status, error), self.odd.says = self.odd.says, None
            return web.json_response({"error": error}, status=status)
        try:
            body = await json_of(request)
            order = await asyncio.to_thread(gemini_asked.order_of, body, self.files.bytes_of)
        except Refused as refused:
            raise WordedCode.of(refused) from refused
        fault = request.get(ORDER)
        refused_later = fault is not None and fault.fault is Fault.MODERATION_LATER
        tokens = 0 if refused_later else order.video_tokens
        model = gemini_asked.MODELS[order.asked.model]
        job = self.begin(
            request,
            model=order.asked.model,
            asked=order.asked,
            body=body,
            cost_usd=Decimal(0) if refused_later else model.cost_usd(order),
            queue_s=1.0,
            run_s=23.0,
            id=f"v1_{self.new_id(24)}",
            facts={"inline": order.inline, "input_tokens": order.input_tokens, "video_tokens": tokens},
        )
        if not order.background:
            await asyncio.sleep(max(0.0, (self.ended(job) - self.now()).total_seconds()))
        return self._answered(await self._interaction(request, job), stream=body.get("stream") is True)

    async def _look(self, request: web.Request) -> web.Response:
        job = self._known(request)
        if self.odd.spurious_400 > 0:
            self.odd.spurious_400 -= 1
            raise WordedCode(Refusal.INVALID, "Invalid interaction name.")
        told = await self._interaction(request, job)
        return self._answered(told, stream=request.query.get("stream") == "true", after=request.query.get("last_event_id", ""))

    def _answered(self, told: dict[str, JSON], *, stream: bool, after: str = "") -> web.Response:
        if stream:
            return web.Response(body=events_of(told, after), content_type="text/event-stream")
        return web.json_response(told)

    async def _cancel(self, request: web.Request) -> web.Response:
        job = self._known(request)
        if not self.cancel(job):
            raise WordedCode(Refusal.INVALID, "Only a running background interaction can be cancelled.")
        return web.json_response(await self._interaction(request, job))

    async def _delete(self, request: web.Request) -> web.Response:
        del self.jobs[self._known(request).id]
        return web.json_response({})

    def _known(self, request: web.Request) -> Job:
        job = self.jobs.get(request.match_info["id"])
        if job is None or "video_tokens" not in job.facts or self.now() > job.created + KEPT:
            raise WordedCode(Refusal.INVALID, f"Invalid interaction name: {request.match_info['id']}")
        return job

    async def _interaction(self, request: web.Request, job: Job) -> dict[str, JSON]:
        life = self.life(request, job)
        refused = life is Life.FAILED and job.fate is Fault.MODERATION_LATER
        told: dict[str, JSON] = {
            "id": job.id,
            "object": "interaction",
            "status": "completed" if refused else STATES[life],
            "model": job.model,
            "created": _when(job.created),
            "updated": _when(min(self.now(), self.ended(job))),
        }
        if life is Life.DONE and self.odd.end:
            told |= {"status": self.odd.end, "usage": self._usage(job, refused=False)}
            return told
        if life is Life.FAILED and not refused:
            told["errors"] = [{"code": "internal", "message": "The model broke off. Please try again."}]
        if life is not Life.DONE and not refused:
            return told
        content: list[JSON] = [{"type": "text", "text": SORRY}] if refused else await self._clip(request, job)
        spoken: JSON = {"type": "user_input", "content": [{"type": "text", "text": job.asked.prompt}]}
        told["steps"] = [spoken, {"type": "thought", "signature": "Eh0K"}, {"type": "model_output", "content": content}]
        told["usage"] = self._usage(job, refused=refused)
        return told

    async def _clip(self, request: web.Request, job: Job) -> list[JSON]:
        """The finished part of the output: an address, or the clip itself."""
        if self.odd.lost > 0:
            self.odd.lost -= 1
            return []
        if job.facts["inline"] or self.odd.inline:
            data = b64encode(await self.result(job)).decode("ascii")
            return [{"type": "video", "mime_type": "video/mp4", "data": data}]
        where = f"{request.scheme}://{request.host}/v1beta/files/{self.files.of_job(job)}:download?alt=media"
        return [{"type": "video", "mime_type": "video/mp4", "uri": where}]

    def _usage(self, job: Job, *, refused: bool) -> dict[str, JSON]:
        given, video = job.facts["input_tokens"], job.facts["video_tokens"]
        if not isinstance(given, int) or not isinstance(video, int):
            return {}
        words = len(SORRY) // 4 if refused else 0
        parts: list[JSON] = [{"modality": "text", "tokens": words}] if refused else [{"modality": "video", "tokens": video}]
        return {
            "total_input_tokens": given,
            "total_output_tokens": words + video,
            "total_thought_tokens": 0,
            "total_tokens": given + words + video,
            "output_tokens_by_modality": parts,
        }

    # Models and generateContent.

    async def _models(self, request: web.Request) -> web.Response:
        try:
            size = int(request.query.get("pageSize", "50"))
        except ValueError as error:
            raise Refused(Refusal.INVALID, "Invalid value at 'page_size' (TYPE_INT32).", field="pageSize") from error
        page, cursor = paged(self._all_models(), size, request.query.get("pageToken", ""))
        told: dict[str, JSON] = {"models": [_model(name) for name in page]}
        return web.json_response(told | ({"nextPageToken": cursor} if cursor else {}))

    async def _model(self, request: web.Request) -> web.Response:
        name = request.match_info["model"]
        if name not in self._all_models():
            raise Refused(Refusal.CLOSED, f"Model is not found: models/{name} for api version v1beta")
        return web.json_response(_model(name))

    def _all_models(self) -> list[str]:
        veo_too = VEO if self.odd.veo_open else ()
        return [*gemini_asked.MODELS, *gemini_content.PAINTERS, *gemini_content.WRITERS, *veo_too]

    async def _generate(self, request: web.Request) -> web.Response:
        model = request.match_info["model"]
        if model in gemini_asked.MODELS:
            raise Refused(Refusal.INVALID, f"{model} only supports Interactions API.", field="model")
        if model not in {*gemini_content.PAINTERS, *gemini_content.WRITERS}:
            raise Refused(Refusal.CLOSED, f"models/{model} is not found for API version v1beta, or is not supported.")
        question = await gemini_content.question_of(model, await json_of(request), self._stored)
        if question.painted is None:
            return web.json_response(_content(model, self.new_id(16), [{"text": gemini_content.answer_of(question)}]))
        order = request.get(ORDER)
        if order and order.fault is Fault.MODERATION_LATER:
            return web.json_response(_content(model, self.new_id(16), [{"text": SORRY}], finish="IMAGE_SAFETY"))
        tokens = gemini_content.tokens_of(model, question.image_size)
        cost = Decimal(gemini_content.USD_PER_MILLION[model]) * tokens / 1_000_000
        job = self.begin(request, model=model, asked=question.painted, cost_usd=cost, queue_s=0, run_s=0)
        data = b64encode(await self.result(job, PNG)).decode("ascii")
        parts: list[JSON] = [{"inlineData": {"mimeType": PNG, "data": data}, "thoughtSignature": "Eh0K"}]
        return web.json_response(_content(model, job.id, parts, image_tokens=tokens))

    def _stored(self, uri: str) -> tuple[str, bytes]:
        return self.files.media_type_of(uri), self.files.bytes_of(uri, "contents.parts.file_data")

    # Veo's old door.

    async def _predict(self, request: web.Request) -> web.Response:
        model = request.match_info["model"]
        if model not in VEO or not self.odd.veo_open:
            told = f"models/{model} is not found for API version v1beta, or is not supported for predictLongRunning."
            raise Refused(Refusal.CLOSED, f"{told} Call ListModels to see the list of available models.")
        order = await asyncio.to_thread(veo.order_of, model, await json_of(request), developer=True)
        job = self.begin(request, model=model, asked=order.asked, cost_usd=order.cost_usd, run_s=60, facts={"veo": True})
        return web.json_response({"name": f"models/{model}/operations/{job.id}"})

    async def _operation(self, request: web.Request) -> web.Response:
        job = self.job(request.match_info["id"])
        life = self.life(request, job)
        name = f"models/{job.model}/operations/{job.id}"
        videos: list[JSON] = []
        if life is Life.DONE:
            where = f"{request.scheme}://{request.host}/v1beta/files/{self.files.of_job(job)}:download?alt=media"
            videos = [{"video": {"uri": where}}]
        return web.json_response(veo.shown(name, job, life, videos, developer=True))


def _model(name: str) -> dict[str, JSON]:
    method = "predictLongRunning" if name in VEO else "createInteraction" if name in gemini_asked.MODELS else "generateContent"
    return {
        "name": f"models/{name}",
        "version": "001",
        "displayName": name.replace("-", " ").title(),
        "inputTokenLimit": 131072,
        "outputTokenLimit": 57920,
        "supportedGenerationMethods": [method],
    }


def _content(model: str, id: str, parts: list[JSON], *, finish: str = "STOP", image_tokens: int = 0) -> dict[str, JSON]:
    tokens = image_tokens or sum(len(str(part)) for part in parts) // 4
    usage: dict[str, JSON] = {"promptTokenCount": 12, "candidatesTokenCount": tokens, "totalTokenCount": 12 + tokens}
    if image_tokens:
        usage["candidatesTokensDetails"] = [{"modality": "IMAGE", "tokenCount": image_tokens}]
    return {
        "candidates": [{"content": {"role": "model", "parts": parts}, "finishReason": finish, "index": 0}],
        "usageMetadata": usage,
        "modelVersion": model,
        "responseId": id,
    }


def _when(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
