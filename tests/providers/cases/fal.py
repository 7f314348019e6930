"""fal in the contract suite: a clip, and a picture."""

from storyreel.standins.fal import Fal
from tests.providers.contract import Case

CASES = (Case(Fal, "kling-3"), Case(Fal, "flux-2-pro", seconds=1 / 24))
