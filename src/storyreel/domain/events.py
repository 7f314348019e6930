"""What happened, as past facts: a frozen model each, noun first; ids and numbers only. Doors make the prose."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from storyreel.domain.checks import TakeFinding
from storyreel.domain.values import Value


class FilmQueued(Value):
    """A film was accepted: its row is committed."""

    kind: Literal["film.queued"] = "film.queued"
    shots: int
    seconds: float


class StoryboardWritten(Value):
    """A language model wrote the film's storyboard."""

    kind: Literal["storyboard.written"] = "storyboard.written"
    model: str
    tokens_in: int
    tokens_out: int
    cost_usd: Decimal | None  # None: the model's price is not known


class StoryboardWarned(Value):
    """Something about the storyboard that a person should look at; the film goes on."""

    kind: Literal["storyboard.warned"] = "storyboard.warned"
    message: str


class FilmStarted(Value):
    """The line took the film up."""

    kind: Literal["film.started"] = "film.started"


class FilmAwaitsApproval(Value):
    """A person looks at the storyboard and its price before anything is sent."""

    kind: Literal["film.awaiting_approval"] = "film.awaiting_approval"
    quote_usd: Decimal | None = None  # as it was told; None: no price is known


class FilmApproved(Value):
    """A person approved the storyboard and its price."""

    kind: Literal["film.approved"] = "film.approved"


class Remake(Value):
    """A shot, or a keyframe, that is to be made again."""

    shot: str
    after: int  # takes up to this number do not count
    fresh: bool = False  # wanted though an equal take is there
    seed: int | None = None  # of the new take, where it is not the film's


class FilmChanged(Value):
    """Someone changed a film: it is queued again, and what is wanted of it from now on is this."""

    kind: Literal["film.changed"] = "film.changed"
    what: Literal["retake", "edit", "select"]
    remakes: tuple[Remake, ...] = ()  # everything that is still to be made again, by this change or one before
    quote_usd: Decimal | None = None  # as it was told; None: no price is known


class FilmResumed(Value):
    """A film that was interrupted, failed or was cancelled goes on."""

    kind: Literal["film.resumed"] = "film.resumed"
    ready: int  # shots that were ready already


class TakeQueued(Value):
    """A take was asked for."""

    kind: Literal["take.queued"] = "take.queued"
    shot: str
    take: str


class TakeSent(Value):
    """The provider took the request."""

    kind: Literal["take.sent"] = "take.sent"
    shot: str
    take: str


class TakeProgressed(Value):
    """How far a take is; told, not kept."""

    kind: Literal["take.progressed"] = "take.progressed"
    shot: str
    take: str
    progress: float


class TakeDelayed(Value):
    """A take waits for its provider, which has as many calls as it may have; told, not kept."""

    kind: Literal["take.delayed"] = "take.delayed"
    shot: str
    take: str
    provider: str
    under_way: int  # calls that it has of this installation
    at_once: int  # that it may have


class TakeSought(Value):
    """Nobody knows whether a take's request arrived: its provider is to be asked, once it can know; told, not kept."""

    kind: Literal["take.sought"] = "take.sought"
    shot: str
    take: str
    provider: str
    seconds: float  # until then, at most


Passing: TypeAlias = TakeProgressed | TakeDelayed | TakeSought
"""What is told to whoever follows a film at that moment, and not kept."""


class FilmStalled(Value):
    """A film stands still for a while by no fault of its own: somebody cannot be reached, and is asked again."""

    kind: Literal["film.stalled"] = "film.stalled"
    where: str  # a provider, or a store of ours
    message: str  # what keeps it away


class TakeReady(Value):
    """The take's clip is in our own store, and was checked."""

    kind: Literal["take.ready"] = "take.ready"
    shot: str
    take: str
    seconds: float
    cost_usd: Decimal
    reused: bool = False  # an equal take was in the store


class TakeFound(Value):
    """The check of a take found something, numbers and kind; the take is kept and has been paid."""

    kind: Literal["take.found"] = "take.found"
    shot: str
    take: str
    finding: TakeFinding


class TakeRejected(Value):
    """A take is not used for what was found in it: its shot is made again with another seed."""

    kind: Literal["take.rejected"] = "take.rejected"
    shot: str
    take: str
    left: int  # how often the shot may still be made again, this time included


