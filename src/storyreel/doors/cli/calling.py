"""What `tools` does with the toolbox, a studio and a screen: tools told, arguments read, one called."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.events import Event, FilmStalled, FilmStarted, TakeFailed, TakeReady
from storyreel.domain.money import price_text
from storyreel.domain.values import JSON, dict_of
from storyreel.doors.cli.agreeing import consent, quote_text
from storyreel.doors.cli.interrupting import all_is_told
from storyreel.doors.cli.screen import Screen
from storyreel.tools.context import Context
from storyreel.tools.film_tool import FilmTool
from storyreel.tools.spec import ToolSpec
from storyreel.tools.toolbox import AnyTool, Toolbox

if TYPE_CHECKING:
    from pydantic import BaseModel

    from storyreel.studio import Studio


def say_tools(screen: Screen, box: Toolbox) -> None:
    """Every tool, a line each, and why some are left out."""
    from rich.table import Table

    rows = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for column in ("tool", "what it does", "cost", "from"):
        rows.add_column(column, no_wrap=column == "tool")
    for tool in box.tools:
        cost = "may cost" if tool.spec.spends else "free"
        rows.add_row(tool.spec.name, tool.spec.title, cost, box.packages[tool.spec.name])
    screen.answer([_row(tool, box) for tool in box.tools])
    screen.show(rows)
    for problem in box.problems:
        screen.note("Left out", problem)


def say_spec(screen: Screen, spec: ToolSpec, *, google: bool) -> None:
    """How a tool is called. Raises InvalidRequest for Google's shape without `--json`."""
    if google and not screen.as_json:
        raise InvalidRequest("--google says in which shape --json prints the tool; add --json.", field="google")
    from rich.table import Table
    from rich.text import Text

    screen.answer(spec.declaration() if google else spec.function())
    screen.say(spec.name, spec.description)
    schema = spec.parameters()
    required = schema.get("required")
    rows = Table.grid(padding=(0, 2))
    for name, told in dict_of(schema.get("properties")).items():
        needed = isinstance(required, list) and name in required
        rows.add_row(f"  {name}", "needed" if needed else "", Text(str(dict_of(told).get("description", ""))))
    screen.show(rows)


def arguments_of(text: str, words: Sequence[str]) -> dict[str, JSON]:
    """The arguments of a JSON object and of words like `shots=2`, the words last. Raises InvalidRequest."""
    found = _object(text) if text else {}
    given: dict[str, list[JSON]] = {}
    for word in words:
        name, sign, value = word.partition("=")
        if not sign or not name.isidentifier():
            raise InvalidRequest(f"{word!r} is no argument; write it as NAME=VALUE, or give --args a JSON object.", field="args")
        given.setdefault(name, []).append(_value(value))
    return {**found, **{name: values if len(values) > 1 else values[0] for name, values in given.items()}}


async def call(studio: "Studio", screen: Screen, tool: AnyTool, told: dict[str, JSON], *, yes: bool) -> None:
    """Agree to the price, call the tool, tell what came of it. Raises StoryreelError."""

    async def tell(event: Event) -> None:
        for label, text in _progress(event):
            screen.note(label, text)

    context = Context(studio, cwd=Path.cwd(), tell=tell)
    args: BaseModel = tool.read(told)
    if isinstance(tool, FilmTool) and tool.spec.spends:
        await _agree(screen, tool, args, context, yes=yes or told.get("budget_usd") is not None)
    output = await tool.done(args, context)
    screen.answer({"success": True, "output": output})
    screen.show(output if isinstance(output, str) else json.dumps(output, ensure_ascii=False, indent=2))
    all_is_told()


async def _agree(screen: Screen, tool: FilmTool["BaseModel"], args: "BaseModel", context: Context, *, yes: bool) -> None:
    quote = await tool.quote(args, context)
    if quote.expected_usd == 0:
        return
    screen.say("Quote", quote_text(quote))
    price = price_text(quote.expected_usd) if quote.expected_usd is not None else "a price that nobody knows"
    consent(f"This costs {price}. Accept it with --yes, or with budget_usd=; nothing was sent.", quote.expected_usd, yes=yes)


def _progress(event: Event) -> Iterator[tuple[str, str]]:
    match event.fact:
        case FilmStarted():
            yield "Film", event.film
        case TakeReady(shot=shot):
            yield "Ready", shot
        case TakeFailed(shot=shot, message=message):
            yield "Failed", f"{shot}: {message}"
        case FilmStalled(where=where, message=message):
            yield "Waiting", f"for {where}: {message}"
        case _:
            pass


def _row(tool: AnyTool, box: Toolbox) -> JSON:
    told = tool.spec.model_dump(include={"id", "name", "title", "description", "timeout_s", "spends", "read_only", "parallel"})
    return {**told, "package": box.packages[tool.spec.name]}


def _object(text: str) -> dict[str, JSON]:
    try:
        told: JSON = json.loads(text)
    except ValueError as error:
        raise InvalidRequest(f"--args is not JSON: {error}.", field="args") from error
    if not isinstance(told, dict):
        raise InvalidRequest('--args is not a JSON object; write it like {"story": "A fox runs"}.', field="args")
    return told


def _value(text: str) -> JSON:
    """A list or an object where it is written as one, otherwise the text itself: numbers are read by the tool."""
    if text.startswith(("[", "{")):
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text
