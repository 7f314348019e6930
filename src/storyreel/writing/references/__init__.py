"""References read: pictures and a motion video become one scene description and a prompt, by a vision model or by rules."""

from storyreel.writing.references.board import board_of_reading
from storyreel.writing.references.notes import Motion, Reading
from storyreel.writing.references.read import read_references

__all__ = ["Motion", "Reading", "board_of_reading", "read_references"]
