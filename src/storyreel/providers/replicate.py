"""Replicate: many makers' models behind one API of predictions. https://replicate.com/docs/reference/http, read 2026-11-20.

Traps: it knows no idempotency key, so our key's digest goes into the webhook's address and is looked for in the list; `aborted`
is an end; inputs and outputs are gone after an hour; a 422 is also "you may not"; a 429 may mean an account with little credit;
only api.replicate.com may see the token.
"""

import re
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import aiohttp

from storyreel.domain.errors import (
    ContentRejected,
    InsufficientCredit,
    InvalidRequest,
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
from storyreel.providers.port import Kit, Listed
from storyreel.providers.schemas import Inputs, inputs_of, together
from storyreel.providers.sent import Note, Sent, digest_of, token_of
from storyreel.providers.webhooks import Heard, Incoming, signed_by_standard

API = "https://api.replicate.com"
HOOKS = "https://storyreel.invalid/hooks/replicate"  # nobody listens there; the account's fact `hooks` names another
CLIP_WITHIN, PICTURE_WITHIN = "30m", "10m"  # Cancel-After; what runs is ended after half an hour anyway
MOST_DATA_URI = 256_000  # characters; what is larger is uploaded
MOST_PICTURE_BYTES = 10_000_000
MOST_PAGES = 20  # of a hundred predictions each
CLOCKS = timedelta(seconds=60)  # how far our clock and theirs are apart at most,
SET = timedelta(days=1)  # and where ours was set since a note

STATES = {
    "starting": GenerationState.QUEUED,
    "processing": GenerationState.RUNNING,
    "succeeded": GenerationState.READY,
    "failed": GenerationState.FAILED,
    "canceled": GenerationState.CANCELLED,
    "aborted": GenerationState.CANCELLED,
}
"""Any other word is taken for work in progress."""

REFUSALS = (
    ("content_rejected", r"\(?E005\)?|flagged as sensitive|nsfw|moderation|safety (filter|system|check)|content polic"),
    ("insufficient_credit", r"insufficient credit|quota|billing"),
)
"""What a failed prediction's error speaks of; the first that is found holds."""


class Replicate:
    """The five verbs over predictions."""

    name = "replicate"
    repeat = Repeat.LOOKUP
    edition = ""

    def __init__(self, kit: Kit) -> None:
        base_url = (kit.account.base_url or API).removesuffix("/v1") + "/v1"  # their two clients want it with and without
        self._kit = kit
        self._account = replace(kit.account, base_url=base_url)
        self._hooks = kit.account.facts.get("hooks", HOOKS).rstrip("/")
        self._listening = "hooks" in kit.account.facts
        self._hook_secret = ""
        self._sent = Sent(kit.work / "sent")
        self._api = self._line(None)

    async def submit(self, request: Request, route: Route, key: Key) -> RemoteId:
        """One paid call, noted before it leaves."""
        model = name_for(route, request.modes)
        told = arguments_of(request, route, await self._frames(request))
        path, body = _address(model)
        events: list[JSON] = ["start", "completed"] if self._listening else ["completed"]
        body |= {"input": told, "webhook": f"{self._hooks}/{token_of(key)}", "webhook_events_filter": events}
        await self._sent.note(key, _bare(model), told)
        within = {"Cancel-After": PICTURE_WITHIN if request.still else CLIP_WITHIN}
        answer = await self._line(route).paid("POST", path, body=body, headers=within)
        remote = self._read_id(answer)
        await self._sent.taken(key, remote)
        return remote

    async def look(self, remote: RemoteId) -> Sighting:
        """Where the prediction is."""
        told = dict_of((await self._api.free("GET", f"/predictions/{remote}")).json())
        if "status" not in told:
            raise ProviderUnavailable(provider=self.name, detail="an answer that is no prediction")
        return self._read_sighting(told)

    async def find(self, key: Key) -> RemoteId | None:
        """The prediction whose webhook bears our token; where the list shows none, the one of our words."""
        note = await self._sent.of(key)
        if note and note.remote:
            return note.remote
        rows = await self._since(note, token_of(key))
        if marked := next((row for row in rows if _bears(row, token_of(key))), None):
            return str(marked["id"])
        lately = [row for row in rows if note is None or _began(row) > note.when - CLOCKS]
        bare = [row for row in lately if not row.get("webhook") and row.get("source") != "web"]
        return await self._alike(bare, note) if bare else None

    async def heard(self, incoming: Incoming) -> Heard:
        """A prediction that began or ended, by the signature of the account's own secret."""
        if not self._hook_secret:
            self._hook_secret = str(dict_of((await self._api.free("GET", "/webhooks/default/secret")).json()).get("key") or "")
        return Heard(signed_by_standard(self._hook_secret, incoming), str(incoming.told.get("id") or ""))

    async def cancel(self, remote: RemoteId) -> None:
        """End it; one that has ended is answered as it is."""
        await self._api.free("POST", f"/predictions/{remote}/cancel")

    def fetch(self, output: str) -> AsyncGenerator[bytes]:
        """The result's bytes; its host is another than the API's and gets no token."""
        return self._api.download(output)

    async def listed(self, route: Route) -> Listed:
        """What the schemas of the route's models take; a model that is listed may still fail when it runs."""
        names = dict.fromkeys(_bare(name) for name in (route.remote_name, *route.remote_names.values()))
        told = {name: await self._inputs(name) for name in names}
        there = [inputs for inputs in told.values() if inputs is not None]
        gone = [name for name, inputs in told.items() if inputs is None]
        note = f"Not there any more: {', '.join(gone)}." if gone else ""
        return Listed(there=bool(there), parameters=together(there) if any(there) else None, note=note)

    async def _inputs(self, model: str) -> Inputs | None:
        """A model's inputs, none where it tells none; None: there is no such model."""
        answer = await self._api.free("GET", f"/models/{model}", tolerate=lambda answer: answer.status == 404)
        if answer.status == 404:
            return None
        version = dict_of(dict_of(answer.json()).get("latest_version"))
        schemas = dict_of(dict_of(dict_of(version.get("openapi_schema")).get("components")).get("schemas"))
        return inputs_of(schemas.get("Input"), schemas)

    async def _frames(self, request: Request) -> Frames:
        first, last = [await self._picture(digest) for digest in (request.first_frame, request.last_frame)]
        return Frames(first, last, [await self._picture(digest) for digest in request.references])

    async def _picture(self, digest: Digest | None) -> str | None:
        """A picture's address: the picture itself where it is small, an upload that lives a day where it is not."""
        if digest is None:
            return None
        picture = await self._kit.pictures.picture(digest, most_bytes=MOST_PICTURE_BYTES)
        if len(picture.data_uri) <= MOST_DATA_URI:
            return picture.data_uri
        form = aiohttp.FormData()
        form.add_field("content", picture.data, filename=picture.file_name, content_type=picture.media_type)
        told = dict_of((await self._api.free("POST", "/files", form=form)).json())
        address = dict_of(told.get("urls")).get("get")
        if not address:
            raise ProviderUnavailable(provider=self.name, detail="it took a picture and gave no address of it")
        return str(address)

    async def _since(self, note: Note | None, token: str) -> Sequence[Mapping[str, JSON]]:
        """The predictions since a note, or a day before it, newest first, as far as one that bears the token.

        Raises SubmitOutcomeUnknown where there are too many to tell.
        """
        query = {"created_after": (note.when - SET).isoformat()} if note else {}
        rows: list[Mapping[str, JSON]] = []
        for _ in range(MOST_PAGES):
            page = dict_of((await self._api.free("GET", "/predictions", query=query)).json())
            if "results" not in page:
                raise ProviderUnavailable(provider=self.name, detail="an answer that is no list of predictions")
            rows += [dict_of(row) for row in _list(page.get("results"))]
            following = page.get("next")
            if not following or any(_bears(row, token) for row in rows):
                return rows
            query = dict(parse_qsl(urlsplit(str(following)).query))
        if note and rows and _began(rows[-1]) < note.when - CLOCKS:
            return rows
        raise SubmitOutcomeUnknown(provider=self.name, detail=f"more than {len(rows)} predictions were made since")

    async def _alike(self, rows: Sequence[Mapping[str, JSON]], note: Note | None) -> RemoteId | None:
        """Of predictions that show no webhook, the one that is ours. Raises SubmitOutcomeUnknown where several could be."""
        known = await self._sent.remotes()
        rows = [row for row in rows if row.get("id") not in known and (note is None or row.get("model") == note.model)]
        dark = [row for row in rows if note is None or row.get("data_removed")]
        alike = [
            row for row in rows if note and not row.get("data_removed") and digest_of(dict_of(row.get("input"))) == note.told
        ]
        if dark or len(alike) > 1:
            count = len(dark) + len(alike)
            raise SubmitOutcomeUnknown(provider=self.name, detail=f"{count} of its predictions could be this one")
        return str(alike[0]["id"]) if alike else None

    def _line(self, route: Route | None) -> Api:
        """The API; with a route, its refusals speak of our words."""
        return Api(
            self._kit.http(),
            self._account,
            default_url=API,
            authorise=lambda: {"Authorization": f"Bearer {self._account.secret()}"},
            explain=lambda answer: self._refusal(answer, route),
        )

    def _read_id(self, answer: Answer) -> RemoteId:
        id = dict_of(answer.json()).get("id")
        if not id:
            raise SubmitOutcomeUnknown(provider=self.name, detail="an answer without an id")
        return str(id)

    def _read_sighting(self, told: Mapping[str, JSON]) -> Sighting:
        state = STATES.get(str(told.get("status")), GenerationState.RUNNING)
        match state:
            case GenerationState.READY:
                return _read_result(told)
            case GenerationState.FAILED:
                reason = self._api.said(told.get("error") or "it does not say why")
                return _read_failure(reason)
            case GenerationState.CANCELLED if _past_deadline(told):
                late = "Replicate ended it at its deadline, before it was done. Try again later, or choose another model."
                return Sighting(state=GenerationState.FAILED, error=late, error_code="timed_out", charged=_had_begun(told))
            case GenerationState.CANCELLED:
                return Sighting(state=state, charged=_had_begun(told))
            case GenerationState.RUNNING:
                return Sighting(state=state, progress=progress_in(str(told.get("logs") or "")))
            case _:
                return Sighting(state=state)

    def _refusal(self, answer: Answer, route: Route | None) -> StoryreelError | None:
        """Its own meanings of a status; None: the common one."""
        told = dict_of(answer.json())
        detail = self._api.said(told.get("detail") or "")
        found: StoryreelError | None = None
        match answer.status:
            case status if status < 500 and _code_of(detail) == "content_rejected":
                found = ContentRejected(provider=self.name, refused="request", reason=detail)
            case 402:
                found = InsufficientCredit(provider=self.name, detail="What was just paid in may take some minutes to count.")
            case 404 if route is not None:
                found = _refused_model(f"there is no {route.remote_name}")
            case 413:
                found = InvalidRequest("Replicate refuses a picture as too large. Give a smaller one.", field="first_frame")
            case 422:
                found = _refused_field(told, detail, route) if _is_of_input(told) else _refused_model(detail)
            case 429:
                found = RateLimited(provider=self.name, retry_after_s=_wait_s(told, answer))
            case _:
                pass
        return found


def _address(model: str) -> tuple[str, dict[str, JSON]]:
    """Where a model's predictions are made, and what names its version: 'owner/name' or 'owner/name:version'."""
    bare, _, version = model.partition(":")
    return ("/predictions", {"version": version}) if version else (f"/models/{bare}/predictions", {})


def _bears(row: Mapping[str, JSON], token: str) -> bool:
    """Whether a prediction is the one with that token in its webhook's address."""
    return token in str(row.get("webhook"))


def _began(row: Mapping[str, JSON]) -> datetime:
    """When a prediction was made; one that does not say so may be of any time, and counts as of now."""
    try:
        return datetime.fromisoformat(str(row.get("created_at"))).astimezone(UTC)
    except ValueError:
        return datetime.now(UTC)


def _bare(model: str) -> str:
    return model.partition(":")[0]


def _read_result(told: Mapping[str, JSON]) -> Sighting:
    """A prediction that succeeded: one address, or a list of them; none where an hour has passed."""
    output = told.get("output")
    outputs = tuple(str(one) for one in (output if isinstance(output, list) else [output]) if one)
    if outputs:
        return Sighting(state=GenerationState.READY, outputs=outputs, progress=1.0)
    if told.get("data_removed"):
        gone = "Replicate keeps results for an hour, and it has passed. The clip is lost, and was paid."
        return Sighting(state=GenerationState.FAILED, error=gone, error_code="output_expired")
    return Sighting(
        state=GenerationState.FAILED, error="Replicate says that it succeeded, and gives no result.", error_code="output_broken"
    )


def _read_failure(reason: str) -> Sighting:
    """A prediction that failed: why, and what to do."""
    code = _code_of(reason)
    what = {
        "content_rejected": f"Replicate refused the shot: {reason} Reword it, or choose another model.",
        "insufficient_credit": f"Replicate's model ran out of credit: {reason} Choose another model, or try again later.",
    }
    usual = f"The model failed at Replicate: {reason} Make the shot again, or choose another model."
    return Sighting(state=GenerationState.FAILED, error=what.get(code, usual), error_code=code)


def progress_in(logs: str) -> float | None:
    """The last percentage in a prediction's log, as a share."""
    found = re.findall(r"(\d{1,3}(?:\.\d+)?)\s?%", logs)
    return min(1.0, float(found[-1]) / 100) if found else None


def _code_of(reason: str) -> str:
    return next(
        (code for code, words in REFUSALS if re.search(words, reason, re.IGNORECASE)), late_or(reason, "provider_unavailable")
    )


def _past_deadline(told: Mapping[str, JSON]) -> bool:
    """Whether it was ended by `Cancel-After`, not by someone."""
    deadline, ended = (_moment(told.get(name)) for name in ("deadline", "completed_at"))
    return deadline is not None and (ended is None or ended >= deadline - timedelta(seconds=1))


def _had_begun(told: Mapping[str, JSON]) -> bool:
    """Whether a prediction that was ended is charged: what was `aborted`, or never began, is not ("Prediction lifecycle")."""
    return told.get("status") == "canceled" and bool(told.get("started_at"))


def _moment(told: JSON) -> datetime | None:
    try:
        return datetime.fromisoformat(str(told))
    except ValueError:
        return None


def _is_of_input(told: Mapping[str, JSON]) -> bool:
    """Whether a 422 speaks of an input's field; otherwise it speaks of the model, or of who may use it."""
    return bool(told.get("invalid_fields")) or "validation" in str(told.get("title", "")).lower()


def _refused_model(detail: str) -> InvalidRequest:
    what = f"Replicate refuses the model, or this account may not use it: {detail.rstrip('.')}."
    return InvalidRequest(f"{what} See replicate.com/account/billing, or choose another model.", field="model")


def _refused_field(told: Mapping[str, JSON], detail: str, route: Route | None) -> InvalidRequest:
    """An input that is refused, by our word for it."""
    wrong = dict_of(next(iter(_list(told.get("invalid_fields"))), None))
    reason = str(wrong.get("description") or detail).strip(" -\n.")
    missing = re.search(r"property (\S+) is not allowed|(\S+) is required", reason)
    within = str(wrong.get("field") or "").removeprefix("input").lstrip(".").partition(".")[0]
    theirs = within or (missing[1] or missing[2] if missing else "")
    words = {parameter.name: word for word, parameter in route.parameters.items()} if route else {}
    field = words.get(theirs, theirs or "request")
    return InvalidRequest(f"Replicate refuses {field}: {reason}. Give another {field}, or choose another model.", field=field)


def _wait_s(told: Mapping[str, JSON], answer: Answer) -> float | None:
    """How long to wait: the body's figure, the header's, or the one in the words "resets in ~30s"."""
    figure = told.get("retry_after")
    if isinstance(figure, int | float):
        return float(figure)
    if answer.retry_after_s is not None:
        return answer.retry_after_s
    found = re.search(r"~?(\d+(?:\.\d+)?)\s*s\b", str(told.get("detail")))
    return float(found[1]) if found else None


def _list(told: JSON) -> list[JSON]:
    return told if isinstance(told, list) else []
