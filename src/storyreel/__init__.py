"""Storyreel: an AI video studio. A sentence in, a film out."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storyreel.domain.errors import StoryreelError
    from storyreel.domain.events import Event
    from storyreel.domain.film import Film, FilmState
    from storyreel.domain.storyboard import Storyboard
    from storyreel.domain.values import Size
    from storyreel.studio import Studio
    from storyreel.sync import (
        animate,
        approve,
        edit,
        events,
        films,
        lock,
        make_film,
        resume,
        retake,
        select,
        storyboard,
        unlock,
    )

__all__ = [
    "Event",
    "Film",
    "FilmState",
    "Size",
    "Storyboard",
    "StoryreelError",
    "Studio",
    "animate",
    "approve",
    "edit",
    "events",
    "films",
    "lock",
    "make_film",
    "resume",
    "retake",
    "select",
    "storyboard",
    "unlock",
]

_HOMES = {
    "Event": "domain.events",
    "Film": "domain.film",
    "FilmState": "domain.film",
    "Size": "domain.values",
    "Storyboard": "domain.storyboard",
    "StoryreelError": "domain.errors",
    "Studio": "studio",
}


def __getattr__(name: str) -> object:
    """Public names are loaded when they are first used, so that `import storyreel` costs nothing."""
    if name == "__version__":
        return import_module("importlib.metadata").version("storyreel")
    if name not in __all__:
        raise AttributeError(f"module 'storyreel' has no attribute {name!r}")
    return getattr(import_module(f"storyreel.{_HOMES.get(name, 'sync')}"), name)
