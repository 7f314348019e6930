"""What helps, as a reader of the pages has it: buttons, fields and other pages, in the words of English messages."""

import re
from collections.abc import Mapping

from storyreel.domain.advice import Remedy

REMEDIES: Mapping[Remedy, str] = {
    Remedy.BUDGET: "its budget",
    Remedy.ALLOW_UNPRICED: "the button that says “price not known”",
    Remedy.AT_ANY_PRICE: "the button that tells the new price",
    Remedy.DRAW: "the model Animatic",
    Remedy.WRITE_BY_RULES: "STORYREEL_WRITER=rules",
    Remedy.KEYFRAMES: "shared keyframes",
    Remedy.ANIMATE: "a picture of your own",
    Remedy.MODELS: "“Models”",
    Remedy.FILMS: "“Library”",
    Remedy.RESUME: "“Go on”",
    Remedy.APPROVE: "“Produce”",
    Remedy.UNLOCK: "“Unlock”",
    Remedy.GO_ON: "“Go on”",
    Remedy.ATTENTION: "the film's page",
    Remedy.SWEEP: "`storyreel gc` where Storyreel runs",
    Remedy.KEYS: "“Settings”",
    Remedy.WORKER: "`storyreel worker` where Storyreel runs",
}

COMMAND = re.compile(r"\s*[^.:]*:\s+storyreel [^\n]*$")
WHOLE = {remedy.value: words for remedy, words in REMEDIES.items() if "{" not in remedy.value}


def here(message: str) -> str:
    """A message that was kept in the command line's words, without what only a terminal could do."""
    told = COMMAND.sub("", message)
    for command, words in WHOLE.items():
        told = told.replace(command, words)
    return told
