"""OpenRouter's Video Generation API: jobs that are begun, looked at and fetched; models with what each can do.

Read 2026-11-21: https://openrouter.ai/docs/api_reference/videos. What its documentation does not say is as public clients met it:
a wrong request is a ZodError, fields that it does not know are let pass. Prices here are only for the bill.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from aiohttp import web

from storyreel.domain.values import JSON, Size
from storyreel.standins.clips import Asked
from storyreel.standins.cloud import ORDER, Cloud
from storyreel.standins.faults import Fault, Kind
from storyreel.standins.jobs import Job, Life
from storyreel.standins.reading import PictureLimits, Rule, checked, json_of, list_of, object_of
from storyreel.standins.refusals import STATUS, Refusal, Refused

LINK_LIFE_S = 3600.0
QUEUE_S, RUN_S = 3.0, 90.0  # at speed 1
STATES = {
    Life.QUEUED: "pending",
    Life.RUNNING: "in_progress",
    Life.DONE: "completed",
    Life.FAILED: "failed",
    Life.CANCELLED: "cancelled",
    Life.UNKNOWN: "provider_handoff",
}
LIMITS = PictureLimits(types=("image/png", "image/jpeg", "image/webp"), most_bytes=20 * 1024 * 1024)
MESSAGES = {
    Refusal.UNAUTHORISED: "No auth credentials found",
    Refusal.NO_CREDIT: "Insufficient credits. Add more using https://openrouter.ai/settings/credits",
    Refusal.RATE_LIMITED: "Rate limit exceeded",
    Refusal.MODERATION: "Your input was flagged by the moderation of the provider",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """What a model there can do."""

    durations: tuple[int, ...]
    resolutions: tuple[str, ...]
    aspects: tuple[str, ...]
    frames: tuple[str, ...]
    audio: bool
    usd_per_second: str
    usd_per_second_silent: str


# Its live listing alone tells what OpenRouter offers today: this is our own picture of it, as of 2026-11-21.
WIDE = ("16:9", "9:16")
SEVEN = (*WIDE, "1:1", "4:3", "3:4", "21:9", "9:21")
OFFERS = {
    "google/veo-3.1": Offer((4, 6, 8), ("720p", "1080p"), WIDE, ("first_frame", "last_frame"), True, "0.40", "0.20"),
    "alibaba/wan-2.7": Offer(
        tuple(range(2, 16)), ("720p", "1080p"), (*WIDE, "1:1", "4:3", "3:4"), ("first_frame", "last_frame"), True, "0.10", "0.10"
    ),
    "bytedance/seedance-2.0": Offer(
        tuple(range(4, 16)), ("480p", "720p", "1080p"), SEVEN, ("first_frame", "last_frame"), True, "0.15", "0.15"
    ),
    "minimax/hailuo-2.3": Offer((6, 10), ("768p", "1080p"), WIDE, ("first_frame",), False, "0.05", "0.05"),
}
RULES = {
    "model": Rule(str, required=True),
    "prompt": Rule(str, required=True),
    "duration": Rule(int, least=1),
    "resolution": Rule(str),
    "aspect_ratio": Rule(str),
    "size": Rule(str),
    "generate_audio": Rule(bool),
    "seed": Rule(int),
    "frame_images": Rule(list, longest=2),
    "input_references": Rule(list),
    "callback_url": Rule(str),
    "provider": Rule(dict),
}


class OpenRouter(Cloud):
    """`{url}/api/v1`."""

    name: ClassVar[str] = "openrouter"
    key: ClassVar[str] = "sk-or-v1-standin-0001"

    def add_routes(self, app: web.Application) -> None:
        """As the documentation lists them; the models before the jobs, whose path would take their name for an id."""
        self.on(app, "POST", "/api/v1/videos", Kind.CREATE, self.create)
        self.on(app, "GET", "/api/v1/videos/models", Kind.OTHER, self.models)
        self.on(app, "GET", "/api/v1/videos/{id}", Kind.LOOK, self.look)
        self.on(app, "GET", "/api/v1/videos/{id}/content", Kind.FETCH, self.content)

    def environment(self, url: str) -> dict[str, str]:
        """Its own SDKs take the address from their caller alone."""
        return {"OPENROUTER_API_KEY": self.key, "OPENROUTER_BASE_URL": f"{url}/api/v1"}

    def error(self, refused: Refused) -> web.Response:
        """`{"error": {code, message, metadata}}`; a wrong field is a ZodError."""
        status = 403 if refused.refusal is Refusal.MODERATION else STATUS[refused.refusal]
        if refused.refusal is Refusal.INVALID and refused.field:
            issue: JSON = [{"code": "invalid_type", "path": [refused.field], "message": refused.message}]
            told: JSON = {"success": False, "error": {"name": "ZodError", "message": json.dumps(issue)}}
            return web.json_response(told, status=400)
        message = refused.message or MESSAGES.get(refused.refusal, refused.refusal.value)
        inner: dict[str, JSON] = {"code": status, "message": message}
        if refused.refusal is Refusal.MODERATION:
            inner["metadata"] = {"reasons": ["violence"], "flagged_input": "…", "provider_name": "stand-in"}
        return web.json_response({"error": inner}, status=status)

    async def create(self, request: web.Request) -> web.Response:
        """A job; 202."""
        body = await json_of(request)
        wanted = checked(body, RULES, refuse_unknown=False)
        model = str(wanted["model"])
        offer = OFFERS.get(model)
        if offer is None:
            raise Refused(Refusal.NOT_FOUND, f"No endpoints found for {model}.")
        _must_be_offered(wanted, offer)
        frames = await self._frames(list_of(wanted, "frame_images"), offer)
        references = [await self._reference(told) for told in list_of(wanted, "input_references")]
        asked = _asked(wanted, offer, frames, tuple(references))
        rate = Decimal(offer.usd_per_second if asked.sound else offer.usd_per_second_silent)
        job = self.begin(
            request,
            model=model,
            asked=asked,
            body=body,
            cost_usd=rate * Decimal(str(asked.seconds)),
            queue_s=QUEUE_S,
            run_s=RUN_S,
            id=f"job-{self.new_id(20)}",
        )
        return web.json_response({"id": job.id, "polling_url": _path(job), "status": "pending"}, status=202)

    async def look(self, request: web.Request) -> web.Response:
        """One job; its bill and its addresses come with its end."""
        job = self.job(request.match_info["id"])
        life = self.life(request, job)
        told: dict[str, JSON] = {"id": job.id, "polling_url": _path(job), "status": STATES[life]}
        if life is Life.DONE:
            told |= {
                "generation_id": f"gen-{job.id}",
                "urls": [self.link(job, life_s=LINK_LIFE_S)],
                "unsigned_urls": [f"{self.url}{_path(job)}/content?index=0"],
                "usage": {"cost": float(job.cost_usd), "is_byok": False},
            }
        if life is Life.FAILED:
            moderated = job.fate is Fault.MODERATION_LATER
            told["error"] = "The output was blocked by content moderation." if moderated else "Provider returned error"
            told["usage"] = {"cost": 0, "is_byok": False}
        return web.json_response(told)

    async def content(self, request: web.Request) -> web.Response:
        """The clip's bytes, through OpenRouter itself."""
        job = self.job(request.match_info["id"])
        if request.query.get("index", "0") != "0":
            raise Refused(Refusal.NOT_FOUND, "There is no video of that index")
        if job.life(self.now(), self.speed) is not Life.DONE:
            raise Refused(Refusal.CONFLICT, "The video is not ready")
        order = request.get(ORDER)
        if order and order.fault is Fault.EXPIRED_LINK:
            raise Refused(Refusal.EXPIRED, "The video has expired")
        return web.Response(body=await self.result(job), content_type="video/mp4")

    async def models(self, _request: web.Request) -> web.Response:
        """Every model and what it can do."""
        return web.json_response({"data": [_listed(name, offer) for name, offer in OFFERS.items()]})

    async def _frames(self, told: list[JSON], offer: Offer) -> dict[str, bytes]:
        """The frames that are given, by their type. Raises Refused."""
        frames: dict[str, bytes] = {}
        for at, frame in enumerate(told):
            kind = frame.get("frame_type") if isinstance(frame, dict) else None
            if not isinstance(frame, dict) or kind not in offer.frames:
                raise Refused(
                    Refusal.INVALID, "is not a frame of this model", field=f"frame_images[{at}].frame_type", problem="choices"
                )
            frames[str(kind)] = await self._reference(frame, f"frame_images[{at}]")
        return frames

    async def _reference(self, told: JSON, field: str = "input_references") -> bytes:
        """The picture of a reference. Raises Refused."""
        if not isinstance(told, dict) or told.get("type") != "image_url":
            raise Refused(Refusal.INVALID, "must be an image_url", field=f"{field}.type", problem="choices")
        picture = await self.picture_at(object_of(told, "image_url").get("url"), f"{field}.image_url.url", LIMITS)
        if picture is None:
            raise Refused(Refusal.INVALID, "is required", field=f"{field}.image_url.url", problem="required")
        return picture


