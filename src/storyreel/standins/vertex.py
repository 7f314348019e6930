"""Google Cloud as far as Veo needs it: predictLongRunning, fetchPredictOperation, a token server, and a bucket's JSON API."""

import asyncio
import hmac
from dataclasses import dataclass
from decimal import Decimal
from importlib.util import find_spec
from uuid import UUID

from aiohttp import web

from storyreel.domain.values import JSON
from storyreel.standins import veo
from storyreel.standins.clips import MP4
from storyreel.standins.cloud import ORDER, Cloud
from storyreel.standins.faults import Fault, Kind
from storyreel.standins.google_reading import error_of
from storyreel.standins.google_tokens import Tokens
from storyreel.standins.jobs import Job, Life
from storyreel.standins.reading import Rule, checked, json_of
from storyreel.standins.refusals import Refusal, Refused

PROJECT, LOCATION = "standin-project", "us-central1"
MODELS = ("veo-3.1-generate-001", "veo-3.1-fast-generate-001", "veo-3.1-lite-generate-001")
SHUT = ("veo-3.0-generate-001", "veo-3.0-fast-generate-001", "veo-2.0-generate-001")


@dataclass(slots=True)
class Odd:
    """What this cloud does oddly."""

    shut: tuple[str, ...] = SHUT  # models that answer 404
    empty: int = 0  # so many finished operations are shown without a clip
    refuses_by_error: bool = False  # what the filter refuses ends with an error, not with counters


