"""OpenAI's pictures in the contract suite."""

from storyreel.standins.openai import OpenAI
from tests.providers.contract import Case

NOT_A_JOB = "the picture comes within the answer"
CASES = (
    Case(
        OpenAI,
        "gpt-image-2",
        seconds=1 / 24,
        lacks=dict.fromkeys(("jobs", "states", "links", "expiry", "cancel"), NOT_A_JOB),
    ),
)
