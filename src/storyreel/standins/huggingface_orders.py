"""What the upstreams behind the Hugging Face router share: who serves a name, an order's job, waiting in one answer, sizes."""

import asyncio
import re
from base64 import b64encode
from collections.abc import Mapping
from decimal import Decimal

from aiohttp import web

from storyreel.domain.values import JSON, Size
from storyreel.standins import huggingface_models as models
from storyreel.standins.clips import JPEG, PNG, WEBP, Asked
from storyreel.standins.cloud import Cloud
from storyreel.standins.faults import Fault
from storyreel.standins.huggingface_models import I2I, I2V, IT2V, T2I, Offer
from storyreel.standins.jobs import Job
from storyreel.standins.reading import PictureLimits
from storyreel.standins.refusals import Refusal, Refused

PICTURES = PictureLimits(types=(PNG, JPEG, WEBP))
CLIP_USD, PICTURE_USD = Decimal("0.10"), Decimal("0.003")  # this stand-in's own: upstreams bill by their own lists
QUEUE_S, RUN_S = 4.0, 40.0


class Orders(Cloud):
    """A cloud whose orders go to upstreams."""

    refusing: Mapping[str, Refusal] = {}  # upstreams that are out of order: their name, and how they say it
    gated: frozenset[str] = frozenset()  # models whose terms this key's owner has not accepted

    def offer(self, provider: str, id: str) -> Offer:
        """What that upstream serves under that name, now, to this key."""
        if provider in self.refusing:
            raise Refused(self.refusing[provider], "try again later")
        for model, offers in models.MODELS.items():
            for offer in offers:
                ids = {offer.provider_id, offer.provider_id.partition(":")[0], f":{offer.provider_id.partition(':')[2] or '-'}"}
                if offer.provider == provider and id in ids:
                    if model in self.gated:
                        raise Refused(Refusal.CLOSED, model)
                    return offer
        raise Refused(Refusal.NOT_FOUND, f"Model {id} not found")

    async def start_picture(self, offer: Offer, address: JSON, field: str) -> bytes | None:
        """The picture that the task starts from."""
        if offer.task in {I2V, I2I, IT2V} and address is None:
            raise Refused(Refusal.INVALID, f"{field} is required", field=field, problem="required")
        return await self.picture_given(address, field) if offer.task in {I2V, I2I, IT2V} else None

    async def picture_given(self, address: JSON, field: str) -> bytes | None:
        """A picture; what its data URI claims it to be is not looked at, since the official client guesses that."""
        if isinstance(address, str) and address.startswith("data:"):
            address = f"data:application/octet-stream;base64,{address.partition(';base64,')[2]}"
        return await self.picture_at(address, field, PICTURES)

    def ordered(self, request: web.Request, offer: Offer, asked: Asked, body: dict[str, JSON]) -> Job:
        """A job at an upstream, with its line on the bill and who is billed."""
        cost = CLIP_USD if asked.seconds else PICTURE_USD
        whom = request.headers.get("X-HF-Bill-To", "")
        facts: dict[str, JSON] = {"provider": offer.provider, "bill_to": whom}
        return self.begin(
            request, model=offer.provider_id, asked=asked, body=body, cost_usd=cost, queue_s=QUEUE_S, run_s=RUN_S, facts=facts
        )

    async def finished(self, job: Job, *, most_s: float = 3600.0) -> None:
        """Wait for a job's end, or so long. Raises Refused for one that comes to nothing within an answer."""
        await asyncio.sleep(min(most_s, (QUEUE_S + RUN_S) / self.speed))
        if job.facts["provider"] == "replicate" or job.fate is None:
            return
        raise Refused(Refusal.MODERATION if job.fate is Fault.MODERATION_LATER else Refusal.INTERNAL, "inference failed")

    async def inline(self, request: web.Request, offer: Offer, asked: Asked, body: dict[str, JSON]) -> web.Response:
        """A picture in the answer, as OpenAI shaped it."""
        job = self.ordered(request, offer, asked, body)
        await self.finished(job)
        picture = b64encode(await self.result(job, JPEG)).decode("ascii")
        return web.json_response(
            {"id": job.id, "model": job.model, "object": "list", "data": [{"index": 0, "b64_json": picture}]}
        )

    def queued(self, request: web.Request) -> Job:
        """The job of fal's queue, which answers at its own subdomain alone."""
        if request.query.get("_subdomain") != "queue":
            raise Refused(Refusal.NOT_FOUND, "Cannot find this path without the queue's subdomain")
        return self.job(request.match_info["id"])

    def result_link(self, job: Job) -> str:
        """Where the result lies, for an hour."""
        return self.link(job, life_s=3600, media_type=JPEG) if is_picture(job) else self.link(job, life_s=3600)

    def file_of(self, job: Job) -> dict[str, JSON]:
        """A result as fal tells it."""
        kind = JPEG if is_picture(job) else "video/mp4"
        return {"url": self.result_link(job), "content_type": kind, "width": job.asked.size[0], "height": job.asked.size[1]}


def is_picture(job: Job) -> bool:
    """Whether it makes a picture, not a clip."""
    return not job.asked.seconds


def asked_of(offer: Offer, wanted: Mapping[str, JSON], first: bytes | None) -> Asked:
    """What an upstream makes of the fields that it read; clips are 81 pictures at 16 a second where nothing else is said."""
    picture = offer.task in {T2I, I2I}
    fps = whole(wanted.get("frames_per_second"), 16)
    told = wanted.get("duration") or wanted.get("seconds")
    seconds = float(str(told)) if told else whole(wanted.get("num_frames"), 81) / fps
    aspect = str(wanted.get("aspect_ratio") or "16:9").replace("auto", "16:9")
    size = Size.of_aspect(aspect, int(str(wanted.get("resolution") or "480p").rstrip("p")))
    seed = wanted.get("seed")
    return Asked(
        offer.provider_id,
        str(wanted.get("prompt") or ""),
        pixels_of(wanted) if picture else (size.width_px, size.height_px),
        0.0 if picture else seconds,
        fps=fps,
        seed=seed if isinstance(seed, int) else None,
        first=first,
        notes=(f"provider {offer.provider}",),
    )


def pixels_of(told: Mapping[str, JSON], default: tuple[int, int] = (1024, 1024)) -> tuple[int, int]:
    """A size of two fields."""
    return whole(told.get("width"), default[0]), whole(told.get("height"), default[1])


def size_of(told: JSON) -> tuple[int, int]:
    """A size like 1024x1024. Raises Refused INVALID."""
    size = re.fullmatch(r"(\d+)x(\d+)", str(told or "1024x1024"))
    if size is None:
        raise Refused(Refusal.INVALID, "size must be like 1024x1024", field="size", problem="type")
    return int(size[1]), int(size[2])


def whole(told: JSON, default: int) -> int:
    """A whole number, or the default."""
    return told if isinstance(told, int) else default
