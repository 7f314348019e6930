"""One shot, several attempts: what is told between them, with what seed each is made, and which take the film then uses."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from storyreel.domain.advice import Remedy
from storyreel.domain.checks import FindingKind, TakeFinding
from storyreel.domain.errors import ContentRejected
from storyreel.domain.events import PromptReworded, RouteChanged, TakeRejected, TakeRetried
from storyreel.domain.film import Film
from storyreel.domain.generation import GenerationState, Request, Take
from storyreel.domain.model import Mode
from storyreel.domain.seeds import within
from storyreel.domain.values import JSON
from storyreel.library import events, films, ledger, takes
from storyreel.library.database import Connection
from storyreel.library.findings import findings_of, tell_findings
from storyreel.production.retry import came, failures_of, next_attempt
from storyreel.production.runs import is_current
from storyreel.production.ways import Way, shot_of

RESTING = "resting"

_WORST_FIRST = (FindingKind.BLACK, FindingKind.FROZEN, FindingKind.CUT, FindingKind.LENGTH, FindingKind.SILENT)


def with_seed(request: Request, attempt: int) -> Request:
    """The request of an attempt, counted from 0: the first is as it was asked, each other has a seed of its own."""
    return request.model_copy(update={"seed": within(request.seed + attempt)}) if attempt else request


def tell_attempt(
    connection: Connection, film: Film, shot: str, tried: Sequence[Take], before: Way, way: Way, now: datetime
) -> None:
    """Write why another attempt is made, and why it is made by another route than was meant, or than the one before."""
    last = tried[-1] if tried else None
    if last is not None and (came(last) or last.cost_usd):
        left = film.order.retakes - sum(came(take) or bool(take.cost_usd) for take in tried) + 1
        events.append(connection, film.id, TakeRejected(shot=shot, take=last.id, left=left), now)
    elif last is not None and last.route == way.route and failures_of([last], way.route):
        left = film.order.retries - failures_of(tried, way.route) + 1
        told = TakeRetried(shot=shot, take=last.id, code=last.error_code or "", left=left)
        events.append(connection, film.id, told, now)
    if before.route != way.route:
        reason = (last.error_code if last is not None and not came(last) else None) or RESTING
        changed = RouteChanged(
            shot=shot,
            before=before.route,
            after=way.route,
            price_before_usd=before.price_usd,
            price_after_usd=way.price_usd,
            reason=reason,
        )
        events.append(connection, film.id, changed, now)


def reused(connection: Connection, take: Take, now: datetime, price_usd: Decimal | None) -> Take | None:
    """The take with an equal one's clip, and with what was found in that; None where there is none."""
    equal = takes.equal_take(connection, take.inputs_digest)
    finished = takes.reuse_take(connection, take.id, now, price_usd)
    if equal is not None and finished is not None:
        found = findings_of(connection, equal.film).get(equal.id, ())
        tell_findings(connection, take.film, take.shot, take.id, found, now)
    return finished


def settle_attempt(
    connection: Connection, take: Take, run: str | None, tried: Sequence[str], now: datetime, routes: Sequence[str] = ()
) -> JSON:
    """How a shot stands after an attempt that has ended, `tried` being the takes before: to be made `again`, or its selection.

    After the last attempt the best take is selected and the film goes on; a retake that does not come, for a budget or a refusal,
    does not take away what there is. Where the film was changed meanwhile, the take is kept and no more. `routes`: see
    `next_attempt`.
    """
    if not is_current(connection, take.film, run):
        return _end(connection, take)
    film, found = films.film(connection, take.film), findings_of(connection, take.film)
    attempts = [*(takes.take(connection, id) for id in tried), take]
    bad = {one.id for one in attempts if is_bad(found.get(one.id, ()))}
    reworded = {one.after for one in rewordings(connection, take.film, take.shot)}
    if (again := next_attempt(attempts, bad, film.order, routes, reworded)) is not None:
        return {**_end(connection, take), "again": again.model_dump(mode="json")}
    ready = [one for one in attempts if one.state is GenerationState.READY]
    if take.state not in {GenerationState.READY, GenerationState.FAILED} or not ready:
        return _end(connection, take)
    best = min(ready, key=lambda one: _badness(found.get(one.id, ())))
    takes.select_take(connection, best.film, best.shot, best.id, now)
    return _end(connection, best)


def rewordings(connection: Connection, film: str, shot: str) -> list[PromptReworded]:
    """How the prompts of a shot were put otherwise, the first one first."""
    facts = [event.fact for event in events.all_of(connection, film, {"prompt.reworded"})]
    return [fact for fact in facts if isinstance(fact, PromptReworded) and fact.shot == shot]


def is_bad(findings: Sequence[TakeFinding]) -> bool:
    """Whether a take in which this was found is worth making again."""
    return any(finding.kind.bad for finding in findings)


def _badness(findings: Sequence[TakeFinding]) -> tuple[float, ...]:
    """What orders takes, the best first: by their worst kind, then by how much of it there is; of two equals the first."""
    return tuple(sum(one.detail[0] if one.detail else 1.0 for one in findings if one.kind is kind) for kind in _WORST_FIRST)


def _end(connection: Connection, take: Take) -> dict[str, JSON]:
    refused = take.state is GenerationState.FAILED and take.error_code == ContentRejected.code
    message = _refusal(connection, take) if refused else take.error
    return {"state": take.state, "last_frame": take.last_frame, "code": take.error_code, "message": message}


def _refusal(connection: Connection, take: Take) -> str:
    """Which shot was refused, which of its parts that can have been, and what to do."""
    call, shot = ledger.call(connection, take.key), shot_of(take.shot)
    asked = "prompt" if take.request.modes == (Mode.TEXT,) else "prompt or one of its pictures"
    taken = call is not None and call.remote_id is not None
    part = f"its {asked}, or what came of it" if taken else f"its {asked}, before anything was made"
    remedy = f"The other shots are kept. Say it otherwise: {Remedy.REWORD.of(film=take.film, shot=shot)}"
    return f"Shot {take.request.number} was refused ({part}): {take.error} {remedy}"
