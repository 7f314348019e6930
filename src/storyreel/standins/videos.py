"""Servers that speak the shape of OpenAI's Videos API, five in one: each dialect under its own path, vLLM-Omni's under /v1.

`/openai/v1` is the API as OpenAI documented it until 2026-09-24, without edits, extensions and characters, which nobody else has.
"""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import ClassVar

from aiohttp import web

from storyreel.domain.values import JSON
from storyreel.standins.clips import WEBP, Asked
from storyreel.standins.cloud import ORDER, Cloud
from storyreel.standins.faults import Fault, Kind
from storyreel.standins.jobs import Job, Life
from storyreel.standins.openai_refusals import refused_body
from storyreel.standins.reading import PictureLimits, Upload, form_of, json_of, must_be_picture
from storyreel.standins.refusals import Refusal, Refused
from storyreel.standins.videos_dialects import DIALECTS, USUAL, Delete, Dialect, job_body, job_id, job_status, refused_in, told_of

KNOWN = {"model", "prompt", "seconds", "size", "input_reference", "characters"}
FILES = {"input_reference", "input_references", "image"}
LONGEST_PROMPT, MOST_SECONDS = 32_000, 60
LIMITS = PictureLimits(types=("image/png", "image/jpeg", "image/webp"), most_bytes=20 * 1024 * 1024)
QUEUE_S, RUN_S = 2.0, 60.0  # at speed 1
Served = Callable[[web.Request, Dialect], Awaitable[web.StreamResponse]]


