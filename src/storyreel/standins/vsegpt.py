"""vsegpt.ru as five independent clients know it; it has no public page of its video API. Read 2026-11-20.

Its ways: a refusal comes inside HTTP 200; a state's letters have any case; pictures are JPEG in a data URI and nothing else;
the status call takes `Key` or `Bearer`; the length is the id's ending; there is no cancel and no listing of jobs.
"""

import hmac
import re
from decimal import Decimal

from aiohttp import web

from storyreel.domain.values import JSON
from storyreel.standins.clips import JPEG, Asked
from storyreel.standins.cloud import Cloud
from storyreel.standins.faults import Kind
from storyreel.standins.jobs import Job, Life
from storyreel.standins.reading import PictureLimits, Rule, checked, json_of
from storyreel.standins.refusals import STATUS, Refusal, Refused

ROUBLES = {
    "txt2vid-kling/standart": 49.9,
    "txt2vid-kling/pro25-turbo": 89.9,
    "img2vid-kling/pro25-turbo": 89.9,
    "img2vid-kling/pro25-turbo-10s": 179.8,
    "txt2vid-ltx/097-distilled": 12.0,
    "img2vid-ltx/097-distilled": 12.0,
    "txt2vid-google/veo3.1-fast-with-audio": 149.0,
    "txt2vid-google/veo3.1-fast-no-audio": 99.0,
    "img2vid-google/veo3.1-fast-with-audio": 149.0,
    "img2vid-google/veo3.1-fast-no-audio": 99.0,
    "img2vid-haiper-video-v2": 30.0,
    "haiper-2.0": 30.0,  # the earlier tool's default; that a list has it is an assumption: take it out of `ids` to see it refused
}
"""Roubles for one video; one client's table of 2026 where it has the model, otherwise like its twin's. Read 2026-11-20."""
SWITCHED_OFF = ("txt2vid-kling/pro15", "img2vid-kling/pro15", "img2vid-kling/standart16", "txt2vid-openai/sora-2-audio")
OTHERS = ("openai/gpt-5", "anthropic/claude-sonnet-4.5", "img-flux/flux-1-1-pro")  # the list mixes everything
ROUBLES_A_USD = Decimal(100)  # a round rate of our own, for the bill

SIZES = {"16:9": (1280, 720), "9:16": (720, 1280), "1:1": (720, 720)}
RULES = {
    "model": Rule(str, required=True),
    "action": Rule(str, required=True, choices=("generate",)),
    "prompt": Rule(str, required=True, longest=2500),
    "aspect_ratio": Rule(str, choices=tuple(SIZES), default="16:9"),
    "image_url": Rule(str),
}
PICTURES = PictureLimits(types=(JPEG,), most_bytes=6_000_000)
STATES = {
    Life.QUEUED: ("IN_QUEUE", "pending"),
    Life.RUNNING: ("IN_PROGRESS", "processing"),
    Life.DONE: ("COMPLETED", "Completed"),
    Life.FAILED: ("FAILED", "error"),
    Life.CANCELLED: ("FAILED", "failed"),
    Life.UNKNOWN: ("POST_PROCESSING", "upscaling"),
}
IN_BODY = {Refusal.INVALID, Refusal.MODERATION, Refusal.NOT_FOUND}
"""Refusals that come with HTTP 200."""
REASONS = {
    Refusal.UNAUTHORISED: "Invalid API key",
    Refusal.NO_CREDIT: "Not enough credits on the balance",
    Refusal.MODERATION: "content rejected by moderation",
    Refusal.TOO_LARGE: "Request Entity Too Large",
}