class TakeFailed(Value):
    """The take will not come."""

    kind: Literal["take.failed"] = "take.failed"
    shot: str
    take: str
    code: str
    message: str


class TakeRetried(Value):
    """A take came to nothing by a fault of its provider, which charged nothing: its shot is asked for once more there."""

    kind: Literal["take.retried"] = "take.retried"
    shot: str
    take: str  # that failed
    code: str  # how, in the taxonomy of errors
    left: int  # how often it may still be asked for by that route, this time included


class RouteChanged(Value):
    """A shot is made by another route than the one before."""

    kind: Literal["route.changed"] = "route.changed"
    shot: str
    before: str  # "kling-2.5-turbo@fal"
    after: str
    price_before_usd: Decimal | None  # None: no price is known
    price_after_usd: Decimal | None
    reason: str  # a code of the taxonomy of errors, or "resting": the route has failed so often that it is left alone a while


class PromptReworded(Value):
    """A prompt that moderation refused was put otherwise, once."""

    kind: Literal["prompt.reworded"] = "prompt.reworded"
    shot: str
    before: str
    after: str
    by: str  # "rules", or a language model


class TakeAdopted(Value):
    """A call whose outcome nobody knew belongs to a generation that its provider has; it is waited for and not sent again."""

    kind: Literal["take.adopted"] = "take.adopted"
    shot: str
    take: str
    remote_id: str
    by_webhook: bool = False  # its provider said so itself; otherwise a person did


class TakeResubmitted(Value):
    """A person decided that a call whose outcome nobody knew never arrived: it may be sent again."""

    kind: Literal["take.resubmitted"] = "take.resubmitted"
    shot: str
    take: str


class TakeAbandoned(Value):
    """A person wrote off a call whose outcome nobody knew; what it cost is as the person said."""

    kind: Literal["take.abandoned"] = "take.abandoned"
    shot: str
    take: str
    cost_usd: Decimal


class TakeSelected(Value):
    """A shot points at this take; selecting is approving."""

    kind: Literal["take.selected"] = "take.selected"
    shot: str
    take: str


class TakeLocked(Value):
    """A shot keeps this take whatever changes."""

    kind: Literal["take.locked"] = "take.locked"
    shot: str
    take: str


class TakeUnlocked(Value):
    """A shot may be made again where something changes."""

    kind: Literal["take.unlocked"] = "take.unlocked"
    shot: str
    take: str


class CutStarted(Value):
    """The selected takes are being joined."""

    kind: Literal["cut.started"] = "cut.started"
    clips: int


class FilmReady(Value):
    """The finished film is in our own store."""

    kind: Literal["film.ready"] = "film.ready"
    seconds: float
    cost_usd: Decimal


class FilmDelivered(Value):
    """The film and what belongs to it were written where the user asked."""

    kind: Literal["film.delivered"] = "film.delivered"
    path: str


class FilmFailed(Value):
    """The film stopped; what was finished is kept."""

    kind: Literal["film.failed"] = "film.failed"
    code: str
    message: str


class FilmCancelled(Value):
    """Someone ended the film; what was finished is kept."""

    kind: Literal["film.cancelled"] = "film.cancelled"


Fact: TypeAlias = Annotated[
    FilmQueued
    | StoryboardWritten
    | StoryboardWarned
    | FilmStarted
    | FilmAwaitsApproval
    | FilmApproved
    | FilmChanged
    | FilmResumed
    | TakeQueued
    | TakeSent
    | TakeProgressed
    | TakeDelayed
    | TakeSought
    | FilmStalled
    | TakeReady
    | TakeFound
    | TakeRejected
    | TakeFailed
    | TakeRetried
    | RouteChanged
    | PromptReworded
    | TakeAdopted
    | TakeResubmitted
    | TakeAbandoned
    | TakeSelected
    | TakeLocked
    | TakeUnlocked
    | CutStarted
    | FilmReady
    | FilmDelivered
    | FilmFailed
    | FilmCancelled,
    Field(discriminator="kind"),
]


class Event(Value):
    """A fact of one film, numbered, so that a watcher can go on where it left. Number 0: told, not kept."""

    number: int
    film: str
    at: datetime
    fact: Fact
