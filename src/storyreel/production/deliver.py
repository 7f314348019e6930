"""The film and what belongs to it, written where the user asked: whole or not at all, and again where it broke off.

A film named `film.mp4` has every take, its storyboard and contact sheet beside it; any other, in a folder of its own name.
A storyboard that lies there and tells something else is kept under another name; a film of another's keeps its own.
"""

import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path

from storyreel.domain.errors import StoryboardInvalid
from storyreel.domain.film import Film, companion_folder
from storyreel.domain.generation import GenerationState, Take, is_keyframe
from storyreel.domain.values import JSON, Digest
from storyreel.library import films, takes
from storyreel.library.cuts import cuts_of
from storyreel.library.database import Connection
from storyreel.media.atomic import part_of, unwritable
from storyreel.production.cut import selected_takes
from storyreel.production.floor import Floor
from storyreel.production.keyframes import film_and_keyframes
from storyreel.production.places import Place
from storyreel.production.runs import must_be_current
from storyreel.production.sheet import draw_sheet


async def deliver(floor: Floor, film_id: str, run: str | None = None) -> JSON:
    """Where the film was delivered; None where the order names no place. Raises OutputUnwritable, and leaves nothing behind.

    Raises StepFailed where the film was changed since the run began.
    """
    await floor.database.write(must_be_current, film_id, run)
    film, chosen = await floor.database.read(selected_takes, film_id)
    output = film.order.output
    if not floor.delivers:  # whoever asked for the film does, on his own machine
        return None
    if output is None or film.delivered is not None:  # one that was cut anew is not delivered any more
        return None if output is None else str(film.delivered)
    _, frames = await floor.database.read(film_and_keyframes, film_id)
    kept = await floor.database.read(_ready_takes, film)
    ours = frozenset(cut.output for cut in await floor.database.read(cuts_of, film_id))
    place = Place(output, ours, replaces=film.order.replaces)
    delivered = await floor.in_thread(_deliver, film, chosen, kept, frames, place, floor)
    await floor.write(film_id, films.deliver_film, film_id, delivered, floor.now)
    return str(delivered)


def _ready_takes(connection: Connection, film: Film) -> list[tuple[int | None, Take]]:
    """Every take that has a clip, with the number of its shot, counted from 1; None for one that the storyboard has no more."""
    numbers = {shot.id: number for number, shot in enumerate(film.storyboard.shots, start=1)}
    ready = (take for take in takes.takes_of(connection, film.id) if take.state is GenerationState.READY and take.output)
    return [(numbers.get(take.shot), take) for take in ready if not is_keyframe(take.shot)]


def write_cut(clip: Path, output: Path) -> None:
    """Write a film alone, whole or not at all. Raises OutputUnwritable."""
    from storyreel.media.atomic import whole_file

    with whole_file(output) as part:
        shutil.copyfile(clip, part)


def take_path(output: Path, index: int, take: Take) -> Path:
    """Where the take of the shot of that index, counted from 1, is delivered."""
    return companion_folder(output) / "takes" / f"shot-{index:02}-take-{take.number}.mp4"


def _place_of(output: Path, number: int | None, take: Take) -> Path:
    if number is not None:
        return take_path(output, number, take)
    return companion_folder(output) / "takes" / "removed" / f"{take.shot}-take-{take.number}.mp4"


def keyframe_path(output: Path, index: int) -> Path:
    """Where the frame that the shot of that index begins on is delivered."""
    return companion_folder(output) / "keyframes" / f"shot-{index:02}.png"


