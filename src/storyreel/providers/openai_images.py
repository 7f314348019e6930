"""OpenAI's pictures, for keyframes: from words alone, or as an edit in view of up to 16 pictures.

Read 2026-11-20: https://platform.openai.com/docs/api-reference/images. Traps: a side must be divisible by 16, so 1920x1080 is
refused; an edit is a form; the picture comes within the answer, which may take minutes, and can be asked for only once.
"""

import asyncio
from base64 import b64decode
from collections.abc import AsyncGenerator, Mapping
from dataclasses import replace
from decimal import Decimal
from math import gcd, lcm, sqrt
from urllib.parse import quote

import aiohttp

from storyreel.domain.errors import InvalidRequest, OutputBroken, StoryreelError, SubmitOutcomeUnknown
from storyreel.domain.generation import Key, RemoteId, Repeat, Request, Sighting
from storyreel.domain.model import Route
from storyreel.domain.values import JSON, Digest, Size
from storyreel.providers.arguments import Frames, arguments_of, name_for
from storyreel.providers.http import Answer, Api
from storyreel.providers.kept import Kept
from storyreel.providers.openai_errors import explainer, told_in
from storyreel.providers.port import Kit, Listed, Picture

API = "https://api.openai.com/v1"
PATIENCE = 3  # times as long as other answers: a large picture of high quality takes two minutes and more
MOST_PICTURES, MOST_BYTES = 16, 50 * 1024 * 1024
MOST_LARGER = 2  # times as many pixels as wished, for the sake of the exact shape
STEP_PX, MOST_SIDE_PX, LEAST_PIXELS, MOST_PIXELS = 16, 3840, 640 * 1024, 3840 * 2160
MILLION = Decimal(1_000_000)
USD_PER_MILLION = {
    "gpt-image-2": (Decimal(5), Decimal(8), Decimal(30)),
    "gpt-image-2.5-sunburst": (Decimal(5), Decimal(8), Decimal(30)),
    "gpt-image-2.5-flare": (Decimal(5), Decimal(8), Decimal(30)),
    "gpt-image-1.5": (Decimal(5), Decimal(8), Decimal(32)),
    "gpt-image-1-mini": (Decimal(2), Decimal("2.50"), Decimal(8)),
}
"""Words in, pictures in, pictures out; of the price map of https://github.com/BerriAI/litellm, read 2026-11-20.

Any other model's cost is not told.
"""
SUFFIXES = {"png": ".png", "jpeg": ".jpg", "webp": ".webp"}


class OpenAIImages:
    """The five verbs: a picture is there as soon as it was asked for."""

    name = "openai"
    repeat = Repeat.NONE
    edition = ""

    def __init__(self, kit: Kit) -> None:
        account = kit.account
        self._kit = kit
        self._kept = Kept(kit.work, self.name)
        self._api = Api(
            kit.http(),
            replace(account, timeout_s=account.timeout_s * PATIENCE),
            default_url=API,
            authorise=lambda: {"Authorization": f"Bearer {account.secret()}"},
            explain=self._explain,
        )

    async def submit(self, request: Request, route: Route, key: Key) -> RemoteId:
        """One picture, paid for once, and kept. Raises what the taxonomy names."""
        pictures = await self._pictures(request)
        arguments = {"model": name_for(route, request.modes), **arguments_of(request, route, Frames())}
        if "size" in arguments:
            arguments["size"] = str(drawable(request.size))
        headers = {"Idempotency-Key": quote(str(key))}
        if pictures:
            answer = await self._api.paid("POST", "/images/edits", form=_form(arguments, pictures), headers=headers)
        else:
            answer = await self._api.paid("POST", "/images/generations", body=arguments, headers=headers)
        told = await asyncio.to_thread(answer.json)
        data = await asyncio.to_thread(_picture_in, told)
        if data is None:
            problem = self._api.said(told_in(told).message or "its answer holds no picture")
            raise self._explain(answer) or SubmitOutcomeUnknown(provider=self.name, detail=problem)
        answered = told if isinstance(told, dict) else {}
        suffix = SUFFIXES.get(str(answered.get("output_format")), ".png")
        return await self._kept.put(key, data, suffix=suffix, cost_usd=_cost(str(arguments["model"]), answered.get("usage")))

    async def look(self, remote: RemoteId) -> Sighting:
        """Ready since it was answered."""
        return await self._kept.look(remote)

    def remote_of(self, told: str, request: Request, route: Route) -> RemoteId:  # noqa: ARG002  there are none
        """Never: a picture comes with the answer and is not kept there. Raises InvalidRequest."""
        message = "OpenAI keeps no picture whose answer was lost. Have it sent again, or abandon it: storyreel attention."
        raise InvalidRequest(message, field="remote_id")

    async def find(self, key: Key) -> RemoteId | None:
        """Raises SubmitOutcomeUnknown: a picture whose answer was lost is nowhere to be asked for."""
        raise SubmitOutcomeUnknown(provider=self.name, detail=f"it keeps no picture that could be that of {key}")

    async def cancel(self, remote: RemoteId) -> None:
        """It has ended."""

    def fetch(self, output: str) -> AsyncGenerator[bytes]:
        """The picture's bytes, from our own folder. Raises OutputExpired."""
        return self._kept.fetch(output)

    async def listed(self, route: Route) -> Listed:
        """Whether the account has the model; nothing else is said of it. Raises what a free call raises."""
        answer = await self._api.free("GET", f"/models/{route.remote_name}", tolerate=lambda answer: answer.status == 404)
        return Listed(there=answer.status < 300)

    async def _pictures(self, request: Request) -> list[Picture]:
        """What is to be kept in view, the frame to go on from first. Raises InvalidRequest for too many."""
        digests: list[Digest] = [*filter(None, (request.first_frame,)), *request.references]
        if len(digests) > MOST_PICTURES:
            told = f"{self.name} looks at no more than {MOST_PICTURES} pictures, and {len(digests)} were given."
            raise InvalidRequest(told, field="references")
        return [await self._kit.pictures.picture(digest, most_bytes=MOST_BYTES) for digest in digests]

    def _explain(self, answer: Answer) -> StoryreelError | None:
        return explainer(self._kit.account, self._api.said)(answer)


