"""Kling's current API on loopback; written from its documentation as of 2026-10-08 and from clients that probed it.

As the real one, it ignores names that it does not know without a word, refuses an id of the client's own that comes again, and
books units when a task succeeds.
"""

import json
from base64 import b64encode
from decimal import Decimal
from functools import partial
from hashlib import sha256
from typing import ClassVar

from aiohttp import web

from storyreel.domain.values import JSON
from storyreel.standins.cloud import Cloud
from storyreel.standins.faults import Fault, Kind
from storyreel.standins.hooks import Told, signed
from storyreel.standins.jobs import Job, Life
from storyreel.standins.kling_models import MODELS, priced_task
from storyreel.standins.reading import json_of, object_of, paged, text_of
from storyreel.standins.refusals import Refusal, Refused

STATES = {
    Life.QUEUED: "submitted",
    Life.RUNNING: "processing",
    Life.DONE: "succeeded",
    Life.FAILED: "failed",
}
CODES = {
    Refusal.UNAUTHORISED: (401, 1002, "Authentication failed: the API key is invalid"),
    Refusal.NO_CREDIT: (429, 1102, "Account balance not enough: resource pack depleted"),
    Refusal.RATE_LIMITED: (429, 1303, "parallel task over resource pack limit"),
    Refusal.MODERATION: (400, 1301, "Failure to pass the risk control system"),
    Refusal.INVALID: (400, 1201, "Invalid parameters"),
    Refusal.TOO_LARGE: (400, 1201, "Invalid parameters"),
    Refusal.CONFLICT: (400, 1201, "external_task_id already exists"),
    Refusal.NOT_FOUND: (404, 1203, "The requested resource does not exist"),
    Refusal.CLOSED: (403, 1103, "No permission to access the model"),
    Refusal.INTERNAL: (500, 5000, "Server internal error"),
    Refusal.BAD_GATEWAY: (502, 5000, "Server internal error"),
    Refusal.UNAVAILABLE: (503, 5001, "Server temporarily unavailable, usually due to maintenance"),
}
"""HTTP status, code, message."""

LINK_LIFE_S = 30 * 24 * 3600.0
MOST_IDS = 20
MOST_LISTED = 500
UNIT_USD = Decimal("0.14")  # https://app.klingai.com/global/dev/pricing, read 2026-11-20


