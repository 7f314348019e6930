"""Small films, takes and keys for tests, and a fixed clock."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from storyreel.domain.film import Film, FilmState, Order
from storyreel.domain.generation import GenerationState, Key, Request, Take
from storyreel.domain.storyboard import Scene, Shot, Storyboard
from storyreel.domain.values import Digest, Size

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
CLIP = "c" * 64
LAST = "d" * 64
INPUTS = "a" * 64


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def a_board(*, title: str = "A lighthouse", shots: Sequence[str] = ("s1", "s2")) -> Storyboard:
    made = tuple(Shot(id=id, beat="b1", description=f"The lamp turns, {id}.", seconds=2.0) for id in shots)
    return Storyboard(title=title, scenes=(Scene(id="c1", heading="A LIGHTHOUSE", location="l1", shots=made),))


def a_film(
    id: str = "lighthouse-0001",
    *,
    budget: str | None = None,
    output: Path | None = None,
    created: datetime = NOW,
    first_frame: Digest | None = None,
) -> Film:
    order = Order(budget_usd=None if budget is None else Decimal(budget), output=output, first_frame=first_frame)
    return Film(id=id, title="A lighthouse", state=FilmState.QUEUED, storyboard=a_board(), order=order, created=created)


def a_take(id: str = "t1", *, film: str = "lighthouse-0001", shot: str = "s1", inputs: Digest = INPUTS) -> Take:
    request = Request(prompt="The lamp turns.", seconds=2.0, size=Size(width_px=320, height_px=180))
    return Take(
        id=id,
        film=film,
        shot=shot,
        number=1,
        model="animatic",
        route="animatic@here",
        state=GenerationState.QUEUED,
        request=request,
        inputs_digest=inputs,
        created=NOW,
    )


def a_key(film: str = "lighthouse-0001", *, shot: str = "s1", take: int = 1) -> Key:
    return Key(film=film, shot=shot, take=take, route="veo@cloud")
