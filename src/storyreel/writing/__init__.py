"""Storyboards from words: the offline writer, the lint, the editable file and the final prompt.

With a language model: `storyreel.writing.llm`; from references: `storyreel.writing.references`.
"""

from storyreel.writing.animate import animate_shot
from storyreel.writing.file import read_edited, read_storyboard, storyboard_text
from storyreel.writing.lint import lint
from storyreel.writing.prompt import prompt_of
from storyreel.writing.prompts import negative_for, prompt_for
from storyreel.writing.write import write_storyboard

__all__ = [
    "animate_shot",
    "lint",
    "negative_for",
    "prompt_for",
    "prompt_of",
    "read_edited",
    "read_storyboard",
    "storyboard_text",
    "write_storyboard",
]
