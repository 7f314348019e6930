"""generateContent: a question in words and pictures, checked; its answer is words, JSON under a schema, or a picture.

The words are true of the pictures they are asked about: size, light, the most common colours.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from storyreel.domain.errors import StoryreelError
from storyreel.domain.values import JSON
from storyreel.media.frames import first_frame, last_frame
from storyreel.media.pictures import png_bytes
from storyreel.standins.clips import Asked
from storyreel.standins.google_reading import bytes_of, camel_of, invalid, picture_of
from storyreel.standins.openai_question import as_text
from storyreel.standins.reading import Rule, checked, list_of
from storyreel.standins.refusals import Refusal, Refused
from storyreel.standins.schema_writer import Told, written
from storyreel.standins.wording import Seen, seen_in

RATIOS = ("1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9", "1:8", "8:1", "1:4", "4:1")
SIDES = {"512": 512, "1K": 1024, "2K": 2048, "4K": 4096}
TOKENS = {"512": 747, "1K": 1120, "2K": 1680, "4K": 2520}  # 2K and 4K are this stand-in's own guess
PRO_TOKENS = {"512": 1120, "1K": 1120, "2K": 1120, "4K": 2000}  # the price list's dollars by its price of a token
USD_PER_MILLION = {"gemini-nano-banana-2.1": "30", "gemini-3-pro-image": "120", "gemini-2.5-flash-image": "30"}
"""US dollars for a million tokens of picture: https://ai.google.dev/gemini-api/docs/pricing, 2026-11-20; of Nano Banana 2.1
https://github.com/BerriAI/litellm/discussions/44983, 2026-11-21."""
PAINTERS = tuple(USD_PER_MILLION)
WRITERS = (
    "gemini-3.8-flash",
    "gemini-3.7-flash",
    "gemini-3.6-flash",
    "gemini-3.5-flash",
    "gemini-3.5-flash-lite",
    "gemini-3.1-pro-preview",
    "gemini-flash-latest",
    "gemini-pro-latest",
)
SHUT = ("gemini-3.1-flash-image",)

TOP = {
    "contents": Rule((list, dict), required=True),
    "generationConfig": Rule(dict, default={}),
    "systemInstruction": Rule(dict),
    **{name: Rule((list, dict, str)) for name in ("safetySettings", "tools", "toolConfig", "cachedContent", "labels", "store")},
}
CONFIG = {
    "responseModalities": Rule(list, default=[]),
    "imageConfig": Rule(dict, default={}),
    "responseMimeType": Rule(str, choices=("text/plain", "application/json", "text/x.enum"), default="text/plain"),
    "responseSchema": Rule(dict),
    "responseJsonSchema": Rule(dict),
    "candidateCount": Rule(int, choices=(1,)),
    "temperature": Rule(float, least=0, most=2),
    "topP": Rule(float, least=0, most=1),
    "topK": Rule(float, least=1),
    "maxOutputTokens": Rule(int, least=1),
    "seed": Rule(int),
    "thinkingConfig": Rule(dict),
    "mediaResolution": Rule(str),
    "stopSequences": Rule(list, longest=5),
    **{name: Rule((float, bool, dict)) for name in ("presencePenalty", "frequencyPenalty", "responseLogprobs", "logprobs")},
}
IMAGE = {
    "aspectRatio": Rule(str, choices=RATIOS),
    "imageSize": Rule(str, choices=tuple(SIDES), default="1K"),
    "personGeneration": Rule(str),
    "outputMimeType": Rule(str),
}
PARTS = {"text", "inlineData", "fileData", "videoMetadata", "thought", "thoughtSignature", "mediaResolution"}

ANSWER: JSON = {"type": "object", "properties": {"answer": {"type": "string"}}, "required": ["answer"]}
"""What JSON without a schema looks like here."""

Stored = Callable[[str], tuple[str, bytes]]
"""The type and bytes of an uploaded file by its address. Raises Refused."""


