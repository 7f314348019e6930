"""The writer that asks a language model: two passes to a storyboard, and a third for continuity."""

from storyreel.writing.llm.continuity import improve_continuity
from storyreel.writing.llm.costs import Spent
from storyreel.writing.llm.model import RULES, default_model
from storyreel.writing.llm.plain_words import write_words
from storyreel.writing.llm.write import Written, write_with_model

__all__ = ["RULES", "Spent", "Written", "default_model", "improve_continuity", "write_with_model", "write_words"]
