"""A job is a folder: `job.json` says what to draw, `clip.mp4` is the result. Both outlive any process."""

from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from shutil import rmtree

from storyreel.domain.generation import Key, RemoteId, Request
from storyreel.domain.values import Value, frames_in

SPEC, CLIP = "job.json", "clip.mp4"
SEGMENT_S = 2  # whole seconds, as the encoder's groups of pictures


class Job(Value):
    """What is to be drawn, with the pictures it travels between."""

    key: str
    request: Request
    first_frame: Path | None = None
    last_frame: Path | None = None

    @property
    def frames(self) -> int:
        """How many pictures it has."""
        return frames_in(self.request.seconds, self.request.fps)

    @property
    def segments(self) -> int:
        """In how many parts it is drawn: by its length alone, and so the same whatever the cores."""
        return segments_in(self.request.seconds)

    def frames_of(self, segment: int) -> range:
        """The pictures of one part, counted from 0."""
        step = SEGMENT_S * self.request.fps
        return range(segment * step, self.frames if segment == self.segments - 1 else (segment + 1) * step)


def segments_in(seconds: float) -> int:
    """How many parts a shot of that length is drawn in; the last one is from half to one and a half times as long as the rest."""
    return max(1, int(seconds / SEGMENT_S + 0.5))


def remote_id(key: Key) -> RemoteId:
    """The name of the job of that key: always the same, so that a repeated submit finds the first."""
    return sha256(str(key).encode()).hexdigest()[:24]


def write_job(folder: Path, job: Job) -> None:
    """Keep a job, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{SPEC}.part"
    part.write_text(job.model_dump_json(), encoding="utf-8")
    part.replace(folder / SPEC)


def read_job(folder: Path) -> Job:
    """The job of a folder. Raises FileNotFoundError."""
    return Job.model_validate_json((folder / SPEC).read_text(encoding="utf-8"))


def segment_file(folder: Path, segment: int) -> Path:
    """Where a part of the clip is kept until all are there."""
    return folder / f"clip.part-{segment}.mp4"


def sound_file(folder: Path) -> Path:
    """Where the sound is kept until all parts are there: float32 of shape (samples, 2), nothing else."""
    return folder / "clip.part.sound"


def drop_leftovers(folder: Path) -> None:
    """Remove what a process that died left half-written, and the parts of a clip."""
    for part in folder.glob("*.part*"):
        part.unlink(missing_ok=True)
    for part in folder.glob(".*"):
        part.unlink(missing_ok=True)


def drop_job(folder: Path) -> None:
    """Remove a job and its result."""
    with suppress(FileNotFoundError):
        (folder / SPEC).unlink()  # first, so that a half-removed job is never drawn
    rmtree(folder, ignore_errors=True)
