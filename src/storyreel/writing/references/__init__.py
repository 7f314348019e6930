"""References read: pictures and a motion video become one scene description and a prompt, by a vision model or by rules."""

from storyreel.writing.references.board import board_of_reading
from storyreel.writing.references.notes import Motion, MotionNote, PictureNote, Reading, UseCase
from storyreel.writing.references.read import read_references

__all__ = ["Motion", "MotionNote", "PictureNote", "Reading", "UseCase", "board_of_reading", "read_references"]
