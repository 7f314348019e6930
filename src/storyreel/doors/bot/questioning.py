"""What a tool asks while it works, asked in its chat: its run is broken off, and begun again once the answer is there."""

import hashlib
import json
from collections.abc import Mapping

from pydantic import BaseModel

from storyreel.domain.errors import NobodyToAsk
from storyreel.domain.values import JSON, dict_of
from storyreel.doors.languages.words import N_
from storyreel.tools.context import Context
from storyreel.tools.conversation import Conversation
from storyreel.tools.dialog import Accept, Choice, Dialog, Step
from storyreel.tools.form import form_of
from storyreel.tools.reaching import Asker
from storyreel.tools.spec import ToolSpec

YES, NO = N_("Yes"), N_("No")
WRITE_IT, CHOOSE = N_("Write it in words."), N_("Choose one.")


class Unanswered(BaseException):  # none of a tool's own failures, which it may catch
    """A question that stands, of which the answer is not there yet."""

    def __init__(self, question: str, answers: type[BaseModel]) -> None:
        super().__init__(question)
        self.question, self.answers = question, answers
        told = json.dumps([question, form_of(answers)], sort_keys=True)
        self.name = hashlib.sha256(told.encode()).hexdigest()[:32]

    def conversation(self, spec: ToolSpec, context: Context) -> Conversation:
        """The question as a dialog, a step for each field. Raises NobodyToAsk where a field has no step."""
        form = form_of(self.answers)
        required, fields = form.get("required"), dict_of(form["properties"])
        steps = tuple(
            self._step(name, dict_of(fields[field.alias or name]), needed=isinstance(required, list) and name in required)
            for name, field in self.answers.model_fields.items()
        )
        asks = ToolSpec.model_construct(name=spec.name, arguments=self.answers)
        return Conversation(asks, Dialog(menu_label="", action="", steps=steps), context)

    def told(self, answers: Mapping[str, JSON]) -> dict[str, JSON]:
        """The answers by the form's names."""
        return {self.answers.model_fields[name].alias or name: value for name, value in answers.items()}

    def _step(self, name: str, field: dict[str, JSON], *, needed: bool) -> Step:
        ask = str(field.get("description") or field.get("title") or name)
        if field.get("type") == "array":
            raise NobodyToAsk(self.question)
        choices = _choices(field)
        accepts = frozenset({Accept.CHOICE if choices else Accept.TEXT})
        hint = CHOOSE if choices else WRITE_IT
        return Step(name, f"{self.question}\n{ask}", hint, accepts, choices, optional=not needed)


def asker(answered: Mapping[str, JSON]) -> Asker:
    """What answers a tool from what was answered so far, by question. Raises Unanswered for what was not."""

    async def ask(question: str, answers: type[BaseModel]) -> Mapping[str, JSON] | None:
        asked = Unanswered(question, answers)
        if asked.name not in answered:
            raise asked
        return dict_of(answered[asked.name])

    return ask


def _choices(field: dict[str, JSON]) -> tuple[Choice, ...]:
    if field.get("type") == "boolean":
        return (Choice(label=YES, value=True), Choice(label=NO, value=False))
    titled, plain = field.get("oneOf"), field.get("enum")
    if isinstance(titled, list):
        return tuple(Choice(label=str(dict_of(one).get("title")), value=dict_of(one).get("const")) for one in titled)
    return tuple(Choice(label=str(one), value=one) for one in plain) if isinstance(plain, list) else ()