def tokens_of(model: str, size: str) -> int:
    """How many tokens a picture has."""
    return (PRO_TOKENS if model == "gemini-3-pro-image" else TOKENS)[size]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked."""

    words: str
    pictures: tuple[bytes, ...]
    seen: tuple[Seen, ...]  # of pictures and of videos' ends
    schema: JSON  # None: words
    painted: Asked | None  # None: no picture is asked for
    image_size: str


async def question_of(model: str, body: Mapping[str, JSON], stored: Stored) -> Question:
    """What is asked of a model. Raises Refused."""
    told = checked(camel_of(dict(body), "body"), TOP)
    config = checked(camel_of(told["generationConfig"], "generation_config"), CONFIG, within="generation_config.")
    words, files = _contents(told["contents"], stored)
    pictures, seen = await asyncio.to_thread(_looked_at, files)
    modalities = {str(one).upper() for one in list_of(config, "responseModalities")}
    if not modalities <= {"TEXT", "IMAGE", "AUDIO"}:
        raise invalid("Invalid value at 'generation_config.response_modalities'.", "generation_config.response_modalities")
    paints = model in PAINTERS
    if "IMAGE" in modalities and not paints:
        raise invalid(f"The requested combination of response modalities is not supported by {model}.", "response_modalities")
    image = checked(camel_of(config["imageConfig"], "image_config"), IMAGE, within="generation_config.image_config.")
    size = str(image["imageSize"])
    if model == "gemini-nano-banana-2.1" and size == "512":
        raise invalid("image_size 512 is not supported by this model.", "generation_config.image_config.image_size", "choices")
    schema = config["responseJsonSchema"] or _lowered(config["responseSchema"])
    if schema is None and config["responseMimeType"] == "application/json":
        schema = ANSWER
    painted = _painted(model, words, pictures, str(image["aspectRatio"] or "1:1"), size) if paints else None
    return Question(words, tuple(pictures), tuple(seen), schema, painted, size)


def answer_of(question: Question) -> str:
    """The answer in words: JSON where a schema is given, otherwise sentences."""
    if question.schema is not None:
        return as_text(written(question.schema, Told(question.words, question.seen)))
    told = [
        f"{one.sentence[:-1]}, {one.width_px}x{one.height_px} pixels; most common colours {', '.join(one.colours[:3])}."
        for one in question.seen
    ]
    return " ".join(told) or f"You said: {question.words.strip()[:400]}"


def size_of(ratio: str, image_size: str) -> tuple[int, int]:
    """Pixels of a ratio at a size: 16:9 at 1K is 1376x768."""
    across, _, down = ratio.partition(":")
    root = (int(across) / int(down)) ** 0.5
    factor = SIDES[image_size] / 1024
    width, height = (round(1024 * side / 32) * 32 for side in (root, 1 / root))
    return round(width * factor), round(height * factor)


def _painted(model: str, words: str, pictures: list[bytes], ratio: str, size: str) -> Asked:
    if not words.strip():
        raise invalid("Unable to submit request because it must have a text parameter.", "contents", "required")
    return Asked(
        model=model, prompt=words, size=size_of(ratio, size), references=tuple(pictures[:14]), notes=(f"{ratio} {size}",)
    )


def _contents(told: JSON, stored: Stored) -> tuple[str, list[tuple[str, bytes]]]:
    contents = told if isinstance(told, list) else [told]
    if not contents:
        raise invalid("* GenerateContentRequest.contents: contents is not specified", "contents", "required")
    words: list[str] = []
    files: list[tuple[str, bytes]] = []
    for nth, entry in enumerate(contents):
        content = checked(
            camel_of(entry, "contents"),
            {"role": Rule(str, choices=("user", "model")), "parts": Rule(list, required=True)},
            within=f"contents[{nth}].",
        )
        parts = content["parts"]
        for part in parts if isinstance(parts, list) else []:
            fields = camel_of(part, f"contents[{nth}].parts")
            if unknown := fields.keys() - PARTS:
                name = min(unknown)
                raise invalid(f"Invalid JSON payload received. Unknown name \"{name}\" at 'contents[{nth}].parts'", "contents")
            if isinstance(fields.get("text"), str):
                words.append(str(fields["text"]))
            elif fields.get("inlineData") is not None:
                files.append(_inline(camel_of(fields["inlineData"], "inline_data")))
            elif fields.get("fileData") is not None:
                files.append(stored(str(camel_of(fields["fileData"], "file_data").get("fileUri"))))
            else:
                raise invalid("contents.parts must not be empty.", f"contents[{nth}].parts", "required")
    return "\n".join(words), files


def _inline(blob: Mapping[str, JSON]) -> tuple[str, bytes]:
    media_type = str(blob.get("mimeType"))
    if media_type.startswith("image/"):
        return media_type, picture_of(blob.get("data"), media_type, "contents.parts.inline_data")
    if media_type.startswith("video/"):
        return media_type, bytes_of(blob.get("data"), "contents.parts.inline_data.data")
    raise invalid(f"Unsupported MIME type: {media_type}", "contents.parts.inline_data.mime_type", "choices")


def _looked_at(files: list[tuple[str, bytes]]) -> tuple[list[bytes], list[Seen]]:
    """Pictures, and of a video its first and last. Blocks."""
    pictures = [data for media_type, data in files if media_type.startswith("image/")]
    seen: list[Seen] = []
    for media_type, data in files:
        try:
            views = [data] if media_type.startswith("image/") else _ends(data)
            seen += [seen_in(view) for view in views]
        except (StoryreelError, ValueError) as error:
            raise Refused(Refusal.INVALID, "Unable to process the input media. Please retry or report.") from error
    return pictures, seen


def _ends(video: bytes) -> list[bytes]:
    with TemporaryDirectory(prefix="standin-") as folder:
        path = Path(folder) / "clip"
        path.write_bytes(video)
        return [png_bytes(first_frame(path)), png_bytes(last_frame(path))]


def _lowered(schema: JSON) -> JSON:
    """A schema of the classic API, whose types are in capitals, as JSON Schema."""
    if isinstance(schema, list):
        return [_lowered(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        name: value.lower() if name == "type" and isinstance(value, str) else _lowered(value) for name, value in schema.items()
    }
