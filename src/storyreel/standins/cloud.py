"""A cloud on loopback: what all stand-ins share. Each provider's is a subclass, in a file of its own, written from its sheet.

    class Replicate(Cloud):
        name = "replicate"                       # as in storyreel.accounts.VARIABLES

        def add_routes(self, app: web.Application) -> None:
            self.on(app, "POST", "/v1/predictions", Kind.CREATE, self.create)      # auth and faults happen before the handler
            self.on(app, "GET", "/v1/predictions/{id}", Kind.LOOK, self.look)
            self.on(app, "GET", "/v1/account", Kind.OTHER, self.account)

        async def create(self, request: web.Request) -> web.Response:
            body = await json_of(request)
            wanted = checked(object_of(body, "input"), KLING, within="input.")    # raises Refused, which `error` answers
            first = await self.picture_at(wanted["start_image"], "input.start_image", LIMITS)   # data:, upload, http
            job = self.begin(request, model="kwaivgi/...", asked=Asked(...), body=body, cost_usd=Decimal("0.35"),
                             token="...", queue_s=3, run_s=60)                    # a job, and a line on the bill
            return web.json_response(self.shown(request, job), status=201)

        async def look(self, request: web.Request) -> web.Response:
            job = self.job(request.match_info["id"])                              # raises Refused NOT_FOUND
            life = self.life(request, job)                                        # Life; UNKNOWN under the fault unknown_state
            ... STATES[life], self.progress(job), self.link(job, life_s=3600), self.ended(job)

        def error(self, refused: Refused) -> web.Response: ...                   # every refusal, in the provider's own words
        def environment(self, url: str) -> dict[str, str]: ...                   # our variables and the official client's

A test: `async with Replicate(speed=1000) as cloud: ... cloud.url, cloud.environment(cloud.url), cloud.faults.add("reset_after"),
cloud.submissions, cloud.log, cloud.advance(3600), cloud.leaks`.
"""

import asyncio
import hmac
import socket
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random
from types import TracebackType
from typing import ClassVar, Self

from aiohttp import web

from storyreel.domain.errors import StoryreelError
from storyreel.domain.values import JSON
from storyreel.standins import answers
from storyreel.standins.bill import ENDINGS, Call, Ending, Submission, digest_of
from storyreel.standins.clips import MP4, Asked, Studio
from storyreel.standins.faults import HEADER, JOBS, Fault, Faults, Kind, Order, read_orders
from storyreel.standins.hooks import Caller
from storyreel.standins.jobs import Job, Life
from storyreel.standins.reading import PictureLimits, Upload, fetched, from_data_uri, must_be_picture
from storyreel.standins.refusals import STATUS, Refusal, Refused

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
HOST = "127.0.0.1"
AHEAD_S = 1.0
"""A job that takes longer, in real seconds, has its clip drawn while it runs."""
MOST_BODY_BYTES = 128 * 1024 * 1024
ORDER: "web.RequestKey[Order | None]" = web.RequestKey("order", Order)  # the fault of this call


