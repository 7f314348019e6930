"""The storyboard as a file that a person edits: YAML with its rules on top, read back exactly or refused by the line."""

from dataclasses import dataclass
from pathlib import Path
from textwrap import indent
from typing import Any

import yaml
from pydantic import ValidationError

from storyreel.domain.errors import StoryboardInvalid
from storyreel.domain.film import MOST_SHOTS
from storyreel.domain.shot_ids import misnamed, no_id
from storyreel.domain.storyboard import (
    FOUND_ANEW,
    Angle,
    Finding,
    JoinKind,
    Mood,
    Move,
    Pace,
    Pose,
    Severity,
    ShotSize,
    Storyboard,
    TimeOfDay,
    Weather,
)
from storyreel.writing.faults import in_file, told
from storyreel.writing.fill import filled
from storyreel.writing.marks import MARK, mark_of
from storyreel.writing.tree import Document, read_tree

_ALLOWED = (
    ("size", ShotSize),
    ("angle", Angle),
    ("move", Move),
    ("pace", Pace),
    ("time_of_day", TimeOfDay),
    ("weather", Weather),
    ("mood", Mood),
    ("pose", Pose),
    ("join", JoinKind),
)
_HEAD = """\
# A Storyreel storyboard. Edit it and save; Storyreel makes the film from what stands here.
#
# What each shot shows is its `description`: one sentence, one action. Where you have it tell of others, who and what is drawn
# (`subjects`) is found from it anew, unless you change the `subjects` too; `mark` is how that is known. The other keys stay as
# you leave them. `seconds` may be any length that suits the shot. Move, delete or add shots freely; a new shot needs only
# `description`, the rest is found from the words. Keep the `id` of a shot that stays: what was drawn for it is kept with it.
#
"""
_WIDTH = 118
_ENDLESS = 10**9  # text is never broken into lines


def storyboard_text(storyboard: Storyboard) -> str:
    """The storyboard as the text of an editable file; `read_storyboard` gives the same storyboard back."""
    values: dict[str, Any] = storyboard.model_dump(mode="json", exclude_defaults=True)
    scenes: list[dict[str, Any]] = values.pop("scenes")
    return "\n".join(
        [
            _HEAD + "".join(_allowed(name, list(kind)) for name, kind in _ALLOWED),
            f"{_dumped(values)}\nscenes:",
            *(_scene(scene) for scene in scenes),
        ]
    )


def _scene(scene: dict[str, Any]) -> str:
    """A scene's keys, then each shot after an empty line."""
    shots = [_marked(shot) for shot in scene.pop("shots")]
    told = [indent(_dumped([scene]), "  "), "    shots:\n", *(indent(_dumped([shot]), "      ") + "\n" for shot in shots)]
    return "".join(told).rstrip("\n") + "\n"


def _marked(shot: dict[str, Any]) -> dict[str, Any]:
    """A shot's keys, and after its description and subjects the mark of those."""
    last = "subjects" if "subjects" in shot else "description"
    return {
        key: value for name, told in shot.items() for key, value in ((name, told), *([(MARK, mark_of(shot))] * (name == last)))
    }


def _dumped(values: object) -> str:
    text: str = yaml.dump(
        values, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=10**9, default_flow_style=False, indent=2
    )
    return text


@dataclass(frozen=True, slots=True)
class Read:
    """The storyboard of a file, and what was found otherwise than it stands there."""

    storyboard: Storyboard
    findings: tuple[Finding, ...] = ()


def read_storyboard(text: str, path: Path | None = None) -> Storyboard:
    """The storyboard that a file's text says; what a hand-written file leaves out is found from its words.

    Raises StoryboardInvalid, naming the line and the key.
    """
    return read_edited(text, path).storyboard


def read_edited(text: str, path: Path | None = None) -> Read:
    """The same, with a finding for each shot whose subjects were found anew, since its words are others now."""
    document = read_tree(text, path)
    if not isinstance(document.root, dict):
        raise StoryboardInvalid("a storyboard begins with keys such as `title:` and `scenes:` (or `shots:`)", line=1, path=path)
    whole = filled(document, path)
    try:
        storyboard = Storyboard.model_validate(whole.values)
    except ValidationError as invalid:
        raise told(invalid, document, path) from invalid
    _must_name_shots(storyboard, document, path)
    numbers = {place: number for number, place in enumerate(_places(storyboard), start=1)}
    return Read(storyboard, tuple(_found_anew(storyboard, numbers[place]) for place in whole.anew))


def _places(storyboard: Storyboard) -> list[tuple[int, int]]:
    return [(at, number) for at, scene in enumerate(storyboard.scenes) for number in range(len(scene.shots))]


def _found_anew(storyboard: Storyboard, number: int) -> Finding:
    names = ", ".join(one.name for one in storyboard.shots[number - 1].subjects)
    return Finding(
        rule=FOUND_ANEW,
        severity=Severity.NOTE,
        shot=number,
        message=f"What it shows was found anew from its words: {names}."
        if names
        else "Its words name nobody and nothing to draw.",
        remedy="Write its `subjects` to have others.",
    )


def _must_name_shots(storyboard: Storyboard, document: Document, path: Path | None) -> None:
    if len(storyboard.shots) > MOST_SHOTS:
        problem = f"it has {len(storyboard.shots)} shots; a film has at most {MOST_SHOTS}"
        raise StoryboardInvalid(problem, line=None, path=path)
    ids = [shot.id for shot in storyboard.shots]
    if (fault := misnamed(ids)) is None:
        return
    places = [("scenes", at, "shots", number) for at, number in _places(storyboard)]
    lines = [document.line_of((*in_file(steps, document), "id")) for steps in places]
    problem = no_id(ids[fault.place])
    if fault.twin is not None:
        problem = f"two shots have the id {ids[fault.place]!r}; the first is on line {lines[fault.twin]}. Give each its own"
    raise StoryboardInvalid(problem, line=lines[fault.place], path=path)


def _allowed(name: str, values: list[str]) -> str:
    lines, line = list[str](), f"#   {name}: "
    for value in values:
        piece = f"{value}, " if value != values[-1] else str(value)
        if len(line) + len(piece) > _WIDTH:
            lines.append(line.rstrip())
            line = "#     "
        line += piece
    return "\n".join([*lines, line]) + "\n"


class _Writer(yaml.SafeDumper):
    """Block style, lists indented, text in one piece."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 (PyYAML calls it so)
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 (PyYAML calls it so)
        return True


def _text(writer: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Text as it is where YAML gives it back unchanged; in double quotes where it would not."""
    odd = any(char in "\r\x85\u2028\u2029\ufeff\t\x7f" or (ord(char) < 32 and char != "\n") for char in text)
    lines = text.split("\n")
    loose = any(line != line.strip() for line in lines) or text.endswith("\n\n") or not text.strip("\n") or text.startswith("\n")
    style = '"' if odd or ("\n" in text and loose) else "|" if "\n" in text else None
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _mapping(writer: yaml.SafeDumper, values: dict[str, object]) -> yaml.MappingNode:
    """A pair of numbers or words goes on one line: `words: {start: 0, end: 53}`."""
    return writer.represent_mapping(
        "tag:yaml.org,2002:map", values.items(), flow_style=set(values) <= {"start", "end", "source", "direction"}
    )


_Writer.add_representer(str, _text)
_Writer.add_representer(dict, _mapping)
