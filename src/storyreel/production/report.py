"""How a film's shots stand, for a person or a program."""

from pathlib import Path

from storyreel.domain.film import Film, FilmState, ShotReport
from storyreel.domain.generation import Take
from storyreel.library import takes
from storyreel.library.database import Connection
from storyreel.library.findings import findings_of
from storyreel.production.attempts import is_bad
from storyreel.production.deliver import take_path
from storyreel.production.plan import shot_model


def shot_reports(connection: Connection, film: Film) -> tuple[ShotReport, ...]:
    """A film's shots in order, each with its selected take, or the latest one, and where its clip was delivered."""
    made = {take.id: take for take in takes.takes_of(connection, film.id)}
    chosen = takes.selections(connection, film.id)
    found = findings_of(connection, film.id)
    latest = {take.shot: take for take in made.values()}
    reports: list[ShotReport] = []
    for index, shot in enumerate(film.storyboard.shots, start=1):
        take = made.get(chosen.get(shot.id, "")) or latest.get(shot.id)
        model = take.model if take else shot_model(film, shot.id).partition("@")[0]
        reports.append(
            ShotReport(
                index=index,
                id=shot.id,
                text=shot.description,
                seconds=(take.seconds if take else None) or shot.seconds,
                model=model,
                take=take,
                path=_delivered(film, index, take),
                findings=found.get(take.id, ()) if take else (),
                rejected=sum(one.shot == shot.id and one != take and is_bad(found.get(one.id, ())) for one in made.values()),
            )
        )
    return tuple(reports)


def _delivered(film: Film, index: int, take: Take | None) -> Path | None:
    """Where the clip of a shot lies, if the film was delivered."""
    if film.delivered is None or film.state is not FilmState.READY or take is None or take.output is None:
        return None
    return take_path(film.delivered, index, take)
