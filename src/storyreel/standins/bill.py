"""What a cloud remembers of its clients: a bill of what it was paid for, and a log of every call."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256

from storyreel.domain.values import JSON
from storyreel.standins.faults import Fault, Kind


class Ending(StrEnum):
    """How a job ends of which nothing comes. What each cloud charges for is told by its sheet; most charge for success alone."""

    REFUSED = "refused"  # by moderation, while it was made
    BROKE = "broke"
    DROPPED = "dropped"  # ended on demand before it began
    CANCELLED = "cancelled"  # ended on demand while it ran


ENDINGS = {Fault.MODERATION_LATER: Ending.REFUSED, Fault.FAILS_LATER: Ending.BROKE}


@dataclass(frozen=True, slots=True)
class Submission:
    """One paid request that the cloud took: a line of its bill."""

    id: str  # of the job
    model: str
    key: str  # the idempotency key or token that was seen; empty: none
    account: str  # a short digest of the credential
    cost_usd: Decimal
    when: datetime

    def told(self) -> dict[str, JSON]:
        """As `GET /_standin/submissions` shows it."""
        return {
            "id": self.id,
            "model": self.model,
            "key": self.key,
            "account": self.account,
            "cost_usd": str(self.cost_usd),
            "when": self.when.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class Call:
    """One line of the request log; never a key in clear."""

    when: datetime
    method: str
    path: str  # without its query
    kind: Kind
    status: int  # 0: no answer was given
    account: str  # a short digest of the credential; empty: none was sent
    fault: str = ""

    def told(self) -> dict[str, JSON]:
        """As `GET /_standin/log` shows it."""
        when = self.when.isoformat()
        return {"when": when, "method": self.method, "path": self.path, "kind": self.kind, "status": self.status} | {
            "account": self.account,
            "fault": self.fault,
        }


def digest_of(credential: str | None) -> str:
    """A credential as it may be shown: twelve letters that tell it from others; empty where there is none."""
    return sha256(credential.encode()).hexdigest()[:12] if credential else ""
