"""Send the server what its OpenAPI description allows, and more: no answer may be a fault of ours, or one that is not described.

    python scripts/try_api.py --examples 10

starts a server on a home of its own that makes nothing, and lets schemathesis ask every route but the streams of events.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

BIN = Path(sys.executable).parent
CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,response_headers_conformance"
)
STREAMS = r"events$"
PATIENCE_S = 30


def main() -> int:
    """The exit code of schemathesis."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=1, help="of each route")
    parser.add_argument("--phases", default="examples,fuzzing", help="also: coverage")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        environ = {**os.environ, "STORYREEL_HOME": str(Path(folder) / "home")}
        serve = [BIN / "storyreel", "serve", "--no-worker", "--port", "0", "--json"]
        with subprocess.Popen(serve, env=environ, stdout=subprocess.PIPE, text=True) as server:
            try:
                assert server.stdout is not None
                url = json.loads(server.stdout.readline())["url"]
                return subprocess.run(_run(url, asked), cwd=folder, check=False).returncode
            finally:
                server.terminate()


def _run(url: str, asked: argparse.Namespace) -> list[str | Path]:
    options = {
        "--checks": CHECKS,
        "--phases": asked.phases,
        "--max-examples": asked.examples,
        "--seed": asked.seed,
        "--exclude-path-regex": STREAMS,
        "--suppress-health-check": "all",
        "--wait-for-schema": PATIENCE_S,
        "--request-timeout": PATIENCE_S,
        "--workers": 1,
        "--warnings": "off",
    }
    told = [str(part) for option in options.items() for part in option]
    return [BIN / "schemathesis", "run", f"{url}/openapi.json", "--continue-on-failure", "--no-color", *told]


if __name__ == "__main__":
    sys.exit(main())
