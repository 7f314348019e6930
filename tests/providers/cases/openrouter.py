"""OpenRouter in the contract suite."""

from storyreel.standins.openrouter import OpenRouter
from tests.providers.contract import Case

CASES = (
    Case(
        OpenRouter,
        "openrouter:alibaba/wan-2.7",
        seconds=2,
        lacks={"cancel": "it has no such call", "expiry": "a result is sent through the API, and no end is told"},
    ),
)
