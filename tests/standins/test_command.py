"""`storyreel standin up`, as its own process. Requirement F9."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

COMMAND = [sys.executable, "-c", "from storyreel.doors.cli.main import main; main()", "standin", "up"]


@contextmanager
def running(*words: str) -> Generator[subprocess.Popen[str]]:
    """The command while the block runs; then it is killed, if it has not ended."""
    process = subprocess.Popen([*COMMAND, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def lines_of(process: subprocess.Popen[str], count: int) -> list[Any]:
    assert process.stdout is not None
    return [json.loads(process.stdout.readline()) for _ in range(count)]


def asked(url: str, body: object = None, **headers: str) -> tuple[int, Any]:
    """A local address, by the standard library."""
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(url, data, {"Content-Type": "application/json", **headers})) as answer:
        return answer.status, json.loads(answer.read())


@pytest.mark.journey
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_each_cloud_is_told_on_a_line_once_it_listens_and_ends_tidily(number: int) -> None:
    with running("replicate", "fal", "--json") as process:
        replicate, fal = lines_of(process, 2)
        assert [replicate["name"], fal["name"]] == ["replicate", "fal"]
        assert replicate["env"]["REPLICATE_BASE_URL"] == replicate["url"]
        assert asked(f"{fal['url']}/_standin/submissions") == (200, [])
        process.send_signal(number)
        out, err = process.communicate(timeout=10)
        assert (process.returncode, out, err) == (0, "", "")


def test_a_person_gets_the_lines_to_paste() -> None:
    with running("replicate") as process:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        assert any(line.startswith("export REPLICATE_API_TOKEN=r8_") for line in lines)


def free_pair() -> int:
    """A free port before another one, below those that the system gives to whoever asks for any."""
    for port in range(20_000 + 2 * (os.getpid() % 5_000), 32_000, 2):
        with socket.socket() as first, socket.socket() as second, suppress(OSError):
            first.bind(("127.0.0.1", port))
            second.bind(("127.0.0.1", port + 1))
            return port
    raise AssertionError("no two ports are free")


@pytest.mark.journey
def test_a_port_is_the_first_clouds_and_the_next_one_the_next() -> None:
    port = free_pair()
    with running("replicate", "fal", "--json", "--port", str(port)) as process:
        assert [line["url"] for line in lines_of(process, 2)] == [f"http://127.0.0.1:{port}", f"http://127.0.0.1:{port + 1}"]


@pytest.mark.journey
def test_faults_come_from_a_file_and_by_post(tmp_path: Path) -> None:
    (tmp_path / "faults.toml").write_text('[[replicate]]\nfault = "rate_limited"\non = "create"\ncount = 2\nretry_after_s = 3\n')
    with running("replicate", "--json", "--faults", str(tmp_path / "faults.toml")) as process:
        (cloud,) = lines_of(process, 1)
        _, faults = asked(f"{cloud['url']}/_standin/faults")
        assert [(fault["fault"], fault["on"], fault["count"]) for fault in faults] == [("rate_limited", "create", 2)]
        _, faults = asked(f"{cloud['url']}/_standin/faults", {"fault": "endless"})
        assert [fault["fault"] for fault in faults] == ["rate_limited", "endless"]


@pytest.mark.journey
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["replicat"], "There is no stand-in 'replicat'. Nearest: replicate."),
        (["--faults", "missing.toml"], "missing.toml"),
        (["--speed", "0"], "--speed"),
    ],
)
def test_what_cannot_be_started_is_said_in_a_line(words: list[str], said: str) -> None:
    ended = subprocess.run([*COMMAND, *words], capture_output=True, text=True, timeout=20, check=False, env=dict(os.environ))
    assert (ended.returncode, ended.stdout) == (2, "")
    assert said in ended.stderr
    assert ended.stderr.count("\n") == 1


@pytest.mark.journey
def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = subprocess.run([*COMMAND, "fal", "--port", str(port)], capture_output=True, text=True, timeout=20, check=False)
    assert ended.returncode == 2
    assert f"Port {port} cannot be used" in ended.stderr
