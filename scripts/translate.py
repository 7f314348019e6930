"""Gathers what is said to a person into the catalogues, keeps the translations there are, and compiles them.

`uv run python scripts/translate.py` after a text changed; `--check` fails where a catalogue is not what the texts ask for, or
lacks a translation.
"""

import ast
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from storyreel.domain.values import Language
from storyreel.doors.languages.vocabulary import vocabulary
from storyreel.doors.languages.words import DOMAIN, HERE, NAMES

DOORS = HERE.parent
METHODS = [("**.html", "jinja2.ext:babel_extract")]
OPTIONS = {"**.html": {"newstyle_gettext": "true", "trim_blocks": "true", "lstrip_blocks": "true"}}
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "said": None, "Phrase": None}
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)  # a file that says when it was written differs each time


def texts() -> Iterator[tuple[str, ...] | str]:
    """What is to be translated; with its plural, where it has one."""
    for path in sorted(DOORS.rglob("*.py")):
        yield from _in_python(ast.parse(path.read_text(encoding="utf-8")))
    found = extract_from_dir(DOORS, METHODS, OPTIONS, keywords=KEYWORDS)
    yield from (message for _, _, message, _, _ in found)
    yield from vocabulary()


def _in_python(tree: ast.AST) -> Iterator[tuple[str, ...] | str]:
    """The texts in a module, those inside of formatted strings too, which Babel's own reading does not see."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in KEYWORDS:
            many = len(KEYWORDS[name] or (1,))
            told = [one.value for one in node.args[:many] if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if len(told) == many and all(told):
                yield told[0] if many == 1 else tuple(told)


def gathered(language: Language, template: Catalog) -> Catalog:
    """A language's catalogue with the texts of today."""
    path = place(language)
    known = read_po(io.BytesIO(path.read_bytes()), locale=language.value) if path.exists() else Catalog(locale=language.value)
    known.update(template, no_fuzzy_matching=True)
    known.obsolete.clear()
    known.header_comment = f"# Storyreel, {NAMES[language]}."
    known.creation_date = known.revision_date = LONG_AGO
    known.project, known.version = "Storyreel", "1"
    return known


def place(language: Language) -> Path:
    """Where a language's catalogue is."""
    return HERE / language.value / "LC_MESSAGES" / f"{DOMAIN}.po"


def written(catalogue: Catalog) -> tuple[bytes, bytes]:
    """The catalogue as it is kept, and compiled."""
    text, compiled = io.BytesIO(), io.BytesIO()
    write_po(text, catalogue, no_location=True, sort_output=True, width=120)
    write_mo(compiled, catalogue)
    return text.getvalue(), compiled.getvalue()


def main(*, check: bool) -> int:
    """Write every catalogue, or compare it; the exit code."""
    template = Catalog()
    for text in texts():
        template.add(text)
    wrong = 0
    for language in Language:
        if language is Language.ENGLISH:
            continue
        catalogue, path = gathered(language, template), place(language)
        text, compiled = written(catalogue)
        missing = [message.id for message in catalogue if message.id and (message.fuzzy or not all(_strings(message.string)))]
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text)
            path.with_suffix(".mo").write_bytes(compiled)
        elif path.read_bytes() != text or path.with_suffix(".mo").read_bytes() != compiled:
            print(f"{path} is not what the texts ask for: run scripts/translate.py")
            wrong += 1
        for one in missing:
            print(f"{language.value}: {one!r} has no translation")
        wrong += len(missing)
    return int(bool(wrong))


def _strings(string: "str | tuple[str, ...] | list[str] | None") -> tuple[str, ...]:
    return tuple(string) if isinstance(string, tuple | list) else (string or "",)


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
