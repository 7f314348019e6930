"""Final prompts: a shot's fields, put into sentences by a template of the model's family and by nothing else."""

from storyreel.writing.prompts.compile import Compiled, compiled, negative_for, prompt_for
from storyreel.writing.prompts.families import FAMILIES, Family, family_named

__all__ = ["FAMILIES", "Compiled", "Family", "compiled", "family_named", "negative_for", "prompt_for"]
