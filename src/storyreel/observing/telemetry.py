"""Spans by OpenTelemetry, where the usual OTEL_ variables ask for them and the packages are installed; loaded nowhere else.

A film is one trace, whichever workers make it: the ids of its trace and of its own span are derived from its run, so a worker
that makes a shot of a film which another one took up knows whose part that is. Ids, codes and figures are told; no prompt is.
"""

import os
import sys
from collections import OrderedDict
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256
from importlib.metadata import EntryPoint, entry_points
from threading import Thread
from typing import TYPE_CHECKING, Any, cast

from opentelemetry import trace
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.trace import NonRecordingSpan, SpanContext, SpanKind, Status, StatusCode, TraceFlags
from typing_extensions import override

from storyreel.domain.errors import InvalidRequest
from storyreel.observing.secrecy import Secrecy

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SpanExporter

    from storyreel.observing.spans import OpenSpan

REMEMBERED = 20_000  # spans by which others are found
LAST_S = 2.0  # for what has ended to be sent
ROOT = "film"
USUAL = "otlp"  # where OTEL_TRACES_EXPORTER is not set
WAYS = {"otlp": ("otlp_proto_http", "otlp")}  # the package that we bring first
REMEDY = "pip install 'storyreel[telemetry]' brings otlp; none means no spans."
_RUN: ContextVar[str | None] = ContextVar("storyreel_run", default=None)


class RunIds(RandomIdGenerator):
    """Ids at random, but for a film's own span, which has those of its run."""

    @override
    def generate_trace_id(self) -> int:
        """The trace's id."""
        run = _RUN.get()
        return super().generate_trace_id() if run is None else context_of(run).trace_id

    @override
    def generate_span_id(self) -> int:
        """The span's id."""
        run = _RUN.get()
        return super().generate_span_id() if run is None else context_of(run).span_id


class Telemetry:
    """Opens spans of a provider whose ids are `RunIds`."""

    def __init__(self, provider: "TracerProvider", exporters: "Sequence[SpanExporter]", secrecy: Secrecy) -> None:
        self._provider, self._exporters, self._secrecy = provider, exporters, secrecy
        self._tracer = provider.get_tracer("storyreel")
        self._known: OrderedDict[str, SpanContext] = OrderedDict()

    @contextmanager
    def span(self, name: str, *, key: str | None, under: str | None, known: Mapping[str, object]) -> "Generator[OpenSpan]":
        """A span while the block runs; an error that leaves the block is recorded in it."""
        attributes = {f"storyreel.{name}": self._told(value) for name, value in known.items()}
        token = _RUN.set(key if name == ROOT else None)
        try:
            opened = self._tracer.start_span(name, context=self._parent(under), kind=SpanKind.INTERNAL, attributes=attributes)
        finally:
            _RUN.reset(token)
        mine = _OpenSpan(opened, self)
        if key is not None:
            self.remember(key, opened.get_span_context())
        with trace.use_span(opened, end_on_exit=True, record_exception=False, set_status_on_exception=False):
            try:
                yield mine
            except Exception as error:
                mine.failed(str(getattr(error, "code", type(error).__name__)), str(error))
                raise

    def close(self) -> None:
        """Send what has ended; a collector that does not answer is waited for no longer than LAST_S."""
        sending = Thread(target=self._provider.shutdown, name="storyreel-spans", daemon=True)
        sending.start()
        sending.join(LAST_S)
        for exporter in self._exporters if sending.is_alive() else ():
            exporter.shutdown()  # it stops trying again
        sending.join(LAST_S)

    def remember(self, key: str, context: SpanContext) -> None:
        """Let others find a span; the oldest are forgotten."""
        self._known[key] = context
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)

    def clean(self, text: str) -> str:
        """The text without secrets."""
        return self._secrecy.clean(text)

    def _parent(self, under: str | None) -> Any:
        if under is None:
            return None
        found = self._known.get(under) or (context_of(under) if "/" in under else None)
        return None if found is None else trace.set_span_in_context(NonRecordingSpan(found))

    def _told(self, value: object) -> str | int | float | bool:
        if isinstance(value, str):
            return self.clean(value)
        return value if isinstance(value, int | float) else float(str(value))


class _OpenSpan:
    def __init__(self, span: trace.Span, of: Telemetry) -> None:
        self._span, self._of = span, of

    def known_as(self, key: str, **ids: str) -> None:
        self._of.remember(key, self._span.get_span_context())
        for name, value in ids.items():
            self._span.set_attribute(f"storyreel.{name}", value)

    def failed(self, code: str, message: str) -> None:
        told = self._of.clean(message)
        self._span.set_status(Status(StatusCode.ERROR, told))
        self._span.add_event("exception", {"exception.type": code, "exception.message": told})


def context_of(run: str) -> SpanContext:
    """The span of a film's run, named `film/number`, wherever it is made."""
    digest = sha256(run.encode()).digest()
    ids = int.from_bytes(digest[:16]) or 1, int.from_bytes(digest[16:24]) or 1
    return SpanContext(trace_id=ids[0], span_id=ids[1], is_remote=True, trace_flags=TraceFlags(TraceFlags.SAMPLED))


def open_telemetry(secrecy: Secrecy, *exporters: "SpanExporter") -> Telemetry:
    """Spans that go to these exporters, or to those that OTEL_TRACES_EXPORTER names. Raises InvalidRequest."""
    from opentelemetry.sdk.resources import SERVICE_NAME, Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor

    named = {} if os.environ.get("OTEL_SERVICE_NAME") else {SERVICE_NAME: "storyreel"}
    provider = TracerProvider(resource=Resource.create(named), id_generator=RunIds(), shutdown_on_exit=False)
    used = exporters or [_exporter(name.strip()) for name in os.environ.get("OTEL_TRACES_EXPORTER", USUAL).split(",")]
    for exporter in used:
        provider.add_span_processor(SimpleSpanProcessor(exporter) if exporters else BatchSpanProcessor(exporter))
    return Telemetry(provider, used, secrecy)


def is_installed(name: str) -> bool:
    """Whether there is an exporter of that name."""
    return name == "console" or any(True for _ in _announced(name))


def _exporter(name: str) -> "SpanExporter":
    """The installed exporter of that name, as packages announce theirs."""
    from opentelemetry.sdk.trace.export import ConsoleSpanExporter

    if name == "console":
        return ConsoleSpanExporter(out=sys.stderr)  # stdout is the answer's
    for found in _announced(name):
        return cast("SpanExporter", found.load()())
    message = f"Spans are to go by {name!r} (OTEL_TRACES_EXPORTER), and no package for that is installed. {REMEDY}"
    raise InvalidRequest(message, field="OTEL_TRACES_EXPORTER")


def _announced(name: str) -> Iterator[EntryPoint]:
    for way in WAYS.get(name, (name,)):
        yield from entry_points(group="opentelemetry_traces_exporter", name=way)
