"""The observer of a process, as its settings and the usual OTEL_ variables say."""

from collections.abc import Mapping
from importlib.util import find_spec

from storyreel.accounts import Account
from storyreel.observing.logs import start_logging
from storyreel.observing.observer import SILENT, Observer, Sink
from storyreel.observing.secrecy import Secrecy
from storyreel.observing.spans import Spans
from storyreel.settings import LogLevel, Settings

ASKS_FOR_SPANS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_TRACES_EXPORTER")


def start_observing(
    settings: Settings,
    accounts: Mapping[str, Account],
    environ: Mapping[str, str],
    *sinks: Sink,
    usual: LogLevel = LogLevel.OFF,
) -> Observer:
    """What the line tells what it does; it does nothing where nothing was asked for. Close it.

    `usual`: what is logged where no setting says. Raises InvalidRequest for a log that cannot be written.
    """
    secrecy = Secrecy.of(settings, accounts, environ)
    log = start_logging(settings, secrecy, usual=usual)
    spans = _spans(secrecy, environ)
    if log is not None:
        return Observer(*sinks, log.write, spans=spans, close=log.close)
    return Observer(*sinks, spans=spans) if sinks or spans else SILENT


def wants_spans(environ: Mapping[str, str]) -> bool:
    """Whether the usual variables ask for spans."""
    off = environ.get("OTEL_SDK_DISABLED", "").lower() == "true" or environ.get("OTEL_TRACES_EXPORTER") == "none"
    return not off and any(environ.get(name) for name in ASKS_FOR_SPANS)


def _spans(secrecy: Secrecy, environ: Mapping[str, str]) -> Spans | None:
    if not wants_spans(environ) or find_spec("opentelemetry.sdk") is None:
        return None
    from storyreel.observing.telemetry import USUAL, is_installed, open_telemetry

    if "OTEL_TRACES_EXPORTER" not in environ and not is_installed(USUAL):  # the variables may be meant for other programs
        return None
    return open_telemetry(secrecy)
