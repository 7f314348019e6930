"""How a film stands: what was asked, which takes its shots use, what is locked, and what is to be made again."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from storyreel.catalog.catalogue import Catalogue
from storyreel.domain.events import Remake
from storyreel.domain.film import Film, Joins, Order
from storyreel.domain.generation import GenerationState, Take, is_keyframe, keyframe_of
from storyreel.domain.model import Mode
from storyreel.domain.storyboard import Storyboard
from storyreel.domain.values import Digest
from storyreel.library import changes, films, takes
from storyreel.library.database import Connection
from storyreel.production.plan import can_chain, shot_model, strands


@dataclass(frozen=True, slots=True)
class Standing:
    """A film at one moment. Shots and keyframes go by their names; a keyframe's is `keyframe_of` its shot."""

    film: Film
    chosen: Mapping[str, Take] = field(default_factory=dict[str, Take])  # the take that a shot uses; ready
    made: Mapping[str, tuple[Take, ...]] = field(default_factory=dict[str, tuple[Take, ...]])  # every take, the first one first
    locked: frozenset[str] = frozenset()
    remakes: Mapping[str, Remake] = field(default_factory=dict[str, Remake])

    @property
    def names(self) -> tuple[str, ...]:
        """The frames that shots share, then the shots: each after what it depends on."""
        shots = tuple(shot.id for shot in self.film.storyboard.shots)
        return (*map(keyframe_of, shots), *shots) if self.film.order.joins is Joins.KEYFRAMES else shots

    def of(self, storyboard: Storyboard, order: Order) -> "Standing":
        """How the film would stand if this were asked for."""
        return replace(self, film=self.film.model_copy(update={"storyboard": storyboard, "order": order}))

    def wanting(self, remakes: Iterable[Remake]) -> "Standing":
        """How it would stand if this were to be made again."""
        return replace(self, remakes={one.shot: one for one in remakes})

    def last_number(self, name: str) -> int:
        """The number of a shot's newest take; 0 where it has none."""
        return self.made[name][-1].number if self.made.get(name) else 0


def standing_of(connection: Connection, film_id: str) -> Standing:
    """How a film stands now. Raises UnknownFilm."""
    made: dict[str, list[Take]] = {}
    for take in takes.takes_of(connection, film_id):
        made.setdefault(take.shot, []).append(take)
    known = {take.id: take for every in made.values() for take in every}
    chosen = {shot: known[id] for shot, id in takes.selections(connection, film_id).items() if id in known}
    return Standing(
        film=films.film(connection, film_id),
        chosen={shot: take for shot, take in chosen.items() if take.state is GenerationState.READY},
        made={shot: tuple(sorted(every, key=lambda take: take.number)) for shot, every in made.items()},
        locked=takes.locked_shots(connection, film_id),
        remakes=changes.remakes(connection, film_id),
    )


def to_make(standing: Standing) -> tuple[str, ...]:
    """What a run of the film makes now: what has no take, and what is to be made again and was not yet."""
    return tuple(name for name in standing.names if _is_wanted(standing, name))


def _is_wanted(standing: Standing, name: str) -> bool:
    take, again = standing.chosen.get(name), standing.remakes.get(name)
    return take is None or (again is not None and take.number <= again.after)


def lanes(film: Film, catalogue: Catalogue) -> list[list[str]]:
    """The film's strands. Raises UnknownModel."""
    model, _ = catalogue.known_route(film.order.model)
    return strands(film.storyboard, film.order.joins, chained=can_chain(model, film.order.joins))


def shot_before(film: Film, shot: str, catalogue: Catalogue) -> str | None:
    """The shot on whose last frame this one begins; None where it begins anew, or on a keyframe."""
    if film.order.joins is Joins.KEYFRAMES:
        return None
    lane = next(lane for lane in lanes(film, catalogue) if shot in lane)
    place = lane.index(shot)
    return lane[place - 1] if place else None


def depends_on(film: Film, catalogue: Catalogue) -> Callable[[str], Iterator[tuple[str, str]]]:
    """Tells what a shot takes frames from, each with what it takes: its first or its last frame. Both raise UnknownModel."""
    pairs = [pair for lane in lanes(film, catalogue) for pair in pairwise(lane)]
    before, after = {shot: first for first, shot in pairs}, dict(pairs)

    def told(name: str) -> Iterator[tuple[str, str]]:
        if is_keyframe(name):
            return
        if film.order.joins is not Joins.KEYFRAMES:
            if name in before:
                yield before[name], "first_frame"
            return
        yield keyframe_of(name), "first_frame"
        model, _ = catalogue.known_route(shot_model(film, name))
        if name in after and Mode.LAST_FRAME in model.limits.modes:
            yield keyframe_of(after[name]), "last_frame"

    return told


def frames_of(standing: Standing, shot: str, catalogue: Catalogue) -> dict[str, Digest | None]:
    """The frames that a shot begins and ends on, by `first` and `last`, as far as they are made."""
    found: dict[str, Digest | None] = {"first": None, "last": None}
    for name, use in depends_on(standing.film, catalogue)(shot):
        take = standing.chosen.get(name)
        found[use.removesuffix("_frame")] = take.last_frame if take else None
    return found


def frame_before(connection: Connection, film: Film, shot: str, catalogue: Catalogue) -> Digest | None:
    """The last frame of the shot before in the strand, as that one stands; None where a shot begins anew."""
    before = shot_before(film, shot, catalogue)
    chosen = takes.selections(connection, film.id).get(before or "")
    return takes.take(connection, chosen).last_frame if chosen else None