class Vertex(Cloud):
    """The cloud. `key` is an express API key; OAuth tokens come from the token server."""

    name = "vertex"
    key = "AQ.StandinExpressKey0001"

    odd: Odd
    tokens: Tokens

    def add_routes(self, app: web.Application) -> None:
        """Under a project with a token; without one with an express key."""
        self.odd, self.tokens = Odd(), Tokens(self, PROJECT)
        model = "/publishers/google/models/{model}"
        project = "/{version:v1|v1beta1}/projects/{project}/locations/{location}"
        for before in (project, "/v1beta1"):
            self.on(app, "POST", f"{before}{model}:predictLongRunning", Kind.CREATE, self._predict)
            self.on(app, "POST", f"{before}{model}:fetchPredictOperation", Kind.LOOK, self._fetch_operation)
        for version in ("/v1", "/v1beta1"):
            self.on(app, "GET", f"{version}{model}", Kind.OTHER, self._published)
        self.on(app, "GET", "/storage/v1/b/{bucket}/o/{object}", Kind.FETCH, self._object)
        self.tokens.add_routes(app)

    def environment(self, url: str) -> dict[str, str]:
        """Ours and google-genai's: a service account's file, which lives as long as the stand-in; without google-auth a token."""
        told = {
            "GOOGLE_CLOUD_PROJECT": PROJECT,
            "GOOGLE_CLOUD_LOCATION": LOCATION,
            "GOOGLE_VERTEX_BASE_URL": url,
            "STORAGE_EMULATOR_HOST": url,
        }
        if find_spec("google") and find_spec("google.auth") and find_spec("cryptography"):
            return told | {"GOOGLE_APPLICATION_CREDENTIALS": str(self.tokens.key_file(url))}
        return told | {"GOOGLE_VERTEX_TOKEN": self.tokens.hand_out()}

    def error(self, refused: Refused) -> web.Response:
        """As the front end answers; a bad token is 401."""
        return error_of(refused, unauthorised=401)

    def credential(self, request: web.Request) -> str | None:
        """A bearer token, or an express key."""
        return super().credential(request) or request.headers.get("x-goog-api-key") or request.query.get("key")

    def accepts(self, credential: str) -> bool:
        """Whether it is a living token or the key; where each may be used is checked by path."""
        return self.tokens.good(credential) or hmac.compare_digest(credential.encode(), self.key.encode())

    async def _published(self, request: web.Request) -> web.Response:
        """One of Google's own models, in short."""
        model = request.match_info["model"]
        if model in self.odd.shut or model not in MODELS:
            raise Refused(Refusal.CLOSED, f"Publisher Model `publishers/google/models/{model}` is not found.")
        stage = "PUBLIC_PREVIEW" if "lite" in model or "preview" in model else "GA"
        told: dict[str, JSON] = {"name": f"publishers/google/models/{model}", "versionId": "default", "launchStage": stage}
        return web.json_response(told | {"openSourceCategory": "PROPRIETARY"})

    async def _predict(self, request: web.Request) -> web.Response:
        parent, model = self._parent(request), request.match_info["model"]
        if model in self.odd.shut or model not in {*MODELS, *SHUT}:
            told = f"Publisher Model `{parent}` was not found or your project does not have access to it."
            raise Refused(Refusal.CLOSED, told)
        body = await json_of(request)
        order = await asyncio.to_thread(veo.order_of, model, body, developer=False)
        if order.storage and not order.storage.startswith("gs://"):
            raise Refused(Refusal.INVALID, f"Invalid storage URI {order.storage}.", field="parameters.storageUri")
        fault = request.get(ORDER)
        refused_later = fault is not None and fault.fault is Fault.MODERATION_LATER  # a refused clip is not charged
        id = str(UUID(int=int(self.new_id(32, "0123456789abcdef"), 16)))
        facts: dict[str, JSON] = {"name": f"{parent}/operations/{id}", "storage": order.storage.rstrip("/")}
        self.begin(
            request,
            model=model,
            asked=order.asked,
            body=body,
            cost_usd=Decimal(0) if refused_later else order.cost_usd,
            run_s=60,
            id=id,
            facts=facts,
        )
        return web.json_response({"name": facts["name"]})

    async def _fetch_operation(self, request: web.Request) -> web.Response:
        self._parent(request)
        told = checked(await json_of(request), {"operationName": Rule(str, required=True)})
        name = str(told["operationName"])
        job = self.jobs.get(name.rpartition("/")[2])
        if job is None or job.facts["name"] != name or job.model != request.match_info["model"]:
            raise Refused(Refusal.NOT_FOUND, f"Operation not found: {name}")
        life = self.life(request, job)
        videos = [await self._video(job)] if life is Life.DONE else []
        if videos and self.odd.empty > 0:
            self.odd.empty -= 1
            videos = []
        if self.odd.refuses_by_error and job.fate is Fault.MODERATION_LATER and life is Life.FAILED:
            return web.json_response({"name": name, "done": True, "error": {"code": 3, "message": veo.REFUSED}})
        return web.json_response(veo.shown(name, job, life, videos, developer=False))

    async def _video(self, job: Job) -> JSON:
        if job.facts["storage"]:
            return {"gcsUri": f"{job.facts['storage']}/{job.id}/sample_0.mp4", "mimeType": MP4}
        return veo.inline(await self.result(job))

    async def _object(self, request: web.Request) -> web.Response:
        if not request.headers.get("Authorization") or request.query.get("alt") != "media":
            raise Refused(Refusal.UNAUTHORISED, "Anonymous caller does not have storage.objects.get access.")
        where = f"gs://{request.match_info['bucket']}/{request.match_info['object']}"
        job = next((job for job in self.jobs.values() if where == f"{job.facts['storage']}/{job.id}/sample_0.mp4"), None)
        order = request.get(ORDER)
        if job is None or job.life(self.now(), self.speed) is not Life.DONE or (order and order.fault is Fault.EXPIRED_LINK):
            raise Refused(Refusal.NOT_FOUND, f"No such object: {where.removeprefix('gs://')}")
        return web.Response(body=await self.result(job), content_type=MP4)

    def _parent(self, request: web.Request) -> str:
        """The model's whole name. Raises Refused for a project that is not ours, and for the wrong kind of credential."""
        told = request.match_info
        model = told["model"]
        express = "project" not in told
        if express != ("Authorization" not in request.headers):
            raise Refused(Refusal.UNAUTHORISED, "API keys are for express mode; a project needs OAuth 2 credentials.")
        if express:
            return f"projects/{PROJECT}/locations/global/publishers/google/models/{model}"
        if told["project"] != PROJECT:
            raise Refused(Refusal.NOT_FOUND, f"Project {told['project']} was not found.")
        return f"projects/{PROJECT}/locations/{told['location']}/publishers/google/models/{model}"
