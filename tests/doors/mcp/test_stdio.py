"""`storyreel mcp` as a client starts it: a process whose output is the protocol alone, with the machine's own files."""

import asyncio
import os
import sys
from pathlib import Path

import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from PIL import Image

from storyreel.doors.mcp.extra import MISSING
from storyreel.doors.mcp.stdio import Lines
from storyreel.studio import Studio
from tests.doors.conftest import Cli

pytestmark = pytest.mark.journey

COMMAND = str(Path(sys.executable).parent / "storyreel")
NOISY = """
import sys

print("noise", flush=True)
sys.stdout.write("more noise")
from tests.doors.mcp.conformance.suite_tools import Says
"""


async def test_a_film_begins_on_a_file_in_a_process_where_other_packages_print_and_outlives_it(
    folder: Path, tmp_path: Path
) -> None:
    Image.new("RGB", (160, 90), "teal").save(folder / "photo.jpg")
    package = tmp_path / "noisy-1.0.dist-info"
    package.mkdir()
    (tmp_path / "noisy.py").write_text(NOISY)
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: noisy\nVersion: 1.0\n")
    (package / "entry_points.txt").write_text("[storyreel.tools]\nsays = noisy:Says\n")
    path = os.pathsep.join([str(tmp_path), str(Path(__file__).parents[3])])
    environment = {**os.environ, "PYTHONPATH": path, "STORYREEL_LOG": "debug"}

    with (tmp_path / "log").open("w") as log:
        parameters = StdioServerParameters(command=COMMAND, args=["mcp"], env=environment, cwd=folder)
        async with Client(stdio_client(parameters, errlog=log)) as client:
            said = await client.call_tool("test_simple_text", {})
            begun = await client.call_tool("animate_image", {"image": "photo.jpg", "seconds": 0.5})

    async with Studio() as studio:
        (film,) = await studio.films()
    assert (begun.structured_content["film"], begun.structured_content["state"]) == (film.id, "queued")
    assert film.order.output == folder / film.id / "film.mp4"
    assert said.is_error is False
    logged = (tmp_path / "log").read_text()  # where other lines may come between
    assert "noise\n" in logged
    assert "more noise" in logged


async def test_reading_ends_when_it_is_told_to_though_the_input_does_not() -> None:
    reading, writing = os.pipe()
    stop = asyncio.Event()
    lines = aiter(Lines(reading, stop))

    os.write(writing, '{"a": 1}\n{"б": '.encode())
    first = await anext(lines)
    os.write(writing, b"2}\n")
    second = await anext(lines)
    stop.set()
    rest = [line async for line in lines]
    os.close(writing)

    assert (first, second, rest) == ('{"a": 1}', '{"б": 2}', [])


def test_where_the_sdk_is_not_installed_the_command_says_what_to_install(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mcp", None)

    ran = cli("mcp")

    assert (ran.code, ran.err) == (2, f"storyreel: {MISSING}\n")