def drawable(size: Size) -> Size:
    """The smallest size of the same shape, and no smaller, that can be drawn: sides divisible by 16, pixels within bounds.

    The largest there is where none is as large; the nearest where none has the shape, or only one that costs far more.
    """
    across, down = size.aspect.numerator, size.aspect.denominator
    step = lcm(STEP_PX // gcd(across, STEP_PX), STEP_PX // gcd(down, STEP_PX))
    across, down = across * step, down * step
    sizes = [(across * times, down * times) for times in range(1, MOST_SIDE_PX // max(across, down) + 1)]
    sizes = [(width, height) for width, height in sizes if LEAST_PIXELS <= width * height <= MOST_PIXELS]
    pixels = size.width_px * size.height_px
    if sizes:
        width, height = next((one for one in sizes if one[0] >= size.width_px), sizes[-1])
        if width * height <= MOST_LARGER * max(pixels, LEAST_PIXELS):
            return Size(width_px=width, height_px=height)
    wanted = min(max(pixels, 1.1 * LEAST_PIXELS), 0.95 * MOST_PIXELS)  # room for what rounding takes or adds
    scale = min(sqrt(wanted / pixels), MOST_SIDE_PX / max(size.width_px, size.height_px))
    return Size(width_px=_stepped(size.width_px * scale), height_px=_stepped(size.height_px * scale))


def _stepped(pixels: float) -> int:
    return STEP_PX * round(pixels / STEP_PX)


def _form(arguments: Mapping[str, JSON], pictures: list[Picture]) -> aiohttp.FormData:
    form = aiohttp.FormData(default_to_multipart=True)
    for name, value in arguments.items():
        form.add_field(name, str(value))
    for picture in pictures:
        form.add_field("image[]", picture.data, filename=picture.file_name, content_type=picture.media_type)
    return form


def _picture_in(told: JSON) -> bytes | None:
    """The first picture of an answer; None: there is none. Raises OutputBroken for one that is not base64."""
    listed = told.get("data") if isinstance(told, dict) else None
    first = listed[0] if isinstance(listed, list) and listed else None
    text = first.get("b64_json") if isinstance(first, dict) else None
    if not isinstance(text, str) or not text:
        return None
    try:
        return b64decode(text, validate=True)
    except ValueError as error:
        raise OutputBroken("the picture in the answer is not base64") from error


def _cost(model: str, usage: JSON) -> Decimal | None:
    """What the tokens of an answer cost; None where it does not tell them, or the model's price is not known."""
    price = USD_PER_MILLION.get(model)
    if price is None or not isinstance(usage, dict):
        return None
    details = usage.get("input_tokens_details")
    parts = details if isinstance(details, dict) else {}
    counts = (parts.get("text_tokens"), parts.get("image_tokens"), usage.get("output_tokens"))
    if not all(isinstance(count, int) for count in counts):
        return None
    return sum((rate * Decimal(str(count)) for rate, count in zip(price, counts, strict=True)), Decimal(0)) / MILLION
