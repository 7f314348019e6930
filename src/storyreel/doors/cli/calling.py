"""What `tools` does with the toolbox, a studio and a screen: tools told, arguments read, one called."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.events import Event, FilmStalled, FilmStarted, TakeFailed, TakeReady
from storyreel.domain.values import JSON, dict_of
from storyreel.doors.cli.agreeing import consent, price_phrase, quote_text
from storyreel.doors.cli.interrupting import all_is_told
from storyreel.doors.cli.questioning import Questions, is_terminal, typed_line
from storyreel.doors.cli.screen import Screen
from storyreel.doors.languages.failures import recalled_text
from storyreel.doors.languages.phrases import Phrase
from storyreel.doors.languages.voice import Voice
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

    said = screen.said
    rows = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    rows.add_column(said("tool"), no_wrap=True)
    for column in (said("what it does"), said("cost"), said("from")):
        rows.add_column(column)
    for tool in box.tools:
        cost = said("may cost") if tool.spec.spends else said("free")
        rows.add_row(tool.spec.name, said(tool.spec.title), cost, box.packages[tool.spec.name])
    screen.answer([_row(tool, box) for tool in box.tools])
    screen.show(rows)
    for problem in box.problems:
        screen.note(said("Left out"), problem)


def say_spec(screen: Screen, spec: ToolSpec, *, google: bool) -> None:
    """How a tool is called. Raises InvalidRequest for Google's shape without `--json`."""
    if google and not screen.as_json:
        message = Phrase("--google says in which shape --json prints the tool; add --json.")
        raise InvalidRequest(message, field="google")
    from rich.table import Table
    from rich.text import Text

    screen.answer(spec.declaration() if google else spec.function())
    screen.say(spec.name, spec.description)
    schema = spec.parameters()
    required = schema.get("required")
    rows = Table.grid(padding=(0, 2))
    for name, told in dict_of(schema.get("properties")).items():
        needed = isinstance(required, list) and name in required
        rows.add_row(f"  {name}", screen.said("needed") if needed else "", Text(str(dict_of(told).get("description", ""))))
    screen.show(rows)


def arguments_of(spec: ToolSpec, text: str, words: Sequence[str]) -> dict[str, JSON]:
    """The arguments of a JSON object and of words like `shots=2`, the words last; a list may have one. Raises InvalidRequest."""
    found = _object(text) if text else {}
    lists = {name for name, told in dict_of(spec.parameters().get("properties")).items() if dict_of(told).get("type") == "array"}
    given: dict[str, list[JSON]] = {}
    for word in words:
        name, sign, value = word.partition("=")
        if not sign or not name.isidentifier():
            message = Phrase("'{word}' is no argument; write it as NAME=VALUE, or give --args a JSON object.", word=word)
            raise InvalidRequest(message, field="args")
        given.setdefault(name, []).append(_value(value))
    return {**found, **{name: _one_or_all(values, listed=name in lists) for name, values in given.items()}}


async def call(studio: "Studio", screen: Screen, tool: AnyTool, told: dict[str, JSON], *, yes: bool) -> None:
    """Agree to the price, call the tool, tell what came of it. Raises StoryreelError."""

    async def tell(event: Event) -> None:
        for label, text in _progress(screen.said, event):
            screen.note(label, text)

    questions = Questions(screen, typed_line)
    answer = questions.ask if is_terminal() else None
    context = Context(studio, cwd=Path.cwd(), tell=tell, note=questions.note, answer=answer)
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
    screen.say(screen.said("Quote"), quote_text(screen.said, quote))
    price = price_phrase(quote.expected_usd)
    message = Phrase("This costs {price}. Accept it with --yes, or with budget_usd=; nothing was sent.", price=price)
    consent(screen, message, quote.expected_usd, yes=yes)


def _progress(said: Voice, event: Event) -> Iterator[tuple[str, str]]:
    match event.fact:
        case FilmStarted():
            yield said("Film"), event.film
        case TakeReady(shot=shot):
            yield said("Ready"), shot
        case TakeFailed(shot=shot, code=code, message=message):
            yield said("Failed"), f"{shot}: {recalled_text(code, message, said.language)}"
        case FilmStalled(where=where, message=message):
            yield said("Waiting"), said("for {where}: {message}", where=where, message=message)
        case _:
            pass


def _row(tool: AnyTool, box: Toolbox) -> JSON:
    told = tool.spec.model_dump(include={"id", "name", "title", "description", "timeout_s", "spends", "read_only", "parallel"})
    return {**told, "package": box.packages[tool.spec.name]}


def _object(text: str) -> dict[str, JSON]:
    try:
        told: JSON = json.loads(text)
    except ValueError as error:
        raise InvalidRequest(Phrase("--args is not JSON: {why}.", why=error), field="args") from error
    if not isinstance(told, dict):
        raise InvalidRequest(Phrase('--args is not a JSON object; write it like {"story": "A fox runs"}.'), field="args")
    return told


def _one_or_all(values: list[JSON], *, listed: bool) -> JSON:
    """What the words of one argument say; one word may say a whole list as JSON."""
    if len(values) > 1 or (listed and not isinstance(values[0], list)):
        return values
    return values[0]


def _value(text: str) -> JSON:
    """A list or an object where it is written as one, otherwise the text itself: numbers are read by the tool."""
    if text.startswith(("[", "{")):
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text
