"""Veo on Google Cloud in the contract suite."""

from storyreel.standins.vertex import Vertex
from tests.providers.contract import Case

CASES = (
    Case(
        Vertex,
        "veo-3.1-fast",
        seconds=8,
        lacks={
            "links": "the clip lies within the operation",
            "expiry": "the clip lies within the operation",
            "cancel": "what has begun is finished, and charged",
        },
    ),
)
