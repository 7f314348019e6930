"""The stand-ins' fixtures for every test of them."""

from storyreel.standins.fixtures import standin, standin_studio

__all__ = ["standin", "standin_studio"]
