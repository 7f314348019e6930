"""The upstreams behind the Hugging Face router: what each takes, and how its jobs and answers look. See `huggingface`."""

import re
from dataclasses import replace

from aiohttp import web

from storyreel.domain.values import JSON
from storyreel.standins import huggingface_models as models
from storyreel.standins.clips import JPEG
from storyreel.standins.faults import Fault, Kind
from storyreel.standins.huggingface_models import I2I, T2I
from storyreel.standins.huggingface_orders import Orders, asked_of, is_picture, pixels_of, size_of, whole
from storyreel.standins.jobs import Job, Life
from storyreel.standins.reading import checked, from_base64, json_of, list_of, object_of, text_of
from storyreel.standins.refusals import Refusal, Refused

TOGETHER_MOST = 60_000  # characters of a frame's address
FAL = {
    Life.QUEUED: "IN_QUEUE",
    Life.RUNNING: "IN_PROGRESS",
    Life.DONE: "COMPLETED",
    Life.CANCELLED: "CANCELLED",
    Life.UNKNOWN: "WARMING",
}
REPLICATE = {
    Life.QUEUED: "starting",
    Life.RUNNING: "processing",
    Life.DONE: "succeeded",
    Life.FAILED: "failed",
    Life.CANCELLED: "canceled",
    Life.UNKNOWN: "thawing",
}
WAVESPEED = {
    Life.QUEUED: "created",
    Life.RUNNING: "processing",
    Life.DONE: "completed",
    Life.FAILED: "failed",
    Life.UNKNOWN: "waking",
}
TOGETHER = {
    Life.QUEUED: "queued",
    Life.RUNNING: "in_progress",
    Life.DONE: "completed",
    Life.FAILED: "failed",
    Life.UNKNOWN: "paused",
}
ZAI = {Life.QUEUED: "PROCESSING", Life.RUNNING: "PROCESSING", Life.DONE: "SUCCESS", Life.FAILED: "FAIL", Life.UNKNOWN: "HELD"}


