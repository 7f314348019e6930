"""What helps, as a reader of the pages has it, in his language: buttons, fields and other pages."""

import re
from collections.abc import Mapping

from storyreel.domain.advice import UNNAMED, Remedy, recalled
from storyreel.domain.values import Language
from storyreel.doors.languages.failures import kept_text
from storyreel.doors.languages.known import said_again
from storyreel.doors.languages.words import N_, translations

REMEDIES: Mapping[Remedy, str] = {
    Remedy.BUDGET: N_("its budget"),
    Remedy.ALLOW_UNPRICED: N_("the button that says “price not known”"),
    Remedy.AT_ANY_PRICE: N_("the button that tells the new price"),
    Remedy.DRAW: N_("the model Animatic"),
    Remedy.WRITE_BY_RULES: "STORYREEL_WRITER=rules",
    Remedy.KEYFRAMES: N_("shared keyframes"),
    Remedy.CHAIN: N_("one after another"),
    Remedy.ANIMATE: N_("a picture of your own"),
    Remedy.MODELS: N_("“Models”"),
    Remedy.FILMS: N_("“Library”"),
    Remedy.RESUME: N_("“Go on”"),
    Remedy.APPROVE: N_("“Produce”"),
    Remedy.UNLOCK: N_("“Unlock”"),
    Remedy.GO_ON: N_("“Go on”"),
    Remedy.ATTENTION: N_("the film's page"),
    Remedy.SWEEP: N_("`storyreel gc` where Storyreel runs"),
    Remedy.KEYS: N_("“Settings”"),
    Remedy.WORKER: N_("`storyreel worker` where Storyreel runs"),
}

COMMAND = re.compile(r"\s*[^.:。：]*[:：]\s*storyreel [^\n]*$")


def remedies(language: Language) -> Mapping[Remedy, str]:
    """How each is said in that language."""
    said = translations(language).gettext
    return {remedy: said(words) for remedy, words in REMEDIES.items()}


def here(message: str, language: Language = Language.ENGLISH) -> str:
    """A message in the command line's words, with the pages' instead, and without what only a terminal could do."""
    words = {remedy: words for remedy, words in remedies(language).items() if "{" not in remedy.value}
    return recalled(COMMAND.sub("", message), UNNAMED["film"]).worded(words)


def kept_here(code: str, english: str, language: Language) -> str:
    """The same of an error of which only its code and its words were kept."""
    known = said_again(english, language)
    return here(known, language) if known is not None else kept_text(code, here(english, language), language)
