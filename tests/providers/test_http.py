"""The one HTTP client of all providers: clear about money, careful with keys. Requirement F2."""

import asyncio
import re
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, field, replace

import pytest
import pytest_asyncio
from aiohttp import web

from storyreel.accounts import Account
from storyreel.domain.errors import (
    AuthenticationFailed,
    ContentRejected,
    InsufficientCredit,
    InvalidRequest,
    OutputBroken,
    OutputExpired,
    ProviderUnavailable,
    RateLimited,
    StoryreelError,
    SubmitOutcomeUnknown,
)
from storyreel.providers.http import Answer, Api, Http
from tests.providers.kits import an_account

KEY = "sk-secret-0001"
NOWHERE = "http://127.0.0.1:1"
Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Server:
    """A server on loopback, and what it was asked."""

    url: str
    answer: Answering
    asked: list[web.Request] = field(default_factory=list[web.Request])
    bodies: list[bytes] = field(default_factory=list[bytes])
    clients: list[object] = field(default_factory=list[object])  # one address and port for each connection

    async def served(self, request: web.BaseRequest) -> web.StreamResponse:
        assert isinstance(request, web.Request)
        self.asked.append(request)
        self.bodies.append(await request.read())
        self.clients.append(request.transport.get_extra_info("peername") if request.transport else None)
        return await self.answer(request)


async def fine(_request: web.Request) -> web.StreamResponse:
    return web.json_response({"fine": True})


def always(status: int, body: object = None, **headers: str) -> Answering:
    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.json_response(body or {"error": {"message": "no"}}, status=status, headers=headers)

    return answer


def moved(to: str) -> Answering:
    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": to})

    return answer


async def clip(_request: web.Request) -> web.StreamResponse:
    return web.Response(body=b"x" * 1000, content_type="video/mp4")


Start = Callable[[Answering], Awaitable[Server]]


@pytest_asyncio.fixture
async def start() -> AsyncGenerator[Start]:
    runners: list[web.AppRunner] = []

    async def started(answer: Answering) -> Server:
        server = Server("", answer)
        app = web.Application()
        app.router.add_route("*", "/{rest:.*}", server.served)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        runners.append(runner)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        return server

    yield started
    for runner in runners:
        await runner.cleanup()


@pytest_asyncio.fixture
async def http() -> AsyncGenerator[Http]:
    connections = Http()
    yield connections
    await connections.close()


def an_api(http: Http, account: Account, explain: Callable[[Answer], StoryreelError | None] = lambda _: None) -> Api:
    def authorise() -> dict[str, str]:
        return {"Authorization": f"Bearer {account.secret()}"}

    return Api(http, account, default_url="http://default.invalid", authorise=authorise, explain=explain)


async def whole(api: Api, url: str) -> bytes:
    return b"".join([part async for part in api.download(url)])


async def test_the_key_and_the_body_arrive(start: Start, http: Http) -> None:
    server = await start(fine)
    answer = await an_api(http, an_account("fal", server.url, KEY)).paid("POST", "/jobs", body={"prompt": "灯塔"})
    assert answer.json() == {"fine": True}
    assert server.asked[0].headers["Authorization"] == f"Bearer {KEY}"
    assert server.asked[0].content_type == "application/json"
    assert server.bodies == [b'{"prompt": "\\u706f\\u5854"}']


@pytest.mark.parametrize(
    ("status", "free", "paid"),
    [
        (302, ProviderUnavailable, SubmitOutcomeUnknown),
        (400, InvalidRequest, InvalidRequest),
        (401, AuthenticationFailed, AuthenticationFailed),
        (402, InsufficientCredit, InsufficientCredit),
        (403, AuthenticationFailed, AuthenticationFailed),
        (404, InvalidRequest, InvalidRequest),
        (408, ProviderUnavailable, SubmitOutcomeUnknown),
        (422, InvalidRequest, InvalidRequest),
        (429, RateLimited, RateLimited),
        (500, ProviderUnavailable, SubmitOutcomeUnknown),
        (503, ProviderUnavailable, SubmitOutcomeUnknown),
        (524, ProviderUnavailable, SubmitOutcomeUnknown),
    ],
)
async def test_a_status_means_something_else_where_money_is_at_stake(
    start: Start, http: Http, status: int, free: type[StoryreelError], paid: type[StoryreelError]
) -> None:
    server = await start(always(status))
    api = an_api(http, an_account("fal", server.url, KEY))
    with pytest.raises(free):
        await api.free("GET", "/jobs")
    with pytest.raises(paid):
        await api.paid("POST", "/jobs", body={})
    assert len(server.asked) == 2


async def test_what_the_provider_means_by_a_status_comes_first(start: Start, http: Http) -> None:
    server = await start(always(500, {"error": "nsfw"}))

    def explain(answer: Answer) -> StoryreelError | None:
        return ContentRejected(provider="fal", refused="prompt", reason="nsfw.") if answer.status == 500 else None

    with pytest.raises(ContentRejected):
        await an_api(http, an_account("fal", server.url, KEY), explain).paid("POST", "/jobs", body={})


