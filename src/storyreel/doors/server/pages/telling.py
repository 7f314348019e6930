"""What happened to a film, as sentences in a reader's language; what says nothing to a person is left out."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from storyreel.domain import events
from storyreel.domain.checks import FindingKind
from storyreel.domain.events import Event, Fact
from storyreel.domain.film import Film
from storyreel.domain.generation import is_keyframe, keyframe_of
from storyreel.domain.money import paid_text, price_text
from storyreel.domain.values import Language
from storyreel.doors.languages.words import N_, translations
from storyreel.doors.server.pages.remedies import kept_here

MOST_LINES = 40


FINDINGS: Mapping[FindingKind, str] = {
    FindingKind.BLACK: N_("it is black for a while"),
    FindingKind.FROZEN: N_("nothing moves for a while"),
    FindingKind.CUT: N_("the scene changes inside the shot"),
    FindingKind.SILENT: N_("sound was asked, and none is heard"),
    FindingKind.LENGTH: N_("it is not as long as was asked"),
    FindingKind.SIZE: N_("it is not of the size that was asked"),
    FindingKind.SOUND: N_("it has sound that nobody asked for"),
}

TEXTS: Mapping[type[Fact], str] = {
    events.FilmQueued: N_("The film was accepted."),
    events.StoryboardWritten: N_("{model} wrote the storyboard."),
    events.StoryboardWarned: N_("{message}"),
    events.FilmStarted: N_("Production began."),
    events.FilmAwaitsApproval: N_("The storyboard waits for your approval."),
    events.FilmApproved: N_("The storyboard was approved."),
    events.FilmChanged: N_("The film was changed."),
    events.FilmResumed: N_("The film goes on."),
    events.TakeSent: N_("{shot} was sent."),
    events.TakeReady: N_("{shot} is ready: {cost_usd}."),
    events.TakeFound: N_("{shot}: {finding}."),
    events.TakeRejected: N_("{shot} is made again with another seed."),
    events.TakeFailed: N_("{shot} did not come: {message} The other shots go on."),
    events.TakeRetried: N_("{shot} is asked for once more: its provider failed, and charged nothing."),
    events.RouteChanged: N_("{shot} is made by {after} now, instead of {before}."),
    events.PromptReworded: N_("{shot} was put in milder words: “{after}”"),
    events.TakeAdopted: N_("{shot} was found at its provider."),
    events.TakeResubmitted: N_("{shot} may be sent again."),
    events.TakeAbandoned: N_("{shot}: its call was written off."),
    events.TakeLocked: N_("{shot} is locked: it keeps its take."),
    events.TakeUnlocked: N_("{shot} is unlocked."),
    events.CutStarted: N_("The shots are being joined."),
    events.FilmReady: N_("The film is ready: {cost_usd}."),
    events.FilmFailed: N_("The film stopped: {message}"),
    events.FilmCancelled: N_("The film was cancelled; what was finished is kept."),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One line of the log."""

    at: datetime
    text: str


def told_of(film: Film, happened: Iterable[Event], language: Language) -> list[Said]:
    """The log of a film, the latest first."""
    lines = list(_lines(film, happened, language))
    return lines[: -MOST_LINES - 1 : -1]


def _lines(film: Film, happened: Iterable[Event], language: Language) -> Iterator[Said]:
    said = translations(language).gettext
    for event in happened:
        text = TEXTS.get(type(event.fact))
        if text is not None and getattr(event.fact, "code", "") != "cancelled":
            yield Said(event.at, said(text).format(**_facts(film, event.fact, language)))


def _facts(film: Film, fact: Fact, language: Language) -> dict[str, str]:
    """What a sentence may name."""
    said = translations(language).gettext
    told = {name: str(value) for name, value in fact.model_dump().items()}
    if isinstance(fact, events.TakeReady | events.FilmReady):
        told["cost_usd"] = paid_text(fact.cost_usd) if fact.cost_usd else said("free of charge")
    if isinstance(fact, events.FilmAwaitsApproval | events.FilmChanged) and fact.quote_usd is not None:
        told["quote_usd"] = price_text(fact.quote_usd)
    if isinstance(fact, events.TakeFound):
        told["finding"] = said(FINDINGS[fact.finding.kind])
    if "message" in told:
        told["message"] = kept_here(told.get("code", ""), told["message"], language)
    if "shot" in told:
        told["shot"] = called(film, told["shot"], said)
    return told


def called(film: Film, shot: str, said: Callable[[str], str]) -> str:
    """What a person calls that shot, or the frame that it begins on."""
    names = [{one.id, keyframe_of(one.id)} for one in film.storyboard.shots]
    number = 1 + next((index for index, known in enumerate(names) if shot in known), 0)
    name = said("The first frame of shot {number}") if is_keyframe(shot) else said("Shot {number}")
    return name.format(number=number)


def take_called(film: Film, shot: str, take: str, said: Callable[[str], str]) -> str:
    """What a person calls a take of that shot, by the take's id."""
    return said(N_("{shot}, take {number}")).format(shot=called(film, shot, said), number=take.rpartition("/")[2])
