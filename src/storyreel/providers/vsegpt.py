"""vsegpt.ru: Haiper and other makers' models behind one address. Its video API has no public page; five clients agree on it.

Read 2026-11-20, among them https://github.com/LKosoj/cli-proxy. Traps: errors come inside HTTP 200; a state's letters have any
case; pictures are JPEG in a data URI; the status call wants `Bearer` or `Key`; ids come and go, so the list is read before
anything is paid; length and sound are part of an id (a route's parameters named `model.…` are its endings). It knows no key of
ours and has no cancel.
"""

import re
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from time import monotonic

from storyreel.domain.errors import (
    AuthenticationFailed,
    CapabilityMissing,
    ContentRejected,
    InsufficientCredit,
    InvalidRequest,
    OutputBroken,
    StoryreelError,
    SubmitOutcomeUnknown,
)
from storyreel.domain.generation import GenerationState, Key, RemoteId, Repeat, Request, Sighting
from storyreel.domain.model import Mode, Route
from storyreel.domain.values import JSON, Digest, dict_of
from storyreel.providers.arguments import Frames, arguments_of, name_for
from storyreel.providers.http import Answer, Api
from storyreel.providers.late import late_or
from storyreel.providers.our_words import in_our_words
from storyreel.providers.port import JPEG, Kit, Listed

API = "https://api.vsegpt.ru/v1"
LIST_LIFE_S = 300.0  # how long a list of models is believed
MOST_PICTURE_BYTES = 4_000_000  # larger bodies were seen refused with 413
NO_WORDS = "animate image"  # `prompt` is required; the earlier tool sent this for an empty one

STATES = {
    "IN_QUEUE": GenerationState.QUEUED,
    "PENDING": GenerationState.QUEUED,
    "IN_PROGRESS": GenerationState.RUNNING,
    "PROCESSING": GenerationState.RUNNING,
    "COMPLETED": GenerationState.READY,
    "FAILED": GenerationState.FAILED,
    "ERROR": GenerationState.FAILED,
}
"""Any other word is taken for work in progress."""

REFUSALS = (
    ("insufficient_credit", r"balance|credit|funds|средств|баланс"),
    ("content_rejected", r"reject|moderat|nsfw|safety|content policy|запрещ|модерац"),
    ("authentication_failed", r"api key|token|unauthori[sz]ed|ключ"),
)
"""What a reason speaks of, in its own words; the first that is found holds."""

STARTS = {"txt2vid-": (Mode.TEXT,), "img2vid-": (Mode.FIRST_FRAME,)}
"""How an id begins: what its model starts from."""


@dataclass(slots=True)
class _Known:
    """What is remembered of the service between calls."""

    ids: tuple[str, ...] = ()
    ids_read_at: float = field(default=float("-inf"))
    scheme: str = "Bearer"  # what the status call took last


