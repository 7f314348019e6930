"""Everything that can go wrong, typed. Each says what happened, what to do next, and whether money may be gone.

StoryreelError
├── InvalidRequest            a value is wrong; `field` names it
│   ├── UnknownModel          no such model; the nearest names are told
│   ├── UnknownFilm           no such film
│   ├── StoryboardInvalid     a storyboard file breaks at a line
│   ├── CatalogueInvalid      a catalogue file breaks at a key
│   ├── MediaUnusable         a picture or clip that cannot be used
│   └── NobodyToAsk           a person would have to be asked, who cannot be from here
├── CapabilityMissing         the model cannot do that; those that can are named
├── RouteClosed               the provider has shut this way to the model
├── AuthenticationFailed      no key, or a key that is refused; `setting` names it
├── InsufficientCredit        the account is empty
├── BudgetExceeded            the next call would break a budget
├── ContentRejected           a moderator said no, and to which input
├── RateLimited               too many at once; when to come back
├── ProviderUnavailable       no answer, or a fault on their side, before the request counted
├── TimedOut                  a wait or a call ran past its bound
├── SubmitOutcomeUnknown      a paid call may or may not have arrived
├── OutputExpired             the result's link is dead
├── OutputBroken              the result does not decode, or is not what was asked
├── Cancelled                 someone asked for an end
├── Declined                  a person was asked, and did not agree
├── LineBusy                  another process owns the production line, or serves the bot
├── NoWorker                  nobody works on a line that workers share
├── PlaceLost                 a worker was not heard of, and others have its films
├── StoreUnusable             our database or folder cannot be read or written
└── OutputUnwritable          the place for the film cannot be written
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from storyreel.domain.advice import UNNAMED, Advice, Remedy, recalled

MOST_NAMES = 6
"""How many names of models a message tells."""


class StoryreelError(Exception):
    """Any failure that Storyreel foresees: a message for a person, facts for a program."""

    code = "error"
    retriable = False  # the same request may work later
    may_have_cost = False  # money may have been spent

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else (self.__doc__ or self.code).splitlines()[0]

    def worded(self, words: Mapping[Remedy, str]) -> str:
        """The message, with what helps in a door's own words."""
        message = self.args[0] if self.args else None
        told = message if isinstance(message, Advice) else recalled(str(self), UNNAMED["film"])
        return told.worded(words)


class InvalidRequest(StoryreelError):
    """A value that was given cannot be used; nothing was sent."""

    code = "invalid_request"

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field


class UnknownModel(InvalidRequest):
    """No model has that name."""

    code = "unknown_model"

    def __init__(self, name: str, *, nearest: Sequence[str]) -> None:
        near = f"Nearest: {', '.join(nearest)}." if nearest else Advice(Remedy.MODELS, " lists them.")
        super().__init__(Advice(f"{name!r} is not a model. ", near), field="model")
        self.name, self.nearest = name, tuple(nearest)


class UnknownFilm(InvalidRequest):
    """No film has that name, or several begin with it."""

    code = "unknown_film"

    def __init__(self, name: str, *, nearest: Sequence[str] = (), several: bool = False) -> None:
        """`several`: the name is the beginning of each of the nearest."""
        if several:
            message = f"Several films begin with {name!r}: {', '.join(nearest)}. Say more of the one that you mean."
        else:
            near = f"Nearest: {', '.join(nearest)}." if nearest else Advice(Remedy.FILMS, " lists them.")
            message = Advice(f"There is no film {name!r}. ", near)
        super().__init__(message, field="film")
        self.name, self.nearest, self.several = name, tuple(nearest), several


class StoryboardInvalid(InvalidRequest):
    """A storyboard file cannot be read; what was saved is kept where it is."""

    code = "storyboard_invalid"

    def __init__(self, problem: str, *, line: int | None, path: Path | None = None) -> None:
        where = f"{path or 'The storyboard'}{f', line {line}' if line else ''}"
        super().__init__(f"{where}: {problem}", field="storyboard")
        self.problem, self.line, self.path = problem, line, path


