"""The smallest cloud there can be, for the tests of what all clouds share."""

from decimal import Decimal

from aiohttp import web

from storyreel.domain.values import JSON
from storyreel.standins.clips import Asked
from storyreel.standins.cloud import Cloud
from storyreel.standins.faults import Kind
from storyreel.standins.jobs import Job, Life
from storyreel.standins.reading import PictureLimits, Rule, checked, json_of

RULES = {
    "prompt": Rule(str, required=True, longest=500),
    "seconds": Rule(float, choices=(1, 2, 5), default=1),
    "seed": Rule(int, least=0, most=999),
    "image": Rule(str),
    "key": Rule(str, default=""),
}
STATES = {Life.QUEUED: "waiting", Life.RUNNING: "busy", Life.DONE: "done", Life.FAILED: "broken", Life.CANCELLED: "ended"}


class TinyCloud(Cloud):
    """Takes a prompt and a picture, gives a small clip."""

    name = "tiny"

    def add_routes(self, app: web.Application) -> None:
        self.on(app, "POST", "/clips", Kind.CREATE, self.create)
        self.on(app, "GET", "/clips", Kind.LIST, self.all)
        self.on(app, "GET", "/clips/{id}", Kind.LOOK, self.look)
        self.on(app, "POST", "/clips/{id}/cancel", Kind.CANCEL, self.end)

    def environment(self, url: str) -> dict[str, str]:
        return {"TINY_KEY": self.key, "TINY_BASE_URL": url}

    async def create(self, request: web.Request) -> web.Response:
        body = await json_of(request)
        wanted = checked(body, RULES)
        first = await self.picture_at(wanted["image"], "image", PictureLimits(most_bytes=1_000_000))
        seconds = wanted["seconds"]
        asked = Asked("tiny-1", str(wanted["prompt"]), (320, 180), float(str(seconds)), first=first)
        job = self.begin(
            request, model="tiny-1", asked=asked, body=body, cost_usd=Decimal("0.10"), token=str(wanted["key"]), run_s=20
        )
        return web.json_response(self.shown(request, job), status=201)

    async def look(self, request: web.Request) -> web.Response:
        return web.json_response(self.shown(request, self.job(request.match_info["id"])))

    async def all(self, request: web.Request) -> web.Response:
        return web.json_response({"clips": [self.shown(request, job) for job in self.listed(delay_s=1)]})

    async def end(self, request: web.Request) -> web.Response:
        job = self.job(request.match_info["id"])
        self.cancel(job)
        return web.json_response(self.shown(request, job))

    def shown(self, request: web.Request, job: Job) -> dict[str, JSON]:
        life = self.life(request, job)
        link = self.link(job, life_s=60) if life is Life.DONE else None
        return {"id": job.id, "state": STATES.get(life, "hydrating"), "progress": self.progress(job), "link": link}