class Vsegpt:
    """The five verbs over vsegpt's video calls."""

    name = "vsegpt"
    repeat = Repeat.NONE
    edition = ""

    def __init__(self, kit: Kit, *, now: Callable[[], float] = monotonic) -> None:
        self._kit, self._now = kit, now
        self._known = _Known()
        self._api = Api(kit.http(), kit.account, default_url=API, authorise=lambda: self._signed("Bearer"), explain=self._explain)

    async def submit(self, request: Request, route: Route, key: Key) -> RemoteId:  # noqa: ARG002  it has no place for a key
        """One paid call, after the list has shown that the model is there."""
        frames = Frames(await self._picture(request.first_frame), await self._picture(request.last_frame))
        told = {"prompt": NO_WORDS, **arguments_of(request, route, frames)}
        model = name_for(route, request.modes) + "".join(str(ending) for ending in dict_of(told.pop("model", None)).values())
        _must_start_so(model, request)
        await self._must_be_listed(model)
        with in_our_words(route):
            answer = await self._api.paid("POST", "/video/generate", body={**told, "model": model, "action": "generate"})
            return self._read_id(answer)

    async def look(self, remote: RemoteId) -> Sighting:
        """Where the generation is; an account that is signed the other way is tried the other way, once."""
        try:
            answer = await self._status(remote)
        except AuthenticationFailed:
            first, self._known.scheme = self._known.scheme, "Key" if self._known.scheme == "Bearer" else "Bearer"
            try:
                answer = await self._status(remote)
            except AuthenticationFailed:
                self._known.scheme = first
                raise
        return self._read_sighting(answer.json())

    async def find(self, key: Key) -> RemoteId | None:
        """Never known: vsegpt lists no generations."""
        raise SubmitOutcomeUnknown(provider=self.name, detail=f"it keeps no list in which {key} could be looked for")

    async def cancel(self, remote: RemoteId) -> None:
        """Nothing: vsegpt has no such call; a generation goes to its own end."""

    def fetch(self, output: str) -> AsyncGenerator[bytes]:
        """The clip's bytes."""
        return self._api.download(output)

    async def listing(self) -> tuple[str, ...]:
        """The ids that vsegpt lists now: of chat, image and video models."""
        if self._now() - self._known.ids_read_at > LIST_LIFE_S:
            answer = await self._api.free("GET", "/models")
            self._known.ids, self._known.ids_read_at = _read_ids(answer.json()), self._now()
        return self._known.ids

    async def listed(self, route: Route) -> Listed:
        """Whether the route's ids, or such with an ending, are in the list; and what an id tells of its model."""
        ids = await self.listing()
        names = dict.fromkeys((route.remote_name, *route.remote_names.values()))
        endings = any(parameter.name.startswith("model.") for parameter in route.parameters.values())
        gone = [name for name in names if not any(id == name or (endings and id.startswith(f"{name}-")) for id in ids)]
        length = re.search(r"-(\d+)s$", route.remote_name)
        return Listed(
            there=len(gone) < len(names),
            note=f"Not in the list: {', '.join(gone)}." if gone else "",
            modes=next((modes for kind, modes in STARTS.items() if route.remote_name.startswith(kind)), ()),
            lengths_s=(float(length[1]),) if length else (),
            others=tuple(id for id in ids if id.startswith(tuple(STARTS))),
        )

    async def balance(self) -> Decimal:
        """The account's credits, in vsegpt's own unit (roubles). Raises what the taxonomy names."""
        told = dict_of((await self._api.free("GET", "/balance")).json())
        if told.get("status") != "ok":
            raise self._refusal(told)
        try:
            return Decimal(str(dict_of(told.get("data")).get("credits")))
        except InvalidOperation as error:
            raise OutputBroken("vsegpt tells no balance") from error

    async def _must_be_listed(self, model: str) -> None:
        ids = await self.listing()
        if model in ids:
            return
        videos = [id for id in ids if id.startswith(tuple(STARTS))]
        words = [word for word in re.split(r"[^a-z]+", model.lower()) if len(word) > 3]
        near = [id for id in videos if any(word in id for word in words)] or get_close_matches(model, videos, n=4, cutoff=0.3)
        raise InvalidRequest(
            f"vsegpt lists no model {model!r} now. Near it: {', '.join((near or videos)[:4]) or 'no video model at all'}."
            " Name one as --model vsegpt:<its id>, or choose from `storyreel models`.",
            field="model",
        )

    async def _status(self, remote: RemoteId) -> Answer:
        headers = self._signed(self._known.scheme)
        return await self._api.free("GET", "/video/status", query={"request_id": remote}, headers=headers)

    async def _picture(self, digest: Digest | None) -> str | None:
        if digest is None:
            return None
        picture = await self._kit.pictures.picture(digest, types=(JPEG,), most_bytes=MOST_PICTURE_BYTES)
        return picture.data_uri

    def _signed(self, scheme: str) -> Mapping[str, str]:
        return {"Authorization": f"{scheme} {self._kit.account.secret()}"}

    def _read_id(self, answer: Answer) -> RemoteId:
        told = dict_of(answer.json())
        if str(told.get("status", "")).lower() == "error":
            raise self._refusal(told)
        id = told.get("request_id") or told.get("id")
        if not id:
            raise SubmitOutcomeUnknown(provider=self.name, detail=f"an answer without an id: {self._api.said(told or '')}")
        return str(id)

    def _read_sighting(self, answer: JSON) -> Sighting:
        told = dict_of(answer)
        state = STATES.get(str(told.get("status", "")).strip().upper(), GenerationState.RUNNING)
        url = told.get("url")
        if state is GenerationState.FAILED:
            reason = self._api.said(told.get("reason") or "vsegpt does not say why")
            code = _code_of(reason) or late_or(reason, "provider_unavailable")
            return Sighting(state=state, error=reason, error_code=code)
        if state is GenerationState.READY and not url:
            return Sighting(
                state=GenerationState.FAILED, error="vsegpt says that it is done, and gives no clip", error_code="output_broken"
            )
        return Sighting(state=state, outputs=(str(url),) if state is GenerationState.READY else ())

    def _explain(self, answer: Answer) -> StoryreelError | None:
        """Its own meanings of a status."""
        told = dict_of(answer.json())
        reason = self._api.said(told.get("reason") or dict_of(told.get("error")).get("message") or "")
        if answer.status == 413:
            return InvalidRequest("vsegpt refuses the picture as too large. Give a smaller one.", field="first_frame")
        if answer.status == 400 and reason:
            return self._refusal({"reason": reason})
        if answer.status == 402:
            return InsufficientCredit(provider=self.name, detail=reason)
        return None

    def _refusal(self, told: Mapping[str, JSON]) -> StoryreelError:
        """What a body that says it is an error means."""
        reason = self._api.said(told.get("reason") or "it does not say why")
        match _code_of(reason):
            case "insufficient_credit":
                return InsufficientCredit(provider=self.name, detail=reason)
            case "content_rejected":
                return ContentRejected(provider=self.name, refused="request", reason=f"{reason.rstrip('.')}.")
            case "authentication_failed":
                return AuthenticationFailed(provider=self.name, setting=self._kit.account.setting, refused=True)
            case _:
                return InvalidRequest(
                    f"vsegpt refuses the request: {reason.rstrip('.')}. `storyreel models` lists others.", field="model"
                )


def _must_start_so(model: str, request: Request) -> None:
    """Refuses a picture that the model would not look at, and a model that has nothing to look at, before it is paid."""
    pictures = Mode.TEXT not in request.modes
    if model.startswith("txt2vid-" if pictures else "img2vid-"):
        lack = "start from a picture" if pictures else "start from text alone"
        other = model.replace("txt2vid-", "img2vid-") if pictures else model.replace("img2vid-", "txt2vid-")
        raise CapabilityMissing(model=model, capability=lack, alternatives=[f"vsegpt:{other}, where vsegpt lists it"])


def _code_of(reason: str) -> str | None:
    return next((code for code, words in REFUSALS if re.search(words, reason, re.IGNORECASE)), None)


def _read_ids(told: JSON) -> tuple[str, ...]:
    """The ids of a list of models, in any of the shapes in which such lists come."""
    rows = told if isinstance(told, list) else dict_of(told).get("data")
    if not isinstance(rows, list):
        raise OutputBroken("vsegpt's list of models is not a list")
    return tuple(str(row.get("id")) if isinstance(row, dict) else str(row) for row in rows)