class Videos(Cloud):
    """`{url}/v1`, and `{url}/openai/v1` and so on."""

    name: ClassVar[str] = "videos"
    key: ClassVar[str] = "videos-standin-0001"
    stores = False  # whether SGLang's results lie in a store outside: then it tells an address, and sends nothing itself

    def add_routes(self, app: web.Application) -> None:
        """Create, look, list, delete, content, remix, models."""
        for root, dialect in (("/v1", USUAL), *((f"/{dialect.name}/v1", dialect) for dialect in DIALECTS)):
            self._add(app, "POST", f"{root}/videos", Kind.CREATE, self.create, dialect)
            self._add(app, "GET", f"{root}/videos/{{id}}", Kind.LOOK, self.look, dialect)
            if dialect.lists:
                self._add(app, "GET", f"{root}/videos", Kind.LIST, self.list, dialect)
            self._add(app, "DELETE", f"{root}/videos/{{id}}", Kind.CANCEL, self.delete, dialect)
            self._add(app, "GET", f"{root}/videos/{{id}}/content", Kind.FETCH, self.content, dialect)
            if dialect.name == "openai":
                self._add(app, "POST", f"{root}/videos/{{id}}/remix", Kind.CREATE, self.remix, dialect)
            self._add(app, "GET", f"{root}/models", Kind.OTHER, self.models, dialect)

    def environment(self, url: str) -> dict[str, str]:
        """Ours alone: OPENAI_BASE_URL belongs to the stand-in `openai`."""
        return {"VIDEOS_API_KEY": self.key, "VIDEOS_BASE_URL": f"{url}/v1"}

    def error(self, refused: Refused) -> web.Response:
        """What is refused before a dialect is known."""
        return refused_body(refused)

    async def create(self, request: web.Request, dialect: Dialect) -> web.StreamResponse:
        """A job, from a form or JSON."""
        fields, files = await _sent(request, dialect)
        pictures = [upload.data for name in FILES for upload in files.get(name, ())]
        for name in FILES:
            if (address := _address(fields.get(name))) is not None:
                picture = await self.picture_at(address, name, LIMITS)
                pictures += [picture] if picture else []
        asked = _asked(fields, dialect, pictures)
        job = self._begun(request, dialect, asked, fields)
        return self._just_begun(dialect, job)

    async def look(self, request: web.Request, dialect: Dialect) -> web.StreamResponse:
        """One job."""
        job = self._job_of(request, dialect)
        life = self.life(request, job)  # read once, so that the status and the state in the body agree
        answer = self._answer_of(dialect, job, life, self.progress(job))
        answer.set_status(job_status(dialect, job, life))
        return answer

    async def list(self, request: web.Request, dialect: Dialect) -> web.StreamResponse:
        """Jobs, a page of them."""
        jobs = [job for job in self.listed() if job.facts.get("dialect") == dialect.name and "dropped" not in job.facts]
        if request.query.get("order", "desc") == "asc":
            jobs.reverse()
        after = request.query.get("after")
        start = next((at + 1 for at, job in enumerate(jobs) if job.id == after), 0)
        limit = request.query.get("limit", "20")
        if not limit.isdecimal() or int(limit) > 100:
            raise Refused(Refusal.INVALID, "limit must be between 0 and 100", field="limit", problem="most")
        page = jobs[start : start + int(limit)]
        return web.json_response(
            {
                "object": "list",
                "data": [self._body(dialect, job, self.life(request, job), self.progress(job)) for job in page],
                "first_id": page[0].id if page else None,
                "last_id": page[-1].id if page else None,
                "has_more": start + len(page) < len(jobs),
            }
        )

    async def delete(self, request: web.Request, dialect: Dialect) -> web.StreamResponse:
        """An end of the job's record, and at some servers of its work."""
        if dialect.delete is Delete.MISSING:
            return web.json_response({"detail": "Method Not Allowed"}, status=405)
        job = self._job_of(request, dialect)
        life = job.life(self.now(), self.speed)
        if dialect.delete is Delete.FINISHED and life in {Life.QUEUED, Life.RUNNING}:
            raise Refused(Refusal.CONFLICT, "Only a completed or failed video can be deleted.", problem="invalid_state")
        if dialect.delete is Delete.ABORTS:
            self.cancel(job)
        job.facts["dropped"] = True
        if dialect.delete is Delete.DROPS:
            return web.json_response({**self._body(dialect, job, life, self.progress(job)), "status": "deleted"})
        return web.json_response({"id": job.id, "object": "video.deleted", "deleted": True})

    async def content(self, request: web.Request, dialect: Dialect) -> web.StreamResponse:
        """The clip, or at OpenAI a still of it."""
        job = self._job_of(request, dialect)
        variant = request.query.get("variant")
        if variant is not None and not dialect.variants:
            raise Refused(Refusal.NOT_FOUND, f"Video content index {variant} not found.")
        if variant not in {None, "video", "thumbnail", "spritesheet"}:
            raise Refused(Refusal.INVALID, f"Invalid value: '{variant}'.", field="variant", problem="choices")
        life = job.life(self.now(), self.speed)
        if life is not Life.DONE:
            status = dialect.unready if life in {Life.QUEUED, Life.RUNNING} else dialect.failed
            return web.json_response({"detail": f"Video is {life}.", "error": {"message": f"Video is {life}."}}, status=status)
        if self.stores and dialect.name == "sglang":
            raise Refused(Refusal.INVALID, f"Video is stored in the cloud; fetch it from {self.link(job, life_s=3600)}")
        order = request.get(ORDER)
        late = dialect.expires_s is not None and (self.now() - self.ended(job)).total_seconds() > dialect.expires_s
        if late or (order and order.fault is Fault.EXPIRED_LINK):
            raise Refused(Refusal.EXPIRED, "The video's content has expired.")
        if variant in {"thumbnail", "spritesheet"}:
            still = await self.studio.make(replace(job.asked, seconds=0.0), WEBP)
            return web.Response(body=still, content_type=WEBP)
        return web.Response(body=await self.result(job), content_type="video/mp4")

    async def remix(self, request: web.Request, dialect: Dialect) -> web.StreamResponse:
        """The same with other words."""
        job = self._job_of(request, dialect)
        fields, _ = await _sent(request, dialect)
        asked = replace(job.asked, prompt=_prompt(fields))
        made = self._begun(request, dialect, asked, fields)
        made.facts["remixed"] = job.id
        return self._just_begun(dialect, made)

    async def models(self, _request: web.Request, dialect: Dialect) -> web.StreamResponse:
        """What the server has."""
        known = dialect.models or ("wan2.2",)
        return web.json_response(
            {"object": "list", "data": [{"id": id, "object": "model", "owned_by": dialect.name} for id in known]}
        )

    def _add(self, app: web.Application, method: str, path: str, kind: Kind, handler: Served, dialect: Dialect) -> None:
        async def served(request: web.Request) -> web.StreamResponse:
            try:
                return await handler(request, dialect)
            except Refused as refused:
                return refused_in(dialect, refused)

        self.on(app, method, path, kind, served)

    def _begun(self, request: web.Request, dialect: Dialect, asked: Asked, fields: Mapping[str, JSON]) -> Job:
        return self.begin(
            request,
            model=asked.model,
            asked=asked,
            body=dict(fields),
            cost_usd=Decimal(0),  # a server of one's own
            token=request.headers.get("Idempotency-Key", ""),  # seen, and of no effect
            queue_s=QUEUE_S,
            run_s=RUN_S,
            id=job_id(dialect, self.new_id(32, "0123456789abcdef")),
            facts={"dialect": dialect.name},
        )

    def _job_of(self, request: web.Request, dialect: Dialect) -> Job:
        job = self.job(request.match_info["id"])
        if "dropped" in job.facts or job.facts.get("dialect") != dialect.name:
            raise Refused(Refusal.NOT_FOUND, f"Video {job.id} not found.")
        return job

    def _body(self, dialect: Dialect, job: Job, life: Life, progress: float) -> dict[str, JSON]:
        created, ended = int(job.created.timestamp()), int(self.ended(job).timestamp())
        body = job_body(dialect, job, life, progress=progress, created=created, ended=ended)
        if self.stores and dialect.name == "sglang" and life is Life.DONE:
            body["url"] = self.link(job, life_s=3600)
        return body | ({"remixed_from_video_id": job.facts["remixed"]} if "remixed" in job.facts else {})

    def _just_begun(self, dialect: Dialect, job: Job) -> web.Response:
        """What a create is answered: the job as it was taken, however late the answer is written."""
        return self._answer_of(dialect, job, job.life(job.created, self.speed), job.progress(job.created, self.speed))

    def _answer_of(self, dialect: Dialect, job: Job, life: Life, progress: float) -> web.Response:
        headers = {"openai-poll-after-ms": str(max(1, round(2000 / self.speed)))} if dialect.name == "openai" else {}
        return web.json_response(self._body(dialect, job, life, progress), headers=headers)


