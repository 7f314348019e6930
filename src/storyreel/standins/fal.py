"""fal's queue, its models' results and its file store, on loopback; written from its documentation as of 2026-11-20.

As the real one, the queue takes any body: what a model refuses shows as the answer of the result, with COMPLETED as its state.
"""

import base64
import json
import re
from collections.abc import Mapping
from datetime import UTC
from decimal import Decimal
from functools import partial
from hashlib import sha256
from typing import ClassVar

from aiohttp import web

from storyreel.domain.values import JSON
from storyreel.standins.bill import Ending
from storyreel.standins.clips import MP4, PNG, Asked
from storyreel.standins.cloud import Cloud
from storyreel.standins.ed25519 import public_key, signature
from storyreel.standins.fal_models import MODELS, Endpoint, asked_of
from storyreel.standins.fal_schemas import document_of
from storyreel.standins.faults import Fault, Kind
from storyreel.standins.hooks import Told
from storyreel.standins.jobs import Job, Life
from storyreel.standins.reading import Upload, json_of, text_of
from storyreel.standins.refusals import STATUS, Refusal, Refused

STATES = {
    Life.QUEUED: "IN_QUEUE",
    Life.RUNNING: "IN_PROGRESS",
    Life.DONE: "COMPLETED",
    Life.FAILED: "COMPLETED",
}
KEEP_S = 7 * 24 * 3600.0  # where a request does not say how long
USER = "standin-user"
STEPS = 40  # of the work, as the logs tell it
SAID = {
    Refusal.UNAUTHORISED: "Cannot access application. Authentication is required to access this application.",
    Refusal.NO_CREDIT: "User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing.",
    Refusal.RATE_LIMITED: "Reached concurrent requests limit",
}
POLICY: dict[str, JSON] = {
    "loc": ["body", "prompt"],
    "msg": "The content could not be processed because it contained material flagged by a content checker.",
    "type": "content_policy_violation",
    "url": "https://docs.fal.ai/errors#content_policy_violation",
}


