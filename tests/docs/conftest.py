"""The stand-ins' fixtures: what the docs do with paid models is done there."""

from storyreel.standins.fixtures import standin, standin_studio

__all__ = ["standin", "standin_studio"]
