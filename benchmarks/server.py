"""`storyreel serve` and LiteLLM's proxy in front of the same stand-in of /v1/videos: creates and reads, cold start, memory.

    python benchmarks/server.py [--seconds 10] [--callers 50] [--no-worker]

Each side is one process with authentication on. Ours prices each video, holds it against its key's budget, keeps it on the disk
before it answers, knows it again by its Idempotency-Key, and makes videos meanwhile; LiteLLM hands each request on. LiteLLM is
installed into an environment of its own. Prints a line of JSON for each figure; the last one is the creates.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from callers import MODEL
from many_films import STORYREEL
from peers import WORK, environment_of, report

LITELLM = "litellm[proxy]==1.106.2"
MASTER_KEY = "sk-benchmark"
CALLERS = Path(__file__).with_name("callers.py")
OURS_PORT, THEIRS_PORT = 8431, 8432
IDLE_S = 5.0  # after the first answer, before memory is read
WARM_S = 0.5  # one caller, before anything is measured: what is loaded by the first video is there
PATIENCE_S = 180.0
PRICED = """
[routes.price]
source = "https://example.org/prices"
read_on = 2026-11-20

[[routes.price.rows]]
usd_per_second = "0.01"
"""
"""What a server of one's own costs is not in our catalogue; here it has a price."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured of one side."""

    cold_s: float
    cold_cpu_s: float
    idle_mib: float
    peak_mib: float
    create: dict[str, Any]
    read: dict[str, Any]


def measured(command: Sequence[str], environment: Mapping[str, str], url: str, key: str, health: str, told: Any) -> Figures:
    """One side, started and ended."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        _wait_for(f"{url}{health}", process)
        cold_s, cold_cpu_s = time.perf_counter() - began, _cpu_s(process.pid)
        time.sleep(IDLE_S)
        idle_mib = _mib(process.pid, "VmRSS")
        with tempfile.NamedTemporaryFile(suffix=".json") as ids:
            _called(process.pid, url, key, "create", argparse.Namespace(seconds=WARM_S, callers=1), ids.name)
            time.sleep(IDLE_S)
            create, read = (_called(process.pid, url, key, what, told, ids.name) for what in ("create", "read"))
        return Figures(cold_s, cold_cpu_s, idle_mib, _mib(process.pid, "VmHWM"), create, read)
    finally:
        process.terminate()
        process.wait(60)


def _wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.perf_counter() + PATIENCE_S
    while time.perf_counter() < until and process.poll() is None:
        with suppress(OSError), urllib.request.urlopen(url, timeout=5) as answer:
            if answer.status == 200:
                return
        time.sleep(0.02)
    raise SystemExit(f"nobody answers at {url}")


def _called(pid: int, url: str, key: str, what: str, told: Any, ids: str) -> dict[str, Any]:
    """What the callers were answered, and how much of a processor the server took for one request."""
    command = [sys.executable, str(CALLERS), url, key, what, str(told.seconds), str(told.callers), ids]
    before = _cpu_s(pid)
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, timeout=PATIENCE_S).stdout
    figures: dict[str, Any] = json.loads(printed)
    return {**figures, "cpu_ms": (_cpu_s(pid) - before) * 1000 / figures["answered"]}


def _cpu_s(pid: int) -> float:
    """Of the process alone; a server that works in others beside it is measured too well."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _mib(pid: int, what: str) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(what)).split()[1]) / 1024


