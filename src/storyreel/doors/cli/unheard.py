"""A console for output that nobody reads to its end."""

from rich.console import Console

from storyreel.doors.cli.faults import fall_silent


class PatientConsole(Console):
    """A console that falls silent where its reader has gone, and ends nothing: `storyreel make ... | head -1` makes the film."""

    def on_broken_pipe(self) -> None:
        """Write nowhere from now on."""
        self.quiet = True
        fall_silent()
