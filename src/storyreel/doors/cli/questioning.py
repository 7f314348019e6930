"""What a tool asks while it works, asked at a terminal: a question, then a line for each of its fields."""

import asyncio
import os
import sys
import threading
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pydantic import BaseModel, ValidationError

from storyreel.domain.values import JSON, dict_of
from storyreel.doors.cli.answering import NO, YES
from storyreel.doors.cli.screen import Screen
from storyreel.doors.cli.unheard import is_typed
from storyreel.doors.languages.known import known_or
from storyreel.tools.arguments import typed, wanted_text
from storyreel.tools.dialog import CANCEL_WORDS
from storyreel.tools.form import form_of
from storyreel.tools.reaching import Level

LONGEST_LINE = 4096  # bytes that a terminal hands on at once

ReadLine: TypeAlias = Callable[[], Awaitable[str]]
"""The next line that is typed; empty where the input has ended."""


@dataclass(frozen=True, slots=True)
class Questions:
    """Asks the person at a screen, and tells him what a tool logs."""

    screen: Screen
    read: ReadLine

    async def note(self, level: Level, text: str) -> None:
        """A line about the work; what is for finding faults is left out."""
        said = self.screen.said
        if level != "debug":
            label = said("Note") if level == "info" else said("Warning")
            self.screen.note(label, known_or(text, said.language))

    async def ask(self, question: str, answers: type[BaseModel]) -> Mapping[str, JSON] | None:
        """The answers, field by field; None where the person breaks off (`-`, or the end of the input)."""
        form = form_of(answers)
        self.screen.note(self.screen.said("Question"), question)
        told: dict[str, JSON] = {}
        required = form.get("required")
        for name, field in dict_of(form["properties"]).items():
            needed = isinstance(required, list) and name in required
            if not await self._field(answers, name, dict_of(field), told, needed=needed):
                return None
        return told

    async def _field(
        self, answers: type[BaseModel], name: str, field: dict[str, JSON], told: dict[str, JSON], *, needed: bool
    ) -> bool:
        """Whether the field was answered, or left as it is; asked again until what is typed fits."""
        while True:
            sys.stderr.write(f"{self._prompt(name, field)}: ")
            sys.stderr.flush()
            line = await self.read()
            text = line.strip()
            if not line or text.lower() in CANCEL_WORDS:
                return False
            if not text and not needed:
                return True
            try:
                told[name] = typed(answers, _place(answers, name), self._value(field, text))
            except ValidationError as error:
                self.screen.note(self.screen.said("Again"), wanted_text(error.errors()[0]))
                continue
            return True

    def _prompt(self, name: str, field: dict[str, JSON]) -> str:
        asked = str(field.get("description") or field.get("title") or name)
        choices = _choices(field) or ([self.screen.said("yes"), self.screen.said("no")] if field.get("type") == "boolean" else [])
        offered = f" ({', '.join(choices)})" if choices else ""
        usual = f" [{field['default']}]" if field.get("default") not in (None, "", []) else ""
        return f"{asked}{offered}{usual}"

    def _value(self, field: dict[str, JSON], text: str) -> JSON:
        said = self.screen.said
        if field.get("type") == "boolean":
            lower = text.lower()
            yes, no = YES | {said("yes"), said("yes")[:1]}, NO | {said("no"), said("no")[:1]}
            return True if lower in yes else False if lower in no else text
        if field.get("type") == "array":
            return [one.strip() for one in text.split(",")]
        return next((choice for choice in _choices(field) if choice.lower() == text.lower()), text)


def _choices(field: dict[str, JSON]) -> list[str]:
    """The values that a field offers."""
    several = dict_of(field.get("items")) or field
    told = several.get("enum")
    titled = several.get("oneOf") or several.get("anyOf")
    if isinstance(titled, list):
        return [str(dict_of(one).get("const")) for one in titled]
    return [str(one) for one in told] if isinstance(told, list) else []


def _place(answers: type[BaseModel], name: str) -> str:
    """A field's own name, where the form has it by an alias."""
    return next((own for own, field in answers.model_fields.items() if name in {own, field.alias}), name)


async def typed_line() -> str:
    """A line of the terminal's, read by a thread that nothing has to wait for, so that Ctrl-C ends it."""
    loop = asyncio.get_running_loop()
    line: asyncio.Future[str] = loop.create_future()

    def told(text: str) -> None:
        if not line.done():
            line.set_result(text)

    def read() -> None:
        text = os.read(sys.stdin.fileno(), LONGEST_LINE).decode(errors="replace")
        if not loop.is_closed():
            loop.call_soon_threadsafe(told, text)

    threading.Thread(target=read, daemon=True, name="typed line").start()
    return await line


def is_terminal() -> bool:
    """Whether a person can read and answer here."""
    return is_typed() and sys.stderr.isatty()
