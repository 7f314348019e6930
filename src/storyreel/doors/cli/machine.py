"""What `doctor` prints of this machine, and what it advises."""

from typing import TYPE_CHECKING

from storyreel.doors.cli.render import size_text
from storyreel.doors.cli.screen import Screen
from storyreel.doors.languages.known import known_or

if TYPE_CHECKING:
    from storyreel.diagnosis import Diagnosis
    from storyreel.doors.languages.voice import Voice


def say_diagnosis(screen: Screen, found: "Diagnosis") -> None:
    """What is installed here, and which keys are set."""
    from rich.table import Table

    said = screen.said
    cores = said.ngettext("{number} core", "{number} cores", found.cores)
    screen.say("Storyreel", f"{found.storyreel}   Python {found.python}, {found.system}, {cores}")
    free = "   " + said("{size} free", size=size_text(said, found.free_bytes)) if found.free_bytes is not None else ""
    home = f"{found.home}{free}   {_database_text(said, found.database)}" if found.home else said("cannot be used")  # told below
    screen.say(said("Home"), home)
    rows = Table.grid(padding=(0, 2))
    missing, is_set, unset = f"[red]{said('missing')}[/red]", f"[green]{said('set')}[/green]", f"[dim]{said('not set')}[/dim]"
    for part in found.parts:
        rows.add_row("  ", part.name, part.version or missing, known_or(part.use, said.language))
    for key in found.keys:
        unlocks = said("for {what}", what=known_or(key.unlocks, said.language))
        rows.add_row("  ", key.setting, is_set if key.present else unset, unlocks)
    screen.show(rows)


def _database_text(said: "Voice", state: str) -> str:
    match state:
        case "ready":
            return said("database: ready")
        case "not made yet":
            return said("database: not made yet")
        case _:
            return said("database: {state}", state=known_or(state, said.language))


def say_advice(screen: Screen, found: "Diagnosis") -> None:
    """What is wrong, and what to do."""
    said = screen.said
    for what in found.problems:
        screen.say(said("Problem"), known_or(what, said.language))
    for what in found.advice:
        screen.say(said("To do"), known_or(what, said.language))
    if not (found.problems or found.advice):
        screen.say(said("All is well."), " " + said("The animatic model needs no key and no network."))
