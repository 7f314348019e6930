"""OpenAI as it is since 2026-09-24: chat completions, responses, pictures, models; and no videos any more.

Language models answer through a small writer of our own, which is valid under any schema; `finish_reason` is `length` where the
tokens allowed do not suffice. The faults `moderation_later`, `fails_later` and `endless` of a create mean a refusal, a content
filter and a length that broke off. Prices: OpenAI's price list of 2026-11, per million tokens.
"""

import asyncio
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import ClassVar

from aiohttp import web

from storyreel.domain.values import JSON
from storyreel.standins.clips import Asked
from storyreel.standins.cloud import ORDER, Cloud
from storyreel.standins.faults import Kind
from storyreel.standins.openai_answer import Reply, chat_chunks, chat_completion, reply_to, response, response_events
from storyreel.standins.openai_pictures import PICTURE_MODELS, PictureOrder, edit_order, generation_order, pictures_body
from storyreel.standins.openai_question import Question, chat_question, responses_question
from storyreel.standins.openai_refusals import refused_body
from storyreel.standins.reading import form_of, json_of
from storyreel.standins.refusals import Refusal, Refused

ANSWERS_S, DRAWS_S = 2.0, 20.0  # at speed 1
MILLION = Decimal(1_000_000)
WRITERS = {
    "gpt-6-luna": (Decimal("0.10"), Decimal("0.50")),
    "gpt-6.1-terra": (Decimal(1), Decimal(5)),
    "gpt-6.1-sol": (Decimal(2), Decimal(10)),
    "gpt-6-astra": (Decimal(10), Decimal(50)),
}
"""Language models, and US dollars for a million tokens in and out."""
GONE = {
    "sora-2": "2026-09-24",
    "sora-2-pro": "2026-09-24",
    "o4-mini": "2026-10-23",
    "gpt-4.1-nano": "2026-10-23",
    "gpt-4-turbo": "2026-10-23",
    "gpt-image-1": "2026-10-23",
    "dall-e-3": "2026-05-12",
    "dall-e-2": "2026-05-12",
}
"""Models that were shut down, and when."""


class OpenAI(Cloud):
    """OpenAI's API at `{url}/v1`."""

    name: ClassVar[str] = "openai"
    key: ClassVar[str] = "sk-proj-standin-0001"

    def add_routes(self, app: web.Application) -> None:
        """As the API reference lists them."""
        self.on(app, "POST", "/v1/chat/completions", Kind.CREATE, self.chat)
        self.on(app, "POST", "/v1/responses", Kind.CREATE, self.respond)
        self.on(app, "POST", "/v1/images/generations", Kind.CREATE, self.generate)
        self.on(app, "POST", "/v1/images/edits", Kind.CREATE, self.edit)
        self.on(app, "GET", "/v1/models", Kind.LIST, self.models)
        self.on(app, "GET", "/v1/models/{id}", Kind.OTHER, self.model)
        self.on(app, "*", "/v1/videos{rest:.*}", Kind.OTHER, self.videos)

    def environment(self, url: str) -> dict[str, str]:
        """One pair of variables serves us and the official clients."""
        return {"OPENAI_API_KEY": self.key, "OPENAI_BASE_URL": f"{url}/v1"}

    def error(self, refused: Refused) -> web.Response:
        """`{"error": {message, type, param, code}}`."""
        return refused_body(refused)

    async def chat(self, request: web.Request) -> web.Response:
        """One chat completion, whole or as a stream."""
        question = chat_question(await json_of(request))
        id, reply = await self._answered(request, question)
        created = int(self.now().timestamp())
        if question.stream:
            return _stream((json.dumps(chunk), "") for chunk in chat_chunks(question, reply, id, created))
        return web.json_response(chat_completion(question, reply, id, created))

    async def respond(self, request: web.Request) -> web.Response:
        """One response, whole or as a stream."""
        body = await json_of(request)
        question = responses_question(body)
        id, reply = await self._answered(request, question)
        whole = response(question, reply, id, int(self.now().timestamp()), body)
        if question.stream:
            events = enumerate(response_events(whole, reply))
            return _stream((json.dumps({**event, "sequence_number": at}), str(event["type"])) for at, event in events)
        return web.json_response(whole)

    async def generate(self, request: web.Request) -> web.Response:
        """Pictures from words."""
        return await self._drawn(request, generation_order(await json_of(request)))

    async def edit(self, request: web.Request) -> web.Response:
        """Pictures from words in view of others, as a form or as JSON."""
        fields: Mapping[str, JSON]
        if request.content_type == "application/json":
            fields, files = await json_of(request), {}
        else:
            fields, files = await form_of(request)
        return await self._drawn(request, await edit_order(self, fields, files))

    async def models(self, _request: web.Request) -> web.Response:
        """What can be named as `model`."""
        return web.json_response({"object": "list", "data": [_model(id) for id in (*WRITERS, *PICTURE_MODELS)]})

    async def model(self, request: web.Request) -> web.Response:
        """One of them."""
        id = request.match_info["id"]
        self._must_know(id, (*WRITERS, *PICTURE_MODELS))
        return web.json_response(_model(id))

    async def videos(self, _request: web.Request) -> web.Response:
        """Shut down without a successor."""
        raise Refused(Refusal.CLOSED, "The Videos API was shut down on 2026-09-24.")

    async def _answered(self, request: web.Request, question: Question) -> tuple[str, Reply]:
        """The model's answer, on the bill."""
        self._must_know(question.model, WRITERS)
        order = request.get(ORDER)
        reply = reply_to(question, order.fault if order else None)
        price_in, price_out = WRITERS[question.model]
        cost = (price_in * reply.input_tokens + price_out * reply.output_tokens) / MILLION
        job = self.begin(
            request,
            model=question.model,
            asked=Asked(question.model, question.told.text, (64, 64)),
            cost_usd=cost,
            token=request.headers.get("Idempotency-Key", ""),
            queue_s=0.0,
            run_s=ANSWERS_S,
        )
        await asyncio.sleep(ANSWERS_S / self.speed)
        return job.id, reply

    async def _drawn(self, request: web.Request, order: PictureOrder) -> web.Response:
        """Pictures, on the bill."""
        self._must_know(order.model, PICTURE_MODELS)
        token = request.headers.get("Idempotency-Key", "")
        self.begin(
            request, model=order.model, asked=order.asked(0), cost_usd=order.cost_usd, token=token, queue_s=0.0, run_s=DRAWS_S
        )
        pictures = [await self.studio.make(order.asked(nth), order.media_type) for nth in range(order.count)]
        await asyncio.sleep(DRAWS_S / self.speed)
        return web.json_response(pictures_body(order, pictures, int(self.now().timestamp())))

    def _must_know(self, model: str, known: Iterable[str]) -> None:
        if model in known:
            return
        gone = f"The model `{model}` has been deprecated, learn more here: https://platform.openai.com/docs/deprecations"
        unknown = f"The model `{model}` does not exist or you do not have access to it."
        raise Refused(Refusal.NOT_FOUND, gone if model in GONE else unknown, problem="model_not_found")


def _model(id: str) -> dict[str, JSON]:
    return {"id": id, "object": "model", "created": 1780000000, "owned_by": "openai"}


def _stream(events: Iterable[tuple[str, str]]) -> web.Response:
    """Server-sent events: data, and the event's name where it has one."""
    lines = [f"event: {name}\ndata: {data}\n\n" if name else f"data: {data}\n\n" for data, name in events]
    if lines and not lines[0].startswith("event"):
        lines.append("data: [DONE]\n\n")
    return web.Response(text="".join(lines), content_type="text/event-stream")
