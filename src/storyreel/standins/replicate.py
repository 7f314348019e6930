"""Replicate as its HTTP reference tells it: predictions, models, files, account, webhooks. Read 2026-11-20.

No idempotency key; a list of a hundred a page, newest first, which shows a prediction only after a moment; everything of a
prediction is gone an hour after its end; what fits the schema and not the model fails once it runs; below 5 dollars of credit six
predictions a minute, without any none. Attributes for tests: `credit_usd`, `echoes_webhook`.
"""

import asyncio
import base64
import json
import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from hashlib import sha256
from io import BytesIO
from typing import Any, ClassVar

from aiohttp import web
from PIL import Image

from storyreel.domain.values import JSON
from storyreel.standins import replicate_asked as asking
from storyreel.standins import replicate_shown as shown
from storyreel.standins.bill import Ending
from storyreel.standins.clips import JPEG, MP4, PNG, WEBP, Asked
from storyreel.standins.cloud import ORDER, Cloud
from storyreel.standins.faults import Fault, Kind
from storyreel.standins.hooks import Told, signed
from storyreel.standins.jobs import Job, Life
from storyreel.standins.reading import Rule, checked, json_of, object_of, paged
from storyreel.standins.refusals import Refusal, Refused
from storyreel.standins.replicate_files import Files
from storyreel.standins.replicate_hooks import checked_hook
from storyreel.standins.replicate_models import CARDS, Card, schema_of, version_of
from storyreel.standins.replicate_refusals import refused_body

KEPT_S = 3600.0
LISTED_AFTER_S, QUEUE_S = 2.0, 3.0
PAGE = 100
LOW_CREDIT_USD, LOW_PAUSE_S = Decimal(5), 10.0
WAIT = re.compile(r"^wait(?:=([1-9]|[1-5][0-9]|60))?$")
AFTER = re.compile(r"^(?=.)(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$")
STATES = {
    Life.QUEUED: "starting",
    Life.RUNNING: "processing",
    Life.DONE: "succeeded",
    Life.FAILED: "failed",
    Life.CANCELLED: "canceled",
    Life.UNKNOWN: "booting",
}
OVER = {"succeeded", "failed", "canceled", "aborted"}
ERRORS = {
    Fault.MODERATION_LATER: "The input or output was flagged as sensitive. Please try again with different inputs. (E005)",
    Fault.FAILS_LATER: "Prediction failed: unexpected error (E1000)",
}
BODY = {
    "input": Rule(dict, required=True),
    "webhook": Rule(str),
    "webhook_events_filter": Rule(list),
    "stream": Rule(bool),
}
TYPES = {"webp": WEBP, "jpg": JPEG, "png": PNG}


