"""Volcengine Ark and BytePlus ModelArk: Seedance's clips as tasks, Seedream's pictures in one answer. Two clouds, one API.

Read 2026-11-20: https://www.volcengine.com/docs/82379/1520757 and https://docs.byteplus.com/en/docs/ModelArk/1520757. Traps:
frames and references are exclusive; length, sound and watermark have defaults that cost or show; DELETE ends a queued task but
erases a finished one; a result lives a day; QuotaExceeded means three things. A create bears no key of ours, but how long it
may wait is told back in the list, to the second: that number, drawn from our key, finds it again.
"""

import re
from base64 import b64decode
from collections.abc import AsyncGenerator, Mapping
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256

from storyreel.domain.errors import (
    InvalidRequest,
    OutputBroken,
    OutputExpired,
    ProviderUnavailable,
    SubmitOutcomeUnknown,
    TimedOut,
)
from storyreel.domain.generation import GenerationState, Key, RemoteId, Repeat, Request, Sighting, is_keyframe
from storyreel.domain.model import Route
from storyreel.domain.values import JSON, Digest, dict_of
from storyreel.providers.arguments import Frames, arguments_of, name_for
from storyreel.providers.ark_refusals import code_of, explainer
from storyreel.providers.http import Answer, Api
from storyreel.providers.kept import Kept
from storyreel.providers.port import Kit
from storyreel.providers.sent import Sent
from storyreel.providers.webhooks import Heard, Incoming, address_for, must_be_sealed

TASKS = "/contents/generations/tasks"
MOST_PICTURE_BYTES = 10 * 1024 * 1024
MOST_BODY_BYTES = 44 * 1024 * 1024  # of pictures; in base64 that is under the 64 MB of a body
PICTURES_TIMEOUT_S = 300.0  # a picture is made while the call waits
PAGE, MOST_PAGES = 500, 4
LEAST_WAIT_S, WAITS_S = 86_400, 172_800  # how long a task may wait: from one day to three

STATES = {
    "queued": GenerationState.QUEUED,
    "running": GenerationState.RUNNING,
    "succeeded": GenerationState.READY,
    "failed": GenerationState.FAILED,
    "expired": GenerationState.FAILED,
    "cancelled": GenerationState.CANCELLED,
}
"""Any other word is taken for work in progress."""

FLAGS = re.compile(r"\s*--(?:rs|resolution|rt|ratio|dur|duration|frames|fps|seed|cf|camerafixed|wm|watermark)\s+\S+")
"""Settings within a prompt, as the oldest models read them: there they would overrule what is priced."""

USD_PER_MILLION_TOKENS: Mapping[str, tuple[str, str]] = {
    "dreamina-seedance-2-0-mini": ("3.5", "3.5"),
    "dreamina-seedance-2-0-fast": ("5.6", "5.6"),
    "dreamina-seedance-2-0": ("7.0", "7.7"),
    "dreamina-seedance-2-5": ("10.7", "11.7"),
}
"""BytePlus, up to 720p and at 1080p, without a video among the inputs. https://docs.byteplus.com/en/docs/ModelArk/1544106, read
2026-10-04. What Volcengine asks is known in renminbi alone, and so is not told."""