class Kling(Cloud):
    """Text, image and omni to video; tasks by id, by the client's id, and listed."""

    name = "kling"
    key: ClassVar[str] = "api-key-kling-standin-0001"

    def add_routes(self, app: web.Application) -> None:
        """In the documentation's order."""
        for path in ("text-to-video", "image-to-video", "omni-video"):
            self.on(app, "POST", f"/{path}/{{model}}", Kind.CREATE, self.create)
        self.on(app, "GET", "/tasks", Kind.LOOK, self.tasks)
        self.on(app, "POST", "/tasks", Kind.LIST, self.list_tasks)

    def environment(self, url: str) -> dict[str, str]:
        """Ours; Kling has no official client."""
        return {"KLING_API_KEY": self.key, "KLING_BASE_URL": url, "KLING_WEBHOOK_SECRET": self.hook_secret}

    @property
    def hook_secret(self) -> str:
        """What callbacks are signed with; a real account has one where its console says so."""
        return f"whsec_{b64encode(sha256(self.key.encode()).digest()).decode()}"

    def error(self, refused: Refused) -> web.Response:
        """The one envelope of every answer."""
        status, code, message = CODES.get(refused.refusal, CODES[Refusal.INTERNAL])
        return web.json_response(
            {"code": code, "message": refused.message or message, "request_id": self.new_id()}, status=status
        )

    async def create(self, request: web.Request) -> web.Response:
        """Take a task, once everything about it was checked."""
        kind, model = request.path.split("/")[1], request.match_info["model"]
        entry = MODELS.get((kind, model))
        if entry is None:
            raise Refused(Refusal.NOT_FOUND, f"model {model} is not there for {kind}")
        body = await json_of(request)
        task = await priced_task(kind, model, entry, body)
        options = object_of(body, "options")
        token = text_of(options, "external_task_id")
        if token and self.job_of_token(token) is not None:
            raise Refused(Refusal.CONFLICT)
        job = self.begin(
            request,
            model=model,
            asked=task.asked,
            body=body,
            cost_usd=task.units * UNIT_USD,
            token=token,
            id=self.new_id(18, "0123456789"),
            run_s=90,
            facts={"units": str(task.units), "multi_shot": task.multi_shot},
        )
        for moment, life in ((self.started(job), Life.RUNNING), (self.ended(job), None)):
            hook, in_s = text_of(options, "callback_url"), (moment - self.now()).total_seconds()
            self.hooks.call(hook, in_s, partial(self._told, job, life))
        return self._answer_with(self._task(job, Life.QUEUED, short=True))

    async def tasks(self, request: web.Request) -> web.Response:
        """Tasks by their ids or by the client's; those that are not there are simply missing."""
        ours, theirs = request.query.get("task_ids", ""), request.query.get("external_task_ids", "")
        ids = [id for id in (ours or theirs).split(",") if id]
        if bool(ours) == bool(theirs) or len(ids) > MOST_IDS:
            raise Refused(Refusal.INVALID, f"give task_ids or external_task_ids, at most {MOST_IDS}")
        found = [self.jobs.get(id) if ours else self.job_of_token(id) for id in ids]
        return self._answer_with([self._task(job, self.life(request, job)) for job in found if job is not None])

    async def list_tasks(self, request: web.Request) -> web.Response:
        """Tasks of a time, newest first, by a cursor."""
        body = await json_of(request)
        limit = body.get("limit", 50)
        if not isinstance(limit, int) or not 1 <= limit <= MOST_LISTED:
            raise Refused(Refusal.INVALID, f"limit must be 1 to {MOST_LISTED}")
        start, end = body.get("start_time", 0), body.get("end_time", 2**62)
        if not isinstance(start, int) or not isinstance(end, int):
            raise Refused(Refusal.INVALID, "start_time and end_time are milliseconds")
        jobs = [job for job in self.listed() if start <= _milliseconds(job) <= end]
        page, cursor = paged(jobs, limit, text_of(body, "cursor"))
        tasks: list[JSON] = [self._task(job, self.life(request, job)) for job in page]
        return self._answer_with({"tasks": tasks, "cursor": cursor})

    def _answer_with(self, data: JSON) -> web.Response:
        return web.json_response({"code": 0, "message": "SUCCEED", "request_id": self.new_id(), "data": data})

    async def _told(self, job: Job, life: Life | None) -> Told:
        """What a callback is told of a task, signed: the task itself."""
        body = json.dumps(self._task(job, life or job.life(self.now(), self.speed))).encode()
        return body, signed(self.hook_secret, self.new_id(), self.now(), body)

    def _task(self, job: Job, life: Life, *, short: bool = False) -> JSON:
        told: dict[str, JSON] = {
            "id": job.id,
            "status": STATES.get(life, "rehearsing"),
            "create_time": _milliseconds(job),
            "update_time": _milliseconds(job),
            "external_id": job.token,
        }
        if short:
            return told
        told |= {"message": "", "outputs": [], "billing": []}
        if life is Life.FAILED:
            refused = job.fate is Fault.MODERATION_LATER
            told["message"] = "Failure to pass the risk control system" if refused else "The task failed, please try again"
        if life is Life.DONE:
            video: dict[str, JSON] = {"type": "video", "id": f"v{job.id}", "url": self.link(job, life_s=LINK_LIFE_S)}
            told["outputs"] = [video | {"watermark_url": "", "duration": f"{job.asked.seconds:.1f}"}]
            told["billing"] = [{"charge_type": "unit", "amount": job.facts["units"], "package_type": "video"}]
        return told


def _milliseconds(job: Job) -> int:
    return int(job.created.timestamp() * 1000)
