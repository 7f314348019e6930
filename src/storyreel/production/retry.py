"""What follows an attempt that did not give a shot its take: the same again, another route, other words, or the end.

Three bounds, told before anything is sent:

- `retakes`: what was made, and paid, and cannot be used (it does not pass its checks, is broken, its link is dead), and what was
  charged though it came to nothing, is made again so often, by whatever route;
- `retries`: what came to nothing by a fault of the provider's, for nothing, is asked for again so often by each route;
- `fallbacks`: what one route refuses, or fails in again and again, the next one is asked for.

What a moderator refused is put in other words once, where the order allows it. Nothing else is tried again.
"""

from collections.abc import Collection, Sequence

from storyreel.domain.errors import NOT_THERE, THEIRS, ContentRejected
from storyreel.domain.film import Order
from storyreel.domain.generation import LOST, GenerationState, Take
from storyreel.domain.values import Value

FIRST_PAUSE_S = 2.0  # before a provider that failed is asked again; twice as long each time
LONGEST_PAUSE_S = 30.0


class Again(Value):
    """The next attempt at a shot, as it is kept with the end of the one before."""

    route: str
    pause_s: float = 0.0  # before it, and up to half as much again by chance
    prompt: str | None = None  # instead of the shot's own
    reword: bool = False  # the prompt is put otherwise first


def came(take: Take) -> bool:
    """Whether something was made, and is paid, usable or not."""
    return take.state is GenerationState.READY or (take.state is GenerationState.FAILED and take.error_code in LOST)


def next_attempt(
    attempts: Sequence[Take], bad: Collection[str], order: Order, routes: Sequence[str], reworded: Collection[str]
) -> Again | None:
    """What is tried after these attempts at a shot, the last one having ended; None: nothing is.

    `bad`: takes that did not pass their checks; `routes`: that can make the shot, in order; `reworded`: prompts of rewordings.
    """
    last = attempts[-1]
    prompt = last.request.prompt if last.request.prompt in reworded else None
    again = Again(route=last.route, prompt=prompt)
    if came(last) or last.cost_usd:
        paid = sum(came(take) or bool(take.cost_usd) for take in attempts)
        worth_it = last.id in bad or (last.state is GenerationState.FAILED and last.error_code in THEIRS | LOST)
        return again if worth_it and paid <= order.retakes else None
    if last.state is not GenerationState.FAILED:
        return None
    if last.error_code == ContentRejected.code:
        rewords = order.rephrase and prompt is None and not any(take.state is GenerationState.READY for take in attempts)
        return again.model_copy(update={"reword": True}) if rewords else None
    return _for_nothing(attempts, again, order, routes)


def _for_nothing(attempts: Sequence[Take], again: Again, order: Order, routes: Sequence[str]) -> Again | None:
    """What follows a failure that nobody charges for."""
    last = attempts[-1]
    failures = failures_of(attempts, last.route)
    if last.error_code in THEIRS and failures <= order.retries:
        pause_s = min(FIRST_PAUSE_S * 2 ** (failures - 1), LONGEST_PAUSE_S)
        return again.model_copy(update={"pause_s": pause_s})
    if last.error_code in THEIRS | NOT_THERE:
        tried = {take.route for take in attempts}
        left = [route for route in routes if route not in tried]
        return again.model_copy(update={"route": left[0]}) if left else None
    return None


def failures_of(attempts: Sequence[Take], route: str) -> int:
    """How often a route came to nothing for nothing, by a fault of its provider's."""
    failed = [take for take in attempts if take.state is GenerationState.FAILED and take.route == route and not take.cost_usd]
    return sum(take.error_code in THEIRS for take in failed)