class CatalogueInvalid(InvalidRequest):
    """A file of the catalogue says something that cannot be; the file, line and key are named."""

    code = "catalogue_invalid"

    def __init__(self, problem: str, *, path: Path, line: int | None, key: str) -> None:
        at = f", line {line}" if line else ""
        super().__init__(f"{path}{at}: {key}: {problem}", field=key)
        self.problem, self.path, self.line, self.key = problem, path, line, key


class MediaUnusable(InvalidRequest):
    """A picture or clip that was given is not one, is broken, or is too large."""

    code = "media_unusable"

    def __init__(self, path: Path | str, problem: str, *, field: str = "input") -> None:
        super().__init__(f"{path}: {problem}", field=field)
        self.path, self.problem = path, problem


class NobodyToAsk(InvalidRequest):
    """A person would have to be asked, and cannot be from here; it was not done."""

    code = "nobody_to_ask"

    def __init__(self, question: str) -> None:
        told = f"A person has to be asked, and cannot be from here: {question}"
        super().__init__(f"{told} Call the tool at a terminal, or by a client that asks its person.", field="question")
        self.question = question


class CapabilityMissing(StoryreelError):
    """The model cannot do what was asked; nothing was sent."""

    code = "capability_missing"

    def __init__(self, *, model: str, capability: str, alternatives: Sequence[str], otherwise: str = "") -> None:
        over = len(alternatives) - MOST_NAMES
        more = Advice(f", and {over} more (", Remedy.MODELS, ")") if over > 0 else ""
        named = ", ".join(alternatives[:MOST_NAMES])
        can = Advice(f"These can: {named}", more, ".") if alternatives else "No model in the catalogue can."
        super().__init__(Advice(f"{model} cannot do this: {capability}. ", can, " " if otherwise else "", otherwise))
        self.model, self.capability, self.alternatives = model, capability, tuple(alternatives)


class RouteClosed(StoryreelError):
    """The provider has shut this way to the model; nothing was sent."""

    code = "route_closed"

    def __init__(self, *, route: str, since: date, successor: str | None) -> None:
        remedy = f"Use {successor} instead." if successor else Advice(Remedy.MODELS, " lists what is open.")
        super().__init__(Advice(f"{route} was closed on {since}. ", remedy))
        self.route, self.since, self.successor = route, since, successor


DRAW_IT = Advice("draw the film for free with ", Remedy.DRAW)
"""What can be done without a provider's key."""


class AuthenticationFailed(StoryreelError):
    """There is no key for the provider, or it refuses the one there is."""

    code = "authentication_failed"

    def __init__(
        self, *, provider: str, setting: str, refused: bool = False, problem: str = "", otherwise: str = DRAW_IT
    ) -> None:
        what = f"{provider} refuses the key in {setting}." if refused else f"{problem or f'No key for {provider}'}."
        super().__init__(Advice(f"{what} Set {setting}, or ", otherwise, "."))
        self.provider, self.setting, self.refused = provider, setting, refused


class InsufficientCredit(StoryreelError):
    """The provider's account has no money left; nothing was made."""

    code = "insufficient_credit"

    def __init__(self, *, provider: str, detail: str = "") -> None:
        super().__init__(
            Advice(
                f"The account at {provider} has no credit left. Add credit there, then ", Remedy.RESUME, f". {detail}".rstrip()
            )
        )
        self.provider, self.detail = provider, detail


class BudgetExceeded(StoryreelError):
    """The next paid call would break a budget; it was not sent."""

    code = "budget_exceeded"

    def __init__(self, message: str, *, budget: str, limit_usd: str, needed_usd: str, setting: str = "") -> None:
        super().__init__(message)
        self.budget, self.limit_usd, self.needed_usd, self.setting = budget, limit_usd, needed_usd, setting

    def of_change(self, what: str) -> "BudgetExceeded":
        """The same, told of a change to a film: 'retake', 'edit'."""
        message = Advice(f"The {what} is refused. ", self.args[0], " The film stands as it was.")
        facts = {"budget": self.budget, "limit_usd": self.limit_usd, "needed_usd": self.needed_usd, "setting": self.setting}
        return BudgetExceeded(message, **facts)


