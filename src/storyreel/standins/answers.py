"""What a cloud puts on the wire: faults of the connection and the body, and the stand-in's own controls under /_standin/."""

import asyncio
import json
from typing import TYPE_CHECKING

from aiohttp import web

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.values import JSON, dict_of
from storyreel.standins.clips import black_of
from storyreel.standins.faults import Fault, Order, read_orders
from storyreel.standins.refusals import Refusal, Refused

if TYPE_CHECKING:
    from storyreel.standins.cloud import Cloud

PAGE = "<!DOCTYPE html><html><head><title>Sorry</title></head><body><h1>We will be back soon</h1></body></html>"
STALL_S, GLANCE_S = 300.0, 0.01
TRICKLE_BYTES, TRICKLE_S = 512, 0.02


def instead(request: web.Request, order: Order) -> web.StreamResponse:
    """An answer that comes before anything was taken: none at all, or a page."""
    if order.fault is Fault.RESET_BEFORE:
        return _reset(request)
    if order.fault is Fault.HTML_ERROR:
        return web.Response(status=502, text=PAGE, content_type="text/html")
    return web.Response(text=PAGE, content_type="text/html")


async def with_fault(request: web.Request, answer: web.StreamResponse, fault: Fault | None) -> web.StreamResponse:
    """The answer as the fault lets it through."""
    if fault is None or not isinstance(answer, web.Response):
        return answer
    body = answer.body if isinstance(answer.body, bytes) else b""
    match fault:
        case Fault.RESET_AFTER:
            return _reset(request)
        case Fault.SILENT:
            await _stalled(request)
        case Fault.INTERNAL_AFTER:
            return web.Response(status=500, text="Internal Server Error")
        case Fault.WRONG_TYPE:
            answer.content_type = "text/plain" if answer.content_type != "text/plain" else "application/json"
        case Fault.TRUNCATED | Fault.CORRUPT | Fault.BLACK | Fault.EXTRA_FIELDS:
            answer.body = SPOILT[fault](body)
        case Fault.STALLED | Fault.CUT_OFF | Fault.SLOW:
            return await _in_pieces(request, answer, body, fault)
        case _:
            pass
    return answer


def add_controls(app: web.Application, cloud: "Cloud") -> None:
    """The stand-in's own addresses; they need no key and meet no fault."""

    async def submissions(_request: web.Request) -> web.Response:
        return web.json_response([submission.told() for submission in cloud.submissions])

    async def log(_request: web.Request) -> web.Response:
        return web.json_response([call.told() for call in cloud.log])

    async def faults(request: web.Request) -> web.StreamResponse:
        try:
            orders = read_orders(await _json_of(request))
        except InvalidRequest as error:
            return _wrong(cloud, str(error), error.field)
        cloud.faults.extend(orders)
        return waiting()

    async def no_faults(_request: web.Request) -> web.Response:
        cloud.faults.clear()
        return waiting()

    async def waiting_faults(_request: web.Request) -> web.Response:
        return waiting()

    def waiting() -> web.Response:
        return web.json_response([order.model_dump(mode="json") for order in cloud.faults.orders])

    async def clock(request: web.Request) -> web.StreamResponse:
        try:
            seconds = dict_of(await _json_of(request)).get("advance_s")
        except InvalidRequest as error:
            return _wrong(cloud, str(error), error.field)
        if not isinstance(seconds, int | float):
            return _wrong(cloud, 'say {"advance_s": 3600}', "advance_s")
        cloud.advance(seconds)
        return web.json_response({"now": cloud.now().isoformat()})

    app.router.add_get("/_standin/submissions", submissions)
    app.router.add_get("/_standin/log", log)
    app.router.add_post("/_standin/faults", faults)
    app.router.add_get("/_standin/faults", waiting_faults)
    app.router.add_delete("/_standin/faults", no_faults)
    app.router.add_post("/_standin/clock", clock)


async def _json_of(request: web.Request) -> JSON:
    """The body of a call to the controls. Raises InvalidRequest."""
    try:
        return json.loads(await request.read())
    except ValueError as error:
        raise InvalidRequest("the body is not JSON", field="body") from error


def _wrong(cloud: "Cloud", message: str, field: str) -> web.StreamResponse:
    """400, in the cloud's own form of an error."""
    answer = cloud.error(Refused(Refusal.INVALID, message, field=field, problem="type"))
    answer.set_status(400)
    return answer


def _reset(request: web.Request) -> web.Response:
    """The connection ends without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _stalled(request: web.Request) -> None:
    """Nothing happens for as long as the client waits, or STALL_S."""
    for _ in range(round(STALL_S / GLANCE_S)):
        if request.transport is None or request.transport.is_closing():
            return
        await asyncio.sleep(GLANCE_S)


def _overwritten(body: bytes) -> bytes:
    third = len(body) // 3
    return body[:third] + b"\xa5" * third + body[2 * third :]


def _half(body: bytes) -> bytes:
    return body[: len(body) // 2]


def _with_more(body: bytes) -> bytes:
    try:
        told: JSON = json.loads(body)
    except ValueError:
        return body
    if not isinstance(told, dict):
        return body
    return json.dumps({"x_new_field": {"nested": [1, None, "soon"]}, **told, "x_trace": 17.5}).encode()


SPOILT = {Fault.TRUNCATED: _half, Fault.CORRUPT: _overwritten, Fault.BLACK: black_of, Fault.EXTRA_FIELDS: _with_more}
"""What a fault makes of a body."""


async def _in_pieces(request: web.Request, answer: web.Response, body: bytes, fault: Fault) -> web.StreamResponse:
    """The body in pieces: slowly, or as far as its middle."""
    stream = web.StreamResponse(status=answer.status, headers={"Content-Type": answer.headers.get("Content-Type", "")})
    stream.content_length = len(body)
    await stream.prepare(request)
    try:
        if fault is Fault.SLOW:
            for start in range(0, len(body), max(TRICKLE_BYTES, len(body) // 50)):
                await stream.write(body[start : start + max(TRICKLE_BYTES, len(body) // 50)])
                await asyncio.sleep(TRICKLE_S)
            return stream
        await stream.write(body[: len(body) // 2])
        if fault is Fault.STALLED:
            await _stalled(request)
        _reset(request)
    except ConnectionError:
        pass  # the client has gone, as it should
    return stream
