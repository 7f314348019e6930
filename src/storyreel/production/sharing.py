"""Whether a line is one machine's or many machines share it: where films, blobs and the engine's history are kept."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

LEASE = timedelta(seconds=5)
KEPT_DAYS = 1.0


@dataclass(frozen=True, slots=True)
class Sharing:
    """The stores beside the home folder; none, and the home has everything."""

    database: str | None = None  # the address of a server's database
    blobs: str | None = None  # s3://bucket/prefix; the home's folder where it is None
    lease: timedelta = LEASE  # a worker that is not heard of for so long is gone
    kept_days: float = KEPT_DAYS  # the engine's history of films that have ended
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)  # with the object store's keys

    @property
    def by_workers(self) -> bool:
        """Whether films are made by workers, and not by whoever holds the home's lock."""
        return self.database is not None and not self.database.startswith("sqlite:")
