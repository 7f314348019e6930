"""What the official suite calls by name, in a package of its own: the server finds it as it finds anybody's."""

import asyncio
import io
import json
import wave
from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal, TypeAlias

from PIL import Image
from pydantic import BaseModel, ConfigDict, Field, JsonValue, RootModel
from typing_extensions import override

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.values import Value
from storyreel.doors.mcp.extras import ExtraPrompt, ExtraResource, Given
from storyreel.tools import Attachment, Context, Tool, ToolSpec

PROGRESS, STEP_S = (0, 50, 100), 0.05


class Nothing(Value):
    """No arguments."""


def spec(id: str, name: str, does: str, arguments: type[BaseModel] = Nothing) -> ToolSpec:
    """Of a tool that answers a text, and takes nothing where nothing is told."""
    told = f"{does}, as the conformance suite expects it."
    return ToolSpec(id=id, name=name, title=does, description=told, arguments=arguments, result=RootModel[str], read_only=True)


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


class Logs(Tool[Nothing, RootModel[str]]):
    """Says what goes on."""

    spec: ClassVar = spec("logs", "test_tool_with_logging", "Say what goes on")

    @override
    async def run(self, args: Nothing, context: Context) -> RootModel[str]:
        for text in ("Tool execution started", "Tool processing data", "Tool execution completed"):
            await context.log("info", text)
            await asyncio.sleep(STEP_S)
        return RootModel[str]("Said.")


class Prompted(Value):
    """A prompt."""

    prompt: Annotated[str, Field(description="What the client's model is to answer.")]


class Writes(Tool[Prompted, RootModel[str]]):
    """Has the client's model write."""

    spec: ClassVar = spec("writes", "test_sampling", "Have the client's model write", Prompted)

    @override
    async def run(self, args: Prompted, context: Context) -> RootModel[str]:
        return RootModel[str](f"LLM response: {await context.write(args.prompt, most_tokens=100)}")


class Message(Value):
    """A question."""

    message: Annotated[str, Field(description="What the person is asked.")]


class Person(BaseModel):
    """Who somebody is."""

    username: Annotated[str, Field(description="User's response")]
    email: Annotated[str, Field(description="User's email address")]


class Asks(Tool[Message, RootModel[str]]):
    """Asks who somebody is."""

    spec: ClassVar = spec("asks", "test_elicitation", "Ask who somebody is", Message)

    @override
    async def run(self, args: Message, context: Context) -> RootModel[str]:
        return RootModel[str](f"User response: {await context.ask(args.message, Person)!r}")


class Filled(BaseModel):
    """A form that is filled in already, by every kind of plain field."""

    name: str = "John Doe"
    age: int = 30
    score: float = 95.5
    status: Literal["active", "inactive", "pending"] = "active"
    verified: bool = True


class AsksFilled(Tool[Nothing, RootModel[str]]):
    """Asks with a form that is filled in already."""

    spec: ClassVar = spec("filled", "test_elicitation_sep1034_defaults", "Ask by a form that is filled in")

    @override
    async def run(self, args: Nothing, context: Context) -> RootModel[str]:
        return RootModel[str](f"Elicitation completed: {await context.ask('Who is it?', Filled)!r}")


def titled(*values: str) -> list[JsonValue]:
    """Choices with titles."""
    return [{"const": value, "title": f"The choice {value}"} for value in values]


class Choosing(BaseModel):
    """Every way in which a form may offer choices."""

    untitled_single: Annotated[Literal["option1", "option2", "option3"], Field(alias="untitledSingle")]
    titled_single: Annotated[str, Field(alias="titledSingle", json_schema_extra={"oneOf": titled("value1", "value2")})]
    legacy: Annotated[
        Literal["opt1", "opt2", "opt3"],
        Field(alias="legacyEnum", json_schema_extra={"enumNames": ["Option One", "Option Two", "Option Three"]}),
    ]
    untitled_multi: Annotated[list[Literal["option1", "option2", "option3"]], Field(alias="untitledMulti")]
    titled_multi: Annotated[
        list[str], Field(alias="titledMulti", json_schema_extra={"items": {"anyOf": titled("value1", "value2")}})
    ]


class AsksChoices(Tool[Nothing, RootModel[str]]):
    """Asks for choices."""

    spec: ClassVar = spec("choices", "test_elicitation_sep1330_enums", "Ask for choices")

    @override
    async def run(self, args: Nothing, context: Context) -> RootModel[str]:
        return RootModel[str](f"Elicitation completed: {await context.ask('Which?', Choosing)!r}")


class address(BaseModel):  # noqa: N801  as the suite calls it
    """Where somebody lives."""

    street: str = ""
    city: str = ""


Address: TypeAlias = address


class Named(Value):
    """Arguments that refer to a definition."""

    model_config = ConfigDict(json_schema_extra={"$schema": "https://json-schema.org/draft/2020-12/schema"})

    name: Annotated[str, Field(description="Who it is.")] = ""
    address: Annotated[Address | None, Field(description="Where he lives.")] = None


class Refers(Tool[Named, RootModel[str]]):
    """Has a schema with definitions."""

    spec: ClassVar = spec("refers", "json_schema_2020_12_tool", "Take arguments that refer to a definition", Named)

    @override
    async def run(self, args: Named, context: Context) -> RootModel[str]:
        return RootModel[str](args.name)


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
