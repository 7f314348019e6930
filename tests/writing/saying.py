"""A server of OpenAI's shape on loopback that says what a test wants it to say, and remembers what it was asked."""

import asyncio
import json
from types import TracebackType
from typing import Any, Self

from aiohttp import web
from pydantic import SecretStr

from storyreel.accounts import Account

KEY = "sk-secret-0001-do-not-tell"

Said = dict[str, Any] | str | web.Response | float
"""An answer as JSON or text, a response as it stands, or seconds of silence."""


class Saying:
    """Answers in the order in which they were given; the last is said again and again."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str] = []  # as the headers bore them
        self._answers: list[Said] = []
        self._runner: web.AppRunner | None = None
        self.url = ""

    def says(self, *answers: Said) -> None:
        """What to say next."""
        self._answers = list(answers)

    @property
    def account(self) -> Account:
        """How to reach it."""
        return account_at(self.url)

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self._answer)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}/v1"
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._runner:
            await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        self.asked.append(await request.json())
        self.keys.append(request.headers.get("Authorization", ""))
        answer = self._next(self.asked[-1])
        if isinstance(answer, web.Response):
            return (
                answer
                if answer.prepared is False
                else web.Response(status=answer.status, body=answer.body, headers=answer.headers)
            )
        if isinstance(answer, float):
            await asyncio.sleep(answer)
            return web.Response(status=503)
        return completion(answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False))

    def _next(self, asked: dict[str, Any]) -> Said:
        """The first answer that fits the schema, since questions asked at once come in any order; else the next one."""
        schema = asked.get("response_format", {}).get("json_schema", {}).get("schema", {})
        fits = (
            at for at, one in enumerate(self._answers) if isinstance(one, dict) and set(one) == set(schema.get("properties", ()))
        )
        at = next(fits, 0)
        first = self._answers[0]
        if not isinstance(first, dict):
            at = 0
        return self._answers.pop(at) if len(self._answers) > 1 else first

    def question(self, nth: int) -> str:
        """The user's part of the nth question."""
        content = next(one["content"] for one in reversed(self.asked[nth]["messages"]) if one["role"] == "user")
        return content if isinstance(content, str) else json.dumps(content)


def completion(text: str, *, finish: str = "stop", refusal: str | None = None) -> web.Response:
    """A chat completion."""
    message = {"role": "assistant", "content": None if refusal else text, "refusal": refusal}
    usage = {"prompt_tokens": 1000, "completion_tokens": 200, "total_tokens": 1200}
    choice = {"index": 0, "message": message, "finish_reason": finish, "logprobs": None}
    head = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "gpt-6.1-terra"}
    return web.json_response({**head, "choices": [choice], "usage": usage})


def refused(status: int, message: str, **headers: str) -> web.Response:
    """An error in OpenAI's shape."""
    error = {"message": message, "type": "invalid_request_error", "param": None, "code": None}
    return web.json_response({"error": error}, status=status, headers=headers)


def account_at(url: str, key: str | None = KEY, timeout_s: float = 5.0) -> Account:
    """An account with the server at an address."""
    secret = SecretStr(key) if key else None
    return Account("openai", setting="OPENAI_API_KEY", key=secret, base_url=url, timeout_s=timeout_s)
