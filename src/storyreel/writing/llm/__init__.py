"""The writer that asks a language model: two passes to a storyboard, and a third for continuity."""

from storyreel.writing.llm.continuity import improve_continuity
from storyreel.writing.llm.costs import Spent
from storyreel.writing.llm.model import default_model
from storyreel.writing.llm.write import Written, write_with_model

__all__ = ["Spent", "Written", "default_model", "improve_continuity", "write_with_model"]
