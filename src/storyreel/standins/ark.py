"""Volcengine Ark, and BytePlus ModelArk, on loopback; written from their documentation as of 2026-11-20.

As the real ones: a task is listed with all it was asked for but its words; DELETE ends what waits, erases what has ended, and
refuses what runs; only what succeeds is charged, by tokens.
"""

import json
from base64 import b64encode
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import partial
from typing import ClassVar

from aiohttp import web

from storyreel.domain.values import JSON
from storyreel.standins.ark_models import PICTURES, VIDEOS, cost_usd, picture_of, task_of, tokens_of
from storyreel.standins.clips import JPEG, PNG
from storyreel.standins.cloud import Cloud
from storyreel.standins.faults import Fault, Kind
from storyreel.standins.hooks import Told
from storyreel.standins.jobs import Job, Life
from storyreel.standins.reading import json_of, text_of
from storyreel.standins.refusals import STATUS, Refusal, Refused

STATES = {
    Life.QUEUED: "queued",
    Life.RUNNING: "running",
    Life.DONE: "succeeded",
    Life.FAILED: "failed",
    Life.CANCELLED: "cancelled",
}
CODES = {
    Refusal.UNAUTHORISED: (401, "AuthenticationError", "The API key in the request is missing or invalid."),
    Refusal.NO_CREDIT: (403, "AccountOverdueError", "Your account has an overdue balance. Recharge it and try again."),
    Refusal.RATE_LIMITED: (429, "ModelAccountRpmRateLimitExceeded", "The requests per minute of this model are exceeded."),
    Refusal.MODERATION: (400, "InputTextSensitiveContentDetected", "The input text may contain sensitive information."),
    Refusal.INVALID: (400, "InvalidParameter", "A parameter is not valid."),
    Refusal.TOO_LARGE: (400, "InvalidParameter.OversizeImage", "The image is too large."),
    Refusal.NOT_FOUND: (404, "InvalidEndpointOrModel.NotFound", "The model or task does not exist, or you cannot access it."),
    Refusal.CONFLICT: (409, "InvalidAction", "The task is running or cancelled and cannot be deleted."),
    Refusal.INTERNAL: (500, "InternalServiceError", "The service encountered an unexpected internal error."),
    Refusal.BAD_GATEWAY: (502, "InternalServiceError", "The service encountered an unexpected internal error."),
    Refusal.UNAVAILABLE: (503, "InternalServiceError", "The service is not available."),
}
"""HTTP status, code, message."""

FAILURES = {
    Fault.MODERATION_LATER: ("OutputVideoSensitiveContentDetected", "The output video may contain sensitive information."),
    Fault.FAILS_LATER: ("InternalServiceError", "The service encountered an unexpected internal error."),
}
LINK_LIFE_S = 24 * 3600.0
KEPT_S = 7 * 24 * 3600.0  # a task's record
TASKS = "/api/v3/contents/generations/tasks"
ECHOED = ("seed", "resolution", "ratio", "duration", "generate_audio", "draft", "service_tier", "safety_identifier", "priority")


