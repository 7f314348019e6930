"""A change to a film: what is wanted of it from now on, and which of its shots are made again for that, and why.

Nothing is made again but what was asked for, what has no take, what the change has aged, and what begins or ends on a frame of
those; a locked shot never. Whoever makes the film at that moment ends with what it has begun: what comes of that is kept as a
take that no shot uses, and what is still wanted is made next.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from storyreel.catalog.catalogue import Catalogue
from storyreel.domain.advice import Advice, Remedy
from storyreel.domain.errors import InvalidRequest
from storyreel.domain.events import FilmChanged, Remake
from storyreel.domain.film import Film, FilmState, Joins, Order
from storyreel.domain.generation import KEYFRAME, GenerationState, Take, is_keyframe, keyframe_of
from storyreel.domain.model import Quote
from storyreel.domain.seeds import within
from storyreel.domain.storyboard import Storyboard
from storyreel.domain.values import Value
from storyreel.library import changes, cuts, films, takes
from storyreel.library.database import Connection
from storyreel.library.locks import in_turn
from storyreel.production.stale import stale
from storyreel.production.standing import Standing, depends_on, standing_of, to_make

ASKED, MISSING, BEGUN = "asked", "missing", "begun"
"""Reasons besides the fields that changed: somebody wants it, it has no take, a change before this one wants it still."""


class Change(Value):
    """What becomes of a film, with the price of exactly that; nothing is changed or sent yet."""

    film: str
    what: Literal["retake", "edit", "approve"]
    storyboard: Storyboard
    order: Order
    remakes: tuple[Remake, ...]
    reasons: dict[str, tuple[str, ...]]  # what is made, by shot or `keyframe_of`, and why
    stays: dict[str, tuple[str, ...]]  # what has aged and stays all the same
    at_hand: frozenset[str]  # of what is made, what is there already and is not paid
    gone: tuple[str, ...] = ()  # shots that the film has no more
    quote: Quote
    notes: tuple[str, ...] = ()  # what is otherwise than asked, a sentence each
    after: int = 0  # the number of the film's last change when this was planned


@dataclass(frozen=True, slots=True)
class Demand:
    """What a person asks of a film's shots."""

    asked: Mapping[str, str]  # shots that are to be made again, each with the reason
    seeds: Mapping[str, int | None]  # of those that are wanted though an equal take is there, each with its seed
    aged: bool = False  # what has aged, too
    spread: bool = True  # and what begins or ends on a frame of those