class Vsegpt(Cloud):
    """The list, the balance, and video jobs."""

    name = "vsegpt"
    key = "sk-or-vv-standin0001"

    ids: tuple[str, ...] = (*ROUBLES, *SWITCHED_OFF)  # the video models of the list
    status_schemes: tuple[str, ...] = ("bearer", "key")  # what the status call takes
    without_url = False  # finished jobs tell no address
    credits_rub = Decimal(5000)

    def add_routes(self, app: web.Application) -> None:
        """The four calls that are known."""
        self.on(app, "POST", "/v1/video/generate", Kind.CREATE, self.generate)
        self.on(app, "GET", "/v1/video/status", Kind.LOOK, self.status)
        self.on(app, "GET", "/v1/balance", Kind.OTHER, self.balance)
        self.on(app, "GET", "/v1/models", Kind.OTHER, self.models, auth=False)

    def environment(self, url: str) -> dict[str, str]:
        """Ours; it has no official client."""
        return {"VSEGPT_API_KEY": self.key, "VSEGPT_BASE_URL": f"{url}/v1"}

    def credential(self, request: web.Request) -> str | None:
        """`Bearer`; of the status call also `Key`."""
        scheme, _, told = request.headers.get("Authorization", "").partition(" ")
        taken = self.status_schemes if request.path == "/v1/video/status" else ("bearer",)
        return told.strip() if scheme.lower() in taken and told.strip() else None

    def accepts(self, credential: str) -> bool:
        """Its one key."""
        return hmac.compare_digest(credential.encode(), self.key.encode())

    def error(self, refused: Refused) -> web.Response:
        """A reason; with HTTP 200 where the request itself is at fault."""
        reason = refused.message or REASONS.get(refused.refusal, refused.refusal.value)
        status = 200 if refused.refusal in IN_BODY else 400 if refused.refusal is Refusal.CLOSED else STATUS[refused.refusal]
        return web.json_response({"status": "error", "reason": reason}, status=status)

    async def models(self, _request: web.Request) -> web.Response:
        """The ids of everything."""
        ids = (*OTHERS, *self.ids)
        return web.json_response({"object": "list", "data": [{"id": id, "object": "model", "name": id} for id in ids]})

    async def balance(self, _request: web.Request) -> web.Response:
        """Credits are roubles."""
        spent = sum((job.cost_usd * ROUBLES_A_USD for job in self.jobs.values()), Decimal())
        return web.json_response({"status": "ok", "data": {"credits": str(self.credits_rub - spent)}})

    async def generate(self, request: web.Request) -> web.Response:
        """A job; the model must be in the list and switched on, and have the picture that it starts from."""
        body = await json_of(request)
        wanted = checked(body, RULES)
        model, prompt = str(wanted["model"]), str(wanted["prompt"])
        if model not in self.ids:
            raise Refused(Refusal.INVALID, f"model {model} not found", field="model")
        if model in SWITCHED_OFF:
            raise Refused(Refusal.CLOSED, f"Model {model} is disabled")
        if not prompt.strip():
            raise Refused(Refusal.INVALID, "prompt is empty", field="prompt")
        first = await self._picture(model, wanted["image_url"])
        cost = Decimal(str(ROUBLES[model]))
        if cost > self.credits_rub:
            raise Refused(Refusal.NO_CREDIT)
        size = SIZES[str(wanted["aspect_ratio"])]
        asked = Asked(model, prompt, size, _seconds(model), sound=model.endswith("with-audio"), first=first)
        job = self.begin(
            request, model=model, asked=asked, body=body, cost_usd=cost / ROUBLES_A_USD, id=self.new_id(32), queue_s=10, run_s=120
        )
        return web.json_response({"request_id": job.id})

    async def status(self, request: web.Request) -> web.Response:
        """Where a job is, in letters of either case; an address, or a reason, at its end."""
        job = self.job(request.query.get("request_id", ""))
        life = self.life(request, job)
        told: dict[str, JSON] = {"status": STATES[life][int(job.id, 36) % 2]}
        if life is Life.DONE and not self.without_url:
            told["url"] = self.link(job, life_s=24 * 3600)
        if life is Life.FAILED:
            told["reason"] = _why(job)
        return web.json_response(told)

    async def _picture(self, model: str, address: JSON) -> bytes | None:
        starts = not model.startswith("txt2vid-")
        if starts != (address is not None):
            raise Refused(
                Refusal.INVALID, f"image_url is {'required' if starts else 'not supported'} for {model}", field="image_url"
            )
        if isinstance(address, str) and not address.startswith("data:image/jpeg;base64,"):
            raise Refused(Refusal.INVALID, "image_url must be a data URI with a JPEG image", field="image_url")
        return await self.picture_at(address, "image_url", PICTURES)


def _seconds(model: str) -> float:
    """What the id says, otherwise what its maker's models make by default."""
    told = re.search(r"-(\d+)s$", model)
    return float(told[1]) if told else 8.0 if "/veo" in model else 5.0


def _why(job: Job) -> str:
    return "content rejected" if job.fate and "moderation" in job.fate else "generation failed on the provider's side"
