"""A language model for every test that needs one: our stand-in, and a server that says what it is told to say."""

from collections.abc import AsyncGenerator

import pytest_asyncio

from storyreel.standins.openai import OpenAI
from tests.writing.saying import Saying

SPEED = 10_000.0


@pytest_asyncio.fixture
async def openai() -> AsyncGenerator[OpenAI]:
    """OpenAI's stand-in, which writes a valid answer to any schema."""
    async with OpenAI(speed=SPEED) as cloud:
        yield cloud


@pytest_asyncio.fixture
async def saying() -> AsyncGenerator[Saying]:
    """A server of OpenAI's shape that says what the test wants, in order."""
    async with Saying() as server:
        yield server
