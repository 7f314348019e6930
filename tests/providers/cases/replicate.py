"""Replicate's adapter in the contract suite."""

from storyreel.standins.replicate import Replicate
from tests.providers.contract import Case

CASES = (Case(Replicate, "kling-2.5-turbo"),)
