"""One request to a model, with its whole life and its bill."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, TypeAlias

from pydantic import Field

from storyreel.domain.model import Mode
from storyreel.domain.storyboard import Location, Shot
from storyreel.domain.values import FPS, Digest, Seconds, Size, Usd, Value

RemoteId: TypeAlias = str
"""What the provider calls the generation; behind a space, what its adapter needs besides to look at it."""


KEYFRAME = ":keyframe"


class GenerationState(StrEnum):
    """Where a generation is in its life."""

    QUEUED = "queued"
    SUBMITTING = "submitting"
    RUNNING = "running"
    FETCHING = "fetching"
    READY = "ready"
    FAILED = "failed"
    CANCELLED = "cancelled"
    NEEDS_ATTENTION = "needs_attention"

    @property
    def ended(self) -> bool:
        """Nothing more will happen by itself."""
        return self in {self.READY, self.FAILED, self.CANCELLED, self.NEEDS_ATTENTION}


CAME_TO_NOTHING = frozenset({GenerationState.FAILED, GenerationState.CANCELLED})
"""Ends without a result."""


class CallState(StrEnum):
    """Where a paid call is in the ledger; the write-ahead record of the money."""

    RESERVED = "reserved"
    SENDING = "sending"
    ACCEPTED = "accepted"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    ATTENTION = "attention"


class Repeat(StrEnum):
    """How a provider tells a repeated submit from a new one."""

    KEY = "key"  # the same key may safely be sent again
    LOOKUP = "lookup"  # a listing can be searched for our token
    NONE = "none"  # it cannot


class Caption(Value):
    """What a slate says of a shot besides its number and description, in the film's language."""

    camera: str  # "MEDIUM  ·  eye level  ·  slow push in"
    length: str  # "4.5 s"
    lines: tuple[str, ...] = ()  # who says what, by name


class Request(Value):
    """What one generation is asked for, in our words, before any provider's."""

    prompt: str
    seconds: Seconds
    size: Size
    fps: int = FPS
    sound: bool = True
    seed: int = 0
    negative_prompt: str = ""
    first_frame: Digest | None = None
    last_frame: Digest | None = None
    references: tuple[Digest, ...] = ()
    shot: Shot | None = None  # the fields the prompt was compiled from; the animatic draws from them
    location: Location | None = None  # where the shot happens
    number: int = 1  # the shot's place in the film, for a slate
    slate: bool = False
    caption: Caption | None = None  # for a slate; None: it shows number and description alone
    still: bool = False  # one picture instead of a clip; its `seconds` are one frame's

    @property
    def modes(self) -> tuple[Mode, ...]:
        """What it starts from: text alone, or pictures."""
        wanted = ((Mode.FIRST_FRAME, self.first_frame), (Mode.LAST_FRAME, self.last_frame), (Mode.REFERENCES, self.references))
        return tuple(mode for mode, picture in wanted if picture) or (Mode.TEXT,)


def keyframe_of(shot: str) -> str:
    """The name under which the frame that a shot begins on has its takes."""
    return f"{shot}{KEYFRAME}"


def is_keyframe(shot: str) -> bool:
    """Whether takes of that name are frames and not clips."""
    return shot.endswith(KEYFRAME)


class Key(Value):
    """The business identity of one paid call: the same after replay, takeover or fork."""

    film: str
    shot: str
    take: int
    route: str  # "kling-2.5-turbo@replicate"

    def __str__(self) -> str:
        return f"{self.film}/{self.shot}/{self.take}/{self.route}"


LOST = frozenset({"output_broken", "output_expired"})
"""Failures of a result that was made, and is paid."""


def name_of(remote: RemoteId) -> str:
    """What the provider itself calls a generation, as its invoice and its site show it."""
    return remote.partition(" ")[0]


class Sighting(Value):
    """What a look at a provider saw."""

    state: GenerationState
    progress: Annotated[float, Field(ge=0, le=1)] | None = None
    outputs: tuple[str, ...] = ()  # where the provider says the results are
    error: str | None = None  # a failure's reason, in the provider's words without secrets
    error_code: str | None = None  # its code in our taxonomy
    cost_usd: Usd | None = None  # where the provider tells
    charged: bool = False  # it came to nothing, and its provider charges for it all the same
    unknown: bool = False  # its provider knows of no such generation, or of none any more

    def cost_of(self, quote_usd: Decimal | None) -> Decimal:
        """What it costs in US dollars: as its provider tells, otherwise its quote, unless it came to nothing for nothing."""
        if self.cost_usd is not None:
            return self.cost_usd
        made = self.state not in CAME_TO_NOTHING or self.error_code in LOST
        return (quote_usd or Decimal(0)) if made or self.charged else Decimal(0)


class Take(Value):
    """A generation made for one shot: append-only, with everything that determined it."""

    id: str
    film: str
    shot: str
    number: int  # counted from 1 within the shot
    model: str
    route: str
    state: GenerationState
    request: Request
    inputs_digest: Digest  # of what determines the take, for the cache and for staleness
    output: Digest | None = None
    last_frame: Digest | None = None
    seconds: float | None = None  # as measured
    cost_usd: Decimal = Decimal(0)
    saved_usd: Decimal = Decimal(0)  # what an equal take's clip spared
    error: str | None = None  # why it will not come, in a sentence
    error_code: str | None = None  # its code in the taxonomy of errors
    created: datetime
    ended: datetime | None = None

    @property
    def key(self) -> Key:
        """The identity of its one paid call."""
        return Key(film=self.film, shot=self.shot, take=self.number, route=self.route)
