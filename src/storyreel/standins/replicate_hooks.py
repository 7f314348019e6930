"""What a create at Replicate says of its webhook."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from storyreel.domain.values import JSON
from storyreel.standins.refusals import Refusal, Refused

EVENTS = ("start", "output", "logs", "completed")
DEFAULT = ("output", "completed")


def checked_hook(body: Mapping[str, JSON]) -> tuple[str, tuple[str, ...]]:
    """A create's webhook and its events; empty: none. Raises Refused INVALID."""
    hook, events = body.get("webhook"), body.get("webhook_events_filter")
    if events is not None and (not isinstance(events, list) or not set(map(str, events)) <= set(EVENTS)):
        raise Refused(Refusal.INVALID, f"must be one of {', '.join(EVENTS)}", field="webhook_events_filter", problem="choices")
    if hook is None:
        return "", ()
    parts = urlsplit(hook) if isinstance(hook, str) else None
    # Here alone, an address on this machine may be without TLS, so that webhooks can be tried offline.
    if parts is None or not parts.hostname or not (parts.scheme == "https" or parts.hostname in {"127.0.0.1", "localhost"}):
        raise Refused(Refusal.INVALID, "webhook URL must be HTTPS", field="webhook", problem="address")
    return str(hook), tuple(map(str, events)) if events is not None else DEFAULT
