"""Hugging Face's inference providers over our own thin REST: find who serves a model, order it there, look, fetch.

Read 2026-11-20: https://huggingface.co/docs/inference-providers/index, and huggingface_hub 2.4.0. Traps: the mapping says what
each provider calls a model and for which task; a path, not a whole address, is what a job is looked at by; results lie on other
hosts, which must not see the key; nothing here knows a key of ours, so a lost answer stays lost. A remote id is `provider|job`,
or names a file of ours: the result, or where it is.
"""

from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import replace
from hashlib import sha256
from time import monotonic

from storyreel.domain.errors import ContentRejected, InvalidRequest, OutputBroken, SubmitOutcomeUnknown
from storyreel.domain.generation import GenerationState, Key, RemoteId, Repeat, Request, Sighting
from storyreel.domain.model import Mode, Route
from storyreel.domain.values import Digest
from storyreel.providers.arguments import Frames, arguments_of
from storyreel.providers.http import Answer, Api
from storyreel.providers.huggingface.mapping import HUB, LIFE_S, Mappings, Memory, Order, fitting, pin_of
from storyreel.providers.huggingface.refusal import NAME, code_of, explain_hub, explain_upstream
from storyreel.providers.huggingface.wire import (
    BOTH_TO_VIDEO,
    IMAGE_TASKS,
    IMAGE_TO_IMAGE,
    IMAGE_TO_VIDEO,
    TEXT_TO_IMAGE,
    TEXT_TO_VIDEO,
    VIDEO_TASKS,
    Call,
    Served,
    Taken,
    Wire,
    Words,
)
from storyreel.providers.huggingface.wires import WIRES
from storyreel.providers.kept import Kept
from storyreel.providers.our_words import in_our_words
from storyreel.providers.port import JPEG, Kit, Listed

ROUTER = "https://router.huggingface.co"
PATIENCE = 10  # times as long as for another answer is waited for one that comes only with its result
MOST_PICTURE_BYTES = 7_000_000

STARTS = {
    TEXT_TO_VIDEO: (Mode.TEXT,),
    IMAGE_TO_VIDEO: (Mode.FIRST_FRAME, Mode.LAST_FRAME),
    BOTH_TO_VIDEO: (Mode.FIRST_FRAME, Mode.LAST_FRAME),
    TEXT_TO_IMAGE: (Mode.TEXT,),
    IMAGE_TO_IMAGE: (Mode.FIRST_FRAME, Mode.REFERENCES),
}
"""What a model starts from that is served for a task of the Hub."""

LINK = ".link"
"""The ending of a file that holds a result's address and not the result."""