class Replicate(Cloud):
    """Replicate's API at `{url}/v1`."""

    name: ClassVar[str] = "replicate"
    charges = frozenset({Ending.CANCELLED})
    key: ClassVar[str] = "r8_standin0000000000000000000000000000000"

    def __init__(self, **how: Any) -> None:
        super().__init__(**how)
        self.credit_usd = Decimal(1000)
        self.echoes_webhook = True  # the JavaScript client's types say so; the specification does not
        self.hook_secret = f"whsec_{base64.b64encode(sha256(self.key.encode()).digest()).decode()}"
        self._next_create: datetime | None = None
        self._files = Files(self)

    def add_routes(self, app: web.Application) -> None:
        """As the HTTP reference lists them."""
        v1 = "/v1"
        self.on(app, "POST", f"{v1}/predictions", Kind.CREATE, self.create)
        self.on(app, "GET", f"{v1}/predictions", Kind.LIST, self.predictions)
        self.on(app, "GET", f"{v1}/predictions/{{id}}", Kind.LOOK, self.prediction)
        self.on(app, "POST", f"{v1}/predictions/{{id}}/cancel", Kind.CANCEL, self.end)
        self.on(app, "POST", f"{v1}/models/{{owner}}/{{model}}/predictions", Kind.CREATE, self.create)
        self.on(app, "GET", f"{v1}/models/{{owner}}/{{model}}", Kind.OTHER, self.model)
        self.on(app, "GET", f"{v1}/models/{{owner}}/{{model}}/versions", Kind.OTHER, self.versions)
        self.on(app, "GET", f"{v1}/models/{{owner}}/{{model}}/versions/{{version}}", Kind.OTHER, self.version)
        self.on(app, "POST", f"{v1}/files", Kind.OTHER, self._files.upload)
        self.on(app, "GET", f"{v1}/files", Kind.OTHER, self._files.files)
        self.on(app, "GET", f"{v1}/files/{{id}}", Kind.OTHER, self._files.file)
        self.on(app, "DELETE", f"{v1}/files/{{id}}", Kind.OTHER, self._files.forget)
        self.on(app, "GET", f"{v1}/account", Kind.OTHER, self.account)
        self.on(app, "GET", f"{v1}/webhooks/default/secret", Kind.OTHER, self.webhook_secret)

    def environment(self, url: str) -> dict[str, str]:
        """The official Python client 1.x takes the address without /v1; ours takes both."""
        return {"REPLICATE_API_TOKEN": self.key, "REPLICATE_BASE_URL": url}

    def credential(self, request: web.Request) -> str | None:
        """Bearer, or the older Token."""
        scheme, _, told = request.headers.get("Authorization", "").partition(" ")
        return told.strip() or None if scheme.lower() in {"bearer", "token"} else None

    def error(self, refused: Refused) -> web.Response:
        """As problem+json."""
        return refused_body(refused)

    async def create(self, request: web.Request) -> web.Response:
        """A prediction, by an official model's path or by `version`; with `Prefer: wait` held until it is done."""
        body = await json_of(request)
        official = "model" in request.match_info
        checked(body, BODY if official else BODY | {"version": Rule(str, required=True)})
        name = self._model_of(request) if official else _model_of_version(str(body["version"]))
        card = CARDS[name]
        sent = object_of(body, "input")
        told = checked(sent, {key: one.rule for key, one in card.inputs.items()}, within="input.")
        _must_be_addresses(card, told)
        hook, events = checked_hook(body)
        after_s = _after_s(request.headers.get("Cancel-After", ""))
        cost = asking.usd_of(card, told)
        self._must_be_affordable(cost)
        facts: dict[str, JSON] = {"sent": sent, "webhook": hook, "events": list(events), "after_s": after_s}
        job = await self._begun(request, name, told, cost, facts)
        self._announce(job)
        if not await self._hold(request, job) or self._state(job) in OVER:
            return web.json_response(self._shown(job), status=201)
        return web.json_response(self._shown(job) | {"status": STATES[Life.QUEUED]}, status=202)  # even where it runs

    async def predictions(self, request: web.Request) -> web.Response:
        """A hundred a page, newest first, within a window."""
        since, before = (_moment(request.query.get(name)) for name in ("created_after", "created_before"))
        jobs = [job for job in self.listed(delay_s=LISTED_AFTER_S) if _within(job.created, since, before)]
        if request.query.get("source") == "web":
            jobs = []
        page, cursor = paged(jobs, PAGE, request.query.get("cursor", ""))
        following = f"{self.url}{request.url.update_query(cursor=cursor).raw_path_qs}"
        rows: list[JSON] = [self._shown(job, hook=self.echoes_webhook) for job in page]
        return web.json_response({"previous": None, "next": following if cursor else None, "results": rows})

    async def prediction(self, request: web.Request) -> web.Response:
        """One prediction."""
        job = self.job(request.match_info["id"])
        told = self._shown(job)
        if self.life(request, job) is Life.UNKNOWN:
            told["status"] = STATES[Life.UNKNOWN]
        return web.json_response(told)

    async def end(self, request: web.Request) -> web.Response:
        """Cancel a prediction; one that is over stays as it is."""
        job = self.job(request.match_info["id"])
        if self._state(job) not in OVER:
            self.cancel(job)
        return web.json_response(self._shown(job))

    async def model(self, request: web.Request) -> web.Response:
        """A model with its latest version and schema."""
        name = self._model_of(request)
        owner, _, short = name.partition("/")
        told: dict[str, JSON] = {"url": f"https://replicate.com/{name}", "owner": owner, "name": short, "description": short}
        told |= {"visibility": "public", "github_url": None, "paper_url": None, "license_url": None, "run_count": 1000}
        told |= {"cover_image_url": None, "default_example": None, "latest_version": _version(name), "is_official": True}
        return web.json_response(told)

    async def versions(self, request: web.Request) -> web.Response:
        """A model's versions."""
        return web.json_response({"previous": None, "next": None, "results": [_version(self._model_of(request))]})

    async def version(self, request: web.Request) -> web.Response:
        """One version."""
        name = self._model_of(request)
        if request.match_info["version"] != version_of(name):
            raise Refused(Refusal.NOT_FOUND)
        return web.json_response(_version(name))

    async def account(self, _request: web.Request) -> web.Response:
        """Whose key it is."""
        return web.json_response({"type": "user", "username": "standin", "name": "Stand-in", "github_url": None})

    async def webhook_secret(self, _request: web.Request) -> web.Response:
        """What webhooks are signed with."""
        return web.json_response({"key": self.hook_secret})

    async def _begun(
        self, request: web.Request, name: str, told: Mapping[str, JSON], cost: Decimal, facts: dict[str, JSON]
    ) -> Job:
        """The job; one that the model will refuse fails once it runs, and costs nothing."""
        card = CARDS[name]
        wrong = asking.clash_in(card, told)
        first, last, references = None, None, []
        try:
            first, last, references = await self._pictures(card, told)
        except Refused as refused:
            wrong = wrong or f"Could not read an input: {refused.message}"
        sizes = [Image.open(BytesIO(picture)).size for picture in (*([first] if first else []), *references)]
        cost += asking.usd_of_seen(card, sizes[1 if first else 0 :])
        asked = Asked(
            name,
            str(told.get("prompt") or ""),
            asking.size_of(card, told, sizes[0] if sizes else None),
            asking.seconds_of(card, told),
            asking.fps_of(told),
            asking.sound_of(card, told),
            int(seed) if isinstance(seed := told.get("seed"), int) else None,
            first,
            last,
            tuple(references),
            tuple(f"{word} {told[word]}" for word in ("mode", "resolution") if told.get(word)),
        )
        media_type = TYPES[str(told.get("output_format"))] if card.picture else MP4
        facts |= {"error": wrong, "media_type": media_type}
        job = self.begin(
            request,
            model=name,
            asked=asked,
            cost_usd=Decimal(0) if wrong or _will_fail(request) else cost,
            token=str(facts["webhook"]).rpartition("/")[2],
            queue_s=QUEUE_S,
            run_s=card.run_s,
            facts=facts,
        )
        if wrong:
            job.fate = Fault.FAILS_LATER
        if job.fate is None:
            self.credit_usd -= cost
        return job

    async def _pictures(self, card: Card, told: Mapping[str, JSON]) -> tuple[bytes | None, bytes | None, list[bytes]]:
        self._files.clear_old()
        first, last, references = asking.pictures_in(told)
        shown = [await self.picture_at(one, "a reference image", card.pictures) for one in references]
        return (
            await self.picture_at(first, "the first frame", card.pictures),
            await self.picture_at(last, "the last frame", card.pictures),
            [one for one in shown if one],
        )

    def _shown(self, job: Job, *, hook: bool = True) -> dict[str, JSON]:
        """The prediction object; an hour after its end only its frame is left."""
        state = self._state(job)
        over = self._over_at(job) if state in OVER else None
        removed = over is not None and self.now() > over + timedelta(seconds=KEPT_S)
        started = state != "starting" and self.started(job) <= min(self.now(), self._over_at(job))
        told = shown.frame(job, state, self.url) | {"data_removed": removed, "input": {}, "logs": ""}
        told |= shown.moments(job.created, self.started(job) if started else None, over, self._deadline(job))
        told |= shown.hooks(job) if hook else {}
        if not removed:
            told |= {"input": job.facts["sent"], "logs": self._logs(job)}
        return told | self._end(job, state, removed=removed)

    def _end(self, job: Job, state: str, *, removed: bool) -> dict[str, JSON]:
        """What came of it."""
        if state == "failed":
            return {"error": job.facts["error"] or ERRORS.get(job.fate or Fault.FAILS_LATER)}
        if state != "succeeded":
            return {}
        told: dict[str, JSON] = {"metrics": {"predict_time": job.run_s, "total_time": job.queue_s + job.run_s}}
        if not removed:
            told["output"] = self.link(job, life_s=KEPT_S, media_type=str(job.facts["media_type"]))
        return told

    def _state(self, job: Job) -> str:
        """Where it is; a deadline ends what has not begun as `aborted`, and what runs as `canceled`."""
        return self._cut(job) or STATES[job.life(self.now(), self.speed)]

    def _cut(self, job: Job) -> str:
        """What its deadline has made of it; empty: nothing."""
        deadline = self._deadline(job)
        if deadline is None or self.now() < deadline or job.cancelled is not None:
            return ""
        return {Life.QUEUED: "aborted", Life.RUNNING: "canceled"}.get(job.life(deadline, self.speed), "")

    def _over_at(self, job: Job) -> datetime:
        return (self._deadline(job) if self._cut(job) else None) or self.ended(job)

    def _deadline(self, job: Job) -> datetime | None:
        after_s = job.facts["after_s"]
        return job.created + timedelta(seconds=float(after_s) / self.speed) if isinstance(after_s, int | float) else None

    def _logs(self, job: Job) -> str:
        return "" if self._state(job) == "starting" else shown.log(job.asked.seed or 0, self.progress(job))

    async def _hold(self, request: web.Request, job: Job) -> bool:
        """Whether the answer was held, as `Prefer: wait` asks."""
        found = WAIT.match(request.headers.get("Prefer", ""))
        if found is None:
            return False
        rest_s = (self._over_at(job) - self.now()).total_seconds() + 0.005
        await asyncio.sleep(min(float(found[1] or 60) / self.speed, max(0.0, rest_s)))
        return True

    def _announce(self, job: Job) -> None:
        """Call the webhook when the job begins and when it is over, as far as that was asked."""
        hook, events = str(job.facts["webhook"]), job.facts["events"]
        for event, moment in (("start", self.started(job)), ("completed", self.ended(job))):
            if isinstance(events, list) and event in events:
                self.hooks.call(hook, (moment - self.now()).total_seconds(), partial(self._told, job, event))

    async def _told(self, job: Job, event: str) -> Told:
        body = json.dumps(self._shown(job)).encode()
        return body, signed(self.hook_secret, f"msg_{job.id}_{event}", self.now(), body)

    def _must_be_affordable(self, cost: Decimal) -> None:
        """Raises Refused NO_CREDIT; RATE_LIMITED where little is left and the last prediction was a moment ago."""
        if self.credit_usd < cost:
            raise Refused(Refusal.NO_CREDIT)
        now = self.now()
        free_at = self._next_create or now
        if self.credit_usd < LOW_CREDIT_USD and now < free_at:
            wait = math.ceil((free_at - now).total_seconds())
            words = "reduced to 6 requests per minute with a burst of 1 requests while you have less than $5.0 in credit"
            raise Refused(
                Refusal.RATE_LIMITED,
                f"Request was throttled. Your rate limit for creating predictions is {words}. It resets in ~{wait}s.",
                retry_after_s=wait,
            )
        self._next_create = now + timedelta(seconds=LOW_PAUSE_S / self.speed)

    def _model_of(self, request: web.Request) -> str:
        name = f"{request.match_info['owner']}/{request.match_info['model']}"
        if name not in CARDS:
            raise Refused(Refusal.NOT_FOUND)
        return name


