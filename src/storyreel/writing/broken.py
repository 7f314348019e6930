"""Why a file is not YAML, in words that say what to write instead, and on which line."""

import re

import yaml

_COLON = re.compile(r"^\s*(?:- +)*[\w ]+: +(?![\"'|>]).*?: ")
_QUOTED = re.compile(r":\s+([\"']).*\1")

_TAB = "there is a tab in this line; use spaces"
_HAS_COLON = "a text with a colon in it goes in quotes"
_BEGINS = "a text that begins with {sign} goes in quotes"
_AFTER_QUOTES = "the quotes end before the text does; put the whole text in quotes, and write quotes inside it as “ and ”"
_OPEN_QUOTES = "the quotes that begin here do not end"
_OPEN_BRACKET = "the bracket that begins here does not end; a text that begins with one goes in quotes"
_NO_COLON = "this line has no colon after its key, as in `seconds: 4`"
_MISPLACED = "this line does not stand below the keys it belongs to, or the line before it has no colon"


def not_yaml(broken: yaml.MarkedYAMLError, text: str) -> tuple[str, int | None]:
    """The problem, and its line counted from 1."""
    number = _line_of(broken, text)
    lines = text.splitlines()
    at = broken.problem_mark
    if at is not None and at.line < len(lines) and "\t" in lines[at.line][: at.column + 1]:
        return f"this is not YAML: {_TAB}", at.line + 1
    line = lines[number - 1] if number and number <= len(lines) else ""
    return f"this is not YAML: {_why(broken, line)}", number


def _why(broken: yaml.MarkedYAMLError, line: str) -> str:
    problem, context = broken.problem or "", broken.context or ""
    sign = line[broken.problem_mark.column :][:1] if broken.problem_mark else ""
    reasons = {  # by what the parser says of it
        "mapping values": _HAS_COLON if _COLON.match(line) else _MISPLACED,
        "cannot start any token": _BEGINS.format(sign=sign),
        "sequence entries": _BEGINS.format(sign="-"),
        "could not find expected ':'": _NO_COLON,
        "quoted scalar": _OPEN_QUOTES,
        "parsing a flow": _OPEN_BRACKET,
        "parsing a block": _AFTER_QUOTES if _QUOTED.search(line) else _MISPLACED,
    }
    said = f"{context}; {problem}"
    return next((why for words, why in reasons.items() if words in said), problem or context or "it cannot be parsed")


def _line_of(broken: yaml.MarkedYAMLError, text: str) -> int | None:
    """Where a person finds what is wrong: of a bracket or a quote that is not closed its own line, not the one after the last."""
    begun = broken.context_mark if not (broken.context or "").startswith("while parsing a block") else None
    mark = begun or broken.problem_mark
    return min(mark.line, text.rstrip().count("\n")) + 1 if mark else None
