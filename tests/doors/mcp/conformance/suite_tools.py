"""What the official suite calls by name, in a package of its own: the server finds it as it finds anybody's."""

import asyncio
import io
import json
import wave
from collections.abc import Sequence
from typing import ClassVar

from PIL import Image
from pydantic import RootModel
from typing_extensions import override

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.values import Value
from storyreel.doors.mcp.extras import ExtraPrompt, ExtraResource, Given
from storyreel.tools import Attachment, Context, Tool, ToolSpec

PROGRESS, STEP_S = (0, 50, 100), 0.05


class Nothing(Value):
    """No arguments."""


def spec(id: str, name: str, does: str) -> ToolSpec:
    """Of a tool that takes nothing and answers a text."""
    told = f"{does}, as the conformance suite expects it."
    return ToolSpec(id=id, name=name, title=does, description=told, arguments=Nothing, result=RootModel[str], read_only=True)


def red_dot() -> bytes:
    """A PNG of one pixel."""
    file = io.BytesIO()
    Image.new("RGB", (1, 1), "red").save(file, "PNG")
    return file.getvalue()


def silence() -> bytes:
    """A WAV of ten samples."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(20))
    return file.getvalue()


PICTURE = Attachment(data=red_dot(), media_type="image/png")
SOUND = Attachment(data=silence(), media_type="audio/wav")
NOTE = Attachment(data="This is an embedded resource content.", media_type="text/plain", uri="test://embedded-resource")
FACTS = Attachment(data=json.dumps({"test": "data"}), media_type="application/json", uri="test://mixed-content-resource")


class Says(Tool[Nothing, RootModel[str]]):
    """Answers a text, and shows what there is beside it."""

    spec: ClassVar = spec("says", "test_simple_text", "Say something")
    shows: ClassVar[Sequence[Attachment]] = ()

    @override
    async def run(self, args: Nothing, context: Context) -> RootModel[str]:
        for one in self.shows:
            await context.show(one)
        return RootModel[str]("This is a simple text response for testing.")


class Pictures(Says):
    """Shows a picture."""

    spec: ClassVar = spec("picture", "test_image_content", "Show a picture")
    shows: ClassVar = (PICTURE,)


class Sounds(Says):
    """Plays a sound."""

    spec: ClassVar = spec("sound", "test_audio_content", "Play a sound")
    shows: ClassVar = (SOUND,)


class Embeds(Says):
    """Shows a text that has an address."""

    spec: ClassVar = spec("embeds", "test_embedded_resource", "Show a text")
    shows: ClassVar = (NOTE,)


class Mixes(Says):
    """Shows one thing and another."""

    spec: ClassVar = spec("mixes", "test_multiple_content_types", "Show this and that")
    shows: ClassVar = (PICTURE, FACTS)


class Counts(Tool[Nothing, RootModel[str]]):
    """Tells how far it is."""

    spec: ClassVar = spec("counts", "test_tool_with_progress", "Count to a hundred")

    @override
    async def run(self, args: Nothing, context: Context) -> RootModel[str]:
        for done in PROGRESS:
            await context.reached(done, PROGRESS[-1])
            await asyncio.sleep(STEP_S)
        return RootModel[str]("A hundred.")


class Fails(Tool[Nothing, RootModel[str]]):
    """Fails as tools do."""

    spec: ClassVar = spec("fails", "test_error_handling", "Fail")

    @override
    async def run(self, args: Nothing, context: Context) -> RootModel[str]:
        raise InvalidRequest("This tool intentionally returns an error for testing", field="nothing")


async def _text(given: Given) -> str:
    return "This is the content of the static text resource."


async def _dot(given: Given) -> bytes:
    return red_dot()


async def _by_id(given: Given) -> str:
    return json.dumps({"id": given["id"], "templateTest": True, "data": f"Data for ID: {given['id']}"})


def _embedding(given: Given) -> list[str | Attachment]:
    told = Attachment(data="Embedded resource content for testing.", media_type="text/plain", uri=given["resourceUri"])
    return [told, "Please process the embedded resource above."]


ABOUT = "Of the conformance suite."
EXTRAS = (
    ExtraResource("test://static-text", "static-text", ABOUT, "text/plain", _text),
    ExtraResource("test://static-binary", "static-binary", ABOUT, "image/png", _dot),
    ExtraResource("test://watched-resource", "watched-resource", ABOUT, "text/plain", _text),
    ExtraResource("test://template/{id}/data", "template", ABOUT, "application/json", _by_id),
    ExtraPrompt("test_simple_prompt", ABOUT, lambda _: ["This is a simple prompt for testing."]),
    ExtraPrompt(
        "test_prompt_with_arguments",
        ABOUT,
        lambda given: [f"Prompt with arguments: arg1='{given['arg1']}', arg2='{given['arg2']}'"],
        {"arg1": "One.", "arg2": "Another."},
    ),
    ExtraPrompt("test_prompt_with_embedded_resource", ABOUT, _embedding, {"resourceUri": "What to embed."}),
    ExtraPrompt("test_prompt_with_image", ABOUT, lambda _: [PICTURE, "Please analyze the image above."]),
)
