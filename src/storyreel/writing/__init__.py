"""Storyboards from words: the offline writer, the lint, the editable file and the final prompt."""

from storyreel.writing.write import write_storyboard

__all__ = ["write_storyboard"]