async def _sent(request: web.Request, dialect: Dialect) -> tuple[dict[str, JSON], Mapping[str, Sequence[Upload]]]:
    """The fields and files of a create. Raises Refused."""
    files: Mapping[str, Sequence[Upload]] = {}
    if request.content_type == "application/json" and not dialect.forms_only:
        fields = await json_of(request)
    else:
        texts, files = await form_of(request)
        fields = told_of(texts)
    unknown = [name for name in (*fields, *files) if name not in KNOWN] if dialect.strict else []
    if unknown:
        raise Refused(Refusal.INVALID, f"Unknown parameter: '{unknown[0]}'.", field=unknown[0], problem="unknown")
    for name, uploads in files.items():
        for upload in uploads:
            must_be_picture(upload, name, LIMITS)
    return fields, files


def _address(reference: JSON) -> JSON:
    """The address in a reference told as an object, as JSON in a field, or bare."""
    if isinstance(reference, str) and reference.startswith("{"):
        try:
            reference = json.loads(reference)
        except ValueError as error:
            raise Refused(Refusal.INVALID, "the reference is not JSON", field="input_reference", problem="type") from error
    return reference.get("image_url") if isinstance(reference, dict) else reference


def _prompt(fields: Mapping[str, JSON]) -> str:
    prompt = fields.get("prompt")
    if not isinstance(prompt, str) or not prompt:
        raise Refused(Refusal.INVALID, "Missing required parameter: 'prompt'.", field="prompt", problem="required")
    if len(prompt) > LONGEST_PROMPT:
        raise Refused(Refusal.INVALID, f"prompt has more than {LONGEST_PROMPT} characters", field="prompt", problem="longest")
    return prompt


def _asked(fields: Mapping[str, JSON], dialect: Dialect, pictures: Sequence[bytes]) -> Asked:
    """What is to be made. Raises Refused."""
    seed, fps = str(fields.get("seed")), str(fields.get("fps", 24))
    return Asked(
        prompt=_prompt(fields),
        model=_model(fields.get("model"), dialect),
        size=_size(fields, dialect),
        seconds=_seconds(fields, dialect),
        fps=int(fps) if fps.isdecimal() else 24,
        sound=str(fields.get("generate_sound", "")).lower() == "true",
        seed=int(seed) if seed.isdecimal() else None,
        first=pictures[0] if pictures else None,
        references=tuple(pictures[1:]),
        notes=(f"server {dialect.name}",),
    )


def _model(told: JSON, dialect: Dialect) -> str:
    if told is None and dialect.model_required:
        raise Refused(Refusal.INVALID, "Missing required parameter: 'model'.", field="model", problem="required")
    if told is not None and dialect.models and told not in dialect.models:
        raise Refused(Refusal.INVALID, f"The model '{told}' is not served here.", field="model", problem="choices")
    return str(told or "wan2.2")


def _size(fields: Mapping[str, JSON], dialect: Dialect) -> tuple[int, int]:
    """Width and height in pixels, even."""
    size = str(fields.get("size") or (f"{fields['width']}x{fields['height']}" if "width" in fields else "720x1280"))
    across, _, down = size.lower().partition("x")
    if (dialect.sizes and size not in dialect.sizes) or not (across.isdecimal() and down.isdecimal()):
        raise Refused(Refusal.INVALID, f"Invalid value for size: '{size}'.", field="size", problem="choices")
    return int(across) // 2 * 2, int(down) // 2 * 2


def _seconds(fields: Mapping[str, JSON], dialect: Dialect) -> float:
    told = str(fields.get("seconds", 4))
    if (dialect.seconds and told not in dialect.seconds) or not told.isdecimal() or not 0 < int(told) <= MOST_SECONDS:
        raise Refused(Refusal.INVALID, f"Invalid value for seconds: '{told}'.", field="seconds", problem="choices")
    return float(told)
