"""Servers that speak /v1/videos in the contract suite, as vLLM-Omni does; the other dialects are in test_videos.py."""

from storyreel.standins.videos import Videos
from tests.providers.contract import Case

CASES = (
    Case(
        Videos,
        "videos:wan2.2",
        seconds=2,
        size="320x180",
        lacks={
            "key": "a server of one's own needs none",
            "expiry": "a result lies there as long as the server runs",
        },
    ),
)
