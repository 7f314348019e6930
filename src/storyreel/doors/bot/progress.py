"""How a film stands, as one message tells it while it is made."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from storyreel.catalog.catalogue import Catalogue
from storyreel.domain.errors import UnknownModel
from storyreel.domain.film import Film, FilmState, ShotReport
from storyreel.domain.generation import GenerationState
from storyreel.domain.money import paid_text
from storyreel.doors.bot.buttons import SHOW, STOP, film_data
from storyreel.doors.bot.shown import Button, Shown
from storyreel.doors.bot.voice import Voice, clock

MOST_LINES = 24
TOLD_FROM_S = 20.0  # what is left is told only where it is worth it
GRAIN_S = 15.0  # how finely it is told how long a shot has been made: a message is not edited for a second
FAILED = {GenerationState.FAILED, GenerationState.CANCELLED, GenerationState.NEEDS_ATTENTION}


def told_progress(
    film: Film, shots: Sequence[ShotReport], shares: Mapping[str, float], catalogue: Catalogue, now: datetime, said: Voice
) -> Shown:
    """What the message says now."""
    ready = sum(one.state is GenerationState.READY for one in shots)
    if film.state is FilmState.QUEUED and all(one.state is GenerationState.QUEUED for one in shots):
        head = [said("Accepted, about to begin")]
    elif ready == len(shots):
        head = [said("All shots are ready. Joining them…")]
    else:
        head = [said("Making it: {ready} of {all}", ready=ready, all=len(shots))]
    if film.cost_usd:
        head.append(said("{price} spent", price=paid_text(film.cost_usd)))
    left_s = _left_s(shots, catalogue, now)
    if ready < len(shots) and left_s >= TOLD_FROM_S:
        head.append(said("about {time} left", time=said.about(left_s)))
    lines = [_line(one, shares, now, said) for one in shots]
    if len(lines) > MOST_LINES:
        lines = [*lines[:MOST_LINES], "…"]
    look = [Button(said("Show finished shots"), film_data(SHOW, film.id))] if ready and len(shots) > 1 else []
    rows = ([*look, Button(said("Stop"), film_data(STOP, film.id))],)
    title = said("“{title}”", title=film.title)
    return Shown("\n".join([title, " · ".join(head), *lines]), rows)


def _line(one: ShotReport, shares: Mapping[str, float], now: datetime, said: Voice) -> str:
    match one.state:
        case GenerationState.READY:
            told = said("ready")
        case state if state in FAILED:
            told = said("did not come")
        case GenerationState.QUEUED:
            told = said("waiting")
        case _:
            share = shares.get(one.id)
            told = said("being made")
            if share:
                told += f" {share:.0%}"
            elif one.take and (took := (now - one.take.created).total_seconds() // GRAIN_S * GRAIN_S):
                told += f" {clock(took)}"
    return f"{one.index} · {told}"


def _left_s(shots: Sequence[ShotReport], catalogue: Catalogue, now: datetime) -> float:
    """How long it may still take: the slowest of the shots that are not ready, those that wait one after the other."""
    waiting = [one for one in shots if one.state not in FAILED | {GenerationState.READY}]
    made = [one for one in waiting if one.state is not GenerationState.QUEUED]
    left = [max(0.0, _typical_s(catalogue, one.model) - (now - one.take.created).total_seconds()) for one in made if one.take]
    queued = [_typical_s(catalogue, one.model) for one in waiting if one.state is GenerationState.QUEUED]
    return max(left, default=0.0) + (max(queued) if queued else 0.0)


def _typical_s(catalogue: Catalogue, name: str) -> float:
    try:
        return catalogue.model(name.partition("@")[0]).times.typical_s
    except UnknownModel:
        return 0.0
