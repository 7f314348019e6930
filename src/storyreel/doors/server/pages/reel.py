"""The reel: a film's shots as they stand, each a tile as wide as it is long; the same in storyboard, production and film."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from storyreel.admission import Plan
from storyreel.catalog.catalogue import Catalogue
from storyreel.domain.checks import TakeFinding
from storyreel.domain.errors import StoryreelError, UnknownModel
from storyreel.domain.film import Film, FilmState, Joins, ShotReport
from storyreel.domain.generation import GenerationState, Take
from storyreel.domain.model import Quote
from storyreel.domain.storyboard import JoinKind, Shot
from storyreel.doors.server.desk import Desk
from storyreel.estimate import pieces_of
from storyreel.production.drawings import request_of, version_of
from storyreel.production.standing import lanes

NOTHING = Quote(expected_usd=None, worst_usd=None, seconds=(0.0, 0.0))


class Stage(StrEnum):
    """Where a film is, as its page shows it."""

    STORYBOARD = "storyboard"
    PRODUCTION = "production"
    FILM = "film"


class Mark(StrEnum):
    """What the strip under a shot's picture says."""

    PLANNED = "planned"
    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    DOUBTFUL = "doubtful"  # ready, and its check found something; or a person is asked
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Tile:
    """One shot of the reel."""

    number: int
    shot: Shot
    seconds: float
    start_s: float  # in the film
    mark: Mark
    progress: float | None  # of one that is being made
    model: str
    locked: bool
    stale: tuple[str, ...]
    findings: tuple[TakeFinding, ...]
    take: Take | None
    still: str  # where its picture is
    joined: JoinKind | None  # to the one before, where the whole film is joined so; None: as the shot says itself
    price_usd: Decimal | None  # of one more take; None: not known
    typical_s: float  # how long its model takes

    @property
    def id(self) -> str:
        """The shot's."""
        return self.shot.id

    @property
    def seen(self) -> str:
        """A name for the shot as it stands, by which a form tells what it was filled in over."""
        return shot_seen(self.shot)


@dataclass(frozen=True, slots=True)
class Reel:
    """A film and its shots."""

    film: Film
    tiles: tuple[Tile, ...]
    unknown_cost: bool  # a provider told no price
    shares: Mapping[str, float] = field(default_factory=dict[str, float])

    @property
    def stage(self) -> Stage:
        """Which of its pages it has."""
        if self.film.state is FilmState.AWAITING_APPROVAL:
            return Stage.STORYBOARD
        return Stage.FILM if self.film.state is FilmState.READY else Stage.PRODUCTION

    @property
    def live(self) -> bool:
        """Whether something happens to it by itself."""
        return not self.film.state.ended

    @property
    def ready(self) -> int:
        """How many shots have their clip."""
        return sum(tile.mark in {Mark.READY, Mark.DOUBTFUL} for tile in self.tiles)

    @property
    def failed(self) -> tuple[Tile, ...]:
        """The shots that did not come."""
        return tuple(tile for tile in self.tiles if tile.mark is Mark.FAILED)

    @property
    def aspect(self) -> str:
        """The film's shape, among those that the stylesheet knows: wide, tall or square."""
        aspect = self.film.order.size.aspect
        return "square" if abs(aspect - 1) < 0.1 else "wide" if aspect > 1 else "tall"

    @property
    def shape(self) -> str:
        """A name for what its page shows besides what changes by itself: the stage, the words, how it is made, the film."""
        film = self.film
        told = f"{self.stage}{self.live}{film.output}{film.order.model_dump_json()}{film.storyboard.model_dump_json()}"
        return hashlib.sha256(told.encode()).hexdigest()[:12]

    @property
    def saved_usd(self) -> Decimal:
        """What equal takes' clips spared."""
        return sum((tile.take.saved_usd for tile in self.tiles if tile.take), Decimal(0))

    @property
    def poster(self) -> str:
        """The picture that stands for the film."""
        return self.tiles[0].still

    def tile(self, shot: str) -> Tile:
        """The shot of that id; where there is none, the first one that did not come, otherwise the first."""
        return next((tile for tile in self.tiles if tile.id == shot), (*self.failed, *self.tiles)[0])

    def after(self, tile: Tile) -> Tile | None:
        """The shot that follows; None after the last."""
        return next((one for one in self.tiles if one.number == tile.number + 1), None)


def shot_seen(shot: Shot) -> str:
    """A name for a shot as it stands."""
    return hashlib.sha256(shot.model_dump_json().encode()).hexdigest()[:12]


