"""Veo's predictLongRunning, which two of Google's clouds serve: what may be asked, what it costs, how an operation is shown."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from storyreel.domain.values import JSON
from storyreel.standins.clips import Asked
from storyreel.standins.faults import Fault
from storyreel.standins.google_reading import camel_of, invalid, none_of, picture_of
from storyreel.standins.jobs import Job, Life
from storyreel.standins.reading import Rule, checked

SIZES = {"720p": (1280, 720), "1080p": (1920, 1080), "4k": (3840, 2160)}
REFUSED = (
    "Veo could not generate videos because the input seems to go against the usage guidelines. "
    "If you think this was an error, send feedback. Support codes: 29310472"
)

INSTANCE = {
    "prompt": Rule(str),
    "image": Rule(dict),
    "lastFrame": Rule(dict),
    "referenceImages": Rule(list, longest=3, default=[]),
    "video": Rule(dict),
    "mask": Rule(dict),
}
PARAMETERS = {
    "aspectRatio": Rule(str, choices=("16:9", "9:16"), default="16:9"),
    "resolution": Rule(str, choices=tuple(SIZES), default="720p"),
    "durationSeconds": Rule(int, choices=(4, 6, 8), default=8),
    "negativePrompt": Rule(str),
    "personGeneration": Rule(str, choices=("allow_all", "allow_adult", "dont_allow")),
    "enhancePrompt": Rule(bool),
    "seed": Rule(int, least=0, most=2**32 - 1),
}
CLOUD = {
    **PARAMETERS,
    "sampleCount": Rule(int, least=1, most=4, default=1),
    "generateAudio": Rule(bool, default=True),
    "storageUri": Rule(str),
    "fps": Rule(int, choices=(24,)),
    "pubsubTopic": Rule(str),
    "compressionQuality": Rule(str, choices=("optimized", "lossless")),
    "resizeMode": Rule(str, choices=("crop", "pad")),
}
DEVELOPER = {**PARAMETERS, "sampleCount": Rule(int, least=1, most=1, default=1)}

# https://cloud.google.com/vertex-ai/generative-ai/pricing, read 2026-11-20.
USD_PER_S = {
    "generate": {"720p": "0.40", "1080p": "0.40", "4k": "0.60"},
    "fast": {"720p": "0.10", "1080p": "0.12", "4k": "0.30"},
} | {"lite": {"720p": "0.05", "1080p": "0.08"}}


@dataclass(frozen=True, slots=True)
class Order:
    """What an operation is to make."""

    asked: Asked
    storage: str  # gs://...; empty: inside the answer
    cost_usd: Decimal


def order_of(model: str, body: Mapping[str, JSON], *, developer: bool) -> Order:
    """What is asked for. Raises Refused."""
    rules = {"instances": Rule(list, required=True, longest=1), "parameters": Rule(dict, default={}), "labels": Rule(dict)}
    told = checked(camel_of(dict(body), "body"), rules)
    instances = told["instances"]
    if not isinstance(instances, list) or not instances:
        raise invalid("Exactly one instance is supported.", "instances", "required")
    instance = checked(camel_of(instances[0], "instances[0]"), INSTANCE, within="instances[0].")
    spoken = _lowered(camel_of(told["parameters"], "parameters"))
    parameters = checked(spoken, DEVELOPER if developer else CLOUD, within="parameters.")
    none_of(instance, ("video", "mask"), "is not served by this stand-in.")
    if developer:
        none_of(told, ("labels",), "is only supported on Agent Platform.")
    kind = next((kind for kind in ("fast", "lite") if kind in model), "generate")
    price = USD_PER_S[kind].get(str(parameters["resolution"]))
    if price is None:
        raise invalid(f"{model} makes no {parameters['resolution']}.", "parameters.resolution", "choices")
    asked = _asked(model, instance, parameters, developer=developer)
    seconds = Decimal(str(asked.seconds))
    return Order(asked, str(parameters.get("storageUri") or ""), seconds * Decimal(price) * _count(parameters))


def _asked(model: str, instance: Mapping[str, JSON], parameters: Mapping[str, JSON], *, developer: bool) -> Asked:
    first = _image(instance["image"], "instances[0].image")
    last = _image(instance["lastFrame"], "instances[0].lastFrame")
    references = instance["referenceImages"]
    pictures = [_reference(entry, nth) for nth, entry in enumerate(references if isinstance(references, list) else [])]
    prompt, seconds, seed = str(instance["prompt"] or ""), parameters["durationSeconds"], parameters["seed"]
    _must_go_together(prompt, first, last, pictures)
    _must_be_made_so(parameters, framed=bool(last or pictures), referred=bool(pictures))
    if developer:
        _must_show_whom(parameters["personGeneration"], pictured=bool(first or pictures))
    width, height = SIZES[str(parameters["resolution"])]
    return Asked(
        model=model,
        prompt=prompt,
        size=(width, height) if parameters["aspectRatio"] == "16:9" else (height, width),
        seconds=float(seconds) if isinstance(seconds, int) else 8.0,
        sound=developer or parameters.get("generateAudio") is True,
        seed=seed if isinstance(seed, int) else None,
        first=first,
        last=last,
        references=tuple(pictures),
    )


def _must_go_together(prompt: str, first: bytes | None, last: bytes | None, references: Sequence[bytes]) -> None:
    """What a request may start from. Raises Refused."""
    if not prompt and not first:
        raise invalid("A prompt or an image is required.", "instances[0].prompt", "required")
    if last and not first:
        raise invalid("lastFrame is only supported together with image.", "instances[0].lastFrame", "conflict")
    if first and references:
        raise invalid("image and referenceImages do not go together.", "instances[0].referenceImages", "conflict")


def _must_be_made_so(parameters: Mapping[str, JSON], *, framed: bool, referred: bool) -> None:
    """What a last frame, references and a high resolution force. Raises Refused."""
    if (framed or parameters["resolution"] != "720p") and parameters["durationSeconds"] != 8:
        raise invalid("This feature requires durationSeconds to be 8.", "parameters.durationSeconds", "choices")
    if referred and parameters["aspectRatio"] != "16:9":
        raise invalid("referenceImages require an aspectRatio of 16:9.", "parameters.aspectRatio", "choices")


def _must_show_whom(person: JSON, *, pictured: bool) -> None:
    """What the Developer API takes of `personGeneration`. Raises Refused."""
    if person and person != ("allow_adult" if pictured else "allow_all"):
        raise invalid(f"{person} for personGeneration is currently not supported.", "parameters.personGeneration", "choices")


def _image(told: JSON, field: str) -> bytes | None:
    if told is None:
        return None
    fields = camel_of(told, field)
    if fields.get("gcsUri"):
        raise invalid("The object cannot be read.", f"{field}.gcsUri", "choices")
    if unknown := fields.keys() - {"bytesBase64Encoded", "mimeType"}:
        raise invalid(f"Unknown name \"{min(unknown)}\" at '{field}': Cannot find field.", field, "unknown")
    return picture_of(fields.get("bytesBase64Encoded"), fields.get("mimeType"), field)


def _reference(told: JSON, nth: int) -> bytes:
    field = f"instances[0].referenceImages[{nth}]"
    fields = camel_of(told, field)
    if str(fields.get("referenceType")).lower() != "asset":
        raise invalid("referenceType must be asset.", f"{field}.referenceType", "choices")
    picture = _image(fields.get("image"), f"{field}.image")
    if picture is None:
        raise invalid("A reference needs its image.", f"{field}.image", "required")
    return picture


def _lowered(parameters: Mapping[str, JSON]) -> dict[str, JSON]:
    """Words that are taken in capitals too, as the official client writes them."""
    words = {"personGeneration", "compressionQuality", "resizeMode"}
    return {name: value.lower() if name in words and isinstance(value, str) else value for name, value in parameters.items()}


def _count(parameters: Mapping[str, JSON]) -> int:
    count = parameters["sampleCount"]
    return count if isinstance(count, int) else 1


def shown(name: str, job: Job, life: Life, videos: list[JSON], *, developer: bool) -> dict[str, JSON]:
    """An operation; `done` is absent while it runs. `videos` are in the cloud's own form."""
    told: dict[str, JSON] = {"name": name}
    if life is Life.UNKNOWN:
        told["metadata"] = {"state": "REHEARSING"}
    if life not in {Life.DONE, Life.FAILED}:
        return told
    told["done"] = True
    if job.fate is Fault.FAILS_LATER:
        told["error"] = {"code": 13, "message": "Video generation failed due to an internal server issue."}
        return told
    inner: dict[str, JSON] = {"generatedSamples": videos} if developer else {"raiMediaFilteredCount": 0, "videos": videos}
    if job.fate is Fault.MODERATION_LATER:
        inner = {"raiMediaFilteredCount": 1, "raiMediaFilteredReasons": [REFUSED]}
    if developer:
        kind = "google.ai.generativelanguage.v1beta.PredictLongRunningResponse"
        told["response"] = {"@type": f"type.googleapis.com/{kind}", "generateVideoResponse": inner}
    else:
        kind = "cloud.ai.large_models.vision.GenerateVideoResponse"
        told["response"] = {"@type": f"type.googleapis.com/{kind}", **inner}
    return told


def inline(data: bytes) -> JSON:
    """A clip inside the answer, on Google Cloud."""
    return {"bytesBase64Encoded": b64encode(data).decode("ascii"), "mimeType": "video/mp4"}
