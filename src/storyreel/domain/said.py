"""Somebody else's words, as an error of ours may show them."""

import re
from collections.abc import Iterable

MOST_CHARACTERS = 300


def said(text: object, secrets: Iterable[str] = ()) -> str:
    """The words on one line and short, without these secrets, a password in an address, or a signed address's query."""
    told = " ".join(str(text).split())
    for secret in secrets:
        told = told.replace(secret, "***") if secret else told
    told = re.sub(r"(https?://)[^\s/?@\"']+@", r"\1", told)  # a proxy's user and password
    told = re.sub(r"(https?://[^\s?\"']+)\?[^\s\"']*", r"\1", told)
    return told if len(told) <= MOST_CHARACTERS else f"{told[:MOST_CHARACTERS]}…"
