"""Seeds: the number by which a model's chance is had again. One range, of what a person says and of what we draw."""

from typing import Annotated, TypeAlias

from pydantic import Field

MOST_SEED = 2**31 - 1
"""What every route takes: Gemini ends there, Veo and Ark at 2^32 - 1; and a fallback is asked with the seed of what failed."""

Seed: TypeAlias = Annotated[int, Field(ge=0, le=MOST_SEED)]
"""A seed as it may be said."""


def within(seed: int) -> int:
    """The seed, in the range: what is counted past its end goes on at 0, as does what was kept when there were longer ones."""
    return seed % (MOST_SEED + 1)
