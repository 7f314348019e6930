"""Kling's own API, the current generation: the model is in the path, and a task bears an id of ours.

Read 2026-11-20: https://app.klingai.com/global/dev/document-api. Traps: words alone go in `prompt`, all else in `contents`; a
name it does not know is ignored without a word; several shots are cut out of one prompt unless told otherwise; some 429 mean
that the account is empty; our id is refused when it comes again, at no cost, so a repeated submit finds the first one's task.
There is no cancel, no seed and no negative prompt.
"""

from collections.abc import AsyncGenerator, Mapping
from decimal import Decimal, InvalidOperation
from hashlib import sha256

from storyreel.domain.errors import (
    AuthenticationFailed,
    ContentRejected,
    InsufficientCredit,
    InvalidRequest,
    OutputBroken,
    ProviderUnavailable,
    RateLimited,
    StoryreelError,
    SubmitOutcomeUnknown,
)
from storyreel.domain.generation import GenerationState, Key, RemoteId, Repeat, Request, Sighting
from storyreel.domain.model import Route
from storyreel.domain.values import JSON, Digest, dict_of
from storyreel.providers.arguments import Frames, arguments_of, name_for
from storyreel.providers.http import Answer, Api
from storyreel.providers.late import late_or
from storyreel.providers.port import Kit, NotShown, Picture
from storyreel.providers.webhooks import Heard, Incoming, address_for, must_be_sealed, signed_by_standard

API = "https://api-singapore.klingai.com"
UNIT_USD = Decimal("0.14")  # https://app.klingai.com/global/dev/pricing, read 2026-11-20
MOST_PICTURE_BYTES = 10 * 1024 * 1024
LEAST_SIDE_PX = 300
MOST_ASPECT = 2.5  # of the longer side to the shorter

STATES = {
    "submitted": GenerationState.QUEUED,
    "processing": GenerationState.RUNNING,
    "succeeded": GenerationState.READY,
    "failed": GenerationState.FAILED,
}
"""Any other word is taken for work in progress."""

WRONG_ADDRESS = 1304
NOT_THERE = frozenset({1202, 1203})
CODES: Mapping[frozenset[int], type[StoryreelError]] = {
    frozenset({1000, 1001, 1002, 1003, 1004, 1103}): AuthenticationFailed,
    frozenset({1100, 1101, 1102}): InsufficientCredit,
    frozenset({1300, 1301}): ContentRejected,
    frozenset({1302, 1303}): RateLimited,
    frozenset({1200, 1201, WRONG_ADDRESS, *NOT_THERE}): InvalidRequest,
}
"""What their codes mean; the HTTP status is 429 for four of these kinds."""

MODERATORS = ("risk control", "sensitive", "policy", "safety", "violat")
"""Words of a failed task's message that speak of its content: a task that failed has no code."""

FIELDS = {
    "duration": "seconds",
    "aspect_ratio": "aspect",
    "resolution": "resolution",
    "audio": "sound",
    "last_frame": "last_frame",
    "first_frame": "first_frame",
    "refer_image": "references",
    "prompt": "prompt",
}
"""Their names of an input, in our words."""


