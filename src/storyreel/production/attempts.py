"""One shot, several attempts: which take is worth another one, with what seed, and which of them the film then uses."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from storyreel.domain.checks import FindingKind, TakeFinding
from storyreel.domain.events import TakeRejected
from storyreel.domain.film import Film
from storyreel.domain.generation import GenerationState, Request, Take
from storyreel.domain.values import JSON
from storyreel.library import events, films, takes
from storyreel.library.database import Connection
from storyreel.library.findings import findings_of, tell_findings
from storyreel.production.runs import is_current

BROKEN = "output_broken"
_MOST_SEED = 2**31 - 1  # what every provider takes

_WORST_FIRST = (FindingKind.BLACK, FindingKind.FROZEN, FindingKind.CUT, FindingKind.LENGTH, FindingKind.SILENT)


def with_seed(request: Request, attempt: int) -> Request:
    """The request of an attempt, counted from 0: the first is as it was asked, each other has a seed of its own."""
    return request.model_copy(update={"seed": (request.seed + attempt) % (_MOST_SEED + 1)}) if attempt else request


def reject_last(connection: Connection, film: Film, shot: str, tried: Sequence[str], now: datetime) -> None:
    """Write that the last of the takes that were tried is not used, once another is made in its place."""
    if tried:
        left = film.order.retakes - len(tried) + 1
        events.append(connection, film.id, TakeRejected(shot=shot, take=tried[-1], left=left), now)


def reused(connection: Connection, take: Take, now: datetime, price_usd: Decimal | None) -> Take | None:
    """The take with an equal one's clip, and with what was found in that; None where there is none."""
    equal = takes.equal_take(connection, take.inputs_digest)
    finished = takes.reuse_take(connection, take.id, now, price_usd)
    if equal is not None and finished is not None:
        found = findings_of(connection, equal.film).get(equal.id, ())
        tell_findings(connection, take.film, take.shot, take.id, found, now)
    return finished


def settle_attempt(connection: Connection, take: Take, run: str | None, tried: Sequence[str], now: datetime) -> JSON:
    """How a shot stands after an attempt that has ended, `tried` being the takes before: to be made `again`, or its selection.

    A shot is made again where its take did not pass and the order allows it. After that the best take is selected and the film
    goes on; a retake that does not come, for a budget or a refusal, does not take away what there is. Where the film was changed
    meanwhile, the take is kept and no more.
    """
    if not is_current(connection, take.film, run):
        return _end(take)
    found = findings_of(connection, take.film)
    ready = [one for one in (*(takes.take(connection, id) for id in tried), take) if one.state is GenerationState.READY]
    if _fell_short(take, found) and len(tried) < films.film(connection, take.film).order.retakes:
        return {**_end(take), "again": True}
    if take.state not in {GenerationState.READY, GenerationState.FAILED} or not ready:
        return _end(take)
    best = min(ready, key=lambda one: _badness(found.get(one.id, ())))
    takes.select_take(connection, best.film, best.shot, best.id, now)
    return _end(best)


def is_bad(findings: Sequence[TakeFinding]) -> bool:
    """Whether a take in which this was found is worth making again."""
    return any(finding.kind.bad for finding in findings)


def _fell_short(take: Take, found: Mapping[str, Sequence[TakeFinding]]) -> bool:
    """Whether a take came and was not as it should be; one that was refused would be refused again."""
    if take.state is GenerationState.READY:
        return is_bad(found.get(take.id, ()))
    return take.state is GenerationState.FAILED and take.error_code == BROKEN


def _badness(findings: Sequence[TakeFinding]) -> tuple[float, ...]:
    """What orders takes, the best first: by their worst kind, then by how much of it there is; of two equals the first."""
    return tuple(sum(one.detail[0] if one.detail else 1.0 for one in findings if one.kind is kind) for kind in _WORST_FIRST)


def _end(take: Take) -> dict[str, JSON]:
    return {"state": take.state, "last_frame": take.last_frame, "code": take.error_code, "message": take.error}
