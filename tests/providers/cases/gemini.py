"""The Gemini API in the contract suite: Omni, and a picture."""

from storyreel.standins.gemini import Gemini
from tests.providers.contract import Case

NOT_A_JOB = "the picture comes within the answer"
CASES = (
    Case(Gemini, "gemini-omni-flash-1.2", seconds=3, size="640x360", sound=True),
    Case(
        Gemini,
        "nano-banana-2.1",
        seconds=1 / 24,
        lacks=dict.fromkeys(("jobs", "states", "links", "expiry", "cancel"), NOT_A_JOB),
    ),
)
