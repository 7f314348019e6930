"""A provider's refusal of a value, by our word for that value."""

import re
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.model import Route

UNTOLD = frozenset({"request", "model"})
"""The field of a refusal that named none."""


@contextmanager
def in_our_words(route: Route, also: Mapping[str, str] | None = None) -> Generator[None]:
    """Within it, an InvalidRequest in a provider's words leaves as one whose `field` is ours, as the route translates them.

    `also` are their words that no route tells, with ours.
    """
    try:
        yield
    except InvalidRequest as error:
        word = None if error.field in route.parameters else our_word(error, route, also or {})
        if type(error) is not InvalidRequest or word is None:
            raise
        told = str(error).rstrip(".")
        raise InvalidRequest(f"{told}. In Storyreel's words that is {word}: give another.", field=word) from error


def our_word(error: InvalidRequest, route: Route, also: Mapping[str, str]) -> str | None:
    """The word of ours for the field that is named, or for the first of their names in the sentence; None: it names none."""
    named = [*((theirs, word) for theirs, word in also.items()), *_names(route)]
    if error.field not in UNTOLD:
        return next((word for theirs, word in named if error.field in {theirs, theirs.rpartition(".")[2]}), None)
    found: list[tuple[int, int, int, str]] = []
    for order, (theirs, word) in enumerate(named):
        last = theirs.rpartition(".")[2]
        if match := re.search(rf"(?<![A-Za-z0-9]){re.escape(last)}(?![A-Za-z0-9_])", str(error), re.IGNORECASE):
            found.append((match.start(), -len(last), order, word))
    return min(found)[-1] if found else None


def _names(route: Route) -> Iterator[tuple[str, str]]:
    for word, parameter in route.parameters.items():
        for theirs in (parameter.name, *parameter.names.values()):
            yield theirs, word