class Fal(Cloud):
    """The queue at `url`, the file store at the same address."""

    name = "fal"
    charges = frozenset({Ending.REFUSED})
    key: ClassVar[str] = "5f1c2b7e-0000-4000-8000-000000000001:standin0001"

    def add_routes(self, app: web.Application) -> None:
        """The file store's addresses, then the queue's."""
        self.on(app, "POST", "/storage/upload/initiate", Kind.OTHER, self.begin_upload)
        self.on(app, "PUT", "/storage/put/{id}", Kind.OTHER, self.put, auth=False)
        self.on(app, "POST", "/storage/auth/token", Kind.OTHER, self.token)
        self.on(app, "POST", "/files/upload", Kind.OTHER, self.upload, auth=False)
        self.on(app, "GET", "/.well-known/jwks.json", Kind.OTHER, self.hook_keys, auth=False)
        self.on(app, "GET", "/api/openapi/queue/openapi.json", Kind.OTHER, self.document, auth=False)
        requests = r"/{app:[^/]+/[^/]+}/requests/{id}"
        self.on(app, "GET", f"{requests}/status", Kind.LOOK, self.status)
        self.on(app, "GET", requests, Kind.LOOK, self.answer)
        self.on(app, "PUT", f"{requests}/cancel", Kind.CANCEL, self.end)
        self.on(app, "POST", r"/{endpoint:[^/_]+/.+}", Kind.CREATE, self.submit)

    def environment(self, url: str) -> dict[str, str]:
        """Ours, and the official client's host."""
        # The official client writes https:// before FAL_QUEUE_RUN_HOST; it is pointed here by its own constant, see the tests.
        return {"FAL_KEY": self.key, "FAL_QUEUE_URL": url, "FAL_REST_URL": url, "FAL_SITE_URL": url} | {
            "FAL_QUEUE_RUN_HOST": url.partition("://")[2]
        }

    def credential(self, request: web.Request) -> str | None:
        """`Authorization: Key ...`."""
        scheme, _, told = request.headers.get("Authorization", "").partition(" ")
        return told.strip() if scheme == "Key" and told.strip() else None

    def error(self, refused: Refused) -> web.Response:
        """A plain `detail`; a list of them where a field is wrong."""
        status = {Refusal.NO_CREDIT: 403, Refusal.INVALID: 422, Refusal.TOO_LARGE: 422}.get(
            refused.refusal, STATUS[refused.refusal]
        )
        if refused.refusal is Refusal.MODERATION:
            return web.json_response({"detail": [POLICY]}, status=422)
        if refused.field:
            return web.json_response({"detail": [_wrong(refused)]}, status=status)
        return web.json_response({"detail": SAID.get(refused.refusal, refused.message or "Error")}, status=status)

    async def submit(self, request: web.Request) -> web.Response:
        """Take a request into the queue; only a model that is not there is refused at once."""
        name = request.match_info["endpoint"]
        endpoint = MODELS.get(name)
        if endpoint is None:
            raise Refused(Refusal.NOT_FOUND, f"Application '{name}' not found")
        body = await json_of(request)
        asked, wrong = await self._asked(name, endpoint, body)
        facts: dict[str, JSON] = {
            "wrong": wrong,
            "keep_s": _keep_s(request.headers),
            "no_retry": request.headers.get("x-fal-no-retry"),
            "media_type": endpoint.media_type,
            "webhook": request.query.get("fal_webhook", ""),
        }
        cost = Decimal(0) if wrong else endpoint.price_usd(asked)
        job = self.begin(request, model=name, asked=asked, body=body, cost_usd=cost, id=self._request_id(), run_s=50, facts=facts)
        self.hooks.call(str(facts["webhook"]), (self.ended(job) - self.now()).total_seconds(), partial(self._told, job))
        at = f"{self.url}/{'/'.join(name.split('/')[:2])}/requests/{job.id}"
        told = {"request_id": job.id, "gateway_request_id": job.id, "queue_position": 0}
        return web.json_response(
            {"status": "IN_QUEUE", **told, "response_url": at, "status_url": f"{at}/status", "cancel_url": f"{at}/cancel"}
        )

    async def hook_keys(self, _request: web.Request) -> web.Response:
        """The public keys by which webhooks are known."""
        x = base64.urlsafe_b64encode(public_key(self._secret * 2)).decode().rstrip("=")
        return web.json_response({"keys": [{"kty": "OKP", "crv": "Ed25519", "x": x}]})

    async def document(self, request: web.Request) -> web.Response:
        """What the site publishes of an endpoint; nobody needs a key for it."""
        name = request.query.get("endpoint_id", "")
        endpoint = MODELS.get(name)
        if endpoint is None:
            raise Refused(Refusal.NOT_FOUND, f"Application '{name}' not found")
        return web.json_response(document_of(name, endpoint))

    async def status(self, request: web.Request) -> web.Response:
        """Where a request is."""
        job = self._job(request)
        life = self.life(request, job)
        told: dict[str, JSON] = {
            "status": STATES.get(life, "REHYDRATING"),
            "request_id": job.id,
            "response_url": str(request.url),
        }
        if life is Life.QUEUED:
            told["queue_position"] = 1
        if life not in {Life.QUEUED, Life.UNKNOWN}:
            told["logs"] = self._logs(job) if request.query.get("logs", "").lower() in {"1", "true"} else None
        if told["status"] == "COMPLETED":
            told["metrics"] = {"inference_time": 0.0 if job.facts["wrong"] else job.run_s}
            if job.fate is not None or job.facts["wrong"]:
                told |= {"error": "The request failed", "error_type": _kind_of(job)}
        return web.json_response(told)

    async def answer(self, request: web.Request) -> web.Response:
        """The model's own answer: its output, or its refusal."""
        job = self._job(request)
        life = self.life(request, job)
        if life not in {Life.DONE, Life.FAILED}:
            return web.json_response({"detail": "Request is still in progress"}, status=400)
        if isinstance(wrong := job.facts["wrong"], dict):
            return web.json_response({"detail": [wrong]}, status=422, headers={"X-Fal-Retryable": "false"})
        if job.fate is Fault.MODERATION_LATER:
            return web.json_response({"detail": [POLICY]}, status=422, headers={"X-Fal-Retryable": "false"})
        if life is Life.FAILED:
            told = {"detail": "Runner disconnected", "error_type": "runner_disconnected"}
            return web.json_response(told, status=503, headers={"X-Fal-Error-Type": "runner_disconnected"})
        return web.json_response(await self._output(job))

    async def end(self, request: web.Request) -> web.Response:
        """Take a request from the queue, or signal to one that runs."""
        job = self._job(request)
        if not self.cancel(job):
            return web.json_response({"status": "ALREADY_COMPLETED"}, status=400)
        return web.json_response({"status": "CANCELLATION_REQUESTED"}, status=202)

    async def begin_upload(self, request: web.Request) -> web.Response:
        """A signed address for a file, and where it will be read."""
        if request.query.get("storage_type") not in {"fal-cdn-v3", "gcs"}:
            raise Refused(Refusal.INVALID, "unknown storage type", field="storage_type", problem="choices")
        body = await json_of(request)
        kind, name = text_of(body, "content_type"), text_of(body, "file_name")
        if not kind or not name:
            raise Refused(Refusal.INVALID, "field required", field="content_type" if name else "file_name", problem="required")
        id = self.keep(Upload(b"", kind, name))
        return web.json_response(
            {"upload_url": f"{self.url}/storage/put/{id}?Signature=a%2Fb%2B{id}", "file_url": self.upload_url(id)}
        )

    async def put(self, request: web.Request) -> web.Response:
        """The file itself, under the signed address: as it was given, of the type that was told."""
        id = request.match_info["id"]
        begun = self.uploads.get(id)
        if (
            begun is None
            or request.rel_url.raw_query_string != f"Signature=a%2Fb%2B{id}"
            or request.content_type != begun.media_type
        ):
            return web.Response(status=403, text="<Error><Code>SignatureDoesNotMatch</Code></Error>", content_type="text/xml")
        self.uploads[id] = Upload(await request.read(), begun.media_type, begun.name)
        return web.Response()

    async def token(self, _request: web.Request) -> web.Response:
        """What the official client uploads with."""
        later = self.now().replace(tzinfo=UTC).isoformat()
        told = {"token": "upload-token", "token_type": "Bearer", "base_url": self.url, "expires_at": later}
        return web.json_response(told)

    async def upload(self, request: web.Request) -> web.Response:
        """What the official client does instead: the file at once, with a token of its own."""
        if request.headers.get("Authorization") not in {"Bearer upload-token", f"Key {self.key}"}:
            raise Refused(Refusal.UNAUTHORISED)
        data = await request.read()
        id = self.keep(Upload(data, request.content_type, request.headers.get("X-Fal-File-Name", "")))
        return web.json_response({"access_url": self.upload_url(id)})

    async def _asked(self, name: str, endpoint: Endpoint, body: dict[str, JSON]) -> tuple[Asked, dict[str, JSON] | None]:
        """What is to be made; and what is wrong with it, if something is."""
        try:
            return await asked_of(self, name, endpoint, body), None
        except Refused as refused:
            return Asked(name, "", (320, 180), 1.0), _wrong(refused)

    async def _told(self, job: Job) -> Told | None:
        """What a webhook is told of a request that is over, signed; nothing of one that was cancelled, or never ends."""
        life = job.life(self.now(), self.speed)
        if life not in {Life.DONE, Life.FAILED}:
            return None
        wrong = job.fate is not None or job.facts["wrong"]
        told: dict[str, JSON] = {"request_id": job.id, "gateway_request_id": job.id, "status": "ERROR" if wrong else "OK"}
        told |= {"error": "The request failed", "payload": None} if wrong else {"payload": await self._output(job)}
        body, moment = json.dumps(told).encode(), str(int(self.now().timestamp()))
        message = "\n".join((job.id, USER, moment, sha256(body).hexdigest())).encode()
        values = (job.id, USER, moment, signature(self._secret * 2, message).hex())
        names = ("Request-Id", "User-Id", "Timestamp", "Signature")
        return body, {f"X-Fal-Webhook-{name}": value for name, value in zip(names, values, strict=True)}

    async def _output(self, job: Job) -> dict[str, JSON]:
        media_type, keep_s = str(job.facts["media_type"]), float(str(job.facts["keep_s"]))
        ending = "mp4" if media_type == MP4 else "png"
        file: dict[str, JSON] = {
            "url": self.link(job, life_s=keep_s, media_type=media_type),
            "content_type": media_type,
            "file_name": f"output.{ending}",
            "file_size": len(await self.result(job, media_type)),
        }
        if media_type == PNG:
            width, height = job.asked.size
            return {"images": [{**file, "width": width, "height": height}], "seed": job.asked.seed or 0}
        return {"video": file, "seed": job.asked.seed or 0}

    def _logs(self, job: Job) -> list[JSON]:
        done = round(self.progress(job) * STEPS)
        when = self.started(job).isoformat()
        return [{"message": f"denoise {done}/{STEPS}", "level": "INFO", "source": "USER", "timestamp": when}]

    def _job(self, request: web.Request) -> Job:
        """The job of an address; one that was cancelled, or belongs to another application, is not there."""
        job = self.job(request.match_info["id"])
        if job.cancelled is not None or "/".join(job.model.split("/")[:2]) != request.match_info["app"]:
            raise Refused(Refusal.NOT_FOUND, "Request not found")
        return job

    def _request_id(self) -> str:
        digits = self.new_id(32, "0123456789abcdef")
        return re.sub(r"^(.{8})(.{4})(.{4})(.{4})", r"\1-\2-\3-\4-", digits)


def _wrong(refused: Refused) -> dict[str, JSON]:
    """One entry of a `detail` list."""
    kinds = {"required": "missing", "type": "type_error", "choices": "literal_error", "longest": "string_too_long"}
    kinds |= {"least": "greater_than_equal", "most": "less_than_equal", "address": "file_download_error"}
    kinds |= {"picture": "image_load_error", "picture_type": "image_load_error", "size": "file_too_large"}
    where: list[JSON] = ["body", *refused.field.split(".")]
    return {"loc": where, "msg": refused.message, "type": kinds.get(refused.problem, "value_error"), "input": None}


def _kind_of(job: Job) -> str:
    wrong = job.facts["wrong"]
    if job.fate is Fault.FAILS_LATER:
        return "runner_disconnected"
    return str(wrong["type"]) if isinstance(wrong, dict) else "content_policy_violation"


def _keep_s(headers: Mapping[str, str]) -> float:
    told = re.search(r'"expiration_duration_seconds":\s*(\d+)', headers.get("X-Fal-Object-Lifecycle-Preference", ""))
    return float(told[1]) if told else KEEP_S
