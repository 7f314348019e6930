"""A model as data: what it can do, the ways to it, what they cost, and when each fact was read."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AnyHttpUrl, Field

from storyreel.domain.errors import RouteClosed
from storyreel.domain.values import JSON, Value


class Mode(StrEnum):
    """What a generation may start from."""

    TEXT = "text"
    FIRST_FRAME = "first_frame"
    LAST_FRAME = "last_frame"
    REFERENCES = "references"
    EXTENSION = "extension"


class Medium(StrEnum):
    """What a model makes."""

    VIDEO = "video"
    IMAGE = "image"


class RouteStatus(StrEnum):
    """Whether a route can be used."""

    LIVE = "live"
    PREVIEW = "preview"
    CLOSING = "closing"
    CLOSED = "closed"
    UNVERIFIED = "unverified"


class Dated(Value):
    """A fact that can go out of date: where it was read, and when."""

    source: AnyHttpUrl | Literal["built in"]
    read_on: date

    @property
    def built_in(self) -> bool:
        """Whether it is a part of this installation, which nobody else can change and which needs no key."""
        return self.source == "built in"


class Durations(Value):
    """The lengths a model makes, in seconds: a list, or a range with a step."""

    choices_s: tuple[float, ...] = ()
    least_s: float | None = None
    most_s: float | None = None
    step_s: float | None = None
    forced_by_mode: dict[Mode, tuple[float, ...]] = Field(default_factory=dict)
    forced_by_resolution: dict[str, tuple[float, ...]] = Field(default_factory=dict)

    def only(self, mode: Mode, resolution: str = "") -> tuple[float, ...]:
        """The only lengths of that mode in that resolution, where they are counted; empty: any of the range."""
        by_mode = self.forced_by_mode.get(mode) or self.choices_s
        by_resolution = self.forced_by_resolution.get(resolution, ())
        return (
            tuple(length for length in by_mode if length in by_resolution)
            if by_mode and by_resolution
            else by_mode or by_resolution
        )

    def allows(self, seconds: float, mode: Mode, resolution: str = "") -> bool:
        """Whether a generation of this mode, in that resolution where one is told, can be exactly that long."""
        if only := self.only(mode, resolution):
            return seconds in only
        least, most = self.least_s or 0.0, self.most_s or float("inf")
        steps = (seconds - least) / self.step_s if self.step_s else 0.0
        return least <= seconds <= most and abs(steps - round(steps)) < 1e-6


class Sound(StrEnum):
    """Whether the model makes sound."""

    NONE = "none"
    OPTIONAL = "optional"
    ALWAYS = "always"


class Limits(Value):
    """What the model accepts, whatever the route."""

    modes: Annotated[tuple[Mode, ...], Field(min_length=1)]
    most_references: Annotated[int, Field(ge=0)] = 0
    exclusive: tuple[tuple[Mode, Mode], ...] = ()  # pairs that cannot go together
    durations: Durations = Durations()
    aspects: tuple[str, ...] = ()  # empty: any
    resolutions: tuple[str, ...] = ()  # empty: any
    resolutions_by_mode: dict[Mode, tuple[str, ...]] = Field(default_factory=dict)  # where it makes fewer from that
    sound: Sound = Sound.NONE
    negative_prompt: bool = False
    seed: bool = False
    prompt_limit: int | None = None  # characters
    least_picture_px: int | None = None  # the shorter side of a picture that it takes
    most_picture_aspect: float | None = None  # the longer side of one over the shorter


class Times(Value):
    """How long a generation takes, in seconds."""

    typical_s: float
    first_look_s: float
    interval_s: float


class PriceRow(Value):
    """One line of a price table: it holds where all of `when` hold."""

    when: dict[str, str | bool] = Field(default_factory=dict)  # parameter -> value
    usd_per_second: Decimal | None = None
    usd_per_clip: Decimal | None = None  # or for one picture


class Price(Dated):
    """What a route charges. No row that holds: no price is known."""

    rows: Annotated[tuple[PriceRow, ...], Field(min_length=1)]


class Parameter(Value):
    """How one of our words is said to a provider."""

    name: str  # dotted for nested ones
    values: dict[str, str | int | float | bool] = Field(default_factory=dict)  # ours -> theirs
    type: Literal["text", "number", "integer", "boolean", "url", "list"] = "text"
    format: str = "{}"  # of a text: "{}s" says 8 as "8s"
    not_with: tuple[Mode, ...] = ()  # left out where the request starts from one of these
    forced: dict[Mode, str | int | float | bool] = Field(default_factory=dict)  # what it must be where it starts from that
    names: dict[Mode, str] = Field(default_factory=dict)  # its name where it starts from that, and is called otherwise


class Route(Dated):
    """One way to a model, as it was on the day we read it."""

    provider: str
    remote_name: str
    status: RouteStatus
    until: date | None = None  # the first day of refusal
    successor: str | None = None
    remote_names: dict[Mode, str] = Field(default_factory=dict)  # where the provider has a name of its own for a mode
    parameters: dict[str, Parameter] = Field(default_factory=dict)  # our word -> theirs
    fixed: dict[str, JSON] = Field(
        default_factory=dict
    )  # sent as it stands: what has a price or a bad default and no word of ours
    modes: tuple[Mode, ...] | None = None  # where this way can do less than the model
    resolutions: tuple[str, ...] | None = None  # likewise
    aspects: tuple[str, ...] | None = None  # likewise
    durations: Durations | None = None  # likewise
    negative_prompt: bool | None = None  # likewise
    link_life_s: float | None = None  # how long a result's link lives; None: it is documented nowhere
    concurrency: Annotated[int, Field(ge=1)] = 1
    price: Price | None = None  # None: unknown

    def must_be_open(self, today: date, called: str) -> None:
        """Raises RouteClosed, by the name that we call it, from the closing day on."""
        shut = self.status is RouteStatus.CLOSED or (self.until is not None and today >= self.until)
        if shut:
            raise RouteClosed(route=called, since=self.until or self.read_on, successor=self.successor)


class Tier(StrEnum):
    """What a model's picture is good for; `best` prefers the highest."""

    DRAFT = "draft"
    STANDARD = "standard"
    PREMIUM = "premium"


class Model(Dated):
    """What makes the picture, and every way to it."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]*(:[^\s@]+)?$")]
    title: str
    family: str  # chooses the prompt's template
    by_name: bool = False  # stands for every model that its provider lists: "huggingface:Wan-AI/Wan2.2-T2V-A14B" names one
    medium: Medium = Medium.VIDEO
    tier: Tier = Tier.STANDARD
    limits: Limits
    times: Times
    moderation: str = ""
    routes: Annotated[tuple[Route, ...], Field(min_length=1)]


class Quote(Value):
    """What a piece of work will cost, in US dollars, before anything is sent."""

    expected_usd: Decimal | None  # None: no price is known
    worst_usd: Decimal | None
    seconds: tuple[float, float]  # how long it will take, from and to
