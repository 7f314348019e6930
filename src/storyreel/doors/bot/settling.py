"""A person's settings: the language."""

from storyreel.domain.values import Language
from storyreel.doors.bot.flow import out_of
from storyreel.doors.bot.shown import RETURN, Button, Shown, chosen
from storyreel.doors.bot.step import Turn
from storyreel.doors.bot.talk import MENU, Talk
from storyreel.doors.languages.words import NAMES

LANGUAGE = "l:"


async def show_settings(turn: Turn) -> Shown:
    """The languages."""
    rows = [(Button(chosen(name, is_chosen=turn.talk.language is one), f"{LANGUAGE}{one.value}"),) for one, name in NAMES.items()]
    return Shown(turn.said("In which language shall I speak?"), (*rows, out_of(turn)))


async def press_settings(turn: Turn, data: str) -> Talk:
    """Speak it from now on; or back to the dialog that was left, or to the menu."""
    code = data.removeprefix(LANGUAGE)
    if data.startswith(LANGUAGE) and code in set(Language):
        return turn.talk.model_copy(update={"language": Language(code)})
    return turn.talk.returned() if data == RETURN else turn.talk.at(MENU)
