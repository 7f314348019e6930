"""How the line stands, for a person: what `doctor` tells of films, workers, calls, failures and the disk."""

from typing import TYPE_CHECKING

from storyreel.domain.money import price_text
from storyreel.doors.cli.render import size_text

if TYPE_CHECKING:
    from storyreel.doors.cli.screen import Screen
    from storyreel.doors.languages.voice import Voice
    from storyreel.library.ledger.rest import Rest
    from storyreel.production.condition import Condition, Disk, Open, Queue, WorkerSeen

MINUTE_S, HOUR_S, DAY_S = 60, 3600, 86_400


def say_condition(screen: "Screen", line: "Condition") -> None:
    """Each part on a line of its own; what there is nothing of is left out."""
    said = screen.said
    screen.say(said("Films"), _films(said, line.queue))
    for position, text in enumerate(_who(said, line)):
        screen.say(said("Line") if not position else "", text)
    for position, calls in enumerate(line.calls):
        screen.say(said("Calls") if not position else "", _calls(said, calls, nobody=line.workers is None and not line.owner))
    for position, provider in enumerate(dict.fromkeys(one.provider for one in line.failed)):
        codes = ", ".join(f"{one.code} {one.calls}" for one in line.failed if one.provider == provider)
        told = said("{provider}, in the last day: {codes}", provider=provider, codes=codes)
        screen.say(said("Failed") if not position else "", told)
    for position, rest in enumerate(line.resting):
        screen.say(said("Resting") if not position else "", _rest(said, rest))
    screen.say(said("Disk"), _disk(said, line.disk))


def _rest(said: "Voice", rest: "Rest") -> str:
    time = f"{rest.until.astimezone():%H:%M:%S}"
    until = said("one call tries it now") if rest.tried else said("until {day}", day=time)
    failures = said.ngettext("{number} failure in a row", "{number} failures in a row", rest.failures)
    return f"{rest.route}, {until}: {failures}, {rest.code}"


def _films(said: "Voice", queue: "Queue") -> str:
    first = span_text(said, queue.waiting_s)
    told = [
        said("{number} waiting, the first for {time}", number=queue.waiting, time=first) if queue.waiting else "",
        said("{number} being made", number=queue.producing) if queue.producing else "",
        said("{number} to be approved", number=queue.awaiting_approval) if queue.awaiting_approval else "",
        said("{number} waiting for a decision of yours", number=queue.needs_attention) if queue.needs_attention else "",
    ]
    return "; ".join(one for one in told if one) or said("none is waiting or being made")


def _who(said: "Voice", line: "Condition") -> list[str]:
    if line.workers is None:
        return [said("process {pid} works on it", pid=line.owner) if line.owner else said("nobody works on it now")]
    return [_worker(said, one) for one in line.workers] or [said("no worker was heard of in the last hour")]


def _worker(said: "Voice", one: "WorkerSeen") -> str:
    facts = {"host": one.host, "pid": one.pid, "time": span_text(said, one.heard_s)}
    if one.gone:
        return said("{host}, process {pid}: gone, last heard of {time} ago", **facts)
    return said("{host}, process {pid}: heard of {time} ago", **facts)


def _calls(said: "Voice", calls: "Open", *, nobody: bool) -> str:
    at_once = calls.sending + calls.accepted
    going = said("{number} under way", number=at_once)
    if calls.limit is not None and at_once > calls.limit:  # processes that ended left them: they are taken up in turn
        going = said("{number} begun, which go on with `storyreel resume`", number=at_once) if nobody else going
    elif calls.limit is not None:
        going = said("{number} of {most} at once under way", number=at_once, most=calls.limit)
    oldest = span_text(said, calls.oldest_s)
    parts = [
        going,
        said("at most {number} a minute", number=calls.per_minute) if calls.per_minute is not None else "",
        said("{number} waiting for a turn", number=calls.waiting) if calls.waiting else "",
        said("{number} in doubt", number=calls.attention) if calls.attention else "",
        said("{price} held", price=price_text(calls.reserved_usd)) if calls.reserved_usd else "",
        said("the oldest for {time}", time=oldest) if calls.oldest_s else "",
    ]
    return f"{calls.provider}: " + ", ".join(part for part in parts if part)


def _disk(said: "Voice", disk: "Disk") -> str:
    kept = [
        said("database {size}", size=size_text(said, disk.database)) if disk.database is not None else "",
        said("engine {size}", size=size_text(said, disk.engine)) if disk.engine is not None else "",
        said("clips and pictures {size}", size=size_text(said, disk.blobs)),
        said("being made {size}", size=size_text(said, disk.work)) if disk.work else "",
        said("{size} free", size=size_text(said, disk.free)),
    ]
    return ", ".join(part for part in kept if part)


def span_text(said: "Voice", seconds: float) -> str:
    """A span of time in one unit: '40 s', '12 min', '3 h', '2 days'."""
    if seconds < 2 * MINUTE_S:
        return said("{number} s", number=f"{seconds:.0f}")
    if seconds < 2 * HOUR_S:
        return said("{number} min", number=f"{seconds / MINUTE_S:.0f}")
    if seconds < 2 * DAY_S:
        return said("{number} h", number=f"{seconds / HOUR_S:.0f}")
    return said.ngettext("{number} day", "{number} days", round(seconds / DAY_S))
