"""Stand-ins as pytest fixtures: `pytest_plugins = ["storyreel.standins.fixtures"]` in a conftest.

async def test_a_clip_comes(standin: Standin) -> None:
    cloud = await standin("replicate")                 # or the class itself: await standin(Replicate)
    cloud.url, cloud.environment(cloud.url)            # where it is, and what to set
    cloud.faults.add("reset_after", "create", count=1)
    assert len(cloud.submissions) == 1
"""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from typing import Protocol, TypeVar, overload

import pytest
import pytest_asyncio

from storyreel.standins.clips import Studio
from storyreel.standins.cloud import Cloud
from storyreel.standins.serve import cloud_class

SPEED = 1000.0
"""Fast enough that a job of a minute is done when it is looked at twice."""

Kind = TypeVar("Kind", bound=Cloud)


class Standin(Protocol):
    """Starts a cloud for the rest of the test."""

    @overload
    async def __call__(self, cloud: type[Kind], *, speed: float = SPEED, seed: int = 0) -> Kind: ...
    @overload
    async def __call__(self, cloud: str, *, speed: float = SPEED, seed: int = 0) -> Cloud: ...


@pytest.fixture(scope="session")
def standin_studio() -> Studio:
    """Makes the results of all clouds of the run, each once."""
    return Studio()


@pytest_asyncio.fixture
async def standin(standin_studio: Studio) -> AsyncGenerator[Standin]:
    """A function that starts a cloud, by its name or class; it ends with the test."""
    async with AsyncExitStack() as stack:

        async def started(cloud: type[Cloud] | str, *, speed: float = SPEED, seed: int = 0) -> Cloud:
            made = cloud_class(cloud) if isinstance(cloud, str) else cloud
            return await stack.enter_async_context(made(speed=speed, seed=seed, studio=standin_studio))

        yield started  # pyright: ignore[reportReturnType] - the overloads say more than one function can