def _must_be_offered(wanted: Mapping[str, JSON], offer: Offer) -> None:
    for field, offered in (("duration", offer.durations), ("resolution", offer.resolutions), ("aspect_ratio", offer.aspects)):
        if wanted[field] is not None and wanted[field] not in offered:
            told = f"{field} {wanted[field]} is not supported; supported: {', '.join(map(str, offered))}"
            raise Refused(Refusal.INVALID, told, field=field, problem="choices")


def _asked(wanted: Mapping[str, JSON], offer: Offer, frames: Mapping[str, bytes], references: tuple[bytes, ...]) -> Asked:
    resolution, aspect = str(wanted["resolution"] or offer.resolutions[0]), str(wanted["aspect_ratio"] or offer.aspects[0])
    size = Size.of_aspect(aspect, int(resolution.removesuffix("p")))
    seed, audio = wanted["seed"], wanted["generate_audio"]
    return Asked(
        model=str(wanted["model"]),
        prompt=str(wanted["prompt"]),
        size=(size.width_px, size.height_px),
        seconds=float(str(wanted["duration"] or offer.durations[0])),
        sound=offer.audio and audio is not False,
        seed=seed if isinstance(seed, int) else None,
        first=frames.get("first_frame"),
        last=frames.get("last_frame"),
        references=references,
    )


def _listed(name: str, offer: Offer) -> dict[str, JSON]:
    return {
        "id": name,
        "canonical_slug": name,
        "name": name.partition("/")[2],
        "created": 1780000000,
        "description": "",
        "generate_audio": offer.audio,
        "seed": True,
        "supported_aspect_ratios": list(offer.aspects),
        "supported_durations": list(offer.durations),
        "supported_frame_images": list(offer.frames),
        "supported_resolutions": list(offer.resolutions),
        "supported_sizes": None,
        "allowed_passthrough_parameters": [],
        "pricing_skus": {
            "duration_seconds_with_audio": offer.usd_per_second,
            "duration_seconds_without_audio": offer.usd_per_second_silent,
        },
    }


def _path(job: Job) -> str:
    return f"/api/v1/videos/{job.id}"