async def reel_of(desk: Desk, film: Film, shares: Mapping[str, float] | None = None) -> Reel:
    """A film's reel, as it stands. `shares`: how far its shots are that are being made."""
    studio = desk.studio
    joined = _joined(film, studio.catalogue)
    reports, stale, locked = await studio.shots(film), await studio.stale(film), await studio.locked(film)
    unbilled = await studio.unbilled(film)
    prices = _prices(desk, film)
    tiles: list[Tile] = []
    start_s = 0.0
    for report, shot in zip(reports, film.storyboard.shots, strict=True):
        share, drawn = (shares or {}).get(shot.id), _is_drawn(studio.catalogue, report.model)
        if drawn and report.state is GenerationState.FETCHING:
            share = 1.0  # it is drawn
        tiles.append(
            Tile(
                number=report.index,
                shot=shot,
                seconds=report.seconds,
                start_s=start_s,
                mark=_mark(film, report, stale.get(shot.id, ()), waits=drawn and share is None),
                progress=share,
                model=title_of(studio.catalogue, report.model),
                locked=shot.id in locked,
                stale=stale.get(shot.id, ()),
                findings=report.findings,
                take=report.take,
                still=_still(film, shot, report.take, studio.catalogue),
                joined=joined.get(shot.id),
                price_usd=prices.get(shot.id),
                typical_s=_typical_s(studio.catalogue, report.model),
            )
        )
        start_s += report.seconds
    return Reel(film, tuple(tiles), bool(unbilled.get(film.id)), shares or {})


def _joined(film: Film, catalogue: Catalogue) -> dict[str, JoinKind]:
    """The shots that begin where the one before ended because the film is wished so, whatever they say themselves."""
    kind = {Joins.CHAIN: JoinKind.CHAIN, Joins.KEYFRAMES: JoinKind.KEYFRAME}.get(film.order.joins)
    if kind is None:
        return {}
    try:
        return {shot: kind for lane in lanes(film, catalogue) for shot in lane[1:]}
    except UnknownModel:
        return {}


def _prices(desk: Desk, film: Film) -> dict[str, Decimal | None]:
    """What a take of each shot costs today; nothing where a model is not known any more."""
    means = desk.studio.means()
    plan = Plan(storyboard=film.storyboard, order=film.order, quote=NOTHING)
    try:
        return {piece.shot: piece.price_usd for piece in pieces_of(plan, means)}
    except StoryreelError:
        return {}


def title_of(catalogue: Catalogue, name: str) -> str:
    """A model as a person calls it; its id where it is not known any more."""
    try:
        return catalogue.model(name.partition("@")[0]).title
    except UnknownModel:
        return name


def _typical_s(catalogue: Catalogue, name: str) -> float:
    try:
        return catalogue.model(name.partition("@")[0]).times.typical_s
    except UnknownModel:
        return 0.0


def stills_of(films: Sequence[Film], catalogue: Catalogue) -> dict[str, str]:
    """Where the picture of each film is: its first shot's drawing, or a frame of the film."""
    return {
        film.id: f"/films/{film.id}/poster?v={film.output[:12]}"
        if film.output
        else _still(film, film.storyboard.shots[0], None, catalogue)
        for film in films
    }


def _still(film: Film, shot: Shot, take: Take | None, catalogue: Catalogue) -> str:
    made = take.output if take and take.state is GenerationState.READY else None
    version = made or version_of(request_of(film, shot.id, catalogue.drawn_by()))
    return f"/films/{film.id}/stills/{shot.id}?v={version[:12]}"


def _is_drawn(catalogue: Catalogue, name: str) -> bool:
    """Whether this machine draws it: some at a time, each told of as soon as it is begun."""
    try:
        return catalogue.model(name.partition("@")[0]).built_in
    except UnknownModel:
        return False


def _mark(film: Film, report: ShotReport, stale: Sequence[str], *, waits: bool) -> Mark:
    match report.state:
        case GenerationState.READY:
            bad = any(finding.kind.bad for finding in report.findings)
            return Mark.DOUBTFUL if bad or stale else Mark.READY
        case GenerationState.FAILED | GenerationState.CANCELLED:
            return Mark.FAILED if report.take and report.take.error_code != "cancelled" else Mark.PLANNED
        case GenerationState.NEEDS_ATTENTION:
            return Mark.DOUBTFUL
        case _ if film.state.ended:
            return Mark.PLANNED
        case GenerationState.RUNNING | GenerationState.SUBMITTING:
            return Mark.WAITING if waits else Mark.MAKING
        case _:
            return Mark.WAITING if report.state is GenerationState.QUEUED else Mark.MAKING
