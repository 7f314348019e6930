"""What went wrong, in a reader's language: each kind of error with its facts; of one that was kept as words, what its code means.

In English the studio's own sentences stand, which say more.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from string import Formatter
from typing import TypeAlias

from storyreel.domain import errors
from storyreel.domain.film import MOST_SHOTS
from storyreel.domain.money import price_text
from storyreel.domain.values import Language
from storyreel.doors.languages.meanings import BY_BUDGET, BY_FIELD, MEANINGS
from storyreel.doors.languages.words import N_, translations

Said: TypeAlias = Callable[[str], str]

SENTENCES: Mapping[type[errors.StoryreelError], tuple[str, ...]] = {
    errors.UnknownModel: (N_("There is no model “{name}”."), N_("Nearest: {nearest}.")),
    errors.UnknownFilm: (N_("There is no film “{name}”."),),
    errors.MediaUnusable: (N_("The file cannot be used: {problem}."),),
    errors.CapabilityMissing: (N_("{model} cannot do this: {capability}."), N_("These can: {alternatives}.")),
    errors.RouteClosed: (N_("{route} was closed on {since}."), N_("Take {successor} instead.")),
    errors.AuthenticationFailed: (
        N_("The key for {provider} is missing or refused."),
        N_("Set {setting} where Storyreel runs, or have the film drawn for free."),
    ),
    errors.InsufficientCredit: (N_("The account at {provider} is empty: add credit there, then go on."),),
    errors.ContentRejected: (
        N_("The moderation of {provider} refused it: {reason}."),
        N_("Say it in other words, or take another model."),
    ),
    errors.RateLimited: (N_("{provider} has too many requests of ours; try again in a while."),),
    errors.ProviderUnavailable: (
        N_("{provider} is not answering as it should: {detail}."),
        N_("Try again later, or take another model."),
    ),
    errors.SubmitOutcomeUnknown: (
        N_("Whether {provider} took a paid request is not known: look into the account there, then decide."),
    ),
}
"""Of each kind, with what it tells; a sentence whose fact is not there is left out."""

GAPS = {Language.CHINESE: ""}
"""Between two sentences, where that is no space."""

TOLD_IN_WORDS = {"problem", "capability"}
"""Facts that are words of ours, some of which the catalogues know."""


def failure_text(error: Exception, code: str, english: str, language: Language) -> str:
    """What is told of an error in that language. `english`: what is told of it in English."""
    said = translations(language).gettext
    if language is Language.ENGLISH or not english or said(english) != english:
        return said(english) if english else english
    if not isinstance(error, errors.StoryreelError) and code in MEANINGS:  # what a door refuses by itself
        return said(MEANINGS[code])
    return GAPS.get(language, " ").join(_sentences(error, said)) or kept_text(code, english, language)


def kept_text(code: str, english: str, language: Language) -> str:
    """The same of an error of which only its code and its words were kept; the words follow, as they came."""
    if language is Language.ENGLISH or code not in MEANINGS:
        return english
    told = translations(language).gettext(MEANINGS[code])
    return told if code == errors.Cancelled.code else f"{told} ({english.rstrip('.')})"


def _sentences(error: Exception, said: Said) -> Iterator[str]:
    """Nothing of an error without facts, or of a kind that has no sentence."""
    facts = {name: _shown(name, value, said) for name, value in vars(error).items()}
    if not facts:
        return
    if isinstance(error, errors.BudgetExceeded):
        yield said(BY_BUDGET.get(error.budget, BY_BUDGET["film"])).format(**facts)
    elif type(error) is errors.InvalidRequest and facts.get("field") in BY_FIELD:
        yield said(BY_FIELD[error.field]).format(most_shots=MOST_SHOTS)
    for sentence in next((told for kind, told in SENTENCES.items() if isinstance(error, kind)), ()):
        if all(facts.get(name) for _, name, _, _ in Formatter().parse(sentence) if name):
            yield said(sentence).format(**facts)


def _shown(name: str, value: object, said: Said) -> str:
    match value:
        case None:
            return ""
        case tuple():
            return ", ".join(map(str, value[: errors.MOST_NAMES]))  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        case str() if name.endswith("_usd"):
            return _price(value, said)
        case _:
            text = str(value).rstrip(".")
            return said(text) if text and name in TOLD_IN_WORDS else text


def _price(usd: str, said: Said) -> str:
    try:
        return price_text(Decimal(usd))
    except InvalidOperation:
        return said(N_("nobody knows how much"))
