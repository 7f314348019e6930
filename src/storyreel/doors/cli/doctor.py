"""`doctor`: what is installed, which keys are set, how the line stands, what is wrong, and what to do."""

import typer

from storyreel.doors.cli.faults import EXIT_CODES, UNFORESEEN, told
from storyreel.doors.cli.options import AsJson
from storyreel.doors.cli.screen import open_screen


def doctor(context: typer.Context, as_json: AsJson = False) -> None:
    """Look this machine over; a key's value is never shown."""
    with told(context, as_json=as_json) as said:
        from storyreel.doors.cli.machine import say_advice, say_diagnosis
        from storyreel.doors.cli.standing import say_condition
        from storyreel.studio import Studio

        screen = open_screen(said, as_json=as_json)
        found = Studio().diagnose()
        screen.answer(found.model_dump(mode="json"))
        say_diagnosis(screen, found)
        if found.line is not None:
            say_condition(screen, found.line)
        say_advice(screen, found)
        if found.problems:
            raise typer.Exit(UNFORESEEN if found.home else EXIT_CODES["store_unusable"])
