"""What a process of a film at providers loads by and by: loaded once by those that fork such processes to kill them."""

from importlib import import_module

AT_WORK = (
    "obstore.store",
    "storyreel.library.films",
    "storyreel.media.check",
    "storyreel.media.join",
    "storyreel.media.pictures",
    "storyreel.observing.start",
    "storyreel.production.engine_dbos",
    "storyreel.production.opening",
    "storyreel.providers.fal",
    "storyreel.providers.http",
    "storyreel.providers.kling",
    "storyreel.providers.replicate",
    "storyreel.writing",
)


def load(*also: str) -> None:
    """Load all that, and these modules."""
    for name in (*AT_WORK, *also):
        import_module(name)
