"""Kling's own API in the contract suite."""

from storyreel.standins.kling import Kling
from tests.providers.contract import Case

NONE = "it has no such call"
CASES = (Case(Kling, "kling-3", lacks={"cancel": NONE}), Case(Kling, "kling-3-omni", lacks={"cancel": NONE}))
