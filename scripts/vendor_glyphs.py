"""Takes the outlines that the lexicon names out of two icon sets, and writes `animatic/glyphs/vendored.json`.

Run: python scripts/vendor_glyphs.py GAME_ICONS_PACKAGE FLUENT_PACKAGE

Both are folders of unpacked npm packages: `@iconify-json/game-icons` 1.2.4 and `@iconify-json/fluent-emoji-high-contrast` 1.2.6.
"""

import json
import re
import sys
from pathlib import Path

from storyreel.lexicon import all_concepts

OUT = Path(__file__).parents[1] / "src/storyreel/animatic/glyphs/vendored.json"
HIDDEN = re.compile(r"<(defs|clipPath|mask)\b.*?</\1>", re.DOTALL)
PATH = re.compile(r"<path\b[^>]*>")


def layers(body: str) -> list[dict[str, str]]:
    """The paths of an icon's SVG body that are painted."""
    found: list[dict[str, str]] = []
    for tag in PATH.findall(HIDDEN.sub("", body)):
        data = re.search(r'\bd="([^"]+)"', tag)
        if data:
            rule = "evenodd" if 'fill-rule="evenodd"' in tag else "nonzero"
            found.append({"d": data[1], "rule": rule, "tone": "body"})
    return found


def vendored(keys: set[str], packages: dict[str, Path]) -> dict[str, list[dict[str, str]]]:
    """The outlines of these keys, by key. Raises KeyError for one that no set has."""
    icons = {name: json.loads((path / "icons.json").read_text(encoding="utf-8"))["icons"] for name, path in packages.items()}
    found: dict[str, list[dict[str, str]]] = {}
    for key in sorted(keys):
        source, _, name = key.partition("/")
        found[key] = layers(icons[source][name]["body"])
    return found


def main() -> None:
    """Write the outlines of every key of the lexicon that is not our own."""
    packages = {"game-icons": Path(sys.argv[1]), "fluent": Path(sys.argv[2])}
    keys = {one.glyph for one in all_concepts() if one.glyph is not None and not one.glyph.startswith("own/")}
    outlines = vendored(keys, packages)
    lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(outlines[key])}" for key in outlines)
    OUT.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
    print(f"{len(outlines)} outlines, {OUT.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
