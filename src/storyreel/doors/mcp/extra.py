"""What the protocol needs beside Storyreel itself, and what to do where it is not there."""

from importlib.util import find_spec

from storyreel.domain.errors import InvalidRequest

PACKAGE = "mcp"
MISSING = "MCP needs the package mcp, which is not installed: pip install 'storyreel[mcp]'."


def must_be_here() -> None:
    """Raises InvalidRequest where the official SDK is not installed."""
    if find_spec(PACKAGE) is None:
        raise InvalidRequest(MISSING, field=PACKAGE)
