"""A model is one file, a provider an adapter, a stand-in and a line: what the two pages show is all that is needed.

Requirements B7, F9.
"""

import asyncio
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from storyreel.doors.cli.main import app
from storyreel.media.probe import probe
from storyreel.standins.fixtures import SPEED, Standin

pytestmark = pytest.mark.journey

ROOT = Path(__file__).parents[2]

AS_THE_PAGE_SAYS = """
from pathlib import Path

import storyreel.providers, storyreel.standins
from storyreel.accounts import VARIABLES, Variables
from storyreel.catalog.load import load_catalogue
from storyreel.providers.port import REGISTRY
from storyreel.standins.serve import CLOUDS
from tests.providers import contract

HERE = Path(__file__).parent
storyreel.providers.__path__.append(str(HERE / "providers"))
storyreel.standins.__path__.append(str(HERE / "standins"))
REGISTRY |= {REGISTRY}
CLOUDS |= {CLOUDS}
VARIABLES |= {VARIABLES}
contract._catalogue = lambda: load_catalogue(HERE / "models")

from cases import CASES

contract.all_cases = lambda: [(case,) for case in CASES]
"""
"""Puts the page's files where it says, and its lines where they go; then the suite finds one case, the page's own."""


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / "docs" / page).read_text(), re.DOTALL)


def indented(page: str) -> list[str]:
    text = re.sub(r"```.*?```", "", (ROOT / "docs" / page).read_text(), flags=re.DOTALL)
    found = re.findall(r"(?:^    .+\n|^\n(?=    ))+", text, re.MULTILINE)
    return [block.strip("\n").replace("\n    ", "\n").removeprefix("    ") for block in found]


async def test_a_film_is_made_with_the_model_that_one_file_adds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, standin: Standin
) -> None:
    cloud = await standin("replicate")
    (text,) = blocks("adding-a-model.md", "toml")
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "my-ltx.toml").write_text(text)
    monkeypatch.chdir(tmp_path)
    here = {**cloud.environment(cloud.url), "STORYREEL_HOME": str(tmp_path), "STORYREEL_PACE": str(SPEED)}
    show, make = (shlex.split(line)[1:] for block in indented("adding-a-model.md") for line in block.splitlines())

    shown = CliRunner().invoke(app, show, env=here)
    made = await asyncio.to_thread(CliRunner().invoke, app, [*make, "--json"], env=here)

    assert "$0.03 a second" in shown.stdout
    assert made.exit_code == 0, made.stderr
    film = json.loads(made.stdout)
    assert [shot["model"] for shot in film["shots"]] == ["my-ltx", "my-ltx"]
    assert film["cost_usd"] == float(sum(one.cost_usd for one in cloud.submissions)) == pytest.approx(0.12)
    assert probe(Path(film["path"])).damage is None


def test_the_provider_of_the_page_keeps_the_contract_of_all_adapters(tmp_path: Path) -> None:
    page = "adding-a-provider.md"
    cloud, adapter = blocks(page, "python")
    lines = dict(re.findall(r"^\| `src/\S+`, in `([A-Z]+)` \| `(.+),` \|$", (ROOT / "docs" / page).read_text(), re.MULTILINE))
    plugin = AS_THE_PAGE_SAYS
    for name, line in lines.items():
        plugin = plugin.replace(f"|= {{{name}}}", f"|= {{{line}}}")
    files = {
        "standins/orchard.py": cloud,
        "providers/orchard.py": adapter,
        "models/apple-1.toml": blocks(page, "toml")[0],
        "cases.py": indented(page)[0],
        "page.py": plugin,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)

    words = ["-p", "page", "-p", "no:cacheprovider", "-n", "0", "-m", "", "tests/providers/test_contract.py"]
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *words],
        cwd=ROOT,
        env={"PYTHONPATH": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )

    assert ran.returncode == 0, ran.stdout
    assert len(re.findall(r"\.", ran.stdout.splitlines()[0])) >= 40
