"""YAML as plain text values with the line each came from: no tags, no aliases, bounded in size and depth."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias, cast

import yaml

from storyreel.domain.errors import StoryboardInvalid
from storyreel.writing.broken import not_yaml

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | None"
"""A mapping, a list, the text of a scalar, or nothing."""

Steps: TypeAlias = tuple[str | int, ...]
"""The way to a value: keys, and numbers counted from 0."""

LONGEST_FILE = 1_000_000  # characters
DEEPEST = 12
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOTHING = {"", "~", "null", "Null", "NULL"}


@dataclass(frozen=True, slots=True)
class Document:
    """A file's values and the line (from 1) on which each stands."""

    root: Tree
    lines: dict[Steps, int] = field(default_factory=dict[Steps, int])

    def line_of(self, steps: Steps) -> int | None:
        """The line of a value, or of the nearest thing around it that the file has."""
        while steps and steps not in self.lines:
            steps = steps[:-1]
        return self.lines.get(steps)


def read_tree(text: str, path: Path | None) -> Document:
    """The values of a YAML file. Raises StoryboardInvalid with the line where it breaks."""
    if len(text) > LONGEST_FILE:
        raise StoryboardInvalid(f"it has {len(text):,} characters; at most {LONGEST_FILE:,} are read", line=None, path=path)
    try:
        _must_be_plain(text, path)
        node = cast(yaml.Node | None, yaml.compose(text, Loader=_LOADER))  # pyright: ignore[reportUnknownMemberType]
    except yaml.MarkedYAMLError as broken:
        problem, line = not_yaml(broken, text)
        raise StoryboardInvalid(problem, line=line, path=path) from broken
    except yaml.YAMLError as broken:
        raise StoryboardInvalid(f"this is not YAML: {str(broken).splitlines()[0]}", line=None, path=path) from broken
    document = Document(None)
    if node is None:
        return document
    return Document(_value(node, (), document.lines, path), document.lines)


def _must_be_plain(text: str, path: Path | None) -> None:
    """Events are read one by one, so that neither a deep file nor a bomb of aliases is ever built."""
    depth = 0
    for event in _events(text):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise StoryboardInvalid(
                "anchors and aliases (& and *) are not read; write the value out, or put it in quotes", line=line, path=path
            )
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise StoryboardInvalid(f"lists and mappings lie more than {DEEPEST} deep", line=line, path=path)


def _events(text: str) -> Iterator[yaml.Event]:
    yield from yaml.parse(text, Loader=_LOADER)


def _value(node: yaml.Node, steps: Steps, lines: dict[Steps, int], path: Path | None) -> Tree:
    lines.setdefault(steps, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, steps, lines, path)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*steps, index), lines, path) for index, item in enumerate(node.value)]
    text = str(node.value)
    plain = isinstance(node, yaml.ScalarNode) and node.style is None
    return None if plain and text in _NOTHING else text


def _mapping(node: yaml.MappingNode, steps: Steps, lines: dict[Steps, int], path: Path | None) -> Tree:
    found: dict[str, Tree] = {}
    for key_node, value_node in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise StoryboardInvalid("a key must be a word", line=line, path=path)
        if key in found:
            raise StoryboardInvalid(f"{key!r} is there twice", line=line, path=path)
        lines[(*steps, key)] = line
        found[key] = _value(value_node, (*steps, key), lines, path)
    return found
