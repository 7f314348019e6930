"""The cut: the selected takes, in order, joined into the film and kept."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from storyreel.domain.errors import OutputBroken
from storyreel.domain.events import CutStarted
from storyreel.domain.film import Film, FilmState
from storyreel.domain.generation import Take
from storyreel.domain.values import JSON, Digest
from storyreel.library import cuts, events, films, takes
from storyreel.library.database import Connection
from storyreel.production.floor import Floor
from storyreel.production.mend import whole_clip
from storyreel.production.runs import must_be_current


async def cut(floor: Floor, film_id: str, run: str | None = None) -> JSON:
    """The film's digest, once it is in our own store. Raises MediaUnusable, OutputBroken, OutputUnwritable, StoreUnusable.

    Raises StepFailed where the film was changed since the run began.
    """
    film, clips = await floor.database.read(selected_takes, film_id)
    if film.state is FilmState.READY:
        return film.output
    await floor.write(film_id, _begin, film_id, len(clips), run, floor.now)
    paths = [await whole_clip(floor, film, take) for take in clips]
    if len(paths) == 1:
        output, seconds = _output_of(clips[0]), clips[0].seconds or clips[0].request.seconds
    else:
        output, seconds = await _joined(floor, film_id, paths)
    await floor.write(film_id, _finish, film_id, clips, output, seconds, run, floor.now)
    return output


def selected_takes(connection: Connection, film_id: str) -> tuple[Film, list[Take]]:
    """A film and its shots' selected takes, in order. Raises OutputBroken where a shot has none."""
    film = films.film(connection, film_id)
    chosen = takes.selections(connection, film_id)
    missing = [shot.id for shot in film.storyboard.shots if shot.id not in chosen]
    if missing:
        raise OutputBroken(f"no take is selected for {', '.join(missing)}")
    return film, [takes.take(connection, chosen[shot.id]) for shot in film.storyboard.shots]


async def _joined(floor: Floor, film_id: str, paths: Sequence[Path]) -> tuple[Digest, float]:
    path = floor.work / f"{sha256(film_id.encode()).hexdigest()[:24]}-cut.mp4"
    try:
        seconds = await floor.in_thread(_join, paths, path)
        return await floor.blobs.put_file(path), seconds
    finally:
        path.unlink(missing_ok=True)


def _join(paths: Sequence[Path], output: Path) -> float:
    from storyreel.media.join import join

    return join(paths, output).seconds


def _output_of(take: Take) -> Digest:
    if take.output is None:
        raise OutputBroken(f"the take {take.id} has no clip")
    return take.output


def _begin(connection: Connection, film_id: str, clips: int, run: str | None, now: datetime) -> None:
    must_be_current(connection, film_id, run)
    events.append(connection, film_id, CutStarted(clips=clips), now)


def _finish(
    connection: Connection, film_id: str, clips: Sequence[Take], output: Digest, seconds: float, run: str | None, now: datetime
) -> None:
    must_be_current(connection, film_id, run)
    cuts.append_cut(connection, film_id, output, seconds, [take.id for take in clips], now)
    films.finish_film(connection, film_id, output, seconds, now)