def _deliver(
    film: Film,
    chosen: Sequence[Take],
    kept: Sequence[tuple[int | None, Take]],
    frames: Mapping[str, Digest],
    place: Place,
    floor: Floor,
) -> Path:
    """Where the film is then: no file of another's is replaced, even one that appeared meanwhile."""
    output = place.output
    clips = [floor.blobs.fetch_now(take.output) for take in chosen if take.output]
    sheet = floor.work / f"{film.id}-sheet.jpg"  # drawn where leftovers are cleared away
    made = _Made(film.id)
    try:
        draw_sheet(film, clips, sheet)
        whole = floor.blobs.fetch_now(film.output) if film.output else None
        output, has_it = (output, False) if whole is None else made.settle(whole, place)
        folder = companion_folder(output)
        paths = {_place_of(output, number, take): take.output for number, take in kept}
        for path, clip in paths.items():
            if clip:
                made.copy(floor.blobs.fetch_now(clip), path)
        for index, shot in enumerate(film.storyboard.shots, start=1):
            if shot.id in frames:
                made.copy(floor.blobs.fetch_now(frames[shot.id]), keyframe_path(output, index))
        board = folder / "storyboard.yaml"
        if not _tells(board, film):
            if board.exists():  # a person's own, or of a film before: it is theirs to remove
                made.set_aside(board, _free(board))
            made.write(_storyboard_text(film).encode(), board)
        made.copy(sheet, folder / "sheet.jpg")
        if whole is not None and not has_it:  # what it replaces is there as long as anything can still go wrong
            made.copy(whole, output)
        lying = {*folder.glob("takes/shot-*-take-*.mp4"), *folder.glob("takes/removed/*-take-*.mp4")}
        for old in lying - paths.keys():  # of the film that this one replaces, or of a shot that is back
            old.unlink()
        with suppress(OSError):  # it is not there, or keeps what it has
            (folder / "takes" / "removed").rmdir()
        return output
    except OSError as error:
        made.undo()
        raise unwritable(output, error) from error
    except BaseException:
        made.undo()
        raise
    finally:
        sheet.unlink(missing_ok=True)


class _Made:
    """Files that a delivery has made, each whole under its name; what was there before under that name is replaced."""

    def __init__(self, film_id: str) -> None:
        self._film_id = film_id
        self._new: list[Path] = []
        self._aside: list[tuple[Path, Path]] = []  # files of others, each with the name that it has now

    def set_aside(self, path: Path, name: Path) -> None:
        """Give a file that is not ours another name."""
        path.replace(name)
        self._aside.append((path, name))

    def settle(self, source: Path, place: Place) -> tuple[Path, bool]:
        """The name that the film gets, and whether it has it already, as it does where that was free."""
        return next((name, not there) for name, there in place.names() if there or self._claimed(source, name))

    def _claimed(self, source: Path, target: Path) -> bool:
        """Whether a name that was free is a copy of the file now; of two who try at once one has it."""
        part = self._part(target)
        shutil.copyfile(source, part)
        _on_disk(part)
        try:
            os.link(part, target)
            part.unlink()
        except FileExistsError:
            part.unlink()
            return False
        except OSError:  # a disk that knows no links
            return self._reserved(part, target)
        self._new.append(target)
        return True

    def _reserved(self, part: Path, target: Path) -> bool:
        try:
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        except FileExistsError:
            part.unlink()
            return False
        self._new.append(target)
        part.replace(target)
        return True

    def copy(self, source: Path, target: Path) -> None:
        """A copy of a file."""
        part = self._part(target)
        shutil.copyfile(source, part)
        self._keep(part, target)

    def write(self, data: bytes, target: Path) -> None:
        """A file of these bytes."""
        part = self._part(target)
        part.write_bytes(data)
        self._keep(part, target)

    def undo(self) -> None:
        """Remove what is new, and never what was there before: what was set aside has its name again."""
        for path in reversed(self._new):
            with suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink()
        for path, name in reversed(self._aside):
            with suppress(OSError):
                name.replace(path)

    def _part(self, target: Path) -> Path:
        """A name beside the target: the same at every try, so that a try which was killed leaves nothing after the next."""
        for folder in reversed([parent for parent in target.parents if not parent.exists()]):
            folder.mkdir(exist_ok=True)
            self._new.append(folder)
        part = part_of(target, self._film_id)
        self._new.append(part)
        return part

    def _keep(self, part: Path, target: Path) -> None:
        _on_disk(part)
        fresh = not target.exists()
        part.replace(target)
        self._new.remove(part)
        if fresh:
            self._new.append(target)


def _on_disk(part: Path) -> None:
    with part.open("rb") as file:
        os.fsync(file.fileno())


def _free(board: Path) -> Path:
    """Where a storyboard is kept that another takes the place of."""
    return next(path for number in count(1) if not (path := board.with_name(f"storyboard-{number}.yaml")).exists())


def _tells(path: Path, film: Film) -> bool:
    """Whether a file tells the film's storyboard already: it may be the person's own, with comments in it."""
    from storyreel.writing import read_storyboard

    try:
        return read_storyboard(path.read_text(encoding="utf-8"), path) == film.storyboard
    except (OSError, UnicodeDecodeError, StoryboardInvalid):
        return False


def _storyboard_text(film: Film) -> str:
    from storyreel.writing import storyboard_text

    return storyboard_text(film.storyboard)
