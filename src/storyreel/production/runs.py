"""One run of a film's flow after another: what a run does once the film was changed or left is no more than ending."""

from storyreel.library import changes
from storyreel.library.database import Connection
from storyreel.library.locks import in_turn
from storyreel.production.engine import StepFailed

SUPERSEDED = "superseded"


def is_current(connection: Connection, film_id: str, run: str | None) -> bool:
    """Whether a run, named `film/number`, still is the film's; one from before runs were told is taken to be."""
    if run is None:
        return True
    in_turn(connection, film_id)  # nobody changes the film before this transaction has ended
    return int(run.rpartition("/")[2]) >= changes.run_number(connection, film_id)


def must_be_current(connection: Connection, film_id: str, run: str | None) -> None:
    """Raises StepFailed where the film was changed meanwhile, and another run goes on with it."""
    if not is_current(connection, film_id, run):
        raise StepFailed(SUPERSEDED, "The film was changed meanwhile; what is wanted now is made next.")