@contextmanager
def standin() -> Generator[dict[str, str]]:
    """The environment of a stand-in of the servers that speak /v1/videos."""
    process = subprocess.Popen([STORYREEL, "standin", "up", "videos", "--json"], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield json.loads(process.stdout.readline())["env"]
    finally:
        process.terminate()
        process.wait(10)


def ours(environment: Mapping[str, str], home: Path, told: Any) -> Figures:
    """Our server, with a model of that stand-in that has a price, and a key that has a budget."""
    import storyreel

    videos = Path(str(storyreel.__file__)).with_name("catalog") / "models" / "videos.toml"
    (home / "models").mkdir(parents=True)
    text = videos.read_text().replace('id = "videos"', f'id = "{MODEL}"').replace("by_name = true\n", "")
    text = text.replace('remote_name = "by name"', f'remote_name = "{MODEL}"')
    (home / "models" / f"{MODEL}.toml").write_text(text + PRICED)
    here = {**environment, "STORYREEL_HOME": str(home), "STORYREEL_PACE": "1", "STORYREEL_RATE": "1000000"}
    here |= {"STORYREEL_RATE": "100000", "STORYREEL_RATE_BURST": "1000000"}  # counted, and never reached
    made = subprocess.run(
        [STORYREEL, "keys", "create", "benchmark", "--budget", "100000", "--json"],
        env={**os.environ, **here},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    command = [STORYREEL, "serve", "--port", str(OURS_PORT), *(["--no-worker"] if told.no_worker else [])]
    return measured(command, here, f"http://127.0.0.1:{OURS_PORT}", json.loads(made.stdout)["secret"], "/healthz", told)


def theirs(environment: Mapping[str, str], folder: Path, told: Any) -> Figures:
    """LiteLLM's proxy."""
    at = environment["VIDEOS_BASE_URL"].removesuffix("/v1") + "/openai/v1"
    way = {"model": f"openai/{MODEL}", "api_base": at, "api_key": environment["VIDEOS_API_KEY"]}
    settings = {
        "model_list": [{"model_name": MODEL, "litellm_params": way}],
        "general_settings": {"master_key": MASTER_KEY},
    }
    (folder / "litellm.yaml").write_text(json.dumps(settings))
    program = environment_of("litellm", LITELLM).with_name("litellm")
    command = [str(program), "--config", str(folder / "litellm.yaml"), "--host", "127.0.0.1", "--port", str(THEIRS_PORT)]
    url = f"http://127.0.0.1:{THEIRS_PORT}"
    return measured([*command, "--telemetry", "False"], {}, url, MASTER_KEY, "/health/liveliness", told)


def tell(name: str, figures: Figures) -> None:
    """A line of JSON with everything of one side."""
    rounded = {
        "cold_s": round(figures.cold_s, 2),
        "cold_cpu_s": round(figures.cold_cpu_s, 2),
        "idle_mib": round(figures.idle_mib),
        "peak_mib": round(figures.peak_mib),
        **{
            what: {key: round(value, 2) if isinstance(value, float) else value for key, value in told.items()}
            for what, told in (("create", figures.create), ("read", figures.read))
        },
    }
    print(json.dumps({"side": name, **rounded}), flush=True)


def main() -> int:
    """Measure both, and hold ours against the goals."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--callers", type=int, default=50)
    parser.add_argument("--no-worker", action="store_true", help="ours makes no videos meanwhile")
    told = parser.parse_args()
    WORK.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=WORK))
    try:
        with standin() as environment:
            our = ours(environment, folder / "home", told)
            tell("storyreel serve", our)
            their = theirs(environment, folder, told)
            tell("litellm", their)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0 if all(held(our, their)) else 1


def held(our: Figures, their: Figures) -> list[bool]:
    """Whether each goal was met."""
    return [
        report(
            "server_cold_start_s",
            ours=our.cold_s,
            theirs=their.cold_s,
            ratio=their.cold_s / our.cold_s,
            goal=2,
            met=our.cold_s < 2,
        ),
        report(
            "server_idle_mib",
            ours=our.idle_mib,
            theirs=their.idle_mib,
            ratio=their.idle_mib / our.idle_mib,
            goal=120,
            met=our.idle_mib < 120,
        ),
        *(_rate(what, goal, our, their) for what, goal in (("read", 1500), ("create", 1000))),
    ]


def _rate(what: str, goal: int, our: Figures, their: Figures) -> bool:
    mine, other = getattr(our, what), getattr(their, what)
    met = mine["per_second"] >= goal and mine["p99_ms"] < 100 and not mine["refused"]
    ratio = mine["per_second"] / other["per_second"]
    return report(f"server_{what}_per_s", ours=mine["per_second"], theirs=other["per_second"], ratio=ratio, goal=goal, met=met)


if __name__ == "__main__":
    sys.exit(main())
