"""Pins every distribution that the project installs: resolves anew and writes the versions into pyproject.toml.

    uv run python scripts/pin.py            # newest versions that agree
    uv run python scripts/pin.py --check    # fails where a pin is missing

The pins are `constraint-dependencies`, not a lock file, because a lock file names registries and ours must work with any.
"""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

PROJECT = Path(__file__).parent.parent / "pyproject.toml"
LOCK = PROJECT.with_name("uv.lock")
BLOCK = re.compile(r"^constraint-dependencies = \[\n(?:.*\n)*?\]\n", re.MULTILINE)


def resolved() -> list[str]:
    """What uv's last resolution chose, as pins; a distribution with several versions keeps its markers."""
    pins: list[str] = []
    for package in tomllib.loads(LOCK.read_text())["package"]:
        if "registry" in package["source"]:
            markers = package.get("resolution-markers", [])
            marker = f"; {' or '.join(f'({one})' for one in markers)}" if markers else ""
            pins.append(f"{package['name']}=={package['version']}{marker}")
    return sorted(pins)


def write(pins: list[str]) -> None:
    """Replaces the block of pins in pyproject.toml."""
    text = PROJECT.read_text()
    block = "constraint-dependencies = [\n" + "".join(f'  "{pin}",\n' for pin in pins) + "]\n"
    PROJECT.write_text(BLOCK.sub(lambda _: block, text))


def main() -> int:
    """Pin, or check the pins."""
    if "--check" in sys.argv:
        subprocess.run(["uv", "lock", "--quiet"], check=True)
        pinned = tomllib.loads(PROJECT.read_text())["tool"]["uv"]["constraint-dependencies"]
        missing = sorted(set(resolved()) - set(pinned))
        print("\n".join(f"not pinned: {pin}" for pin in missing) or f"{len(pinned)} distributions pinned")
        return 1 if missing else 0
    write([])
    LOCK.unlink(missing_ok=True)
    subprocess.run(["uv", "lock", "--quiet"], check=True)
    write(resolved())
    return 0


if __name__ == "__main__":
    sys.exit(main())
