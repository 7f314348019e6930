"""Two tools that the official suite calls by name, in a package of its own: the server finds them as it finds anybody's."""

from typing import ClassVar

from pydantic import RootModel
from typing_extensions import override

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.values import Value
from storyreel.tools import Context, Tool, ToolSpec


class Nothing(Value):
    """No arguments."""


class Says(Tool[Nothing, RootModel[str]]):
    """Answers a text."""

    spec: ClassVar = ToolSpec(
        id="says",
        name="test_simple_text",
        title="Say something",
        description="Answers a text that the conformance suite knows.",
        arguments=Nothing,
        result=RootModel[str],
        read_only=True,
    )

    @override
    async def run(self, args: Nothing, context: Context) -> RootModel[str]:
        return RootModel[str]("This is a simple text response for testing.")


class Fails(Tool[Nothing, RootModel[str]]):
    """Fails as tools do."""

    spec: ClassVar = ToolSpec(
        id="fails",
        name="test_error_handling",
        title="Fail",
        description="Fails as the conformance suite expects it.",
        arguments=Nothing,
        result=RootModel[str],
        read_only=True,
    )

    @override
    async def run(self, args: Nothing, context: Context) -> RootModel[str]:
        raise InvalidRequest("This tool intentionally returns an error for testing", field="nothing")
