"""Veo's long-running operations in and out of our words, in both of Google's flavours. Pure: no request is made here.

Read 2026-11-20: https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/veo-video-generation
Traps: `done` is absent while it runs; done is not success; the filter's counters lie at two depths.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from storyreel.domain.errors import ContentRejected, OutputBroken
from storyreel.domain.generation import GenerationState, Request, Sighting
from storyreel.domain.model import Mode, Route
from storyreel.domain.values import JSON
from storyreel.providers.arguments import Frames, arguments_of
from storyreel.providers.google_errors import told_of, why_filtered
from storyreel.providers.port import Picture

INLINE = "inline:"
"""Begins the output of a generation that holds its clip itself: the generation's own name follows."""


def image_of(picture: Picture) -> JSON:
    """A picture as Veo takes it."""
    return {"bytesBase64Encoded": picture.base64, "mimeType": picture.media_type}


def asset_of(picture: Picture) -> JSON:
    """A picture of somebody or something that should be seen in the clip."""
    return {"image": image_of(picture), "referenceType": "asset"}


def body_of_operation(request: Request, route: Route, frames: Frames) -> dict[str, JSON]:
    """The body that begins an operation: what the route's words put into `parameters`, and everything else as the instance."""
    instance = arguments_of(request, route, frames)
    parameters = instance.pop("parameters", {})
    if isinstance(parameters, dict) and Mode.TEXT not in request.modes:
        parameters.setdefault("personGeneration", "allow_adult")  # of text alone it refuses the word
    return {"instances": [instance], "parameters": parameters}


def sighting_of(told: Mapping[str, JSON], operation: str, said: Callable[[object], str]) -> Sighting:
    """What an operation shows. An output is an address, or INLINE and the operation's name: never the clip itself."""
    if told.get("done") is not True:
        return Sighting(state=GenerationState.RUNNING)
    error = told.get("error")
    if isinstance(error, dict):
        why = told_of(error)
        words = why_filtered([why.message]) if "upport code" in why.message else why.message
        cost = Decimal(0) if why.refused else None  # what the filter refuses is not charged
        return Sighting(state=GenerationState.FAILED, error=said(words), error_code=why.taxonomy, cost_usd=cost)
    response = _response(told)
    videos = videos_in(told)
    if videos:
        address = videos[0].get("gcsUri") or videos[0].get("uri")
        output = address if isinstance(address, str) and address else f"{INLINE}{operation}"
        return Sighting(state=GenerationState.READY, progress=1.0, outputs=(output,))
    if response.get("raiMediaFilteredCount") or response.get("raiMediaFilteredReasons"):
        words = said(why_filtered(response.get("raiMediaFilteredReasons")))
        return Sighting(state=GenerationState.FAILED, error=words, error_code=ContentRejected.code, cost_usd=Decimal(0))
    words = "it says that it is done, and holds no clip"
    return Sighting(state=GenerationState.FAILED, error=words, error_code=OutputBroken.code)


def videos_in(told: Mapping[str, JSON]) -> list[dict[str, JSON]]:
    """The clips of a finished operation: each an address (`gcsUri`, `uri`) or `bytesBase64Encoded`."""
    response = _response(told)
    videos = response.get("videos")
    if isinstance(videos, list):
        return [video for video in videos if isinstance(video, dict) and _holds(video)]
    samples = response.get("generatedSamples")
    clips = [sample.get("video") for sample in samples if isinstance(sample, dict)] if isinstance(samples, list) else []
    return [clip for clip in clips if isinstance(clip, dict) and _holds(clip)]


def bytes_in(told: Mapping[str, JSON]) -> str | None:
    """The base64 of a finished operation's first clip."""
    data = next((video.get("bytesBase64Encoded") or video.get("encodedVideo") for video in videos_in(told)), None)
    return data if isinstance(data, str) else None


def _holds(video: Mapping[str, JSON]) -> bool:
    return any(video.get(name) for name in ("gcsUri", "uri", "bytesBase64Encoded", "encodedVideo"))


def _response(told: Mapping[str, JSON]) -> dict[str, JSON]:
    response = told.get("response")
    response = response if isinstance(response, dict) else {}
    inner = response.get("generateVideoResponse")
    return inner if isinstance(inner, dict) else response