class ContentRejected(StoryreelError):
    """The provider's moderation refused an input or the result."""

    code = "content_rejected"

    def __init__(self, *, provider: str, refused: str, reason: str) -> None:
        ended = reason if reason.endswith((".", "!", "?", "…", "。")) else f"{reason}."
        super().__init__(f"{provider} refused the {refused}: {ended} Reword it, or choose another model.")
        self.provider, self.refused, self.reason = provider, refused, reason


class RateLimited(StoryreelError):
    """The provider asks us to wait; nothing was made."""

    code, retriable = "rate_limited", True

    def __init__(self, *, provider: str, retry_after_s: float | None) -> None:
        when = f"in {retry_after_s:.0f} s" if retry_after_s is not None else "later"
        super().__init__(f"{provider} has too many requests from this account; Storyreel tries again {when}.")
        self.provider, self.retry_after_s = provider, retry_after_s


class ProviderUnavailable(StoryreelError):
    """The provider could not be reached, or answered with a fault of its own, before the request counted."""

    code, retriable = "provider_unavailable", True

    def __init__(self, *, provider: str, detail: str, unreached: bool = False, offline: bool = False) -> None:
        """`unreached`: no connection came about; `offline`: for want of a network here."""
        told = f"{provider} is not answering as it should: {detail.rstrip('.')}."
        later = Advice("Try again later (a film that stopped: ", Remedy.RESUME, "), or choose another model.")
        super().__init__(Advice(f"{told} ", later))
        self.provider, self.detail, self.unreached, self.offline = provider, detail, unreached, offline


class TimedOut(StoryreelError):
    """A wait ran past its bound; what was being made may still be charged."""

    code, retriable, may_have_cost = "timed_out", True, True

    def __init__(self, what: str, *, after_s: float) -> None:
        super().__init__(Advice(f"{what} took longer than {after_s:.0f} s. ", Remedy.RESUME, " goes on where it was."))
        self.what, self.after_s = what, after_s


class SubmitOutcomeUnknown(StoryreelError):
    """A paid request was sent and no answer tells what became of it. It is never sent again by itself."""

    code, may_have_cost = "submit_outcome_unknown", True

    def __init__(self, *, provider: str, detail: str, answered: bool = False) -> None:
        """`answered`: there was an answer, though not one that tells; none will come any more."""
        remedy = "It may have arrived: look for it in your account there, then decide by `storyreel attention`."
        super().__init__(f"Whether {provider} took a paid request is not known ({detail}). {remedy}")
        self.provider, self.detail, self.answered = provider, detail, answered


class OutputExpired(StoryreelError):
    """The link to a finished result is dead."""

    code, may_have_cost = "output_expired", True

    def __init__(self, *, provider: str) -> None:
        super().__init__(
            Advice(f"The result's link at {provider} has expired before it was copied. ", Remedy.RESUME, " asks for a fresh one.")
        )
        self.provider = provider


class OutputBroken(StoryreelError):
    """A result does not decode to its end, or is not what was asked."""

    code, retriable, may_have_cost = "output_broken", True, True

    def __init__(self, problem: str) -> None:
        super().__init__(f"The clip that arrived cannot be used: {problem}. It is fetched again before it is made again.")
        self.problem = problem


class Cancelled(StoryreelError):
    """Someone asked for an end; what was finished is kept."""

    code = "cancelled"

    def __init__(self, what: str, *, film: str | None = None) -> None:
        remedy = f" What was finished is kept; `storyreel resume {film}` goes on." if film else ""
        super().__init__(f"{what} was cancelled.{remedy}")
        self.what, self.film = what, film


