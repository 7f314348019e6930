"""A film as a call answers it: at once, as a handle by which it can be waited for, seen and had."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from storyreel.domain.film import Film, FilmState
from storyreel.domain.model import Quote
from storyreel.domain.values import Value
from storyreel.doors.mcp.addresses import Address
from storyreel.doors.mcp.client import Client
from storyreel.doors.mcp.told import film_address
from storyreel.doors.server.desk import Desk


class Handed(Value):
    """A film that was accepted, as it stands."""

    film: Annotated[str, Field(description="The film's id: film_status waits for it, retake_shot changes it.")]
    title: str
    state: Annotated[FilmState, Field(description="Nothing more happens by itself unless it is queued or producing.")]
    shots: Annotated[int, Field(description="How many shots it has.")]
    price_usd: Annotated[float | None, Field(description="US dollars that it is expected to cost. Null: no price is known.")]
    cost_usd: Annotated[float, Field(description="US dollars paid so far.")]
    seconds: Annotated[float, Field(description="How long it is: as planned, until it is ready.")]
    resource: Annotated[str, Field(description="The film as a resource: its shots, storyboard, pictures and file are below it.")]
    video: Annotated[str | None, Field(description="Where the finished film is. Null while it is not ready.")]


async def handed(desk: Desk, client: Client, film: Film, quote: Quote) -> Handed:
    """The handle of a film."""
    return Handed(
        film=film.id,
        title=film.title,
        state=film.state,
        shots=len(film.storyboard.shots),
        price_usd=_usd(quote.expected_usd),
        cost_usd=float(film.cost_usd),
        seconds=film.seconds if film.seconds is not None else film.storyboard.seconds,
        resource=str(Address(film.id)),
        video=await film_address(desk, client, film),
    )


def _usd(usd: Decimal | None) -> float | None:
    return None if usd is None else float(usd)
