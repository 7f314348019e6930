"""A film as one trace: its shots, their calls, and what each call goes through; a second worker's part belongs to it too."""

from collections import Counter
from pathlib import Path

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from storyreel.domain.film import FilmState
from storyreel.observing.observer import Observer
from storyreel.observing.secrecy import Secrecy
from storyreel.observing.start import wants_spans
from storyreel.observing.telemetry import context_of, open_telemetry
from storyreel.production.opening import open_line
from tests.production.conftest import CATALOGUE, board, cloud, film_of
from tests.production.scripted import Cloud

__all__ = ["cloud"]

SECRETS = Secrecy(["r8_s3cret"])


def under(spans: tuple[ReadableSpan, ...], parent: ReadableSpan) -> list[str]:
    """The names of a span's own parts, as they began."""
    assert parent.context is not None
    mine = [span for span in spans if span.parent is not None and span.parent.span_id == parent.context.span_id]
    return [span.name for span in sorted(mine, key=lambda span: span.start_time or 0)]


@pytest.mark.journey
async def test_a_film_is_one_trace_of_shots_calls_and_what_each_call_goes_through(cloud: Cloud, tmp_path: Path) -> None:
    exporter = InMemorySpanExporter()
    cloud.fails["s2"] = "the moderator r8_s3cret says no"
    observer = Observer(spans=open_telemetry(SECRETS, exporter))

    async with await open_line(tmp_path / "home", catalogue=CATALOGUE, opener=cloud.open, observer=observer) as line:
        await line.produce(film_of(board(2)))
        film = await line.wait("ships-0001")

    spans = exporter.get_finished_spans()
    named = {(span.name, (span.attributes or {}).get("storyreel.shot")): span for span in spans}
    root = named["film", None]
    assert film.state is FilmState.FAILED
    assert root.context is not None
    assert (root.parent, root.context.trace_id) == (None, context_of("ships-0001/1").trace_id)
    assert {span.context.trace_id for span in spans if span.context} == {root.context.trace_id}
    assert Counter(under(spans, root)) == {"shot": 2}
    shot = named["shot", "s1"]
    [call] = [span for span in spans if span.parent is not None and span.parent == shot.context]
    assert under(spans, call) == ["submit", "wait", "fetch", "check"]
    refused = named["shot", "s2"]
    assert refused.status.status_code is StatusCode.ERROR
    assert "the moderator [hidden] says no" in (refused.status.description or "")
    assert "r8_s3cret" not in "".join(span.to_json() for span in spans)


def test_another_worker_s_shot_is_a_part_of_the_film_s_own_span() -> None:
    here, there = InMemorySpanExporter(), InMemorySpanExporter()

    with Observer(spans=open_telemetry(SECRETS, here)).span("film", key="ships-0001/1"):
        pass
    with Observer(spans=open_telemetry(SECRETS, there)).span("shot", under="ships-0001/1", shot="s1"):
        pass

    [film], [shot] = here.get_finished_spans(), there.get_finished_spans()
    assert film.context is not None
    assert shot.parent is not None
    assert (shot.parent.trace_id, shot.parent.span_id) == (film.context.trace_id, film.context.span_id)


def test_spans_are_asked_for_by_the_usual_variables() -> None:
    endpoint = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318"}

    assert [wants_spans({}), wants_spans(endpoint), wants_spans({"OTEL_TRACES_EXPORTER": "console"})] == [False, True, True]
    assert not wants_spans({**endpoint, "OTEL_SDK_DISABLED": "true"})
    assert not wants_spans({**endpoint, "OTEL_TRACES_EXPORTER": "none"})