class HuggingFace:
    """The five verbs, whoever serves the model."""

    name = NAME
    repeat = Repeat.NONE
    edition = ""

    def __init__(self, kit: Kit, *, memory: Memory | None = None, now: Callable[[], float] = monotonic) -> None:
        self._kit, self._account = kit, kit.account
        self._kept = Kept(kit.work, self.name)
        self._order = Order.read(self._account.facts.get("providers", ""))
        whose = sha256(self._account.key.get_secret_value().encode()).hexdigest()[:16] if self._account.key else ""
        hub_account = replace(self._account, base_url=self._account.facts.get("hub", HUB).rstrip("/"))
        hub = Api(kit.http(), hub_account, default_url=HUB, authorise=self._signed, explain=explain_hub)
        self.mappings = Mappings(
            hub, memory or Memory(_life_s(self._account.facts.get("mapping_life_s")), now), whose=f"{hub.base_url} {whose} "
        )
        self._plain = Api(kit.http(), self._account, default_url=ROUTER, authorise=self._signed)

    async def submit(self, request: Request, route: Route, key: Key) -> RemoteId:
        """One paid call, to the first provider that serves the model for what the request starts from."""
        first = request.first_frame or (request.references[0] if request.still and request.references else None)
        served = (await self.fitting(route.remote_name, still=request.still, picture=first is not None))[0]
        frames = Frames(await self._picture(first, served), await self._picture(request.last_frame, served))
        with in_our_words(route, also={"num_frames": "seconds"}):
            return await self.order(served, arguments_of(request, route, frames), key)

    async def fitting(self, name: str, *, still: bool, picture: bool) -> tuple[Served, ...]:
        """Who can make a picture or a clip by that model ('owner/name' or 'owner/name:provider'), best first.

        Raises InvalidRequest, CapabilityMissing, AuthenticationFailed.
        """
        self._account.secret()
        if still:
            tasks = [IMAGE_TO_IMAGE] if picture else [TEXT_TO_IMAGE]
        else:
            tasks = [IMAGE_TO_VIDEO, BOTH_TO_VIDEO] if picture else [TEXT_TO_VIDEO]
        return fitting(await self.mappings.served(pin_of(name)[0]), name=name, tasks=tasks, order=self._order)

    async def order(self, served: Served, words: Words, key: Key) -> RemoteId:
        """One paid call to one provider, in our words (`wire.WORDS`). Raises SubmitOutcomeUnknown where no answer came."""
        wire = WIRES[served.provider]
        call = wire.call_for(served, words)
        api = self._router(served, waits=served.task in wire.waits)
        headers = {**call.headers, **self._billed()}
        answer = await api.paid(call.method, f"/{wire.name}{call.path}", body=call.body, query=call.query, headers=headers)
        return await self._remote(wire, served, self._read(wire, answer), key)

    async def look(self, remote: RemoteId) -> Sighting:
        """Where the generation is; what has ended with an error is told as a failure."""
        if self._kept.holds(remote):
            return await self._look_at_kept(remote)
        wire, job = _parts(remote)
        if wire.status is None or wire.seen is None:
            raise OutputBroken(f"{wire.name} has no jobs, and {remote!r} names one")
        sighting = wire.seen((await self._ask(wire, wire.status(job))).json())
        if sighting.state is GenerationState.READY and not sighting.outputs and wire.result is not None:
            try:
                sighting = wire.seen((await self._ask(wire, wire.result(job))).json())
            except (ContentRejected, InvalidRequest) as error:  # finished, and its result is a refusal
                return Sighting(state=GenerationState.FAILED, error=str(error), error_code=error.code)
        return self._fit_to_show(sighting, wire)

    async def listed(self, route: Route) -> Listed:
        """Whether a provider, or the one that the route pins, serves the model now, and from what it starts there."""
        model, pin = pin_of(route.remote_name)
        try:
            served = await self.mappings.served(model)
        except InvalidRequest:  # the Hub has no such model
            served = ()
        asked = [one for one in served if pin in {None, one.provider}]
        if not asked:
            tasks = (*VIDEO_TASKS, *IMAGE_TASKS)
            names = dict.fromkeys([one.model async for one in self.mappings.listing(tasks=tasks, pages=1)])
            return Listed(there=False, others=tuple(names))
        live = [one for one in asked if one.status == "live"]
        ill = "" if live else ", ".join(f"{one.provider} ({one.status})" for one in asked)
        modes = dict.fromkeys(mode for one in asked for mode in STARTS.get(one.task, ()))
        return Listed(there=True, note=f"No provider is live: {ill}." if ill else "", modes=tuple(modes))

    def remote_of(self, told: str, request: Request, route: Route) -> RemoteId:  # noqa: ARG002  the job tells all
        """The job of one of its providers, as `provider|job`. Raises InvalidRequest for anything else."""
        name, _, job = told.partition("|")
        if name in WIRES and job:
            return told
        message = f"{told!r} is not a job at Hugging Face. Name it as PROVIDER|JOB, with one of {', '.join(WIRES)}."
        raise InvalidRequest(message, field="remote_id")

    async def find(self, key: Key) -> RemoteId | None:
        """Never known: the router lists no generations."""
        raise SubmitOutcomeUnknown(provider=self.name, detail=f"it keeps no list in which {key} could be looked for")

    async def cancel(self, remote: RemoteId) -> None:
        """End it where the provider has a call for that; elsewhere it goes to its own end."""
        if self._kept.holds(remote):
            return
        wire, job = _parts(remote)
        if wire.cancel is None:
            return
        try:
            await self._ask(wire, wire.cancel(job))
        except InvalidRequest:  # it has ended already
            return

    def fetch(self, output: str) -> AsyncGenerator[bytes]:
        """A result's bytes."""
        return self._kept.fetch(output) if self._kept.holds(output) else self._plain.download(output)

    async def _remote(self, wire: Wire, served: Served, taken: Taken, key: Key) -> RemoteId:
        if taken.data:
            return await self._kept.put(key, taken.data, suffix=".mp4" if served.makes_video else ".png")
        if taken.links:  # a signed address: it lies in our own folder, not in the database
            return await self._kept.put(key, taken.links[0].encode(), suffix=LINK)
        return f"{wire.name}|{taken.job}"

    async def _look_at_kept(self, remote: RemoteId) -> Sighting:
        sighting = await self._kept.look(remote)
        if LINK not in remote or sighting.state is not GenerationState.READY:
            return sighting
        link = b"".join([part async for part in self._kept.fetch(remote)]).decode()
        return sighting.model_copy(update={"outputs": (link,)})

    async def _ask(self, wire: Wire, call: Call) -> Answer:
        api = self._router(Served("", wire.name, "the job", "", ""), waits=False)
        path = f"/{wire.name}{call.path}"
        return await api.free(call.method, path, query=call.query, headers={**call.headers, **self._billed()})

    async def _picture(self, digest: Digest | None, served: Served) -> str | None:
        if digest is None:
            return None
        most = WIRES[served.provider].most_picture_bytes or MOST_PICTURE_BYTES
        return (await self._kit.pictures.picture(digest, types=(JPEG,), most_bytes=most)).data_uri

    def _router(self, served: Served, *, waits: bool) -> Api:
        """The router, with what a refusal means at that upstream."""
        patient = replace(self._account, timeout_s=PATIENCE * self._account.timeout_s) if waits else self._account
        return Api(
            self._kit.http(),
            patient,
            default_url=ROUTER,
            authorise=self._signed,
            explain=lambda answer: explain_upstream(served, answer, self._plain.said),
        )

    def _read(self, wire: Wire, answer: Answer) -> Taken:
        try:
            return wire.taken(answer)
        except OutputBroken as error:
            said = self._plain.said(answer.body[:300].decode("utf-8", "replace"))
            raise SubmitOutcomeUnknown(provider=self.name, detail=f"{wire.name}: {error.problem}: {said}") from error

    def _fit_to_show(self, sighting: Sighting, wire: Wire) -> Sighting:
        if sighting.state is GenerationState.READY and not sighting.outputs:
            error = f"{wire.name} says that it is done, and gives no result"
            return Sighting(state=GenerationState.FAILED, error=error, error_code="output_broken")
        if sighting.state is GenerationState.FAILED:
            error = self._plain.said(sighting.error or f"{wire.name} does not say why")
            return sighting.model_copy(update={"error": error, "error_code": code_of(error)})
        return sighting

    def _signed(self) -> Mapping[str, str]:
        return {"Authorization": f"Bearer {self._account.secret()}"}

    def _billed(self) -> Mapping[str, str]:
        """Who pays, where that is not the key's owner."""
        whom = self._account.facts.get("bill_to")
        return {"X-HF-Bill-To": whom} if whom else {}


def _parts(remote: RemoteId) -> tuple[Wire, str]:
    name, _, job = remote.partition("|")
    return WIRES[name], job


def _life_s(told: str | None) -> float:
    try:
        return LIFE_S if told is None else max(0.0, float(told))
    except ValueError as error:
        raise InvalidRequest(
            f"HF_MAPPING_LIFE cannot be {told!r}: it is a number of seconds.", field="HF_MAPPING_LIFE"
        ) from error
