"""vsegpt in the contract suite: Haiper, which starts from a picture."""

from storyreel.standins.vsegpt import Vsegpt
from tests.providers.contract import Case

CASES = (
    Case(Vsegpt, "haiper-2.0", lacks={"cancel": "it has no such call", "expiry": "how long its links live is told nowhere"}),
)
