"""Requests for the embedded engine, small enough to be drawn in milliseconds."""

from collections.abc import Callable
from typing import Any

import pytest

from storyreel.animatic.engine import Drawn, compose
from storyreel.animatic.paint import Placed
from storyreel.domain.generation import Request
from storyreel.domain.storyboard import Location, Shot, Subject
from storyreel.domain.values import Size

Ask = Callable[..., Request]
MAN = Subject(name="a man", concept="man")


@pytest.fixture
def ask() -> Ask:
    """Makes a request: `ask(place="forest", seconds=2, frame="160x90", seed=0, slate=False, **fields of the shot)`."""

    def make(
        *,
        place: str | None = "sea_shore",
        seconds: float = 1.0,
        frame: str = "160x90",
        seed: int = 0,
        slate: bool = False,
        **shot: Any,
    ) -> Request:
        fields: dict[str, Any] = {"subjects": (MAN,), "description": "A man.", **shot}
        return Request(
            prompt="a man",
            seconds=seconds,
            size=Size.parse(frame),
            seed=seed,
            slate=slate,
            shot=Shot(id="s", beat="b", seconds=seconds, **fields),
            location=Location(id="l", name="somewhere", place=place),
        )

    return make


def drawn(request: Request) -> Drawn:
    """The picture of a request that is drawn from its words."""
    picture = compose(request)
    assert isinstance(picture, Drawn)
    return picture


def placed(request: Request) -> dict[str, Placed]:
    """Who and what stands in a picture and where, by name: of several with one name, the last."""
    picture = drawn(request)
    return {one.actor.subject.name: one for one in (*picture.behind, *picture.before) if isinstance(one, Placed)}