@pytest.mark.parametrize(("told", "seconds"), [("7", 7.0), ("0.5", 0.5), ("-1", 0.0), ("soon", None), ("", None)])
async def test_when_to_come_back_is_read_from_the_header(start: Start, http: Http, told: str, seconds: float | None) -> None:
    server = await start(always(429, **{"Retry-After": told}))
    with pytest.raises(RateLimited) as caught:
        await an_api(http, an_account("fal", server.url, KEY)).paid("POST", "/jobs", body={})
    assert caught.value.retry_after_s == seconds


async def test_nobody_there_means_that_a_paid_call_was_not_sent(http: Http) -> None:
    api = an_api(http, an_account("fal", NOWHERE, KEY))
    for call in (api.paid, api.free):
        with pytest.raises(ProviderUnavailable) as caught:
            await call("POST", "/jobs?key=secret", body={})
        assert "127.0.0.1:1 cannot be reached (nobody listens there); FAL_QUEUE_URL sets its address" in str(caught.value)
        assert "STORYREEL_FAL_PROXY a proxy" in str(caught.value)
        assert not re.search(r"secret|[Cc]annot connect to host|Client\w+Error", str(caught.value))


async def test_an_answer_that_takes_too_long_is_given_up(start: Start, http: Http) -> None:
    async def late(_request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(30)
        return web.Response()

    server = await start(late)
    api = an_api(http, replace(an_account("fal", server.url, KEY), timeout_s=0.2))
    with pytest.raises(ProviderUnavailable, match=r"no answer within 0\.2 s"):
        await api.free("GET", "/jobs")
    with pytest.raises(SubmitOutcomeUnknown, match=r"no answer within 0\.2 s"):
        await api.paid("POST", "/jobs", body={})
    assert len(server.asked) == 2


async def test_a_paid_call_has_a_connection_of_its_own_and_free_ones_share(start: Start, http: Http) -> None:
    server = await start(fine)
    api = an_api(http, an_account("fal", server.url, KEY))
    for _ in range(3):
        await api.free("GET", "/jobs")
    assert len(set(server.clients)) == 1
    for _ in range(3):
        await api.paid("POST", "/jobs", body={})
    assert len(set(server.clients)) == 4


async def test_a_page_instead_of_an_answer_is_no_answer(start: Start, http: Http) -> None:
    async def page(_request: web.Request) -> web.StreamResponse:
        return web.Response(text="<html>", content_type="text/html")

    api = an_api(http, an_account("fal", (await start(page)).url, KEY))
    with pytest.raises(ProviderUnavailable, match="web page"):
        await api.free("GET", "/jobs")
    with pytest.raises(SubmitOutcomeUnknown, match="web page"):
        await api.paid("POST", "/jobs", body={})


async def test_a_page_with_a_status_is_told_by_its_status(start: Start, http: Http) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=502, text="<html>", content_type="text/html")

    server = await start(answer)
    with pytest.raises(SubmitOutcomeUnknown, match=r"fal took a paid request is not known \(HTTP 502\)\."):
        await an_api(http, an_account("fal", server.url, KEY)).paid("POST", "/jobs", body={})


