"""The Hub's model API and the inference router, with eight upstreams behind it. From huggingface_hub 2.4.0, read 2026-11-20.

Its ways: one model's mapping is an object, a listing's a list; paths that a client makes of an upstream's own addresses arrive
with and without the upstream's name before them; each upstream has bodies of its own, also for errors. The upstreams' own calls
are in `huggingface_upstreams`.
"""

import hmac
from contextvars import ContextVar
from hashlib import sha256
from typing import ClassVar

from aiohttp import web

from storyreel.domain.values import JSON
from storyreel.standins.cloud import Handler
from storyreel.standins.faults import Kind
from storyreel.standins.huggingface_models import MODELS, Offer
from storyreel.standins.huggingface_upstreams import Upstreams
from storyreel.standins.reading import paged
from storyreel.standins.refusals import STATUS, Refusal, Refused

UPSTREAM: "ContextVar[str]" = ContextVar("upstream", default="")
UPSTREAMS = ("fal-ai", "replicate", "novita", "wavespeed", "together", "nscale", "zai-org", "hf-inference")
CREDIT = {
    "": "You have exceeded your monthly included credits for Inference Providers. Subscribe to PRO to get 20x more.",
    "fal-ai": "Pay-as-you go is not enabled for provider fal-ai yet.",
}
UNPROCESSABLE = {"fal-ai", "replicate"}
"""Those that answer a wrong field with 422."""


class HuggingFace(Upstreams):
    """The Hub and the router at one address."""

    name = "huggingface"
    key = "hf_standinStandinStandinStandin0001"
    link_status: ClassVar[int] = 403

    models: ClassVar[dict[str, tuple[Offer, ...]]] = MODELS

    def environment(self, url: str) -> dict[str, str]:
        """Ours, and `HF_TOKEN` and `HF_ENDPOINT` of huggingface_hub, whose router's address is no variable: see the docs."""
        return {"HF_TOKEN": self.key, "HF_ENDPOINT": url, "HF_ROUTER_URL": url}

    def accepts(self, credential: str) -> bool:
        """Its one key."""
        return hmac.compare_digest(credential.encode(), self.key.encode())

    def add_routes(self, app: web.Application) -> None:
        """The Hub's two questions, then the upstreams, those with fixed paths first."""
        self.on(app, "GET", "/api/models", Kind.LIST, self.list_models, auth=False)
        self.on(app, "GET", "/api/models/{owner}/{model}", Kind.OTHER, self.one_model, auth=False)
        self.on(app, "GET", "/api/agent-harnesses", Kind.OTHER, self.harnesses, auth=False)
        self.add_upstreams(app)

    async def harnesses(self, _request: web.Request) -> web.Response:
        """What the official library asks once a day."""
        return web.json_response({})

    async def list_models(self, request: web.Request) -> web.Response:
        """Models by provider and task, in pages that the Link header joins."""
        self._must_know_key(request)
        providers = request.query.get("inference_provider", "")
        tag = request.query.get("pipeline_tag")
        rows = [
            self._told(request, model, offers, as_list=True)
            for model, offers in self.models.items()
            if _served(offers, providers) and (tag is None or any(offer.task == tag for offer in offers))
        ]
        page, after = paged(rows, _limit(request), request.query.get("cursor", ""))
        answer = web.json_response(list(page))
        if after:
            answer.headers["Link"] = f'<{self.url}{request.rel_url.update_query({"cursor": after})}>; rel="next"'
        return answer

    async def one_model(self, request: web.Request) -> web.Response:
        """One model, its mapping as an object."""
        self._must_know_key(request)
        model = f"{request.match_info['owner']}/{request.match_info['model']}"
        if model not in self.models:  # strangers are told 401, so that they cannot learn what is private
            known = self.credential(request) is not None
            refused = Refused(Refusal.NOT_FOUND if known else Refusal.UNAUTHORISED, "Repository not found")
            answer = self.error(refused)
            answer.headers["X-Error-Code"] = "RepoNotFound"
            return answer
        return web.json_response(self._told(request, model, self.models[model], as_list=False))

    def error(self, refused: Refused) -> web.Response:
        """The router's own refusals, and each upstream's in its own words."""
        upstream = UPSTREAM.get()
        kind, message = refused.refusal, refused.message or refused.refusal.value
        if kind is Refusal.UNAUTHORISED:
            return _plain(401, refused.message or "Invalid username or password.")
        if kind is Refusal.NO_CREDIT:
            return _plain(402, CREDIT.get(upstream, CREDIT[""]))
        if kind is Refusal.CLOSED:  # a gated model
            answer = _plain(403, f"Access to model {message} is restricted: it is a gated model.")
            answer.headers["X-Error-Code"] = "GatedRepo"
            return answer
        status = 422 if upstream in UNPROCESSABLE and kind in {Refusal.INVALID, Refusal.MODERATION} else STATUS[kind]
        return web.json_response(_in_their_words(upstream, status, refused, message), status=status)

    async def _serve(self, request: web.Request, kind: Kind, handler: Handler, *, auth: bool) -> web.StreamResponse:
        first = request.path.split("/")[1]
        UPSTREAM.set(first if first in UPSTREAMS else "")
        return await super()._serve(request, kind, handler, auth=auth)

    def _must_know_key(self, request: web.Request) -> None:
        """The Hub needs no key, and refuses a wrong one."""
        credential = self.credential(request)
        if credential is not None and not self.accepts(credential):
            raise Refused(Refusal.UNAUTHORISED, "Invalid credentials in Authorization header")

    def _told(self, request: web.Request, model: str, offers: tuple[Offer, ...], *, as_list: bool) -> dict[str, JSON]:
        tag = offers[0].task
        if "inferenceProviderMapping" not in (*request.query.getall("expand", ()), *request.query.getall("expand[]", ())):
            return {
                "_id": sha256(model.encode()).hexdigest()[:24],
                "id": model,
                "pipeline_tag": tag,
                "tags": ["diffusers", tag],
                "private": False,
            }
        rows: JSON = [{"provider": offer.provider, **offer.told()} for offer in offers]
        mapping: JSON = {offer.provider: offer.told() for offer in offers}
        return {
            "_id": sha256(model.encode()).hexdigest()[:24],
            "id": model,
            "inferenceProviderMapping": rows if as_list else mapping,
        }


