"""How the line stands, for a person: what `doctor` tells of films, workers, calls, failures and the disk."""

from typing import TYPE_CHECKING

from storyreel.domain.money import price_text
from storyreel.doors.cli.render import size_text

if TYPE_CHECKING:
    from storyreel.doors.cli.screen import Screen
    from storyreel.production.condition import Condition, Disk, Open, Queue, WorkerSeen

MINUTE_S, HOUR_S, DAY_S = 60, 3600, 86_400


def say_condition(screen: "Screen", line: "Condition") -> None:
    """Each part on a line of its own; what there is nothing of is left out."""
    screen.say("Films", _films(line.queue))
    for position, text in enumerate(_who(line)):
        screen.say("Line" if not position else "", text)
    for position, calls in enumerate(line.calls):
        screen.say("Calls" if not position else "", _calls(calls))
    for position, provider in enumerate(dict.fromkeys(one.provider for one in line.failed)):
        codes = ", ".join(f"{one.code} {one.calls}" for one in line.failed if one.provider == provider)
        screen.say("Failed" if not position else "", f"{provider}, in the last day: {codes}")
    for position, rest in enumerate(line.resting):
        until = "one call tries it now" if rest.tried else f"until {rest.until.astimezone():%H:%M:%S}"
        screen.say("Resting" if not position else "", f"{rest.route}, {until}: {rest.failures} failures in a row, {rest.code}")
    screen.say("Disk", _disk(line.disk))


def _films(queue: "Queue") -> str:
    told = [
        f"{queue.waiting} waiting, the first for {span_text(queue.waiting_s)}" if queue.waiting else "",
        f"{queue.producing} being made" if queue.producing else "",
        f"{queue.awaiting_approval} to be approved" if queue.awaiting_approval else "",
        f"{queue.needs_attention} waiting for a decision of yours" if queue.needs_attention else "",
    ]
    return "; ".join(one for one in told if one) or "none is waiting or being made"


def _who(line: "Condition") -> list[str]:
    if line.workers is None:
        return [f"process {line.owner} works on it" if line.owner else "nobody works on it now"]
    return [_worker(one) for one in line.workers] or ["no worker was heard of in the last hour"]


def _worker(one: "WorkerSeen") -> str:
    heard = f"{span_text(one.heard_s)} ago"
    return f"{one.host}, process {one.pid}: {'gone, last ' if one.gone else ''}heard of {heard}"


def _calls(calls: "Open") -> str:
    at_once = calls.sending + calls.accepted
    bound = "" if calls.limit is None else f" of {calls.limit} at once"
    minute = "" if calls.per_minute is None else f", {calls.per_minute} a minute"
    parts = [
        f"{at_once}{bound}{minute} under way",
        f"{calls.waiting} waiting for a turn" if calls.waiting else "",
        f"{calls.attention} in doubt" if calls.attention else "",
        f"{price_text(calls.reserved_usd)} held" if calls.reserved_usd else "",
        f"the oldest for {span_text(calls.oldest_s)}" if calls.oldest_s else "",
    ]
    return f"{calls.provider}: " + ", ".join(part for part in parts if part)


def _disk(disk: "Disk") -> str:
    kept = [
        f"database {size_text(disk.database)}" if disk.database is not None else "",
        f"engine {size_text(disk.engine)}" if disk.engine is not None else "",
        f"clips and pictures {size_text(disk.blobs)}",
        f"being made {size_text(disk.work)}" if disk.work else "",
        f"{size_text(disk.free)} free",
    ]
    return ", ".join(part for part in kept if part)


def span_text(seconds: float) -> str:
    """A span of time in one unit: '40 s', '12 min', '3 h', '2 days'."""
    if seconds < 2 * MINUTE_S:
        return f"{seconds:.0f} s"
    if seconds < 2 * HOUR_S:
        return f"{seconds / MINUTE_S:.0f} min"
    return f"{seconds / HOUR_S:.0f} h" if seconds < 2 * DAY_S else f"{seconds / DAY_S:.0f} days"
