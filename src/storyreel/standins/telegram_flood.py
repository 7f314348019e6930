"""Flood control: about one message a second in a chat, twenty a minute in a group, thirty a second in all.

Telegram publishes no more than that; a short burst passes, as it does there, and who goes on while he is to wait waits on.
"""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from storyreel.standins.refusals import Refusal, Refused
from storyreel.standins.telegram_rules import Rules

MINUTE_S = 60.0


@dataclass(frozen=True, slots=True)
class Flood:
    """One call that was too much."""

    when: datetime
    method: str
    chat_id: int
    limit: str  # "chat", "group", "all", or "wait": it came while it had to wait
    retry_after_s: int


@dataclass(slots=True)
class _Pace:
    """Of one chat."""

    tokens: float
    last: float
    lately: deque[float] = field(default_factory=deque[float])  # of the last minute
    until: float = -math.inf  # nothing before


class FloodControl:
    """What was sent lately, of one bot. `seconds` is the stand-in's clock, at the speed at which it runs."""

    def __init__(self, seconds: Callable[[], float], now: Callable[[], datetime]) -> None:
        self._seconds, self._now = seconds, now
        self._chats: dict[int, _Pace] = {}
        self._all: deque[float] = deque()
        self.floods: list[Flood] = []
        self.counted = 0  # messages that passed

    def send(self, rules: Rules, method: str, chat_id: int, messages: int = 1) -> None:
        """Count messages and edits. Raises Refused RATE_LIMITED where they are too many."""
        at, group = self._seconds(), chat_id < 0
        pace = self._chats.setdefault(chat_id, _Pace(float(rules.per_chat_burst), at))
        pace.tokens = min(rules.per_chat_burst, pace.tokens + (at - pace.last) / rules.per_chat_s)
        pace.last = at
        _forget(pace.lately, at - MINUTE_S)
        _forget(self._all, at - 1)
        if at < pace.until:
            self._refuse(method, chat_id, "wait", pace.until - at)
        if pace.tokens < 1:
            pace.until = at + math.ceil((1 - pace.tokens) * rules.per_chat_s)
            self._refuse(method, chat_id, "chat", pace.until - at)
        if group and len(pace.lately) + messages > rules.per_group_minute:
            pace.until = (pace.lately[0] if pace.lately else at) + MINUTE_S
            self._refuse(method, chat_id, "group", pace.until - at)
        if len(self._all) + 1 > rules.per_second:
            self._refuse(method, chat_id, "all", 1)
        pace.tokens -= 1
        pace.lately.extend([at] * messages)
        self._all.append(at)
        self.counted += messages

    def _refuse(self, method: str, chat_id: int, limit: str, wait_s: float) -> None:
        wait = max(1, math.ceil(wait_s))
        self.floods.append(Flood(self._now(), method, chat_id, limit, wait))
        raise Refused(Refusal.RATE_LIMITED, retry_after_s=wait)


def _forget(times: deque[float], before: float) -> None:
    while times and times[0] <= before:
        times.popleft()
