"""What a tool is to a program: its name, its arguments, its result, what it may do. Every door renders this and nothing else."""

from typing import Annotated

from pydantic import BaseModel, Field, model_validator

from storyreel.domain.values import JSON, Value, dict_of
from storyreel.tools.schema import inlined, of_google, untitled


class ToolSpec(Value):
    """A tool as agents and menus know it; `id` is short, since it goes into a button's 64 bytes."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9_]{1,8}$")]  # unique
    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]  # unique: what an agent calls
    title: str  # a few words, for a person
    description: Annotated[str, Field(min_length=20)]  # what it does, what it needs, what it answers; for a language model
    arguments: type[BaseModel]  # each field described, with its unit and bounds
    result: type[BaseModel]
    timeout_s: Annotated[float, Field(gt=0, le=24 * 3600)] = 120
    spends: bool = False  # a call may cost money
    read_only: bool = False  # it changes nothing
    parallel: bool = True  # calls may run side by side

    @model_validator(mode="after")
    def _must_describe(self) -> "ToolSpec":
        if self.arguments.model_config.get("extra") != "forbid":
            raise ValueError(f'{self.arguments.__name__} takes arguments it does not know; give it extra="forbid"')
        for name, field in self.arguments.model_fields.items():
            if not field.description:
                raise ValueError(f"the argument {name} has no description")
        return self

    def parameters(self) -> dict[str, JSON]:
        """The JSON Schema (2020-12) of the arguments: one object, what is needed first, with the `$defs` that it refers to."""
        schema = untitled(self.arguments.model_json_schema())
        needed, told = schema.get("required"), dict_of(schema.get("properties"))
        first = [name for name in told if isinstance(needed, list) and name in needed]
        ordered: JSON = {name: told[name] for name in dict.fromkeys((*first, *told))}
        return {word: one for word, one in schema.items() if word != "description"} | {"properties": ordered}

    def function(self) -> dict[str, JSON]:
        """The tool as OpenAI's function calling takes it."""
        return {
            "type": "function",
            "function": {"name": self.name, "description": self.description, "parameters": self.parameters()},
        }

    def declaration(self) -> dict[str, JSON]:
        """The tool as Google's function calling takes it: a FunctionDeclaration, in the part of JSON Schema that it knows.

        Raises ValueError for arguments that hold themselves, which it cannot say.
        """
        return {"name": self.name, "description": self.description, "parameters": of_google(inlined(self.parameters()))}
