"""Every tool there is: our own, then those of other packages, which name them by the entry points `storyreel.tools`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Any, TypeAlias, cast

from storyreel.domain.advice import Advice, Remedy
from storyreel.domain.errors import InvalidRequest
from storyreel.domain.said import said
from storyreel.tools.spec import ToolSpec
from storyreel.tools.tool import Tool

AnyTool: TypeAlias = Tool[Any, Any]

GROUP = "storyreel.tools"
OURS = "storyreel"
OWN = (
    "make_film:MakeFilmTool",
    "generate_video:GenerateVideoTool",
    "animate_image:AnimateImageTool",
    "video_from_references:VideoFromReferencesTool",
    "estimate:EstimateTool",
    "film_status:FilmStatusTool",
    "retake_shot:RetakeShotTool",
    "choose_take:ChooseTakeTool",
    "edit_film:EditFilmTool",
    "resume_film:ResumeFilmTool",
    "approve_film:ApproveFilmTool",
    "cancel_film:CancelFilmTool",
    "list_models:ListModelsTool",
    "haiper:HaiperImageToVideoTool",
)
"""Our own tools, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Toolbox:
    """The tools, and what is wrong with those that were left out."""

    tools: tuple[AnyTool, ...]
    packages: dict[str, str]  # a tool's name -> whose it is
    problems: tuple[str, ...] = ()  # a sentence each

    @classmethod
    def here(cls, others: Iterable[EntryPoint] | None = None) -> "Toolbox":
        """All that this installation has; `others`: entry points, where they are not those of the installed packages."""
        problems: list[str] = []
        found = sorted(entry_points(group=GROUP), key=lambda one: one.name) if others is None else others
        return cls.of((*_own(), *_theirs(found, problems)), problems)

    @classmethod
    def of(cls, tools: Iterable[tuple[str, AnyTool]], problems: Iterable[str] = ()) -> "Toolbox":
        """The tools of these packages; of two with the same name, id or command the later is left out, and both are told."""
        kept: list[AnyTool] = []
        taken: dict[str, str] = {}
        packages: dict[str, str] = {}
        refused = list(problems)
        for package, tool in tools:
            words = _words(tool)
            why = next((f"{taken[word]} has {word} already" for word in words if word in taken), _unasked(tool))
            if why:
                refused.append(f"The tool {tool.spec.name} of {package} is left out: {why}.")
                continue
            kept.append(tool)
            packages[tool.spec.name] = package
            taken |= dict.fromkeys(words, package)
        return cls(tuple(kept), packages, tuple(refused))

    def tool(self, name: str) -> AnyTool:
        """The tool of that name or id. Raises InvalidRequest, which names the nearest."""
        for tool in self.tools:
            if name in {tool.spec.name, tool.spec.id}:
                return tool
        from storyreel.listing import nearest

        near = ", ".join(nearest(name, [tool.spec.name for tool in self.tools]))
        message = Advice(f"There is no tool {name!r}. Nearest: {near}. ", Remedy.TOOLS, " has them all.")
        raise InvalidRequest(message, field="tool")

    def of_command(self, command: str) -> AnyTool | None:
        """The tool whose dialog that command begins."""
        return next((tool for tool in self.tools if tool.dialog and command in tool.dialog.commands), None)


def _own() -> Iterator[tuple[str, AnyTool]]:
    for where in OWN:
        module, _, name = where.partition(":")
        yield OURS, cast("type[AnyTool]", getattr(import_module(f"storyreel.tools.{module}"), name))()


def _theirs(found: Iterable[EntryPoint], problems: list[str]) -> Iterator[tuple[str, AnyTool]]:
    for entry in found:
        package = entry.dist.name if entry.dist else entry.module
        try:
            named: object = entry.load()
            tool: object = named() if isinstance(named, type) else named
        except Exception as error:  # noqa: BLE001  somebody else's code, which may raise anything
            problems.append(f"The tool {entry.name} of {package} is left out: {type(error).__name__}: {said(error).rstrip('.')}.")
            continue
        if isinstance(tool, Tool) and isinstance(getattr(cast("AnyTool", tool), "spec", None), ToolSpec):
            yield package, cast("AnyTool", tool)
        else:
            problems.append(
                f"The tool {entry.name} of {package} is left out: {entry.value} is no storyreel.tools.Tool with a spec."
            )


def _words(tool: AnyTool) -> list[str]:
    """Everything of a tool that must be its own, as a sentence tells it."""
    commands = list(tool.dialog.commands) if tool.dialog else []
    return [f"the name {tool.spec.name}", f"the id {tool.spec.id}", *(f"the command /{command}" for command in commands)]


def _unasked(tool: AnyTool) -> str:
    """What is wrong with a dialog that asks for what the tool does not take; empty where it asks for nothing else."""
    steps = tool.dialog.steps if tool.dialog else ()
    strange = [step.field for step in steps if step.field not in tool.spec.arguments.model_fields]
    return f"its dialog asks for {', '.join(strange)}, which is no argument of it" if strange else ""
