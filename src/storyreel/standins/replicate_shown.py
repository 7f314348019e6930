"""Replicate's prediction object, in its parts: what it always is, when what happened, who is told, its log."""

from datetime import datetime

from storyreel.domain.values import JSON
from storyreel.standins.jobs import Job
from storyreel.standins.replicate_files import moment_text


def frame(job: Job, state: str, url: str) -> dict[str, JSON]:
    """What is there at any time, and empty places for the rest."""
    here = f"{url}/v1/predictions/{job.id}"
    return {
        "id": job.id,
        "model": job.model,
        "version": "hidden",
        "status": state,
        "source": "api",
        "output": None,
        "error": None,
        "metrics": {},
        "urls": {"get": here, "cancel": f"{here}/cancel", "web": f"https://replicate.com/p/{job.id}"},
    }


def moments(created: datetime, started: datetime | None, over: datetime | None, deadline: datetime | None) -> dict[str, JSON]:
    """When what happened; a deadline is shown only where one was given."""
    told: dict[str, JSON] = {
        "created_at": moment_text(created),
        "started_at": moment_text(started) if started else None,
        "completed_at": moment_text(over) if over else None,
    }
    return told | ({"deadline": moment_text(deadline)} if deadline else {})


def hooks(job: Job) -> dict[str, JSON]:
    """Whom it tells of what happens; nothing where nobody asked."""
    where = job.facts["webhook"]
    return {"webhook": where, "webhook_events_filter": job.facts["events"]} if where else {}


def log(seed: int, share: float) -> str:
    """A line with a bar, as progress bars of models print it."""
    done = int(share * 100)
    bar = ("\u2588" * (done // 10)).ljust(10)
    return f"Using seed: {seed}\n{done:3d}%|{bar}| {done}/100 [00:{done // 2:02d}<00:{50 - done // 2:02d}]\n"
