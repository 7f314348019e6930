"""The stand-ins' fixtures for the tests of what was written for earlier systems."""

from storyreel.standins.fixtures import standin, standin_studio

__all__ = ["standin", "standin_studio"]
