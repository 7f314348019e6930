"""On how many examples a property is tried: in CI on all that its test asks for, elsewhere on some of them."""

import os

SHARE = 4  # of the examples, one in so many
FEWEST = 5


def examples(most: int) -> int:
    """For hypothesis's `max_examples`."""
    return most if os.environ.get("CI") else max(most // SHARE, min(most, FEWEST))
