"""What went wrong, in a reader's language: each kind of error with its facts; of one that was kept as words, what its code means.

In English the studio's own sentences stand. In other languages they are known again by their shape (`known`); others are told
from the error's facts. A door says what helps in words of its own; facts of the machine are told only to who sits there.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from string import Formatter
from typing import TypeAlias

from storyreel.domain import errors
from storyreel.domain.advice import Remedy
from storyreel.domain.film import MOST_SHOTS
from storyreel.domain.money import price_text
from storyreel.domain.values import Language
from storyreel.doors.languages.known import known_or, said_again
from storyreel.doors.languages.meanings import BY_BUDGET, BY_FIELD, MEANINGS
from storyreel.doors.languages.phrases import Phrase
from storyreel.doors.languages.words import N_, translations

Said: TypeAlias = Callable[[str], str]

Sentence: TypeAlias = str | tuple[str, ...]
"""A sentence, or several of which the first is told whose facts are there."""

SENTENCES: Mapping[type[errors.StoryreelError], tuple[Sentence, ...]] = {
    errors.UnknownModel: (N_("There is no model “{name}”."), N_("Nearest: {nearest}."), N_("{models} lists them all.")),
    errors.UnknownFilm: (N_("There is no film “{name}”."), N_("Nearest: {nearest}."), N_("{films} lists them all.")),
    errors.StoryboardInvalid: ((N_("{path}, line {line}: {problem}"), N_("{path}: {problem}")),),
    errors.MediaUnusable: ((N_("{path} cannot be used: {problem}."), N_("The file cannot be used: {problem}.")),),
    errors.CapabilityMissing: (N_("{model} cannot do this: {capability}."), N_("These can: {alternatives}.")),
    errors.RouteClosed: (
        N_("{route} was closed on {since}."),
        (N_("Take {successor} instead."), N_("{models} lists what is open.")),
    ),
    errors.AuthenticationFailed: (
        N_("The key for {provider} is missing or refused."),
        (
            N_("Set {setting}, or draw the film for free: {draw}."),
            N_("Set {setting} where Storyreel runs, or have the film drawn for free."),
        ),
    ),
    errors.InsufficientCredit: (
        (
            N_("The account at {provider} is empty: add credit there, then {resume}."),
            N_("The account at {provider} is empty: add credit there, then go on."),
        ),
    ),
    errors.ContentRejected: (
        N_("The moderation of {provider} refused it: {reason}."),
        N_("Say it in other words, or take another model."),
    ),
    errors.RateLimited: (N_("{provider} has too many requests of ours; try again in a while."),),
    errors.ProviderUnavailable: (
        N_("{provider} is not answering as it should: {detail}."),
        N_("Try again later, or take another model."),
    ),
    errors.TimedOut: (N_("It took longer than {after_s} s: {what}."), N_("{resume} goes on where it was.")),
    errors.SubmitOutcomeUnknown: (
        N_("Whether {provider} took a paid request is not known: look into the account there, then decide."),
        N_("{attention} shows what waits for it."),
    ),
    errors.OutputExpired: (
        N_("The result at {provider} was gone before it was fetched."),
        N_("{resume} asks for a fresh one."),
    ),
    errors.OutputBroken: (N_("The clip that came cannot be used: {problem}."),),
    errors.LineBusy: (
        (
            N_("Process {pid} is answering for @{bot} in {home}. End it."),
            N_("Process {pid} makes films in {home}. Wait for it, or set STORYREEL_HOME to another folder."),
            N_("Another process makes films in {home}. Wait for it, or set STORYREEL_HOME to another folder."),
        ),
    ),
    errors.StoreUnusable: (N_("{where}: {problem}. {remedy}"),),
    errors.OutputUnwritable: (N_("{path} cannot be written: {problem}."), N_("Give another place.")),
}
"""Of each kind, with what it tells; a sentence whose fact is not there is left out."""

GAPS = {Language.CHINESE: ""}
"""Between two sentences, where that is no space."""

TOLD_IN_WORDS = {"problem", "capability", "remedy"}
"""Facts that are words of ours, some of which the catalogues know."""

OF_THIS_MACHINE = {"path", "home", "where", "pid", "after_s"}
"""Facts that mean something only to who sits at it."""

NO_HELP: Mapping[Remedy, str] = {}


def failure_text(
    error: Exception,
    code: str,
    english: str,
    language: Language,
    helps: Mapping[Remedy, str] = NO_HELP,
    *,
    at_machine: bool = False,
) -> str:
    """What is told of an error in that language. `english`: the same in English, with what helps as `helps` has it.

    `helps`: how the door says what helps, in that language; `at_machine`: the reader sits there.
    """
    said = translations(language).gettext
    message = error.args[0] if error.args else None
    if isinstance(message, Phrase):
        return message.said(said)
    if language is Language.ENGLISH or not english or said(english) != english:
        return said(english) if english else english
    if not isinstance(error, errors.StoryreelError) and code in MEANINGS:  # what a door refuses by itself
        return said(MEANINGS[code])
    return _told_otherwise(error, code, english, language, helps, at_machine=at_machine)


def kept_text(code: str, english: str, language: Language) -> str:
    """The same of an error of which only its code and its words were kept; the words follow, as they came."""
    if language is Language.ENGLISH or code not in MEANINGS:
        return english
    told = translations(language).gettext(MEANINGS[code])
    return told if code == errors.Cancelled.code else f"{told} ({english.rstrip('.')})"


def recalled_text(code: str, english: str, language: Language) -> str:
    """The same: what was kept as it is known again, with its facts; what is not known by its code."""
    return said_again(english, language) or kept_text(code, english, language)


def _told_otherwise(
    error: Exception, code: str, english: str, language: Language, helps: Mapping[Remedy, str], *, at_machine: bool
) -> str:
    """Of what the catalogue does not have word for word: known by its shape, else told by its facts, else by its code."""
    is_of_machine = not at_machine and bool(OF_THIS_MACHINE & vars(error).keys())
    if helps and not is_of_machine:
        known = said_again(english, language)
        if known is not None:
            return known
    told = GAPS.get(language, " ").join(_sentences(error, language, helps, at_machine=at_machine))
    if told:
        return told
    if is_of_machine and code in MEANINGS:
        return translations(language).gettext(MEANINGS[code])
    return kept_text(code, english, language)


def _sentences(error: Exception, language: Language, helps: Mapping[Remedy, str], *, at_machine: bool) -> Iterator[str]:
    """Nothing of an error without facts, or of a kind that has no sentence."""
    said = translations(language).gettext
    told = {name: value for name, value in vars(error).items() if at_machine or name not in OF_THIS_MACHINE}
    facts = {name: _shown(name, value, language) for name, value in told.items()}
    if not facts:
        return
    if isinstance(error, errors.BudgetExceeded):
        yield said(BY_BUDGET.get(error.budget, BY_BUDGET["film"])).format(**facts)
    elif type(error) is errors.InvalidRequest and facts.get("field") in BY_FIELD and not at_machine:
        yield said(BY_FIELD[error.field]).format(most_shots=MOST_SHOTS)
    facts |= {remedy.name.lower(): words for remedy, words in helps.items()}
    for sentence in next((told for kind, told in SENTENCES.items() if isinstance(error, kind)), ()):
        ways = (sentence,) if isinstance(sentence, str) else sentence
        if way := next((one for one in ways if _is_whole(one, facts)), ""):
            yield said(way).format(**facts)


def _is_whole(sentence: str, facts: Mapping[str, str]) -> bool:
    return all(facts.get(name) for _, name, _, _ in Formatter().parse(sentence) if name)


def _shown(name: str, value: object, language: Language) -> str:
    match value:
        case None:
            return ""
        case tuple():
            return ", ".join(map(str, value[: errors.MOST_NAMES]))  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        case str() if name.endswith("_usd"):
            return _price(value, translations(language).gettext)
        case float():
            return f"{value:g}"
        case _:
            text = str(value).rstrip(".")
            return known_or(text, language) if text and name in TOLD_IN_WORDS else text


def _price(usd: str, said: Said) -> str:
    try:
        return price_text(Decimal(usd))
    except InvalidOperation:
        return said(N_("nobody knows how much"))