class Cloud(ABC):
    """One provider's cloud. As an async context manager it runs on two free ports of loopback: its API's, and its results'."""

    name: ClassVar[str] = ""
    key: ClassVar[str] = "standin-key-0001"
    """The key that it accepts; a subclass gives one of the provider's own form."""
    charges: ClassVar[frozenset[Ending]] = frozenset()
    """The ends of a job that are on its bill though nothing came of it."""
    link_status: ClassVar[int] = 404
    """What the results' host answers for a dead link."""

    def __init__(
        self,
        *,
        speed: float = 1.0,
        seed: int = 0,
        faults: Faults | None = None,
        studio: Studio | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.speed = speed  # jobs live so many times faster; links live as long as they say
        self.faults = faults or Faults(seed=seed)
        self.studio = studio or Studio()
        self.jobs: dict[str, Job] = {}
        self.uploads: dict[str, Upload] = {}
        self.submissions: list[Submission] = []
        self.log: list[Call] = []
        self.leaks: list[str] = []  # paths of the results' host that were asked with a credential
        self.url = self.results_url = ""  # no slash at their end
        self._clock, self._ahead = clock, timedelta()
        self._random = Random(f"{self.name}{seed}")  # noqa: S311 - ids that repeat with the seed are meant
        self._secret = self._random.randbytes(16)
        self.hooks = Caller()
        self._runner: web.AppRunner | None = None
        self._listening: list[socket.socket] = []
        self._drawing: set[asyncio.Task[bytes]] = set()

    # What a stand-in defines.

    @abstractmethod
    def add_routes(self, app: web.Application) -> None:
        """Add the API with `self.on(...)`, in the documentation's order."""

    @abstractmethod
    def environment(self, url: str) -> dict[str, str]:
        """The variables, ours and the official client's, with which both use this cloud at `url`."""

    def error(self, refused: Refused) -> web.Response:
        """A refusal in the provider's own words. This is only a common one."""
        message = {"error": {"code": refused.refusal.value, "message": refused.message or refused.refusal.value}}
        return web.json_response(message, status=STATUS[refused.refusal])

    def credential(self, request: web.Request) -> str | None:
        """The key that a request carries; None: none. Here: `Authorization: Bearer`."""
        scheme, _, told = request.headers.get("Authorization", "").partition(" ")
        return told.strip() if scheme.lower() == "bearer" and told.strip() else None

    def accepts(self, credential: str) -> bool:
        """Whether a key is good. Here: it is `self.key`."""
        return hmac.compare_digest(credential.encode(), self.key.encode())

    def shown_path(self, request: web.Request) -> str:
        """A request's path as the log may show it: without a key."""
        return request.path

    # What a stand-in's handlers use.

    def on(self, app: web.Application, method: str, path: str, kind: Kind, handler: Handler, *, auth: bool = True) -> None:
        """Serve a path: the key is checked, a fault may happen, then comes the handler; what it raises `error` answers."""

        async def served(request: web.Request) -> web.StreamResponse:
            return await self._serve(request, kind, handler, auth=auth)

        app.router.add_route(method, path, served)

    def begin(
        self,
        request: web.Request,
        *,
        model: str,
        asked: Asked,
        body: dict[str, JSON] | None = None,
        cost_usd: Decimal,
        token: str = "",
        queue_s: float = 2.0,
        run_s: float = 60.0,
        id: str = "",
        facts: dict[str, JSON] | None = None,
    ) -> Job:
        """A new job, and its line on the bill: call it once everything was checked, since it cannot be taken back."""
        order = request.get(ORDER)
        fate = order.fault if order and order.fault in JOBS else None
        ending = ENDINGS.get(fate) if fate else None
        if ending is not None and ending not in self.charges:
            cost_usd = Decimal(0)
        job = Job(
            id or self.new_id(), model, asked, body or {}, self.now(), token, cost_usd, queue_s, run_s, fate, facts=facts or {}
        )
        self.jobs[job.id] = job
        account = digest_of(self.credential(request))
        self.submissions.append(Submission(job.id, model, token, account, cost_usd, job.created))
        if asked.seconds and (queue_s + run_s) / self.speed > AHEAD_S:  # as a real one has it ready when it says so
            drawing = asyncio.ensure_future(self.studio.make(asked))
            self._drawing.add(drawing)
            drawing.add_done_callback(self._drawing.discard)
        return job

    def job(self, id: str) -> Job:
        """The job of that id. Raises Refused NOT_FOUND."""
        if id not in self.jobs:
            raise Refused(Refusal.NOT_FOUND, f"there is no {id}")
        return self.jobs[id]

    def job_of_token(self, token: str) -> Job | None:
        """The job that an idempotency key or a token of the client's own belongs to, the newest."""
        return next((job for job in reversed(self.jobs.values()) if token and job.token == token), None)

    def listed(self, *, delay_s: float = 0.0) -> list[Job]:
        """The jobs, newest first, without those younger than `delay_s`, which the real listing does not show yet."""
        seen = self.now() - timedelta(seconds=delay_s / self.speed)
        return [job for job in reversed(self.jobs.values()) if job.created <= seen]

    def life(self, request: web.Request, job: Job) -> Life:
        """Where a job is; UNKNOWN where the fault of this look is that."""
        order = request.get(ORDER)
        return Life.UNKNOWN if order and order.fault is Fault.UNKNOWN_STATE else job.life(self.now(), self.speed)

    def progress(self, job: Job) -> float:
        """How far a job is, 0 to 1."""
        return job.progress(self.now(), self.speed)

    def started(self, job: Job) -> datetime:
        """When a job begins, or began, to run."""
        return job.started(self.speed)

    def ended(self, job: Job) -> datetime:
        """When a job will be, or was, over."""
        return job.ended(self.speed)

    def cancel(self, job: Job) -> bool:
        """End a job; False where it has ended already."""
        if job.life(self.now(), self.speed) not in {Life.QUEUED, Life.RUNNING}:
            return False
        ending = Ending.CANCELLED if self.started(job) <= self.now() else Ending.DROPPED
        job.cancelled = self.now()
        if ending not in self.charges:
            self._write_off(job)
        return True

    def _write_off(self, job: Job) -> None:
        """Take a job off the bill."""
        job.cost_usd = Decimal(0)
        self.submissions[:] = [replace(one, cost_usd=job.cost_usd) if one.id == job.id else one for one in self.submissions]

    async def result(self, job: Job, media_type: str = MP4) -> bytes:
        """The result's file."""
        return await self.studio.make(job.asked, media_type)

    def link(self, job: Job, *, life_s: float | None, media_type: str = MP4) -> str:
        """An address of the result on the results' own host, signed; dead `life_s` after the job's end (None: never)."""
        name = f"{job.id}.{media_type.partition('/')[2]}"
        until = "never" if life_s is None else str(int((self.ended(job) + timedelta(seconds=life_s)).timestamp()))
        return f"{self.results_url}/results/{name}?Expires={until}&Signature={self._signature(name, until)}%2B"

    def keep(self, upload: Upload, id: str = "") -> str:
        """Keep a file that a client uploaded; its id."""
        id = id or self.new_id()
        self.uploads[id] = upload
        return id

    def upload_url(self, id: str) -> str:
        """An address of an upload that anyone may read, on the results' own host."""
        return f"{self.results_url}/uploads/{id}"

    async def picture_at(self, address: JSON, field: str, limits: PictureLimits | None = None) -> bytes | None:
        """The file of a picture told as an address: `data:`, one of our uploads, or http; checked. None where none is told.

        Raises Refused INVALID or TOO_LARGE.
        """
        if address is None:
            return None
        if not isinstance(address, str):
            raise Refused(Refusal.INVALID, f"{field} must be str", field=field, problem="type")
        if address.startswith("data:"):
            upload = from_data_uri(address, field)
        elif (id := address.rpartition("/")[2].partition("?")[0]) in self.uploads:
            upload = self.uploads[id]
        else:
            upload = await fetched(address, field)
        must_be_picture(upload, field, limits)
        return upload.data

    def new_id(self, length: int = 26, alphabet: str = "abcdefghijklmnopqrstuvwxyz0123456789") -> str:
        """An id that was not given before; the same in each run with the same seed."""
        return "".join(self._random.choices(alphabet, k=length))

    def now(self) -> datetime:
        """The cloud's time, UTC."""
        return self._clock() + self._ahead

    def advance(self, seconds: float) -> None:
        """Let time pass: links die, and jobs move `speed` times as far."""
        self._ahead += timedelta(seconds=seconds)

    # How it runs.

    async def start(self, port: int = 0) -> None:
        """Listen on loopback; port 0: any that is free."""
        app = web.Application(client_max_size=MOST_BODY_BYTES)
        self.add_routes(app)
        self.on(app, "GET", "/results/{name}", Kind.FETCH, self._send_result, auth=False)
        self.on(app, "GET", "/uploads/{id}", Kind.OTHER, self._send_upload, auth=False)
        answers.add_controls(app, self)
        app.router.add_route("*", "/{rest:.*}", self._nothing)
        self._runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=0.2)
        await self._runner.setup()
        self._listening = [socket.create_server((HOST, wanted), backlog=128) for wanted in (port, 0)]
        for listening in self._listening:
            await web.SockSite(self._runner, listening).start()
        self.url, self.results_url = (f"http://{HOST}:{one.getsockname()[1]}" for one in self._listening)

    async def stop(self) -> None:
        """Stop listening, and calling; what it remembers stays."""
        await self.hooks.stop()
        for drawing in tuple(self._drawing):
            drawing.cancel()
        await asyncio.gather(*self._drawing, return_exceptions=True)
        if self._runner is not None:
            # Python 3.11 forgets, unclosed, who comes as a server closes: nobody is let in any more, and who was is known first
            for listening in self._listening:
                asyncio.get_running_loop().remove_reader(listening)
            await asyncio.sleep(0)  # each has a connection by then,
            await asyncio.sleep(0)  # of which the server has heard
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.stop()

    async def _serve(self, request: web.Request, kind: Kind, handler: Handler, *, auth: bool) -> web.StreamResponse:
        try:
            order = _told_by_header(request) or self.faults.draw(kind)
        except StoryreelError as error:
            return web.Response(status=400, text=str(error))
        request[ORDER] = order
        fault = order.fault if order else None
        answer = await self._answer(request, handler, order, auth=auth)
        status = _SEEN.get(fault, answer.status) if fault else answer.status
        account = digest_of(self.credential(request))
        self.log.append(Call(self.now(), request.method, self.shown_path(request), kind, status, account, fault or ""))
        return await answers.with_fault(request, answer, fault)

    async def _answer(self, request: web.Request, handler: Handler, order: Order | None, *, auth: bool) -> web.StreamResponse:
        """What is answered before the wire's own faults: a refusal, or what the handler gives."""
        try:
            if order and order.fault in _INSTEAD:
                return answers.instead(request, order)
            if order and order.fault in _REFUSALS:
                wait = order.retry_after_s if order.fault is Fault.RATE_LIMITED else None
                raise Refused(_REFUSALS[order.fault], retry_after_s=wait)
            credential = self.credential(request)
            if auth and (credential is None or not self.accepts(credential)):
                raise Refused(Refusal.UNAUTHORISED)
            return await handler(request)
        except Refused as refused:
            answer = self.error(refused)
            if refused.retry_after_s is not None:
                answer.headers.setdefault("Retry-After", f"{refused.retry_after_s:g}")
            return answer

    async def _send_result(self, request: web.Request) -> web.StreamResponse:
        """A signed link of the results' host."""
        if request.headers.get("Authorization") or self.credential(request):
            self.leaks.append(request.path)
        name, until = request.match_info["name"], request.query.get("Expires", "")
        given = request.query_string.partition("Signature=")[2]
        id, _, ending = name.rpartition(".")
        job = self.jobs.get(id)
        # The signature's escape must arrive as it was given, as it must at the real stores.
        if job is None or given != f"{self._signature(name, until)}%2B":
            return web.Response(
                status=403, text="<Error><Code>SignatureDoesNotMatch</Code></Error>", content_type="application/xml"
            )
        order = request.get(ORDER)
        dead = until != "never" and self.now().timestamp() > int(until)
        if dead or (order and order.fault is Fault.EXPIRED_LINK):
            return web.Response(
                status=self.link_status, text="<Error><Code>Expired</Code></Error>", content_type="application/xml"
            )
        media_type = MP4 if ending == "mp4" else f"image/{ending}"
        return web.Response(body=await self.result(job, media_type), content_type=media_type)

    async def _send_upload(self, request: web.Request) -> web.Response:
        upload = self.uploads.get(request.match_info["id"])
        if upload is None:
            return web.Response(status=404)
        return web.Response(body=upload.data, content_type=upload.media_type)

    async def _nothing(self, request: web.Request) -> web.Response:
        """A path that the API does not have."""
        account = digest_of(self.credential(request))
        answer = self.error(Refused(Refusal.NOT_FOUND, f"{request.method} {request.path} is not a path of this API"))
        self.log.append(Call(self.now(), request.method, self.shown_path(request), Kind.OTHER, answer.status, account))
        return answer

    def _signature(self, name: str, until: str) -> str:
        return hmac.digest(self._secret, f"{name}\0{until}".encode(), "sha256").hex()[:32]


_REFUSALS = {
    Fault.RATE_LIMITED: Refusal.RATE_LIMITED,
    Fault.RATE_LIMITED_BARE: Refusal.RATE_LIMITED,
    Fault.INTERNAL: Refusal.INTERNAL,
    Fault.BAD_GATEWAY: Refusal.BAD_GATEWAY,
    Fault.UNAVAILABLE: Refusal.UNAVAILABLE,
    Fault.NO_CREDIT: Refusal.NO_CREDIT,
    Fault.UNAUTHORISED: Refusal.UNAUTHORISED,
    Fault.MODERATION: Refusal.MODERATION,
}
_SEEN = {Fault.RESET_BEFORE: 0, Fault.RESET_AFTER: 0, Fault.SILENT: 0, Fault.INTERNAL_AFTER: 500}
"""The status that a client sees, where a fault changes it; 0: none."""
_INSTEAD = frozenset({Fault.RESET_BEFORE, Fault.HTML_PAGE, Fault.HTML_ERROR})


def _told_by_header(request: web.Request) -> Order | None:
    """The fault that a request asks for itself."""
    told = request.headers.get(HEADER)
    orders: Sequence[Order] = read_orders(told.strip()) if told else ()
    return orders[0] if orders else None