class Ark(Cloud):
    """Volcengine's: ids begin with `doubao-`."""

    name = "ark"
    key: ClassVar[str] = "ark-standin-0001"
    variables: ClassVar[tuple[str, str]] = ("ARK_API_KEY", "ARK_BASE_URL")

    def add_routes(self, app: web.Application) -> None:
        """In the documentation's order."""
        self.on(app, "POST", TASKS, Kind.CREATE, self.create)
        self.on(app, "GET", f"{TASKS}/{{id}}", Kind.LOOK, self.look)
        self.on(app, "GET", TASKS, Kind.LIST, self.tasks)
        self.on(app, "DELETE", f"{TASKS}/{{id}}", Kind.CANCEL, self.delete)
        self.on(app, "POST", "/api/v3/images/generations", Kind.CREATE, self.picture)

    def environment(self, url: str) -> dict[str, str]:
        """Ours, which the official client reads too: it is given the address as `base_url`."""
        key, address = self.variables
        return {key: self.key, address: f"{url}/api/v3"}

    def error(self, refused: Refused) -> web.Response:
        """Their one envelope; a field's name is behind the code."""
        status, code, message = CODES.get(refused.refusal, (STATUS[refused.refusal], "InvalidParameter", refused.message))
        if refused.refusal is Refusal.INVALID:
            code = "MissingParameter" if refused.problem == "required" else code
            code += f".{refused.field.partition('.')[0]}" if refused.field else ""
        told: dict[str, JSON] = {
            "code": code,
            "message": refused.message or message,
            "param": refused.field,
            "type": "BadRequest",
        }
        return web.json_response({"error": told}, status=status)

    async def create(self, request: web.Request) -> web.Response:
        """Take a task, once everything about it was checked."""
        body = await json_of(request)
        model = text_of(body, "model")
        name = self._known(model, VIDEOS)
        task = await task_of(self, name, model, body)
        tokens = tokens_of(task.asked)
        job = self.begin(
            request,
            model=model,
            asked=task.asked,
            body=body,
            cost_usd=cost_usd(name, task.resolution, tokens) if self.name == "byteplus" else Decimal(0),
            token=str(task.settings.get("safety_identifier") or ""),
            id=f"cgt-{self.now():%Y%m%d%H%M%S}-{self.new_id(5)}",
            run_s=80,
            facts={**task.settings, "tokens": tokens},
        )
        for moment, life in ((job.created, Life.QUEUED), (self.started(job), Life.RUNNING), (self.ended(job), None)):
            self.hooks.call(text_of(body, "callback_url"), (moment - self.now()).total_seconds(), partial(self._told, job, life))
        return web.json_response({"id": job.id})

    async def look(self, request: web.Request) -> web.Response:
        """A task."""
        job = self._job(request.match_info["id"])
        return web.json_response(self._task(job, self.life(request, job)))

    async def tasks(self, request: web.Request) -> web.Response:
        """Tasks, newest first, by page; those of the flex tier only where they are asked for."""
        query = request.query
        number, size = (self._page(query.get(name, default)) for name, default in (("page_num", "1"), ("page_size", "10")))
        ids, wanted = query.getall("filter.task_ids", []), query.get("filter.status", "")
        jobs = [job for job in self.listed() if job.id.startswith("cgt-") and self._here(job)]
        jobs = [job for job in jobs if not ids or job.id in ids]
        told = [self._task(job, self.life(request, job)) for job in jobs]
        told = [task for task in told if wanted in ("", task["status"]) and task.get("service_tier", "default") == "default"]
        page: list[JSON] = [*told[(number - 1) * size : number * size]]
        return web.json_response({"total": len(told), "items": page})

    async def delete(self, request: web.Request) -> web.Response:
        """End a task that waits; erase the record of one that has ended."""
        job = self._job(request.match_info["id"])
        match self.life(request, job):
            case Life.QUEUED:
                self.cancel(job)
            case Life.DONE | Life.FAILED:
                del self.jobs[job.id]
            case _:
                raise Refused(Refusal.CONFLICT)
        return web.json_response({})

    async def picture(self, request: web.Request) -> web.Response:
        """A picture, in the answer."""
        body = await json_of(request)
        model = text_of(body, "model")
        name = self._known(model, PICTURES)
        wanted = await picture_of(self, name, model, body)
        cost = PICTURES[name].usd if self.name == "byteplus" else Decimal(0)
        job = self.begin(request, model=model, asked=wanted.asked, body=body, cost_usd=cost, run_s=0, queue_s=0)
        media_type = PNG if wanted.png else JPEG
        size = f"{wanted.asked.size[0]}x{wanted.asked.size[1]}"
        if wanted.in_answer:
            data: dict[str, JSON] = {"b64_json": b64encode(await self.result(job, media_type)).decode(), "size": size}
        else:
            data = {"url": self.link(job, life_s=LINK_LIFE_S, media_type=media_type), "size": size}
        usage: dict[str, JSON] = {"generated_images": 1, "output_tokens": 16384, "total_tokens": 16384}
        return web.json_response({"model": model, "created": int(self.now().timestamp()), "data": [data], "usage": usage})

    def _known(self, model: str, names: Iterable[str]) -> str:
        """The model's name without what each cloud puts before it. Raises Refused NOT_FOUND."""
        if not model:
            raise Refused(Refusal.INVALID, "model is required", field="model", problem="required")
        found = next((name for name in names if model in {f"{prefix}{name}" for prefix in self._prefixes(name)}), None)
        if found is None:
            raise Refused(Refusal.NOT_FOUND, f"The model or endpoint {model} does not exist or you do not have access to it.")
        return found

    def _prefixes(self, _name: str) -> Sequence[str]:
        return ("doubao-",)

    def _page(self, told: str) -> int:
        if not told.isdecimal() or not 1 <= int(told) <= 500:
            raise Refused(Refusal.INVALID, "page_num and page_size are from 1 to 500", field="page_size", problem="most")
        return int(told)

    def _here(self, job: Job) -> bool:
        """Whether its record is still kept: a week, of what was cancelled a day."""
        since = (self.now() - (job.cancelled or job.created)).total_seconds()
        return since < (24 * 3600 if job.cancelled else KEPT_S)

    def _job(self, id: str) -> Job:
        job = self.job(id)
        if not self._here(job) or not id.startswith("cgt-"):
            raise Refused(Refusal.NOT_FOUND)
        return job

    async def _told(self, job: Job, life: Life | None) -> Told:
        """What a callback is told of a task: the task itself, and nothing that is signed."""
        return json.dumps(self._task(job, life or job.life(self.now(), self.speed))).encode(), {}

    def _task(self, job: Job, life: Life) -> dict[str, JSON]:
        expired = life in {Life.QUEUED, Life.RUNNING} and self._waited_s(job) > float(str(job.facts["execution_expires_after"]))
        told: dict[str, JSON] = {
            "id": job.id,
            "model": job.model,
            "status": "expired" if expired else STATES.get(life, "hibernating"),
            "error": None,
            "created_at": int(job.created.timestamp()),
            "updated_at": int(self.now().timestamp()),
            "execution_expires_after": job.facts["execution_expires_after"],
            "framespersecond": 24,
        }
        told |= {name: value for name in ECHOED if (value := job.facts.get(name)) is not None}
        if life is Life.FAILED and job.fate is not None:
            code, message = FAILURES[job.fate]
            told["error"] = {"code": code, "message": message}
        if life is Life.DONE:
            content: dict[str, JSON] = {"video_url": self.link(job, life_s=LINK_LIFE_S)}
            if job.facts.get("return_last_frame"):
                content["last_frame_url"] = self.link(job, life_s=LINK_LIFE_S, media_type=PNG)
            told |= {"content": content, "usage": {"completion_tokens": job.facts["tokens"], "total_tokens": job.facts["tokens"]}}
        return told

    def _waited_s(self, job: Job) -> float:
        return (self.now() - job.created).total_seconds()


class BytePlus(Ark):
    """BytePlus's: ids begin with `seedance-`, `dreamina-` or `seedream-`."""

    name = "byteplus"
    key: ClassVar[str] = "byteplus-standin-0001"
    variables: ClassVar[tuple[str, str]] = ("BYTEPLUS_API_KEY", "BYTEPLUS_BASE_URL")

    def _prefixes(self, _name: str) -> Sequence[str]:
        return ("dreamina-",) if _name.startswith("seedance-2") else () if _name.startswith("seedance-1-5") else ("",)
