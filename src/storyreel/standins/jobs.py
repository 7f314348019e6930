"""A job in a cloud: queued, running, then done, failed or cancelled; how far it is follows from the cloud's clock alone."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from storyreel.domain.values import JSON
from storyreel.standins.clips import Asked
from storyreel.standins.faults import Fault


class Life(StrEnum):
    """Where a job is. Each cloud has its own words: `STATES: dict[Life, str]`."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"  # never by itself: what a look shows under the fault `unknown_state`; its word is one nobody documents


@dataclass(slots=True)
class Job:
    """One generation that a cloud was asked for."""

    id: str
    model: str  # as the provider calls it
    asked: Asked  # what is drawn
    body: dict[str, JSON]  # what was sent, for an echo
    created: datetime
    token: str  # an idempotency key, an id of the client's own, or whatever else marks it; empty: none
    cost_usd: Decimal
    queue_s: float  # at speed 1
    run_s: float  # at speed 1
    fate: Fault | None = None  # MODERATION_LATER, FAILS_LATER, ENDLESS
    cancelled: datetime | None = None
    facts: dict[str, JSON] = field(default_factory=dict[str, JSON])  # what else a stand-in wants to remember

    def life(self, now: datetime, speed: float) -> Life:
        """Where it is at a moment."""
        aged = (now - self.created).total_seconds() * speed
        if self.cancelled is not None:
            return Life.CANCELLED
        if aged < self.queue_s:
            return Life.QUEUED
        if aged < self.queue_s + self.run_s or self.fate is Fault.ENDLESS:
            return Life.RUNNING
        return Life.FAILED if self.fate is not None else Life.DONE

    def progress(self, now: datetime, speed: float) -> float:
        """How far it is, 0 to 1."""
        aged = (now - self.created).total_seconds() * speed
        most = 0.99 if self.fate is Fault.ENDLESS else 1.0
        return min(most, max(0.0, (aged - self.queue_s) / self.run_s)) if self.run_s else most

    def started(self, speed: float) -> datetime:
        """When it began to run."""
        return self.created + timedelta(seconds=self.queue_s / speed)

    def ended(self, speed: float) -> datetime:
        """When it was, or will be, done."""
        return self.cancelled or self.created + timedelta(seconds=(self.queue_s + self.run_s) / speed)