def reasons_for(standing: Standing, demand: Demand, catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """What a film that stands so is to make, and why."""
    waiting, old = set(to_make(standing)), stale(standing, catalogue) if demand.aged else {}
    frames_from = depends_on(standing.film, catalogue) if demand.spread else None
    found: dict[str, tuple[str, ...]] = {}
    for name in standing.names:
        upon = [use for other, use in frames_from(name) if other in found] if frames_from else ()
        if name not in standing.chosen:
            found[name] = (MISSING,)
        elif name in demand.asked:
            found[name] = (demand.asked[name],)
        elif name in waiting:
            found[name] = (BEGUN,)
        elif name not in standing.locked and (old.get(name) or upon):
            found[name] = tuple(dict.fromkeys((*old.get(name, ()), *upon)))
    return found


def remakes_for(standing: Standing, reasons: Mapping[str, tuple[str, ...]], demand: Demand) -> tuple[Remake, ...]:
    """The same as the film's events keep it; what a change before wants still is kept as it was wanted."""
    made: list[Remake] = []
    for name, why in reasons.items():
        if why in {(BEGUN,), (MISSING,)} and name in standing.remakes and name not in demand.seeds:
            made.append(standing.remakes[name])
        elif why != (MISSING,) or name in demand.seeds:
            fresh, seed = name in demand.seeds, demand.seeds.get(name)
            made.append(Remake(shot=name, after=standing.last_number(name), fresh=fresh, seed=seed))
    return tuple(made)


def aged_all_the_same(
    standing: Standing, reasons: Mapping[str, tuple[str, ...]], catalogue: Catalogue
) -> dict[str, tuple[str, ...]]:
    """What is not made again though it has aged, or begins or ends on a frame that is made again."""
    aged, frames_from = stale(standing, catalogue), depends_on(standing.film, catalogue)
    found: dict[str, tuple[str, ...]] = {}
    for name in standing.names:
        if name not in reasons:
            upon = (use for other, use in frames_from(name) if other in reasons)
            if fields := tuple(dict.fromkeys((*aged.get(name, ()), *upon))):
                found[name] = fields
    return found


def next_seed(standing: Standing, shot: str) -> int:
    """The first seed from the film's on that no take of the shot had."""
    used = {take.request.seed for take in standing.made.get(shot, ())}
    first = standing.film.order.seed
    return next(seed for seed in map(within, range(first, first + len(used) + 1)) if seed not in used)


def change_film(connection: Connection, change: Change, now: datetime) -> Film:
    """The film, changed and queued, or waiting for approval as before. Raises InvalidRequest where another change came first."""
    in_turn(connection, change.film)
    if changes.change_number(connection, change.film) != change.after:
        message = f"The film {change.film} was changed by somebody else meanwhile; look at it and ask again."
        raise InvalidRequest(message, field="film")
    if change.what == "approve":
        films.approve_film(connection, change.film, now)
    else:
        _keep_present_cut(connection, change.film, now)
        fact = FilmChanged(what=change.what, remakes=change.remakes, quote_usd=change.quote.expected_usd)
        films.revise_film(connection, change.film, change.storyboard, change.order, fact, now)
    return films.film(connection, change.film)


def select(connection: Connection, film_id: str, shot: str, take: str, now: datetime) -> Film:
    """The film, whose shot uses that take; where every shot has one, it is queued, to be cut anew. Raises InvalidRequest."""
    in_turn(connection, film_id)
    standing = standing_of(connection, film_id)
    chosen = take_named(standing, shot, take)
    must_be_unlocked(standing, shot)
    film = standing.film
    if standing.chosen.get(shot) == chosen and shot not in to_make(standing):
        return film
    _keep_present_cut(connection, film_id, now)
    takes.select_take(connection, film_id, shot, chosen.id, now)
    going = film.state in {FilmState.QUEUED, FilmState.PRODUCING}
    whole = all(name in standing.chosen or name == shot for name in standing.names)
    if going or (whole and film.state is not FilmState.AWAITING_APPROVAL):
        left = tuple(one for name, one in standing.remakes.items() if going and name != shot)
        films.revise_film(connection, film_id, film.storyboard, film.order, FilmChanged(what="select", remakes=left), now)
    return films.film(connection, film_id)


def lock(connection: Connection, film_id: str, shots: tuple[str, ...], now: datetime, *, locked: bool) -> Film:
    """The film, of which these shots keep their takes whatever changes, or no more. Raises InvalidRequest."""
    standing = standing_of(connection, film_id)
    for shot in shots:
        if shot not in standing.chosen:
            raise InvalidRequest(f"{shot} has no take yet that could be locked.", field="shot")
        takes.lock_shot(connection, film_id, shot, now, locked=locked)
    return standing.film


def shot_named(film: Film, text: str) -> str:
    """The id of the shot of that id or number; with `:keyframe` at the end, the name of the frame it begins on.

    Raises InvalidRequest, which names the shots there are.
    """
    ids = [shot.id for shot in film.storyboard.shots]
    if is_keyframe(text) and film.order.joins is Joins.KEYFRAMES:
        return keyframe_of(shot_named(film, text.removesuffix(KEYFRAME)))
    if text in ids:
        return text
    if text.isdecimal() and 1 <= int(text) <= len(ids):
        return ids[int(text) - 1]
    raise InvalidRequest(f"The film {film.id} has no shot {text!r}; it has {', '.join(ids)}.", field="shot")


def take_named(standing: Standing, shot: str, text: str) -> Take:
    """The take of a shot of that number or id, which must be ready. Raises InvalidRequest, which names those there are."""
    ready = [take for take in standing.made.get(shot, ()) if take.state is GenerationState.READY]
    for take in ready:
        if text in {take.id, str(take.number)}:
            return take
    there = f"it has {', '.join(str(take.number) for take in ready)}" if ready else "it has none"
    raise InvalidRequest(f"{shot} has no ready take {text!r}; {there}.", field="take")


def must_be_unlocked(standing: Standing, shot: str) -> None:
    """Raises InvalidRequest for a shot that keeps its take."""
    if shot in standing.locked:
        message = Advice(
            f"{shot} is locked, and keeps its take. Unlock it first: ", Remedy.UNLOCK.of(film=standing.film.id, shot=shot)
        )
        raise InvalidRequest(message, field="shot")


def _keep_present_cut(connection: Connection, film_id: str, now: datetime) -> None:
    """Keep the film as it is among the cuts, where it was made before there were any."""
    film = films.film(connection, film_id)
    if film.output is not None and film.seconds is not None and not cuts.cuts_of(connection, film_id):
        chosen = takes.selections(connection, film_id)
        ids = [chosen[shot.id] for shot in film.storyboard.shots if shot.id in chosen]
        cuts.append_cut(connection, film_id, film.output, film.seconds, ids, film.ended or now)
