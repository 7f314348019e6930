"""A tool's dialog, run step by step from its description: messages in, questions out, arguments at the end.

Nothing is kept here: the state goes back to the front end, which keeps it as JSON.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import ValidationError

from storyreel.domain.values import JSON, Value
from storyreel.tools.arguments import told_of, typed
from storyreel.tools.context import Context
from storyreel.tools.dialog import (
    BACK,
    CANCEL,
    CANCEL_WORDS,
    PICTURES,
    SKIP,
    Accept,
    Button,
    Choice,
    Dialog,
    Incoming,
    Question,
    Step,
)
from storyreel.tools.spec import ToolSpec

COMMAND = re.compile(r"^/\S+")


class State(Value):
    """How far a conversation is."""

    tool: str  # its name
    step: int  # that is asked, counted from 0
    answers: dict[str, JSON]  # by argument
    path: tuple[int, ...] = ()  # steps that were asked before
    offered: tuple[Choice, ...] = ()  # with the question that stands
    asked: datetime  # when


class Ending(StrEnum):
    """How a conversation came to its end."""

    DONE = "done"  # the arguments are there
    CANCELLED = "cancelled"
    EXPIRED = "expired"  # nobody answered in time


class Turn(Value):
    """What a front end does next: ask the question and keep the state, or, at an ending, forget it."""

    state: State | None = None
    question: Question | None = None
    said: str = ""  # told before the question: why the answer did not fit
    ending: Ending | None = None
    arguments: dict[str, JSON] | None = None  # at DONE: checked, ready for the tool


class Conversation:
    """A dialog of one tool with one person. Times are the messages'; a state older than the dialog's time-out has expired."""

    def __init__(self, spec: ToolSpec, dialog: Dialog, context: Context) -> None:
        self._spec, self._dialog, self._context = spec, dialog, context

    async def start(self, now: datetime, said: str = "") -> Turn:
        """The first question; words that were `said` with the command answer the first step that takes words alone."""
        state = State(tool=self._spec.name, step=-1, answers={}, asked=now)
        return await self._ask(self._with_words(state, COMMAND.sub("", said).strip()), 0, now)

    async def hear(self, state: State, incoming: Incoming, now: datetime) -> Turn:
        """What follows from a message: the next question, the same again with what is wrong, or an ending."""
        if now - state.asked > timedelta(seconds=self._dialog.timeout_s) or state.step >= len(self._dialog.steps):
            return Turn(ending=Ending.EXPIRED)  # nobody answered in time, or the dialog was another one then
        if incoming.payload == CANCEL or _is_cancel(incoming):
            return Turn(ending=Ending.CANCELLED)
        if incoming.payload == BACK:
            return await self._back(state, now)
        step = self._dialog.steps[state.step]
        if incoming.payload == SKIP:
            return await self._skip(state, step, now)
        value = _answer(step, state, incoming)
        if value is None:
            return self._again(state, step, now)
        if incoming.kind in PICTURES:
            state = self._with_words(state, incoming.text.strip())
        return await self._take(state, step, value, now)

    async def _back(self, state: State, now: datetime) -> Turn:
        """The question before, its answer forgotten; the first one again where there is none."""
        before = state.path[-1] if state.path else state.step
        forgotten = {self._dialog.steps[index].field for index in (before, state.step)}
        answers = {name: told for name, told in state.answers.items() if name not in forgotten}
        earlier = state.model_copy(update={"answers": answers, "path": state.path[:-1], "step": -1})
        return await self._ask(earlier, before, now)

    async def _skip(self, state: State, step: Step, now: datetime) -> Turn:
        if not (step.optional or state.answers.get(step.field)):
            return self._again(state, step, now)
        return await self._ask(state, state.step + 1, now)

    async def _take(self, state: State, step: Step, value: JSON, now: datetime) -> Turn:
        so_far = state.answers.get(step.field)
        if step.most > 1:
            value = [*(so_far if isinstance(so_far, list) else []), *(value if isinstance(value, list) else [value])]
        wrong = self._wrong({**state.answers, step.field: value}, step.field)
        if wrong:
            return self._again(state, step, now, wrong)
        value = typed(self._spec.arguments, step.field, value)
        answered = state.model_copy(update={"answers": {**state.answers, step.field: value}})
        if step.most > 1 and isinstance(value, list) and len(value) < step.most:
            return self._again(answered, step, now, "")
        return await self._ask(answered, state.step + 1, now)

    async def _ask(self, state: State, number: int, now: datetime) -> Turn:
        """The question of the first step from that number on that has something to ask; after the last one, the end."""
        path = state.path if state.step < 0 else (*state.path, state.step)
        for index, step in enumerate(self._dialog.steps[number:], start=number):
            if step.field in state.answers:
                continue
            choices = await self._offered(step, state)
            if not choices and step.accepts <= {Accept.CHOICE}:
                continue
            asked = state.model_copy(update={"step": index, "path": path, "offered": choices, "asked": now})
            return Turn(state=asked, question=self._question(asked, step))
        return self._done(state, path, now)

    async def _offered(self, step: Step, state: State) -> tuple[Choice, ...]:
        return await step.choices(state.answers, self._context) if callable(step.choices) else step.choices

    def _with_words(self, state: State, words: str) -> State:
        """The state with the first later step that takes words alone answered by these, where they can be its answer."""
        later = self._dialog.steps[max(state.step, 0) :]
        step = next((one for one in later if one.accepts <= {Accept.TEXT} and one.field not in state.answers), None)
        if not words or step is None or self._wrong({**state.answers, step.field: words}, step.field):
            return state
        return state.model_copy(update={"answers": {**state.answers, step.field: words}})

    def _done(self, state: State, path: Sequence[int], now: datetime) -> Turn:
        try:
            arguments = self._spec.arguments.model_validate(state.answers)
        except ValidationError as error:
            step = self._dialog.steps[path[-1]]
            answers = {name: told for name, told in state.answers.items() if name != step.field}
            last = state.model_copy(update={"step": path[-1], "path": tuple(path[:-1]), "answers": answers})
            return self._again(last, step, now, told_of(error, self._spec))
        told = arguments.model_dump(mode="json", exclude_unset=True)
        return Turn(ending=Ending.DONE, arguments=told)

    def _again(self, state: State, step: Step, now: datetime, said: str | None = None) -> Turn:
        asked = state.model_copy(update={"asked": now})
        return Turn(state=asked, question=self._question(asked, step), said=step.hint if said is None else said)

    def _question(self, state: State, step: Step) -> Question:
        buttons = [
            Button(label=one.label, payload=f"{state.step}.{number}", hint=one.hint) for number, one in enumerate(state.offered)
        ]
        got = state.answers.get(step.field)
        return Question(
            step=step.name,
            ask=step.ask,
            hint=step.hint,
            accepts=step.accepts,
            buttons=tuple(buttons),
            optional=step.optional or (step.most > 1 and bool(got)),
            first=not state.path,
            most=step.most - (len(got) if isinstance(got, list) else 0),
            number=state.step + 1,
            of=len(self._dialog.steps),
        )

    def _wrong(self, answers: dict[str, JSON], field: str) -> str:
        """Why an answer cannot be its argument; empty where it can."""
        try:
            self._spec.arguments.model_validate(answers)
        except ValidationError as error:
            if any(one["loc"][:1] == (field,) for one in error.errors()):
                return told_of(error, self._spec, field=field)
        return ""


def _is_cancel(incoming: Incoming) -> bool:
    return incoming.kind is Accept.TEXT and not incoming.payload and incoming.text.strip().lower() in CANCEL_WORDS


def _answer(step: Step, state: State, incoming: Incoming) -> JSON:
    """The argument that a message gives; None where the step does not take it."""
    if incoming.payload:
        number, _, choice = incoming.payload.partition(".")
        offered = {str(index): one.value for index, one in enumerate(state.offered)}
        return offered.get(choice) if number == str(state.step) else None
    text = incoming.text.strip()
    if incoming.kind in PICTURES | {Accept.VIDEO}:
        if incoming.kind not in step.accepts or not incoming.pictures:
            return None
        return list(incoming.pictures[: step.most]) if step.most > 1 else incoming.pictures[0]
    for one in state.offered:
        if text and text.lower() in {one.label.lower(), str(one.value).lower()}:
            return one.value
    return text if text and Accept.TEXT in step.accepts else None
