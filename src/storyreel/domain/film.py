"""A film as the user asked for it and gets it."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import Field

from storyreel.domain.checks import TakeFinding
from storyreel.domain.generation import GenerationState, Take
from storyreel.domain.storyboard import Storyboard
from storyreel.domain.values import FPS, Digest, Size, Usd, Value

MOST_SHOTS = 200
MOST_RETAKES = 10  # of one shot, by itself
MOST_RETRIES = 10  # of one shot by one route, by itself
LONGEST_TEXT = 50_000  # characters of a prompt or script
LONGEST_FILM_S = 3600.0
LOCAL = "local"
"""The user of a machine's own films: of the command line, and of a server to which nobody needs a key."""


class Joins(StrEnum):
    """How the shots of a whole film are to meet."""

    AUTO = "auto"
    CHAIN = "chain"
    KEYFRAMES = "keyframes"
    CUTS = "cuts"


class FilmState(StrEnum):
    """Where a film is in its life."""

    QUEUED = "queued"
    AWAITING_APPROVAL = "awaiting_approval"
    PRODUCING = "producing"
    READY = "ready"
    FAILED = "failed"
    CANCELLED = "cancelled"
    NEEDS_ATTENTION = "needs_attention"

    @property
    def ended(self) -> bool:
        """Nothing more will happen by itself."""
        return self not in {self.QUEUED, self.PRODUCING}


class Brief(Value):
    """What the person asked for about the storyboard: how many shots, how long, of what shape."""

    shots: Annotated[int, Field(ge=1, le=MOST_SHOTS)] | None = None
    shot_seconds: Annotated[float, Field(ge=0.5, le=60)] | None = None  # of every shot
    film_seconds: Annotated[float, Field(ge=0.5, le=LONGEST_FILM_S)] | None = None  # of the whole film
    aspect: str = "16:9"


class Order(Value):
    """How a storyboard is to be produced; the storyboard and this determine the film."""

    model: str = "animatic"
    joins: Joins = Joins.AUTO
    size: Size = Size(width_px=1280, height_px=720)
    fps: int = FPS
    seed: int = 0
    slate: bool = False
    sound: bool = True
    first_frame: Digest | None = None  # a picture that the first shot begins on
    references: tuple[Digest, ...] = ()  # pictures that every shot should resemble
    keyframe_model: str | None = None  # what draws the frames that shots share, as "model@provider"
    output: Path | None = None  # absolute; where the film is delivered
    replaces: bool = True  # a file of that name that is another's; otherwise it is kept, and the film goes beside it
    budget_usd: Usd | None = None  # the film never costs more
    allow_unpriced: bool = False  # calls whose price nobody knows may be sent all the same
    fallbacks: tuple[str, ...] = ()  # models, or model@provider, that are tried in this order where a shot's own fails
    rephrase: bool = False  # a prompt that moderation refuses may be reworded once by the writer
    writer: str = "rules"  # who rewords it: the rules, "model", or a language model's name
    retakes: Annotated[int, Field(ge=0, le=MOST_RETAKES)] = 0  # how often a shot is made again, and paid again
    retries: Annotated[int, Field(ge=0, le=MOST_RETRIES)] = 2  # how often by one route whose provider failed for nothing
    cache: bool = True  # an equal take's clip serves, where there is one
    approve: bool = False  # a person approves the storyboard and its price before anything is sent


class Writing(Value):
    """How a language model wrote a storyboard: for the film's bill and its events."""

    model: str
    tokens_in: int
    tokens_out: int
    cost_usd: Usd | None  # None: the model's price is not known
    warnings: tuple[str, ...] = ()  # a sentence each


class Film(Value):
    """A film's row as it stands: what was asked, where it is, what it cost."""

    id: str
    title: str
    state: FilmState
    storyboard: Storyboard
    order: Order
    created: datetime
    user: str = LOCAL  # whose it is: budgets and turns are counted by user
    api_key: str | None = None  # the id of the key by which it was asked for, whose budget counts it
    priority: int = 0  # of two that wait for a turn, the higher goes first
    ended: datetime | None = None
    output: Digest | None = None  # the finished film's blob
    seconds: float | None = None  # as measured
    cost_usd: Decimal = Decimal(0)  # what its calls have settled so far
    held_usd: Decimal = Decimal(0)  # what its open calls hold besides
    error: str | None = None  # what ended it, in a sentence
    error_code: str | None = None  # its code in the taxonomy of errors
    delivered: Path | None = None


class Cut(Value):
    """A film as it was joined once: append-only, so that an earlier one can be had again."""

    number: int  # counted from 1 within the film
    output: Digest
    seconds: float
    takes: tuple[str, ...]  # ids, in order
    created: datetime


class ShotReport(Value):
    """One shot of a finished or unfinished film, for a person or a program."""

    index: int  # counted from 1
    id: str
    text: str
    seconds: float
    model: str
    take: Take | None
    path: Path | None  # the delivered clip
    findings: tuple[TakeFinding, ...] = ()  # what the take's check found
    rejected: int = 0  # takes that were made and are not used for what was found in them

    @property
    def state(self) -> GenerationState:
        """The selected take's state; queued before there is one."""
        return self.take.state if self.take else GenerationState.QUEUED


def companion_folder(output: Path) -> Path:
    """Where everything goes that belongs to a film which is written to that file."""
    return output.parent if output.name == "film.mp4" else output.parent / output.stem
