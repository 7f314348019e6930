"""A job is a folder: `job.json` says what to draw, `clip.mp4` is the result. Both outlive any process."""

from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from shutil import rmtree

from storyreel.domain.generation import Key, RemoteId, Request
from storyreel.domain.values import Value

SPEC, CLIP = "job.json", "clip.mp4"


class Job(Value):
    """What is to be drawn, with the pictures it travels between."""

    key: str
    request: Request
    first_frame: Path | None = None
    last_frame: Path | None = None


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


def drop_leftovers(folder: Path) -> None:
    """Remove what a process that died left half-written."""
    for part in folder.glob("*.part*"):
        part.unlink(missing_ok=True)
    for part in folder.glob(".*"):
        part.unlink(missing_ok=True)


def drop_job(folder: Path) -> None:
    """Remove a job and its result."""
    with suppress(FileNotFoundError):
        (folder / SPEC).unlink()  # first, so that a half-removed job is never drawn
    rmtree(folder, ignore_errors=True)