class Declined(StoryreelError):
    """A person was asked, and did not agree; it was not done."""

    code = "declined"

    def __init__(self, question: str) -> None:
        super().__init__(f"A person was asked, and did not agree: {question} It was not done. Ask again only if they wish it.")
        self.question = question


class LineBusy(StoryreelError):
    """Another process owns the production line of this folder, or serves the bot."""

    code, retriable = "line_busy", True

    def __init__(self, *, home: Path, pid: int | None, bot: str | None = None) -> None:
        who, now = f"process {pid}" if pid else "another process", f"is answering for @{bot}" if bot else "is producing films"
        super().__init__(f"{who} {now} in {home}. {'End it' if bot else 'Wait for it, or set STORYREEL_HOME to another folder'}.")
        self.home, self.pid, self.bot = home, pid, bot


class NoWorker(StoryreelError):
    """Nobody works on the line that films are handed to; the film is kept."""

    code, retriable = "no_worker", True

    def __init__(self, *, film: str) -> None:
        told = f"No worker takes up the film {film}. It is kept, and is made once one runs:"
        super().__init__(f"{told} start `storyreel worker`, then `storyreel resume {film}`.")
        self.film = film


class PlaceLost(StoryreelError):
    """A worker could not show for a while that it lives, so that others may have taken its films over."""

    code, retriable = "place_lost", True

    def __init__(self, *, lease_s: float) -> None:
        told = f"This worker was not heard of for {lease_s:g} seconds, and others take its films over."
        super().__init__(f"{told} It begins again under another name; see that the database can be reached.")
        self.lease_s = lease_s


class StoreUnusable(StoryreelError):
    """Our own database or folder cannot be used."""

    code = "store_unusable"

    def __init__(self, where: Path | str, problem: str, *, remedy: str) -> None:
        super().__init__(f"{where}: {problem}. {remedy}")
        self.where, self.problem, self.remedy = where, problem, remedy


class OutputUnwritable(StoryreelError):
    """The place where the film should go cannot be written; the film itself is kept."""

    code = "output_unwritable"

    def __init__(self, path: Path, problem: str) -> None:
        remedy = "Free space there, or choose another place." if "space" in problem.lower() else "Choose another place."
        super().__init__(f"{path} cannot be written: {problem}. {remedy}")
        self.path, self.problem = path, problem


THEIRS = frozenset({ProviderUnavailable.code, TimedOut.code})
"""Codes of generations that came to nothing by a fault of the provider's own: the same request may work the next time."""

NOT_THERE = frozenset(
    {RateLimited.code, RouteClosed.code, AuthenticationFailed.code, InsufficientCredit.code, CapabilityMissing.code}
)
"""Codes of what one route refuses, now or always, and another may not."""


def told_later(provider: str, code: str, words: str) -> str:
    """What a person reads of a generation that its provider took and made nothing of: who says so, its words, what to do.

    Words that name the provider are whole already; so are those of what is no fault of a provider's.
    """
    if provider.lower() in words.lower():
        return words
    if code == ContentRejected.code:
        return str(ContentRejected(provider=provider, refused="request", reason=words))
    if code == ProviderUnavailable.code:
        return str(ProviderUnavailable(provider=provider, detail=words))
    if code in {OutputBroken.code, OutputExpired.code, TimedOut.code}:
        return f"{provider}: {words.rstrip('.')}. `storyreel resume` makes another take."
    return words


def restored(code: str, message: str) -> StoryreelError:
    """The error that was kept as its code and message, of its own class; its other facts are gone."""
    kinds = {kind.code: kind for kind in reversed(_kinds(StoryreelError))}
    kind = kinds.get(code, StoryreelError)
    error = kind.__new__(kind)
    Exception.__init__(error, message)
    return error


def _kinds(kind: type[StoryreelError]) -> list[type[StoryreelError]]:
    return [kind, *(deeper for sub in kind.__subclasses__() for deeper in _kinds(sub))]