def _will_fail(request: web.Request) -> bool:
    """Whether a fault will end the prediction, which then costs nothing."""
    order = request.get(ORDER)
    return order is not None and order.fault in ERRORS


def _model_of_version(version: str) -> str:
    """The model of a version's id, of "owner/name:id", or of "owner/name". Raises Refused INVALID."""
    bare, _, id = version.partition(":")
    for name in CARDS:
        if version_of(name) in {version, id if bare == name else ""} or version == name:
            return name
    raise Refused(Refusal.INVALID, problem="version")


def _must_be_addresses(card: Card, told: Mapping[str, JSON]) -> None:
    for name, one in card.inputs.items():
        if one.kind in {"uri", "uris"}:
            value = told[name]
            for address in value if isinstance(value, list) else [value]:
                if address is not None and not str(address).startswith(("data:", "http://", "https://")):
                    raise Refused(
                        Refusal.INVALID, f"input.{name} Does not match format 'uri'", field=f"input.{name}", problem="address"
                    )


def _after_s(told: str) -> float | None:
    """The seconds of `Cancel-After`: 90, 45s, 1h30m. Raises Refused INVALID for less than five, and for anything else."""
    if not told:
        return None
    found = AFTER.match(told)
    hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    total = hours * 3600 + minutes * 60 + seconds
    if total < 5:
        raise Refused(Refusal.INVALID, "Cancel-After must be a duration of at least 5 seconds", problem="header")
    return float(total)


def _version(name: str) -> dict[str, JSON]:
    told: dict[str, JSON] = {"id": version_of(name), "created_at": "2026-09-25T00:00:00.000Z", "cog_version": "0.16.0"}
    told["openapi_schema"] = schema_of(CARDS[name])
    return told


def _moment(told: str | None) -> datetime | None:
    if told is None:
        return None
    try:
        moment = datetime.fromisoformat(told)
    except ValueError as error:
        raise Refused(Refusal.INVALID, f"{told} is not a date and time", problem="query") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _within(moment: datetime, since: datetime | None, before: datetime | None) -> bool:
    return (since is None or moment >= since) and (before is None or moment < before)
