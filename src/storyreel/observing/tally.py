"""What one process counts of its own work, for Prometheus: fed by notices, and by a clock that shows how busy the loop is."""

import asyncio

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from storyreel.observing.observer import Notice

LAG_S = 0.5  # between two looks at how late the loop is
WAITS_S = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600)
GENERATIONS_S = (1, 2.5, 5, 10, 20, 30, 45, 60, 90, 120, 180, 300, 600, 1200, 3600)


class Tally:
    """Figures of this process alone; those that all processes share are in the database."""

    def __init__(self) -> None:
        self.registry = kept = CollectorRegistry()
        self._waits = Histogram(
            "storyreel_submit_wait_seconds",
            "From a call's reservation until it is sent.",
            ["provider"],
            buckets=WAITS_S,
            registry=kept,
        )
        self._generations = Histogram(
            "storyreel_generation_seconds",
            "From sending a call until its clip is in the store.",
            ["model"],
            buckets=GENERATIONS_S,
            registry=kept,
        )
        self._looks = Counter("storyreel_looks", "Looks at generations.", ["provider", "outcome"], registry=kept)
        self._repeats = Counter("storyreel_repeats", "Calls sent again.", ["provider", "code"], registry=kept)
        self._lag = Gauge("storyreel_loop_lag_seconds", "How late this process's event loop was last.", registry=kept)

    def hear(self, notice: Notice) -> None:
        """Count what a notice tells."""
        known = notice.known
        provider, code = str(known.get("provider") or ""), str(known.get("code") or "")
        match notice.what:
            case "call.sending" if (waited := known.get("waited_s")) is not None:
                self._waits.labels(provider).observe(float(waited))
            case "call.settled" if known.get("state") == "done":
                self._generations.labels(str(known.get("model"))).observe(float(known.get("took_s") or 0))
            case "look.done":
                self._looks.labels(provider, "answered").inc()
            case "look.failed":
                self._looks.labels(provider, code).inc()
            case "call.repeated":
                self._repeats.labels(provider, code).inc()
            case _:
                return

    async def watch_loop(self) -> None:
        """See again and again how late the loop is, until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + LAG_S
            await asyncio.sleep(LAG_S)
            self._lag.set(max(0.0, loop.time() - due))
