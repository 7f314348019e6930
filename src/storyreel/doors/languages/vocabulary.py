"""Single words that are shown to a person as they stand, for the catalogues to translate."""

from collections.abc import Iterator

from storyreel.domain.film import FilmState
from storyreel.domain.generation import CallState, GenerationState
from storyreel.domain.model import Medium, Mode, RouteStatus, Sound, Tier
from storyreel.domain.storyboard import Angle, JoinKind, Move, Pace, ShotSize, TimeOfDay

OTHERS = (
    "general",
    "product video",
    "hero image",
    "gemstone closeup",
    "luxury brand",
    "read",
    "make",
    "admin",
    "waiting",
    "delivered",
    "stopped",
    "left",
    "right",
    "With sound",
    "Without sound",
)
"""What references are for, what a key may be used for, how a delivery stands, where somebody faces."""

FIELDS = (
    *("description", "subjects", "time of day", "weather", "light", "mood", "size", "angle", "move", "pace", "dialogue"),
    *("sound", "avoid", "prompt", "seconds", "shape", "location", "number", "resolution", "mode"),
)
"""What may have changed in a shot, and on what a price may depend."""


def vocabulary() -> Iterator[str]:
    """Every such word, in English."""
    for words in (ShotSize, Angle, Move, Pace, TimeOfDay, JoinKind, FilmState, GenerationState, CallState):
        yield from (word.value.replace("_", " ") for word in words)
    for words in (RouteStatus, Sound, Mode, Medium, Tier):
        yield from (word.value.replace("_", " ") for word in words)
    yield from OTHERS
    yield from FIELDS
    yield from _of_models()
    yield from _of_tools()


def _of_models() -> Iterator[str]:
    """Titles that are no names: of what draws here, and of what stands for many models."""
    from storyreel.catalog.load import load_catalogue

    yield from (model.title for model in load_catalogue().models if model.built_in or model.by_name)


def _of_tools() -> Iterator[str]:
    """What our own tools are called and ask in their dialogs; another package's are said as they stand."""
    from storyreel.tools.toolbox import Toolbox

    for tool in Toolbox.here(others=()).tools:
        yield tool.spec.title
        if tool.dialog is None:
            continue
        yield from (tool.dialog.menu_label, *tool.dialog.commands.values())
        for step in tool.dialog.steps:
            yield from filter(None, (step.ask, step.hint))
            choices = () if callable(step.choices) else step.choices
            yield from (one.label for one in choices if one.label.isascii() and one.label[0].isalpha())