async def test_an_answer_of_any_size_does_not_fill_the_memory(start: Start, http: Http, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storyreel.providers.http.MOST_ANSWER_BYTES", 900)
    monkeypatch.setattr("storyreel.providers.http.MOST_RESULT_BYTES", 900)
    server = await start(clip)
    api = an_api(http, an_account("fal", server.url, KEY))
    with pytest.raises(ProviderUnavailable, match="larger"):
        await api.free("GET", "/jobs")
    with pytest.raises(OutputBroken, match="larger"):
        await whole(api, "/clip.mp4")


async def test_an_error_shows_neither_the_key_nor_a_signed_address(start: Start, http: Http) -> None:
    said = f"the key {KEY} may not read https://store.example/clip.mp4?Signature=abcdef&Expires=1 \n now {'x' * 900}"
    server = await start(always(422, {"detail": said}))
    with pytest.raises(InvalidRequest) as caught:
        await an_api(http, an_account("fal", server.url, KEY)).free("GET", "/jobs")
    told = str(caught.value)
    assert "the key *** may not read https://store.example/clip.mp4 now x" in told
    assert KEY not in told
    assert "abcdef" not in told
    assert len(told) < 400


async def test_an_error_shows_no_token_that_a_call_bore(start: Start, http: Http) -> None:
    server = await start(always(500, {"error": {"message": "Bearer ya29.t0ken met a fault"}}))
    account = replace(an_account("vertex", server.url, KEY), key=None)
    api = Api(http, account, default_url="", authorise=lambda: {"Authorization": "Bearer ya29.t0ken"})
    with pytest.raises(ProviderUnavailable, match=r"Bearer \*\*\* met a fault"):
        await api.free("GET", "/jobs")


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_proxy_that_refuses_is_told_without_its_password(start: Start, http: Http, scheme: str) -> None:
    proxy = await start(always(407))
    where = proxy.url.replace("http://", "http://user:s3cret@")
    api = an_api(http, replace(an_account("fal", f"{scheme}://provider.invalid", KEY), proxy=where))
    for call in (api.free, api.paid):
        with pytest.raises(ProviderUnavailable, match=r"HTTP 40[47]") as caught:
            await call("POST", "/jobs")
        assert "s3cret" not in str(caught.value)


async def test_a_redirect_takes_no_key_along(start: Start, http: Http) -> None:
    store = await start(clip)
    server = await start(moved(f"{store.url}/clip.mp4"))
    assert await whole(an_api(http, an_account("fal", server.url, KEY)), "/result") == b"x" * 1000
    assert server.asked[0].headers["Authorization"] == f"Bearer {KEY}"
    assert "Authorization" not in store.asked[0].headers


async def test_another_host_gets_no_key(start: Start, http: Http) -> None:
    server, store = await start(fine), await start(clip)
    api = an_api(http, an_account("fal", server.url, KEY))
    await whole(api, f"{store.url}/clip.mp4")
    await api.free("PUT", f"{store.url}/upload", form=b"bytes")
    assert ["Authorization" in request.headers for request in store.asked] == [False, False]
    assert not api.own(f"{server.url}.evil.example/x")
    assert not api.own(server.url.replace("http://", "https://"))


async def test_a_paid_call_follows_no_redirect(start: Start, http: Http) -> None:
    other = await start(fine)
    server = await start(moved(other.url))
    with pytest.raises(SubmitOutcomeUnknown):
        await an_api(http, an_account("fal", server.url, KEY)).paid("POST", "/jobs", body={})
    assert other.asked == []


async def test_redirects_without_end_are_given_up(start: Start, http: Http) -> None:
    server = await start(moved("/again"))
    with pytest.raises(ProviderUnavailable, match="redirects"):
        await whole(an_api(http, an_account("fal", server.url, KEY)), "/result")
    assert len(server.asked) == 5


async def test_a_signed_address_arrives_as_it_was_given(start: Start, http: Http) -> None:
    path = "/a%2Fb/clip%20one.mp4?X-Sig=a%2Bb%2f%3D&e=1%2C2&empty=&t=2026-11-21T10%3A00%3A00Z"
    store = await start(clip)
    server = await start(moved(store.url + path))
    api = an_api(http, an_account("fal", server.url, KEY))
    await whole(api, store.url + path)
    await whole(api, "/result")
    await api.free("PUT", store.url + path, form=b"bytes")
    assert [request.raw_path for request in store.asked] == [path] * 3


@pytest.mark.parametrize(
    ("status", "kind"), [(404, OutputExpired), (403, OutputExpired), (410, OutputExpired), (500, ProviderUnavailable)]
)
async def test_a_result_that_is_not_there_says_why(start: Start, http: Http, status: int, kind: type[StoryreelError]) -> None:
    server = await start(always(status))
    with pytest.raises(kind):
        await whole(an_api(http, an_account("fal", server.url, KEY)), "/clip.mp4")


async def test_something_else_than_a_result_is_refused(start: Start, http: Http) -> None:
    server = await start(fine)
    with pytest.raises(OutputBroken, match="application/json"):
        await whole(an_api(http, an_account("fal", server.url, KEY)), "/clip.mp4")


async def test_every_call_goes_through_the_proxy_of_the_account(start: Start, http: Http) -> None:
    proxy = await start(fine)
    api = an_api(http, replace(an_account("fal", "http://provider.invalid", KEY), proxy=proxy.url))
    await api.free("GET", "/jobs")
    await api.paid("POST", "/jobs", body={})
    proxy.answer = clip
    await whole(api, "http://store.invalid/clip.mp4")
    assert [request.headers["Host"] for request in proxy.asked] == ["provider.invalid", "provider.invalid", "store.invalid"]


async def test_a_proxy_that_is_not_there_means_that_nothing_was_sent(http: Http) -> None:
    api = an_api(http, replace(an_account("fal", "http://provider.invalid", KEY), proxy=NOWHERE))
    with pytest.raises(ProviderUnavailable, match=r"proxy at 127\.0\.0\.1:1 cannot be reached .*; STORYREEL_FAL_PROXY sets it"):
        await api.paid("POST", "/jobs", body={})


async def test_connections_that_are_closed_open_no_others() -> None:
    connections = Http()
    await connections.close()

    with pytest.raises(asyncio.CancelledError):
        connections.session(paid=False)


async def test_a_paid_call_that_may_not_leave_is_not_sent_and_a_free_one_asks_nobody(start: Start) -> None:
    server = await start(fine)

    async def refuse() -> None:
        raise asyncio.CancelledError("another has the call now")

    connections = Http(refuse)
    api = an_api(connections, an_account("fal", server.url, KEY))
    with pytest.raises(asyncio.CancelledError):
        await api.paid("POST", "/jobs", body={})
    assert not server.asked
    assert (await api.free("GET", "/jobs")).json() == {"fine": True}
    await connections.close()