def _served(offers: tuple[Offer, ...], providers: str) -> bool:
    wanted = providers.split(",") if providers else []
    return not wanted or wanted == ["all"] or any(offer.provider in wanted for offer in offers)


def _limit(request: web.Request) -> int:
    told = request.query.get("limit", "1000")
    if not told.isdigit() or not 1 <= int(told) <= 1000:
        raise Refused(Refusal.INVALID, "limit must be a number from 1 to 1000", field="limit")
    return int(told)


def _plain(status: int, message: str) -> web.Response:
    return web.json_response({"error": message}, status=status)


def _in_their_words(upstream: str, status: int, refused: Refused, message: str) -> dict[str, JSON]:
    """An error's body; of the router and the Hub where no upstream is meant."""
    told = _moderated(refused) or message
    match upstream:
        case "fal-ai":
            return _fal(refused, message) if status == 422 else {"detail": message}
        case "replicate":
            flagged = "The input was flagged as sensitive. (E005)"
            return {"title": "Request failed", "detail": flagged if _moderated(refused) else message, "status": status}
        case "wavespeed":
            return {"code": status, "message": told, "data": {}}
        case "novita":
            return {"code": status, "reason": refused.refusal.value.upper(), "message": told, "metadata": {}}
        case "together" | "nscale" | "zai-org":
            return {"error": {"message": told, "type": "invalid_request_error", "code": refused.problem or None}}
        case _:
            return {"error": told}


def _fal(refused: Refused, message: str) -> dict[str, JSON]:
    """A list of what is wrong with which field."""
    field = (refused.field or "prompt").rpartition(".")[2]
    kind = "content_policy_violation" if refused.refusal is Refusal.MODERATION else refused.problem or "value_error"
    told = "The content could not be processed because it contained material flagged by a content checker."
    return {"detail": [{"loc": ["body", field], "msg": told if refused.refusal is Refusal.MODERATION else message, "type": kind}]}


def _moderated(refused: Refused) -> str:
    return "The prompt was flagged by our content policy." if refused.refusal is Refusal.MODERATION else ""