class Kling:
    """The five verbs over Kling's tasks."""

    name = "kling"
    repeat = Repeat.KEY
    edition = ""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._api = Api(kit.http(), kit.account, default_url=API, authorise=self._signed, explain=self._explain)

    async def submit(self, request: Request, route: Route, key: Key) -> RemoteId:
        """One paid call; where our id is there already, the task that bears it."""
        first = await self._picture(request.first_frame, "first_frame")
        last = await self._picture(request.last_frame, "last_frame")
        references = [await self._picture(digest, "references") for digest in request.references]
        path = name_for(route, request.modes)
        body = body_of(path, arguments_of(request, route, Frames(first, last, references)), external_id(key))
        if address := address_for(self._kit.account, key):
            body["options"] = {**dict_of(body["options"]), "callback_url": address}
        try:
            answer = await self._api.paid("POST", f"/{path}", body=body)
        except InvalidRequest:
            if remote := await self.find(key):
                return remote
            raise
        return self._read_id(answer)

    async def look(self, remote: RemoteId) -> Sighting:
        """Where the task is, and what it cost."""
        task = await self._task("task_ids", remote)
        if task is None:
            raise NotShown(provider=self.name, detail=f"it does not show the task {remote}")
        return self._read_sighting(task)

    async def find(self, key: Key) -> RemoteId | None:
        """The task that bears this key's id."""
        task = await self._task("external_task_ids", external_id(key))
        return str(task["id"]) if task is not None else None

    async def heard(self, incoming: Incoming) -> Heard:
        """A task that changed: signed where the account has a secret for that, otherwise by the seal of its address."""
        secret, told = self._kit.account.facts.get("hook_secret"), incoming.told
        id = str(told.get("id") or told.get("task_id") or "")
        if secret:
            return Heard(signed_by_standard(secret, incoming), id)
        must_be_sealed(self._kit.account, incoming)
        return Heard(f"{id} {told.get('status') or told.get('task_status')}", id)

    async def cancel(self, remote: RemoteId) -> None:
        """Nothing: Kling has no such call; a task goes to its own end."""

    def fetch(self, output: str) -> AsyncGenerator[bytes]:
        """The clip's bytes."""
        return self._api.download(output)

    def _signed(self) -> Mapping[str, str]:
        return {"Authorization": f"Bearer {self._kit.account.secret()}"}

    async def _picture(self, digest: Digest | None, field: str) -> str | None:
        """A picture in base64, bare. Raises InvalidRequest for one that Kling would refuse."""
        if digest is None:
            return None
        picture = await self._kit.pictures.picture(digest, most_bytes=MOST_PICTURE_BYTES)
        _must_fit(picture, field)
        return picture.base64

    async def _task(self, by: str, id: str) -> dict[str, JSON] | None:
        """The task of that id, ours or theirs; one that is not there is simply missing from the answer."""
        answer = await self._api.free("GET", "/tasks", query={by: id})
        told = dict_of(answer.json())
        if told.get("code") != 0:
            raise self._explain(answer) or ProviderUnavailable(provider=self.name, detail=self._said(told))
        tasks = told.get("data")
        return next((task for each in (tasks if isinstance(tasks, list) else []) if (task := dict_of(each)).get("id")), None)

    def _read_id(self, answer: Answer) -> RemoteId:
        told = dict_of(answer.json())
        id = dict_of(told.get("data")).get("id")
        if told.get("code") == 0 and id:
            return str(id)
        unknown = SubmitOutcomeUnknown(provider=self.name, detail="it accepted a task and told no id for it")
        raise (self._explain(answer) or unknown) if told.get("code") else unknown

    def _read_sighting(self, task: Mapping[str, JSON]) -> Sighting:
        state = STATES.get(str(task.get("status")), GenerationState.RUNNING)
        if state is GenerationState.FAILED:
            told = self._api.said(task.get("message") or "no reason is given")
            refused = any(word in told.lower() for word in MODERATORS)
            code = ContentRejected.code if refused else late_or(told, ProviderUnavailable.code)
            return Sighting(state=state, error=f"Kling could not make it: {told}", error_code=code, cost_usd=_cost(task))
        if state is not GenerationState.READY:
            return Sighting(state=state)
        listed = task.get("outputs")
        outputs = tuple(str(url) for each in (listed if isinstance(listed, list) else []) if (url := dict_of(each).get("url")))
        if not outputs:
            error = OutputBroken("Kling's task names no clip")
            return Sighting(state=GenerationState.FAILED, error=str(error), error_code=error.code, cost_usd=_cost(task))
        return Sighting(state=state, outputs=outputs, cost_usd=_cost(task))

    def _said(self, told: Mapping[str, JSON]) -> str:
        return self._api.said(told.get("message") or f"code {told.get('code')}")

    def _explain(self, answer: Answer) -> StoryreelError | None:
        """What one of Kling's codes means; a fault on their side, 5000 and more, means what its status does."""
        told = dict_of(answer.json())
        code, words = told.get("code"), self._said(told)
        kind = next((kind for codes, kind in CODES.items() if code in codes), None)
        if kind is InvalidRequest:
            return _wrong_request(code, words)
        if kind is AuthenticationFailed:
            return AuthenticationFailed(provider=self.name, setting=self._kit.account.setting, refused=True)
        if kind is InsufficientCredit:
            return InsufficientCredit(provider=self.name, detail=words)
        if kind is ContentRejected:
            return ContentRejected(provider=self.name, refused="prompt or picture", reason=words)
        return RateLimited(provider=self.name, retry_after_s=answer.retry_after_s) if kind is RateLimited else None


def _wrong_request(code: JSON, words: str) -> InvalidRequest:
    """What is wrong with a request, and where."""
    if code == WRONG_ADDRESS:
        remedy = "The list of allowed IP addresses in Kling's console does not hold this one"
        return InvalidRequest(f"{remedy} ({words}).", field="account")
    if code in NOT_THERE:
        remedy = "`storyreel models` lists what is open."
        return InvalidRequest(f"Kling has no such model or task ({words}). {remedy}", field="model")
    field = next((ours for theirs, ours in FIELDS.items() if theirs in words), "request")
    return InvalidRequest(f"Kling refuses the {field} of this task ({words}).", field=field)


def external_id(key: Key) -> str:
    """What a task of this key is called at Kling: unique within an account, and telling nothing."""
    return f"storyreel-{sha256(str(key).encode()).hexdigest()[:32]}"


def body_of(path: str, told: dict[str, JSON], id: str) -> dict[str, JSON]:
    """A create's body: words alone as `prompt`, otherwise everything that is shown or said as `contents`."""
    options: dict[str, JSON] = {"external_task_id": id, "watermark_info": {"enabled": False}}
    if path.startswith("text-to-video/"):
        return {**told, "options": options}
    contents: list[JSON] = [{"type": "prompt", "text": told.pop("prompt")}] if told.get("prompt") else []
    told.pop("prompt", None)
    contents += [{"type": kind, "url": told.pop(kind)} for kind in ("first_frame", "last_frame") if kind in told]
    references = told.pop("refer_image", None)
    contents += [{"type": "refer_image", "url": url} for url in (references if isinstance(references, list) else [])]
    return {"contents": contents, **told, "options": options}


def _must_fit(picture: Picture, field: str) -> None:
    """Raises InvalidRequest for a picture that is too small or too long."""
    short, long = sorted((picture.width_px, picture.height_px))
    if short < LEAST_SIDE_PX or long > MOST_ASPECT * short:
        size = f"{picture.width_px}x{picture.height_px}"
        rule = f"at least {LEAST_SIDE_PX} pixels a side, and no longer than {MOST_ASPECT:g} to 1"
        raise InvalidRequest(f"Kling takes no picture of {size}: it has to have {rule}.", field=field)


def _cost(task: Mapping[str, JSON]) -> Decimal | None:
    """What the task's bill says, in US dollars; None where it does not, or in another currency."""
    total, lines = Decimal(0), task.get("billing")
    if not isinstance(lines, list) or not lines:
        return None
    for line in map(dict_of, lines):
        in_units = line.get("charge_type") == "unit"
        if not in_units and line.get("currency") != "USD":
            return None
        try:
            total += Decimal(str(line.get("amount"))) * (UNIT_USD if in_units else 1)
        except InvalidOperation:
            return None
    return total
