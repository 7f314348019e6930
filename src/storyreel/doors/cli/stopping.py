"""What ends a command that serves. Loaded by the commands that do: `--help` needs no event loop."""

import asyncio
import signal

STOPS = (signal.SIGTERM, signal.SIGINT)


def stopped_by_signal() -> asyncio.Event:
    """An event that Ctrl-C and SIGTERM set."""
    stop = asyncio.Event()
    for one in STOPS:
        asyncio.get_running_loop().add_signal_handler(one, stop.set)
    return stop
