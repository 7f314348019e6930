"""Clouds by name, and running several at once on loopback."""

import asyncio
import math
import signal
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING

from storyreel.domain.errors import InvalidRequest
from storyreel.standins.faults import Order

if TYPE_CHECKING:
    from storyreel.standins.cloud import Cloud

CLOUDS: dict[str, str] = {
    "replicate": "storyreel.standins.replicate:Replicate",
    "huggingface": "storyreel.standins.huggingface:HuggingFace",
    "gemini": "storyreel.standins.gemini:Gemini",
    "vertex": "storyreel.standins.vertex:Vertex",
    "vsegpt": "storyreel.standins.vsegpt:Vsegpt",
    "videos": "storyreel.standins.videos:Videos",
    "openrouter": "storyreel.standins.openrouter:OpenRouter",
    "openai": "storyreel.standins.openai:OpenAI",
    "fal": "storyreel.standins.fal:Fal",
    "kling": "storyreel.standins.kling:Kling",
    "ark": "storyreel.standins.ark:Ark",
    "byteplus": "storyreel.standins.ark:BytePlus",
}
"""A provider's name: where its cloud's class is. Loaded when it is first used."""

OTHERS: dict[str, str] = {"telegram": "storyreel.standins.telegram:Telegram"}
"""Clouds that are no provider's, and start by name alone."""


def cloud_class(name: str) -> "type[Cloud]":
    """The class of that cloud. Raises InvalidRequest for one that is not there."""
    known = CLOUDS | OTHERS
    where = known.get(name)
    if where is None:
        near = get_close_matches(name, known, 3)
        told = f"Nearest: {', '.join(near)}" if near else f"There are: {', '.join(known)}"
        raise InvalidRequest(f"There is no stand-in {name!r}. {told}.", field="name")
    module, _, attribute = where.partition(":")
    return getattr(import_module(module), attribute)


@asynccontextmanager
async def running(
    names: Sequence[str] = (),
    *,
    speed: float = 1.0,
    seed: int = 0,
    faults: Mapping[str, Sequence[Order]] | None = None,
    port: int = 0,
) -> "AsyncGenerator[list[Cloud]]":
    """The clouds of these names (none: all providers'), listening; with a port, on that one and those after it.

    Raises InvalidRequest. `faults` are by cloud's name; those under "*" are for all.
    """
    from storyreel.standins.clips import Studio
    from storyreel.standins.faults import Faults

    chosen = list(dict.fromkeys(names)) or list(CLOUDS)
    if not (math.isfinite(speed) and speed > 0):
        raise InvalidRequest(f"A stand-in's speed is a number above 0; {speed:g} was given.", field="speed")
    orders = faults or {}
    for unknown in [name for name in orders if name != "*" and name not in CLOUDS | OTHERS]:
        cloud_class(unknown)
    studio = Studio()
    async with AsyncExitStack() as stack:
        clouds: list[Cloud] = []
        for number, name in enumerate(chosen):
            told = Faults((*orders.get(name, ()), *orders.get("*", ())), seed=seed)
            cloud = cloud_class(name)(speed=speed, seed=seed, faults=told, studio=studio)
            try:
                await cloud.start(port + number if port else 0)
            except OSError as error:
                raise InvalidRequest(
                    f"Port {port + number} cannot be used: {error.strerror}. Give another --port.", field="port"
                ) from error
            stack.push_async_callback(cloud.stop)
            clouds.append(cloud)
        yield clouds


async def serve(
    names: Sequence[str],
    ready: "Callable[[list[Cloud]], None]",
    *,
    speed: float = 1.0,
    seed: int = 0,
    faults: Mapping[str, Sequence[Order]] | None = None,
    port: int = 0,
) -> None:
    """Run the clouds until the process is told to end, by Ctrl-C or SIGTERM; `ready` is called once all of them listen."""
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ended.set)
    async with running(names, speed=speed, seed=seed, faults=faults, port=port) as clouds:
        ready(clouds)
        await ended.wait()