class Upstreams(Orders):
    """Eight clouds that take orders through one router."""

    def add_upstreams(self, app: web.Application) -> None:
        """Every path, with and without the upstream's name where a client may leave it out."""
        self.on(app, "GET", "/{app:.+}/requests/{id}/status", Kind.LOOK, self.fal_status)
        self.on(app, "PUT", "/{app:.+}/requests/{id}/cancel", Kind.CANCEL, self.fal_cancel)
        self.on(app, "GET", "/{app:.+}/requests/{id}", Kind.LOOK, self.fal_result)
        self.on(app, "POST", "/fal-ai/{id:.+}", Kind.CREATE, self.fal)
        self.on(app, "POST", "/replicate/v1/predictions", Kind.CREATE, self.replicate)
        self.on(app, "POST", "/replicate/v1/models/{owner}/{model}/predictions", Kind.CREATE, self.replicate)
        self.on(app, "GET", "/replicate/v1/predictions/{id}", Kind.LOOK, self.replicate_look)
        self.on(app, "POST", "/replicate/v1/predictions/{id}/cancel", Kind.CANCEL, self.replicate_cancel)
        self.on(app, "POST", "/novita/v3/hf/{id:.+}", Kind.CREATE, self.novita)
        for prefix in ("/wavespeed", ""):
            self.on(app, "GET", f"{prefix}/api/v3/predictions/{{id}}/result", Kind.LOOK, self.wavespeed_look)
        self.on(app, "POST", "/wavespeed/api/v3/{id:.+}", Kind.CREATE, self.wavespeed)
        self.on(app, "POST", "/together/v2/videos", Kind.CREATE, self.together)
        self.on(app, "GET", "/together/v2/videos/{id}", Kind.LOOK, self.together_look)
        self.on(app, "POST", "/together/v1/images/generations", Kind.CREATE, self.together_picture)
        self.on(app, "POST", "/nscale/v1/images/generations", Kind.CREATE, self.nscale)
        self.on(app, "POST", "/zai-org/api/paas/v4/async/images/generations", Kind.CREATE, self.zai)
        self.on(app, "GET", "/zai-org/api/paas/v4/async-result/{id}", Kind.LOOK, self.zai_look)
        self.on(app, "POST", "/hf-inference/models/{owner}/{model}", Kind.CREATE, self.hf_inference)

    # fal

    async def fal(self, request: web.Request) -> web.Response:
        """By its queue, or at once where no queue is asked for."""
        offer = self.offer("fal-ai", request.match_info["id"])
        body = await json_of(request)
        wanted = checked(body, models.FAL_PICTURE if offer.task in {T2I, I2I} else models.FAL_CLIP, refuse_unknown=False)
        first = await self.start_picture(offer, wanted["image_url"], "image_url")
        asked = asked_of(offer, wanted, first)
        if offer.task in {T2I, I2I}:
            side = wanted["image_size"]
            asked = replace(asked, size=pixels_of(side) if isinstance(side, dict) else (1024, 1024))
        else:
            last = await self.picture_given(wanted.get("end_image_url"), "end_image_url")
            asked = replace(asked, last=last)
        job = self.ordered(request, offer, asked, body)
        if request.query.get("_subdomain") != "queue":
            await self.finished(job)
            return web.json_response({"images": [self.file_of(job)], "seed": asked.seed or 0, "has_nsfw_concepts": [False]})
        where = f"https://queue.fal.run/{'/'.join(offer.provider_id.split('/')[:2])}/requests/{job.id}"
        return web.json_response(
            {
                "status": "IN_QUEUE",
                "request_id": job.id,
                "queue_position": 0,
                "response_url": where,
                "status_url": f"{where}/status",
            }
        )

    async def fal_status(self, request: web.Request) -> web.Response:
        """Where a job of the queue is; a result that is refused is `COMPLETED` all the same."""
        job = self.queued(request)
        life = self.life(request, job)
        state = "COMPLETED" if job.fate is Fault.MODERATION_LATER and life is Life.FAILED else FAL.get(life, "ERROR")
        told: dict[str, JSON] = {"status": state, "request_id": job.id}
        if life is Life.QUEUED:
            told["queue_position"] = 1
        if state == "ERROR":
            told["error"] = "Runner crashed"
        return web.json_response(told)

    async def fal_result(self, request: web.Request) -> web.Response:
        """The result, or its refusal; before its time the queue refuses the question."""
        job = self.queued(request)
        life = self.life(request, job)
        if life is Life.FAILED:
            loc: JSON = ["body", "prompt"]
            moderated = job.fate is Fault.MODERATION_LATER
            kind = "content_policy_violation" if moderated else "internal_error"
            told = "Output flagged by a content checker." if moderated else "Runner crashed"
            return web.json_response({"detail": [{"loc": loc, "msg": told, "type": kind}]}, status=422 if moderated else 500)
        if life is not Life.DONE:
            return web.json_response({"detail": "Request is still in progress"}, status=400)
        name = "images" if is_picture(job) else "video"
        file = self.file_of(job)
        return web.json_response({name: [file] if name == "images" else file, "seed": job.asked.seed or 0})

    async def fal_cancel(self, request: web.Request) -> web.Response:
        """An end, where there was none yet."""
        if not self.cancel(self.queued(request)):
            return web.json_response({"status": "ALREADY_COMPLETED"}, status=400)
        return web.json_response({"status": "CANCELLATION_REQUESTED"}, status=202)

    # Replicate

    async def replicate(self, request: web.Request) -> web.Response:
        """A prediction; `Prefer: wait` holds the answer back for up to 60 s, or so many as it says."""
        body = await json_of(request)
        version = text_of(body, "version")
        id = f"{request.match_info.get('owner', '')}/{request.match_info.get('model', '')}"
        offer = self.offer("replicate", id if "owner" in request.match_info else f":{version}")
        wanted = checked(object_of(body, "input"), models.REPLICATE, within="input.", refuse_unknown=False)
        first = await self.start_picture(offer, wanted["input_image"] or wanted["image"], "input.image")
        job = self.ordered(request, offer, asked_of(offer, wanted, first), body)
        if wait := re.match(r"wait(?:=(\d+))?$", request.headers.get("Prefer", "")):
            await self.finished(job, most_s=min(60.0, float(wait[1] or 60)))
        return web.json_response(self._prediction(request, job), status=201)

    async def replicate_look(self, request: web.Request) -> web.Response:
        """A prediction as it is now."""
        return web.json_response(self._prediction(request, self.job(request.match_info["id"])))

    async def replicate_cancel(self, request: web.Request) -> web.Response:
        """An end; of one that has ended, what it is."""
        job = self.job(request.match_info["id"])
        self.cancel(job)
        return web.json_response(self._prediction(request, job))

    def _prediction(self, request: web.Request, job: Job) -> dict[str, JSON]:
        life = self.life(request, job)
        link = self.result_link(job) if life is Life.DONE else None
        failed = (
            "The input or output was flagged as sensitive. (E005)" if job.fate is Fault.MODERATION_LATER else "CUDA out of memory"
        )
        return {
            "id": job.id,
            "model": job.model,
            "status": REPLICATE[life],
            "input": job.body.get("input"),
            "output": [link] if link and is_picture(job) else link,
            "error": failed if life is Life.FAILED else None,
            "urls": {"get": f"https://api.replicate.com/v1/predictions/{job.id}"},
            "created_at": job.created.isoformat(),
        }

    # Novita, which answers when the clip is there

    async def novita(self, request: web.Request) -> web.Response:
        """One answer."""
        offer = self.offer("novita", request.match_info["id"])
        body = await json_of(request)
        job = self.ordered(request, offer, asked_of(offer, checked(body, models.NOVITA, refuse_unknown=False), None), body)
        await self.finished(job)
        return web.json_response(
            {"video": {"video_url": self.result_link(job), "video_type": "mp4"}, "task": {"task_id": job.id}}
        )

    # WaveSpeed

    async def wavespeed(self, request: web.Request) -> web.Response:
        """A prediction in an envelope."""
        offer = self.offer("wavespeed", request.match_info["id"])
        body = await json_of(request)
        wanted = checked(body, models.WAVESPEED, refuse_unknown=False)
        first = await self.start_picture(offer, wanted["image"], "image")
        asked = asked_of(offer, wanted, first)
        if size := re.fullmatch(r"(\d+)\*(\d+)", str(wanted["size"] or "")):
            asked = replace(asked, size=(int(size[1]), int(size[2])))
        job = self.ordered(request, offer, asked, body)
        return web.json_response(self._envelope(request, job))

    async def wavespeed_look(self, request: web.Request) -> web.Response:
        """The same, as it is now."""
        return web.json_response(self._envelope(request, self.job(request.match_info["id"])))

    def _envelope(self, request: web.Request, job: Job) -> dict[str, JSON]:
        life = self.life(request, job)
        failed = "content policy: the output was flagged" if job.fate is Fault.MODERATION_LATER else "worker lost"
        data: dict[str, JSON] = {
            "id": job.id,
            "model": job.model,
            "status": WAVESPEED.get(life, "failed"),
            "outputs": [self.result_link(job)] if life is Life.DONE else [],
            "urls": {"get": f"https://api.wavespeed.ai/api/v3/predictions/{job.id}/result"},
            "error": failed if life is Life.FAILED else "",
        }
        return {"code": 200, "message": "success", "data": data}

    # Together

    async def together(self, request: web.Request) -> web.Response:
        """A clip's job; frames are small."""
        body = await json_of(request)
        wanted = checked(body, models.TOGETHER_CLIP, refuse_unknown=False)
        offer = self.offer("together", str(wanted["model"]))
        frames = {
            text_of(row, "frame"): row.get("input_image") for row in list_of(wanted, "frame_images") if isinstance(row, dict)
        }
        if set(frames) - {"first", "last"} or any(len(str(at)) > TOGETHER_MOST for at in frames.values()):
            raise Refused(
                Refusal.INVALID, "frame_images: frame is first or last, and input_image has at most 60 KB", field="frame_images"
            )
        first = await self.start_picture(offer, frames.get("first"), "frame_images")
        last = await self.picture_given(frames.get("last"), "frame_images")
        asked = replace(
            asked_of(offer, wanted, first), last=last, fps=whole(wanted["fps"], 24), size=pixels_of(wanted, (1366, 768))
        )
        return web.json_response(self._video(request, self.ordered(request, offer, asked, body)))

    async def together_look(self, request: web.Request) -> web.Response:
        """The same, as it is now."""
        return web.json_response(self._video(request, self.job(request.match_info["id"])))

    async def together_picture(self, request: web.Request) -> web.Response:
        """A picture in the answer."""
        body = await json_of(request)
        wanted = checked(body, models.TOGETHER_PICTURE, refuse_unknown=False)
        offer = self.offer("together", str(wanted["model"]))
        given = list_of(wanted, "reference_images")
        first = await self.start_picture(offer, wanted["image_url"] or (given[0] if given else None), "image_url")
        return await self.inline(request, offer, replace(asked_of(offer, wanted, first), size=pixels_of(wanted)), body)

    def _video(self, request: web.Request, job: Job) -> dict[str, JSON]:
        life = self.life(request, job)
        failed = "Content policy violation" if job.fate is Fault.MODERATION_LATER else "Inference failed"
        ended: dict[str, JSON] = {}
        if life is Life.DONE:
            ended["outputs"] = {"cost": float(job.cost_usd), "video_url": self.result_link(job)}
        if life is Life.FAILED:
            ended["error"] = {"message": failed, "code": None}
        told: dict[str, JSON] = {"id": job.id, "object": "video", "model": job.model, "seconds": f"{job.asked.seconds:g}"}
        return told | {"status": TOGETHER.get(life, "failed"), "created_at": int(job.created.timestamp())} | ended

    # Pictures in one answer, and Z.ai's by jobs

    async def nscale(self, request: web.Request) -> web.Response:
        """A picture in the answer."""
        body = await json_of(request)
        wanted = checked(body, models.NSCALE, refuse_unknown=False)
        offer = self.offer("nscale", str(wanted["model"]))
        return await self.inline(request, offer, replace(asked_of(offer, wanted, None), size=size_of(wanted["size"])), body)

    async def zai(self, request: web.Request) -> web.Response:
        """A job; it wants to know through whom it is asked."""
        if request.headers.get("x-source-channel") != "hugging_face":
            raise Refused(Refusal.INVALID, "x-source-channel is missing", problem="header")
        body = await json_of(request)
        wanted = checked(body, models.ZAI, refuse_unknown=False)
        offer = self.offer("zai-org", str(wanted["model"]))
        job = self.ordered(request, offer, replace(asked_of(offer, wanted, None), size=size_of(wanted["size"])), body)
        return web.json_response({"id": job.id, "model": job.model, "task_status": "PROCESSING", "request_id": self.new_id(8)})

    async def zai_look(self, request: web.Request) -> web.Response:
        """The same, as it is now."""
        job = self.job(request.match_info["id"])
        life = self.life(request, job)
        told: dict[str, JSON] = {"id": job.id, "model": job.model, "task_status": ZAI.get(life, "FAIL")}
        if life is Life.DONE:
            told["image_result"] = [{"url": self.result_link(job)}]
        return web.json_response(told)

    async def hf_inference(self, request: web.Request) -> web.Response:
        """The picture itself."""
        offer = self.offer("hf-inference", f"{request.match_info['owner']}/{request.match_info['model']}")
        body = await json_of(request)
        inputs = text_of(body, "inputs")
        wanted = checked(object_of(body, "parameters"), models.HF_INFERENCE, within="parameters.", refuse_unknown=False)
        first = from_base64(inputs, "inputs") if offer.task == I2I else None
        prompt = wanted["prompt"] if offer.task == I2I else inputs
        if not prompt:
            raise Refused(Refusal.INVALID, "inputs is required", field="inputs", problem="required")
        asked = replace(asked_of(offer, wanted | {"prompt": prompt}, first), size=pixels_of(wanted))
        job = self.ordered(request, offer, asked, body)
        await self.finished(job)
        return web.Response(body=await self.result(job, JPEG), content_type=JPEG)
