"""Volcengine Ark and BytePlus in the contract suite; their pictures, which no list shows, are in test_ark.py."""

from storyreel.standins.ark import Ark, BytePlus
from tests.providers.contract import Case

CASES = (Case(Ark, "seedance-1-pro"), Case(BytePlus, "seedance-2.5"))
