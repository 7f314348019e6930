"""What a person or an agent can have done, each described once and offered by every door."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storyreel.tools.attachment import Attachment
    from storyreel.tools.context import Context
    from storyreel.tools.conversation import Conversation, Ending, State, Turn
    from storyreel.tools.dialog import Accept, Button, Choice, Dialog, Incoming, Question, Step
    from storyreel.tools.film_tool import FilmResult, FilmTool
    from storyreel.tools.haiper import HaiperImageToVideoTool
    from storyreel.tools.spec import ToolSpec
    from storyreel.tools.tool import Tool
    from storyreel.tools.toolbox import Toolbox

__all__ = [
    "Accept",
    "Attachment",
    "Button",
    "Choice",
    "Context",
    "Conversation",
    "Dialog",
    "Ending",
    "FilmResult",
    "FilmTool",
    "HaiperImageToVideoTool",
    "Incoming",
    "Question",
    "State",
    "Step",
    "Tool",
    "ToolSpec",
    "Toolbox",
    "Turn",
]

_HOMES = {
    **dict.fromkeys(("Conversation", "Ending", "State", "Turn"), "conversation"),
    **dict.fromkeys(("Accept", "Button", "Choice", "Dialog", "Incoming", "Question", "Step"), "dialog"),
    **dict.fromkeys(("FilmResult", "FilmTool"), "film_tool"),
    "Attachment": "attachment",
    "Context": "context",
    "HaiperImageToVideoTool": "haiper",
    "Tool": "tool",
    "ToolSpec": "spec",
    "Toolbox": "toolbox",
}


def __getattr__(name: str) -> object:
    """Public names are loaded when they are first used."""
    if name not in __all__:
        raise AttributeError(f"module 'storyreel.tools' has no attribute {name!r}")
    return getattr(import_module(f"storyreel.tools.{_HOMES[name]}"), name)