class Ark:
    """The five verbs over Volcengine Ark."""

    repeat = Repeat.LOOKUP
    edition = ""
    url = "https://ark.cn-beijing.volces.com/api/v3"

    def __init__(self, kit: Kit) -> None:
        self.name = kit.account.provider
        self._kit = kit
        explain = explainer(kit.account, self._said)
        self._api = Api(kit.http(), kit.account, default_url=self.url, authorise=self._signed, explain=explain)
        patient = replace(kit.account, timeout_s=max(PICTURES_TIMEOUT_S, kit.account.timeout_s))
        self._pictures = Api(kit.http(), patient, default_url=self.url, authorise=self._signed, explain=explain)
        self._kept = Kept(kit.work / self.name, self.name)
        self._sent = Sent(kit.work / "sent")

    async def submit(self, request: Request, route: Route, key: Key) -> RemoteId:
        """One paid call: a task, or a picture that comes with the answer."""
        told = arguments_of(request, route, await self._frames(request))
        model = name_for(route, request.modes)
        if request.still:
            return await self._picture(told, model, key)
        body = {"model": model, **body_of(told), "execution_expires_after": wait_s(key)}
        if address := address_for(self._kit.account, key):
            body["callback_url"] = address
        await self._sent.note(key, model, {})
        answer = await self._api.paid("POST", TASKS, body=body)
        id = dict_of(answer.json()).get("id")
        if not id:
            raise SubmitOutcomeUnknown(provider=self.name, detail="it accepted a task and told no id for it")
        await self._sent.taken(key, str(id))
        return str(id)

    async def look(self, remote: RemoteId) -> Sighting:
        """Where the task is, and what it cost."""
        if self._kept.holds(remote):
            return await self._kept.look(remote)
        try:
            answer = await self._api.free("GET", f"{TASKS}/{remote}")
        except InvalidRequest:
            gone = OutputExpired(provider=self.name)
            return Sighting(state=GenerationState.FAILED, error=str(gone), error_code=gone.code, unknown=True)
        return self._read_sighting(dict_of(answer.json()))

    async def find(self, key: Key) -> RemoteId | None:
        """The task whose allowed wait is this key's. Raises SubmitOutcomeUnknown for a picture, which no list shows."""
        if is_keyframe(key.shot) or key.route.startswith("seedream"):
            raise SubmitOutcomeUnknown(provider=self.name, detail="pictures are in no list")
        note, known = await self._sent.of(key), await self._sent.remotes()
        others = known - {note.remote if note else None}
        tasks = await self._listed_tasks()
        alike = [str(task["id"]) for task in tasks if task.get("execution_expires_after") == wait_s(key) and task.get("id")]
        found = [id for id in alike if id not in others]
        if len(found) > 1:
            raise SubmitOutcomeUnknown(provider=self.name, detail=f"{' and '.join(found)} could both be it")
        return found[0] if found else None

    async def heard(self, incoming: Incoming) -> Heard:
        """A task that changed. Ark signs nothing: the seal of the address has to do."""
        must_be_sealed(self._kit.account, incoming)
        id = str(incoming.told.get("id") or "")
        return Heard(f"{id} {incoming.told.get('status')}", id)

    async def cancel(self, remote: RemoteId) -> None:
        """End a task that waits; of one that runs or has ended nothing may be deleted."""
        if self._kept.holds(remote) or (await self.look(remote)).state is not GenerationState.QUEUED:
            return
        try:
            await self._api.free("DELETE", f"{TASKS}/{remote}")
        except InvalidRequest:
            return  # it has begun to run

    def fetch(self, output: str) -> AsyncGenerator[bytes]:
        """The result's bytes."""
        return self._kept.fetch(output) if self._kept.holds(output) else self._api.download(output)

    def _said(self, text: object) -> str:
        return self._api.said(text)

    def _signed(self) -> Mapping[str, str]:
        return {"Authorization": f"Bearer {self._kit.account.secret()}"}

    async def _listed_tasks(self) -> list[dict[str, JSON]]:
        """Every task of the last week, newest first. Raises SubmitOutcomeUnknown where there are more than can be read."""
        tasks: list[dict[str, JSON]] = []
        for page in range(1, MOST_PAGES + 1):
            answer = await self._api.free("GET", TASKS, query={"page_num": str(page), "page_size": str(PAGE)})
            listed = dict_of(answer.json()).get("items")
            rows = [dict_of(task) for task in listed] if isinstance(listed, list) else []
            tasks += rows
            if len(rows) < PAGE:
                return tasks
        raise SubmitOutcomeUnknown(provider=self.name, detail=f"it lists more than {len(tasks)} tasks")

    async def _frames(self, request: Request) -> Frames:
        """The request's pictures as data URIs that fit one body together."""
        count = sum(digest is not None for digest in (request.first_frame, request.last_frame, *request.references))
        most = min(MOST_PICTURE_BYTES, MOST_BODY_BYTES // max(1, count))

        async def uri(digest: Digest | None) -> str | None:
            return (
                None
                if digest is None
                else (await self._kit.pictures.picture(digest, most_bytes=most, most_side_px=6000)).data_uri
            )

        references = [await uri(digest) for digest in request.references]
        return Frames(await uri(request.first_frame), await uri(request.last_frame), references)

    async def _picture(self, told: dict[str, JSON], model: str, key: Key) -> RemoteId:
        """Seedream's picture, kept at once."""
        answer = await self._pictures.paid("POST", "/images/generations", body={"model": model, **told})
        pictures = dict_of(answer.json()).get("data")
        first = dict_of(pictures[0]) if isinstance(pictures, list) and pictures else {}
        if error := dict_of(first.get("error")) or dict_of(dict_of(answer.json()).get("error")):
            refused = Answer(400, answer.headers, answer.body)
            raise explainer(self._kit.account, self._said)(refused) or OutputBroken(self._api.said(error.get("message")))
        try:
            data = b64decode(str(first["b64_json"]), validate=True)
        except (KeyError, ValueError) as error:
            raise SubmitOutcomeUnknown(provider=self.name, detail="its answer holds no picture") from error
        return await self._kept.put(key, data, suffix=".jpg")

    def _read_sighting(self, task: Mapping[str, JSON]) -> Sighting:
        if "status" not in task:
            raise ProviderUnavailable(provider=self.name, detail="it answered a look with something else")
        status = str(task["status"])
        state = STATES.get(status, GenerationState.RUNNING)
        if status == "expired":
            late = TimedOut(f"The wait for {self.name}", after_s=LEAST_WAIT_S)
            return Sighting(state=state, error=str(late), error_code=late.code)
        if state is GenerationState.FAILED:
            error = dict_of(task.get("error"))
            message = self._api.said(error.get("message") or error.get("code") or "no reason is given")
            return Sighting(state=state, error=f"{self.name} could not make it: {message}", error_code=code_of(error.get("code")))
        if state is not GenerationState.READY:
            return Sighting(state=state)
        clip = dict_of(task.get("content")).get("video_url")
        if not clip:
            broken = OutputBroken(f"{self.name}'s task names no clip")
            return Sighting(state=GenerationState.FAILED, error=str(broken), error_code=broken.code)
        return Sighting(state=state, outputs=(str(clip),), cost_usd=_cost(task))


class BytePlus(Ark):
    """The five verbs over BytePlus ModelArk."""

    url = "https://ark.ap-southeast.bytepluses.com/api/v3"


def wait_s(key: Key) -> int:
    """How long a task of this key may wait, in seconds: one of 172,800 numbers, by which a list shows it again."""
    return LEAST_WAIT_S + int.from_bytes(sha256(str(key).encode()).digest()[:8]) % WAITS_S


def body_of(told: dict[str, JSON]) -> dict[str, JSON]:
    """A task's body: what is said and shown as `content`, each with its part in it; the rest as it is."""
    content: list[JSON] = []
    if prompt := FLAGS.sub("", str(told.pop("prompt", ""))).strip():
        content.append({"type": "text", "text": prompt})
    references = told.pop("reference_image", None)
    shown = [(role, told.pop(role)) for role in ("first_frame", "last_frame") if role in told]
    shown += [("reference_image", url) for url in (references if isinstance(references, list) else [])]
    for role, url in shown:
        content.append({"type": "image_url", "role": role, "image_url": {"url": url}})
    return {"content": content, **told}


def _cost(task: Mapping[str, JSON]) -> Decimal | None:
    """What the tokens that were used cost, where we know their price in US dollars."""
    tokens, model = dict_of(task.get("usage")).get("completion_tokens"), str(task.get("model"))
    rates = next((rates for name, rates in USD_PER_MILLION_TOKENS.items() if model.startswith(name)), None)
    resolution = task.get("resolution")
    if rates is None or not isinstance(tokens, int) or resolution not in {"480p", "720p", "1080p"}:
        return None
    return Decimal(rates[resolution == "1080p"]) * tokens / 1_000_000
