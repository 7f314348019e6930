"""Tools of other packages are found, used everywhere, and left out with a sentence where they cannot be. Requirement A5."""

import json
import shutil
import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from storyreel.domain.errors import InvalidRequest
from storyreel.doors.cli.main import app
from storyreel.tools import Context, Dialog, FilmResult, HaiperImageToVideoTool, Step, Toolbox

EXAMPLE = Path(__file__).parents[2] / "examples" / "storyreel-tool-poster"
GROUP = "storyreel.tools"


class Twin(HaiperImageToVideoTool):
    """Has the name and id of one of ours."""


class Namesake(HaiperImageToVideoTool):
    """Has a command of one of ours."""

    spec = HaiperImageToVideoTool.spec.model_copy(update={"id": "same", "name": "namesake"})
    dialog = Dialog("Same", "Same", (Step("prompt", "What?"),), {"film": "The same"})


class Stranger(HaiperImageToVideoTool):
    """Asks for what it does not take."""

    spec = HaiperImageToVideoTool.spec.model_copy(update={"id": "strange", "name": "stranger"})
    dialog = Dialog("Strange", "Strange", (Step("weight", "How heavy?"),))


class Breaking(HaiperImageToVideoTool):
    """Raises what it should not."""

    async def run(self, args: Any, context: Context) -> FilmResult:
        """Never a film."""
        raise RuntimeError("/srv/secret/place")


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The example's package, as an installer leaves it, and a folder to work in."""
    project: dict[str, Any] = tomllib.loads((EXAMPLE / "pyproject.toml").read_text())["project"]
    name, version, site = project["name"], project["version"], tmp_path / "site"
    told = site / f"{name.replace('-', '_')}-{version}.dist-info"
    told.mkdir(parents=True)
    shutil.copy(EXAMPLE / "storyreel_tool_poster.py", site)
    points = "\n".join(f"{entry} = {value}" for entry, value in project["entry-points"][GROUP].items())
    (told / "entry_points.txt").write_text(f"[{GROUP}]\n{points}\n")
    (told / "METADATA").write_text(f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\n")
    monkeypatch.syspath_prepend(site)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STORYREEL_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("STORYREEL_WORKERS", "1")


def storyreel(*words: str, code: int = 0) -> Any:
    """What `storyreel tools` answers as an object; where it fails, what it says."""
    ran = CliRunner().invoke(app, ["tools", *words])
    assert ran.exit_code == code, ran.stderr
    return ran.stderr if code else json.loads(ran.stdout)


@pytest.mark.journey
def test_a_tool_of_another_package_is_listed_described_and_run(installed: None, drawers: None, tmp_path: Path) -> None:
    listed = {row["name"]: row for row in storyreel("list", "--json")}
    spec = storyreel("spec", "poster", "--json")
    story = {"story": "A fox runs.", "shots": 1, "seconds": 0.5, "resolution": "90p"}
    film = storyreel("run", "make_film", "--args", json.dumps(story), "--json")["output"]["film"]
    done = storyreel("run", "poster", f"film={film}", "at=0.2", "--json")

    assert (listed["poster"]["package"], listed["make_film"]["package"]) == ("storyreel-tool-poster", "storyreel")
    assert spec["function"]["parameters"]["required"] == ["film"]
    assert done == {"success": True, "output": {"path": str(tmp_path / f"{film}-poster.png")}}
    assert (tmp_path / f"{film}-poster.png").is_file()


def test_what_is_wrong_on_the_command_line_is_told_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STORYREEL_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("REPLICATE_API_TOKEN", "r8_of_nobody")

    assert "There is no tool 'make_flim'. Nearest: make_film" in storyreel("run", "make_flim", code=2)
    assert "write it as NAME=VALUE" in storyreel("run", "make_film", "A fox", code=2)
    assert "--args is not JSON" in storyreel("run", "make_film", "--args", "{", code=2)
    assert "in which shape --json prints the tool; add --json." in storyreel("spec", "make_film", "--google", code=2)
    for words, said in (
        (["story=A fox", "shots=300"], "shots: should be less than or equal to 200; '300' was given."),
        (["story=A fox", "shots=two"], "shots: should be a valid integer; 'two' was given."),
        (["story=A fox", "story=An owl"], "story: should be a valid string; a list was given."),
        (["story=A fox", "references=absent.png"], "references: there is no file"),
        (["story=A fox", "--args", '{"references": "a.png"}'], "references: should be a list; 'a.png' was given."),
        (["story="], "story is empty: What the film tells"),
        (["story=A fox", "aspect=wide"], "aspect cannot be 'wide': Width to height"),
    ):
        assert said in storyreel("run", "make_film", *words, code=2)
    keyless = storyreel("run", "make_film", "story=A fox", "model=gemini-omni-flash-1.2@gemini", code=3)
    assert 'or draw the film for free with `model` "animatic".' in keyless
    assert "prompt is empty: What the clip shows" in storyreel("run", "generate_video", "prompt=  ", code=2)
    refused = CliRunner().invoke(app, ["tools", "run", "film_status", "film=nobody", "--json"])
    assert (refused.exit_code, json.loads(refused.stdout)["error"]["code"]) == (2, "unknown_film")
    priced = ("run", "generate_video", "prompt=a fox", "model=seedance-1-lite", "seconds=5", "resolution=480p")
    assert "This costs $0.09. Accept it with --yes, or with budget_usd=; nothing was sent." in storyreel(*priced, code=3)
    assert "budget" in storyreel(*priced, "budget_usd=0.01", code=3)


def point(name: str, value: str) -> EntryPoint:
    return EntryPoint(name=name, value=value, group=GROUP)


def test_a_tool_that_cannot_be_is_left_out_with_both_packages_named_and_the_rest_stays() -> None:
    here = "tests.tools.test_toolbox"
    box = Toolbox.here(
        [
            point("absent", "nowhere_at_all:Tool"),
            point("number", "math:pi"),
            point("twin", f"{here}:Twin"),
            point("namesake", f"{here}:Namesake"),
            point("stranger", f"{here}:Stranger"),
        ]
    )

    assert [tool.spec.name for tool in box.tools] == [tool.spec.name for tool in Toolbox.here([]).tools]
    assert box.problems == (
        "The tool absent of nowhere_at_all is left out: ModuleNotFoundError: No module named 'nowhere_at_all'.",
        "The tool number of math is left out: math:pi is no storyreel.tools.Tool with a spec.",
        f"The tool haiper_image_to_video of {here} is left out: storyreel has the name haiper_image_to_video already.",
        f"The tool namesake of {here} is left out: storyreel has the command /film already.",
        f"The tool stranger of {here} is left out: its dialog asks for weight, which is no argument of it.",
    )


def test_a_tool_is_found_by_its_name_its_id_or_its_command() -> None:
    box = Toolbox.here([])

    assert box.tool("haiper").spec.name == box.tool("haiper_image_to_video").spec.name
    assert box.of_command("film") is box.tool("make_film")
    assert box.of_command("nothing") is None
    with pytest.raises(InvalidRequest, match="There is no tool"):
        box.tool("nothing")


async def test_execute_raises_nothing_and_what_broke_is_told_without_what_it_says_of_this_machine() -> None:
    broke = await Breaking().execute({"image_path": "cat.png"}, {"studio": "of nobody"})
    nonsense: Any = 7

    assert broke == {
        "success": False,
        "error": "haiper_image_to_video broke, which it should not (RuntimeError; the log says how). Please report it.",
        "code": "error",
    }
    assert [(await Breaking().execute(nonsense, nonsense))["success"], broke["success"]] == [False, False]
