"""The stand-ins' fixtures for every test of them."""

from pathlib import Path

import pytest

from storyreel.standins.fixtures import standin, standin_studio

__all__ = ["standin", "standin_studio"]

OF_CLIENTS = {"test_ark.py", "test_fal.py", "test_gemini.py", "test_huggingface.py", "test_replicate.py", "test_vertex.py"}
"""Journeys all of them, by the provider's own client, which takes long to load."""


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A client is not loaded for tests that are then deselected."""
    return True if collection_path.name in OF_CLIENTS and "not journey" in config.option.markexpr else None
